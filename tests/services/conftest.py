"""A counter in a temporary folder with practice people, a clock that stands still, and captures without devices."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import reference
from kiosk.biometrics.encoding import encode_portrait
from kiosk.domain.biodata_rules import form_from_texts
from kiosk.domain.captures import Capture, CaptureKind, DeviceIdentity
from kiosk.domain.clock import Moment
from kiosk.domain.findings import Finding
from kiosk.domain.reference import Reference
from kiosk.domain.requests import Service, documents_required
from kiosk.services import drafting
from kiosk.services.arrivals import arrive
from kiosk.services.counter import Counter, Officer
from kiosk.services.practice import make_practice_office, practice_people
from kiosk.services.roster import own_directives, put_own_directives
from kiosk.storage.store import Store
from kiosk.wire.contents import ResidentFile
from kiosk.wire.messages import RosterEntry
from kiosk.wire.signing import SigningKey

NOW = Moment(datetime(2026, 1, 5, 2, tzinfo=UTC), 5000.0, "boot-1")


class StandingClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> Moment:
        return self.now


class Random:
    """Bytes that differ each time and never by chance."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, size: int) -> bytes:
        self._count += 1
        return self._count.to_bytes(size)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def known() -> Reference:
    return reference()


@pytest.fixture(scope="session")
def practice_made(tmp_path_factory: pytest.TempPathFactory, known: Reference) -> Path:
    """A practice office nobody worked in yet, made once and copied for every test: its secrets take a second."""
    folder = tmp_path_factory.mktemp("practice") / "kiosk"
    made = counter_at(Store.create(folder, recovery_recipients=()), known, StandingClock())
    make_practice_office(made)
    made.store.close()
    return folder


@pytest.fixture
def counter(practice_made: Path, tmp_path: Path, clock: StandingClock, known: Reference) -> Iterator[Counter]:
    made = counter_at(Store.open(shutil.copytree(practice_made, tmp_path / "kiosk")), known, clock)
    yield made
    made.store.close()


def counter_at(store: Store, known: Reference, clock: StandingClock) -> Counter:
    return Counter(store, known, clock, Random(), timezone(timedelta(hours=7), "WIB"))


def sign_roster(counter: Counter, *entries: RosterEntry) -> None:
    """Let the counter's centre sign another roster."""
    centre = SigningKey.generate()
    with counter.store.writing() as ledger:
        membership = ledger.facts.membership()
        assert membership is not None
        ledger.facts.set_membership(replace(membership, signing_keys=(centre.public.text,)))
        put_own_directives(ledger, centre, own_directives(membership, entries))


def _person(number: int) -> Officer:
    entry = practice_people()[number].entry
    return Officer(entry.user_id, entry.name, entry.role)


@pytest.fixture
def officer() -> Officer:
    return _person(0)


@pytest.fixture
def supervisor() -> Officer:
    return _person(1)


@pytest.fixture
def technician() -> Officer:
    return _person(2)


@pytest.fixture
def people(counter: Counter) -> list[ResidentFile]:
    """Invented residents without exceptions, about whose data there is nothing to ask."""
    made = practice_residents(30, seed=2, today=counter.today(), reference=counter.reference)
    return [file for file in made if not file.exceptions and not _findings(counter, file)]


def _findings(counter: Counter, file: ResidentFile) -> tuple[Finding, ...]:
    return drafting.read_form(counter, form_from_texts(file.biodata)).findings


def capture_of(kind: CaptureKind, *, attempts: int = 1) -> Capture:
    """Return a capture without findings; its picture shows nobody."""
    picture = np.full((520, 400, 3), 128, dtype=np.uint8)
    return Capture(
        kind=kind,
        parts=(encode_portrait(picture),) if kind is CaptureKind.PORTRAIT else (),
        measures=(),
        findings=(),
        attempts=attempts,
        device=DeviceIdentity("test.drawn", "none", "none", "0"),
        taken_at=NOW.wall,
    )


CAPTURED = (
    CaptureKind.PORTRAIT,
    CaptureKind.SIGNATURE,
    CaptureKind.RIGHT_FOUR,
    CaptureKind.LEFT_FOUR,
    CaptureKind.THUMBS,
    CaptureKind.IRISES,
    CaptureKind.STATEMENT,
)


def ready_visit(counter: Counter, officer: Officer, file: ResidentFile) -> str:
    """Return a visit of which only the save is left."""
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT, form=form_from_texts(file.biodata)).visit_id
    for code, reason in file.reasons.items():
        drafting.give_reason(counter, officer, visit_id, code, reason)
    drafting.show_documents(counter, officer, visit_id, documents_required(Service.FIRST_ENROLLMENT))
    drafting.record_consent(counter, officer, visit_id, text_version="consent-1", language="id")
    with counter.store.writing() as ledger:
        for kind in CAPTURED:
            ledger.captures.put(visit_id, capture_of(kind))
    drafting.approve_portrait(counter, officer, visit_id)
    drafting.sign_off(counter, officer, visit_id)
    return visit_id
