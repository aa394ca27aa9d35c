"""Sending: announce what waits, send what the centre needs, and believe nothing but an acknowledgement."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from kiosk.domain.errors import KioskError
from kiosk.storage.records import OutboxEntry
from kiosk.sync.causes import (
    DOUBTFUL_CAUSES,
    PACKET_CAUSES,
    Cause,
    DeliveryError,
    UploadGoneError,
    UploadLockedError,
    UploadMovedError,
    cause_of_problem,
)
from kiosk.sync.errand import Errand
from kiosk.sync.receipts import check_audit_receipt
from kiosk.wire.messages import (
    AnnouncedPacket,
    Announcement,
    AnnouncementAnswer,
    Defer,
    Have,
    ItemAnswer,
    Need,
    Reject,
)

BROKE_AT = "sync.broke_at"
AUDIT_RECEIPT = "sync.audit_receipt"
BATCH = 100  # items of one announcement
LOOK_EVERY = 5.0  # seconds between looks for a more urgent packet while one is on the line
_MOST_MOVES = 3  # times the centre may name another offset before the packet is left for a later round
_MOST_PLACES = 5  # packets in which a line may break before the first is tried at the head again
_LOCK_PAUSE = 5.0
_FAILURES_TO_QUARANTINE = 5
_URGENT = (1,)


class MoreUrgentError(KioskError):
    """Something a waiting person needs was saved: it goes first, the rest is kept at the centre."""


class Sending:
    """The uploads of one round; `after_each` is called whenever a packet was settled."""

    def __init__(self, errand: Errand, *, after_each: Callable[[], None] | None = None) -> None:
        self._errand = errand
        self._after_each = after_each
        self._tried: set[str] = set()
        self._doubtful: tuple[OutboxEntry, Cause] | None = None

    def probe(self) -> None:
        """Send one small packet, to see whether the line carries anything; nothing when nothing waits."""
        broken, due = self._places(), self._due()

        def fitness(entry: OutboxEntry) -> tuple[bool, int, int]:
            return _place(entry.packet_id, entry.offset) in broken, entry.priority, entry.size

        if due:
            self.send_all((min(due, key=fitness),))

    def send_all(self, batch: tuple[OutboxEntry, ...], *, between: Callable[[], None] | None = None) -> None:
        """Announce a batch and send what is needed of it; `between` runs once, before the uploads."""
        answers = {answer.packet_id: answer for answer in self._announce(batch).answers}
        if between is not None:
            between()
        try:
            for entry in self._in_order(batch, answers):
                self._settle(entry, answers[entry.packet_id])
                if self._after_each is not None:
                    self._after_each()
        except MoreUrgentError:
            return
        self._tried.update(entry.packet_id for entry in batch)

    def next_batch(self) -> tuple[OutboxEntry, ...]:
        """Return what is due and was not tried in this round, the most urgent first."""
        return self._due()[:BATCH]

    def _due(self) -> tuple[OutboxEntry, ...]:
        with self._errand.store.reading() as ledger:
            due = ledger.outbox.due(limit=BATCH + len(self._tried))
        return tuple(entry for entry in due if entry.packet_id not in self._tried)

    def _announce(self, batch: tuple[OutboxEntry, ...]) -> AnnouncementAnswer:
        with self._errand.store.reading() as ledger:
            head, length = ledger.audit.head(), ledger.audit.length()
            open_entries = ledger.outbox.due(limit=1_000_000)
        announcement = Announcement(
            items=tuple(_announced(entry) for entry in batch),
            audit_head=head,
            audit_length=length,
            backlog_count=len(open_entries),
            backlog_bytes=sum(entry.size - entry.offset for entry in open_entries),
        )
        answer = self._errand.centre.announce(announcement)
        check_audit_receipt(answer.audit_receipt, self._errand.membership, head=head, length=length)
        with self._errand.store.writing() as ledger:
            ledger.facts.put(AUDIT_RECEIPT, answer.audit_receipt)
        return answer

    def _in_order(
        self, batch: tuple[OutboxEntry, ...], answers: dict[str, ItemAnswer]
    ) -> tuple[OutboxEntry, ...]:
        """Return the answered entries; those the line broke at, and that got no further since, come last."""
        broken = self._places()
        answered = (entry for entry in batch if entry.packet_id in answers)
        return tuple(sorted(answered, key=lambda entry: _place_of(answers[entry.packet_id]) in broken))

    def _places(self) -> tuple[str, ...]:
        """Return where rounds broke off, the newest last."""
        with self._errand.store.reading() as ledger:
            return tuple((ledger.facts.get(BROKE_AT) or "").splitlines())

    def _mark_place(self, packet_id: str) -> None:
        """Keep that the round broke off at this packet: whatever breaks a line must not do so at the head for ever."""
        others = [place for place in self._places() if not place.startswith(packet_id)]
        with self._errand.store.writing() as ledger:
            entry = ledger.outbox.get(packet_id)
            offset = entry.offset if entry else 0
            places = [*others, _place(packet_id, offset)][-_MOST_PLACES:]
            ledger.facts.put(BROKE_AT, "\n".join(places))

    def _settle(self, entry: OutboxEntry, answer: ItemAnswer) -> None:
        """Act on one answer; what lies in the packet is counted, what lies in the line raises `DeliveryError`."""
        self._tried.add(entry.packet_id)
        try:
            delivered = self._act(entry, answer)
        except MoreUrgentError:
            self._tried.discard(entry.packet_id)
            raise
        except DeliveryError as error:
            self._judge(entry, error)
        else:
            if delivered:
                self._clear_doubt()

    def _act(self, entry: OutboxEntry, answer: ItemAnswer) -> bool:
        match answer:
            case Have():
                self._errand.accept(answer.acknowledgement, entry)
                return True
            case Need():
                self._upload(entry, answer)
                return True
            case Defer():
                self._errand.tally.note(DeliveryError(Cause.CENTRE_FULL, retry_after=answer.retry_after))
                return False
            case Reject():
                raise DeliveryError(_cause_of_reject(answer), answer.problem.title)

    def _judge(self, entry: OutboxEntry, error: DeliveryError) -> None:
        if isinstance(error, UploadGoneError | UploadLockedError | UploadMovedError):
            self._errand.tally.note(error)
            if isinstance(error, UploadLockedError):
                self._errand.tally.put_off(error.retry_after or _LOCK_PAUSE)
        elif error.cause in PACKET_CAUSES:
            self._errand.fail(entry, error.cause)
        elif error.cause in DOUBTFUL_CAUSES and self._doubtful is None:
            self._doubtful = (entry, error.cause)
            self._errand.tally.note(error)
        else:
            if error.cause is not Cause.STOPPED:
                self._mark_place(entry.packet_id)
            raise error

    def _clear_doubt(self) -> None:
        """Count the doubtful failure as its packet's own: the centre has just taken another one."""
        if self._doubtful is not None:
            self._errand.fail(*self._doubtful)
            self._doubtful = None

    def _upload(self, entry: OutboxEntry, need: Need) -> None:
        with self._errand.store.writing() as ledger:
            ledger.outbox.attempted(entry.packet_id)
        path = self._whole_file(entry)
        try:
            self._send(entry, need, path)
        except UploadGoneError:
            again = self._announce((entry,)).answers
            if not again or not isinstance(again[0], Need) or again[0].packet_id != entry.packet_id:
                raise
            self._send(entry, again[0], path)

    def _send(self, entry: OutboxEntry, need: Need, path: Path) -> None:
        """Send from the durable offset on until the packet is acknowledged; asks again where the centre moved."""
        offset = need.offset
        for _ in range(_MOST_MOVES):
            entry = self._at(entry, offset)
            try:
                arrived = self._errand.centre.patch(need.url, path, offset, self._watch(entry))
            except UploadMovedError:
                offset = self._errand.centre.head(need.url)
                continue
            if arrived.acknowledgement:
                self._errand.accept(arrived.acknowledgement, entry)
                return
            offset = arrived.offset
        raise UploadMovedError

    def _at(self, entry: OutboxEntry, offset: int) -> OutboxEntry:
        self._errand.keep_offset(entry, offset)
        with self._errand.store.reading() as ledger:
            return ledger.outbox.get(entry.packet_id) or entry

    def _whole_file(self, entry: OutboxEntry) -> Path:
        """Return the packet's file; one that is not as it was sealed is put aside at once."""
        path = self._errand.store.packets.path(entry.packet_id)
        if _sha256_of(path) != entry.sha256:
            for _ in range(_FAILURES_TO_QUARANTINE - 1):
                self._errand.fail(entry, Cause.PACKET_DAMAGED)
            raise DeliveryError(Cause.PACKET_DAMAGED)
        return path

    def _watch(self, entry: OutboxEntry) -> Callable[[int], None]:
        looked = self._errand.clock().boottime

        def watch(count: int) -> None:
            nonlocal looked
            self._errand.tally.sent += count
            if self._errand.stopped.is_set():
                raise DeliveryError(Cause.STOPPED)
            now = self._errand.clock().boottime
            if entry.priority not in _URGENT and now - looked >= LOOK_EVERY:
                looked = now
                self._make_way()

        return watch

    def _make_way(self) -> None:
        with self._errand.store.reading() as ledger:
            urgent = ledger.outbox.due(limit=1 + len(self._tried), priorities=_URGENT)
        if any(entry.packet_id not in self._tried for entry in urgent):
            raise MoreUrgentError


def _announced(entry: OutboxEntry) -> AnnouncedPacket:
    return AnnouncedPacket(
        packet_id=entry.packet_id,
        kind=entry.kind,
        priority=entry.priority,
        device_seq=entry.device_seq,
        size=entry.size,
        sha256=entry.sha256,
        created=entry.created,
    )


def _cause_of_reject(answer: Reject) -> Cause:
    cause = cause_of_problem(answer.problem)
    return cause if cause in PACKET_CAUSES or cause is Cause.KIOSK_REVOKED else Cause.PACKET_REFUSED


def _place_of(answer: ItemAnswer) -> str:
    return _place(answer.packet_id, answer.offset) if isinstance(answer, Need) else ""


def _place(packet_id: str, offset: int) -> str:
    return f"{packet_id} {offset}"


def _sha256_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
