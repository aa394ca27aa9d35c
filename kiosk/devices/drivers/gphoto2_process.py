"""The program with libgphoto2 in it, a process of its own: `python -m kiosk.devices.drivers.gphoto2_process`.

    {"do": "cameras"}                           {"cameras": [model, ...]}
    {"do": "summary", "camera": model or empty} {"model": model, "summary": what the camera says of itself}
    {"do": "preview", "camera": ...}            a picture as the camera encodes it
    {"do": "still", "camera": ...}              the same; it stays on no card

Instead of any answer: {"code": of libgphoto2}.  The camera stays open until it fails, other than by what it
cannot do at all: then this process is spent.
"""

from contextlib import suppress

from kiosk.devices.drivers.library_messages import SPENT, Message, serve

MISSING = ""
try:
    import gphoto2
except ImportError as error:  # told to whoever opens a camera
    MISSING = str(error)

NO_CAMERA = -105  # GP_ERROR_MODEL_NOT_FOUND
UNABLE = -6  # GP_ERROR_NOT_SUPPORTED


class NoCameraError(Exception):
    """No camera of this model is there."""


class Cameras:
    """The one camera of this process."""

    def __init__(self) -> None:
        self._open: gphoto2.Camera | None = None
        self._model = ""

    def answer(self, request: Message) -> Message:
        """Do what is asked."""
        try:
            return self._done(request)
        except NoCameraError:
            code = NO_CAMERA
        except gphoto2.GPhoto2Error as error:
            code = error.code
        return Message({"code": code} if code == UNABLE else {"code": code, SPENT: True})

    def end(self) -> None:
        """Let go of the camera."""
        camera, self._open = self._open, None
        if camera is not None:
            with suppress(gphoto2.GPhoto2Error):
                camera.exit()

    def _done(self, request: Message) -> Message:
        if request.text("do") == "cameras":
            return Message({"cameras": [model for model, _ in _listed()]})
        camera = self._opened(request.text("camera"))
        match request.text("do"):
            case "preview":
                return Message({}, bytes(camera.capture_preview().get_data_and_size()))
            case "still":
                return Message({}, _still(camera))
        return Message({"model": self._model, "summary": str(camera.get_summary())})

    def _opened(self, asked: str) -> "gphoto2.Camera":
        if self._open is None:
            self._model, port = _chosen(asked)
            camera = gphoto2.Camera()
            ports, models = gphoto2.PortInfoList(), gphoto2.CameraAbilitiesList()
            ports.load()
            models.load()
            camera.set_port_info(ports[ports.lookup_path(port)])
            camera.set_abilities(models[models.lookup_model(self._model)])
            camera.init()
            self._open = camera
        return self._open


def main() -> None:
    """Answer until the input ends."""
    cameras = Cameras()
    serve(cameras.answer, missing=MISSING)
    if not MISSING:
        cameras.end()


def _still(camera: "gphoto2.Camera") -> bytes:
    """Take a picture and fetch it; the camera keeps none of anybody."""
    place = camera.capture(gphoto2.GP_CAPTURE_IMAGE)
    try:
        taken = camera.file_get(place.folder, place.name, gphoto2.GP_FILE_TYPE_NORMAL)
        return bytes(taken.get_data_and_size())
    finally:
        with suppress(gphoto2.GPhoto2Error):  # a camera without a card has dropped it already
            camera.file_delete(place.folder, place.name)


def _chosen(asked: str) -> tuple[str, str]:
    """Return model and port of the camera of this model, or of the first one."""
    for model, port in _listed():
        if asked in ("", model):
            return model, port
    raise NoCameraError


def _listed() -> list[tuple[str, str]]:
    found = gphoto2.Camera.autodetect()
    return [(found.get_name(place), found.get_value(place)) for place in range(found.count())]


if __name__ == "__main__":
    main()
