"""The script of the demo: residents come, the centre fails, work goes on, the centre returns, all is delivered."""

import time
from collections.abc import Callable
from pathlib import Path

from kiosk.app.centre_process import CentreProcess
from kiosk.app.places import VERSION
from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import Installation, make_empty, opened, tools_of
from kiosk.domain.errors import KioskError
from kiosk.services.accounts import set_first_password
from kiosk.services.delivering import Sender
from kiosk.services.joining import join_centre
from kiosk.services.practice import OFFICE, practice_people
from kiosk.services.rehearsal import enroll, prepare_rehearsal
from kiosk.services.saving import Saved
from kiosk.settings import practice_settings
from kiosk.sync.pump import make_pump

Say = Callable[[str], None]

DELIVERY_TIMEOUT = 300.0  # seconds the last packets may take after the centre is back
PAUSE = 1.0  # seconds between rounds; a real counter waits longer when the line is dead


class DemoError(KioskError):
    """The day could not be played to its end."""


class Day:
    """One day at a practice counter in `folder` (`centre/` and `kiosk/`)."""

    def __init__(self, folder: Path, *, residents: int, seed: int, outage: bool) -> None:
        self.folder = folder
        self.residents = residents
        self.seed = seed
        self.outage = outage
        self.centre = CentreProcess(folder / "centre")

    def morning(self, say: Say) -> None:
        """Open the office and record the day's residents, the outage among them."""
        self.open_office(say)
        with opened(self.folder / "kiosk") as installation:
            pump = make_pump(installation.counter.store, installation.counter.clock)
            sender = Sender(pump, pause=lambda _: PAUSE, told=lambda _: None)
            sender.start()
            try:
                self._receive_residents(installation, sender, say)
            finally:
                sender.stop(timeout=DELIVERY_TIMEOUT)

    def deliver_rest(self, say: Say) -> None:
        """Wait until everything is delivered and judged; raises `DemoError` when that takes too long."""
        with opened(self.folder / "kiosk") as installation:
            self._deliver_rest(installation, say)

    def open_office(self, say: Say) -> None:
        """Open the centre and a counter that joined it and has its roster, whose people chose their secrets."""
        self._join(say)
        with opened(self.folder / "kiosk") as installation:
            make_pump(installation.counter.store, installation.counter.clock).round()
            self._let_people_in(installation)

    def close(self) -> None:
        """End everything the day started."""
        self.centre.stop()

    def _join(self, say: Say) -> None:
        say("A practice centre opens on this machine, and a counter of Gringsing joins it.")
        self.centre.command("init", "--practice")
        for person in practice_people():
            self.centre.command(
                "user", "add", "--office", OFFICE, "--role", person.entry.role.value, person.entry.name
            )
        code = self.centre.command("kiosk", "add", "--office", OFFICE)
        self.centre.start()
        make_empty(self.folder / "kiosk", practice_settings())
        with opened(self.folder / "kiosk") as installation:
            join_centre(installation.counter, code, self.centre.url, software=f"kiosk {VERSION}")

    def _let_people_in(self, installation: Installation) -> None:
        """Let each person of the roster choose password and PIN, as they would at their first log-in."""
        with installation.counter.store.reading() as ledger:
            users = {user.role: user.user_id for user in ledger.users.all()}
        for person in practice_people():
            set_first_password(installation.counter, users[person.entry.role], person.password, person.pin)

    def _receive_residents(self, installation: Installation, sender: Sender, say: Say) -> None:
        counter = installation.counter
        people = practice_residents(
            self.residents, seed=self.seed, today=counter.today(), reference=counter.reference
        )
        with tools_of(installation) as tools:
            rehearsal = prepare_rehearsal(counter, tools, seed=self.seed)
            for number, file in enumerate(people, start=1):
                self._play_outage(number, say)
                outcome = enroll(rehearsal, file)
                if not isinstance(outcome, Saved):
                    raise DemoError(f"Resident {number} could not be recorded: {outcome}")
                sender.hurry()
                if number % 5 == 0 or number == self.residents:
                    say(self._state(installation, number))

    def _play_outage(self, number: int, say: Say) -> None:
        if not self.outage:
            return
        if number == self.residents // 3 + 1:
            self.centre.fail()
            say("-- The centre fails. The counter goes on. --")
        if number == 2 * self.residents // 3 + 1:
            self.centre.start()
            say("-- The centre is back. --")

    def _state(self, installation: Installation, number: int) -> str:
        with installation.counter.store.reading() as ledger:
            counts = ledger.outbox.counts()
        waiting = counts.waiting + counts.partial
        return (
            f"{number:>4} of {self.residents} saved on this machine; "
            f"packets: {counts.acknowledged} received by the centre, {waiting} waiting"
        )

    def _deliver_rest(self, installation: Installation, say: Say) -> None:
        pump = make_pump(installation.counter.store, installation.counter.clock)
        deadline = time.monotonic() + DELIVERY_TIMEOUT
        while time.monotonic() < deadline:
            result = pump.round()
            if not result.waiting and _all_judged(installation):
                say(f"{self._state(installation, self.residents)}; all judged.")
                return
            time.sleep(PAUSE / 2)
        raise DemoError("The outbox did not empty in time; what waits is safe and can be sent later.")


def _all_judged(installation: Installation) -> bool:
    with installation.counter.store.reading() as ledger:
        return all(entry.verdict is not None for entry in ledger.outbox.all())
