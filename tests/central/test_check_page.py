"""The page that checks papers, in a real browser from a file, with no network: the same five answers as the kiosk's."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from central.clock import system_clock
from central.offices import RESOURCES
from kiosk.app.places import RESOURCES as OF_KIOSK
from kiosk.documents.seal import Seal, sealed
from kiosk.documents.typeface import load_typeface
from kiosk.domain.check_page_words import check_page_words
from kiosk.domain.papers import PaperKind
from kiosk.domain.words import Words
from kiosk.wire.check_page import PageParts, check_page
from kiosk.wire.signing import Purpose, SigningKey, sign
from kiosk.wire.trust import CertifiedKey, TrustList, WithdrawnPaper
from tests.central.browser import Browser
from tests.central.conftest import Centre
from tests.documents.made_papers import KEY, askew, made, page_of, person, photo_of

CENTRE, STRANGER = SigningKey(bytes(range(1, 33))), SigningKey(bytes(range(2, 34)))
SEAL = Seal(
    number="471.13/0042/33.25.07/I/2026",
    kind=PaperKind.TEMPORARY_CERTIFICATE,
    issuer="33.25.07/2",
    issued_at=datetime(2026, 1, 29, 3, 6, tzinfo=UTC),
    valid_until=date(2089, 7, 29),
    nik="3325075708900002",
    name="SITI AMINAH",
    birth_date=date(1990, 8, 17),
    sex=2,
)
HOUR = timedelta(hours=1)
SENTENCES = {
    language: check_page_words(Words.load(RESOURCES / "locale", language)) for language in ("id", "en")
}


@pytest.fixture(scope="module")
def parts() -> PageParts:
    return PageParts.load(RESOURCES / "check")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = Browser(tmp_path_factory.mktemp("browser"))
    yield made
    made.close()


def certified(until: datetime | None = None) -> CertifiedKey:
    return CertifiedKey(
        kiosk_id="gringsing-2", office="33.25.07", issuer="33.25.07/2", key=KEY.public.text, until=until
    )


def listed(
    age: int = 0, *, until: datetime | None = None, gone: str = "", practice: bool = False
) -> TrustList:
    """Return a list made so many days ago by the clock of this machine, which the browser asks too."""
    at = system_clock() - timedelta(days=age, minutes=5)
    ended = (WithdrawnPaper(number=gone, on=date(2026, 2, 1)),) if gone else ()
    return TrustList(made_at=at, practice=practice, keys=(certified(until),), withdrawn=ended)


def written(folder: Path, parts: PageParts, trust: TrustList, *, key: SigningKey = CENTRE) -> Path:
    path = folder / "check.html"
    token = sign(trust.plain(), key, Purpose.TRUST_LIST)
    path.write_text(check_page(parts, token, (CENTRE.public.text,), SENTENCES), encoding="utf-8")
    return path


def code(seal: Seal = SEAL, key: SigningKey = KEY) -> str:
    return quote(sealed(seal, key), safe="")


def test_a_genuine_paper_is_told_with_what_its_seal_says_and_nothing_is_asked_of_anybody(
    browser: Browser, parts: PageParts, tmp_path: Path
) -> None:
    told = browser.open(written(tmp_path, parts, listed()), code())

    assert (told["answer"], told["head"], told["age"]) == (
        "valid",
        "Asli dan berlaku",
        "Daftar bertanggal hari ini.",
    )
    for text in ("SITI AMINAH", "332507 570890 0002", "17-08-1990", SEAL.number, "33.25.07/2", "29-07-2089"):
        assert text in told["rows"]
    assert browser.asked == []


SHEET = replace(SEAL, valid_until=None, kind=PaperKind.BIODATA_SHEET)
CASES = {
    "expired": (listed(), replace(SEAL, valid_until=date(2025, 7, 29)), KEY, ("expired", "")),
    "withdrawn": (listed(gone=SEAL.number), SEAL, KEY, ("withdrawn", "")),
    "withdrawn by an old list": (listed(300, gone=SEAL.number), SEAL, KEY, ("withdrawn", "")),
    "by a key nobody knows": (listed(), SEAL, STRANGER, ("not_genuine", "unknown_key")),
    "revoked before": (listed(until=SEAL.issued_at - HOUR), SEAL, KEY, ("not_genuine", "unknown_key")),
    "revoked after": (listed(until=SEAL.issued_at + HOUR), SEAL, KEY, ("valid", "")),
    "an old list": (listed(8), SEAL, KEY, ("cannot_tell", "old_list")),
    "an old list without the key": (listed(8), SEAL, STRANGER, ("cannot_tell", "unknown_key")),
    "without an end": (listed(), SHEET, KEY, ("valid", "")),
}


@pytest.mark.parametrize("case", CASES)
def test_the_answers_are_those_of_the_kiosk(
    browser: Browser, parts: PageParts, tmp_path: Path, case: str
) -> None:
    trust, seal, key, expected = CASES[case]

    told = browser.open(written(tmp_path, parts, trust), code(seal, key))

    assert (told["answer"], told["cause"]) == expected


def test_an_old_list_says_its_age(browser: Browser, parts: PageParts, tmp_path: Path) -> None:
    told = browser.open(written(tmp_path, parts, listed(8)), code())

    assert told["age"] == "Daftar berumur 8 hari."
    assert told["rows"]


def test_every_altered_letter_is_refused(browser: Browser, parts: PageParts, tmp_path: Path) -> None:
    letters = sealed(SEAL, KEY)
    browser.open(written(tmp_path, parts, listed()))
    script = f"""(async () => {{
        const text = {letters!r}, kept = [];
        for (let at = 0; at < text.length; at += 1) {{
            const other = LETTERS[(LETTERS.indexOf(text[at]) + 7) % 45];
            const told = await check(text.slice(0, at) + other + text.slice(at + 1), list, Date.now());
            if (!["not_genuine", "cannot_tell"].includes(told.answer) || told.seal) kept.push(at);
        }}
        return JSON.stringify(kept);
    }})()"""

    assert browser.evaluate(script) == "[]"


@pytest.mark.parametrize(
    "text",
    ["SITI", "https://example.test/a", "é😀 \u202e", "A" * 4097, "0" * 100_000, "%", ":::"],
    ids=range(7),
)
def test_anything_else_is_no_code_of_a_kiosk(
    browser: Browser, parts: PageParts, tmp_path: Path, text: str
) -> None:
    told = browser.open(written(tmp_path, parts, listed()))
    browser.evaluate(f"checkText({text!r})")

    told = browser.told()
    assert (told["answer"], told["cause"]) == ("cannot_tell", "no_seal")
    assert told["rows"] == ""


def test_a_photo_of_a_blurred_page_is_read_with_its_portrait(
    browser: Browser, parts: PageParts, tmp_path: Path
) -> None:
    load_typeface(OF_KIOSK)
    paper, photo = made(person(), photo=photo_of(1)), tmp_path / "photo.jpg"
    askew(page_of(paper.pdf, dpi=200)).save(photo, "JPEG", quality=85)
    browser.open(written(tmp_path, parts, listed()))

    browser.hand_file("#photo", photo)
    browser.until("!document.getElementById('answer').hidden")

    told = browser.told()
    assert told["answer"] == "valid"
    assert paper.seal.name in told["rows"]
    browser.until("document.getElementById('portrait').naturalWidth === 60")


def test_a_file_that_is_no_picture_is_told_at_its_place(
    browser: Browser, parts: PageParts, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("no picture")
    browser.open(written(tmp_path, parts, listed()))

    browser.hand_file("#photo", tmp_path / "note.txt")
    browser.until("document.getElementById('trouble').innerText !== ''")

    assert browser.told()["trouble"].startswith("Gambar ini tidak terbaca.")


def test_a_page_whose_list_the_centre_did_not_sign_says_so_and_checks_nothing(
    browser: Browser, parts: PageParts, tmp_path: Path
) -> None:
    path = written(tmp_path, parts, listed(), key=STRANGER)
    assert browser.open(path, code())["ready"] == "no"
    assert browser.evaluate("document.getElementById('broken').hidden") is False
    assert browser.evaluate("document.getElementById('asking').hidden") is True

    good = written(tmp_path, parts, listed()).read_text(encoding="utf-8")
    place = good.index('"list": "') + 200
    path.write_text(good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1 :], encoding="utf-8")
    assert browser.open(path, code())["ready"] == "no"


def test_it_speaks_english_too_and_a_practice_list_is_marked(
    browser: Browser, parts: PageParts, tmp_path: Path
) -> None:
    browser.open(written(tmp_path, parts, listed(practice=True)), code())
    assert browser.evaluate("document.getElementById('practice').hidden") is False

    browser.evaluate("document.getElementById('language').click()")

    assert browser.told()["head"] == "Genuine and valid"
    assert "?" not in "".join(SENTENCES["id"]) + "".join(SENTENCES["en"])


def test_the_centre_hands_it_out_and_writes_page_and_list_for_a_stick(centre: Centre, tmp_path: Path) -> None:
    centre.run("check-page", str(tmp_path / "check.html"))
    centre.run("trust-list", str(tmp_path / "list.txt"))

    page = (tmp_path / "check.html").read_text(encoding="utf-8")
    with urlopen(f"http://127.0.0.1:{centre.port}/check") as answer:
        served = answer.read().decode("utf-8")
    assert page.startswith("<!doctype html>")
    assert served.startswith("<!doctype html>")
    assert (tmp_path / "list.txt").read_text().count(".") == 2
    assert "://" not in page.replace("https://hyperelliptic.org/", "")  # the source a comment names


def test_what_others_wrote_is_as_it_was_taken(parts: PageParts) -> None:
    folder = RESOURCES / "check" / "vendor"
    told = (folder / "VENDORED.md").read_text(encoding="utf-8")

    for path in sorted(folder.glob("*.js")) + sorted(folder.glob("*.wasm")):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in told
    assert len(BytesIO(parts.reader).read()) > 500_000
