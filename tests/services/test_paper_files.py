"""Papers and the register as files: outside the data alone, told in the register, signed where the office has a key."""

import subprocess
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pypdf import PdfReader

from kiosk.app.papers import paper_desk
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import Printing
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.office_key import OfficeKeyUnusableError, drop_office_key, office_key, put_office_key
from kiosk.services.outside_file import FileThereError, InsideDataError, NoFolderThereError
from kiosk.services.paper_desk import OpenPaperDesk
from kiosk.services.paper_views import FileWritten, Outcome
from kiosk.wire.contents import ResidentFile
from tests.documents.test_office_signature import HOLDER, PASSWORD, pkcs12
from tests.services.papers import recorded

CERTIFICATE = PaperKind.TEMPORARY_CERTIFICATE
FIRST, LAST = date(2026, 1, 1), date(2026, 1, 31)


@pytest.fixture
def desk(counter: Counter) -> Iterator[OpenPaperDesk]:
    kit = RecordingKit({}, NobodyAsked())
    yield paper_desk(counter, kit)
    kit.close()


@pytest.fixture
def number(desk: OpenPaperDesk, officer: Officer, supervisor: Officer, people: list[ResidentFile]) -> str:
    visit_id = recorded(desk.counter, officer, people[0])
    return desk.issue(supervisor, visit_id, CERTIFICATE, "").number


def saved(
    desk: OpenPaperDesk, supervisor: Officer, number: str, folder: Path, reason: str = ""
) -> FileWritten:
    told = desk.save(supervisor, number, str(folder), reason)
    assert isinstance(told, FileWritten), told
    return told


def text_of(path: str) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_paper_is_saved_without_a_name_in_its_files_name_and_asks_whether_it_came_out(
    desk: OpenPaperDesk, supervisor: Officer, number: str, tmp_path: Path
) -> None:
    file = saved(desk, supervisor, number, tmp_path)

    assert Path(file.path) == tmp_path / "471.13-0001-33.25.07-I-2026.pdf"
    assert number in text_of(file.path)
    (entry,) = desk.to_look_at(supervisor)
    assert (entry.number, entry.printing, entry.prints) == (number, Printing.UNKNOWN, 1)
    with desk.counter.store.reading() as ledger:
        acts = [row.act for row in ledger.audit.about(entry.visit_id)]
    assert "save_paper" in acts


def test_once_a_sheet_was_seen_another_file_wants_a_reason(
    desk: OpenPaperDesk, supervisor: Officer, number: str, tmp_path: Path
) -> None:
    saved(desk, supervisor, number, tmp_path)
    desk.came_out(supervisor, number, Printing.PRINTED)
    (tmp_path / "again").mkdir()

    told = desk.save(supervisor, number, str(tmp_path / "again"), " ")

    assert isinstance(told, Outcome)
    assert {finding.code for finding in told.findings} == {"change.no_reason"}
    assert list((tmp_path / "again").iterdir()) == []
    assert saved(desk, supervisor, number, tmp_path / "again", "hilang di jalan").path


def test_where_it_cannot_be_written_nothing_is_and_the_register_stays_or_says_so(
    desk: OpenPaperDesk, supervisor: Officer, number: str, tmp_path: Path
) -> None:
    for folder, error in (
        (desk.counter.store.folder, InsideDataError),
        (tmp_path / "gone", NoFolderThereError),
        (Path("relative"), NoFolderThereError),
    ):
        with pytest.raises(error):
            desk.save(supervisor, number, str(folder), "")
    (entry,) = desk.to_look_at(supervisor)
    assert entry.prints == 0

    saved(desk, supervisor, number, tmp_path)
    with pytest.raises(FileThereError):
        desk.save(supervisor, number, str(tmp_path), "")


def test_the_register_of_a_month_is_a_book_with_every_line_and_its_numbers_accounted_for(
    desk: OpenPaperDesk, officer: Officer, supervisor: Officer, people: list[ResidentFile], tmp_path: Path
) -> None:
    visits = [recorded(desk.counter, officer, file) for file in people[:3]]
    numbers = [desk.issue(supervisor, visit_id, CERTIFICATE, "").number for visit_id in visits]
    desk.end(supervisor, numbers[1], "kertas macet")

    book = desk.book(supervisor, FIRST, LAST)
    file = desk.save_register(supervisor, FIRST, LAST, str(tmp_path))

    assert [entry.number for entry in book.entries] == numbers
    ((account,),) = (book.accounts,)
    assert (account.first, account.last, account.missing) == (1, 3, ())
    told = text_of(file.path)
    for text in (
        *(entry.nik for entry in book.entries),
        "kertas macet",
        "Batal",
        "setiap nomor 1-3 ada barisnya",
    ):
        assert text in told
    assert "LATIHAN" in told
    assert desk.book(supervisor, date(2026, 2, 1), date(2026, 2, 28)).entries == ()


def test_a_book_of_many_pages_has_its_heads_and_its_own_letters_on_each(
    desk: OpenPaperDesk, officer: Officer, supervisor: Officer, people: list[ResidentFile], tmp_path: Path
) -> None:
    visit_id = recorded(desk.counter, officer, people[0])
    for _ in range(45):
        number = desk.issue(supervisor, visit_id, CERTIFICATE, "").number
        desk.end(supervisor, number, "contoh batal")

    path = desk.save_register(supervisor, FIRST, LAST, str(tmp_path)).path

    pages = PdfReader(path).pages
    assert len(pages) > 1
    for place, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Halaman {place} dari {len(pages)}" in text
    fonts = subprocess.run(
        ["pdffonts", path], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_with_a_key_of_the_office_files_bear_its_signature_until_it_ends(
    desk: OpenPaperDesk, supervisor: Officer, number: str, tmp_path: Path
) -> None:
    counter = desk.counter
    content = pkcs12(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(OfficeKeyUnusableError):
        put_office_key(counter, supervisor, content, "salah")
    assert office_key(counter) is None
    put_office_key(counter, supervisor, content, PASSWORD)

    file = saved(desk, supervisor, number, tmp_path)

    assert file.signed_by == HOLDER
    told = subprocess.run(["pdfsig", file.path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told
    assert number in text_of(file.path)
    drop_office_key(counter, supervisor)
    assert (
        b"/ByteRange"
        not in Path(desk.save_register(supervisor, FIRST, LAST, str(tmp_path)).path).read_bytes()
    )


def test_only_who_may_change_settings_gives_the_office_a_key(counter: Counter, officer: Officer) -> None:
    with pytest.raises(NotAllowedError):
        put_office_key(counter, officer, pkcs12(ec.generate_private_key(ec.SECP256R1())), PASSWORD)

    assert office_key(counter) is None


def test_the_key_lies_in_no_file_in_clear(desk: OpenPaperDesk, supervisor: Officer) -> None:
    key = put_office_key(desk.counter, supervisor, pkcs12(ec.generate_private_key(ec.SECP256R1())), PASSWORD)

    written = [path.read_bytes() for path in desk.counter.store.folder.rglob("*") if path.is_file()]
    assert written
    assert not any(key.pkcs12[:24] in content or HOLDER.encode() in content for content in written)
    assert BytesIO(key.pkcs12).read(1) == b"\x30"
