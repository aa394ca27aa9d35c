"""What the page after saving shows, in one value."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.services.record import RecordView
from kiosk.services.stages import Stage
from kiosk.services.standing import Standing
from kiosk.ui.visit.resident_card import ResidentState


class Slip(StrEnum):
    """How the resident's slip stands; `PRINTED` only when the printer, or the officer, said so."""

    PRINTED = "printed"
    ASKED = "asked"  # written to the printer; nobody knows yet whether it came out
    FAILED = "failed"
    NO_PRINTER = "no_printer"


@dataclass(frozen=True, slots=True)
class Parked:
    """A visit that was laid aside: the step that is open, when, and where else it can be done (empty: unknown)."""

    stage: Stage
    parked_at: datetime
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class SavedState:
    """One saved visit, or a parked one, which has no record yet.

    is_woman, age: for how the resident is spoken to, None where unknown.  phone: as typed, empty for none.
    next_ticket: empty when nobody waits.  offers_certificate: a supervisor may be asked for one.
    paper_low: the slip printer is nearly out of paper.
    """

    resident: ResidentState
    standing: Standing
    record: RecordView | None = None
    parked: Parked | None = None
    is_woman: bool | None = None
    age: int | None = None
    phone: str = ""
    next_ticket: str = ""
    slip: Slip = Slip.NO_PRINTER
    paper_low: bool = False
    offers_certificate: bool = False
