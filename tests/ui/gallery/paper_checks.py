"""The page on which papers are checked: each answer, the wait, and what goes wrong on the three ways."""

from datetime import date
from functools import cache

import numpy as np
import segno
from PySide6.QtWidgets import QWidget

from kiosk.biometrics.encoding import jpeg_of
from kiosk.biometrics.judgements import Image
from kiosk.devices.sim.face import live, portrait
from kiosk.domain.paper_check import Answer, Cause
from kiosk.domain.papers import PaperKind
from kiosk.domain.words import Words
from kiosk.services.paper_answers import PaperAnswer, PaperOfSeal
from kiosk.services.pictures import Raster, raster_of
from kiosk.ui.outside_papers import OutsidePaper
from kiosk.ui.pages.paper_check import PaperCheckPage
from kiosk.ui.pages.paper_check_state import PaperCheckState, Told, Way
from kiosk.ui.places import PAPER_CHECK
from tests.ui.gallery.desk import LONGEST_NAME
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import framed

PERSON = 17
FILES = (
    OutsidePaper("/media/usb/surat keterangan.pdf", "surat keterangan.pdf", "KINGSTON", is_stick=True),
    OutsidePaper("/media/usb/IMG_20260128_101522.jpg", "IMG_20260128_101522.jpg", "KINGSTON", is_stick=True),
    OutsidePaper("/home/petugas/Unduhan/WhatsApp Image.jpeg", "WhatsApp Image.jpeg", "Unduhan"),
)


@cache
def _portrait() -> bytes:
    return jpeg_of(portrait(PERSON, 1990, (60, 80)), quality=70)


@cache
def _seen(*, paper: bool) -> Raster:
    """Return what the camera sees: the counter, or a sheet that somebody holds near it."""
    room: Image = live(PERSON, 1990, (960, 720), at=1.0).copy()
    if paper:
        room[40:, 160:800] = 246
        matrix = np.array([list(line) for line in segno.make("4" * 1500, error="l").matrix], np.uint8)
        step = 420 // len(matrix)
        code = np.kron(np.where(matrix, 20, 246).astype(np.uint8), np.ones((step, step), np.uint8))
        room[170 : 170 + len(code), 290 : 290 + len(code)] = code[..., None]
    return raster_of(room)


def paper(name: str = "SITI AMINAH", *, portrait: bool = True, until: bool = True) -> PaperOfSeal:
    """Return what the seal of a paper says."""
    return PaperOfSeal(
        number="471.13/0042/33.25.07/I/2026",
        kind=PaperKind.TEMPORARY_CERTIFICATE if until else PaperKind.BIODATA_SHEET,
        issuer="33.25.07/2",
        issued_on=date(2026, 1, 29),
        valid_until=date(2026, 7, 29) if until else None,
        nik="3325075708900002",
        name=name,
        birth_date=date(1990, 8, 17),
        portrait=_portrait() if portrait else b"",
    )


def _page(words: Words, state: PaperCheckState, *, seen: Raster | None = None) -> PaperCheckPage:
    page = PaperCheckPage(words)
    page.show_state(state)
    if seen is not None:
        page.show_picture(seen)
    return page


def _shown(words: Words, page: PaperCheckPage) -> QWidget:
    return framed(words, page, place=PAPER_CHECK)


def _answered(
    words: Words, answer: Answer, cause: Cause, of: PaperOfSeal | None, list_age: int | None
) -> QWidget:
    found = PaperAnswer(answer, cause, of, list_age)
    state = PaperCheckState(answer=found, camera=Way.RESTS, scanner=Way.READS)
    return _shown(words, _page(words, state))


def _waits(words: Words, *, paper_held: bool = False, typed: str = "") -> QWidget:
    page = _page(words, PaperCheckState(camera=Way.READS, scanner=Way.READS), seen=_seen(paper=paper_held))
    page.code.setText(typed)
    return _shown(words, page)


def _without(words: Words, camera: Way, scanner: Way) -> QWidget:
    away: Told = (
        words.say("The device is not connected."),
        words.say("It goes on by itself. Meanwhile scan the code, or choose a file."),
    )
    told = " ".join(
        (words.say("The device is not connected."), words.say("Check its cable; what was taken is safe."))
    )
    state = PaperCheckState(
        camera=camera,
        camera_told=away if camera is Way.AWAY else ("", ""),
        scanner=scanner,
        scanner_told=told if scanner is Way.AWAY else "",
    )
    return _shown(words, _page(words, state))


def _file(
    words: Words,
    files: tuple[OutsidePaper, ...] | None = FILES,
    *,
    own: str | None = None,
    trouble: tuple[str, str] | None = None,
    is_checking: bool = False,
) -> QWidget:
    state = PaperCheckState(camera=Way.READS, scanner=Way.READS)
    page = _page(words, state, seen=_seen(paper=False))
    page.file.click()
    if files is not None:
        page.panel.show_files(files)
    if own is not None:
        page.panel.files.rows[-1].click()
        page.panel.own.setText(own)
    if trouble is not None:
        page.panel.show_trouble((words.say(trouble[0]), words.say(trouble[1])))
    page.panel.show_working(is_checking=is_checking)
    return _shown(words, page)


def _failed(words: Words) -> QWidget:
    trouble = (
        words.say("The data could not be written."),
        words.say("What was saved before is safe. Try again."),
    )
    state = PaperCheckState(camera=Way.READS, scanner=Way.READS, trouble=trouble)
    return _shown(words, _page(words, state, seen=_seen(paper=True)))


_NO_PICTURE = ("This is neither a PDF nor a photo.", "Choose the PDF, or a photo of the whole paper.")
_VALID, _NONE = Answer.VALID, Cause.NONE

SHOTS = (
    Shot("check-waits", _waits),
    Shot("check-held", lambda words: _waits(words, paper_held=True)),
    Shot("check-typed", lambda words: _waits(words, typed="NCFKXE*8IJ.8 $%+-/:" * 30)),
    Shot("check-opens", lambda words: _without(words, Way.OPENS, Way.READS)),
    Shot("check-no-camera", lambda words: _without(words, Way.NONE, Way.NONE)),
    Shot("check-camera-away", lambda words: _without(words, Way.AWAY, Way.AWAY)),
    Shot("check-valid", lambda words: _answered(words, _VALID, _NONE, paper(), 0)),
    Shot("check-valid-sheet", lambda words: _answered(
        words, _VALID, _NONE, paper(LONGEST_NAME, portrait=False, until=False), 6
    )),
    Shot("check-expired", lambda words: _answered(words, Answer.EXPIRED, _NONE, paper(), 1)),
    Shot("check-withdrawn", lambda words: _answered(words, Answer.WITHDRAWN, _NONE, paper(), 212)),
    Shot("check-not-genuine", lambda words: _answered(words, Answer.NOT_GENUINE, Cause.ALTERED, None, 2)),
    Shot("check-unknown-key", lambda words: _answered(words, Answer.NOT_GENUINE, Cause.UNKNOWN_KEY, None, 0)),
    Shot("check-old-list", lambda words: _answered(
        words, Answer.CANNOT_TELL, Cause.OLD_LIST, paper(LONGEST_NAME), 12
    )),
    Shot("check-not-in-register", lambda words: _answered(
        words, Answer.CANNOT_TELL, Cause.NOT_IN_REGISTER, paper(), None
    )),
    Shot("check-no-list", lambda words: _answered(words, Answer.CANNOT_TELL, Cause.UNKNOWN_KEY, None, None)),
    Shot("check-unreadable", lambda words: _answered(words, Answer.CANNOT_TELL, Cause.NO_SEAL, None, None)),
    Shot("check-file", _file),
    Shot("check-file-looking", lambda words: _file(words, None)),
    Shot("check-file-own", lambda words: _file(words, own="/media/usb/surat.pdf", is_checking=True)),
    Shot("check-file-unreadable", lambda words: _file(words, own="/media/usb/surat.txt", trouble=_NO_PICTURE)),
    Shot("check-failed", _failed),
)  # fmt: skip
