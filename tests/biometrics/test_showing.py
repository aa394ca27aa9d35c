"""Pictures for the screen: never larger than asked, never out of shape, and points stay on what they mark."""

import numpy as np
import pytest

from kiosk.biometrics.showing import filled, fitted


def spotted(height: int, width: int, at: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return a black picture with a white spot about (x, y)."""
    image = np.zeros((height, width), np.uint8)
    image[at[1] - 4 : at[1] + 5, at[0] - 4 : at[0] + 5] = 255
    return image


@pytest.mark.parametrize(
    ("size", "most", "shown"),
    [
        ((1600, 1500), (544, 340), (363, 340)),
        ((480, 640), (412, 550), (412, 549)),
        ((200, 100), (544, 340), (200, 100)),
        ((5000, 2), (50, 50), (50, 1)),
    ],
)
def test_a_picture_is_shown_whole_and_in_shape(
    size: tuple[int, int], most: tuple[int, int], shown: tuple[int, int]
) -> None:
    image, scale = fitted(np.zeros((size[1], size[0]), np.uint8), most)

    assert image.shape == (shown[1], shown[0])
    assert scale == pytest.approx(min(1.0, most[0] / size[0], most[1] / size[1]))


@pytest.mark.parametrize(("width", "height"), [(1280, 960), (600, 800), (1920, 1080), (300, 900), (200, 150)])
def test_a_picture_that_fills_its_place_keeps_points_on_what_they_mark(width: int, height: int) -> None:
    at = (width // 2 + 20, height // 2 - 10)

    image, (left, top, scale) = filled(spotted(height, width, at), (412, 550))

    rows, columns = np.nonzero(image > 128)
    assert image.shape == (550, 412)
    assert columns.mean() == pytest.approx((at[0] + 0.5 - left) * scale, abs=2)
    assert rows.mean() == pytest.approx((at[1] + 0.5 - top) * scale, abs=2)
