"""The portrait inside a seal is small, and a portrait still."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from kiosk.devices.sim.face import portrait
from kiosk.documents.seal_picture import MOST, SIZE, seal_picture


def _jpeg(seed: int) -> bytes:
    out = BytesIO()
    Image.fromarray(portrait(seed, 1990 + seed, (600, 800))).save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(6))
def test_a_portrait_fits_and_looks_like_the_person(seed: int) -> None:
    whole = _jpeg(seed)
    small = seal_picture(whole)

    with Image.open(BytesIO(small)) as read, Image.open(BytesIO(whole)) as original:
        differs = np.abs(
            np.asarray(read.convert("RGB"), float) - np.asarray(original.resize(SIZE), float)
        ).mean()
    assert 300 < len(small) <= MOST
    assert differs < 12  # of 255


def test_what_is_no_picture_is_left_out() -> None:
    assert seal_picture(b"") == b""
    assert seal_picture(_jpeg(1)[:200]) == b""


def test_a_picture_that_cannot_be_squeezed_never_makes_the_code_too_large() -> None:
    out = BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (800, 600, 3), np.uint8)
    Image.fromarray(noise).resize((60, 80), Image.Resampling.NEAREST).save(out, "PNG")

    assert len(seal_picture(out.getvalue())) <= MOST
