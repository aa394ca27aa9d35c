"""Checking a paper somebody brings: its seal by the keys the centre certified, its number by the list of ended papers.

What this kiosk issued itself is answered by its own register, which is as fresh as can be.
"""

from dataclasses import dataclass

from kiosk.documents.seal import Doubt, Seal, SealError, opened
from kiosk.documents.seal_reading import UnreadableFileError, codes_in
from kiosk.domain.paper_check import Answer, Cause, judge_seal, judge_unknown_key
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.paper_answers import NoPictureError, PaperAnswer, PaperOfSeal
from kiosk.services.trust_lists import newest_trust_list
from kiosk.storage.store import Ledger
from kiosk.wire.signing import VerifyKey
from kiosk.wire.trust import TrustList

__all__ = ["PaperAnswer", "PaperOfSeal", "check_as", "check_file", "check_file_as", "check_letters"]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known here of keys and papers."""

    keys: dict[bytes, VerifyKey]
    trust: TrustList | None
    own_key: VerifyKey | None


def check_file(counter: Counter, content: bytes) -> PaperAnswer:
    """Check the paper in a PDF, photo or scan."""
    try:
        codes = codes_in(content)
    except UnreadableFileError:
        codes = ()
    return _first_of(counter, codes)


def check_as(counter: Counter, officer: Officer, letters: str) -> PaperAnswer:
    """Check what an officer scanned, and write down that it was.

    letters: as the scanner gave them; blanks count.  One that types gives small letters while Caps Lock is on.
    """
    require(officer, Permission.CHECK_CERTIFICATE)
    return _written_down(counter, officer, check_letters(counter, letters.upper()))


def check_file_as(counter: Counter, officer: Officer, content: bytes) -> PaperAnswer:
    """Check the file an officer was given, and write down that it was.

    Raises `NoPictureError` for what is neither a PDF nor a picture: nothing was checked then, nor written down.
    """
    require(officer, Permission.CHECK_CERTIFICATE)
    try:
        codes = codes_in(content)
    except UnreadableFileError as error:
        raise NoPictureError(
            f"The file is neither a PDF nor a picture ({error}); choose another one."
        ) from error
    return _written_down(counter, officer, _first_of(counter, codes))


def check_letters(counter: Counter, letters: str) -> PaperAnswer:
    """Check the text of a QR code."""
    with counter.store.reading() as ledger:
        known = _known(ledger)
        age = _age(counter, known.trust)
        try:
            seal = opened(letters, known.keys)
        except SealError as error:
            return _doubted(error.doubt, age)
        if known.own_key is not None and _is_signed_by_any(
            letters, {known.own_key.fingerprint: known.own_key}
        ):
            return _of_register(counter, ledger, seal, age)
    if known.trust is None or not _is_signed_by_any(letters, known.trust.verify_keys(seal.issued_at)):
        return _doubted(Doubt.UNKNOWN_KEY, age)
    withdrawn = any(gone.number == seal.number for gone in known.trust.withdrawn)
    answer, cause = judge_seal(seal.valid_until, today=counter.today(), withdrawn=withdrawn, list_age=age)
    return PaperAnswer(answer, cause, _paper(counter, seal), age)


def _first_of(counter: Counter, codes: tuple[str, ...]) -> PaperAnswer:
    """Return what is told of the first seal among the codes of a file."""
    answers = (check_letters(counter, code) for code in codes)
    told = next((answer for answer in answers if answer.cause is not Cause.NO_SEAL), None)
    if told is not None:
        return told
    with counter.store.reading() as ledger:
        return _nothing(Cause.NO_SEAL, Answer.CANNOT_TELL, _age(counter, newest_trust_list(ledger)))


def _written_down(counter: Counter, officer: Officer, answer: PaperAnswer) -> PaperAnswer:
    subject = answer.paper.number if answer.paper else "paper"
    with counter.store.writing() as ledger:
        ledger.audit.append(
            counter.clock().wall, officer.user_id, "check_paper", subject, answer.answer.value
        )
    return answer


def _of_register(counter: Counter, ledger: Ledger, seal: Seal, list_age: int | None) -> PaperAnswer:
    """Answer by this kiosk's own register; a number that is not in it was never issued by this program."""
    entry = ledger.papers.get(seal.number)
    if entry is None:
        return PaperAnswer(Answer.CANNOT_TELL, Cause.NOT_IN_REGISTER, _paper(counter, seal), list_age)
    ended = not entry.is_valid(seal.issued_at.date())
    answer, cause = judge_seal(seal.valid_until, today=counter.today(), withdrawn=ended, list_age=0)
    return PaperAnswer(answer, cause, _paper(counter, seal), 0)


def _known(ledger: Ledger) -> _Known:
    trust, key = newest_trust_list(ledger), ledger.facts.signing_key()
    keys = trust.verify_keys() if trust else {}
    own = key.public if key else None
    if own is not None:
        keys[own.fingerprint] = own
    return _Known(keys, trust, own)


def _is_signed_by_any(letters: str, keys: dict[bytes, VerifyKey]) -> bool:
    try:
        opened(letters, keys)
    except SealError:
        return False
    return True


def _age(counter: Counter, trust: TrustList | None) -> int | None:
    if trust is None:
        return None
    return max(0, (counter.clock().wall - trust.made_at).days)


def _doubted(doubt: Doubt, age: int | None) -> PaperAnswer:
    match doubt:
        case Doubt.UNREADABLE:
            return _nothing(Cause.NO_SEAL, Answer.CANNOT_TELL, age)
        case Doubt.ALTERED:
            return _nothing(Cause.ALTERED, Answer.NOT_GENUINE, age)
    answer, cause = judge_unknown_key(age)
    return _nothing(cause, answer, age)


def _nothing(cause: Cause, answer: Answer, age: int | None) -> PaperAnswer:
    return PaperAnswer(answer, cause, None, age)


def _paper(counter: Counter, seal: Seal) -> PaperOfSeal:
    return PaperOfSeal(
        number=seal.number,
        kind=seal.kind,
        issuer=seal.issuer,
        issued_on=counter.here(seal.issued_at).date(),
        valid_until=seal.valid_until,
        nik=seal.nik,
        name=seal.name,
        birth_date=seal.birth_date,
        portrait=seal.portrait,
    )
