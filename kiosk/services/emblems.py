"""The emblem of the letterhead: of the office's settings when a paper is issued, and kept for every print of it."""

import hashlib

from kiosk.documents.emblem import readable_emblem
from kiosk.storage.store import Ledger
from kiosk.wire.encoding import from_base64url, to_base64url
from kiosk.wire.errors import MessageError
from kiosk.wire.papers import OfficePapers

_FACT = "papers.emblem."


def emblem_of(office: OfficePapers) -> bytes:
    """Return the office's emblem; empty where it has none, or one that cannot be drawn."""
    try:
        return readable_emblem(from_base64url(office.emblem)) if office.emblem else b""
    except MessageError:
        return b""


def emblem_name(emblem: bytes) -> str:
    """Return by what a paper names its emblem."""
    return hashlib.sha256(emblem).hexdigest() if emblem else ""


def keep_emblem(ledger: Ledger, emblem: bytes) -> None:
    """Keep an emblem that a paper bears, once."""
    name = emblem_name(emblem)
    if name and ledger.facts.get(_FACT + name) is None:
        ledger.facts.put(_FACT + name, to_base64url(emblem))


def kept_emblem(ledger: Ledger, name: str) -> bytes:
    """Return the emblem of a paper that was issued; empty for none."""
    text = ledger.facts.get(_FACT + name) if name else None
    return from_base64url(text) if text else b""
