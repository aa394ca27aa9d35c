"""Causes: each has its sentence, and each fault of a real line is told as the one it is."""

import errno
import re
import socket
import ssl
from pathlib import Path

import httpx2
import pytest

from kiosk.sync.causes import (
    SENTENCES,
    Cause,
    DeliveryError,
    SessionOverError,
    UploadGoneError,
    UploadLockedError,
    UploadMovedError,
    cause_of_fault,
    error_of_problem,
)
from kiosk.sync.line import Line, TimeLimits
from kiosk.wire.messages import Problem, ProblemType
from tests.sync.conftest import IMPATIENT, PATIENT
from tests.sync.scripted_centre import ScriptedCentre, served
from tests.sync.speaker import (
    FAR_OFF,
    LONG_AGO,
    NOT_LONG_AGO,
    VERY_FAR_OFF,
    Authority,
    nobody,
    silent,
    speaking,
)

SAFE = re.compile(r"safe|is kept|nothing is lost|nothing was (sent|changed)|the others go on", re.IGNORECASE)
TO_DO = re.compile(
    r"join it|check|by itself|tell the (dinas|technician)|set date|log in to|call the dinas|ask for|wait"
    r"|goes on from there|tried again",
    re.IGNORECASE,
)


def cause_at(
    url: str,
    *,
    limits: TimeLimits = PATIENT,
    trust: ssl.SSLContext | None = None,
    clock_is_suspect: bool = False,
) -> Cause:
    """Return what asking there is told as."""
    line = Line.to(url, limits=limits, trust=trust, clock_is_suspect=clock_is_suspect)
    with line, pytest.raises(DeliveryError) as caught:
        line.ask("GET", "/v1/verdicts")
    return caught.value.cause


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_says_what_happened_what_is_safe_and_what_to_do(cause: Cause) -> None:
    sentence = SENTENCES[cause]
    happened = sentence.partition(".")[0]

    assert len(happened) >= 18
    assert SAFE.search(sentence)
    assert TO_DO.search(sentence.partition(".")[2])


def test_no_two_causes_say_the_same() -> None:
    assert len(set(SENTENCES.values())) == len(Cause)


@pytest.mark.parametrize(("suspect", "told"), [(False, Cause.TLS_EXPIRED), (True, Cause.TLS_CLOCK)])
def test_an_expired_certificate_is_the_centres_fault_unless_the_clock_is_suspect(
    tmp_path: Path, suspect: bool, told: Cause
) -> None:
    authority = Authority.make()
    expired = authority.server(tmp_path, begins=LONG_AGO, ends=NOT_LONG_AGO)
    with served(ScriptedCentre(), tls=expired) as centre:
        found = cause_at(centre.url, trust=authority.trust(), clock_is_suspect=suspect)

    assert found is told


def test_a_certificate_from_the_future_means_that_the_clock_is_wrong(tmp_path: Path) -> None:
    authority = Authority.make()
    to_come = authority.server(tmp_path, begins=FAR_OFF, ends=VERY_FAR_OFF)
    with served(ScriptedCentre(), tls=to_come) as centre:
        found = cause_at(centre.url, trust=authority.trust())

    assert found is Cause.TLS_CLOCK


@pytest.mark.parametrize("suspect", [False, True])
def test_a_certificate_of_an_unknown_authority_is_somebody_elses_whatever_the_clock_says(
    tmp_path: Path, suspect: bool
) -> None:
    with served(ScriptedCentre(), tls=Authority.make().server(tmp_path)) as centre:
        found = cause_at(centre.url, trust=Authority.make().trust(), clock_is_suspect=suspect)

    assert found is Cause.TLS_UNKNOWN_CA


def test_a_certificate_for_another_address_is_somebody_elses(tmp_path: Path) -> None:
    authority = Authority.make()
    with served(ScriptedCentre(), tls=authority.server(tmp_path, address="127.0.0.9")) as centre:
        found = cause_at(centre.url, trust=authority.trust())

    assert found is Cause.TLS_UNKNOWN_CA


def test_a_certificate_that_holds_lets_the_answer_through(tmp_path: Path) -> None:
    authority = Authority.make()
    with (
        served(ScriptedCentre(), tls=authority.server(tmp_path)) as centre,
        Line.to(centre.url, limits=PATIENT, trust=authority.trust()) as line,
    ):
        answer = line.ask("GET", "/v1/verdicts")

    assert answer.status == 200


def test_what_answers_in_the_clear_on_the_secure_port_is_no_missing_network() -> None:
    with speaking(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n") as address:
        found = cause_at(f"https://{address}")

    assert found is Cause.CONTRACT


def test_nothing_listening_is_told_as_refused() -> None:
    assert cause_at(f"http://{nobody()}") is Cause.REFUSED


def test_no_answer_in_time_is_told_as_silent() -> None:
    with silent() as address:
        found = cause_at(f"http://{address}", limits=IMPATIENT)

    assert found is Cause.SILENT


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("break_off", [False, True])
def test_a_line_that_closes_or_breaks_before_the_answer_was_cut(scheme: str, break_off: bool) -> None:
    with speaking(b"", break_off=break_off) as address:
        found = cause_at(f"{scheme}://{address}")

    assert found is Cause.CUT


def test_an_answer_that_ends_too_early_was_cut() -> None:
    with speaking(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf") as address:
        found = cause_at(f"http://{address}")

    assert found is Cause.CUT


def test_what_speaks_another_language_is_not_understood() -> None:
    with speaking(b"220 mail.example ESMTP\r\n\r\n") as address:
        found = cause_at(f"http://{address}")

    assert found is Cause.CONTRACT


def test_no_route_is_told_as_no_link() -> None:
    # The kernel itself finds no route for a connection to everybody: no byte leaves the machine.
    assert cause_at("http://255.255.255.255") is Cause.NO_LINK


@pytest.mark.parametrize("number", [errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN])
def test_a_network_that_goes_away_in_the_middle_is_no_link_and_no_cut(number: int) -> None:
    fault = httpx2.ReadError("gone")
    fault.__cause__ = OSError(number, "gone")

    assert cause_of_fault(fault) is Cause.NO_LINK


def test_a_name_nobody_knows_is_told_as_not_found() -> None:
    # The resolver's own error, brought about without asking anybody.
    try:
        socket.getaddrinfo("centre.invalid", 443, flags=socket.AI_NUMERICHOST)
    except socket.gaierror as error:
        fault = httpx2.ConnectError(str(error))
        fault.__cause__ = error

    assert cause_of_fault(fault) is Cause.NAME_NOT_FOUND


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [
        (ProblemType.KIOSK_REVOKED, 403, Cause.KIOSK_REVOKED),
        (ProblemType.CODE_REFUSED, 403, Cause.CODE_REFUSED),
        (ProblemType.STORAGE_LOW, 503, Cause.CENTRE_FULL),
        (ProblemType.STORAGE_LOW, 507, Cause.PACKET_REFUSED),
        (ProblemType.CONFLICT, 409, Cause.PACKET_REFUSED),
        (ProblemType.FOREIGN, 422, Cause.PACKET_REFUSED),
        (ProblemType.PRACTICE, 422, Cause.PACKET_REFUSED),
        (ProblemType.TOO_LARGE, 413, Cause.PACKET_REFUSED),
        (ProblemType.DAMAGED, 422, Cause.PACKET_DAMAGED),
        (ProblemType.MALFORMED, 422, Cause.CONTRACT),
        (ProblemType.FAILED, 500, Cause.CENTRE_ERROR),
        ("about:blank", 500, Cause.CENTRE_ERROR),
    ],
)
def test_a_problem_of_the_contract_is_told_as_its_cause(kind: str, status: int, told: Cause) -> None:
    error = error_of_problem(Problem(type=kind, title="told so", status=status), retry_after=7.0)

    assert (error.cause, error.retry_after) == (told, 7.0)


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        (ProblemType.UNAUTHORIZED, SessionOverError),
        (ProblemType.OFFSET, UploadMovedError),
        (ProblemType.GONE, UploadGoneError),
        (ProblemType.UNKNOWN_PACKET, UploadGoneError),
        (ProblemType.LOCKED, UploadLockedError),
    ],
)
def test_what_an_upload_can_go_on_from_has_an_error_of_its_own(
    kind: str, raised: type[DeliveryError]
) -> None:
    assert type(error_of_problem(Problem(type=kind, title="told so", status=400))) is raised


def test_every_problem_the_contract_names_is_known_here() -> None:
    unknown = [
        kind
        for kind in ProblemType
        if kind is not ProblemType.FAILED
        and error_of_problem(Problem(type=kind, title="", status=400)).cause is Cause.CENTRE_ERROR
    ]

    assert unknown == []
