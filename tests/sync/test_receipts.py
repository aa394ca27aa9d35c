"""Receipts: only what the centre signed, for this kiosk, this purpose and this packet, is believed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.domain.clock import ClockState
from kiosk.storage.records import Membership, OutboxEntry
from kiosk.sync.causes import Cause, DeliveryError
from kiosk.sync.receipts import (
    check_acknowledgement,
    check_audit_receipt,
    check_directives,
    check_time,
    check_verdict,
)
from kiosk.wire.messages import Created, PacketKind
from kiosk.wire.signing import Purpose, SigningKey, sign
from tests.sync.conftest import identifier, membership_of
from tests.sync.scripted_centre import KIOSK, NOW, ScriptedCentre

ENTRY = OutboxEntry(
    packet_id=identifier(1),
    kind=PacketKind.ENROLLMENT,
    visit_id=identifier(900),
    priority=2,
    device_seq=1,
    size=2000,
    sha256="ab" * 32,
    created=Created(wall=NOW, boottime=12.5, boot_id="boot-1", clock=ClockState.TRUSTED),
)
ACKNOWLEDGEMENT: dict[str, object] = {
    "packet_id": ENTRY.packet_id,
    "sha256": ENTRY.sha256,
    "size": ENTRY.size,
    "device_seq": ENTRY.device_seq,
    "kiosk_id": KIOSK,
    "stored_at": NOW.isoformat(),
    "generation": 1,
    "log_index": 1,
}
VERDICT: dict[str, object] = {
    "serial": 1,
    "packet_id": ENTRY.packet_id,
    "kiosk_id": KIOSK,
    "decision": "accepted",
    "decided_at": NOW.isoformat(),
}
DIRECTIVES: dict[str, object] = {"serial": 7, "kiosk_id": KIOSK, "generation": 1}
TIME: dict[str, object] = {"nonce": "n-1", "now": NOW.isoformat()}
RECEIPT: dict[str, object] = {"kiosk_id": KIOSK, "head": "cd" * 32, "length": 5, "at": NOW.isoformat()}

Check = Callable[[str, Membership], object]


def acknowledgement(token: str, membership: Membership) -> object:
    return check_acknowledgement(token, ENTRY, membership)


def verdict(token: str, membership: Membership) -> object:
    return check_verdict(token, membership)


def directives(token: str, membership: Membership) -> object:
    return check_directives(token, membership, seen=7)


def time(token: str, membership: Membership) -> object:
    return check_time(token, membership, nonce="n-1")


def audit(token: str, membership: Membership) -> object:
    return check_audit_receipt(token, membership, head="cd" * 32, length=5)


SIGNED: list[tuple[Check, dict[str, object], Purpose]] = [
    (acknowledgement, ACKNOWLEDGEMENT, Purpose.ACKNOWLEDGEMENT),
    (verdict, VERDICT, Purpose.VERDICT),
    (directives, DIRECTIVES, Purpose.DIRECTIVES),
    (time, TIME, Purpose.TIME),
    (audit, RECEIPT, Purpose.AUDIT_HEAD),
]
each_kind = pytest.mark.parametrize(("check", "payload", "purpose"), SIGNED)
each_of_one_kiosk = pytest.mark.parametrize(
    ("check", "payload", "purpose"), [row for row in SIGNED if "kiosk_id" in row[1]]
)


@pytest.fixture
def centre() -> ScriptedCentre:
    return ScriptedCentre()


def refused(check: Check, token: str, centre: ScriptedCentre, **changes: object) -> None:
    with pytest.raises(DeliveryError) as caught:
        check(token, membership_of(centre, **changes))
    assert caught.value.cause is Cause.UNTRUSTED


@each_kind
def test_what_the_centre_signed_is_believed(
    check: Check, payload: dict[str, object], purpose: Purpose, centre: ScriptedCentre
) -> None:
    assert check(sign(payload, centre.key, purpose), membership_of(centre))


@each_kind
def test_any_of_the_centres_keys_will_do(
    check: Check, payload: dict[str, object], purpose: Purpose, centre: ScriptedCentre
) -> None:
    keys = (centre.stranger.public.text, centre.key.public.text)

    assert check(sign(payload, centre.key, purpose), membership_of(centre, signing_keys=keys))


@each_kind
def test_a_strangers_signature_is_not_believed(
    check: Check, payload: dict[str, object], purpose: Purpose, centre: ScriptedCentre
) -> None:
    refused(check, sign(payload, centre.stranger, purpose), centre)


@each_kind
def test_a_text_the_centre_signed_for_another_purpose_is_not_believed(
    check: Check, payload: dict[str, object], purpose: Purpose, centre: ScriptedCentre
) -> None:
    for other in Purpose:
        if other is not purpose:
            refused(check, sign(payload, centre.key, other), centre)


@each_kind
def test_an_altered_text_is_not_believed(
    check: Check, payload: dict[str, object], purpose: Purpose, centre: ScriptedCentre
) -> None:
    head, _, signature = sign(payload, centre.key, purpose).split(".")
    body = sign(payload | {"forged": 1}, SigningKey.generate(), purpose).split(".")[1]

    refused(check, f"{head}.{body}.{signature}", centre)


@each_kind
@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "....", "{}", "\N{BULLET}.b.c"])
def test_what_is_no_signed_text_is_not_believed(
    check: Check, payload: dict[str, object], purpose: Purpose, token: str, centre: ScriptedCentre
) -> None:
    refused(check, token, centre)


@each_of_one_kiosk
def test_what_was_signed_for_another_kiosk_is_not_believed(
    check: Check, payload: dict[str, object], purpose: Purpose, centre: ScriptedCentre
) -> None:
    token = sign(payload | {"kiosk_id": "k-332507-another"}, centre.key, purpose)

    refused(check, token, centre)


@each_kind
def test_a_signed_text_without_its_fields_is_not_believed(
    check: Check, payload: dict[str, object], purpose: Purpose, centre: ScriptedCentre
) -> None:
    refused(check, sign({"kiosk_id": KIOSK}, centre.key, purpose), centre)


@pytest.mark.parametrize(
    "change",
    [{"packet_id": identifier(2)}, {"sha256": "00" * 32}, {"size": 1999}, {"device_seq": 2}],
    ids=lambda change: next(iter(change)),
)
def test_an_acknowledgement_of_another_packet_does_not_serve(
    change: dict[str, object], centre: ScriptedCentre
) -> None:
    token = sign(ACKNOWLEDGEMENT | change, centre.key, Purpose.ACKNOWLEDGEMENT)

    refused(acknowledgement, token, centre)


def test_an_acknowledgement_serves_whatever_state_the_packet_is_in(centre: ScriptedCentre) -> None:
    token = sign(ACKNOWLEDGEMENT, centre.key, Purpose.ACKNOWLEDGEMENT)
    stated = check_acknowledgement(token, replace(ENTRY, offset=100, failures=4), membership_of(centre))

    assert stated.packet_id == ENTRY.packet_id


@pytest.mark.parametrize("serial", [-1, 0, 6])
def test_directives_older_than_those_in_force_are_refused(serial: int, centre: ScriptedCentre) -> None:
    refused(directives, sign(DIRECTIVES | {"serial": serial}, centre.key, Purpose.DIRECTIVES), centre)


@pytest.mark.parametrize("serial", [7, 8])
def test_directives_as_old_as_those_in_force_or_newer_are_taken(serial: int, centre: ScriptedCentre) -> None:
    token = sign(DIRECTIVES | {"serial": serial}, centre.key, Purpose.DIRECTIVES)

    assert check_directives(token, membership_of(centre), seen=7).serial == serial


def test_a_time_that_answers_another_question_is_not_believed(centre: ScriptedCentre) -> None:
    refused(time, sign(TIME | {"nonce": "n-0"}, centre.key, Purpose.TIME), centre)


def test_a_time_without_its_zone_is_not_believed(centre: ScriptedCentre) -> None:
    refused(time, sign(TIME | {"now": "2026-01-05T02:00:00"}, centre.key, Purpose.TIME), centre)


@pytest.mark.parametrize(
    "change", [{"head": "00" * 32}, {"length": 4}], ids=lambda change: next(iter(change))
)
def test_a_receipt_of_another_audit_head_does_not_serve(
    change: dict[str, object], centre: ScriptedCentre
) -> None:
    refused(audit, sign(RECEIPT | change, centre.key, Purpose.AUDIT_HEAD), centre)
