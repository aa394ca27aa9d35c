"""What a driver asks of the person before its device is told in the window, for as long as the device waits."""

from dataclasses import replace

from kiosk.devices.api import Kind
from kiosk.services.kit import DeviceChoice
from kiosk.services.looking import look_at
from kiosk.services.stages import Stage
from kiosk.services.staging import scene_of
from kiosk.ui.asked_words import asked_words
from kiosk.ui.places import VISIT
from kiosk.ui.player import Script, press
from tests.ui.window.residents import visit_at
from tests.ui.window.shown_window import ShownWindow


def _pressed(window: ShownWindow, key: str) -> None:
    """Press a key and wait for nothing: the device does not answer yet."""

    def script() -> Script:
        yield lambda: True
        press(key)

    window.play(script())


def test_a_scanner_for_one_finger_asks_for_the_first_one_until_it_gives_up(window: ShownWindow) -> None:
    window.sign_in()
    kit = window.desk.tools.kit
    kit._choices[Kind.FINGERPRINT] = DeviceChoice("fingerprint.simulated_zfm")
    visit_id = visit_at(window.counter, Stage.FINGERS)
    kit.stage(replace(scene_of(look_at(window.counter, visit_id)), fault="nobody"))
    window.go(VISIT, visit_id)
    words = window.program.words
    first = {asked_words(words, f"zfm.{finger}") for finger in ("right_index", "left_little")}

    _pressed(window, "Return")
    window.until(lambda: window.office.hint.text in first)
    fits = window.visit.shell.page.bar.geometry().bottom() <= window.visit.shell.page.height()
    kit.release(Kind.FINGERPRINT)
    window.until(lambda: window.is_settled and not window.office.hint.text)

    assert fits


def test_a_pad_asks_for_a_signature_and_says_nothing_any_more_once_it_has_one(window: ShownWindow) -> None:
    window.sign_in()
    kit = window.desk.tools.kit
    kit._choices[Kind.SIGNATURE] = DeviceChoice("signature.simulated_topaz")
    visit_id = visit_at(window.counter, Stage.SIGNATURE)
    window.go(VISIT, visit_id)
    heard: list[str] = []
    window.office._tidings.asked.connect(heard.append)

    window.press("Return")
    window.until(lambda: bool(heard) and heard[-1] == "")

    assert heard == ["topaz.sign", ""]
    assert not window.office.hint.text
