"""What each command of `central` does."""

import argparse
import dataclasses
import getpass
import json
import signal
import sys
import threading
import time
from pathlib import Path

from central.checking import made_check_page, signed_list
from central.clock import system_clock
from central.errors import CentreError, FileUnwrittenError
from central.examining import examine
from central.figures import Figures, count
from central.joining import Joiner
from central.judging import Judge
from central.keys import DoorKeys, read_door_keys, read_opening_identity
from central.limits import Limits
from central.offices import check_office, known_regions
from central.papers import read_paper_settings, set_paper_settings
from central.serving import make_application, serve
from central.staff import People
from central.store import Store, create_centre, open_store
from central.watching import Watch
from kiosk.wire.errors import WireError

POLL_SECONDS = 0.5


def init(options: argparse.Namespace) -> int:
    """Make a centre and print its recovery identity, once."""
    recovery = create_centre(options.data, practice=options.practice)
    kind = "A practice centre" if options.practice else "A centre"
    say(f"{kind} was made in {options.data}.")
    say("Recovery identity, shown only now; print it and keep it in a safe, away from this machine:")
    say(recovery.secret)
    return 0


def run_server(options: argparse.Namespace) -> int:
    """Open the front door."""
    store = open_store(options.data)
    limits = Limits(reserve=options.reserve_mib << 20, idle=options.idle)
    serve(
        make_application(store, system_clock, limits), options.host, options.port, port_file=options.port_file
    )
    return 0


def add_kiosk(options: argparse.Namespace) -> int:
    """Print a one-time code."""
    check_office(options.office, known_regions())
    say(_joiner(options.data).new_code(options.office, system_clock()).text)
    return 0


def revoke_kiosk(options: argparse.Namespace) -> int:
    """Revoke a kiosk."""
    _joiner(options.data).revoke(options.kiosk_id, system_clock())
    say(f"Kiosk {options.kiosk_id} is revoked.")
    return 0


def add_user(options: argparse.Namespace) -> int:
    """Put a person on a roster and print the user id."""
    check_office(options.office, known_regions())
    say(People(open_store(options.data)).add_user(options.office, options.role, options.name))
    return 0


def set_papers(options: argparse.Namespace) -> int:
    """Set how papers of an office are issued; its kiosks hear of it with their next directives."""
    check_office(options.office, known_regions())
    settings = read_paper_settings(options.file, options.office)
    set_paper_settings(open_store(options.data), options.office, settings)
    say(
        f"Papers of {options.office} are issued so from now on: {', '.join(rule.kind for rule in settings.rules)}."
    )
    return 0


def write_list(options: argparse.Namespace) -> int:
    """Write the signed list of keys and ended papers, for kiosks that hear nothing of the centre."""
    return _write(options.file, signed_list(*_store_and_keys(options.data), system_clock()))


def write_check_page(options: argparse.Namespace) -> int:
    """Write the page that checks papers, for a stick."""
    return _write(options.file, made_check_page(*_store_and_keys(options.data), system_clock()))


def add_staff(options: argparse.Namespace) -> int:
    """Let somebody of the centre log in; the password is asked for, or read from standard input."""
    people = People(open_store(options.data))
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    people.add_staff(options.name, password)
    say(f"{options.name} may log in.")
    return 0


def show_figures(options: argparse.Namespace) -> int:
    """Print the figures; non-zero if an object is lost."""
    figures = count(open_store(options.data), verify=options.verify)
    if options.json:
        say(json.dumps(dataclasses.asdict(figures), default=str))
    else:
        _say_figures(figures)
    return 1 if figures.lost or figures.duplicates else 0


def judge(options: argparse.Namespace) -> int:
    """Judge files without changing anything, or what waits, once or until told to end."""
    store = open_store(options.data)
    identity = read_opening_identity(store.folder.keys)
    if options.files:
        return max(_judge_file(path, store, identity) for path in options.files)
    judge_of_centre = Judge(store, read_door_keys(store.folder.keys), identity)
    if options.watch:
        _watch(judge_of_centre)
        return 0
    total = 0
    while decided := judge_of_centre.judge_waiting(system_clock()):
        total += decided
    say(f"{total} packets judged.")
    if waiting := len(judge_of_centre.waiting_ids()):
        say(f"{waiting} packets wait for their registration or for their file: see central stats --verify.")
    return 0


def say(text: str) -> None:
    """Write one line to standard output at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _store_and_keys(data: Path) -> tuple[Store, DoorKeys]:
    store = open_store(data)
    return store, read_door_keys(store.folder.keys)


def _write(path: Path, text: str) -> int:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileUnwrittenError(f"{path} cannot be written: {error.strerror}.") from error
    say(f"{path} was written.")
    return 0


def _joiner(data: Path) -> Joiner:
    store = open_store(data)
    return Joiner(store, read_door_keys(store.folder.keys))


def _judge_file(path: Path, store: Store, identity: str) -> int:
    try:
        opened = examine(path, store, identity)
        _refuse_other_practice(store, practice=opened.header.practice)
    except (WireError, CentreError) as error:
        say(f"{path.name}: REFUSED. {error}")
        return 1
    header = opened.header
    say(
        f"{path.name}: good. {header.kind.value} {header.packet_id} of visit {header.visit_id}, "
        f"made by {header.kiosk_id}, {len(opened.members)} members."
    )
    return 0


def _refuse_other_practice(store: Store, *, practice: bool) -> None:
    with store.read() as session:
        if store.centre(session).practice != practice:
            raise CentreError(
                "It is a practice record, and this centre is real."
                if practice
                else "It is a real record, and this is a practice centre."
            )


def _watch(judge_of_centre: Judge) -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    watch = Watch(judge_of_centre)
    while not ended.is_set():
        if not watch.look(system_clock(), time.monotonic()):
            ended.wait(POLL_SECONDS)


def _say_figures(figures: Figures) -> None:
    say(f"packets held: {figures.acknowledged} ({figures.bytes} bytes), visits enrolled: {figures.visits}")
    say(f"under way: {figures.under_way}, kept aside: {figures.aside}, lost: {figures.lost}")
    for name, numbers in (("kind", figures.packets), ("verdict", figures.judged)):
        for key, number in numbers.items():
            say(f"{name} {key}: {number}")
    for kiosk in figures.kiosks:
        say(
            f"kiosk {kiosk.kiosk_id} ({kiosk.office}): {kiosk.acknowledged} held, {kiosk.backlog_count} waiting there"
        )
