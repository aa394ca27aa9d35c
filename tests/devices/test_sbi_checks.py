"""What is checked of a capture before it is believed: each refusal in its own sentence."""

import base64
import contextlib
import json
import string
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.sbi import SbiFingerprintScanner
from kiosk.devices.drivers.sbi_chain import FIRST, join_bytes, join_texts, variant_of
from kiosk.devices.drivers.sbi_checks import Order, taken_of
from kiosk.devices.drivers.sbi_device import Ambient, SbiDevice, settings_of
from kiosk.devices.drivers.sbi_errors import error_of
from kiosk.devices.drivers.sbi_messages import Biometric, DigitalId, Wanted, biometrics_of
from kiosk.devices.drivers.sbi_names import FINGERPRINT
from kiosk.devices.drivers.sbi_trust import Trust, trust_of
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.sbi_answers import Answer, Habits
from kiosk.devices.sim.sbi_seen import Seen
from kiosk.devices.sim.sbi_tokens import device
from kiosk.devices.wall_clock import utc_now
from tests.devices.sbi_stand import SIGNED, SLAP_SCANNER, service, settings_for, taken, trusted

pytestmark = pytest.mark.timeout(60)

NAME = "fingerprint scanner"
THUMBS = {"Left Thumb": "left_thumb", "Right Thumb": "right_thumb"}
SEEN = (Seen("Left Thumb", b"left record", 44), Seen("Right Thumb", b"right record", 61))
SENTENCES: Mapping[str, str] = {
    "wrong_transaction": "another capture than this one",
    "stale": "too old by its clock",
    "future": "lies in the future",
    "bad_signature": "signature .* does not match",
    "broken_chain": "hash chain .* is broken",
    "foreign_certificate": "from nobody this counter trusts",
    "expired_certificate": "ended on",
    "wrong_part": "another part than was asked for",
    "no_quality": "quality that is no number",
    "wrong_purpose": "for another purpose",
    "wrong_version": "another version than 0.9.5",
    "other_device": "Another .* answered",
    "wrong_count": "1 of 2 pictures",
}


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return trust_of(trusted(tmp_path / "trust"), NAME)


def order(trust: Trust) -> Order:
    who = DigitalId("Finger", "Slap", MAKE, SLAP_SCANNER.model, "SIM-0001")
    return Order(who, Wanted("Finger", "3", THUMBS), "KIOSK-1", trust)


def answered(
    *, fault: str | None = None, seen: tuple[Seen, ...] = SEEN, at: datetime | None = None
) -> list[Biometric]:
    """Return the parts of a simulated service's answer."""
    asked = {"specVersion": "0.9.5", "transactionId": "KIOSK-1", "env": "Developer"}
    answer = Answer(SLAP_SCANNER, Habits(), asked, at or utc_now(), fault)
    _, parts = biometrics_of(json.dumps({"biometrics": answer.biometrics(seen, FIRST)}).encode(), NAME)
    return list(parts)


def test_a_capture_in_order_is_believed_part_by_part(trust: Trust) -> None:
    parts, chain = taken_of(order(trust), answered(), utc_now())

    assert [(part.part, part.record, part.quality) for part in parts] == [
        ("left_thumb", b"left record", 44.0),
        ("right_thumb", b"right record", 61.0),
    ]
    assert chain == "hash_chain_bytes"


def test_every_signed_fault_has_a_sentence_here() -> None:
    assert set(SIGNED) < set(SENTENCES)
    assert len(set(SENTENCES.values())) == len(SENTENCES)


@pytest.mark.parametrize("staged", sorted(SENTENCES))
def test_each_thing_that_does_not_hold_is_refused_with_its_own_sentence(trust: Trust, staged: str) -> None:
    parts = answered(fault=staged, seen=SEEN[:1] if staged == "wrong_count" else SEEN)

    with pytest.raises(WrongAnswerError, match=SENTENCES[staged]) as raised:
        taken_of(order(trust), parts, utc_now())

    assert "; " in str(raised.value)  # it ends with what to do


@pytest.mark.parametrize(
    ("minutes", "is_believed"), [(-5.1, False), (-4.9, True), (0, True), (4.9, True), (5.1, False)]
)
def test_the_devices_clock_may_be_five_minutes_off(trust: Trust, minutes: float, is_believed: bool) -> None:
    now = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    parts = answered(at=now + timedelta(minutes=minutes))

    try:
        taken_of(order(trust), parts, now)
        believed = True
    except WrongAnswerError:
        believed = False

    assert believed is is_believed


def payload_of(part: Biometric) -> dict[str, object]:
    assert isinstance(part.token, str)
    packed_payload = part.token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(packed_payload + "=" * (-len(packed_payload) % 4))))


def changed(part: Biometric, **fields: object) -> Biometric:
    """Return the part with other fields, signed by the device again."""
    return replace(part, token=device().token({**payload_of(part), **fields}))


@pytest.mark.parametrize(
    ("told", "is_believed"),
    [
        (44, True), (44.5, True), ("44", True), ("44.0", True), (0, True), (100, True),
        (None, False), ("", False), ("good", False), (-1, False), (101, False), (True, False), ([44], False),
        ("nan", False), ("inf", False), (10**400, False),
    ],
)  # fmt: skip
def test_quality_is_a_number_as_number_or_text(trust: Trust, told: object, is_believed: bool) -> None:
    left, right = answered()
    parts = [changed(left, qualityScore=told), right]

    if is_believed:
        assert taken_of(order(trust), parts, utc_now())[0][0].quality == float(str(told))
    else:
        with pytest.raises(WrongAnswerError, match="no number"):
            taken_of(order(trust), parts, utc_now())


@pytest.mark.parametrize(
    "told",
    [
        "",
        "yesterday",
        "2026-11-25T08:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        None,
        7,
    ],
)
def test_a_time_that_is_none_or_far_away_is_refused(trust: Trust, told: object) -> None:
    left, right = answered()

    with pytest.raises(WrongAnswerError, match=r"when it captured|by its clock"):
        taken_of(order(trust), [changed(left, timestamp=told), right], utc_now())


@pytest.mark.parametrize(
    "form", ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%f+00:00", "%Y-%m-%dT%H:%M:%S+0000"]
)
def test_a_time_may_be_written_in_any_form_of_iso_8601_with_its_zone(trust: Trust, form: str) -> None:
    left, right = answered()
    now = utc_now()

    parts, _ = taken_of(order(trust), [changed(left, timestamp=f"{now:{form}}"), right], now)

    assert len(parts) == 2


def test_the_same_finger_twice_is_not_two_fingers(trust: Trust) -> None:
    with pytest.raises(WrongAnswerError, match="another part"):
        taken_of(order(trust), answered(seen=(SEEN[0], SEEN[0])), utc_now())


def test_a_finger_that_was_not_asked_for_is_refused(trust: Trust) -> None:
    extra = Seen("Left IndexFinger", b"record", 50)

    with pytest.raises(WrongAnswerError, match="another part"):
        taken_of(order(trust), answered(seen=(*SEEN, extra)), utc_now())


def test_nothing_signed_at_all_is_refused(trust: Trust) -> None:
    parts = [replace(part, token="not.signed") for part in answered()]

    with pytest.raises(WrongAnswerError, match="not signed"):
        taken_of(order(trust), parts, utc_now())


RECORDS = (b"one", b"two", b"three")


@pytest.mark.parametrize(
    ("join", "variant"), [(join_bytes, "hash_chain_bytes"), (join_texts, "hash_chain_texts")]
)
@pytest.mark.parametrize("write", [str.upper, str.lower])
def test_a_chain_joined_either_way_holds(join: object, variant: str, write: object) -> None:
    previous, links = FIRST, []
    for record in RECORDS:
        previous = join(previous, record)  # type: ignore[operator]
        links.append((record, write(previous)))  # type: ignore[operator]

    assert variant_of(links) == variant
    assert variant_of(links[1:]) is None
    assert variant_of([links[0], (b"other", links[1][1])]) is None


def test_a_chain_that_changes_its_way_is_broken() -> None:
    first = join_bytes(FIRST, b"one")

    assert variant_of([(b"one", first), (b"two", join_texts(first, b"two"))]) is None


def test_the_first_hash_is_that_of_nothing() -> None:
    assert FIRST == "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"


ERRORS: Mapping[str, tuple[type[DeviceError], str]] = {
    "100": (RefusedError, "not_registered"), "101": (TooLateError, ""), "102": (RefusedError, "quality"),
    "103": (RefusedError, "tamper"), "104": (RefusedError, "management_server"),
    "105": (RefusedError, "orientation"), "106": (NotConnectedError, ""), "107": (RefusedError, "key_expired"),
    "108": (RefusedError, "key_missing"), "109": (NotSupportedError, ""), "110": (BusyError, ""),
    "111": (BusyError, ""), "112": (WrongAnswerError, ""), "113": (WrongAnswerError, ""),
    "123": (WrongAnswerError, ""), "202": (NotConnectedError, ""), "500": (WrongAnswerError, ""),
    "503": (NotConnectedError, ""), "551": (NotSupportedError, ""), "577": (RefusedError, "vendor"),
    "604": (WrongAnswerError, ""), "610": (WrongAnswerError, ""), "700": (TooLateError, ""),
    "701": (TooLateError, ""), "703": (BusyError, ""), "704": (NotConnectedError, ""),
    "706": (NotSupportedError, ""), "707": (RefusedError, "quality"), "710": (WrongAnswerError, ""),
    "999": (WrongAnswerError, ""), "5000": (WrongAnswerError, ""), "a word": (WrongAnswerError, ""),
}  # fmt: skip


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_code_becomes_what_a_person_can_do(code: str) -> None:
    error = error_of(code, NAME)

    wanted, reason = ERRORS[code]
    assert type(error) is wanted
    assert getattr(error, "reason", "") == reason
    assert NAME in str(error)
    assert "; " in str(error)
    assert str(error).endswith(".")


def test_a_codes_text_is_not_repeated_at_length() -> None:
    assert len(str(error_of(string.ascii_letters * 100, NAME))) < 200


def test_a_driver_judges_times_by_the_clock_it_is_handed(tmp_path: Path) -> None:
    with service() as peer:
        known = settings_of(FINGERPRINT, settings_for(peer, tmp_path))
        late = SbiDevice(
            FINGERPRINT, known, Ambient(lambda: utc_now() + timedelta(minutes=6), lambda: "KIOSK-7")
        )
        with (
            contextlib.closing(SbiFingerprintScanner(late)) as scanner,
            pytest.raises(WrongAnswerError, match="too old"),
        ):
            taken(scanner)
