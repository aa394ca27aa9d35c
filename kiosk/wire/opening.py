"""The age identities a centre opens packets with, and the recipients that are made public (age v1, X25519)."""

from dataclasses import dataclass, field

import pyrage


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
