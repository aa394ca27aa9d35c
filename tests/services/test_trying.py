"""A device that is tried live: what is seen of each kind, how it ends, and that nobody's capture is touched."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from kiosk.devices.api import (
    Kind,
    NotConnectedError,
    Pictures,
    Printed,
    Scene,
    TooLateError,
    WrongAnswerError,
)
from kiosk.domain.captures import EYES, FINGERS_OF, CaptureKind
from kiosk.domain.roles import Role
from kiosk.services.counter import Officer
from kiosk.services.errors import KitError, NotAllowedError
from kiosk.services.kit import DeviceChoice, KitState, NobodyAsked, RecordingKit
from kiosk.services.trying import CODE, Trial
from kiosk.services.trying_seen import (
    PICTURE,
    Began,
    CameraSeen,
    CardSeen,
    CardState,
    CodeSeen,
    EyesSeen,
    FingersAsked,
    PageSeen,
    PaperSeen,
    PlateSeen,
    PrintedSeen,
    Seen,
    StrokesSeen,
    code_seen,
    plate_seen,
)

TECHNICIAN = Officer("teknisi", "Teknisi Latihan", Role.TECHNICIAN)
ANNA = Scene(person=21)
CHOICES = {kind: DeviceChoice(f"{kind.value}.simulated") for kind in Kind}
LIMIT = 20.0


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    made = RecordingKit(CHOICES, NobodyAsked())
    made.stage(ANNA)
    yield made
    made.close()


class Watching:
    """A trial in a thread of its own, as in the lane of its kind; what is shown is noted."""

    def __init__(self, run: Callable[[Callable[[Seen], None]], None], trial: Trial) -> None:
        self.trial = trial
        self.seen: list[Seen] = []
        self.errors: list[Exception] = []
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, args=(run,))
        self._thread.start()

    def _work(self, run: Callable[[Callable[[Seen], None]], None]) -> None:
        try:
            run(self._show)
        except (NotConnectedError, TooLateError) as error:
            self.errors.append(error)

    def _show(self, seen: Seen) -> None:
        with self._changed:
            self.seen.append(seen)
            self._changed.notify_all()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until what was shown is as wanted."""
        with self._changed:
            assert self._changed.wait_for(holds, LIMIT)

    def join(self) -> None:
        self._thread.join(LIMIT)
        assert not self._thread.is_alive()


def watching(kit: RecordingKit, kind: Kind) -> Watching:
    trial = Trial(kit, TECHNICIAN, kind)
    return Watching(trial.watch, trial)


def taken(kit: RecordingKit, kind: Kind) -> list[Seen]:
    """Return all that is shown of one capture, page or print."""
    seen: list[Seen] = []
    Trial(kit, TECHNICIAN, kind).take(seen.append)
    return seen


def test_a_camera_shows_picture_after_picture_with_figures_that_move(kit: RecordingKit) -> None:
    looked = watching(kit, Kind.CAMERA)
    looked.until(lambda: len(looked.seen) > 12)
    looked.trial.stop()
    looked.join()

    began, *pictures = looked.seen
    assert isinstance(began, Began)
    assert "Kiosk simulators" in began.identity
    shown = [one for one in pictures if isinstance(one, CameraSeen)]
    assert len(shown) == len(pictures)
    assert shown[-1].rate > 1
    assert shown[-1].sharpness > 2
    assert 20 < shown[-1].light < 85
    assert all(one.raster.width <= PICTURE[0] and one.raster.height <= PICTURE[1] for one in shown)


def test_a_camera_in_the_dark_is_seen_to_be_dark(kit: RecordingKit) -> None:
    kit.stage(replace(ANNA, fault="dark"))
    looked = watching(kit, Kind.CAMERA)
    looked.until(lambda: any(isinstance(one, CameraSeen) and one.light < 20 for one in looked.seen))
    looked.trial.stop()
    looked.join()

    assert looked.errors == []


def test_an_end_leaves_no_device_open_and_no_thread_behind(kit: RecordingKit) -> None:
    before = set(threading.enumerate())
    looked = watching(kit, Kind.CAMERA)
    looked.until(lambda: len(looked.seen) > 2)
    looked.trial.stop()
    looked.join()

    assert kit._open == {}
    assert [thread.name for thread in threading.enumerate() if thread not in before] == []


def test_a_card_is_told_when_it_comes_and_when_it_goes(kit: RecordingKit) -> None:
    looked = watching(kit, Kind.CARD_READER)
    looked.until(lambda: len(looked.seen) == 2)
    kit.stage(replace(ANNA, fault="no_card"))
    looked.until(lambda: len(looked.seen) == 3)
    kit.stage(ANNA)
    looked.until(lambda: len(looked.seen) == 4)
    looked.trial.stop()
    looked.join()

    _, first, gone, again = looked.seen
    assert isinstance(first, CardSeen)
    assert (first.state, gone, again) == (CardState.THERE, CardSeen(CardState.GONE), first)
    assert first.atr.startswith("3B")
    assert first.uid
    assert first.uid not in repr(first)


def test_a_card_that_is_taken_away_too_early_does_not_end_the_looking(kit: RecordingKit) -> None:
    kit.stage(replace(ANNA, fault="pulled"))
    looked = watching(kit, Kind.CARD_READER)
    looked.until(lambda: len(looked.seen) == 2)
    kit.stage(ANNA)
    looked.until(lambda: len(looked.seen) == 3)
    looked.trial.stop()
    looked.join()

    assert [one.state for one in looked.seen if isinstance(one, CardSeen)] == [
        CardState.PULLED,
        CardState.THERE,
    ]


def test_of_a_code_only_its_end_is_shown(kit: RecordingKit) -> None:
    looked = watching(kit, Kind.CODE_SCANNER)
    looked.until(lambda: len(looked.seen) == 2)
    looked.trial.stop()
    looked.join()

    assert looked.seen[-1] == CodeSeen("6789", len(CODE))
    assert "6789" not in repr(looked.seen[-1])


@pytest.mark.parametrize(
    ("text", "end"), [("1", ""), ("1234", ""), ("12345", "2345"), ("3325070101900007", "0007")]
)
def test_a_code_no_longer_than_its_end_is_not_shown_at_all(text: str, end: str) -> None:
    assert code_seen(text) == CodeSeen(end, len(text))


def test_fingers_are_shown_by_name_each_with_its_worth(kit: RecordingKit) -> None:
    _, asked, plate = taken(kit, Kind.FINGERPRINT)

    assert asked == FingersAsked(CaptureKind.RIGHT_FOUR)
    assert isinstance(plate, PlateSeen)
    assert {one.finger for one in plate.slap.fingers} == set(FINGERS_OF[CaptureKind.RIGHT_FOUR])
    assert all(0 < one.quality <= 100 for one in plate.slap.fingers)


def test_a_sensor_for_one_finger_is_tried_with_the_thumbs() -> None:
    choice = {Kind.FINGERPRINT: DeviceChoice("fingerprint.simulated_zfm")}
    kit = RecordingKit(choice, NobodyAsked())
    _, asked, plate = taken(kit, Kind.FINGERPRINT)
    kit.close()

    assert asked == FingersAsked(CaptureKind.THUMBS)
    assert isinstance(plate, PlateSeen)
    assert {one.finger for one in plate.slap.fingers} == set(FINGERS_OF[CaptureKind.THUMBS])


def test_both_eyes_are_shown_each_with_its_worth(kit: RecordingKit) -> None:
    seen = taken(kit, Kind.IRIS)[-1]

    assert isinstance(seen, EyesSeen)
    assert [one.eye for one in seen.eyes] == list(EYES)
    assert all(0 < one.quality <= 100 for one in seen.eyes)


@pytest.mark.parametrize("driver", ["signature.simulated", "signature.simulated_topaz"])
def test_lines_are_shown_as_they_are_drawn(driver: str) -> None:
    kit = RecordingKit({Kind.SIGNATURE: DeviceChoice(driver)}, NobodyAsked())
    seen = [one for one in taken(kit, Kind.SIGNATURE) if isinstance(one, StrokesSeen)]
    kit.close()

    points = [sum(map(len, one.lines)) for one in seen]
    assert len(points) > 1  # the last one is the whole
    assert points == sorted(points)
    assert seen[-1].rate > 0


def test_a_signature_grows_before_the_eyes() -> None:
    kit = RecordingKit({Kind.SIGNATURE: DeviceChoice("signature.simulated")}, NobodyAsked())
    seen = [one for one in taken(kit, Kind.SIGNATURE) if isinstance(one, StrokesSeen)]
    kit.close()

    assert len(seen) > 5
    assert sum(map(len, seen[0].lines)) < sum(map(len, seen[-1].lines)) / 4


def test_a_page_is_shown_small_with_its_own_size(kit: RecordingKit) -> None:
    seen = taken(kit, Kind.DOCUMENT_SCANNER)[-1]

    assert isinstance(seen, PageSeen)
    assert seen.raster.width <= PICTURE[0]
    assert seen.raster.height <= PICTURE[1]
    assert seen.size[0] > seen.raster.width


@pytest.mark.parametrize("kind", [Kind.TICKET_PRINTER, Kind.PAGE_PRINTER])
def test_a_printer_tells_how_it_stands_and_prints_when_it_is_told_to(kit: RecordingKit, kind: Kind) -> None:
    looked: list[Seen] = []
    Trial(kit, TECHNICIAN, kind).watch(looked.append)
    printed = taken(kit, kind)

    assert isinstance(looked[-1], PaperSeen)
    assert not looked[-1].status.stops
    assert printed[-1] == PrintedSeen(Printed.PRINTED)


def test_a_scanner_that_is_looked_at_only_scans_nothing(kit: RecordingKit) -> None:
    looked: list[Seen] = []
    Trial(kit, TECHNICIAN, Kind.DOCUMENT_SCANNER).watch(looked.append)

    assert [type(one) for one in looked] == [Began]


@pytest.mark.parametrize("kind", [Kind.FINGERPRINT, Kind.IRIS, Kind.SIGNATURE])
def test_an_interruption_ends_a_call_that_waits_for_a_person_and_is_no_failure(
    kit: RecordingKit, kind: Kind
) -> None:
    kit.stage(replace(ANNA, fault="nobody"))
    trial = Trial(kit, TECHNICIAN, kind)
    looked = Watching(trial.take, trial)
    looked.until(lambda: bool(looked.seen))
    trial.interrupt()
    looked.join()

    assert looked.errors == []
    assert {state.state for state in kit.states() if state.kind is kind} <= {KitState.READY, KitState.UNTRIED}
    kit.stage(ANNA)
    assert not isinstance(taken(kit, kind)[-1], Began | FingersAsked)


def test_a_trial_that_was_stopped_before_its_turn_opens_nothing(kit: RecordingKit) -> None:
    seen: list[Seen] = []
    trial = Trial(kit, TECHNICIAN, Kind.CAMERA)
    trial.stop()
    trial.watch(seen.append)

    assert seen == []
    assert kit._open == {}


def test_an_interruption_after_the_end_leaves_the_device_to_whoever_uses_it_now(kit: RecordingKit) -> None:
    trial = Trial(kit, TECHNICIAN, Kind.IRIS)
    trial.take(lambda _: None)
    with kit.lend(Kind.IRIS) as device:
        trial.interrupt()

        assert kit._open == {Kind.IRIS: device}


@pytest.mark.parametrize("kind", [Kind.CAMERA, Kind.CARD_READER])
def test_a_device_that_is_pulled_out_is_told_and_the_next_trial_finds_it(
    kit: RecordingKit, kind: Kind
) -> None:
    looked = watching(kit, kind)
    looked.until(lambda: len(looked.seen) > 1)
    kit.stage(replace(ANNA, fault="vanish"))
    looked.join()
    failed = next(state for state in kit.states() if state.kind is kind)
    kit.stage(ANNA)
    again = watching(kit, kind)
    again.until(lambda: len(again.seen) > 1)
    again.trial.stop()
    again.join()

    assert [type(error) for error in looked.errors] == [NotConnectedError]
    assert failed.state is KitState.FAILED


def test_a_role_that_may_not_test_may_not_try(kit: RecordingKit) -> None:
    administrator = replace(TECHNICIAN, role=Role.ADMINISTRATOR)

    with pytest.raises(NotAllowedError):
        Trial(kit, administrator, Kind.CAMERA).watch(lambda _: None)
    assert kit._open == {}


def test_a_kind_that_is_not_set_up_or_is_another_device_says_so() -> None:
    kit = RecordingKit({Kind.SIGNATURE: DeviceChoice("code_scanner.simulated")}, NobodyAsked())

    with pytest.raises(KitError, match="set up"):
        Trial(kit, TECHNICIAN, Kind.CAMERA).watch(lambda _: None)
    with pytest.raises(KitError, match="is none"):
        Trial(kit, TECHNICIAN, Kind.SIGNATURE).take(lambda _: None)
    kit.close()


def test_a_plate_that_is_no_picture_is_the_devices_wrong_answer() -> None:
    coloured = Pictures((("right_four", np.zeros((50, 50, 3), np.uint8)),), 500)
    nothing = Pictures((), 500)

    for pictures in (coloured, nothing):
        with pytest.raises(WrongAnswerError):
            plate_seen(pictures, CaptureKind.RIGHT_FOUR)
