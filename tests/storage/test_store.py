"""Opening, closing and the transactions of a store: all or nothing, durable, encrypted, and clear when it cannot."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kiosk.storage.engine import writing_engine
from kiosk.storage.errors import DamagedError, KeyLostError, NewerStoreError, NoKioskHereError, StorageError
from kiosk.storage.keys import read_machine_slot
from kiosk.storage.migrations import MIGRATIONS
from kiosk.storage.recovery import check_integrity
from kiosk.storage.store import DATABASE, Store
from tests.storage.conftest import NOW, identifier, opened_visit

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "temp_store": 2,
    "secure_delete": 1,
    "trusted_schema": 0,
    "journal_size_limit": 16 << 20,
    "cell_size_check": 1,
}


def test_what_was_written_is_there_after_closing_and_opening(store: Store) -> None:
    with store.writing() as ledger:
        ledger.facts.put("cursor", "17")
    store.close()

    again = Store.open(store.folder)

    with again.reading() as ledger:
        assert ledger.facts.get("cursor") == "17"
    again.close()


def test_a_block_that_raises_writes_nothing(store: Store) -> None:
    def fail_in_the_middle() -> None:
        with store.writing() as ledger:
            ledger.facts.put("cursor", "17")
            ledger.facts.put("rest", str(1 // 0))

    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle()

    with store.reading() as ledger:
        assert ledger.facts.get("cursor") is None


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StorageError), store.reading() as ledger:
        ledger.facts.put("cursor", "17")

    with store.reading() as ledger:
        assert ledger.facts.get("cursor") is None


def test_a_reader_sees_one_state_while_another_thread_writes(store: Store) -> None:
    def write() -> None:
        with store.writing() as ledger:
            ledger.facts.put("cursor", "2")

    with store.reading() as ledger:
        before = ledger.facts.get("cursor")
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        after = ledger.facts.get("cursor")

    assert (before, after) == (None, None)
    with store.reading() as ledger:
        assert ledger.facts.get("cursor") == "2"


def test_writers_of_several_threads_take_turns(store: Store) -> None:
    def count() -> None:
        for _ in range(25):
            with store.writing() as ledger:
                ledger.facts.put("count", str(int(ledger.facts.get("count") or 0) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.reading() as ledger:
        assert ledger.facts.get("count") == "100"


@pytest.mark.parametrize("engine", ["_writer", "_reader"])
def test_every_connection_has_the_pragmas_the_promise_needs(store: Store, engine: str) -> None:
    lent: Engine = getattr(store, engine)
    with lent.connect() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}

    assert told == PRAGMAS


def test_the_database_is_unreadable_without_its_key(store: Store) -> None:
    with store.writing() as ledger:
        ledger.facts.put("secret", "SITI RAHAYU")
    store.close()

    files = list(store.folder.glob(f"{DATABASE}*"))
    assert files
    assert not any(b"SITI" in path.read_bytes() or b"SQLite format" in path.read_bytes() for path in files)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(store.folder / DATABASE).execute("SELECT * FROM facts")


def test_a_folder_without_a_kiosk_is_said_to_be_one_and_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(NoKioskHereError, match="no kiosk"):
        Store.open(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_lost_machine_slot_is_told_with_the_way_out(store: Store) -> None:
    store.close()
    (store.folder / "keys" / "machine.slot").unlink()

    with pytest.raises(KeyLostError, match="recovery-key"):
        Store.open(store.folder)


def test_a_database_of_another_key_is_damaged_not_a_crash(store: Store, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "other", recovery_recipients=())
    other.close()
    store.close()
    (store.folder / DATABASE).write_bytes((other.folder / DATABASE).read_bytes())

    with pytest.raises(DamagedError, match="safe in their files"):
        Store.open(store.folder)


def test_a_flipped_byte_in_the_database_is_found(store: Store) -> None:
    opened_visit(store)
    store.close()
    path = store.folder / DATABASE
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))

    assert _problems(store.folder) != ()


def _problems(folder: Path) -> tuple[str, ...]:
    """Return what opening, or else an examination, complains of."""
    try:
        again = Store.open(folder)
    except DamagedError as error:
        return (str(error),)
    try:
        return check_integrity(again)
    finally:
        again.close()


def test_a_newer_database_is_left_as_it_is(store: Store) -> None:
    store.close()
    key, _ = read_machine_slot(store.folder)
    engine = writing_engine(store.folder / DATABASE, key)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    engine.dispose()

    with pytest.raises(NewerStoreError, match="install that version"):
        Store.open(store.folder)


def test_a_healthy_store_has_nothing_to_complain_of(store: Store) -> None:
    opened_visit(store)

    assert check_integrity(store) == ()


def test_acknowledged_commits_survive_a_killed_program(store: Store) -> None:
    store.close()
    program = f"""
import os, sys
from pathlib import Path
from kiosk.storage.store import Store
store = Store.open(Path({str(store.folder)!r}))
for number in range(10_000):
    with store.writing() as ledger:
        ledger.facts.put("count", str(number))
    os.write(1, f"{{number}}\\n".encode())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(40)]
        process.kill()
        told += process.stdout.readlines()

    again = Store.open(store.folder)
    with again.reading() as ledger:
        kept = int(ledger.facts.get("count") or -1)
    problems = check_integrity(again)
    again.close()
    assert kept >= int(told[-1])
    assert problems == ()


def test_a_row_that_refers_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(StorageError), store.writing() as ledger:
        ledger.users.set_password("nobody", "a long password")

    with store.reading() as ledger:
        assert ledger.users.get("nobody") is None


def test_two_programs_write_to_one_store_without_losing_a_row(store: Store) -> None:
    program = f"""
from datetime import UTC, datetime
from pathlib import Path
from kiosk.storage.store import Store
store = Store.open(Path({str(store.folder)!r}))
for _ in range(30):
    with store.writing() as ledger:
        ledger.audit.append(datetime(2026, 1, 5, tzinfo=UTC), "petugas", "look", "visit", "")
store.close()
"""
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        for _ in range(30):
            with store.writing() as ledger:
                ledger.audit.append(NOW, "petugas", "look", identifier(1), "")

    with store.reading() as ledger:
        assert ledger.audit.length() == 60
    assert process.returncode == 0
    assert check_integrity(store) == ()
