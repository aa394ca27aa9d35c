"""The hash chain of a person's captures: each record's hash covers the one before it.

    hash = SHA-256(previous ‖ SHA-256(record)), upper-case hexadecimal; the first previous is SHA-256 of nothing

It runs over all captures of one person, whichever device of the counter makes them: the next capture is ordered with
the last link.  The specification does not say whether the two are joined as bytes or as hexadecimal texts, and services
do either.
"""

import hashlib
from collections.abc import Callable, Iterable

FIRST = hashlib.sha256(b"").hexdigest().upper()

Join = Callable[[str, bytes], str]


def join_bytes(previous: str, record: bytes) -> str:
    """Return the hash with both joined as bytes; `previous` is hexadecimal."""
    return _hash(bytes.fromhex(previous) + hashlib.sha256(record).digest())


def join_texts(previous: str, record: bytes) -> str:
    """Return the hash with both joined as upper-case hexadecimal texts."""
    return _hash((previous + _hash(record)).encode("ascii"))


VARIANTS: dict[str, Join] = {"hash_chain_bytes": join_bytes, "hash_chain_texts": join_texts}


def variant_of(links: Iterable[tuple[bytes, str]], *, previous: str = FIRST) -> str | None:
    """Return in which way a chain of records and their hashes is joined throughout; None: it is broken."""
    chain = [(record, link_of(told)) for record, told in links]
    return next((name for name, join in VARIANTS.items() if _holds(chain, join, previous)), None)


def link_of(told: str) -> str:
    """Return a link as services write it in the one way it is joined and compared."""
    return told.strip().upper()


def _holds(chain: Iterable[tuple[bytes, str]], join: Join, previous: str) -> bool:
    for record, told in chain:
        if told != join(previous, record):
            return False
        previous = told
    return True


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest().upper()
