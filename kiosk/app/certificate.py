"""`kiosk certificate check`: whether a paper is genuine and counts, told from a PDF or a picture, without a network."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.app.catalogue import words_of
from kiosk.app.command import Parsers
from kiosk.app.places import is_vacant
from kiosk.app.wiring import opened
from kiosk.domain.errors import KioskError
from kiosk.domain.paper_check import Answer
from kiosk.domain.paper_check_words import ANSWERS, CAUSES, KINDS, age_words
from kiosk.domain.words import Words
from kiosk.services.faults import NoKioskHereError
from kiosk.services.paper_checking import PaperAnswer, PaperOfSeal, check_file

LARGEST = 32 << 20  # bytes of a file that is looked at
OTHER = 3  # the exit code for every answer but genuine and valid


class FileUnreadError(KioskError):
    """The file cannot be read, or is too large to be a paper."""


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    parser = commands.add_parser("certificate", help="check a paper that a kiosk printed")
    parser.add_argument("act", choices=["check"])
    parser.add_argument("file", type=Path, metavar="FILE", help="a PDF, or a photo or scan of the paper")
    return parser


def run(options: argparse.Namespace) -> int:
    """Check the paper; 0 for genuine and valid, 3 for any other answer."""
    if is_vacant(options.data):
        raise NoKioskHereError(f"There is no kiosk in {options.data}; nothing was checked.")
    content, words = _read(options.file), words_of(options.data)
    with opened(options.data) as installation:
        answer = check_file(installation.counter, content)
    for line in _lines(words, answer):
        sys.stdout.write(f"{line}\n")
    return 0 if answer.answer is Answer.VALID else OTHER


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise FileUnreadError(f"{path} has more than {LARGEST >> 20} MB; a photo of the paper has less.")
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadError(f"{path} cannot be read: {error.strerror}.") from error


def _lines(words: Words, answer: PaperAnswer) -> Iterator[str]:
    yield words.say(ANSWERS[answer.answer])
    if CAUSES[answer.cause]:
        yield words.say(CAUSES[answer.cause])
    yield age_words(words, answer.list_age)
    if answer.paper is not None:
        yield from _paper(words, answer.paper)


def _paper(words: Words, paper: PaperOfSeal) -> Iterator[str]:
    yield f"{words.say(KINDS[paper.kind])} {paper.number}"
    yield f"{paper.name}, {words.date(paper.birth_date)}, NIK {paper.nik}"
    yield words.say(
        "Issued {day} at counter {counter}", day=words.date(paper.issued_on), counter=paper.issuer
    )
    if paper.valid_until is not None:
        yield words.say("Valid until {day}", day=words.date(paper.valid_until))
