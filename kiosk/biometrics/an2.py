"""The enrollment as an ANSI/NIST-ITL 1-2011 (Update 2015) file, the form every AFIS reads.

Type-1 says what and when, Type-2 which device took what and what could not be taken, Type-8 holds the signature as
vectors, Type-10 the face, Type-14 the slaps as WSQ with where each finger lies, Type-17 the irises.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.biometrics.encoding import STROKES, strokes_from_json
from kiosk.biometrics.itl import Record, binary_signature, tagged
from kiosk.devices.api import Stroke
from kiosk.domain.captures import FINGERS_OF, Capture, CaptureKind, CapturePart, Eye, Finger

VERSION = "0502"  # of the update of 2015
PURPOSE = "ENR"
DOMAIN = "KTPEL-KIOSK"
POSITIONS = {CaptureKind.RIGHT_FOUR: 13, CaptureKind.LEFT_FOUR: 14, CaptureKind.THUMBS: 15}  # table 8
COMPRESSION = {"image/x-wsq": "WSQ20", "image/jpeg": "JPEGB", "image/jp2": "JP2L", "image/png": "PNG"}
AMPUTATED, UNPRINTED = "XX", "UP"  # 14.018: amputated; unable to print, as when bandaged
NO_EYE, UNSEEN = "MA", "UC"  # 17.028: missing or artificial; unable to capture, as when bandaged or blind
THOUSANDTH_INCH = 0.0254  # mm, the unit of Type-8 vectors
SIGNATURES = (CaptureKind.SIGNATURE, CaptureKind.STATEMENT)


@dataclass(frozen=True, slots=True)
class EnrollmentHeader:
    """What the first record says: transaction control number, who sends, who receives, and the moment (aware)."""

    transaction_id: str
    origin: str
    destination: str
    made_at: datetime


def build_enrollment(
    captures: Sequence[Capture], header: EnrollmentHeader, exceptions: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Return the whole file; the same captures in any order give the same bytes.

    exceptions: part (a `Finger`, an `Eye` or a capture kind) and reason, as in `CaptureException`.  Where a slap is
    there its single fingers are left out, since they were cut from it.
    """
    ordered = sorted(captures, key=lambda capture: list(CaptureKind).index(capture.kind))
    left_out = dict(sorted(exceptions))
    images: list[Record] = []
    owners: list[tuple[int, Capture]] = []
    for capture in ordered:
        for record in _records(capture, header, left_out, first=len(images) + 1):
            images.append(record)
            owners.append((record.idc, capture))
    images += _absent(ordered, header, left_out, first=len(images) + 1)
    images.sort(key=lambda record: record.kind)
    about = _about(owners, left_out)
    return b"".join(record.content for record in (_first(header, [about, *images]), about, *images))


def _first(header: EnrollmentHeader, records: Sequence[Record]) -> Record:
    made = header.made_at.astimezone(UTC)
    content = [["1", str(len(records))], *([str(record.kind), f"{record.idc:02d}"] for record in records)]
    return tagged(
        1,
        None,
        {
            2: VERSION,
            3: content,
            4: PURPOSE,
            5: f"{made:%Y%m%d}",
            7: header.destination,
            8: header.origin,
            9: header.transaction_id,
            11: "00.00",
            12: "00.00",
            13: [[DOMAIN, "1"]],
            14: f"{made:%Y%m%d%H%M%S}Z",
        },
    )


def _about(owners: Sequence[tuple[int, Capture]], left_out: dict[str, str]) -> Record:
    """Type-2 in this domain: 2.003 records and their devices, 2.004 what could not be taken, 2.005 measures."""
    devices = [
        [
            f"{idc:02d}",
            capture.kind.value,
            str(capture.attempts),
            capture.device.driver,
            capture.device.make,
            capture.device.model,
            capture.device.serial,
            f"{capture.taken_at.astimezone(UTC):%Y%m%d%H%M%S}Z",
        ]
        for idc, capture in owners
    ]
    captures = {id(capture): capture for _, capture in owners}.values()
    measures = [[one.part, one.name, f"{one.value:g}"] for capture in captures for one in capture.measures]
    exceptions = [[part, reason] for part, reason in left_out.items()]
    rows = {3: devices, 4: exceptions, 5: measures}
    return tagged(2, 0, {number: told for number, told in rows.items() if told})


def _records(
    capture: Capture, header: EnrollmentHeader, left_out: dict[str, str], *, first: int
) -> list[Record]:
    if capture.kind in SIGNATURES:
        parts = [part for part in capture.parts if part.media == STROKES]
        return [binary_signature(idc, _vectors(part)) for idc, part in enumerate(parts, first)]
    if capture.kind is CaptureKind.PORTRAIT:
        return [_face(idc, part, capture, header) for idc, part in enumerate(capture.parts, first)]
    if capture.kind is CaptureKind.IRISES:
        return [_iris(idc, part, capture, header) for idc, part in enumerate(capture.parts, first)]
    if capture.kind in FINGERS_OF:
        whole = [part for part in capture.parts if part.part == capture.kind.value]
        return [
            _finger(idc, part, capture, header, left_out)
            for idc, part in enumerate(whole or capture.parts, first)
        ]
    return []


def _face(idc: int, part: CapturePart, capture: Capture, header: EnrollmentHeader) -> Record:
    fields = _image(part, capture, header) | {3: "FACE", 12: "SRGB", 20: "F"}
    fields[13] = "30" if part.width >= 480 and part.height >= 600 else "0"
    return tagged(10, idc, fields, part.content)


def _iris(idc: int, part: CapturePart, capture: Capture, header: EnrollmentHeader) -> Record:
    fields = _image(part, capture, header) | {3: str(Eye(part.part).position), 13: "GRAY"}
    return tagged(17, idc, fields, part.content)


def _finger(
    idc: int, part: CapturePart, capture: Capture, header: EnrollmentHeader, left_out: dict[str, str]
) -> Record:
    fields = _image(part, capture, header) | {3: "0"}
    if part.part != capture.kind.value:
        return tagged(14, idc, fields | {13: str(Finger(part.part).position)}, part.content)
    fields[13] = str(POSITIONS[capture.kind])
    fingers = sorted(FINGERS_OF[capture.kind], key=lambda finger: finger.position)
    absent = [[str(finger.position), _code(left_out[finger])] for finger in fingers if finger in left_out]
    places = [place for finger in fingers if (place := _place(finger, capture))]
    if absent:
        fields[18] = absent
    if places:
        fields[21] = places
    return tagged(14, idc, fields, part.content)


def _image(
    part: CapturePart, capture: Capture, header: EnrollmentHeader
) -> dict[int, str | Sequence[Sequence[str]]]:
    """Fields 4 to 12, which Type-10, Type-14 and Type-17 share; the twelfth of a Type-10 is its colour space."""
    return {
        4: header.origin,
        5: f"{capture.taken_at.astimezone(UTC):%Y%m%d}",
        6: str(part.width),
        7: str(part.height),
        8: "1" if part.ppi else "0",
        9: str(part.ppi or 1),
        10: str(part.ppi or 1),
        11: COMPRESSION[part.media],
        12: "8",
    }


def _place(finger: Finger, capture: Capture) -> list[str] | None:
    """Return a row of 14.021: position, left, right, top, bottom; None where the finger was not found on the plate."""
    told = {measure.name: measure.value for measure in capture.measures if measure.part == finger.value}
    if not {"left", "top", "width", "height"} <= told.keys():
        return None
    left, top = told["left"], told["top"]
    edges = (left, left + told["width"] - 1, top, top + told["height"] - 1)
    return [str(finger.position), *(f"{edge:.0f}" for edge in edges)]


def _absent(
    captures: Sequence[Capture], header: EnrollmentHeader, left_out: dict[str, str], *, first: int
) -> list[Record]:
    """Return records without an image: fingers whose slap was not taken at all, and eyes."""
    taken = {finger for capture in captures for finger in FINGERS_OF.get(capture.kind, ())}
    made = f"{header.made_at.astimezone(UTC):%Y%m%d}"
    fields: list[tuple[int, dict[int, str | Sequence[Sequence[str]]]]] = []
    for finger in Finger:
        if finger in left_out and finger not in taken:
            position = str(finger.position)
            amputated = [[position, _code(left_out[finger])]]
            fields.append((14, {3: "0", 4: header.origin, 5: made, 13: position, 18: amputated}))
    fields += [
        (17, {3: str(eye.position), 4: header.origin, 5: made, 28: _eye_code(left_out[eye])})
        for eye in Eye
        if eye in left_out
    ]
    return [tagged(kind, idc, texts) for idc, (kind, texts) in enumerate(fields, first)]


def _code(reason: str) -> str:
    return AMPUTATED if reason == "missing" else UNPRINTED


def _eye_code(reason: str) -> str:
    return NO_EYE if reason == "missing" else UNSEEN


def _vectors(part: CapturePart) -> bytes:
    """Points of 5 bytes: x and y in thousandths of an inch from the lower left corner, pressure 1..254, 0 pen up."""
    strokes, (_, height) = strokes_from_json(part.content)
    return b"".join(_stroke(stroke, height) for stroke in strokes if stroke)


def _stroke(stroke: Stroke, height: float) -> bytes:
    points = [
        (point.x, height - point.y, 1 + math.floor(253 * min(max(point.pressure, 0), 1))) for point in stroke
    ]
    points.append((*points[-1][:2], 0))
    return b"".join(
        b"".join(min(max(round(way / THOUSANDTH_INCH), 0), 65535).to_bytes(2, "big") for way in (x, y))
        + bytes([pen])
        for x, y, pen in points
    )
