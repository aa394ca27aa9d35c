"""Lending the code scanner: what is held before it from now on, and never what was scanned for somebody before."""

from dataclasses import replace

from kiosk.devices.api import CodeScanner, Kind, Simulated
from kiosk.domain.roles import Permission
from kiosk.services.counter import Officer, require
from kiosk.services.errors import KitError
from kiosk.services.kit import RecordingKit
from kiosk.services.looking import VisitView
from kiosk.services.staging import family_card_of, stage_resident

CODE_TIMEOUT = 10.0  # seconds a person may take to find the code
_OLDER = 0.05  # seconds one look for an older code takes
_MOST_OLDER = 20


def read_code(
    officer: Officer, view: VisitView, *, kit: RecordingKit, office: str, timeout: float = CODE_TIMEOUT
) -> str | None:
    """Return the text of the code that is shown within `timeout` seconds, or None when none is.

    office: region code, for the card a simulated scanner is shown.  Raises `KitError` or a `DeviceError`.
    """
    require(officer, Permission.CAPTURE)
    _show_card(kit, view, office)
    with kit.lend(Kind.CODE_SCANNER) as device:
        if not isinstance(device, CodeScanner):
            raise KitError("The device set up as the code scanner is none.")
        forget_older(device)
        return device.read(timeout=timeout)


def forget_older(scanner: CodeScanner) -> None:
    """Throw away what was scanned before anybody asked: it may be another resident's."""
    if isinstance(scanner, Simulated):  # shown only when it is asked
        return
    for _ in range(_MOST_OLDER):
        if scanner.read(timeout=_OLDER) is None:
            return


def _show_card(kit: RecordingKit, view: VisitView, office: str) -> None:
    """Let a simulator be shown the resident's family card, anew each time."""
    stage_resident(kit, view)
    played = kit.scene
    if played is not None:
        kit.stage(replace(played, code=played.code or family_card_of(view, office)))
