"""What the page after saving says: how far the record has come, and what to say to the resident; nothing promised."""

from kiosk.domain.requests import Service
from kiosk.domain.verdicts import Decision
from kiosk.domain.words import Words
from kiosk.services.record import PacketLine, RecordView
from kiosk.services.standing import LinkState
from kiosk.ui.visit.person_words import spaced_phone
from kiosk.ui.visit.saved_state import Parked, SavedState, Slip
from kiosk.ui.visit.shell import STAGE_WORDS
from kiosk.ui.visit.timeline import Node, NodeState

_AT_CENTRE = frozenset({"acknowledged", "purged"})  # values of the packet's state
_REFUSED = "quarantined"
_BEGUN = "partial"
_RECORD_KINDS = frozenset({"registration", "enrollment"})
_ADULT = 18
_GIVES_CARD = frozenset(
    {
        Service.FIRST_ENROLLMENT,
        Service.REPLACEMENT_LOST,
        Service.REPLACEMENT_DAMAGED,
        Service.CHANGED_DATA,
    }
)


def main_packet(record: RecordView) -> PacketLine | None:
    """Return the packet that stands for the record: the enrollment, else the registration."""
    packets = [packet for packet in record.packets if packet.kind in _RECORD_KINDS]
    return packets[-1] if packets else None


def packet_told(words: Words, record: RecordView) -> str:
    """Return the packet in a line: `Paket 01K7-9F2C, 2,9 MB, urutan 1.284`."""
    packet = main_packet(record)
    if packet is None:
        return ""
    return words.say(
        "Packet {name}, {size}, number {number}",
        name=packet.short_name,
        size=words.size(packet.size),
        number=words.number(packet.device_seq),
    )


def nodes_of(words: Words, state: SavedState) -> tuple[Node, ...]:
    """Return the stations of the record, or of a parked visit, as they stand now."""
    if state.record is None:
        return _parked_nodes(words, state.parked)
    packets = [packet for packet in state.record.packets if packet.kind in _RECORD_KINDS]
    saved = Node(
        words.say("Saved on this machine"),
        words.say("Sealed for the centre."),
        NodeState.DONE,
        words.time_seconds(state.record.saved_at),
    )
    return (saved, _sent(words, state, packets), _received(words, packets), _decided(words, packets))


def sentence_to_say(words: Words, state: SavedState) -> str:
    """Return what is read to the resident, built from what is true now."""
    person = _person(words, state)
    if state.record is None:
        parts = [_parked_sentence(words, state.parked, person)]
    else:
        packet = main_packet(state.record)
        parts = [
            words.say("{person}, your data are saved safely.", person=person),
            _slip_sentence(words, state, packet),
            *_verdict_sentences(words, packet),
        ]
        if state.phone and state.record.service in _GIVES_CARD and not (packet and packet.verdict):
            phone = spaced_phone(state.phone)
            parts.append(words.say("We tell you at {phone} when the KTP is ready.", phone=phone))
    return f"“{' '.join(part for part in parts if part)}”"


def _person(words: Words, state: SavedState) -> str:
    if state.is_woman is None or state.age is None or state.age < _ADULT:
        return words.say("Dear resident")
    return words.say("Madam") if state.is_woman else words.say("Sir")


def _sent(words: Words, state: SavedState, packets: list[PacketLine]) -> Node:
    title = words.say("Sent to the centre")
    states = {packet.state for packet in packets}
    if states and states <= _AT_CENTRE:
        return Node(title, words.say("Everything has arrived."), NodeState.DONE)
    if _REFUSED in states:
        told = words.say("The centre refuses a packet. It stays safe here.")
        return Node(
            title, told, NodeState.CARE, badge=(words.say("Tell the technician"), "warning", "warning")
        )
    return _on_its_way(words, state, title, is_begun=_BEGUN in states)


def _on_its_way(words: Words, state: SavedState, title: str, *, is_begun: bool) -> Node:
    link = state.standing.link
    if link is LinkState.OFFLINE:
        told = words.say("Waits until the centre is back. Then it is sent by itself.")
        badge = (words.say("Centre cut off"), "offline", "cloud-slash")
        return Node(title, told, NodeState.WAITING, badge=badge)
    if link is LinkState.NOT_JOINED:
        told = words.say("This machine has joined no centre yet.")
        return Node(title, told, NodeState.WAITING, badge=(words.say("No centre"), "offline", "cloud-slash"))
    if is_begun or link is LinkState.SENDING:
        badge = (words.say("Sending"), "chosen", "paper-plane-tilt")
        return Node(title, words.say("Is being sent now."), NodeState.MOVING, badge=badge)
    return Node(title, words.say("Is sent next, by itself."), NodeState.MOVING)


def _received(words: Words, packets: list[PacketLine]) -> Node:
    title = words.say("Received by the centre")
    times = [packet.acknowledged_at for packet in packets]
    if packets and all(packet.state in _AT_CENTRE for packet in packets):
        newest = max((moment for moment in times if moment), default=None)
        at = words.time_seconds(newest) if newest else ""
        return Node(title, words.say("The centre's signed receipt is here."), NodeState.DONE, at)
    told = words.say("The centre gives a receipt. Only then it counts as arrived.")
    return Node(title, told, NodeState.LATER)


def _decided(words: Words, packets: list[PacketLine]) -> Node:
    title = words.say("The centre's decision")
    verdict = packets[-1].verdict if packets else ""
    reason = packets[-1].verdict_reason if packets else ""
    if not verdict:
        return Node(title, words.say("Accepted, duplicate or rejected, with the reason."), NodeState.LATER)
    states = {Decision.ACCEPTED: NodeState.DONE, Decision.PRINTED: NodeState.DONE}
    told = {
        Decision.ACCEPTED: words.say("Accepted."),
        Decision.PRINTED: words.say("The card was printed."),
        Decision.DUPLICATE: words.say("The centre found a duplicate."),
        Decision.ADJUDICATE: words.say("The centre still examines it."),
        Decision.REJECTED: words.say("Rejected: {reason}", reason=reason),
    }[Decision(verdict)]
    return Node(title, told, states.get(Decision(verdict), NodeState.CARE))


def _slip_sentence(words: Words, state: SavedState, packet: PacketLine | None) -> str:
    if state.slip is Slip.PRINTED:
        return words.say("Keep this slip.")
    return words.say("Note the code {code}.", code=packet.short_name) if packet else ""


def _verdict_sentences(words: Words, packet: PacketLine | None) -> tuple[str, ...]:
    verdict = packet.verdict if packet else ""
    if verdict == Decision.PRINTED:
        return (words.say("The card was printed. We say when it is here."),)
    if verdict == Decision.ACCEPTED:
        return (words.say("The centre accepted them."),)
    if verdict == Decision.REJECTED:
        return (words.say("The centre asks to repeat something. The officer explains it now."),)
    return (words.say("If anything has to be repeated, we call."),)


def _parked_nodes(words: Words, parked: Parked | None) -> tuple[Node, ...]:
    at = words.time_seconds(parked.parked_at) if parked else ""
    return (
        Node(words.say("Draft on this machine"), words.say("Nothing of it is lost."), NodeState.DONE, at),
        Node(
            words.say("Still open: {step}", step=_step(words, parked)),
            _where(words, parked),
            NodeState.CARE,
            badge=(words.say("Not complete"), "warning", "warning"),
        ),
        Node(words.say("Sealed and saved"), words.say("Once every step is done."), NodeState.LATER),
        Node(words.say("Sent to the centre"), words.say("After that, by itself."), NodeState.LATER),
    )


def _step(words: Words, parked: Parked | None) -> str:
    name = words.say(STAGE_WORDS[parked.stage]) if parked else ""
    return name[:1].lower() + name[1:]


def _where(words: Words, parked: Parked | None) -> str:
    if parked is None or not parked.elsewhere:
        return words.say("Goes on here as soon as it can be done.")
    return words.say("Goes on here, or at {office}.", office=parked.elsewhere)


def _parked_sentence(words: Words, parked: Parked | None, person: str) -> str:
    step = _step(words, parked)
    if parked is None or not parked.elsewhere:
        return words.say(
            "{person}, your data are kept, but not complete yet: {step}. Come back with this ticket.",
            person=person,
            step=step,
        )
    return words.say(
        "{person}, your data are kept, but not complete yet: {step}. That can be done at {office} too.",
        person=person,
        step=step,
        office=parked.elsewhere,
    )
