"""What waits for a supervisor, in the states of the page."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.captures import Finger
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.services.approvals import ApprovalKind, Decided, Waiting
from kiosk.ui.frame.rail import APPROVALS
from kiosk.ui.pages.approvals import ApprovalsPage
from tests.ui.gallery.desk import LONGEST_NAME
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, framed

_WAITING = (
    Waiting(
        key="exceptions v-1",
        kind=ApprovalKind.EXCEPTION,
        visit_id="v-1",
        ticket="A-014",
        full_name="SITI AMINAH",
        exceptions=(
            CaptureException(Finger.LEFT_LITTLE.value, ExceptionReason.STIFF, "kecelakaan kerja"),
            CaptureException(Finger.LEFT_RING.value, ExceptionReason.BANDAGED),
        ),
        asked_by="Petugas Latihan",
        asked_at=NOW - timedelta(minutes=12),
    ),
    Waiting(
        key="r-1",
        kind=ApprovalKind.CORRECTION,
        visit_id="v-2",
        ticket="A-003",
        full_name=LONGEST_NAME,
        changes=((Field.MOTHER_NAME, "SITI AMINAH"), (Field.HAMLET, "DUKUH KRAJAN WETAN")),
        reason="salah tulis di kartu keluarga lama, warga menunjukkan akta",
        asked_by="RADEN AJENG KUSUMANINGTYAS",
        asked_at=NOW - timedelta(hours=3),
    ),
    Waiting(
        key="r-2",
        kind=ApprovalKind.WITHDRAWAL,
        visit_id="v-3",
        ticket="A-007",
        full_name="NUR AMINAH",
        reason="direkam dua kali",
        asked_by="Petugas Latihan",
        asked_at=NOW - timedelta(days=1),
    ),
)
_PARTLY = Decided(2, ((LONGEST_NAME, (Finding.error("change.asked_already", "reason"),)),))


def _page(words: Words, waiting: tuple[Waiting, ...] = _WAITING, *, doing: str = "") -> QWidget:
    page = ApprovalsPage(words)
    page.show_state(waiting, NOW)
    if doing in {"marked", "refuse"}:
        for one in waiting[:2]:
            page._mark(one.key)
        page.pin.line.setText("135702")
    if doing == "refuse":
        page.refuse.click()
    elif doing == "wrong":
        page.show_wrong_pin(words.say("The PIN is wrong."))
    elif doing == "partly":
        page.show_decided(_PARTLY)
    elif doing == "done":
        page.show_decided(Decided(3, ()))
    return framed(words, page, place=APPROVALS, role=Role.SUPERVISOR)


SHOTS = (
    Shot("approvals", _page),
    Shot("approvals-marked", lambda words: _page(words, doing="marked")),
    Shot("approvals-refuse", lambda words: _page(words, doing="refuse")),
    Shot("approvals-wrong-pin", lambda words: _page(words, doing="wrong")),
    Shot("approvals-partly", lambda words: _page(words, _WAITING[1:2], doing="partly")),
    Shot("approvals-done", lambda words: _page(words, (), doing="done")),
)
