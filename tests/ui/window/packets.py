"""The packets of a practice office, opened with the key that lies beside it."""

from kiosk.wire.messages import PacketKind
from kiosk.wire.packet import OpenedPacket, open_packet
from tests.ui.window.shown_window import ShownWindow


def opened(window: ShownWindow) -> dict[PacketKind, OpenedPacket]:
    """Return the packets in the store by their kind."""
    counter = window.counter
    identity = (window.folder / "practice" / "opening.agekey").read_text(encoding="ascii")
    with counter.store.reading() as ledger:
        key = ledger.facts.signing_key()
    assert key is not None
    data = [counter.store.packets.path(entry.packet_id).read_bytes() for entry in window.outbox()]
    packets = [open_packet(one, key.public, identity) for one in data]
    return {packet.header.kind: packet for packet in packets}
