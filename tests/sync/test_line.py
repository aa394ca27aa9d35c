"""The line: bounded, no proxy, no redirect, and a log-in page is never taken for an answer."""

import pytest

from kiosk.sync.causes import Cause, DeliveryError
from kiosk.sync.line import LARGEST_ANSWER, Answer, Line
from kiosk.wire.messages import SessionNonce
from tests.sync.conftest import PATIENT
from tests.sync.scripted_centre import ScriptedCentre
from tests.sync.speaker import nobody, speaking

PAGE = b"<html><body>Log in to the network</body></html>"
NONCE = b'{"nonce": "n-1"}'


def said(status: str, media_type: str, body: bytes, *more: str) -> bytes:
    """Return the bytes of an HTTP answer."""
    kind = (f"content-type: {media_type}",) if media_type else ()
    head = "\r\n".join((f"HTTP/1.1 {status}", *kind, f"content-length: {len(body)}", *more, "", ""))
    return head.encode("ascii") + body


def answered(spoken: bytes) -> Answer:
    with speaking(spoken) as address, Line.to(f"http://{address}", limits=PATIENT) as line:
        return line.ask("GET", "/")


@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        (said("200 OK", "text/html; charset=utf-8", PAGE), Cause.CAPTIVE_PORTAL),
        (said("200 OK", "", PAGE), Cause.CAPTIVE_PORTAL),
        (said("302 Found", "text/html", b"", "location: http://login.example/"), Cause.CAPTIVE_PORTAL),
        (said("307 Temporary Redirect", "", b"", "location: /elsewhere"), Cause.CAPTIVE_PORTAL),
        (said("511 Network Authentication Required", "text/html", PAGE), Cause.CAPTIVE_PORTAL),
        (said("403 Forbidden", "text/html", PAGE), Cause.CAPTIVE_PORTAL),
        (said("502 Bad Gateway", "text/html", b"<h1>Bad Gateway</h1>"), Cause.CENTRE_ERROR),
        (said("500 Internal Server Error", "text/plain", b"Traceback"), Cause.CENTRE_ERROR),
        (said("500 Internal Server Error", "application/json", b'{"nonce": "n-1"}'), Cause.CENTRE_ERROR),
        (said("404 Not Found", "text/plain", b"no"), Cause.CONTRACT),
        (said("200 OK", "text/plain", NONCE), Cause.CONTRACT),
        (said("200 OK", "application/json", b'{"foo": 1}'), Cause.CONTRACT),
        (said("200 OK", "application/json", b'{"nonce": '), Cause.CONTRACT),
        (said("200 OK", "application/json", b"\xff\xfe"), Cause.CONTRACT),
        (said("400 Bad Request", "application/problem+json", b"{}"), Cause.CONTRACT),
    ],
)
def test_what_is_not_the_centres_answer_is_told_by_its_cause(spoken: bytes, told: Cause) -> None:
    with pytest.raises(DeliveryError) as caught:
        answered(spoken).read(SessionNonce)

    assert caught.value.cause is told


def test_an_answer_of_the_contract_is_read() -> None:
    answer = answered(said("200 OK", "application/json; charset=utf-8", NONCE))

    assert answer.read(SessionNonce).nonce == "n-1"


def test_a_redirect_is_told_and_not_followed(centre: ScriptedCentre) -> None:
    spoken = said("302 Found", "text/html", b"", f"location: {centre.url}/v1/verdicts")

    assert answered(spoken).status == 302
    assert centre.calls == []


def test_an_answer_of_the_largest_size_is_taken_whole() -> None:
    body = b" " * LARGEST_ANSWER

    assert answered(said("200 OK", "application/json", body)).body == body


@pytest.mark.parametrize("length", [f"content-length: {1 << 40}", "connection: close"])
def test_an_answer_without_end_is_given_up_at_the_bound(length: str) -> None:
    endless = f"HTTP/1.1 200 OK\r\n{length}\r\n\r\n".encode("ascii") + b" " * (LARGEST_ANSWER + 1)
    with pytest.raises(DeliveryError) as caught:
        answered(endless)

    assert caught.value.cause is Cause.CONTRACT
    assert "larger" in str(caught.value)


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_not_asked(
    centre: ScriptedCentre, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, f"http://{nobody()}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Line.to(centre.url, limits=PATIENT) as line:
        answer = line.ask("GET", "/v1/verdicts")

    assert answer.status == 200


@pytest.mark.parametrize(
    "url",
    ["", "centre", "ftp://centre", "https://", "http://[::1/", "http://a..b", "http://" + "x" * 70],
)
def test_what_is_no_web_address_is_told_as_a_name_that_is_not_found(url: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        Line.to(url)

    assert caught.value.cause is Cause.NAME_NOT_FOUND


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120.0), (" 7 ", 7.0), ("", None), ("-5", None), ("Wed, 21 Oct 2026 07:28:00 GMT", None)],
)
def test_only_a_retry_after_in_seconds_counts_since_the_clock_may_be_wrong(
    text: str, seconds: float | None
) -> None:
    assert Answer(503, {"retry-after": text}, b"").retry_after == seconds


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("4096", 4096), ("-1", None), ("9" * 5000, None)])
def test_a_number_in_a_header_is_a_whole_one_of_a_length_that_can_be(text: str, number: int | None) -> None:
    assert Answer(200, {"upload-offset": text}, b"").number("upload-offset") == number


def test_a_closed_line_may_be_closed_again() -> None:
    line = Line.to("http://127.0.0.1")
    line.close()
    line.close()

    with pytest.raises(RuntimeError):
        line.ask("GET", "/")
