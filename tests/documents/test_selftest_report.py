"""The report of self-tests: what it says, that it fits, and that its letters travel with it."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from kiosk.app.places import RESOURCES
from kiosk.documents.selftest_report import SelfTestReport, selftest_report
from kiosk.documents.typeface import TypefaceMissingError, load_typeface, printable
from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.selftest import Measure, Outcome, Part, PartView, Problem, Stage
from kiosk.domain.words import Words
from tests.documents.selftests import DEVICE, ENGLISH, INDONESIAN, NOW, one_selftest, report_of, view_of

poppler = pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not on this machine")
LONG = "PerusahaanPerangkatRekamBersamaNusantaraKameraLoketKecamatan"  # 60 letters, nowhere to break


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


def pages_of(report: SelfTestReport, words: Words = ENGLISH) -> list[str]:
    """Return what each page says, spaces made one."""
    reader = PdfReader(BytesIO(selftest_report(report, words)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def with_last(part: Part, **changes: object) -> PartView:
    view = view_of(part)
    assert view.last is not None
    last = replace(view.last, **changes)
    return replace(view, last=last, history=(*view.history[:-1], last))


def by_poppler(tmp_path: Path, report: SelfTestReport, program: str, *options: str) -> str:
    """Return what a program of poppler prints of the report."""
    path = tmp_path / "report.pdf"
    path.write_bytes(selftest_report(report, INDONESIAN))
    target = ["-"] if program == "pdftotext" else []
    told = subprocess.run(
        [program, *options, str(path), *target], check=True, capture_output=True, timeout=60
    )
    return told.stdout.decode()


def test_two_makings_are_the_same() -> None:
    assert selftest_report(report_of(), INDONESIAN) == selftest_report(report_of(), INDONESIAN)


def test_the_first_page_tells_where_when_by_whom_and_how_each_part_stands() -> None:
    first = pages_of(report_of(view_of(Part.DOCUMENT_SCANNER, failed=4)))[0]

    for told in (
        "33.25.07 Gringsing", "gringsing-1", "kiosk 0.1.0", "29 January 2026, 09.42 WIB", "Agus Prasetyo",
        "Document scanner Not connected", "4 times", "25 pictures/s",
    ):  # fmt: skip
        assert told in first
    for part in ("Camera", "Ticket printer", "Clock", "Line to the centre"):
        assert part in first


def test_a_part_is_told_with_its_device_stages_advice_and_first_day() -> None:
    broken = with_last(
        Part.CAMERA,
        verdict=one_selftest(Part.CAMERA, NOW, Problem.NOT_CONNECTED).verdict,
        problem=Problem.NOT_CONNECTED,
        said="no device answers at the port",
        stages=(Stage("Driver opened", Outcome.REACHED, 0.012), Stage("Live picture", Outcome.FAILED, 5.0)),
        measure=None,
    )
    slower = replace(view_of(Part.CAMERA).history[8], measure=Measure("rate", 20.0, "pictures/s", 1))
    told = " ".join(pages_of(report_of(replace(broken, working=slower), shown=frozenset({Part.CAMERA})))[1:])

    for part in (
        "Camera: Not connected", "Bersama 4T-22", "SN-0007", "Firmware 1.4", "camera.opencv", "Driver opened 12 ms",
        "Live picture 5.0 s", "It says: no device answers at the port", "Try this first", "1. Pull the cable out",
        "First day 20-01-2026", "Figure on the first day 25 pictures/s", "When it last worked 20 pictures/s",
        "20 % worse", "once",
    ):  # fmt: skip
        assert part in told


def test_a_device_that_does_not_answer_is_named_as_when_it_last_worked() -> None:
    told = pages_of(report_of(with_last(Part.CAMERA, device=None), shown=frozenset({Part.CAMERA})))[1]

    assert "Bersama 4T-22" in told
    assert "SN-0007" in told


def test_only_the_parts_asked_for_are_told_in_full_and_none_that_was_never_tested() -> None:
    never = PartView(Part.IRIS, None, None, None, ())
    pages = pages_of(report_of(never, shown=frozenset({Part.IRIS, Part.DISK})))

    assert len(pages) == 2
    assert "Iris camera Never tested" in pages[0]
    assert "Disk: Enough room" in pages[1]
    assert "Iris camera" not in pages[1]


def test_many_parts_go_over_pages_each_with_its_number() -> None:
    pages = pages_of(report_of(), INDONESIAN)

    assert len(pages) > 4
    assert all(f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "Uji diri loket" in pages[0]


@pytest.mark.parametrize("count", range(len(Part) + 1))
def test_no_page_is_empty_but_for_its_foot(count: int) -> None:
    pages = pages_of(report_of(shown=frozenset(list(Part)[:count])))

    assert all(len(page) > 150 for page in pages)


@poppler
def test_long_names_and_sentences_stay_within_the_page(tmp_path: Path) -> None:
    long = with_last(
        Part.CAMERA,
        problem=Problem.WRONG_ANSWER,
        said=f"{LONG}: {'an answer nobody understands ' * 40}",
        device=DeviceIdentity(LONG, LONG, LONG, LONG, LONG),
        stages=(Stage("Name and serial number", Outcome.REACHED, 1.0, LONG * 3),),
    )
    told = by_poppler(tmp_path, report_of(long), "pdftotext", "-bbox")
    places = [tuple(map(float, found)) for found in re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', told)]  # fmt: skip

    assert LONG in re.sub(r"\s", "", by_poppler(tmp_path, report_of(long), "pdftotext", "-raw"))
    assert len(places) > 300
    assert min(left for left, _, _, _ in places) >= 45
    assert max(right for _, _, right, _ in places) <= 595 - 45
    assert max(low for _, _, _, low in places) <= 842 - 20


@poppler
def test_every_letter_travels_with_the_file_and_no_other_typeface_is_named(tmp_path: Path) -> None:
    lines = by_poppler(tmp_path, report_of(), "pdffonts").splitlines()[2:]

    assert sorted(line.split()[0].partition("+")[2] for line in lines) == [
        "NotoSans-Bold",
        "NotoSans-Regular",
    ]
    assert all(
        line.split()[1] == "TrueType" and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines
    )


@poppler
def test_what_is_copied_from_it_is_what_it_says(tmp_path: Path) -> None:
    told = by_poppler(tmp_path, report_of(), "pdftotext", "-layout")

    assert "Pemindai sidik jari" in told
    assert "29 Januari 2026, 09.42 WIB" in told


def test_a_number_as_long_as_a_nik_is_hidden_in_what_a_device_said() -> None:
    said = with_last(
        Part.CODE_SCANNER,
        problem=Problem.WRONG_ANSWER,
        said="read 3325071708900001 twice",
        stages=(Stage("A code read", Outcome.FAILED, 1.0, "3325 0717 0890 0001"),),
    )
    told = " ".join(pages_of(report_of(said)))

    assert "read ################ twice" in told
    assert "3325" not in told.replace(" ", "").replace("33.25.07", "")


def test_a_sign_the_typeface_lacks_is_a_question_mark_and_markup_is_text() -> None:
    odd = with_last(Part.CAMERA, device=replace(DEVICE, make="<b>東京</b> & co\n\x07", model="Ø-1"))

    told = " ".join(pages_of(report_of(odd)))

    assert "<b>??</b> & co ? Ø-1" in told
    assert printable("a\tb\nc") == "a b c"


def test_fonts_that_are_not_there_are_told_in_a_sentence(tmp_path: Path) -> None:
    known = dict(pdfmetrics._fonts)
    pdfmetrics._fonts.clear()
    try:
        with pytest.raises(
            TypefaceMissingError, match=r"NotoSans-Regular\.ttf is missing .* no paper was made"
        ):
            load_typeface(tmp_path)
    finally:
        pdfmetrics._fonts.update(known)
