"""What a biometric service packs in JSON and base64: its texts, and tokens in three parts (JWS compact, RFC 7515)."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.devices.api import WrongAnswerError

Fields = Mapping[str, object]

LONGEST_TOKEN = 40 << 20  # characters
_STANDARD = str.maketrans("-_", "+/")


@dataclass(frozen=True, slots=True)
class Token:
    """A token taken apart, nothing of it checked; `signed` is what the signature is over."""

    header: Fields
    payload: Fields
    signed: bytes
    signature: bytes


def parsed(content: bytes | str, name: str) -> object:
    """Return what a JSON text holds; raises `WrongAnswerError`."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise WrongAnswerError(f"The answer of the {name} cannot be read; start its service anew.") from error


def fields_of(content: bytes | str, name: str) -> Fields:
    """Return the fields of a JSON object; raises `WrongAnswerError`."""
    found = parsed(content, name)
    if not isinstance(found, dict):
        raise WrongAnswerError(f"The answer of the {name} holds no fields; start its service anew.")
    return found


def unpacked(text: str, name: str) -> bytes:
    """Return the bytes of a base64 text of either alphabet, padded or not; raises `WrongAnswerError`."""
    try:
        bare = text.rstrip("=").translate(_STANDARD)
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise WrongAnswerError(
            f"The answer of the {name} is not packed as agreed (base64); start its service anew."
        ) from error


def token_of(text: object, name: str) -> Token:
    """Take a token apart; raises `WrongAnswerError` for what is none."""
    parts = text.split(".") if isinstance(text, str) and len(text) <= LONGEST_TOKEN else []
    if len(parts) != 3:  # noqa: PLR2004  header, payload, signature
        raise WrongAnswerError(f"The answer of the {name} is not signed; start its service anew.")
    header, payload, signature = parts
    return Token(
        header=fields_of(unpacked(header, name), name),
        payload=fields_of(unpacked(payload, name), name),
        signed=f"{header}.{payload}".encode("utf-8", "replace"),
        signature=unpacked(signature, name),
    )


def unsigned_fields(text: object, name: str) -> Fields:
    """Return the fields of a token, or of base64 or JSON without any signature, unchecked."""
    if isinstance(text, dict):
        return text
    if not isinstance(text, str) or len(text) > LONGEST_TOKEN:
        raise WrongAnswerError(f"The {name} does not say what it is; start its service anew.")
    if text.count(".") == 2:  # noqa: PLR2004  between header, payload and signature
        return token_of(text, name).payload
    if text.lstrip().startswith("{"):
        return fields_of(text, name)
    return fields_of(unpacked(text, name), name)


def text_of(fields: Fields, key: str) -> str:
    """Return a field as text: numbers as they are written, nothing for what is neither."""
    found = fields.get(key)
    if isinstance(found, str):
        return found.strip()
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def texts_of(fields: Fields, key: str) -> tuple[str, ...]:
    """Return a list of texts, or of the one text that stands in its place."""
    found = fields.get(key)
    listed = found if isinstance(found, list) else [found]
    return tuple(
        str(entry).strip() for entry in listed if isinstance(entry, str | int) and str(entry).strip()
    )
