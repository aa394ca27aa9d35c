"""The camera driver on video files, on devices that are not there, and on HTTP sources that misbehave."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.devices.api import (
    BusyError,
    Camera,
    Device,
    DeviceError,
    Image,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    Settings,
    TooLateError,
    WrongAnswerError,
)
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, SHORT, CameraContract

pytestmark = pytest.mark.timeout(30)

SIZE = (160, 120)  # width, height
RED, GREEN, BLUE = (200, 30, 30), (30, 200, 30), (30, 30, 200)


def picture(colour: tuple[int, int, int]) -> Image:
    """Return a picture of one colour with a darker half, RGB."""
    image = np.full((SIZE[1], SIZE[0], 3), colour, np.uint8)
    image[:, SIZE[0] // 2 :] //= 2
    return image


def jpeg(colour: tuple[int, int, int]) -> bytes:
    return bytes(cv2.imencode(".jpg", picture(colour)[..., ::-1])[1])


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """A short film: red, then green, then blue."""
    path = tmp_path / "film.avi"
    film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 200, SIZE)
    for colour in (RED, GREEN, BLUE):
        for _ in range(8):
            film.write(picture(colour)[..., ::-1])
    film.release()
    return path


class TestCameraOnAVideoFile(CameraContract):
    DRIVER = "camera.opencv"

    @pytest.fixture
    def settings(self, video: Path) -> Settings:
        return {"source": str(video)}


def colour_of(image: Image) -> int:
    return int(image[:, : SIZE[0] // 4].reshape(-1, 3).mean(0).argmax())


def test_colours_are_rgb_and_a_film_begins_again_at_its_end(opener: Opener, video: Path) -> None:
    camera = opened_camera(opener, source=str(video))

    seen = [until_seen(camera, colour) for colour in (0, 1, 2, 0)]

    # on a busy machine the end of the film may be told once; it goes on all the same
    assert {colour for part in seen for colour in part} - {NotConnectedError} == {0, 1, 2}


def opened_camera(opener: Opener, **settings: str) -> Camera:
    device = opener("camera.opencv", settings)
    assert isinstance(device, Camera)
    return device


@pytest.mark.parametrize("source", ["/dev/video99", "97", "nowhere/film.avi"])
def test_a_camera_that_is_not_there_is_not_connected(opener: Opener, source: str) -> None:
    with pytest.raises(NotConnectedError):
        opener("camera.opencv", {"source": source})


def test_a_file_that_is_no_film_is_not_connected(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    path.write_bytes(b"this is no film\n" * 50)

    with pytest.raises(NotConnectedError):
        opener("camera.opencv", {"source": str(path)})


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9])
def test_a_film_that_was_cut_off_gives_pictures_or_says_so(opener: Opener, video: Path, share: float) -> None:
    whole = video.read_bytes()
    video.write_bytes(whole[: int(len(whole) * share)])

    shapes = watched(lambda: opened_camera(opener, source=str(video)))

    assert set(shapes) <= {(120, 160, 3), NotConnectedError}
    assert shapes


def watched(opening: Callable[[], Camera]) -> list[object]:
    """Return the shapes of what is seen, and the error that ended it."""
    shapes: list[object] = []
    try:
        camera = opening()
        shapes += [camera.frame(timeout=LIMIT).image.shape for _ in range(30)]
    except DeviceError as error:
        shapes.append(type(error))
    return shapes


@pytest.mark.parametrize("size", [{"width": "wide"}, {"height": "-1"}])
def test_a_size_that_is_no_number_is_refused(opener: Opener, video: Path, size: dict[str, str]) -> None:
    with pytest.raises(NotSupportedError, match="whole numbers"):
        opener("camera.opencv", {"source": str(video), **size})


class Served:
    """A loopback peer: each connection gets the next answer, the last one again and again."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._answers: list[bytes] = []
        self._drips = b""
        self._hung_up = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def url(self, *answers: bytes, drips: bytes = b"") -> str:
        """Return an address with these answers; `drips` goes on and on after each, until it hangs up."""
        self._answers, self._drips = list(answers), drips
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/picture"

    def hang_up(self) -> None:
        """End the connection that is served now."""
        self._hung_up.set()

    def close(self) -> None:
        self._stopped = True
        self.hang_up()
        socket.create_connection(self._listener.getsockname()).close()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self._stopped:
            connection, _ = self._listener.accept()
            with connection:
                if connection.recv(8192):
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        answer, drips = self._answers[0], self._drips
        self._answers[:] = self._answers[1:] or self._answers
        try:
            connection.sendall(answer)
            while drips and not self._hung_up.wait(0.02):
                connection.sendall(drips)
        except OSError:
            return
        if not self._stopped:
            self._hung_up.clear()


@pytest.fixture
def served() -> Iterator[Served]:
    peer = Served()
    yield peer
    peer.close()


def still(content: bytes, *, head: str = "Content-Length: {}", status: str = "HTTP/1.1 200 OK") -> bytes:
    return f"{status}\r\n{head.format(len(content))}\r\n\r\n".encode() + content


STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=--edge\r\n\r\n"


def part(content: bytes, *, length: str = "Content-Length: {}", mark: str = "--edge") -> bytes:
    """Return one picture of a stream."""
    head = f"{mark}\r\nContent-Type: image/jpeg\r\n{length.format(len(content))}\r\n\r\n"
    return head.encode() + content + b"\r\n"


def taken(opener: Opener, video: Path, address: str, *, timeout: float = LIMIT) -> Image:
    """Take a still from this address."""
    camera = opened_camera(opener, source=str(video), still=address)
    return camera.take(timeout=timeout).images[0][1]


def test_a_still_comes_from_its_own_address(opener: Opener, video: Path, served: Served) -> None:
    image = taken(opener, video, served.url(still(jpeg(GREEN))))

    assert colour_of(image) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (still(b"", status="HTTP/1.1 404 Not Found"), NotSupportedError),
        (still(b"", status="HTTP/1.1 503 Service Unavailable"), BusyError),
        (still(b"", status="HTTP/1.1 403 Forbidden"), RefusedError),
        (still(jpeg(RED), head="Content-Length: 90000"), WrongAnswerError),
        (still(jpeg(RED)[:-2]), WrongAnswerError),
        (still(b"no picture at all"), WrongAnswerError),
        (still(b""), WrongAnswerError),
        (b"\x00\x01\x02 what is this\n" * 30, WrongAnswerError),
        (b"", NotConnectedError),
    ],
    ids=["404", "503", "403", "cut", "cut_jpeg", "no_picture", "empty", "no_http", "hung_up"],
)
def test_an_answer_that_is_no_picture_is_named(
    opener: Opener, video: Path, served: Served, answer: bytes, error: type[DeviceError]
) -> None:
    with pytest.raises(error):
        taken(opener, video, served.url(answer))


@pytest.mark.parametrize(
    ("begun", "drips"),
    [(b"", b"H"), (b"HTTP/1.1 200 OK\r\nX: ", b"y"), (still(b"", head="Content-Length: 90000"), b"z")],
    ids=["status", "header", "body"],
)
def test_an_answer_that_drips_ends_in_time(
    opener: Opener, video: Path, served: Served, begun: bytes, drips: bytes
) -> None:
    with pytest.raises(TooLateError):
        taken(opener, video, served.url(begun, drips=drips), timeout=SHORT)


@pytest.mark.parametrize(
    ("opening", "repeated"),
    [
        (STREAM, part(jpeg(BLUE), length="Content-Length:{}")),
        (STREAM, part(jpeg(BLUE), length="content-length: {}", mark="----edge")),
        (STREAM.replace(b"HTTP/1.1", b"HTTP/1.0"), part(jpeg(BLUE))),
        (STREAM, part(jpeg(BLUE)) + b"\r\n\r\n"),
    ],
    ids=["no_space", "dashes", "http_1_0", "empty_lines"],
)
def test_the_habits_of_real_streams_are_tolerated(
    opener: Opener, served: Served, opening: bytes, repeated: bytes
) -> None:
    camera = opened_camera(opener, source=served.url(opening, drips=repeated))

    assert [colour_of(camera.frame(timeout=LIMIT).image) for _ in range(3)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("answer", "drips"),
    [
        (STREAM + part(jpeg(RED), length="Content-Size: {}"), b""),
        (STREAM + part(jpeg(RED), length="Content-Length: 999999999999"), b"x" * 1000),
        (STREAM + part(jpeg(RED))[:-60], b""),
        (STREAM + part(jpeg(RED)[:-2]), b""),
        (STREAM, b"x" * 1000),
    ],
    ids=["no_length", "too_long", "broken_off", "cut_jpeg", "no_parts"],
)
def test_a_stream_without_whole_pictures_is_a_wrong_answer(
    opener: Opener, served: Served, answer: bytes, drips: bytes
) -> None:
    with pytest.raises(WrongAnswerError):
        opener("camera.opencv", {"source": served.url(answer, drips=drips)})


def test_a_stream_that_was_cut_is_seen_again_without_opening_anew(opener: Opener, served: Served) -> None:
    camera = opened_camera(opener, source=served.url(STREAM, drips=part(jpeg(RED))))
    before = until_seen(camera, 0)

    served.hang_up()
    served.url(STREAM, drips=part(jpeg(BLUE)))
    after = until_seen(camera, 2)

    assert before == [0]
    assert after[-1] == 2


def until_seen(camera: Camera, colour: int) -> list[object]:
    """Look until a picture of this colour comes; return what was seen, errors included."""
    seen: list[object] = []
    while colour not in seen:
        try:
            seen.append(colour_of(camera.frame(timeout=LIMIT).image))
        except DeviceError as error:
            seen.append(type(error))
    return seen


def test_a_stream_that_falls_silent_ends_a_call_in_time(opener: Opener, served: Served) -> None:
    camera = opened_camera(opener, source=served.url(STREAM + part(jpeg(RED)), drips=b"\r\n"))

    with pytest.raises(TooLateError):
        camera.frame(timeout=SHORT)


def test_a_close_from_another_thread_ends_a_call_that_waits(opener: Opener, served: Served) -> None:
    camera: Device = opened_camera(opener, source=served.url(STREAM + part(jpeg(RED)), drips=b"\r\n"))
    ended: list[type[DeviceError]] = []

    def look_on() -> None:
        assert isinstance(camera, Camera)
        try:
            camera.frame(timeout=600)
        except DeviceError as error:
            ended.append(type(error))

    looking = threading.Thread(target=look_on)
    looking.start()
    camera.close()
    looking.join()

    assert ended == [NotConnectedError]
