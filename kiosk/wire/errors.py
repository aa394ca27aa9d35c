"""Everything that can be wrong with what came over the wire.

WireError
  SignatureError        not signed by the key it claims, or altered since
  MessageError          a message lacks a field or carries one that cannot be
  PacketError
    PacketDamagedError  truncated or altered: the bytes are not those that were signed
    ForeignPacketError  sealed for others, or signed by another kiosk than the one that sealed it
  JoinCodeError         the one-time code was mistyped
"""

from kiosk.domain.errors import KioskError


class WireError(KioskError):
    """What came over the wire is not what it claims to be."""


class SignatureError(WireError):
    """The signature does not hold: another key, or altered bytes."""


class MessageError(WireError):
    """A message does not have the shape of the contract."""


class PacketError(WireError):
    """A packet may not be accepted as it is."""


class PacketDamagedError(PacketError):
    """The bytes are not the ones that were signed: cut off, or altered."""


class ForeignPacketError(PacketError):
    """The packet was sealed for someone else, or somebody signed another kiosk's ciphertext."""


class JoinCodeError(WireError):
    """The one-time code cannot be read; it was mistyped."""
