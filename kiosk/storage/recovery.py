"""What a store can tell of its own wholeness, and what a broken run left behind."""

from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Engine

from kiosk.storage.audit import first_break
from kiosk.storage.errors import StorageError
from kiosk.storage.records import PacketState, Sealing
from kiosk.storage.store import Store

_UNSENT = (PacketState.WAITING, PacketState.PARTIAL, PacketState.QUARANTINED)


@dataclass(frozen=True, slots=True)
class Report:
    """sealings: promises not kept yet.  stray_files: packet files with neither row nor promise.

    missing_files: undelivered packets whose file is gone.
    """

    sealings: tuple[Sealing, ...]
    stray_files: tuple[str, ...]
    missing_files: tuple[str, ...]


def examine(store: Store) -> Report:
    """Compare rows and files; nothing is changed."""
    # The files first: a file that is there now was promised before, so that its promise or row is seen below.
    files = store.packets.names()
    with store.reading() as ledger:
        sealings, entries = ledger.sealings.all(), ledger.outbox.all()
    spoken_of = {entry.packet_id for entry in entries}
    spoken_of |= {planned.packet_id for sealing in sealings for planned in sealing.packets}
    unsent = (entry.packet_id for entry in entries if entry.state in _UNSENT)
    missing = tuple(packet_id for packet_id in unsent if not store.packets.path(packet_id).exists())
    return Report(sealings, tuple(sorted(files - spoken_of)), missing)


def clean_temp(store: Store) -> None:
    """Remove half-written files of a broken run."""
    store.packets.clean()


def check_integrity(store: Store) -> tuple[str, ...]:
    """Return what is wrong with the database, its audit chain and its sequence numbers, a sentence each."""
    try:
        return (*store.examine_pages(_pages), *_chain(store), *_sequence(store))
    except StorageError as error:
        return (str(error),)


def _pages(engine: Engine) -> tuple[str, ...]:
    with engine.connect() as connection:
        sealed = [row[0] for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
        told = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    problems = [*sealed, *(line for line in told if line != "ok")]
    return (
        *(f"The database is damaged ({line}); saved packets are safe in their files." for line in problems),
        *((f"{len(loose)} rows of the database refer to rows that are gone.",) if loose else ()),
    )


def _chain(store: Store) -> tuple[str, ...]:
    with store.reading() as ledger:
        broken = first_break(ledger.audit.all())
    if broken is None:
        return ()
    return (f"The audit chain is broken at row {broken}: somebody changed what was written. Tell the Dinas.",)


def _sequence(store: Store) -> tuple[str, ...]:
    with store.reading() as ledger:
        numbers = [entry.device_seq for entry in ledger.outbox.all()]
        numbers += [planned.device_seq for sealing in ledger.sealings.all() for planned in sealing.packets]
    gaps = gaps_in(sorted(numbers))
    return tuple(
        f"The packets numbered {first} to {last} are missing from the outbox." for first, last in gaps
    )


def gaps_in(numbers: list[int]) -> tuple[tuple[int, int], ...]:
    """Return the first and last number of every gap within ascending numbers."""
    return tuple((before + 1, after - 1) for before, after in pairwise(numbers) if after - before > 1)
