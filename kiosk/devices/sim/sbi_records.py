"""Records as devices behind a biometric service write them: ISO/IEC 19794-4, -5 and -6, 2011, one picture each."""

import io
import struct
from dataclasses import dataclass, field
from datetime import datetime

from PIL import Image as Pillow

from kiosk.devices.api import Eye, Finger, Image

JPEG2000_FINGER, JPEG2000_IRIS, JPEG2000_FACE = 5, 10, 2  # without loss
BY_NFIQ2 = struct.pack(">HH", 0x0101, 0x0001)  # vendor and number of the measure
LIVE_PLAIN = 0  # impression: a live finger, laid flat


@dataclass(frozen=True, slots=True)
class Coded:
    """A picture without loss, as JPEG 2000."""

    width: int
    height: int
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, image: Image) -> "Coded":
        """Code a grey or RGB picture."""
        packed = io.BytesIO()
        Pillow.fromarray(image).save(packed, "JPEG2000", mct=int(image.ndim == 3))  # mct: colours apart
        return cls(image.shape[1], image.shape[0], packed.getvalue())


@dataclass(frozen=True, slots=True)
class Taken:
    """When a picture was taken, and the device's own quality, 0-100."""

    at: datetime
    quality: int

    def head(self) -> bytes:
        """Return what every representation begins with: when, by what, and one block of quality."""
        at = self.at
        when = struct.pack(">HBBBBBH", at.year, at.month, at.day, at.hour, at.minute, at.second, 0)
        return when + bytes(5) + struct.pack(">BB", 1, self.quality) + BY_NFIQ2


def finger(picture: Coded, which: Finger, taken: Taken) -> bytes:
    """Return the record of a finger at 500 ppi, grey."""
    place = struct.pack(">BBBHHHH", which.position, 0, 1, 500, 500, 500, 500)
    coded = struct.pack(">BBBHH", 8, JPEG2000_FINGER, LIVE_PLAIN, picture.width, picture.height)
    return _record(b"FIR\x00020\x00", struct.pack(">HBB", 1, 0, 1), taken.head() + place + coded, picture)


def iris(picture: Coded, eye: Eye, taken: Taken) -> bytes:
    """Return the record of an eye, grey."""
    place = struct.pack(">HBBBB", 1, eye.position, 3, JPEG2000_IRIS, 0)
    coded = struct.pack(">HHB", picture.width, picture.height, 8) + bytes(18)
    return _record(b"IIR\x00020\x00", struct.pack(">HBB", 1, 0, 1), taken.head() + place + coded, picture)


def face(picture: Coded, taken: Taken) -> bytes:
    """Return the record of a face, RGB."""
    coded = struct.pack(">BBHHBHBB", 1, JPEG2000_FACE, picture.width, picture.height, 0, 0, 0, 1)
    described = taken.head() + bytes(17) + coded
    return _record(b"FAC\x00030\x00", struct.pack(">HBH", 1, 0, 1), described, picture)


def _record(kind: bytes, head: bytes, described: bytes, picture: Coded) -> bytes:
    body = described + struct.pack(">I", len(picture.content)) + picture.content
    body = struct.pack(">I", len(body) + 4) + body
    return kind + struct.pack(">I", len(kind) + 4 + len(head) + len(body)) + head + body
