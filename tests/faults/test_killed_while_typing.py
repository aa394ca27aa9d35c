"""The window killed at any key, in a capture, in a save: all is there, and another officer goes on with it."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from kiosk.app.wiring import make_practice, opened
from kiosk.domain.biodata import Field
from kiosk.domain.requests import Service
from kiosk.domain.roles import Role
from kiosk.services.arrivals import arrive, draft_of, open_visits, take_up
from kiosk.services.counter import Counter, Officer
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.looking import look_at
from kiosk.services.queue import drafts
from kiosk.services.startup import start
from kiosk.storage.records import VisitState
from tests.faults.killed_saves import prepare
from tests.faults.rehearsing import kiosk
from tests.faults.typing_window import AS_CHOSEN, Order, wanted_form

ROOT = Path(__file__).parent.parent.parent
LIMIT = 30.0  # seconds until what does not come is given up
PROMISE = 1.0  # seconds after which a key is on the disk
EVERY = bool(os.environ.get("KIOSK_EVERY_PLACE"))
SEEDS = range(1, 13) if EVERY else (1,)
KILLS = 4  # a seed
FEWEST_KEYS, MOST_KEYS = 30, 90  # until a kill; a form takes 250, fifty a second
LONGEST_PAUSE = 0.5  # seconds that it goes on typing until the kill
TURNS = ("petugas", "supervisor")
ENDED = {"gone", "stuck"}
Told = dict[str, object]


class Window:
    """One window that works in a process of its own."""

    def __init__(self, program: "subprocess.Popen[str]") -> None:
        self._program = program
        self.told: list[Told] = []
        self.pid = int(str(self.wait_for("pid")["pid"]))
        self.ended_at = 0.0

    def wait_for(self, name: str, *values: object) -> Told:
        """Return the next line that tells this; fails when the window is gone before."""
        while name not in (told := self._next()) or (values and told[name] not in values):
            assert not ENDED & told.keys(), f"{name} {values} was not told: {self.told[-5:]}"
        return told

    def type_on(self, keys: int) -> None:
        """Let it press so many keys more, or all until the form is full."""
        while keys and self.told[-1].get("stage") != "documents":
            keys -= "key" in self._next()
            assert not ENDED & self.told[-1].keys(), self.told[-5:]

    def _next(self) -> Told:
        assert self._program.stdout is not None
        self.told.append(json.loads(self._program.stdout.readline()))
        return self.told[-1]

    def end(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal now; returns how the process ended."""
        self.ended_at = time.monotonic()
        os.kill(self.pid, number)
        return int(str(self.wait_for("gone")["gone"]))

    @property
    def form(self) -> dict[Field, str]:
        """What the form held when the visit was opened."""
        return next(dict(told["form"]) for told in self.told if "form" in told)  # type: ignore[call-overload]

    def tells(self, name: str) -> bool:
        """Tell whether it told this."""
        return any(name in told for told in self.told)


class Windows:
    """Opens windows, one after the other."""

    def __init__(self, program: "subprocess.Popen[str]") -> None:
        self._program = program

    @contextmanager
    def open(self, order: Order) -> Iterator[Window]:
        """Lend a window; it is killed at the end unless it is gone."""
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(asdict(order)) + "\n")
        self._program.stdin.flush()
        window = Window(self._program)
        try:
            yield window
        finally:
            if not window.tells("gone"):
                window.end()


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """What opens windows; its complaints are kept where a failed test can be looked into."""
    complaints = tmp_path_factory.mktemp("windows") / "stderr"
    command = [sys.executable, "-m", "tests.faults.typing_window"]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with (
        complaints.open("w") as errors,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
            env=surroundings,
        ) as program,
    ):
        yield Windows(program)
        assert program.stdin is not None
        program.stdin.close()


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office nobody worked in."""
    folder = tmp_path_factory.mktemp("practice") / "kiosk"
    make_practice(folder)
    return folder


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a visit that lacks the officer's signature and the save."""
    folder = tmp_path_factory.mktemp("unsigned") / "kiosk"
    prepare(folder)
    with opened(folder) as installation:
        counter = installation.counter
        (visit,) = open_visits(counter)
        take_up(counter, officer_of(counter), visit.visit_id)
        with counter.store.writing() as ledger:
            draft = ledger.drafts.get(visit.visit_id)
            assert draft is not None
            ledger.drafts.put(replace(draft, officer_sign_off=""), counter.clock().wall)
    return folder


def officer_of(counter: Counter) -> Officer:
    with counter.store.reading() as ledger:
        user = next(user for user in ledger.users.all() if user.role is Role.OFFICER)
    return Officer(user.user_id, user.name, user.role)


def kept_form(folder: Path) -> dict[Field, str]:
    """Return the form of the one draft, which stands on the page of drafts."""
    with opened(folder) as installation:
        (line,) = drafts(installation.counter)
        return dict(draft_of(installation.counter, line.visit_id).form)


def bad_things(folder: Path) -> list[str]:
    """Return what the doctor finds bad, and what the window logged as an error."""
    with opened(folder) as installation:
        bad = [
            check.sentence for check in examine_counter(installation.counter) if check.health is Health.BAD
        ]
    log = (folder / "logs" / "kiosk.log").read_text(encoding="utf-8")
    return bad + [line for line in log.splitlines() if " ERROR " in line or " CRITICAL " in line]


def may_hold(window: Window, field: Field, promised_until: float) -> set[str]:
    """Return what a field may hold: what it held after the last key before that moment, or after any key since."""
    told = [line for line in window.told if line.get("key") == field.value]
    promised = [line for line in told if float(str(line["at"])) < promised_until]
    since = [str(line["may"]) for line in told[len(promised) :]]
    return {str(promised[-1]["may"]) if promised else window.form.get(field, ""), *since}


def broken_promises(
    window: Window, kept: dict[Field, str], wanted: dict[Field, str], promised_until: float
) -> dict[Field, tuple[str, set[str]]]:
    """Return the fields that hold what they should not, with what they may."""
    broken = {}
    for field in Field:
        allowed = may_hold(window, field, promised_until)
        if AS_CHOSEN in allowed:
            allowed |= {window.form.get(field, ""), wanted.get(field, ""), *answers_of(field)}
        if kept.get(field, "") not in allowed:
            broken[field] = (kept.get(field, ""), allowed)
    return broken


def answers_of(field: Field) -> tuple[str, ...]:
    """Return what the arrow keys go over on their way to an answer."""
    if field is Field.SEX:
        return ("sex.siak:1", "sex.siak:2")
    return ("yes", "no") if field.value.startswith("has_") else ()


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_key_is_on_the_disk_a_second_after_it_was_pressed_and_another_officer_goes_on(
    windows: Windows, practice: Path, tmp_path: Path, seed: int
) -> None:
    folder = Path(shutil.copytree(practice, tmp_path / "kiosk"))
    chance, wanted, kept = random.Random(seed), wanted_form(seed), dict[Field, str]()
    keys = 0

    for turn in range(KILLS):
        order = Order(str(folder), TURNS[turn % 2], seed, new=turn == 0, until="documents")
        with windows.open(order) as window:
            stage = window.wait_for("stage")["stage"]
            found = window.form
            window.type_on(chance.randint(FEWEST_KEYS, MOST_KEYS))
            time.sleep(chance.uniform(0.0, LONGEST_PAUSE))
            window.end()
        before, kept = kept, kept_form(folder)
        keys += sum("key" in line for line in window.told)

        assert stage in ("biodata", "documents")
        assert found == before
        assert broken_promises(window, kept, wanted, window.ended_at - PROMISE) == {}
        assert bad_things(folder) == []

    assert keys > 100
    assert kiosk("doctor", data=folder).returncode == 0


@pytest.mark.slow
def test_a_window_told_to_end_keeps_every_key(windows: Windows, practice: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(practice, tmp_path / "kiosk"))

    with windows.open(Order(str(folder), "petugas", 3, new=True, until="documents")) as window:
        window.wait_for("key", "full_name")
        window.wait_for("key", "birth_place")
        code = window.end(signal.SIGTERM)
    last_key = max(float(str(line["at"])) for line in window.told if "key" in line)
    kept = kept_form(folder)

    assert code == 0
    assert broken_promises(window, kept, wanted_form(3), last_key) == {}
    assert kept[Field.FULL_NAME] == wanted_form(3)[Field.FULL_NAME]
    assert bad_things(folder) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_simulators_end_with_their_window(
    windows: Windows, practice: Path, tmp_path: Path, number: signal.Signals
) -> None:
    folder = Path(shutil.copytree(practice, tmp_path / "kiosk"))
    put_typed(folder, wanted_form(7))

    with windows.open(Order(str(folder), "petugas", 7, until="portrait")) as window:
        window.wait_for("stage", "portrait")
        until(lambda: len(group_of(window.pid)) > 1)
        code = window.end(number)
    left = group_of(window.pid)

    if number is signal.SIGTERM:
        assert (code, left) == (0, [])
    until(lambda: group_of(window.pid) == [])
    assert bad_things(folder) == []


def group_of(pid: int) -> list[str]:
    """Return the running processes a window began, itself among them."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pgid=,stat=,pid="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [of for group, state, of in rows if group == str(pid) and not state.startswith("Z")]


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds of other processes."""
    end = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


STAGES = ("documents", "consent", "portrait", "signature", "fingers", "irises", "review")
KILLED_IN = ("consent", "portrait", "signature", "fingers", "irises")
LONGEST = {"portrait": 2.0, "fingers": 2.5, "irises": 0.6}  # seconds a stage takes here


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_window_killed_in_consent_or_a_capture_loses_nothing_that_was_done(
    windows: Windows, practice: Path, tmp_path: Path
) -> None:
    folder, wanted, chance = tmp_path / "kiosk", wanted_form(7), random.Random(7)
    shutil.copytree(practice, folder)
    put_typed(folder, wanted)
    taken: set[str] = set()

    for turn, stage in enumerate(sorted(KILLED_IN * (4 if EVERY else 1), key=STAGES.index)):
        with windows.open(Order(str(folder), TURNS[turn % 2], 7, until="review")) as window:
            window.wait_for("stage", *STAGES[STAGES.index(stage) :])
            time.sleep(chance.uniform(0.0, LONGEST.get(stage, 0.2)))
            window.end()
        with opened(folder) as installation:
            (line,) = drafts(installation.counter)
            view = look_at(installation.counter, line.visit_id)
        passed = [str(told["stage"]) for told in window.told if "stage" in told][:-1]
        before, taken = taken, {kind.value for kind in view.captures}

        assert dict(view.form) == wanted
        assert set(passed) <= {state.stage.value for state in view.stages if state.done}
        assert before <= taken
        assert {told["draft"] for told in window.told if "draft" in told} == {line.visit_id}
        assert bad_things(folder) == []

    assert taken


def put_typed(folder: Path, form: dict[Field, str]) -> None:
    """Let a resident be called whose form is typed already."""
    with opened(folder) as installation:
        counter = installation.counter
        officer = officer_of(counter)
        visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT, form=form).visit_id
        take_up(counter, officer, visit_id)


AFTER_PIN = [0.3 * place / 60 for place in range(60)] if EVERY else [0.0, 0.12]


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seconds", AFTER_PIN)
def test_a_window_killed_after_the_pin_has_the_draft_or_the_packets_and_never_both(
    windows: Windows, unsigned: Path, tmp_path: Path, seconds: float
) -> None:
    folder = Path(shutil.copytree(unsigned, tmp_path / "kiosk"))

    with windows.open(Order(str(folder), "supervisor", 1)) as window:
        window.wait_for("pin")
        time.sleep(seconds)
        window.end()

    assert saved_or_draft(folder) in ({"saved"} if window.tells("saved") else {"saved", "draft"})
    assert bad_things(folder) == []


@pytest.mark.slow
def test_what_the_page_shows_as_saved_is_there_when_the_window_is_killed_at_once(
    windows: Windows, unsigned: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(unsigned, tmp_path / "kiosk"))

    with windows.open(Order(str(folder), "petugas", 1)) as window:
        window.wait_for("saved")
        window.end()
    with opened(folder) as installation, installation.counter.store.reading() as ledger:
        packets = [entry.kind.value for entry in ledger.outbox.all()]

    assert sorted(packets) == ["enrollment", "registration"]
    assert saved_or_draft(folder) == "saved"
    assert bad_things(folder) == []


def saved_or_draft(folder: Path) -> str:
    """Start as a window does, and return whether the one visit is saved with its packets, a draft, or a muddle."""
    with opened(folder) as installation:
        counter = installation.counter
        start(counter)
        with counter.store.reading() as ledger:
            packets = sorted(entry.kind.value for entry in ledger.outbox.all())
            saved = len(ledger.visits.in_state(VisitState.SAVED))
        waiting = len(drafts(counter))
    return {
        (1, 0, ("enrollment", "registration")): "saved",
        (0, 1, ()): "draft",
    }.get((saved, waiting, tuple(packets)), f"saved {saved}, drafts {waiting}, packets {packets}")
