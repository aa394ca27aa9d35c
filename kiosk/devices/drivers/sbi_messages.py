"""What is asked of a biometric service and what it answers, parsed with the habits of services in use tolerated."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.devices.api import WrongAnswerError
from kiosk.devices.drivers.sbi_chain import FIRST
from kiosk.devices.drivers.sbi_errors import FINE
from kiosk.devices.drivers.sbi_http import Call
from kiosk.devices.drivers.sbi_jwt import Fields, fields_of, parsed, text_of, texts_of, unsigned_fields

SPEC = "0.9.5"
PURPOSE = "Registration"
ENVIRONMENTS = frozenset({"Staging", "Developer", "Pre-Production", "Production"})
LONGEST_NAME = 100  # letters of a make, a model, a serial number
MOST_DEVICES = 50  # of one service
MOST_BIOMETRICS = 12
STREAM_MS = 300_000
NO_CODES = frozenset({"", FINE, "00", "000"})


@dataclass(frozen=True, slots=True)
class DigitalId:
    """Who a device is: type and sub-type in the interface's words, make, model, serial number."""

    type: str
    sub_type: str
    make: str
    model: str
    serial: str

    def is_same(self, other: "DigitalId") -> bool:
        """Return whether both are one device."""
        return (self.make, self.model, self.serial) == (other.make, other.model, other.serial)


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device as its service describes it, nothing checked.

    signed: the token it came in, empty where it was not signed.  callback: the address its service wants to be asked
    at.  error: its code, `FINE` where there is none.
    """

    port: int
    digital_id: DigitalId
    device_id: str
    signed: str = field(repr=False)
    callback: str = ""
    status: str = ""
    purpose: str = ""
    specs: tuple[str, ...] = ()
    env: str = ""
    firmware: str = ""
    error: str = FINE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be captured: parts by the interface's names, what the person lacks, and where it lies.

    parts: name of the interface, empty for a face, to the name of our part, in the order of the pictures.
    """

    type: str
    sub_id: str
    parts: Mapping[str, str]
    exceptions: tuple[str, ...] = ()
    score: int = 40
    timeout_ms: int = 10_000


@dataclass(frozen=True, slots=True)
class Biometric:
    """One part of a capture's answer: its token, its link of the hash chain and the version it speaks."""

    token: object = field(repr=False)
    hash: str
    spec: str


def discovery_call(device_type: str) -> Call:
    """Return the question which devices there are."""
    return Call("MOSIPDISC", "device", _packed({"type": device_type}))


def info_call() -> Call:
    """Return the question what the devices of a service are."""
    return Call("MOSIPDINFO", "info")


def stream_call(device: DeviceInfo, sub_id: str) -> Call:
    """Return the wish for a live picture."""
    asked = {"deviceId": device.device_id, "deviceSubId": sub_id, "timeout": str(STREAM_MS)}
    return Call("STREAM", "stream", _packed(asked))


def capture_call(
    device: DeviceInfo, wanted: Wanted, transaction: str, now: datetime, *, previous: str = FIRST
) -> Call:
    """Return the order to capture, chained to the `previous` link; every scalar is a text."""
    bio = {
        "type": wanted.type,
        "count": str(len(wanted.parts)),
        "bioSubType": [name for name in wanted.parts if name],
        "exception": list(wanted.exceptions),
        "requestedScore": str(wanted.score),
        "deviceId": device.device_id,
        "deviceSubId": wanted.sub_id,
        "previousHash": previous,
    }
    asked = {
        "env": device.env if device.env in ENVIRONMENTS else "Production",
        "purpose": PURPOSE,
        "specVersion": SPEC,
        "timeout": str(wanted.timeout_ms),
        "captureTime": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "transactionId": transaction,
        "bio": [bio],
        "customOpts": None,
    }
    return Call("RCAPTURE", "capture", _packed(asked))


def devices_of_info(content: bytes, port: int, name: str) -> tuple[DeviceInfo, ...]:
    """Return the devices of an answer to MOSIPDINFO; entries that say nothing are passed over.

    Raises `WrongAnswerError` for an answer that is no list.
    """
    found = (_info(entry, port, name) for entry in _entries(content, name))
    return tuple(device for device in found if device is not None)


def devices_of_discovery(content: bytes, port: int, name: str) -> tuple[DeviceInfo, ...]:
    """Return the devices of an answer to MOSIPDISC, never signed; raises as `devices_of_info` does."""
    found = (_described(entry, "", port, name) for entry in _entries(content, name))
    return tuple(device for device in found if device is not None)


def digital_id(text: object, name: str) -> DigitalId:
    """Return who a device is, unchecked; raises `WrongAnswerError`."""
    return digital_id_of(unsigned_fields(text, name))


def digital_id_of(fields: Fields) -> DigitalId:
    """Return who a device is by these fields."""
    keys = ("type", "deviceSubType", "make", "model", "serialNo")
    return DigitalId(*(_shown(fields, key) for key in keys))


def biometrics_of(content: bytes, name: str) -> tuple[str, tuple[Biometric, ...]]:
    """Return the error code of a capture's answer, `FINE` where there is none, and its parts.

    Raises `WrongAnswerError` for anything but the interface's form.
    """
    fields = fields_of(content, name)
    listed = fields.get("biometrics")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    codes = (error_code(entry) for entry in (fields, *entries))
    failed = next((code for code in codes if code != FINE), FINE)
    if failed == FINE and not 0 < len(entries) <= MOST_BIOMETRICS:
        raise WrongAnswerError(f"The {name} answered without any capture; start its service anew.")
    parts = (
        Biometric(entry.get("data"), text_of(entry, "hash"), text_of(entry, "specVersion"))
        for entry in entries
    )
    return failed, tuple(parts)


def error_code(fields: Fields) -> str:
    """Return the code of an error that is an object, its bare code, empty or missing; `FINE` for none."""
    told = fields.get("error")
    if isinstance(told, dict):
        code = text_of(told, "errorCode") or text_of(told, "errorcode")
    else:
        code = text_of(fields, "error")
    return FINE if code in NO_CODES else code


def _entries(content: bytes, name: str) -> Sequence[Fields]:
    found = parsed(content, name)
    listed = found if isinstance(found, list) else [found]
    entries = [entry for entry in listed if isinstance(entry, dict)][:MOST_DEVICES]
    if listed and not entries:
        raise WrongAnswerError(f"The service of the {name} lists no devices; start it anew.")
    return entries


def _info(entry: Fields, port: int, name: str) -> DeviceInfo | None:
    told = entry.get("deviceInfo")
    try:
        fields = unsigned_fields(told, name)
    except WrongAnswerError:
        return None
    signed = told if isinstance(told, str) and told.count(".") == len("..") else ""
    return _described({**fields, "error": entry.get("error")}, signed, port, name)


def _described(fields: Fields, signed: str, port: int, name: str) -> DeviceInfo | None:
    try:
        who = digital_id(fields.get("digitalId"), name)
    except WrongAnswerError:
        return None
    return DeviceInfo(
        port=port,
        digital_id=who,
        device_id=text_of(fields, "deviceId"),
        signed=signed,
        callback=text_of(fields, "callbackId"),
        status=text_of(fields, "deviceStatus"),
        purpose=text_of(fields, "purpose"),
        specs=texts_of(fields, "specVersion"),
        env=text_of(fields, "env"),
        firmware=_shown(fields, "firmware"),
        error=error_code(fields),
    )


def _shown(fields: Fields, key: str) -> str:
    """Return a text that people read: nothing that cannot be printed, and no more than a line."""
    return "".join(letter for letter in text_of(fields, key)[:LONGEST_NAME] if letter.isprintable())


def _packed(fields: Fields) -> bytes:
    return json.dumps(fields).encode()
