"""What a printer says of itself in IPP's words, as our values: its state and reasons, its trays, toner and maker."""

import re
from collections.abc import Iterable, Mapping

from kiosk.devices.api import WARNINGS, Identity, PrinterStatus, Supply, Trouble
from kiosk.devices.drivers.ipp import Values

ASKED = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "queued-job-count",
    "printer-input-tray",
    "printer-supply",
    "printer-supply-description",
    "marker-names",
    "marker-types",
    "marker-levels",
)
ASKED_OF_ITSELF = (
    "printer-make-and-model",
    "printer-device-id",
    "printer-firmware-string-version",
    "printer-info",
)
IDLE, STOPPED = 3, 5  # printer-state
SOME = -1  # level of a supply that is told without a number
_ENOUGH = -3  # in IPP: at least one is left
_MOST_SUPPLIES = 32
_LONGEST_NAME = 64
_SEVERITY = re.compile("-(error|warning|report)$")
_PASSING = frozenset({"warning", "report"})  # the printer goes on, by RFC 8011, 5.4.12

_TROUBLES: Mapping[str, Trouble] = {
    "media-needed": Trouble.PAPER_OUT,
    "media-empty": Trouble.PAPER_OUT,
    "input-tray-missing": Trouble.PAPER_OUT,
    "media-low": Trouble.PAPER_LOW,
    "media-jam": Trouble.PAPER_JAM,
    "cover-open": Trouble.COVER_OPEN,
    "door-open": Trouble.COVER_OPEN,
    "interlock-open": Trouble.COVER_OPEN,
    "toner-empty": Trouble.SUPPLY_OUT,
    "marker-supply-empty": Trouble.SUPPLY_OUT,
    "marker-waste-full": Trouble.SUPPLY_OUT,
    "developer-empty": Trouble.SUPPLY_OUT,
    "opc-life-over": Trouble.SUPPLY_OUT,
    "toner-low": Trouble.SUPPLY_LOW,
    "marker-supply-low": Trouble.SUPPLY_LOW,
    "marker-waste-almost-full": Trouble.SUPPLY_LOW,
    "developer-low": Trouble.SUPPLY_LOW,
    "opc-near-eol": Trouble.SUPPLY_LOW,
    "paused": Trouble.PAUSED,
    "moving-to-paused": Trouble.PAUSED,
    "offline": Trouble.OFFLINE,
    "timed-out": Trouble.OFFLINE,
    "shutdown": Trouble.OFFLINE,
}
# What a tray or a cartridge may lack while another one has it: no stop unless the printer says so.
_STILL_PRINTS: Mapping[Trouble, Trouble] = {
    Trouble.SUPPLY_OUT: Trouble.SUPPLY_LOW,
    Trouble.PAPER_OUT: Trouble.PAPER_LOW,
}
_WAITED_FOR = "media-needed"  # a job stands still for it, whatever its severity


def status_of(told: Values, *, is_queue: bool = False) -> PrinterStatus:
    """Return how the printer stands.

    is_queue: a print server tells it, which hears of the printer only while it prints; between two jobs it tells what
    the last one left behind, and only that it was stopped is still true then.
    """
    state = told.number("printer-state")
    stopped = state == STOPPED
    found = {_trouble(reason, state) for reason in told.texts("printer-state-reasons")}
    troubles = {trouble for trouble in found if trouble is not None}
    if is_queue and state == IDLE:
        troubles = {_STILL_PRINTS.get(trouble, trouble) for trouble in troubles} & {*WARNINGS, Trouble.PAUSED}
    trays = tuple(filter(None, map(_fields, told.texts("printer-input-tray"))))
    if _is_out_of_paper(trays):
        troubles.add(Trouble.PAPER_OUT)
    if told.number("printer-is-accepting-jobs") == 0:
        troubles.add(Trouble.PAUSED)
    if stopped and not PrinterStatus(frozenset(troubles)).stops:
        troubles.add(Trouble.OTHER)
    return PrinterStatus(
        troubles=frozenset(troubles),
        supplies=tuple(_supplies(told, trays))[:_MOST_SUPPLIES],
        jobs=max(0, told.number("queued-job-count") or 0),
    )


def identity_of(told: Values) -> Identity:
    """Return make, model, serial number and firmware as the printer tells them."""
    device = _fields(told.text("printer-device-id"), mark=":")
    make = device.get("mfg") or device.get("manufacturer", "")
    model = device.get("mdl") or device.get("model", "")
    serial = device.get("sn") or device.get("sern") or device.get("serialnumber", "")
    whole = _plain(told.text("printer-make-and-model")) or _plain(told.text("printer-info"))
    return Identity(
        _plain(make),
        _plain(model) or whole or "IPP printer",
        _plain(serial),
        _plain(told.text("printer-firmware-string-version")),
    )


def _trouble(reason: str, state: int | None) -> Trouble | None:
    severity = _SEVERITY.search(reason)
    name = reason[: severity.start()] if severity else reason
    passes = severity is not None and severity[1] in _PASSING and state != STOPPED
    known = _TROUBLES.get(name)
    if known is None:
        return Trouble.OTHER if severity is not None and severity[1] == "error" else None
    is_waited_for = name == _WAITED_FOR and state != IDLE
    return _STILL_PRINTS.get(known, known) if passes and not is_waited_for else known


def _is_out_of_paper(trays: Iterable[Mapping[str, str]]) -> bool:
    """Tell whether every tray that tells its level is empty."""
    levels = [_number(tray.get("level")) for tray in trays]
    return 0 in levels and not any(level > 0 or level == _ENOUGH for level in levels)


def _supplies(told: Values, trays: Iterable[Mapping[str, str]]) -> Iterable[Supply]:
    names, levels = told.texts("marker-names"), told.numbers("marker-levels")
    kinds = (*told.texts("marker-types"), *("" for _ in names))
    if names and levels:
        for name, kind, level in zip(names, kinds, levels, strict=False):
            yield Supply(_plain(name), _per_cent(level, 100, is_filled="waste" in kind))
    else:
        described = told.texts("printer-supply-description")
        for name, supply in zip(described, map(_fields, told.texts("printer-supply")), strict=False):
            yield Supply(_plain(name), _level(supply))
    for tray in trays:
        if _number(tray.get("level")) >= 0:
            yield Supply(_plain(tray.get("name", "")), _level(tray))


def _level(supply: Mapping[str, str]) -> int:
    is_filled = "filled" in supply.get("class", "").casefold()
    return _per_cent(_number(supply.get("level")), _number(supply.get("maxcapacity")), is_filled=is_filled)


def _per_cent(level: int, most: int, *, is_filled: bool) -> int:
    """Return how much is left; of what fills up, such as a box for waste toner, how much room."""
    if level < 0 or most <= 0:
        return SOME
    share = min(100, level * 100 // most)
    return 100 - share if is_filled else share


def _fields(text: str, *, mark: str = "=") -> dict[str, str]:
    """Return `level=5;name=main` or `MFG:Acme;MDL:A;` as a mapping."""
    pairs = (part.partition(mark) for part in text.split(";"))
    return {key.strip().casefold(): value.strip() for key, found, value in pairs if found}


def _number(text: str | None) -> int:
    """Return the number of a text of few digits; -2, unknown, for any other."""
    return int(text) if text is not None and re.fullmatch("-?[0-9]{1,9}", text) else -2


def _plain(text: str) -> str:
    """Return a short text that can be shown."""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:_LONGEST_NAME]
