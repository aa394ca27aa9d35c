"""The desk at which papers are checked: scanned text, files and the camera, each check asked for and written down."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import segno
from PIL import Image

from kiosk.app.places import RESOURCES
from kiosk.biometrics.judgements import Image as Picture
from kiosk.devices.api import Device, Frame, Identity, Kind, NotConnectedError, Pictures, TooLateError
from kiosk.devices.sim.face import portrait
from kiosk.documents.typeface import load_typeface
from kiosk.domain.paper_check import Answer, Cause
from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.services import paper_check_desk
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import KitError
from kiosk.services.issuing import Issuer
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.paper_answers import (
    NoFileThereError,
    NoPictureError,
    PaperAnswer,
    PaperFileError,
    TooLargeError,
)
from kiosk.services.paper_check_desk import OpenPaperCheckDesk
from kiosk.services.pictures import Raster
from kiosk.storage.records import AuditEntry
from kiosk.wire.contents import ResidentFile
from kiosk.wire.trust import TrustList
from tests.services.conftest import NOW
from tests.services.papers import issued, recorded
from tests.services.sealed_papers import (
    LETTERS,
    NUMBER,
    certified,
    held_before,
    page_of,
    photo,
    trust,
    with_portrait,
)


class Reel:
    """A camera that gives its pictures one after the other, a twentieth of a second apart, and then fails or rests."""

    def __init__(self, pictures: Iterable[Picture], end: Exception | None = None) -> None:
        self._frames = iter([Frame(picture, number / 20) for number, picture in enumerate(pictures)])
        self._end = end
        self.at_end: Callable[[], None] = lambda: None

    def identity(self) -> Identity:
        return Identity("", "reel")

    def frame(self, *, timeout: float) -> Frame:
        frame = next(self._frames, None)
        if frame is not None:
            return frame
        self.at_end()
        raise self._end or TooLateError("the reel is over")

    def take(self, *, timeout: float) -> Pictures:
        raise NotConnectedError("a reel takes no still")

    def close(self) -> None:
        """Nothing is held."""


class KitOf(RecordingKit):
    """A kit whose camera is the one given."""

    def __init__(self, camera: Device) -> None:
        super().__init__({}, NobodyAsked())
        self._open = {Kind.CAMERA: camera}


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.fixture
def certificate(counter: Counter, officer: Officer, supervisor: Officer, people: list[ResidentFile]) -> bytes:
    """The PDF of a certificate this kiosk issued."""
    issuer = Issuer(counter, Words.load(RESOURCES / "locale", "id"))
    return issuer.pdf(issued(issuer, supervisor, recorded(counter, officer, people[0])).number)


@pytest.fixture
def desk(counter: Counter) -> OpenPaperCheckDesk:
    return OpenPaperCheckDesk(counter, RecordingKit({}, NobodyAsked()))


@pytest.fixture
def fresh_list(counter: Counter) -> None:
    trust(counter, TrustList(made_at=NOW.wall, keys=(certified(),)))


def checks(counter: Counter, subject: str) -> list[AuditEntry]:
    with counter.store.reading() as ledger:
        return [row for row in ledger.audit.about(subject) if row.act == "check_paper"]


def kept(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.usefixtures("fresh_list")
@pytest.mark.parametrize("scanned", [LETTERS, LETTERS.swapcase()], ids=["as printed", "under Caps Lock"])
def test_scanned_text_is_checked_whole_blanks_and_signs_included(
    desk: OpenPaperCheckDesk, officer: Officer, scanned: str
) -> None:
    assert " " in LETTERS  # what a careless field would strip

    answer = desk.check_code(officer, scanned)

    assert (answer.answer, answer.cause) == (Answer.VALID, Cause.NONE)
    assert answer.paper is not None
    assert answer.paper.number == NUMBER


@pytest.mark.usefixtures("fresh_list")
def test_the_portrait_in_the_seal_is_handed_out_as_a_picture_every_screen_shows(
    desk: OpenPaperCheckDesk, officer: Officer
) -> None:
    answer = desk.check_code(officer, with_portrait())

    assert answer.paper is not None
    with Image.open(BytesIO(answer.paper.portrait)) as shown:
        assert (shown.format, shown.size) == ("PNG", (60, 80))


def test_a_paper_that_is_not_told_apart_is_written_down_too(
    counter: Counter, desk: OpenPaperCheckDesk, officer: Officer
) -> None:
    desk.check_code(officer, "https://example.test/paper")

    (row,) = checks(counter, "paper")
    assert (row.user_id, row.detail) == (officer.user_id, "cannot_tell")


def test_a_pdf_a_scan_and_a_photo_are_checked_and_written_down_once_each_without_a_nik(
    counter: Counter, desk: OpenPaperCheckDesk, officer: Officer, certificate: bytes, tmp_path: Path
) -> None:
    page = page_of(certificate)
    contents = {"paper.pdf": certificate, "scan.png": png(page), "photo.jpg": photo(page)}

    answers = [desk.check_file(officer, kept(tmp_path, *file)) for file in contents.items()]

    assert [(answer.answer, answer.list_age) for answer in answers] == [(Answer.VALID, 0)] * 3
    paper = answers[0].paper
    assert paper is not None
    rows = checks(counter, paper.number)
    assert [(row.user_id, row.detail) for row in rows] == [(officer.user_id, "valid")] * 3
    assert paper.nik not in str(rows)


def test_a_picture_without_a_code_is_no_answer_and_is_written_down(
    counter: Counter, desk: OpenPaperCheckDesk, officer: Officer, tmp_path: Path
) -> None:
    path = kept(tmp_path, "empty.png", png(Image.new("L", (600, 800), 255)))

    answer = desk.check_file(officer, path)

    assert (answer.answer, answer.cause, answer.paper) == (Answer.CANNOT_TELL, Cause.NO_SEAL, None)
    assert len(checks(counter, "paper")) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"letters", bytes(3000)])
def test_what_is_neither_a_pdf_nor_a_picture_is_said_and_no_check(
    counter: Counter, desk: OpenPaperCheckDesk, officer: Officer, tmp_path: Path, content: bytes
) -> None:
    path = kept(tmp_path, "letter.txt", content)

    with pytest.raises(NoPictureError):
        desk.check_file(officer, path)

    assert checks(counter, "paper") == []


def test_a_file_that_is_gone_a_folder_and_a_name_no_disk_takes_are_said(
    desk: OpenPaperCheckDesk, officer: Officer, tmp_path: Path
) -> None:
    for path in (str(tmp_path / "gone.pdf"), str(tmp_path), "", "x" * 5000, "zero\0.pdf"):
        with pytest.raises(PaperFileError) as raised:
            desk.check_file(officer, path)
        assert isinstance(raised.value, NoFileThereError) or path == "x" * 5000


def test_a_file_larger_than_any_photo_is_not_read(
    desk: OpenPaperCheckDesk, officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_check_desk, "LARGEST", 100)

    with pytest.raises(TooLargeError):
        desk.check_file(officer, kept(tmp_path, "large.pdf", bytes(101)))


def test_a_page_as_large_as_a_wall_is_drawn_small_enough_for_the_memory(
    desk: OpenPaperCheckDesk, officer: Officer, tmp_path: Path
) -> None:
    pdf = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>endobj\ntrailer<</Root 1 0 R>>\n"
    )

    answer = desk.check_file(officer, kept(tmp_path, "wall.pdf", pdf))

    assert answer.cause is Cause.NO_SEAL


def watched(counter: Counter, officer: Officer, reel: Reel) -> tuple[str | None, list[Raster]]:
    """Return which code was found and all that was shown, stopped at the reel's end."""
    stop, shown = threading.Event(), list[Raster]()
    reel.at_end = stop.set
    desk = OpenPaperCheckDesk(counter, KitOf(reel))
    return desk.watch(officer, shown.append, stop), shown


def told(counter: Counter, officer: Officer, code: str | None) -> PaperAnswer:
    assert code is not None
    return OpenPaperCheckDesk(counter, RecordingKit({}, NobodyAsked())).check_code(officer, code)


def test_a_certificate_held_before_the_camera_is_found_and_ends_the_live_picture(
    counter: Counter, officer: Officer, certificate: bytes
) -> None:
    empty, held = portrait(3, 1990, (1280, 960)), held_before(certificate)

    code, shown = watched(counter, officer, Reel([*[empty] * 7, *[held] * 40]))

    assert told(counter, officer, code).answer is Answer.VALID
    assert 8 <= len(shown) <= 13  # the first picture with the paper is the eighth, every fifth is read
    assert {(raster.width, raster.height, raster.channels) for raster in shown} == {(960, 720, 3)}


def test_four_pictures_a_second_are_read(counter: Counter, officer: Officer, certificate: bytes) -> None:
    empty, held = portrait(3, 1990, (1280, 960)), held_before(certificate)
    once = [held if number == 6 else empty for number in range(20)]  # between two that are read

    assert watched(counter, officer, Reel(once))[0] is None


def test_of_several_codes_the_seal_is_taken_and_without_one_the_other_is_told(
    counter: Counter, officer: Officer
) -> None:
    both = np.full((1200, 1600), 255, np.uint8)
    drawn(both, "https://example.test/queue", 10, 100, 6)
    other = both.copy()
    drawn(both, LETTERS, 700, 100, 8)

    assert watched(counter, officer, Reel([both]))[0] == LETTERS
    assert watched(counter, officer, Reel([other]))[0] == "https://example.test/queue"


def drawn(picture: Picture, text: str, left: int, top: int, step: int) -> None:
    """Draw a QR code into a grey picture."""
    matrix = np.array([list(line) for line in segno.make(text, error="l", micro=False).matrix], np.uint8)
    code = np.kron(np.where(matrix, 0, 255).astype(np.uint8), np.ones((step, step), np.uint8))
    picture[top : top + len(code), left : left + len(code)] = code


def test_a_camera_that_goes_away_or_is_none_is_told(counter: Counter, officer: Officer) -> None:
    empty = portrait(3, 1990, (320, 240))
    with pytest.raises(NotConnectedError):
        watched(counter, officer, Reel([empty], NotConnectedError("gone")))

    with pytest.raises(KitError):
        OpenPaperCheckDesk(counter, RecordingKit({}, NobodyAsked())).watch(
            officer, lambda _: None, threading.Event()
        )


def test_every_role_may_check(counter: Counter, desk: OpenPaperCheckDesk) -> None:
    for role in Role:
        desk.check_code(replace(Officer("x", "X", Role.OFFICER), role=role, user_id=role.value), "nothing")

    assert {row.user_id for row in checks(counter, "paper")} == {role.value for role in Role}
