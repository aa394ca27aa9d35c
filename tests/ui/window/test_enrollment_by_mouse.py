"""One whole enrollment by mouse; text alone is typed, as with a keyboard on the screen."""

from kiosk.domain.biodata_rules import form_texts
from kiosk.ui.frame.rail import HOME
from kiosk.wire.contents import RESIDENT, ResidentFile
from kiosk.wire.messages import PacketKind
from tests.ui.window.mouse import Mouse
from tests.ui.window.packets import opened
from tests.ui.window.residents import as_kept, resident
from tests.ui.window.shown_window import OFFICER, ShownWindow, hand_of


def test_an_enrollment_needs_no_key_but_for_text(window: ShownWindow) -> None:
    mouse = Mouse(window, hand_of(OFFICER))

    window.play(mouse.log_in())
    form = resident(window.counter)
    window.play(mouse.enroll(form))
    packets = opened(window)

    assert set(packets) == {PacketKind.REGISTRATION, PacketKind.ENROLLMENT}
    told = ResidentFile.read(packets[PacketKind.ENROLLMENT].members[RESIDENT].decode())
    assert told.biodata == form_texts(as_kept(window.counter, form))
    assert window.place == HOME
