"""The office's own key for files that are saved: kept in the encrypted database, where only this program reads it."""

from kiosk.documents.office_signature import (
    OfficeKey,
    OfficeKeyError,
    kept_office_key,
    read_office_key,
    signed_pdf,
)
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.errors import ServiceError
from kiosk.services.office_papers import office_papers

_PROBLEMS = {
    "password": "The password does not open this file",
    "no_file": "This is no PKCS#12 file",
    "no_key": "The file holds no key with its certificate",
    "key_kind": "The key is of a kind that signs no PDF; RSA and elliptic curves do",
    "expired": "The certificate has ended, or does not count yet",
}


class OfficeKeyUnusableError(ServiceError):
    """A PKCS#12 file that cannot sign papers; nothing was kept."""


def put_office_key(counter: Counter, officer: Officer, content: bytes, password: str) -> OfficeKey:
    """Keep the key of a PKCS#12 file, over an earlier one; raises `OfficeKeyUnusableError`."""
    require(officer, Permission.CHANGE_SETTINGS)
    try:
        key = read_office_key(content, password, now=counter.clock().wall)
    except OfficeKeyError as error:
        raise OfficeKeyUnusableError(f"{_PROBLEMS[error.problem]}; nothing was changed.") from error
    _keep(counter, officer, key.pkcs12, "put_office_key")
    return key


def drop_office_key(counter: Counter, officer: Officer) -> None:
    """Take the office's key away; files are saved without a signature from then on."""
    require(officer, Permission.CHANGE_SETTINGS)
    _keep(counter, officer, b"", "drop_office_key")


def office_key(counter: Counter) -> OfficeKey | None:
    """Return the office's key; None where there is none, or its certificate has ended."""
    with counter.store.reading() as ledger:
        kept = ledger.facts.office_key()
    key = kept_office_key(kept) if kept else None
    return key if key is not None and counter.clock().wall <= key.until else None


def signed_by_office(counter: Counter, pdf: bytes) -> tuple[bytes, OfficeKey | None]:
    """Return the file with the office's signature and whose it is; as it was, and None, without a key."""
    key = office_key(counter)
    if key is None:
        return pdf, None
    with counter.store.reading() as ledger:
        office = office_papers(ledger)
    return signed_pdf(pdf, key, place=office.place if office else ""), key


def _keep(counter: Counter, officer: Officer, pkcs12: bytes, act: str) -> None:
    with counter.store.writing() as ledger:
        ledger.facts.set_office_key(pkcs12)
        ledger.audit.append(counter.clock().wall, officer.user_id, act, "papers", "")
