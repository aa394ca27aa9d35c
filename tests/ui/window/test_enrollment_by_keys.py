"""One whole enrollment by key presses only, and what is in the store afterwards."""

import pytest

from kiosk.domain.biodata import Field, Form
from kiosk.domain.biodata_rules import form_texts
from kiosk.domain.captures import CaptureKind
from kiosk.domain.findings import Severity
from kiosk.domain.requests import documents_required
from kiosk.services.counter import Counter
from kiosk.services.drafting import read_form
from kiosk.services.stages import Stage
from kiosk.storage.records import VisitState
from kiosk.ui.typist import enroll, log_in
from kiosk.wire.contents import CONSENT, ENROLLMENT, OPERATIONS, RESIDENT, OperationsFile, ResidentFile
from kiosk.wire.messages import PacketKind
from tests.ui.window.packets import opened
from tests.ui.window.residents import FIRST, as_kept, resident, waiting
from tests.ui.window.shown_window import OFFICER, ShownWindow, hand_of

_MORE = {
    Field.TITLE_BEFORE: "Dra.",
    Field.TITLE_AFTER: "M.Pd.",
    Field.CITIZENSHIP_DECREE: "SK-12/2001",
    Field.BELIEF_ORGANISATION: "PAGUYUBAN NGESTI TUNGGAL",
    Field.HAMLET: "KRAJAN",
    Field.PHONE: "081234567890",
    Field.EMAIL: "warga@example.org",
    Field.MOTHER_NIK: "3325075204500011",
    Field.FATHER_NIK: "3325071203480012",
    Field.PASSPORT_NO: "X1234567",
    Field.PASSPORT_EXPIRY: "01-02-2030",
    Field.HAS_BIRTH_CERTIFICATE: "yes",
    Field.BIRTH_CERTIFICATE_NO: "3325-LT-12051996-0007",
    Field.HAS_MARRIAGE_CERTIFICATE: "yes",
    Field.MARRIAGE_CERTIFICATE_NO: "0290/04/2018",
    Field.MARRIAGE_DATE: "10-03-2018",
    Field.HAS_DIVORCE_CERTIFICATE: "yes",
    Field.DIVORCE_CERTIFICATE_NO: "0001/AC/2019",
    Field.DIVORCE_DATE: "11-04-2019",
}


def whole_form(counter: Counter) -> dict[Field, str]:
    """Return a form with every field of F-1.01 filled."""
    return {**resident(counter), **_MORE}


@pytest.fixture
def typed(window: ShownWindow) -> dict[Field, str]:
    """What was typed of a resident who was recorded while somebody else waited."""
    window.play(log_in(window.program, hand_of(OFFICER)))
    form = whole_form(window.counter)
    waiting(window.counter, 1)
    window.play(enroll(window.program, hand_of(OFFICER), form))
    return form


def asked(counter: Counter, form: Form) -> set[str]:
    """Return the warnings of a form, which want a reason."""
    found = {one.code for one in read_form(counter, form).findings if one.severity is Severity.WARNING}
    assert found
    return found


def test_an_enrollment_needs_no_mouse_and_the_packets_say_what_was_typed(
    window: ShownWindow, typed: dict[Field, str]
) -> None:
    packets = opened(window)

    assert set(typed) == set(Field)
    assert set(packets) == {PacketKind.REGISTRATION, PacketKind.ENROLLMENT}
    for packet in packets.values():
        told = ResidentFile.read(packet.members[RESIDENT].decode())
        assert told.biodata == form_texts(as_kept(window.counter, typed))
        assert told.service == FIRST
        assert told.documents_shown == tuple(sorted(kind.value for kind in documents_required(FIRST)))
        assert set(told.reasons) == asked(window.counter, typed)
        assert CONSENT in packet.members
    assert len(packets[PacketKind.ENROLLMENT].members[ENROLLMENT]) > 100_000
    steps = OperationsFile.read(packets[PacketKind.ENROLLMENT].members[OPERATIONS].decode()).operations
    assert {step.user_id for step in steps} == {OFFICER}
    assert {kind.value for kind in CaptureKind if kind is not CaptureKind.DOCUMENT} <= {
        step.step for step in steps
    }

    saved = next(iter(packets.values())).header.visit_id
    nothing_else_is_left(window, saved)
    view = window.visit.view
    assert view is not None
    assert view.visit_id != saved
    assert view.form[Field.NIK] == resident(window.counter, 1)[Field.NIK]
    assert window.visit.shell.page.stage is Stage.BIODATA


def nothing_else_is_left(window: ShownWindow, saved: str) -> None:
    """Hold that one visit was saved, and that its draft and pictures are gone."""
    counter = window.counter
    with counter.store.reading() as ledger:
        assert [visit.visit_id for visit in ledger.visits.in_state(VisitState.SAVED)] == [saved]
        assert ledger.drafts.get(saved) is None
        assert ledger.captures.all(saved) == ()
        assert ledger.sealings.all() == ()
    assert counter.store.packets.names() == {entry.packet_id for entry in window.outbox()}
    assert [path for path in window.folder.rglob("*") if path.suffix in (".part", ".tmp")] == []
