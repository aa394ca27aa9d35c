"""Whatever is sent to whichever call: the answer is one the contract knows, and the centre goes on."""

import json
import string
from collections.abc import Iterator

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.wire.messages import (
    Announcement,
    JoinRequest,
    Problem,
    ProblemType,
    SessionRequest,
)
from tests.central.conftest import TUS, Centre, Kiosk, announced, joined

CALLS = ("/v1/kiosks", "/v1/sessions", "/v1/announcements")
LAX = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]), max_size=12)
    | st.sampled_from([2**63, -(2**63) - 1, 10**400, "0" * 64, "\x00", "ÿ", "k-332507-aaaaaa"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
HEADER = st.text(string.ascii_letters + string.digits + ' ,;=+/-"*', max_size=40).map(
    str.strip
) | st.sampled_from(
    ["9" * 5000, "-1", "1e3", "sha1 AAAA", "sha256 =", "packet_id", "packet_id /w==", "a b,c", "²"]
)


@pytest.fixture(scope="module")
def sender(centre: Centre) -> Iterator[tuple[Kiosk, httpx2.Client]]:
    kiosk = joined(centre)
    with kiosk.http as client:
        yield kiosk, client


def is_of_the_contract(response: httpx2.Response) -> bool:
    if response.status_code < 400 or response.request.method == "HEAD":
        return response.status_code < 500
    told = Problem.read(response.content)
    return (
        response.status_code < 500
        and response.headers["content-type"] == "application/problem+json"
        and told.type in set(ProblemType)
        and told.status == response.status_code
    )


@pytest.mark.parametrize("path", [*CALLS, "/login", "/logout", "/v1/uploads"])
@LAX
@given(body=st.binary(max_size=200))
def test_any_bytes_are_answered(sender: tuple[Kiosk, httpx2.Client], path: str, body: bytes) -> None:
    assert is_of_the_contract(sender[1].post(path, content=body))


def valid(kiosk: Kiosk) -> dict[str, dict[str, object]]:
    item = announced(kiosk.packet())
    return {
        "/v1/kiosks": JoinRequest(
            secret_id="a", proof="b", public_key=kiosk.key.public.text, software="c"
        ).plain(),
        "/v1/sessions": SessionRequest(kiosk_id=kiosk.grant.kiosk_id, signed="a.b.c").plain(),
        "/v1/announcements": Announcement(items=(item,), audit_head="0", audit_length=1).plain(),
    }


@pytest.mark.parametrize("path", CALLS)
@LAX
@given(data=st.data())
def test_a_message_with_one_field_replaced_is_answered(
    sender: tuple[Kiosk, httpx2.Client], path: str, data: st.DataObject
) -> None:
    kiosk, client = sender
    message = valid(kiosk)[path]
    place = message["items"][0] if path == CALLS[2] and data.draw(st.booleans()) else message
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(VALUES)

    response = client.post(path, content=json.dumps(message).encode("ascii"))

    assert is_of_the_contract(response)


@pytest.mark.parametrize("proof", ["ÿ", "", "a" * 10_000, "\x00"])
def test_a_proof_that_is_no_base64url_is_refused(centre: Centre, proof: str) -> None:
    kiosk, code = Kiosk(centre), centre.code()
    request = JoinRequest(
        secret_id=code.secret_id, proof=proof, public_key=kiosk.key.public.text, software="test 1"
    )

    assert kiosk.post("/v1/kiosks", request).status_code == 403


UPLOAD_HEADERS = ("upload-offset", "upload-length", "upload-checksum", "upload-metadata")


@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
@LAX
@given(texts=st.tuples(*(HEADER for _ in UPLOAD_HEADERS)), named=st.booleans())
def test_any_headers_of_an_upload_are_answered(
    sender: tuple[Kiosk, httpx2.Client], method: str, texts: tuple[str, ...], named: bool
) -> None:
    headers = {name: text.encode() for name, text in zip(UPLOAD_HEADERS, texts, strict=True)}
    path = "/v1/uploads/019c07b1-8380-7709-b0b7-e57999db56c2" if named else "/v1/uploads"

    response = sender[1].request(method, path, headers=TUS | headers, content=b"x")

    assert is_of_the_contract(response)


@LAX
@given(packet_id=st.text(max_size=20))
def test_any_packet_id_is_answered(sender: tuple[Kiosk, httpx2.Client], packet_id: str) -> None:
    path = "/v1/uploads/" + "".join(f"%{byte:02x}" for byte in packet_id.encode())

    assert is_of_the_contract(sender[1].delete(path))


def test_a_message_larger_than_any_is_refused_before_it_is_read(sender: tuple[Kiosk, httpx2.Client]) -> None:
    response = sender[1].post("/v1/announcements", content=bytes(600 << 10))

    assert response.status_code == 413
    assert is_of_the_contract(response)


def test_a_wrong_field_is_named_and_never_repeated(sender: tuple[Kiosk, httpx2.Client]) -> None:
    response = sender[1].post("/login", data={"name": "x", "password": "not-to-be-told"})

    assert response.status_code == 400
    assert "form_token" in response.text
    assert "not-to-be-told" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v2/kiosks", 404), ("GET", "/v1/kiosks", 405), ("PUT", "/v1/uploads/x", 405)],
)
def test_what_is_not_there_is_told_as_a_problem(
    sender: tuple[Kiosk, httpx2.Client], method: str, path: str, status: int
) -> None:
    response = sender[1].request(method, path)

    assert response.status_code == status
    assert is_of_the_contract(response)
    assert ("allow" in response.headers) is (status == 405)


def test_the_centre_is_still_well_after_all_of_this(sender: tuple[Kiosk, httpx2.Client]) -> None:
    kiosk, client = sender

    assert client.get("/healthz").json() == {"status": "ok"}
    assert kiosk.deliver(kiosk.packet(device_seq=99_999)).status_code == 200
