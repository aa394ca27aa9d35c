"""The age identities a centre opens packets with, and the recipients that are made public (age v1, X25519)."""

from dataclasses import dataclass, field

import pyrage

from kiosk.wire.errors import MessageError


@dataclass(frozen=True, slots=True)
class OpeningIdentity:
    """secret: `AGE-SECRET-KEY-1...`, kept by the judging worker only.  recipient: `age1...`, given to kiosks."""

    secret: str = field(repr=False)
    recipient: str

    @classmethod
    def generate(cls) -> "OpeningIdentity":
        """Return a new identity from the system's random source."""
        identity = pyrage.x25519.Identity.generate()
        return cls(str(identity), str(identity.to_public()))

    @classmethod
    def parse(cls, text: str) -> "OpeningIdentity":
        """Read an age identity file, comments allowed; raises `MessageError` unless it holds exactly one."""
        secrets = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        if len(secrets) != 1:
            raise MessageError("The file must hold exactly one age identity.")
        try:
            return cls(secrets[0], str(pyrage.x25519.Identity.from_str(secrets[0]).to_public()))
        except pyrage.IdentityError as error:
            raise MessageError("The file does not hold an age identity.") from error
