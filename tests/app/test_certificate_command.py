"""`kiosk certificate check FILE`: each answer in sentences, and by the exit code whether a paper counts."""

import zlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import base45  # type: ignore[import-untyped]  # it ships no types
import pytest
import segno

from kiosk.app import certificate
from kiosk.app.catalogue import words_of
from kiosk.app.certificate import OTHER
from kiosk.app.main import main
from kiosk.app.papers import paper_desk
from kiosk.app.wiring import make_practice, opened
from kiosk.documents.seal import Seal, sealed
from kiosk.domain.paper_check import FRESH_DAYS, Answer, Cause
from kiosk.domain.paper_check_words import ANSWERS, CAUSES, age_words
from kiosk.domain.papers import PaperKind
from kiosk.domain.roles import Role
from kiosk.services.counter import Officer
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.wire.signing import SigningKey
from kiosk.wire.trust import TrustList, WithdrawnPaper
from tests.services.sealed_papers import LETTERS, NEIGHBOUR, NUMBER, SEAL, certified, page_of, photo, trust
from tests.ui.window.residents import recorded

BOSS = Officer("supervisor", "Supervisor Latihan", Role.SUPERVISOR)
LASTING = replace(SEAL, valid_until=date(2999, 1, 1))


class Checks:
    """A practice office that issued a certificate, and the command at its machine."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.said: list[str] = []
        self.complaint = ""

    def check(self, path: Path, folder: Path | None = None) -> int:
        """Run the command; returns its exit code."""
        self._capsys.readouterr()
        code = main(["certificate", "check", str(path), "--data", str(folder or self.folder)])
        told = self._capsys.readouterr()
        self.said, self.complaint = told.out.splitlines(), told.err
        return code

    def sentences(self, answer: Answer, cause: Cause = Cause.NONE) -> list[str]:
        """Return what the command says first of such an answer."""
        words = words_of(self.folder)
        return [words.say(ANSWERS[answer]), *([words.say(CAUSES[cause])] if cause else [])]

    def age(self, days: int | None) -> str:
        return age_words(words_of(self.folder), days)

    def listen(self, days: int, *, withdrawn: str = "", knows: bool = True) -> None:
        """Let the centre's list be so many days old."""
        with opened(self.folder) as installation:
            counter = installation.counter
            made_at = counter.clock().wall - timedelta(days=days)
            gone = (WithdrawnPaper(number=withdrawn, on=date(2026, 1, 3)),) if withdrawn else ()
            keys = (certified(),) if knows else ()
            trust(counter, TrustList(made_at=made_at, keys=keys, withdrawn=gone))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, str]:
    """The folder of the office, and the PDF and the number of the certificate."""
    folder = tmp_path_factory.mktemp("office") / "kiosk"
    make_practice(folder)
    with opened(folder) as installation:
        counter = installation.counter
        desk = paper_desk(counter, RecordingKit({}, NobodyAsked()))
        outcome = desk.issue(BOSS, recorded(counter), PaperKind.TEMPORARY_CERTIFICATE, "")
        return folder, desk.issuer.pdf(outcome.number), outcome.number


@pytest.fixture
def checks(office: tuple[Path, bytes, str], capsys: pytest.CaptureFixture[str]) -> Checks:
    return Checks(office[0], capsys)


@pytest.fixture
def certificate_file(office: tuple[Path, bytes, str], tmp_path: Path) -> Path:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(office[1])
    return path


def code_of(folder: Path, seal: Seal, key: SigningKey = NEIGHBOUR) -> Path:
    """Return a picture of a seal's code."""
    path = folder / "code.png"
    segno.make(sealed(seal, key), error="l", micro=False).save(str(path), scale=4, border=4)
    return path


def test_a_certificate_of_this_kiosk_is_genuine_and_ends_with_0(
    checks: Checks, certificate_file: Path, office: tuple[Path, bytes, str]
) -> None:
    code = checks.check(certificate_file)

    assert code == 0
    assert checks.said[:2] == [*checks.sentences(Answer.VALID), checks.age(0)]
    assert any(office[2] in line for line in checks.said)
    assert any("NIK " in line for line in checks.said)
    assert checks.complaint == ""


def test_so_is_a_photo_of_it(checks: Checks, office: tuple[Path, bytes, str], tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo(page_of(office[1])))

    assert checks.check(tmp_path / "photo.jpg") == 0


def test_a_paper_of_another_office_is_valid_by_a_fresh_list(checks: Checks, tmp_path: Path) -> None:
    checks.listen(3)

    code = checks.check(code_of(tmp_path, LASTING))

    assert code == 0
    assert checks.said[:2] == [*checks.sentences(Answer.VALID), checks.age(3)]
    assert "3" in checks.said[1]
    assert "?" not in checks.said[1]


def test_a_paper_that_ran_out_ends_with_3(checks: Checks, tmp_path: Path) -> None:
    checks.listen(0)

    code = checks.check(code_of(tmp_path, replace(SEAL, valid_until=date(2026, 1, 4))))

    assert (code, OTHER) == (3, 3)
    assert checks.said[:1] == checks.sentences(Answer.EXPIRED)


def test_a_paper_that_was_taken_back_ends_with_3(checks: Checks, tmp_path: Path) -> None:
    checks.listen(400, withdrawn=NUMBER)

    code = checks.check(code_of(tmp_path, LASTING))

    assert code == OTHER
    assert checks.said[:1] == checks.sentences(Answer.WITHDRAWN)


def test_a_key_nobody_certified_ends_with_3(checks: Checks, tmp_path: Path) -> None:
    checks.listen(0, knows=False)

    code = checks.check(code_of(tmp_path, LASTING))

    assert code == OTHER
    assert checks.said[:3] == [*checks.sentences(Answer.NOT_GENUINE, Cause.UNKNOWN_KEY), checks.age(0)]
    assert SEAL.name not in " ".join(checks.said)


def test_an_old_list_cannot_tell_and_ends_with_3(checks: Checks, tmp_path: Path) -> None:
    checks.listen(FRESH_DAYS + 1)

    code = checks.check(code_of(tmp_path, LASTING))

    assert code == OTHER
    assert checks.said[:2] == checks.sentences(Answer.CANNOT_TELL, Cause.OLD_LIST)
    assert any(SEAL.name in line for line in checks.said)


@pytest.mark.parametrize("content", [b"", b"a letter", b"%PDF-1.7 broken"])
def test_a_file_without_a_code_ends_with_3(checks: Checks, tmp_path: Path, content: bytes) -> None:
    checks.listen(2)
    (tmp_path / "letter").write_bytes(content)

    code = checks.check(tmp_path / "letter")

    assert code == OTHER
    assert checks.said == [*checks.sentences(Answer.CANNOT_TELL, Cause.NO_SEAL), checks.age(2)]


def test_a_file_that_cannot_be_read_is_said_and_ends_with_1(checks: Checks, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pdf", tmp_path):
        assert checks.check(path) == 1
        assert checks.said == []
        assert checks.complaint.startswith(f"kiosk: {path} cannot be read: ")


def test_a_file_larger_than_any_photo_is_said_and_ends_with_1(
    checks: Checks, certificate_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "LARGEST", 1 << 10)

    assert checks.check(certificate_file) == 1
    assert "a photo of the paper has less" in checks.complaint


def test_where_no_kiosk_is_that_is_said_and_nothing_is_made(
    checks: Checks, certificate_file: Path, tmp_path: Path
) -> None:
    assert checks.check(certificate_file, tmp_path / "none") == 1
    assert "There is no kiosk in" in checks.complaint
    assert not (tmp_path / "none").exists()


def test_a_code_whose_signature_does_not_hold_is_not_genuine(checks: Checks, tmp_path: Path) -> None:
    checks.listen(0)
    forged = sealed(replace(LASTING, name="SOMEBODY ELSE"), NEIGHBOUR)
    path = tmp_path / "code.png"
    segno.make(altered(forged), error="l", micro=False).save(str(path), scale=4, border=4)

    code = checks.check(path)

    assert code == OTHER
    assert checks.said[:2] == checks.sentences(Answer.NOT_GENUINE, Cause.ALTERED)
    assert sealed(SEAL, NEIGHBOUR) == LETTERS  # else it would not be the signature that differs


def altered(letters: str) -> str:
    """Return a seal in which one letter of the name was changed after it was signed."""
    token = zlib.decompress(base45.b45decode(letters)).replace(b"SOMEBODY", b"SOMEBODI")
    return str(base45.b45encode(zlib.compress(token)), "ascii")
