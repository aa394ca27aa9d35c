"""`kiosk certificate`: whether a paper is genuine and counts, told from a PDF or a picture, without a network.

`list` takes in the centre's list of keys and ended papers from a stick; `key` the office's PKCS#12, which then signs
papers that are saved as files.
"""

import argparse
import getpass
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
from kiosk.services.accounts import log_in
from kiosk.services.counter import Counter
from kiosk.services.faults import NoKioskHereError
from kiosk.services.office_key import put_office_key
from kiosk.services.paper_checking import PaperAnswer, PaperOfSeal, check_file
from kiosk.services.trust_lists import bring_trust_list

LARGEST = 32 << 20  # bytes of a file that is looked at
OTHER = 3  # the exit code for every answer but genuine and valid


class FileUnreadError(KioskError):
    """The file cannot be read, or is too large to be a paper."""


def add_command(commands: Parsers) -> argparse.ArgumentParser:
    """Add the command to the parser."""
    parser = commands.add_parser("certificate", help="check a paper that a kiosk printed")
    parser.add_argument("act", choices=["check", "list", "key"])
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="check: a PDF, or a photo or scan of the paper; list: the centre's list; key: a PKCS#12",
    )
    parser.add_argument("--user", default="", help="key: who signs in; passwords are read from the terminal")
    return parser


def run(options: argparse.Namespace) -> int:
    """Do the act; 0 when done, which for a check means genuine and valid, 3 for any other answer."""
    if is_vacant(options.data):
        raise NoKioskHereError(f"There is no kiosk in {options.data}; nothing was done.")
    content, words = _read(options.file), words_of(options.data)
    with opened(options.data) as installation:
        counter = installation.counter
        match options.act:
            case "list":
                return _bring_list(counter, words, content)
            case "key":
                return _keep_key(counter, words, content, options.user)
        answer = check_file(counter, content)
    for line in _lines(words, answer):
        sys.stdout.write(f"{line}\n")
    return 0 if answer.answer is Answer.VALID else OTHER


def _bring_list(counter: Counter, words: Words, content: bytes) -> int:
    listed = bring_trust_list(counter, None, content.decode("ascii", errors="replace"))
    at = words.date(counter.here(listed.made_at).date())
    sys.stdout.write(words.say("The list of {day} was taken in.", day=at) + "\n")
    return 0


def _keep_key(counter: Counter, words: Words, content: bytes, user_id: str) -> int:
    officer = log_in(counter, user_id, _secret(words.say("Password of {user}: ", user=user_id)))
    key = put_office_key(counter, officer, content, _secret(words.say("Password of the file: ")))
    until = words.date(counter.here(key.until).date())
    sys.stdout.write(
        words.say("Saved papers are signed by {holder}, until {day}.", holder=key.holder, day=until) + "\n"
    )
    return 0


def _secret(asked: str) -> str:
    """Read a password: unseen from a terminal, else a line of the standard input."""
    return getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


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
