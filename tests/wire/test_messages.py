import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.domain.clock import ClockState
from kiosk.domain.verdicts import Decision
from kiosk.wire import contents, directives, messages, papers, trust
from kiosk.wire.errors import MessageError
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.messages import (
    Acknowledgement,
    Admission,
    AnnouncedPacket,
    Announcement,
    AnnouncementAnswer,
    Created,
    Defer,
    Have,
    JoinGrant,
    Message,
    Need,
    PacketKind,
    Problem,
    ProblemType,
    Reject,
    SessionNonce,
    Verdict,
)

NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)
PACKET_ID = new_identifier(NOW, bytes(10))
CREATED = Created(wall=NOW, boottime=1.5, boot_id="boot", clock=ClockState.UNCHECKED)
PACKET = AnnouncedPacket(
    packet_id=PACKET_ID,
    kind=PacketKind.REGISTRATION,
    priority=1,
    device_seq=1,
    size=10,
    sha256="0" * 64,
    created=CREATED,
)
ANSWER = AnnouncementAnswer(
    answers=(
        Need(packet_id=PACKET_ID, url="/v1/uploads/1", offset=0),
        Have(packet_id=PACKET_ID, acknowledgement="a.b.c"),
        Defer(packet_id=PACKET_ID, retry_after=60),
        Reject(
            packet_id=PACKET_ID,
            problem=Problem(type=ProblemType.FOREIGN, title="Foreign", status=422),
        ),
    ),
    admission=Admission(max_bytes=1, valid_for=60),
    audit_receipt="a.b.c",
)
EVERY = [
    found
    for module in (messages, contents, directives, papers, trust)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Message) and found.__module__ == module.__name__
]


def _changed(message: Message, **changes: object) -> bytes:
    return json.dumps({**message.plain(), **changes}).encode()


def test_there_are_messages_to_look_at() -> None:
    assert {Announcement, Acknowledgement, contents.Manifest, contents.ChangeFile} <= set(EVERY)


@pytest.mark.parametrize("message", [PACKET, ANSWER, CREATED], ids=lambda message: type(message).__name__)
def test_a_message_gives_back_what_was_put_in(message: Message) -> None:
    assert type(message).read(message.model_dump_json()) == message
    assert type(message).read(json.dumps(message.plain())) == message


def test_the_answers_to_an_announcement_are_told_apart() -> None:
    read = AnnouncementAnswer.read(ANSWER.model_dump_json())

    assert [type(answer) for answer in read.answers] == [Need, Have, Defer, Reject]


def test_fields_of_a_newer_version_are_left_aside() -> None:
    assert AnnouncedPacket.read(_changed(PACKET, colour="blue")) == PACKET


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PACKET.size = 11


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"packet_id": "1"}, "packet_id"),
        ({"packet_id": "6f0a1b2c-3d4e-4f50-8123-456789abcdef"}, "packet_id"),  # version 4
        ({"packet_id": PACKET_ID + "\n"}, "packet_id"),
        ({"packet_id": PACKET_ID.upper()}, "packet_id"),
        ({"packet_id": "../" + PACKET_ID}, "packet_id"),
        ({"kind": "gossip"}, "kind"),
        ({"priority": 0}, "priority"),
        ({"priority": 4}, "priority"),
        ({"device_seq": 0}, "device_seq"),
        ({"size": -1}, "size"),
        ({"size": None}, "size"),
        ({"sha256": "0" * 63}, "sha256"),
        ({"sha256": "A" * 64}, "sha256"),
        ({"created": {}}, "created.wall"),
        ({"created": {**CREATED.plain(), "clock": "broken"}}, "created.clock"),
    ],
)
def test_the_first_field_that_is_wrong_is_named(changes: dict[str, object], place: str) -> None:
    with pytest.raises(MessageError, match=f"^AnnouncedPacket: {place}: "):
        AnnouncedPacket.read(_changed(PACKET, **changes))


def test_what_stood_in_a_wrong_field_is_not_repeated() -> None:
    with pytest.raises(MessageError) as refused:
        AnnouncedPacket.read(_changed(PACKET, packet_id="3325071708900001"))

    assert "3325071708900001" not in str(refused.value)


@pytest.mark.parametrize(
    "office", ["332507", "33.25.7", "33.25.07.2015", "33.25.07\n", "٣٣.٢٥.٠٧", "aa.bb.cc", ""]
)
def test_an_office_is_a_district_code_in_plain_digits(office: str) -> None:
    grant = JoinGrant(
        kiosk_id="k-332507-aaaa",
        office="33.25.07",
        practice=True,
        public_key="x",
        recipients=("age1x",),
        signing_keys=({"kid": "x", "public_key": "x"},),
        generation=1,
    )

    with pytest.raises(MessageError, match="office"):
        JoinGrant.read(_changed(grant, office=office))


@pytest.mark.parametrize("kiosk_id", ["k", "K-332507", "k/332507", "k-332507\n", "a" * 41, "..--"])
def test_the_name_of_a_kiosk_has_small_letters_digits_and_dashes(kiosk_id: str) -> None:
    with pytest.raises(MessageError, match="kiosk_id"):
        messages.SessionRequest.read(json.dumps({"kiosk_id": kiosk_id}))


def test_at_most_a_hundred_packets_are_announced_at_once() -> None:
    items = [PACKET.plain()] * 101
    announced = {"items": items, "audit_head": "", "audit_length": 0}

    assert len(Announcement.read(json.dumps({**announced, "items": items[:100]})).items) == 100
    with pytest.raises(MessageError, match="items"):
        Announcement.read(json.dumps(announced))


def test_a_grant_without_recipients_or_keys_is_refused() -> None:
    with pytest.raises(MessageError):
        JoinGrant.read(
            json.dumps(
                {
                    "kiosk_id": "k-332507-aaaa", "office": "33.25.07", "practice": True, "public_key": "x",
                    "recipients": [], "signing_keys": [{"kid": "x", "public_key": "x"}], "generation": 1,
                }
            )
        )  # fmt: skip


def test_a_verdict_this_version_does_not_know_is_refused() -> None:
    verdict = Verdict(
        serial=1, packet_id=PACKET_ID, kiosk_id="k-332507-aaaa", decision=Decision.ACCEPTED, decided_at=NOW
    )

    with pytest.raises(MessageError, match="decision"):
        Verdict.read(_changed(verdict, decision="lost"))


def test_problems_have_names_under_one_root() -> None:
    assert all(problem.startswith("urn:kiosk:problem:") for problem in ProblemType)


@pytest.mark.parametrize("data", ["\ud800", "[" * 100_000, b"\xff", b"", b"null", b"{", "{}"])
def test_what_is_no_message_is_refused_in_words(data: bytes | str) -> None:
    with pytest.raises(MessageError):
        SessionNonce.read(data)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
@given(
    st.one_of(
        st.binary(max_size=60), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps)
    )
)
@settings(deadline=None, max_examples=15)
def test_any_bytes_are_no_message_of_any_kind(kind: type[Message], data: bytes | str) -> None:
    with pytest.raises(MessageError):
        kind.read(data)
