"""What happens before anybody signs in: promises of an interrupted save are kept, strays are set aside."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kiosk.services.counter import Counter
from kiosk.services.sealing import fulfil
from kiosk.storage.recovery import clean_temp, examine
from kiosk.wire.errors import WireError
from kiosk.wire.packet import check_file
from kiosk.wire.signing import VerifyKey

TOLD_FOR = timedelta(days=400)  # two certificates of six months and what is left of a month

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Started:
    """What start-up found.

    finished: packets of interrupted saves that are durable now.  set_aside: files nobody knows, moved to repair.
    alarms: unsent packets whose file is gone.
    """

    finished: tuple[str, ...]
    set_aside: tuple[str, ...]
    alarms: tuple[str, ...]


def start(counter: Counter) -> Started:
    """Finish every interrupted save under the names it was promised, and tidy up; may be called at any time."""
    with counter.store.sealing_turn():
        clean_temp(counter.store)
    with counter.store.reading() as ledger:
        pending = ledger.sealings.all()
    counter.store.purge()
    _forget(counter)
    finished = tuple(entry.packet_id for sealing in pending for entry in fulfil(counter, sealing))
    report = examine(counter.store)
    _set_aside(counter, report.stray_files)
    for packet_id in report.missing_files:
        logger.error("packet %s is not on the disk and was never acknowledged", packet_id)
    return Started(finished, report.stray_files, report.missing_files)


def _forget(counter: Counter) -> None:
    """Forget what papers would say of records nobody renews a paper of any more."""
    with counter.store.writing() as ledger:
        count = ledger.residents.forget_told(counter.clock().wall - TOLD_FOR)
    if count:
        logger.info("forgot the data of %d records kept for papers", count)


def _set_aside(counter: Counter, stray: tuple[str, ...]) -> None:
    """Move files nobody knows; a number that one of our own packets bears is never given out again."""
    with counter.store.reading() as ledger:
        key = ledger.facts.signing_key()
    for packet_id in stray:
        path = counter.store.packets.set_aside(packet_id)
        if key is not None and (device_seq := _own_sequence(path, key.public)):
            with counter.store.writing() as ledger:
                ledger.sealings.count_above(device_seq)


def _own_sequence(path: Path, key: VerifyKey) -> int:
    try:
        return check_file(path, key).header.device_seq
    except WireError:
        return 0
