"""The calls: a session is opened when one is needed, and no address outside the centre is followed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.records import Membership
from kiosk.sync.causes import (
    Cause,
    DeliveryError,
    SessionOverError,
    UploadGoneError,
    UploadLockedError,
    UploadMovedError,
)
from kiosk.sync.client import BLOCK, Arrived, Centre
from kiosk.sync.line import Line
from kiosk.wire.messages import ProblemType
from kiosk.wire.signing import SigningKey
from tests.sync.conftest import NOBODY_TRUSTED, PATIENT, identifier, membership_of
from tests.sync.scripted_centre import NOW, ScriptedCentre, Upload

UPLOAD = f"/v1/uploads/{identifier(1)}"
SESSION = ["POST /v1/sessions", "POST /v1/sessions"]


def nobody_counts(count: int) -> None:
    """Let every block pass."""


@pytest.fixture
def membership(centre: ScriptedCentre) -> Membership:
    return membership_of(centre)


@pytest.fixture
def client(centre: ScriptedCentre, membership: Membership, key: SigningKey) -> Iterator[Centre]:
    with Centre(Line.to(centre.url, limits=PATIENT, trust=NOBODY_TRUSTED), membership, key) as opened:
        yield opened


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    path = tmp_path / "packet"
    path.write_bytes(b"\x5a" * 100_000)
    return path


def test_a_session_tells_the_centres_signed_time(client: Centre) -> None:
    assert client.open_session() == NOW


def test_a_time_with_another_nonce_opens_no_session(centre: ScriptedCentre, client: Centre) -> None:
    centre.fault("POST", "/v1/sessions", "nonce", times=2)
    with pytest.raises(DeliveryError) as caught:
        client.open_session()

    assert caught.value.cause is Cause.UNTRUSTED


def test_the_first_call_opens_a_session_and_the_next_goes_on_in_it(
    centre: ScriptedCentre, client: Centre
) -> None:
    client.verdicts(0)
    client.verdicts(5)

    assert centre.calls == [*SESSION, "GET /v1/verdicts?after=0", "GET /v1/verdicts?after=5"]


def test_a_session_that_ran_out_is_opened_anew_and_the_call_made_again(
    centre: ScriptedCentre, client: Centre
) -> None:
    client.verdicts(0)
    centre.calls.clear()
    centre.fault("GET", "/v1/verdicts", ProblemType.UNAUTHORIZED, number=401)
    page = client.verdicts(0)

    assert page.items == ()
    assert centre.calls == ["GET /v1/verdicts?after=0", *SESSION, "GET /v1/verdicts?after=0"]


def test_a_stream_whose_session_ran_out_is_sent_again_from_its_offset(
    centre: ScriptedCentre, client: Centre, packet: Path
) -> None:
    centre.uploads[identifier(1)] = Upload({}, bytearray(100))
    centre.fault("PATCH", UPLOAD, ProblemType.UNAUTHORIZED, number=401)
    centre.fault("PATCH", UPLOAD, ProblemType.GONE, number=410)
    with pytest.raises(UploadGoneError):
        client.patch(UPLOAD, packet, 100, nobody_counts)

    assert centre.calls == [*SESSION, f"PATCH {UPLOAD}", *SESSION, f"PATCH {UPLOAD}"]


def test_a_kiosk_the_centre_does_not_know_is_told_so_after_one_more_try(
    centre: ScriptedCentre, client: Centre
) -> None:
    centre.fault("GET", "/v1/verdicts", ProblemType.UNAUTHORIZED, number=401, times=9)
    with pytest.raises(SessionOverError) as caught:
        client.verdicts(0)

    assert caught.value.cause is Cause.KIOSK_UNKNOWN
    assert centre.calls.count("GET /v1/verdicts?after=0") == 2


def test_a_head_that_is_unauthorized_opens_a_session_too(centre: ScriptedCentre, client: Centre) -> None:
    centre.uploads[identifier(1)] = Upload({}, bytearray(77))
    centre.fault("HEAD", UPLOAD, ProblemType.UNAUTHORIZED, number=401)

    assert client.head(UPLOAD) == 77


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/v1/uploads/x",
        "//elsewhere/v1/uploads/x",
        "/v1/uploads/../kiosks",
        "/v1/kiosks",
        "https:///v1/uploads/x",
        "",
    ],
)
def test_an_upload_address_outside_the_centre_is_not_followed(
    centre: ScriptedCentre, client: Centre, packet: Path, url: str
) -> None:
    client.open_session()
    centre.calls.clear()
    with pytest.raises(DeliveryError) as patched:
        client.patch(url, packet, 0, nobody_counts)
    with pytest.raises(DeliveryError) as asked:
        client.head(url)

    assert (patched.value.cause, asked.value.cause) == (Cause.CONTRACT, Cause.CONTRACT)
    assert centre.calls == []


def test_a_stream_carries_the_headers_of_tus_and_no_checksum(
    centre: ScriptedCentre, client: Centre, packet: Path
) -> None:
    centre.fault("PATCH", UPLOAD, ProblemType.GONE, number=410)
    centre.uploads[identifier(1)] = Upload({})
    with pytest.raises(UploadGoneError):
        client.patch(UPLOAD, packet, 0, nobody_counts)
    with pytest.raises(DeliveryError):
        client.patch(UPLOAD, packet, 60_000, nobody_counts)
    headers = centre.patch_headers[-1]

    assert headers["tus-resumable"] == "1.0.0"
    assert headers["content-type"] == "application/offset+octet-stream"
    assert (headers["upload-offset"], headers["content-length"]) == ("60000", "40000")
    assert headers["authorization"] == "Bearer t"
    assert "upload-checksum" not in headers
    assert "transfer-encoding" not in headers


def test_whoever_watches_a_stream_is_told_of_every_block_and_may_break_it_off(
    centre: ScriptedCentre, client: Centre, packet: Path
) -> None:
    centre.uploads[identifier(1)] = Upload({})
    told: list[int] = []

    def watch(count: int) -> None:
        told.append(count)
        if len(told) == 3:
            raise DeliveryError(Cause.STOPPED)

    with pytest.raises(DeliveryError) as caught:
        client.patch(UPLOAD, packet, 0, watch)

    assert caught.value.cause is Cause.STOPPED
    assert told == [BLOCK, BLOCK, BLOCK]


def test_what_the_centre_took_without_completing_is_told_as_an_offset(
    centre: ScriptedCentre, client: Centre, packet: Path
) -> None:
    centre.uploads[identifier(1)] = Upload({"sha256": hashlib.sha256(packet.read_bytes()).hexdigest()})
    centre.fault("PATCH", UPLOAD, "part")

    assert client.patch(UPLOAD, packet, 0, nobody_counts) == Arrived(100_000)


@pytest.mark.parametrize(
    ("problem", "raised"),
    [
        ((ProblemType.OFFSET, 409), UploadMovedError),
        ((ProblemType.GONE, 410), UploadGoneError),
        ((ProblemType.UNKNOWN_PACKET, 404), UploadGoneError),
        ((ProblemType.LOCKED, 423), UploadLockedError),
    ],
)
def test_what_stands_in_the_way_of_a_stream_is_told_apart(
    centre: ScriptedCentre,
    client: Centre,
    packet: Path,
    problem: tuple[ProblemType, int],
    raised: type[DeliveryError],
) -> None:
    centre.fault("PATCH", UPLOAD, problem[0], number=problem[1])

    with pytest.raises(raised):
        client.patch(UPLOAD, packet, 0, nobody_counts)


@pytest.mark.parametrize(
    ("kind", "status", "raised"),
    [(ProblemType.GONE, 410, UploadGoneError), (ProblemType.LOCKED, 423, UploadLockedError)],
)
def test_a_head_has_only_its_status_to_tell_them_apart(
    centre: ScriptedCentre, client: Centre, kind: ProblemType, status: int, raised: type[DeliveryError]
) -> None:
    centre.fault("HEAD", UPLOAD, kind, number=status)

    with pytest.raises(raised):
        client.head(UPLOAD)


def test_a_head_that_is_forbidden_means_that_the_kiosk_was_revoked(
    centre: ScriptedCentre, client: Centre
) -> None:
    centre.fault("HEAD", UPLOAD, ProblemType.KIOSK_REVOKED, number=403)

    with pytest.raises(DeliveryError) as told:
        client.head(UPLOAD)

    assert told.value.cause is Cause.KIOSK_REVOKED


@pytest.mark.parametrize("do", ["page", "redirect"])
def test_a_page_in_answer_to_a_head_is_no_offset(centre: ScriptedCentre, client: Centre, do: str) -> None:
    centre.fault("HEAD", UPLOAD, do)
    with pytest.raises(DeliveryError) as caught:
        client.head(UPLOAD)

    assert caught.value.cause is Cause.CAPTIVE_PORTAL


@pytest.mark.parametrize("gone", ["file", "right to read"])
def test_a_packet_file_that_cannot_be_read_is_the_packets_own_fault(
    centre: ScriptedCentre, client: Centre, packet: Path, gone: str
) -> None:
    packet.unlink()
    if gone != "file":
        packet.mkdir()
    with pytest.raises(DeliveryError) as caught:
        client.patch(UPLOAD, packet, 0, nobody_counts)

    assert caught.value.cause is Cause.PACKET_DAMAGED


def test_directives_are_asked_for_with_the_tag_of_those_in_force(
    centre: ScriptedCentre, client: Centre
) -> None:
    first = client.directives("")
    assert first is not None
    same = client.directives(first.etag)
    centre.set_directives(2, [])
    newer = client.directives(first.etag)

    assert same is None
    assert newer is not None
    assert newer.signed == centre.directives
