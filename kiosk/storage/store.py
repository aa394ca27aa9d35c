"""The store of one kiosk: the encrypted database and the packet files beside it, opened by the machine's own key."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from kiosk.domain.clock import Moment
from kiosk.storage import keys, lockout
from kiosk.storage.audit import Audit
from kiosk.storage.captures import Captures
from kiosk.storage.change_requests import ChangeRequests
from kiosk.storage.engine import reading_engine, told_apart, writing_engine
from kiosk.storage.errors import NoKioskHereError, StorageError
from kiosk.storage.facts import Facts
from kiosk.storage.file_lock import file_lock
from kiosk.storage.keepers import keeper_of_machine
from kiosk.storage.lockout import SecretCheck, SecretKind
from kiosk.storage.migrations import is_present, migrate
from kiosk.storage.outbox import Outbox
from kiosk.storage.outbox_sums import OutboxSums
from kiosk.storage.packets import PacketFiles
from kiosk.storage.papers import Papers
from kiosk.storage.records import Resident
from kiosk.storage.residents import Residents
from kiosk.storage.sealings import Sealings
from kiosk.storage.search import SHOWN, find_residents
from kiosk.storage.selftests import SelfTests
from kiosk.storage.traces import Traces
from kiosk.storage.users import Users
from kiosk.storage.visits import Drafts, Visits

DATABASE = "kiosk.db"

logger = logging.getLogger(__name__)


class Ledger:
    """All that one transaction reads or writes, room by room."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.facts = Facts(session)
        self.visits = Visits(session)
        self.drafts = Drafts(session)
        self.captures = Captures(session)
        self.sealings = Sealings(session)
        self.outbox = Outbox(session)
        self.sums = OutboxSums(session)
        self.residents = Residents(session)
        self.users = Users(session)
        self.audit = Audit(session)
        self.selftests = SelfTests(session)
        self.traces = Traces(session)
        self.papers = Papers(session)
        self.change_requests = ChangeRequests(session)

    def search(self, text: str, *, limit: int = SHOWN) -> tuple[Resident, ...]:
        """Return the residents a NIK, its beginning or words of a name fit best (`storage.search`)."""
        return find_residents(self._session, text, limit=limit)


class Store:
    """An open store; made by `create` or `open`, safe to use from several threads."""

    def __init__(self, folder: Path, key: bytes, keeper: str) -> None:
        self.folder = folder
        self.packets = PacketFiles(folder)
        self.machine_slot_kind = keeper
        self._key = key
        self._writer = writing_engine(folder / DATABASE, key)
        self._reader = reading_engine(folder / DATABASE, key)
        self._turn = threading.Lock()
        self._sealing = threading.Lock()
        self._purger: threading.Thread | None = None

    @classmethod
    def create(cls, folder: Path, *, recovery_recipients: tuple[str, ...]) -> "Store":
        """Make an empty store and open it; a crash within leaves nothing that could be taken for a kiosk."""
        with told_apart():
            folder.mkdir(parents=True, exist_ok=True)
            PacketFiles(folder).make_folders()
        key = keys.new_key()
        keeper = keeper_of_machine(key)
        keys.write_machine_slot(folder, key, keeper)
        keys.write_recovery_slot(folder, key, recovery_recipients)
        return cls(folder, key, keeper.name)._ready()

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Open the store of a folder and bring it to the present version.

        Raises `NoKioskHereError`, `KeyLostError`, `DamagedError` or `NewerStoreError`; nothing is changed then.
        """
        if not (folder / DATABASE).is_file():
            raise NoKioskHereError(f"There is no kiosk in {folder}: no kiosk was joined or practised here.")
        key, keeper = keys.read_machine_slot(folder)
        return cls(folder, key, keeper)._ready()

    @classmethod
    def restore_machine_slot(cls, folder: Path, identity: str) -> None:
        """Let this machine open the store again, given an age identity of the centre; raises `KeyLostError`.

        The slot is written only after the key has opened the database.
        """
        key = keys.read_recovery_slot(folder, identity)
        keeper = keeper_of_machine(key)
        cls(folder, key, keeper.name)._ready().close()
        keys.write_machine_slot(folder, key, keeper)

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """Lend a ledger that sees one state of the database and cannot change it."""
        with told_apart(), Session(self._reader) as session:
            yield Ledger(session)

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Lend a ledger whose changes are durable, all of them, once the block ends; none if it raises."""
        with self._turn, told_apart(), Session(self._writer, expire_on_commit=False) as session:
            yield Ledger(session)
            session.commit()

    @contextmanager
    def sealing_turn(self) -> Iterator[None]:
        """Let one thread of one program at a time make promised packets, so that no file is written twice at once."""
        with self._sealing, file_lock(self.folder / "sealing.lock", wait=True):
            yield

    def add_recovery(self, recipients: tuple[str, ...]) -> None:
        """Seal the database key to the centre's recipients, so that the Dinas can open it if the machine dies."""
        keys.write_recovery_slot(self.folder, self._key, recipients)

    def check_password(self, user_id: str, password: str, now: Moment) -> SecretCheck:
        """Check a password; the try is counted before it is looked at."""
        return self._check(user_id, SecretKind.PASSWORD, password, now)

    def check_pin(self, user_id: str, pin: str, now: Moment) -> SecretCheck:
        """Check a PIN; the try is counted before it is looked at."""
        return self._check(user_id, SecretKind.PIN, pin, now)

    def examine_pages(self, look: Callable[[Engine], tuple[str, ...]]) -> tuple[str, ...]:
        """Return what an examination of the database as a file finds."""
        with told_apart():
            return look(self._reader)

    def purge(self) -> None:
        """Overwrite the pictures of closed visits; also what a program that was killed left."""
        with self.writing() as ledger:
            if ledger.captures.unpurged():
                ledger.captures.purge()

    def purge_soon(self) -> None:
        """Do the same on a thread of its own, so that nobody waits for it."""
        self.finish_purging()
        self._purger = threading.Thread(target=self._purge_or_leave, name="purge", daemon=True)
        self._purger.start()

    def finish_purging(self) -> None:
        """Wait until what was to be purged soon is."""
        if self._purger is not None:
            self._purger.join()
            self._purger = None

    def close(self) -> None:
        """Give every connection back, when purging is done; a second call does nothing."""
        self.finish_purging()
        self._reader.dispose()
        self._writer.dispose()

    def _purge_or_leave(self) -> None:
        try:
            self.purge()
        except StorageError as error:
            logger.warning("pictures of closed visits wait for the next start to be overwritten: %s", error)

    def _ready(self) -> "Store":
        try:
            with told_apart():
                with self._reader.connect() as connection:
                    present = is_present(connection)
                if not present:
                    with self._writer.begin() as connection:
                        migrate(connection)
        except BaseException:
            self.close()
            raise
        return self

    def _check(self, user_id: str, kind: SecretKind, secret: str, now: Moment) -> SecretCheck:
        """Hash outside the transaction: it takes a tenth of a second, and others want to write."""
        with self.writing() as ledger:
            row = ledger.users.secret(user_id, kind)
            if row is None:
                return SecretCheck(right=False, tries_left=0)
            locked = lockout.waiting(row, now)
            if locked:
                return SecretCheck(right=False, tries_left=0, locked_seconds=locked)
            lockout.count_try(row, now)
            kept, left = row.hash, lockout.tries_left(row)
        if not lockout.fits(secret, kept):
            return SecretCheck(right=False, tries_left=left)
        with self.writing() as ledger:
            row = ledger.users.secret(user_id, kind)
            if row is not None:
                lockout.forgive(row)
        return SecretCheck(right=True, tries_left=lockout.FREE_TRIES)
