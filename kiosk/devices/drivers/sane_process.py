"""The program with SANE in it, a process of its own: `python -m kiosk.devices.drivers.sane_process`.

    {"do": "devices"}                                       {"devices": [[name, make, model], ...]}
    {"do": "identity", "device": name or empty}             {"device": [name, make, model]}
    {"do": "scan", "device": name or empty, "source": name
     or empty, "ppi": 300, "seconds": 20.0}                 {"width", "height", "samples", "ppi"} and pixels

Instead of any answer: {"error": SANE's own sentence}, {"absent": true} without such a device, {"sources": [...]} where
the source is none of these, {"late": true}, {"endless": true} or {"cut": true} for a page that is none.

The scanner stays open from scan to scan, until a failure: then this process is spent, as SANE looks for devices at its
beginning only, and some of its drivers leave locks behind.
"""

import threading
from contextlib import suppress

from kiosk.devices.drivers.library_messages import SPENT, Fields, Message, serve

MISSING = ""
try:
    import sane
except ImportError as error:  # told to whoever opens a scanner
    MISSING = str(error)

PAPER = (210.0, 297.0)  # millimetres
MILLIMETRES_AN_INCH = 25.4
MOST_LINES = 1200 * 17  # a folio at 1200 ppi, and some more
WEBCAMS = "v4l:"  # SANE's name for video devices, which are no scanners
NO_SUCH_DEVICE = "Invalid argument"  # what SANE calls it when it is to open one
BITS = 8


class OtherAnswerError(Exception):
    """What is told instead of a page."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(*fields)
        self.fields = fields


class Scanner:
    """The one scanner of this process."""

    def __init__(self) -> None:
        self._begun = False
        self._name = ""
        self._open: sane.SaneDev | None = None

    def answer(self, request: Message) -> Message:
        """Do what is asked."""
        try:
            if not self._begun:
                sane.init()
                self._begun = True
            return self._done(request)
        except OtherAnswerError as other:
            fields = other.fields
        except (sane._sane.error, RuntimeError, AttributeError, TypeError) as error:  # options have such ways
            fields = {"error": str(error)}
        return Message({**fields, SPENT: True})

    def end(self) -> None:
        """Let go of the scanner and of SANE."""
        device, self._open = self._open, None
        with suppress(sane._sane.error):
            if device is not None:
                device.close()
        if self._begun:
            self._begun = False
            sane.exit()

    def _done(self, request: Message) -> Message:
        match request.text("do"):
            case "devices":
                return Message({"devices": _devices()})
            case "identity":
                return Message({"device": _chosen(request.text("device"))})
        return self._scanned(request)

    def _scanned(self, request: Message) -> Message:
        device = self._opened(request.text("device"))
        _set_up(device, request.text("source"), request.number("ppi"))
        ended = _Ending(device)
        stop = threading.Timer(request.number("seconds"), ended.stop_late)
        stop.start()
        try:
            device.start()
            expected = device.get_parameters()[2][1]
            pixels, width, height, samples, _ = device.dev.snap(0, 0, ended.watch)
        finally:
            stop.cancel()
            stop.join()
            ended.tell()
        if height < expected:
            raise OtherAnswerError({"cut": True})
        size = {"width": width, "height": height, "samples": samples}
        return Message({**size, "ppi": round(_resolution(device))}, bytes(pixels))

    def _opened(self, asked: str) -> "sane.SaneDev":
        """Return the scanner; the first one is looked for once."""
        if self._open is None or (asked and asked != self._name):
            self._name = asked or _chosen("")[0]
            self._open = _device(self._name)
        return self._open


class _Ending:
    """Why a scan was ended before its end, if it was: the scanner stops by itself once it is told to."""

    def __init__(self, device: "sane.SaneDev") -> None:
        self._device = device
        self._why: Fields = {}

    def stop_late(self) -> None:
        self._stop({"late": True})

    def watch(self, line: int, lines: int) -> None:
        """See a line come; raising in here would break the library."""
        if line == MOST_LINES:
            self._stop({"endless": True})

    def tell(self) -> None:
        if self._why:
            raise OtherAnswerError(self._why)

    def _stop(self, why: Fields) -> None:
        self._why = self._why or why
        with suppress(sane._sane.error):
            self._device.cancel()


def main() -> None:
    """Answer until the input ends."""
    scanner = Scanner()
    serve(scanner.answer, missing=MISSING)
    if not MISSING:
        scanner.end()


def _device(name: str) -> "sane.SaneDev":
    try:
        return sane.open(name)
    except sane._sane.error as error:
        if str(error) == NO_SUCH_DEVICE:
            raise OtherAnswerError({"absent": True}) from error
        raise


def _devices() -> list[list[str]]:
    local = True
    return [list(found[:3]) for found in sane.get_devices(local) if not found[0].startswith(WEBCAMS)]


def _chosen(asked: str) -> list[str]:
    """Return the device of this name, or the first one; one on the network is not listed and has its name only."""
    found = [device for device in _devices() if asked in ("", device[0])]
    if not found and not asked:
        raise OtherAnswerError({"absent": True})
    return found[0] if found else [asked, "", asked]


def _set_up(device: "sane.SaneDev", source: str, ppi: float) -> None:
    """Ask for a whole page in colour; what a scanner does not offer stays as it is."""
    if source:
        sources = list(device["source"].constraint or ()) if "source" in device.opt else []
        if source not in sources:
            raise OtherAnswerError({"sources": sources})
        device.source = source
    colours = [mode for mode in _choices(device, "mode") if "color" in mode.lower()]
    if colours:
        device.mode = colours[0]
    if _settable(device, "depth"):
        device.depth = BITS
    if _settable(device, "resolution"):
        device.resolution = _nearest(device["resolution"], ppi)
    for corner, side in (("tl_x", 0.0), ("tl_y", 0.0), ("br_x", PAPER[0]), ("br_y", PAPER[1])):
        if _settable(device, corner):
            setattr(device, corner, _corner(device[corner], side, _resolution(device)))


def _settable(device: "sane.SaneDev", name: str) -> bool:
    return name in device.opt and device[name].is_active() and device[name].is_settable()


def _choices(device: "sane.SaneDev", name: str) -> list[str]:
    return [str(choice) for choice in device[name].constraint or ()] if _settable(device, name) else []


def _resolution(device: "sane.SaneDev") -> float:
    return float(device.resolution) if "resolution" in device.opt else 0.0


def _nearest(option: "sane.Option", ppi: float) -> float:
    """Return the smallest resolution that is enough, or the best there is."""
    offered = option.constraint
    if isinstance(offered, list) and offered:
        return _typed(option, min((each for each in offered if each >= ppi), default=max(offered)))
    if isinstance(offered, tuple):
        least, most, _ = offered
        return _typed(option, min(max(ppi, least), most))
    return _typed(option, ppi)


def _corner(option: "sane.Option", millimetres: float, ppi: float) -> float:
    """Return a corner of the page in the option's own unit, no further than the glass."""
    pixels = option.unit == sane._sane.UNIT_PIXEL
    wanted = millimetres / MILLIMETRES_AN_INCH * ppi if pixels else millimetres
    if isinstance(option.constraint, tuple):
        wanted = min(wanted, option.constraint[1])
    return _typed(option, wanted)


def _typed(option: "sane.Option", value: float) -> float:
    return float(value) if option.type == sane._sane.TYPE_FIXED else int(value)


if __name__ == "__main__":
    main()
