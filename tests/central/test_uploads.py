import base64
import hashlib
import io
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

import httpx2
import pytest
from tusclient.client import TusClient

from central.clock import system_clock
from central.tables import UploadRow
from kiosk.wire.messages import Acknowledgement, Need
from kiosk.wire.packet import SealedPacket
from kiosk.wire.signing import Purpose, verify
from tests.central.conftest import TUS, Centre, Kiosk, half_sent, joined, problem_of, until


def checksum(algorithm: str, data: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def place(packet: SealedPacket) -> str:
    return f"/v1/uploads/{packet.header.packet_id}"


def create(kiosk: Kiosk, packet: SealedPacket, **headers: str) -> httpx2.Response:
    told = {"upload-length": str(packet.size)} | {k.replace("_", "-"): v for k, v in headers.items()}
    return kiosk.request("POST", place(packet), headers=TUS | told)


def set_expiry(centre: Centre, packet: SealedPacket, moment: datetime) -> None:
    with centre.store() as store, store.write() as session:
        session.get_one(UploadRow, packet.header.packet_id).expires_at = moment


def test_options_tells_what_is_spoken_without_asking_who_calls(kiosk: Kiosk) -> None:
    kiosk.token = ""

    for path in ("/v1/uploads", "/v1/uploads/whatever"):
        answer = kiosk.request("OPTIONS", path)

        assert answer.status_code == 204
        assert answer.headers["tus-version"] == "1.0.0"
        assert answer.headers["tus-extension"] == "creation,checksum,expiration,termination"
        assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256"
        assert int(answer.headers["tus-max-size"]) == 64 << 20


def test_creation_may_be_asked_again_and_gives_the_same_place(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)

    first = create(kiosk, packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:10])
    second = create(kiosk, packet)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.headers["location"] == second.headers["location"] == place(packet)
    assert (first.headers["upload-offset"], second.headers["upload-offset"]) == ("0", "10")


def test_creation_finds_the_packet_by_its_metadata_too(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    named = base64.b64encode(packet.header.packet_id.encode()).decode()
    headers = TUS | {"upload-length": str(packet.size), "upload-metadata": f"a Yg==, packet_id {named}"}

    answer = kiosk.request("POST", "/v1/uploads", headers=headers)

    assert answer.status_code == 201
    assert answer.headers["location"] == place(packet)


def test_creation_of_another_length_than_announced_is_a_conflict(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)

    assert problem_of(create(kiosk, packet, upload_length=str(packet.size + 1))) == (409, "conflict")


def test_a_packet_nobody_announced_is_unknown_to_every_call(kiosk: Kiosk) -> None:
    packet = kiosk.packet()

    assert problem_of(create(kiosk, packet)) == (404, "unknown-packet")
    assert kiosk.request("HEAD", place(packet)).status_code == 404
    assert problem_of(kiosk.patch(packet.header.packet_id, 0, b"x")) == (404, "unknown-packet")
    assert problem_of(kiosk.request("DELETE", place(packet))) == (404, "unknown-packet")


def test_the_upload_of_another_kiosk_is_unknown(kiosk: Kiosk, centre: Centre) -> None:
    packet, other = kiosk.packet(), joined(centre)
    kiosk.announce(packet)

    assert problem_of(other.patch(packet.header.packet_id, 0, packet.data)) == (404, "unknown-packet")


def test_head_tells_offset_length_and_expiry_and_may_not_be_cached(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:77])

    answer = kiosk.request("HEAD", place(packet), headers=TUS)

    assert answer.status_code == 200
    assert answer.headers["upload-offset"] == "77"
    assert answer.headers["upload-length"] == str(packet.size)
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert answer.headers["cache-control"] == "no-store"
    left = parsedate_to_datetime(answer.headers["upload-expires"]) - system_clock()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


def test_patch_goes_on_where_the_last_one_ended(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    cuts = (0, 1, 500, packet.size)

    answers = [
        kiosk.patch(packet.header.packet_id, start, packet.data[start:end]) for start, end in pairwise(cuts)
    ]

    assert [answer.status_code for answer in answers] == [204, 204, 200]
    assert [answer.headers["upload-offset"] for answer in answers] == ["1", "500", str(packet.size)]


@pytest.mark.parametrize("offset", [0, 99, 101])
def test_a_patch_at_another_offset_is_refused_and_nothing_moves(kiosk: Kiosk, offset: int) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:100])

    answer = kiosk.patch(packet.header.packet_id, offset, b"x")

    assert problem_of(answer) == (409, "offset")
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert kiosk.offset(packet.header.packet_id) == 100


def test_a_body_longer_than_what_was_announced_is_refused(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)

    answer = kiosk.patch(packet.header.packet_id, 0, packet.data + b"x")

    assert problem_of(answer) == (413, "too-large")


def test_a_body_without_a_length_is_taken_as_it_comes_and_never_beyond_what_was_announced(
    kiosk: Kiosk,
) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    headers = TUS | {"upload-offset": "0"}

    too_long = kiosk.request(
        "PATCH", place(packet), content=iter((packet.data[:9], bytes(packet.size))), headers=headers
    )
    offset = kiosk.offset(packet.header.packet_id)
    rest = TUS | {"upload-offset": str(offset)}
    answer = kiosk.request("PATCH", place(packet), content=iter((packet.data[offset:],)), headers=rest)

    assert problem_of(too_long) == (413, "too-large")
    assert offset <= 9
    assert answer.status_code == 200


def test_another_version_of_tus_is_refused_with_the_one_spoken_here(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)

    answer = kiosk.patch(packet.header.packet_id, 0, packet.data, tus_resumable="0.2.2")

    assert answer.status_code == 412
    assert answer.headers["tus-version"] == "1.0.0"


def test_a_body_of_another_type_is_refused(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)

    answer = kiosk.patch(packet.header.packet_id, 0, packet.data, content_type="application/json")

    assert problem_of(answer) == (415, "malformed")
    assert kiosk.offset(packet.header.packet_id) == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_body_with_its_checksum_is_taken(kiosk: Kiosk, algorithm: str) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    part = packet.data[:300]

    answer = kiosk.patch(packet.header.packet_id, 0, part, upload_checksum=checksum(algorithm, part))

    assert answer.status_code == 204
    assert kiosk.offset(packet.header.packet_id) == 300


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_body_without_its_checksum_is_taken_back_to_the_last_byte(kiosk: Kiosk, algorithm: str) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:100])

    answer = kiosk.patch(
        packet.header.packet_id, 100, packet.data[100:], upload_checksum=checksum(algorithm, b"other")
    )

    assert answer.status_code == 460
    assert kiosk.offset(packet.header.packet_id) == 100
    assert kiosk.patch(packet.header.packet_id, 100, packet.data[100:]).status_code == 200


@pytest.mark.parametrize("given", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha256 ***", ""])
def test_a_checksum_that_cannot_be_read_is_malformed_or_a_mismatch(kiosk: Kiosk, given: str) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)

    answer = kiosk.patch(packet.header.packet_id, 0, packet.data, upload_checksum=given)

    assert answer.status_code in (400, 460)
    assert kiosk.offset(packet.header.packet_id) == 0


def test_of_a_cut_body_every_byte_is_kept(kiosk: Kiosk) -> None:
    packet = kiosk.packet()

    with half_sent(kiosk, packet, 400) as half:
        half.cut()
        until(lambda: kiosk.offset(packet.header.packet_id) == 400)

    assert kiosk.patch(packet.header.packet_id, 400, packet.data[400:]).status_code == 200


def test_of_a_cut_body_with_a_checksum_nothing_is_kept(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()

    with half_sent(kiosk, packet, 400, upload_checksum=checksum("sha1", packet.data)) as half:
        half.cut()
        until(lambda: centre.landing_of(packet).stat().st_size == 0)

    assert kiosk.offset(packet.header.packet_id) == 0
    assert kiosk.deliver(packet).status_code == 200


def test_while_one_patch_runs_another_and_a_delete_are_told_to_wait(kiosk: Kiosk) -> None:
    packet = kiosk.packet()

    with half_sent(kiosk, packet, 400) as half:
        second = kiosk.patch(packet.header.packet_id, 0, packet.data)
        deleted = kiosk.request("DELETE", place(packet))
        half.send(packet.data[400:])
        first = half.answer()

    assert problem_of(second) == problem_of(deleted) == (423, "locked")
    assert second.headers["retry-after"] == "5"
    assert first.startswith(b"HTTP/1.1 200 ")


def test_delete_forgets_an_upload_and_its_bytes(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:100])

    answer = kiosk.request("DELETE", place(packet), headers=TUS)

    assert answer.status_code == 204
    assert not centre.landing_of(packet).exists()
    assert kiosk.request("HEAD", place(packet)).status_code == 404
    assert kiosk.announce(packet).offset == 0


def test_delete_of_an_acknowledged_packet_is_refused_and_it_stays(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.deliver(packet)

    answer = kiosk.request("DELETE", place(packet))

    assert problem_of(answer) == (409, "conflict")
    assert centre.object_of(packet).read_bytes() == packet.data


def test_an_expired_upload_is_gone_and_may_be_announced_again(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:100])
    set_expiry(centre, packet, system_clock() - timedelta(seconds=1))

    answer = kiosk.patch(packet.header.packet_id, 100, packet.data[100:])

    assert problem_of(answer) == (410, "gone")
    assert not centre.landing_of(packet).exists()
    assert kiosk.deliver(packet).status_code == 200


def test_every_announcement_gives_back_what_was_promised_to_expired_uploads(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:100])
    set_expiry(centre, packet, system_clock() - timedelta(seconds=1))

    kiosk.announce(kiosk.packet())

    assert not centre.landing_of(packet).exists()
    assert kiosk.request("HEAD", place(packet)).status_code == 404


def test_a_patch_puts_the_expiry_off(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    set_expiry(centre, packet, system_clock() + timedelta(hours=1))

    answer = kiosk.patch(packet.header.packet_id, 0, packet.data[:100])

    assert parsedate_to_datetime(answer.headers["upload-expires"]) > system_clock() + timedelta(days=6)


def test_an_upload_that_lost_bytes_is_gone_and_not_guessed(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:100])
    centre.landing_of(packet).write_bytes(packet.data[:50])

    lost = kiosk.request("HEAD", place(packet)).status_code

    assert lost == 410
    assert isinstance(kiosk.announce(packet), Need)
    assert kiosk.patch(packet.header.packet_id, 0, packet.data).status_code == 200


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
@pytest.mark.parametrize("chunk", [512, 1 << 20])
def test_an_independent_tus_client_delivers_a_packet(
    kiosk: Kiosk, centre: Centre, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    packet = kiosk.packet()
    kiosk.announce(packet)
    client = TusClient(f"{centre.url}/v1/uploads", headers={"Authorization": f"Bearer {kiosk.token}"})

    client.uploader(
        file_stream=io.BytesIO(packet.data),
        chunk_size=chunk,
        metadata={"packet_id": packet.header.packet_id},
        upload_checksum=True,
    ).upload()

    told = kiosk.announce(packet).acknowledgement
    stated = Acknowledgement.read(verify(told, kiosk.centre_key, Purpose.ACKNOWLEDGEMENT))
    assert stated.sha256 == packet.sha256
    assert centre.object_of(packet).read_bytes() == packet.data
