"""Saves a prepared visit again and again, killed at one of its system calls each time, and tells what came of it.

`python -m tests.faults.killed_saves CALL PREPARED SCRATCH MOST`: one line of JSON a kill.  One process imports the
program, and forks a child for every save and for every start after it: so that hundreds of kills take minutes.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path

from kiosk.app.clock import system_moment
from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import make_practice, opened, reference, tools_of
from kiosk.domain.reference import Reference
from kiosk.domain.roles import Role
from kiosk.services.arrivals import open_visits
from kiosk.services.counter import Counter, Officer
from kiosk.services.doctor import Health, examine_counter
from kiosk.services.practice import practice_people
from kiosk.services.rehearsal import make_ready, prepare_rehearsal
from kiosk.services.saving import Saved, save
from kiosk.services.startup import start
from kiosk.storage.store import Store
from kiosk.sync.judged_clock import JudgedClock

Work = Callable[[Path, Reference], None]


def prepare(folder: Path) -> None:
    """Make a practice office with one visit of which only the save is left."""
    make_practice(folder)
    with opened(folder) as installation, tools_of(installation) as tools:
        counter = installation.counter
        (file,) = practice_residents(1, seed=1, today=counter.today(), reference=counter.reference)
        if not isinstance(make_ready(prepare_rehearsal(counter, tools, seed=1), file), str):
            raise SystemExit("the visit could not be made ready")


def save_it(folder: Path, known: Reference) -> None:
    """Save the visit and tell so; a save that broke off earlier is finished first, as at every start."""
    counter = _counter(folder, known)
    start(counter)
    entry = next(person.entry for person in practice_people() if person.entry.role is Role.OFFICER)
    for visit in open_visits(counter):
        outcome = save(counter, Officer(entry.user_id, entry.name, entry.role), visit.visit_id)
        if isinstance(outcome, Saved):
            sys.stdout.write(f"{outcome.packet_id}\n")
            sys.stdout.flush()
    counter.store.close()


def finish(folder: Path, known: Reference) -> None:
    """Go on after a kill, then tell the outbox and what the doctor finds bad, as one line of JSON."""
    save_it(folder, known)
    counter = _counter(folder, known)
    with counter.store.reading() as ledger:
        rows = [(entry.packet_id, entry.kind.value, entry.device_seq) for entry in ledger.outbox.all()]
    bad = [check.sentence for check in examine_counter(counter) if check.health is Health.BAD]
    sys.stdout.write(json.dumps({"rows": rows, "bad": bad}) + "\n")
    counter.store.close()


def _counter(folder: Path, known: Reference) -> Counter:
    store = Store.open(folder)
    clock = JudgedClock.of(system_moment, store)
    return Counter(store, known, clock, os.urandom, timezone(timedelta(hours=7), "WIB"))


def forked(work: Work, folder: Path, known: Reference, *, strace: tuple[str, ...] = ()) -> list[str]:
    """Run the work in a child, traced if asked for; returns the lines it told."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(tell, 1)
        _work_as_child(work, folder, known, stop_first=bool(strace))
    os.close(tell)
    tracer = _trace(pid, strace) if strace else None
    with os.fdopen(told) as lines:
        output = lines.read().splitlines()
    os.waitpid(pid, 0)
    if tracer is not None:
        tracer.wait()
    return output


def _work_as_child(work: Work, folder: Path, known: Reference, *, stop_first: bool) -> None:
    status = 1
    try:
        if stop_first:
            os.kill(os.getpid(), signal.SIGSTOP)
        work(folder, known)
        status = 0
    finally:
        if status:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(status)  # a child never runs what its parent was about to do


def _trace(pid: int, options: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Attach strace to a child that has stopped itself, and let it go on."""
    os.waitpid(pid, os.WUNTRACED)
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", "-y", *options, "-p", str(pid)], stderr=subprocess.DEVNULL
    )
    while "TracerPid:\t0" in Path(f"/proc/{pid}/status").read_text(encoding="ascii"):
        time.sleep(0.002)
    os.kill(pid, signal.SIGCONT)
    return tracer


def places_of(call: str, prepared: Path, scratch: Path, known: Reference) -> list[int]:
    """Return at which of its calls a thread of a save touches the data folder, counted from 1 in each thread.

    The n-th call of the first thread comes before any of the thread that overwrites the draft afterwards.
    """
    data, trace = scratch / "counted", scratch / "trace"
    shutil.copytree(prepared, data)
    forked(save_it, data, known, strace=(f"--trace={call}", "-o", str(trace)))
    shutil.rmtree(data)
    made: dict[str, int] = {}
    places: set[int] = set()
    for line in trace.read_text(errors="replace").splitlines():
        thread, _, told = line.partition(" ")
        if told.lstrip().startswith(f"{call}("):
            made[thread] = made.get(thread, 0) + 1
            places |= {made[thread]} if str(data) in told else set()
    return sorted(places)


def spread(places: list[int], most: int) -> list[int]:
    """Return at most so many of the places, the first and the last among them."""
    if len(places) <= most:
        return places
    return sorted({places[round(number * (len(places) - 1) / (most - 1))] for number in range(most)})


def main(call: str, prepared: Path, scratch: Path, most: int) -> None:
    """Kill at each place in turn."""
    known = reference()
    known.regions.get("33.25.07")  # read the table once, before the forks
    for place in spread(places_of(call, prepared, scratch, known), most):
        data = scratch / "killed"
        shutil.copytree(prepared, data)
        inject = (f"--inject={call}:signal=KILL:when={place}", "-o", str(scratch / "trace"))
        saved = forked(save_it, data, known, strace=inject)
        told = forked(finish, data, known)
        shutil.rmtree(data)
        outcome = json.loads(told[-1]) if told else {"rows": [], "bad": ["the next start told nothing"]}
        sys.stdout.write(json.dumps({"place": place, "saved": saved, **outcome}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]))
    else:
        main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
