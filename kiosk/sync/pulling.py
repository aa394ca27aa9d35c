"""Fetching what the centre has for the kiosk: directives, acknowledgements that got lost, verdicts."""

import logging
from collections.abc import Callable

from kiosk.storage.records import OutboxEntry, PacketState
from kiosk.sync.causes import DOUBTFUL_CAUSES, DeliveryError
from kiosk.sync.errand import Errand
from kiosk.sync.receipts import check_directives, check_verdict, read_acknowledgement
from kiosk.wire.messages import Neighbourhood, SignedPage

DIRECTIVES = "sync.directives"
DIRECTIVES_SERIAL = "sync.directives_serial"
DIRECTIVES_ETAG = "sync.directives_etag"
NEIGHBOURS = "sync.neighbours"
ACKNOWLEDGEMENTS_AFTER = "sync.acknowledgements_after"
VERDICTS_AFTER = "sync.verdicts_after"
_MOST_PAGES = 100
_OPEN = frozenset({PacketState.WAITING, PacketState.PARTIAL, PacketState.QUARANTINED})

logger = logging.getLogger(__name__)


def pull(errand: Errand) -> None:
    """Fetch all three; one that cannot be believed is left for later, a dead line raises `DeliveryError`."""
    for step in (_pull_directives, _pull_acknowledgements, _pull_verdicts):
        try:
            step(errand)
        except DeliveryError as error:
            if error.cause not in DOUBTFUL_CAUSES:
                raise
            errand.tally.note(error)


def _pull_directives(errand: Errand) -> None:
    with errand.store.reading() as ledger:
        seen = int(ledger.facts.get(DIRECTIVES_SERIAL) or 0)
        etag = ledger.facts.get(DIRECTIVES_ETAG) or ""
    news = errand.centre.directives(etag)
    if news is None:
        return
    directives = check_directives(news.signed, errand.membership, seen=seen)
    with errand.store.writing() as ledger:
        ledger.facts.put(DIRECTIVES, news.signed)
        ledger.facts.put(DIRECTIVES_SERIAL, str(directives.serial))
        ledger.facts.put(DIRECTIVES_ETAG, news.etag)
        ledger.facts.put(NEIGHBOURS, Neighbourhood(offices=directives.neighbours).model_dump_json())
        ledger.users.put_roster(directives.roster)
        ledger.sealings.count_above(directives.highest_device_seq)


def _pull_acknowledgements(errand: Errand) -> None:
    _pull_pages(errand, ACKNOWLEDGEMENTS_AFTER, errand.centre.acknowledgements, _take_acknowledgement)


def _pull_verdicts(errand: Errand) -> None:
    _pull_pages(errand, VERDICTS_AFTER, errand.centre.verdicts, _take_verdict)


def _pull_pages(
    errand: Errand, cursor: str, ask: Callable[[int], SignedPage], take: Callable[[Errand, str], None]
) -> None:
    """Take page after page; the cursor moves only past pages the centre vouches for."""
    with errand.store.reading() as ledger:
        after = int(ledger.facts.get(cursor) or 0)
    for _ in range(_MOST_PAGES):
        page = ask(after)
        _take_page(errand, page, take)
        if not page.items or page.next <= after:
            return
        after = page.next
        with errand.store.writing() as ledger:
            ledger.facts.put(cursor, str(after))


def _take_page(errand: Errand, page: SignedPage, take: Callable[[Errand, str], None]) -> None:
    """Take what can be believed; raises `DeliveryError` where nothing can, for then it is no page of the centre's."""
    doubts: list[DeliveryError] = []
    for token in page.items:
        try:
            take(errand, token)
        except DeliveryError as error:
            logger.warning("an item the centre sent was left aside: %s", error)
            errand.tally.note(error)
            doubts.append(error)
    if doubts and len(doubts) == len(page.items):
        raise doubts[0]


def _take_acknowledgement(errand: Errand, token: str) -> None:
    stated = read_acknowledgement(token, errand.membership)
    entry = _entry(errand, stated.packet_id)
    if entry is None or entry.state not in _OPEN:
        return
    errand.accept(token, entry)


def _take_verdict(errand: Errand, token: str) -> None:
    verdict = check_verdict(token, errand.membership)
    if _entry(errand, verdict.packet_id) is None:
        return
    with errand.store.writing() as ledger:
        ledger.outbox.set_verdict(verdict.packet_id, verdict.decision, verdict.reason, verdict.decided_at)
    errand.on_change(verdict.packet_id)


def _entry(errand: Errand, packet_id: str) -> OutboxEntry | None:
    with errand.store.reading() as ledger:
        return ledger.outbox.get(packet_id)
