"""Saves the one prepared visit of a data folder in one thread, or prepares it: run as a process that may be killed."""

import json
import sys
from pathlib import Path

from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import make_practice, opened, tools_of
from kiosk.domain.roles import Role
from kiosk.services.arrivals import open_visits
from kiosk.services.counter import Officer
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.rehearsal import make_ready, prepare_rehearsal
from kiosk.services.saving import Saved, save
from kiosk.services.startup import start


def prepare(folder: Path) -> None:
    """Make a practice office with one visit of which only the save is left."""
    make_practice(folder)
    with opened(folder) as installation, tools_of(installation) as tools:
        counter = installation.counter
        (file,) = practice_residents(1, seed=1, today=counter.today(), reference=counter.reference)
        if not isinstance(make_ready(prepare_rehearsal(counter, tools, seed=1), file), str):
            raise SystemExit("the visit could not be made ready")


def save_it(folder: Path) -> None:
    """Save the visit and tell so; a save that broke off earlier is finished first."""
    with opened(folder) as installation:
        counter = installation.counter
        with counter.store.reading() as ledger:
            user = next(user for user in ledger.users.all() if user.role is Role.OFFICER)
        start(counter)
        for visit in open_visits(counter):
            outcome = save(counter, Officer(user.user_id, user.name, user.role), visit.visit_id)
            if isinstance(outcome, Saved):
                sys.stdout.write(f"{outcome.packet_id}\n")
                sys.stdout.flush()


def tell(folder: Path) -> None:
    """Tell the outbox and what the doctor finds bad, as one line of JSON."""
    with opened(folder) as installation:
        checks = examine_counter(installation.counter)
        with installation.counter.store.reading() as ledger:
            rows = [(entry.packet_id, entry.kind.value, entry.device_seq) for entry in ledger.outbox.all()]
    bad = [check.sentence for check in checks if check.health is Health.BAD]
    sys.stdout.write(json.dumps({"rows": rows, "bad": bad}) + "\n")


def finish(folder: Path) -> None:
    """Go on after a kill, then tell."""
    save_it(folder)
    tell(folder)


if __name__ == "__main__":
    {"prepare": prepare, "save": save_it, "finish": finish}[sys.argv[1]](Path(sys.argv[2]))
