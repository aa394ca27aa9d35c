"""The examination of a counter: database, packets, audit chain, keys, disk and clock, each in one sentence."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.domain.clock import ClockState
from kiosk.services.counter import Counter
from kiosk.services.roster import altered_people
from kiosk.storage.records import OutboxEntry, PacketState
from kiosk.storage.recovery import check_integrity, examine
from kiosk.storage.store import Store
from kiosk.wire.errors import WireError
from kiosk.wire.packet import check_file
from kiosk.wire.signing import VerifyKey

LEAST_FREE = 2 << 30  # bytes: a day of 150 enrollments and room to spare


class Health(StrEnum):
    """What a check says: nothing to do, something to know, something to mend."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One result, with what it means for the person who reads it."""

    name: str
    health: Health
    sentence: str


def examine_counter(counter: Counter) -> tuple[Check, ...]:
    """Return every check; nothing is changed."""
    return (
        *examine_database(counter.store),
        *examine_packets(counter.store),
        *_files(counter.store),
        *_people(counter.store),
        _keys(counter.store),
        _disk(counter.store.folder),
        _clock(counter),
    )


def examine_database(store: Store) -> Iterator[Check]:
    """Yield what reading the whole database and its audit chain finds."""
    problems = check_integrity(store)
    for problem in problems:
        yield Check("database", Health.BAD, problem)
    if not problems:
        yield Check("database", Health.GOOD, "The database and its audit chain are whole.")


def examine_packets(store: Store) -> Iterator[Check]:
    """Yield what comparing every packet with its row and its signature finds."""
    with store.reading() as ledger:
        entries, key = ledger.outbox.all(), ledger.facts.signing_key()
    if key is None:
        yield Check("packets", Health.NOTE, "This kiosk has not joined a centre yet.")
        return
    held = [entry for entry in entries if entry.state is not PacketState.PURGED]
    problems = [problem for entry in held if (problem := _packet_problem(store, entry, key.public))]
    for problem in problems:
        yield Check("packets", Health.BAD, problem)
    if not problems:
        yield Check("packets", Health.GOOD, f"All {len(held)} packets are whole and signed by this kiosk.")


def _packet_problem(store: Store, entry: OutboxEntry, key: VerifyKey) -> str | None:
    path = store.packets.path(entry.packet_id)
    try:
        whole = check_file(path, key)
    except FileNotFoundError:
        return f"Packet {entry.packet_id} is missing from the disk; {_where_safe(entry)}"
    except WireError as error:
        return f"Packet {entry.packet_id}: {error} {_where_safe(entry)}"
    if (whole.header.packet_id, whole.sha256, whole.size) != (entry.packet_id, entry.sha256, entry.size):
        return (
            f"Packet {entry.packet_id} is not the file that was saved under this name; {_where_safe(entry)}"
        )
    return None


def _where_safe(entry: OutboxEntry) -> str:
    if entry.state is PacketState.ACKNOWLEDGED:
        return "the centre has acknowledged it, so nothing is lost."
    return "nothing was deleted; call the Dinas before anything else is done with this machine."


def _files(store: Store) -> Iterator[Check]:
    report = examine(store)
    if report.sealings:
        yield Check(
            "saves",
            Health.NOTE,
            f"{len(report.sealings)} interrupted saves will be finished at the next start.",
        )
    if report.stray_files:
        yield Check(
            "saves",
            Health.NOTE,
            f"{len(report.stray_files)} packet files have no row; the next start sets them aside.",
        )
    aside = store.packets.set_aside_names()
    if aside:
        yield Check(
            "repair", Health.NOTE, f"{len(aside)} packet files were set aside in {store.folder / 'repair'}."
        )


def _people(store: Store) -> Iterator[Check]:
    with store.reading() as ledger:
        altered = altered_people(ledger)
    if altered:
        names = ", ".join(user.user_id for user in altered)
        yield Check(
            "roster", Health.BAD, f"The centre did not sign these people so: {names}. Tell the Dinas."
        )


def _keys(store: Store) -> Check:
    if store.machine_slot_kind == "file":
        return Check(
            "keys",
            Health.NOTE,
            "The database key lies in a file only its owner may read: this machine has no TPM this user may use.",
        )
    return Check("keys", Health.GOOD, f"The database key is held by {store.machine_slot_kind}.")


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return Check(
            "disk", Health.BAD, f"Only {free >> 20} MB are free; deliver or export before recording goes on."
        )
    return Check("disk", Health.GOOD, f"{free >> 30} GB are free.")


def _clock(counter: Counter) -> Check:
    state = counter.clock().state
    if state is ClockState.SUSPECT:
        return Check("clock", Health.BAD, "The clock jumped; look at the date before it goes on a paper.")
    words = {
        "trusted": "agrees with the centre",
        "unchecked": "has not been compared with the centre since this start",
    }
    return Check("clock", Health.GOOD, f"The clock {words[state.value]}.")
