"""Reports and bundles of a counter with residents: who may have them, what is in them, and who never is."""

import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from kiosk.app.places import RESOURCES
from kiosk.devices.api import Driver, Kind
from kiosk.devices.registry import Drivers
from kiosk.domain.errors import KioskError
from kiosk.domain.roles import Role
from kiosk.domain.selftest import Outcome, Part, Problem, SelfTest, Stage, Verdict
from kiosk.domain.words import Words
from kiosk.services.bundling import LOG_LIMIT, PIECE_LIMIT, WHOLE_LIMIT, Bundler, Piece, pack
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError
from kiosk.services.faults import DamagedError
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.reporting import Reporter
from kiosk.services.saving import Saved, save
from kiosk.services.selftest import SelfTester
from kiosk.wire.contents import ResidentFile
from tests.services.conftest import NOW, ready_visit

WORDS = Words.load(RESOURCES / "locale", "id")
NIK = "3325071708900001"


@pytest.fixture
def reporter(counter: Counter, technician: Officer) -> Reporter:
    return Reporter(counter, RESOURCES, "0.1.0", technician)


@pytest.fixture
def bundler(counter: Counter) -> Bundler:
    return Bundler(counter.store.folder, "0.1.0", Drivers(), lambda: 'zone = "WIB"')


@pytest.fixture
def residents(counter: Counter, officer: Officer, people: list[ResidentFile]) -> list[ResidentFile]:
    """Two residents at this counter: one saved, one still a draft."""
    assert isinstance(save(counter, officer, ready_visit(counter, officer, people[0])), Saved)
    ready_visit(counter, officer, people[1])
    return people[:2]


def try_counter_parts(counter: Counter) -> None:
    tester = SelfTester(counter, RecordingKit({}, NobodyAsked()))
    for part in (Part.DISK, Part.DATABASE, Part.CAMERA):
        tester.test(part)


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def files_of(bundle: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(bundle)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def at(counter: Counter) -> datetime:
    return counter.here(NOW.wall)


def test_a_report_tells_of_the_office_and_who_made_it_and_is_written_down(
    counter: Counter, reporter: Reporter, technician: Officer
) -> None:
    try_counter_parts(counter)
    told = text_of(reporter.report(WORDS, frozenset({Part.DISK, Part.CAMERA})))

    assert "33.25.07 Gringsing" in told
    assert technician.name in told
    assert "Disk: Cukup" in told
    with counter.store.reading() as ledger:
        entry = list(ledger.audit.all())[-1]
    assert (entry.user_id, entry.act, entry.detail) == (technician.user_id, "selftest_report", "camera, disk")


def test_an_administrator_gets_neither_report_nor_bundle_and_nothing_is_written_down(
    counter: Counter, bundler: Bundler
) -> None:
    reporter = Reporter(counter, RESOURCES, "0.1.0", Officer("admin", "Admin", Role.ADMINISTRATOR))
    with counter.store.reading() as ledger:
        before = ledger.audit.length()

    with pytest.raises(NotAllowedError, match="run_selftest"):
        reporter.report(WORDS)
    with pytest.raises(NotAllowedError, match="run_selftest"):
        bundler.bundle(reporter, WORDS, at(counter))

    with counter.store.reading() as ledger:
        assert ledger.audit.length() == before


def test_no_resident_is_in_a_report_or_in_any_file_of_a_bundle(
    counter: Counter, reporter: Reporter, bundler: Bundler, residents: list[ResidentFile]
) -> None:
    try_counter_parts(counter)
    files = files_of(bundler.bundle(reporter, WORDS, at(counter)))
    told = "\n".join(
        [text_of(files.pop("report.pdf")), *(file.decode() for file in files.values())]
    ).casefold()

    for resident in residents:
        for field in ("nik", "family_card_no"):
            assert resident.biodata[field] not in told
        assert resident.biodata["full_name"].casefold() not in told
    assert "gringsing" in told  # what was looked through is the text itself


def test_a_bundle_has_every_piece_and_says_what_is_missing(
    counter: Counter, reporter: Reporter, bundler: Bundler, technician: Officer
) -> None:
    try_counter_parts(counter)
    made = replace(bundler, further=lambda: {"traces/camera.jsonl": b"{}"})
    files = files_of(made.bundle(reporter, WORDS, at(counter), screen="1366x768"))

    assert sorted(files) == [
        "doctor.json", "drivers.json", "machine.json", "made.txt", "missing.txt", "report.pdf", "screen.txt",
        "selftests.json", "settings.toml", "traces/camera.jsonl", "versions.json",
    ]  # fmt: skip
    tests = json.loads(files["selftests.json"])
    assert set(tests) == {part.value for part in Part}
    assert tests["disk"]["last"]["verdict"] in {"good", "care"}
    assert [stage["outcome"] for stage in tests["database"]["last"]["stages"]] == ["reached", "reached"]
    assert {check["name"] for check in json.loads(files["doctor.json"])} >= {
        "database",
        "keys",
        "disk",
        "clock",
    }
    assert json.loads(files["versions.json"])["kiosk"] == "0.1.0"
    assert "reportlab" in json.loads(files["versions.json"])["libraries"]
    machine = json.loads(files["machine.json"])
    assert 0 < machine["memory_free"] <= machine["memory_total"]
    assert files["settings.toml"] == b'zone = "WIB"\n'
    assert technician.user_id.encode() in files["made.txt"]
    assert files["missing.txt"].startswith(b"logs/kiosk.log: ")
    with counter.store.reading() as ledger:
        assert list(ledger.audit.all())[-1].act == "diagnostic_bundle"


def test_logs_are_masked_again_and_of_a_long_one_the_end_is_there(
    counter: Counter, reporter: Reporter, bundler: Bundler
) -> None:
    logs = counter.store.folder / "logs"
    logs.mkdir()
    (logs / "kiosk.log").write_bytes(f"saw {NIK} and 3325 0717 0890 0001\n\xff".encode("latin-1"))
    (logs / "kiosk.log.1").write_text("".join(f"{number:07}: {NIK}\n" for number in range(80_000)))
    files = files_of(bundler.bundle(reporter, WORDS, at(counter)))

    assert files["logs/kiosk.log"].decode() == f"saw {'#' * 16} and {'#' * 16}\n\ufffd\n"
    older = files["logs/kiosk.log.1"].decode().splitlines()
    assert older[-1] == f"0079999: {'#' * 16}"
    assert set(older) == {f"{number:07}: {'#' * 16}" for number in range(80_000 - len(older), 80_000)}
    assert 0 < len(files["logs/kiosk.log.1"]) <= LOG_LIMIT


def test_what_a_device_said_is_masked_in_the_bundle(
    counter: Counter, reporter: Reporter, bundler: Bundler
) -> None:
    stage = Stage("A code read", Outcome.FAILED, 1.0, f"read {NIK}")
    with counter.store.writing() as ledger:
        ledger.selftests.add(
            SelfTest(
                Part.CODE_SCANNER,
                NOW.wall,
                Verdict.BROKEN,
                (stage,),
                Problem.WRONG_ANSWER,
                f"not {NIK} again",
            )
        )
    files = files_of(bundler.bundle(reporter, WORDS, at(counter)))
    last = json.loads(files["selftests.json"])["code_scanner"]["last"]

    assert (last["said"], last["stages"][0]["told"]) == (f"not {'#' * 16} again", f"read {'#' * 16}")
    assert NIK not in text_of(files["report.pdf"])


def test_a_counter_that_does_not_open_still_gives_what_the_machine_knows(
    counter: Counter, bundler: Bundler
) -> None:
    files = files_of(bundler.bundle(DamagedError("The database is damaged."), WORDS, at(counter)))

    assert sorted(files) == ["drivers.json", "machine.json", "missing.txt", "settings.toml", "versions.json"]
    missing = files["missing.txt"].decode().splitlines()
    assert [line.partition(": ")[0] for line in missing] == [
        "made.txt", "report.pdf", "selftests.json", "doctor.json", "logs/kiosk.log", "screen.txt",
    ]  # fmt: skip
    assert missing[0] == "made.txt: The database is damaged."


def test_a_driver_that_fails_to_load_is_named_with_its_error(
    counter: Counter, reporter: Reporter, bundler: Bundler, tmp_path: Path
) -> None:
    def never(settings: object, person: object) -> object:
        raise AssertionError

    wrong = Driver("fingerprint.wrong", Kind.CAMERA, "Wrong", never)
    drivers = Drivers((wrong,))
    files = files_of(
        Bundler(bundler.folder, "0.1.0", drivers, lambda: "").bundle(reporter, WORDS, at(counter))
    )
    found = {driver["name"]: driver["error"] for driver in json.loads(files["drivers.json"])}

    assert found["fingerprint.wrong"].startswith("The driver fingerprint.wrong calls itself a camera")
    assert found["camera.simulated"] == ""


def test_settings_that_cannot_be_read_stop_nothing_else(counter: Counter, reporter: Reporter) -> None:
    def unreadable() -> str:
        raise KioskError("kiosk.toml cannot be read.")

    files = files_of(
        Bundler(counter.store.folder, "0.1.0", Drivers(), unreadable).bundle(reporter, WORDS, at(counter))
    )

    assert "settings.toml" not in files
    assert b"settings.toml: kiosk.toml cannot be read.\n" in files["missing.txt"]
    assert "report.pdf" in files


def test_further_files_that_cannot_be_read_stop_nothing_else(
    counter: Counter, reporter: Reporter, bundler: Bundler
) -> None:
    def unreadable() -> dict[str, bytes]:
        raise KioskError("The traces cannot be read.")

    files = files_of(replace(bundler, further=unreadable).bundle(reporter, WORDS, at(counter)))

    assert b"further files: The traces cannot be read.\n" in files["missing.txt"]
    assert "report.pdf" in files


def test_every_piece_and_the_whole_are_bounded(counter: Counter) -> None:
    large = bytes(PIECE_LIMIT)
    pieces = [Piece("too-large", lambda: large + b"x")]
    pieces += [Piece(f"large-{number}", lambda: large) for number in range(WHOLE_LIMIT // PIECE_LIMIT + 1)]
    files = files_of(pack([*pieces, Piece("small", lambda: b"")], at(counter)))

    assert sum(map(len, files.values())) - len(files["missing.txt"]) == WHOLE_LIMIT
    assert [line.partition(": ")[0] for line in files["missing.txt"].decode().splitlines()] == [
        "too-large",
        f"large-{WHOLE_LIMIT // PIECE_LIMIT}",
    ]
    assert files["small"] == b""


def test_two_bundles_of_the_same_pieces_are_the_same(counter: Counter) -> None:
    pieces = [Piece("one", lambda: b"1")]

    assert pack(pieces, at(counter)) == pack(pieces, at(counter))
    assert "missing.txt" not in files_of(pack(pieces, at(counter)))
