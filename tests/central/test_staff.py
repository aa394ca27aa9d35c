"""The staff's pages: log-in, what arrived, and what the server's log must never hold."""

import io
import re
import sys
from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy.exc import OperationalError

from central.clock import system_clock
from central.main import main
from central.staff import People
from tests.central.conftest import NIK, OFFICE, Centre, Kiosk, joined

NAME, PASSWORD = "kepala", "sandi yang panjang"


@pytest.fixture(scope="module")
def staffed(centre: Centre) -> Centre:
    """A centre where somebody of the staff has just set a password, at the command line."""
    said = centre.run("staff", "add", NAME, given=f"{PASSWORD}\n")
    assert said == f"{NAME} may log in."
    return centre


@pytest.fixture
def browser(staffed: Centre) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=staffed.url, trust_env=False, verify=False) as client:
        yield client


def token_in(page: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def log_in(browser: httpx2.Client, name: str = NAME, password: str = PASSWORD) -> httpx2.Response:
    form = token_in(browser.get("/login").text)
    return browser.post("/login", data={"name": name, "password": password, "form_token": form})


def test_without_a_log_in_the_start_page_sends_to_it(browser: httpx2.Client) -> None:
    answer = browser.get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_with_the_password_they_set_somebody_sees_what_arrived(
    browser: httpx2.Client, staffed: Centre
) -> None:
    kiosk = joined(staffed)
    kiosk.deliver(kiosk.packet())

    answer = log_in(browser)
    page = browser.get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert page.status_code == 200
    row = re.search(rf"<tr><td>{OFFICE}</td><td>{kiosk.grant.kiosk_id}</td>.*?</tr>", page.text, re.DOTALL)
    assert row is not None
    assert '<td class="n">1</td>' in row[0]
    assert "LATIHAN" in page.text
    assert NIK not in page.text


def test_the_cookies_are_kept_from_scripts_and_other_sites(browser: httpx2.Client) -> None:
    form = browser.get("/login").headers["set-cookie"]
    session = log_in(browser).headers["set-cookie"]

    for cookie in (form, session):
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Secure" not in cookie


def test_behind_https_the_cookies_go_over_https_only(browser: httpx2.Client) -> None:
    answer = browser.get("/login", headers={"x-forwarded-proto": "https"})

    assert "Secure" in answer.headers["set-cookie"]


def test_pages_are_not_stored_nor_framed_and_run_no_script(browser: httpx2.Client) -> None:
    headers = browser.get("/login").headers

    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert headers["content-security-policy"].startswith("default-src 'none';")


@pytest.mark.parametrize(
    ("name", "password"), [(NAME, "falsch falsch"), ("nobody", PASSWORD), ("KEPALA", PASSWORD)]
)
def test_a_wrong_name_or_password_opens_nothing_and_both_sound_the_same(
    browser: httpx2.Client, name: str, password: str
) -> None:
    answer = log_in(browser, name, password)

    assert answer.status_code == 401
    assert "Name or password is wrong" in answer.text
    assert "staff" not in browser.cookies
    assert browser.get("/").status_code == 303


def test_a_form_of_another_site_opens_nothing(browser: httpx2.Client) -> None:
    browser.get("/login")

    answer = browser.post("/login", data={"name": NAME, "password": PASSWORD, "form_token": "guessed"})

    assert answer.status_code == 401
    assert "staff" not in browser.cookies


def test_logging_out_ends_the_session_also_for_a_copied_cookie(browser: httpx2.Client) -> None:
    log_in(browser)
    copied = browser.cookies["staff"]
    form = token_in(browser.get("/").text)

    answer = browser.post("/logout", data={"form_token": form})
    browser.cookies.set("staff", copied, domain="127.0.0.1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert browser.get("/").status_code == 303


def test_a_form_of_another_site_does_not_log_out(browser: httpx2.Client) -> None:
    log_in(browser)

    browser.post("/logout", data={"form_token": "guessed"})

    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("given", ["too short\n", "\n", ""])
def test_a_password_too_short_to_keep_is_refused(
    staffed: Centre, given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))

    status = main(["staff", "add", "baru", "--data", str(staffed.folder)])

    assert status == 1
    assert "password of 10 characters or more" in capsys.readouterr().err


def test_five_wrong_passwords_close_the_name_for_five_minutes(made: Centre) -> None:
    now = system_clock()
    with made.store() as store:
        people = People(store)
        people.add_staff(NAME, PASSWORD)
        for _ in range(4):
            people.log_in(NAME, "wrong wrong", now)
        after_four = people.log_in(NAME, PASSWORD, now)
        people.log_in(NAME, "wrong wrong", now)
        counted_anew = people.log_in(NAME, PASSWORD, now)
        for _ in range(5):
            people.log_in(NAME, "wrong wrong", now)

        after_five = people.log_in(NAME, PASSWORD, now)
        a_minute_short = people.log_in(NAME, PASSWORD, now + timedelta(minutes=4))
        after_five_minutes = people.log_in(NAME, PASSWORD, now + timedelta(minutes=5, seconds=1))

    assert after_four is not None
    assert counted_anew is not None
    assert (after_five, a_minute_short) == (None, None)
    assert after_five_minutes is not None


def test_a_new_password_opens_a_closed_name_and_ends_its_sessions(made: Centre) -> None:
    now = system_clock()
    with made.store() as store:
        people = People(store)
        people.add_staff(NAME, PASSWORD)
        token = people.log_in(NAME, PASSWORD, now)
        for _ in range(5):
            people.log_in(NAME, "wrong wrong", now)

        people.add_staff(NAME, "another password")

        assert people.session(token, now) is None
        assert people.log_in(NAME, PASSWORD, now) is None
        assert people.log_in(NAME, "another password", now) is not None


def test_a_session_of_the_staff_lasts_eight_hours(made: Centre) -> None:
    now = system_clock()
    with made.store() as store:
        people = People(store)
        people.add_staff(NAME, PASSWORD)
        token = people.log_in(NAME, PASSWORD, now)

        assert people.session(token, now + timedelta(hours=8)).name == NAME
        assert people.session(token, now + timedelta(hours=8, seconds=1)) is None


def test_passwords_and_session_tokens_are_kept_as_hashes_only(
    browser: httpx2.Client, staffed: Centre
) -> None:
    log_in(browser)

    database = (staffed.folder / "centre.db").read_bytes()

    assert PASSWORD.encode() not in database
    assert browser.cookies["staff"].encode() not in database
    assert b"$argon2id$" in database


def test_no_nik_and_no_name_stands_in_the_log_whatever_happens(
    lone: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = joined(lone)
    lone.run("user", "add", "--office", OFFICE, "--role", "officer", "Siti Rahasia")
    kiosk.deliver(kiosk.packet())
    kiosk.request("GET", "/v1/directives")
    shorten_audit(kiosk)
    with lone.store() as store, store.write() as session:
        session.connection().exec_driver_sql("DROP TABLE staff")
    with httpx2.Client(base_url=lone.url, trust_env=False, verify=False) as client:
        broken = log_in(client, "Siti Rahasia", NIK)

    log = lone.log.read_text(encoding="utf-8")

    assert broken.status_code == 503
    assert "the audit chain of kiosk" in log
    assert "the database refused: no such table: staff" in log
    assert NIK not in log
    assert "Siti" not in log
    assert "Rahasia" not in log


def test_an_error_of_the_database_does_not_name_whom_it_was_about(made: Centre) -> None:
    with made.store() as store:
        with store.write() as session:
            session.connection().exec_driver_sql("DROP TABLE staff")

        with pytest.raises(OperationalError) as caught:
            People(store).log_in("Siti Rahasia", PASSWORD, system_clock())

    assert "no such table: staff" in str(caught.value)
    assert "Siti" not in str(caught.value)


def shorten_audit(kiosk: Kiosk) -> None:
    for length in (5, 4):
        kiosk.request(
            "POST",
            "/v1/announcements",
            content=f'{{"items": [], "audit_head": "", "audit_length": {length}}}'.encode(),
        )
