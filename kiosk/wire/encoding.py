"""Base64url without padding, read strictly, and the one JSON spelling that gets signed."""

import base64
import binascii
import json

from kiosk.wire.errors import MessageError


def to_base64url(data: bytes) -> str:
    """Return base64url text without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Return the bytes; raises `MessageError` unless `text` is the one canonical spelling of them.

    The last character carries bits that decoders ignore; accepting any would let a flipped bit pass unseen.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise MessageError("This text is not base64url.") from error
    if to_base64url(data) != text:
        raise MessageError("This text is not canonical base64url.")
    return data


def to_json(value: object) -> bytes:
    """Return compact UTF-8 JSON with sorted keys: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
