"""`kiosk outbox`: every packet and how far it has come."""

import argparse
import json
import sys

from kiosk.app.command import Parsers
from kiosk.app.wiring import opened
from kiosk.services.mending import put_back
from kiosk.storage.records import OutboxEntry


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    command = commands.add_parser("outbox", help="list the packets and their states")
    command.add_argument("--json", action="store_true", help="print an array of objects")
    command.add_argument("--put-back", metavar="PACKET_ID", help="let a quarantined packet be tried again")
    return command


def run(options: argparse.Namespace) -> int:
    """List the outbox, oldest first."""
    with opened(options.data) as installation:
        if options.put_back:
            put_back(installation.counter, options.put_back)
        with installation.counter.store.reading() as ledger:
            entries = ledger.outbox.all()
    rows = [told(entry) for entry in entries]
    sys.stdout.write(json.dumps(rows, indent=2) + "\n" if options.json else _table(entries))
    return 0


def told(entry: OutboxEntry) -> dict[str, object]:
    """Return an entry as the command prints it; nothing in it names a resident."""
    return {
        "packet_id": entry.packet_id,
        "kind": entry.kind.value,
        "visit_id": entry.visit_id,
        "state": entry.state.value,
        "offset": entry.offset,
        "size": entry.size,
        "sha256": entry.sha256,
        "created": entry.created.wall.isoformat(),
        "device_seq": entry.device_seq,
        "attempts": entry.attempts,
        "cause": entry.cause,
        "verdict": entry.verdict.value if entry.verdict else None,
        "verdict_reason": entry.verdict_reason,
        "refers_to": entry.refers_to,
    }


def _table(entries: tuple[OutboxEntry, ...]) -> str:
    if not entries:
        return "The outbox is empty: nothing was saved here yet.\n"
    lines = [
        f"{entry.device_seq:>6}  {entry.packet_id}  {entry.kind.value:<12} {entry.state.value:<12} "
        f"{entry.size:>9}  {entry.verdict.value if entry.verdict else '-':<10} {entry.cause}".rstrip()
        for entry in entries
    ]
    return "\n".join(lines) + "\n"
