"""Records of one picture each: ISO/IEC 19794-4 (finger), -6 (iris) and -5 (face), edition 2011, as far as read here.

    general header | representation: length, time, device, quality blocks, position, how the picture is coded | picture

All numbers are big-endian.  What stands behind the picture (segmentation, annotations, comments) is passed over.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.devices.api import WrongAnswerError

VERSIONS = {b"FIR\0": b"020\0", b"IIR\0": b"020\0", b"FAC\0": b"030\0"}
QUALITY_BLOCK = 5  # score, and whose algorithm it is
CERTIFICATION_BLOCK = 3
BEFORE_QUALITY = 18  # length of the representation, time, technology, vendor and type of the device
LANDMARK = 8
MOST_REPRESENTATIONS = 16
CENTIMETRES = 2  # scale unit: pixels a centimetre; 1: pixels an inch


class Coding(StrEnum):
    """How a record's picture is coded."""

    RAW = "raw"
    JPEG = "JPEG"
    JPEG2000 = "JPEG2000"
    PNG = "PNG"
    WSQ = "WSQ"
    OTHER = "other"


FINGER_CODINGS: Mapping[int, Coding] = {
    0: Coding.RAW, 2: Coding.WSQ, 3: Coding.JPEG, 4: Coding.JPEG2000, 5: Coding.JPEG2000, 6: Coding.PNG,
}  # fmt: skip
IRIS_CODINGS: Mapping[int, Coding] = {2: Coding.RAW, 6: Coding.JPEG, 10: Coding.JPEG2000, 14: Coding.PNG}
FACE_CODINGS: Mapping[int, Coding] = {
    0: Coding.JPEG, 1: Coding.JPEG2000, 2: Coding.JPEG2000, 3: Coding.PNG,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One picture as its record holds it.

    position: the code of a finger (1 right thumb .. 10 left little finger) or an eye (1 right, 2 left), 0 unknown.
    width, height: pixels, as the header says; the picture itself has the last word.  ppi: 0 where it is not told.
    """

    position: int
    coding: Coding
    width: int
    height: int
    depth: int
    ppi: int
    picture: bytes = field(repr=False)


class _Reader:
    def __init__(self, content: bytes, name: str) -> None:
        self._content = content
        self._name = name
        self._at = 0

    def wrong(self, what: str) -> WrongAnswerError:
        return WrongAnswerError(f"The record of the {self._name} {what}; try again, or update its service.")

    def take(self, count: int) -> bytes:
        piece = self._content[self._at : self._at + count]
        if len(piece) < count:
            raise self.wrong("is cut off")
        self._at += count
        return piece

    def numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))

    def number(self, layout: str) -> int:
        return self.numbers(layout)[0]

    def header(self, kind: bytes) -> int:
        """Read what every record begins with; return its certification flag."""
        if self.take(4) != kind:
            raise self.wrong("is of another kind than was asked for")
        if self.take(4) != VERSIONS[kind]:
            raise self.wrong("is of an edition this program does not read")
        length, count, certified = self.numbers(">IHB")
        if length > len(self._content):
            raise self.wrong("is cut off")
        if not 1 <= count <= MOST_REPRESENTATIONS:
            raise self.wrong("holds no picture")
        return certified

    def quality_blocks(self) -> None:
        self.take(BEFORE_QUALITY)
        self.take(self.number(">B") * QUALITY_BLOCK)

    def picture(self) -> bytes:
        found = self.take(self.number(">I"))
        if not found:
            raise self.wrong("holds no picture")
        return found


def finger_record(content: bytes, name: str) -> Record:
    """Read a finger's record; `name`: of the device in sentences.  Raises `WrongAnswerError`."""
    reader = _Reader(content, name)
    certified = reader.header(b"FIR\0")
    reader.take(1)  # how many fingers
    reader.quality_blocks()
    if certified == 1:
        reader.take(reader.number(">B") * CERTIFICATION_BLOCK)
    position, _, unit, *rates = reader.numbers(">BBBHHHH")
    depth, coding, _, width, height = reader.numbers(">BBBHH")
    rate = rates[2] or rates[0]  # the picture's own, else the device's
    return Record(
        position,
        FINGER_CODINGS.get(coding, Coding.OTHER),
        width,
        height,
        depth,
        round(rate * 2.54) if unit == CENTIMETRES else rate,
        reader.picture(),
    )


def iris_record(content: bytes, name: str) -> Record:
    """Read an eye's record; raises `WrongAnswerError`."""
    reader = _Reader(content, name)
    reader.header(b"IIR\0")
    reader.take(1)  # how many eyes
    reader.quality_blocks()
    _, eye, _, coding, _ = reader.numbers(">HBBBB")
    width, height, depth = reader.numbers(">HHB")
    reader.take(18)  # distance, roll, where the iris lies
    return Record(eye, IRIS_CODINGS.get(coding, Coding.OTHER), width, height, depth, 0, reader.picture())


def face_record(content: bytes, name: str) -> Record:
    """Read a face's record; raises `WrongAnswerError`."""
    reader = _Reader(content, name)
    certified = reader.header(b"FAC\0")
    reader.take(2)  # whether the pictures follow each other
    reader.quality_blocks()
    if certified == 1:
        reader.take(reader.number(">B") * CERTIFICATION_BLOCK)
    landmarks = reader.number(">H")
    reader.take(15 + landmarks * LANDMARK)  # what the person looks like, how the head is held
    _, coding, width, height = reader.numbers(">BBHH")
    reader.take(5)  # sampling, processing, reference, colour space
    return Record(0, FACE_CODINGS.get(coding, Coding.OTHER), width, height, 8, 0, reader.picture())
