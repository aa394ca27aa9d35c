"""The supervisor's desk of papers, wired: imported when somebody first goes there."""

from kiosk.app.places import RESOURCES
from kiosk.documents.typeface import load_typeface
from kiosk.domain.words import Words
from kiosk.services.counter import Counter
from kiosk.services.issuing import Issuer
from kiosk.services.kit import RecordingKit
from kiosk.services.paper_desk import OpenPaperDesk
from kiosk.services.paper_files import PaperFiles
from kiosk.services.paper_press import Press
from kiosk.services.register_acts import Register

LANGUAGE = "id"  # of every paper, whatever the screen speaks


def paper_desk(counter: Counter, kit: RecordingKit) -> OpenPaperDesk:
    """Return the desk of an open counter; raises `TypefaceMissingError`."""
    load_typeface(RESOURCES)
    words = Words.load(RESOURCES / "locale", LANGUAGE)
    issuer, register = Issuer(counter, words), Register(counter)
    press = Press(kit, issuer, register)
    return OpenPaperDesk(counter, issuer, register, press, PaperFiles(counter, issuer, register, words))
