"""The one-time code on the slip an office gets: a secret, and the fingerprint of the centre's signing key.

Base32 in groups of four, so that it can be read out by telephone; a check sum in the last characters tells a
mistyped code from a used one.  The secret never crosses the line: the kiosk proves it by a MAC over its own key.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field

from kiosk.wire.encoding import to_base64url
from kiosk.wire.errors import JoinCodeError
from kiosk.wire.signing import VerifyKey

_SECRET_BYTES = 10
_CODE_BYTES = 25  # secret 10, fingerprint 10, check sum 5
_GROUP = 4


@dataclass(frozen=True, slots=True)
class JoinCode:
    """secret: 10 random bytes.  fingerprint: 10 bytes naming the centre's signing key."""

    secret: bytes = field(repr=False)
    fingerprint: bytes

    @classmethod
    def parse(cls, text: str) -> "JoinCode":
        """Read a code as typed, blanks and dashes anywhere; raises `JoinCodeError`."""
        bare = "".join(text.split()).replace("-", "").upper()
        try:
            raw = base64.b32decode(bare)
        except (binascii.Error, ValueError) as error:
            raise JoinCodeError(
                "The code has letters A-Z and digits 2-7 only; check it against the slip."
            ) from error
        body, check = raw[:-5], raw[-5:]
        if len(raw) != _CODE_BYTES or _check_sum(body) != check:
            raise JoinCodeError("The code is mistyped or incomplete; check it against the slip.")
        return cls(body[:_SECRET_BYTES], body[_SECRET_BYTES:])

    @property
    def text(self) -> str:
        """The code in groups of four."""
        body = self.secret + self.fingerprint
        bare = base64.b32encode(body + _check_sum(body)).decode("ascii")
        return "-".join(bare[at : at + _GROUP] for at in range(0, len(bare), _GROUP))

    @property
    def secret_id(self) -> str:
        """What names the secret without giving it away."""
        return to_base64url(hashlib.sha256(b"join-secret-id" + self.secret).digest()[:12])

    def proof(self, key: VerifyKey) -> str:
        """Return the proof that whoever holds the secret wants `key` to join."""
        return to_base64url(hmac.digest(self.secret, b"join" + key.raw, "sha256"))


def _check_sum(body: bytes) -> bytes:
    return hashlib.sha256(b"join-code" + body).digest()[:5]
