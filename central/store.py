"""The centre's folder: keys, database, objects and landing copies."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from central.errors import CentreFolderError, disk_refusal
from central.keys import create_keys
from central.tables import CentreRow, Table
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import SUFFIX

# The sqlite3 of Debian 12 (3.40.1) has the WAL-reset bug, so the journal is a rollback journal; TRUNCATE rather
# than DELETE, since with FULL the truncation is synced before a commit returns and an unlink is not.
_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA cell_size_check=ON",
    "PRAGMA trusted_schema=OFF",
)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where everything of one centre stands."""

    root: Path

    @property
    def keys(self) -> Path:
        """The folder of the keys."""
        return self.root / "keys"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "centre.db"

    @property
    def objects(self) -> Path:
        """The packets held; never altered, never deleted."""
        return self.root / "objects"

    @property
    def landing(self) -> Path:
        """The packets on their way."""
        return self.root / "landing"

    @property
    def aside(self) -> Path:
        """The packets of revoked kiosks."""
        return self.root / "aside"

    def object_of(self, packet_id: str) -> Path:
        """Return the packet's place; spread by the last characters, since the first are its time."""
        return self.objects / packet_id[-2:] / f"{packet_id}{SUFFIX}"

    def landing_of(self, packet_id: str) -> Path:
        """Return the place of what arrived of the packet so far."""
        return self.landing / f"{packet_id}.part"

    def aside_of(self, packet_id: str) -> Path:
        """Return the packet's place when it is kept aside."""
        return self.aside / f"{packet_id}{SUFFIX}"


class Store:
    """Transactions on the centre's database; writers come one after another, each from its first read on."""

    def __init__(self, folder: Folder, engine: Engine) -> None:
        self.folder = folder
        self._engine = engine
        self._writing = engine.execution_options(writes=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one state of the database."""
        with Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give the only session that may write; commits at the end, rolls back on an error."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    def centre(self, session: Session) -> CentreRow:
        """Return the row of the centre itself."""
        return session.get_one(CentreRow, 1)

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()


def create_centre(root: Path, *, practice: bool) -> OpeningIdentity:
    """Make a centre in a new or empty folder and return its recovery identity; raises `CentreFolderError`."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise CentreFolderError(f"{root} is not empty; nothing was changed. Choose an empty folder.")
    folder = Folder(root)
    for place in (folder.root, folder.objects, folder.landing, folder.aside):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    recovery = create_keys(folder.keys)
    engine = _engine(folder)
    Table.metadata.create_all(engine)
    store = Store(folder, engine)
    with store.write() as session:
        session.add(CentreRow(id=1, practice=practice, generation=1))
    store.close()
    sync_directory(folder.keys)
    sync_directory(folder.root)
    return recovery


def open_store(root: Path) -> Store:
    """Open the centre of a folder; raises `CentreFolderError`."""
    folder = Folder(root)
    if not folder.database.is_file():
        raise CentreFolderError(f"There is no centre in {root}. Make one with: central init {root}")
    engine = _engine(folder)
    Table.metadata.create_all(engine)  # what a centre of an earlier version has not yet
    return Store(folder, engine)


def sync_directory(folder: Path) -> None:
    """Make names in a folder durable; Windows keeps them with the file and offers no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> int:
    """Make a file's bytes durable and return how many there are."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(handle).st_size  # before the sync: what is written meanwhile may not be durable
        os.fsync(handle)
        return size
    finally:
        os.close(handle)


def size_of(path: Path) -> int:
    """Return the bytes of a file; 0 where there is none, or none any more."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def durable_size(path: Path) -> int:
    """Return a file's size after syncing it: what is told is what a power cut leaves.  Raises `RefusedError`."""
    try:
        return sync_file(path)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise disk_refusal(error) from error


def sha256_of(path: Path) -> str:
    """Return the hash of a file's bytes; nothing where there is no file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def keep_once(source: Path, target: Path) -> None:
    """Give `source` the second name `target`; raises `FileExistsError` if there is such a file.

    Either way bytes and names are durable then: an earlier try may have died before it synced them.
    """
    target.parent.mkdir(mode=0o700, exist_ok=True)
    sync_file(source)
    try:
        os.link(source, target)
    finally:
        sync_directory(target.parent)
        sync_directory(target.parent.parent)


def _engine(folder: Folder) -> Engine:
    # Parameters are hidden, since an error that is logged would tell a person's name.
    engine = create_engine(URL.create("sqlite", database=str(folder.database)), hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions of its own: a lock taken at the first write comes too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
