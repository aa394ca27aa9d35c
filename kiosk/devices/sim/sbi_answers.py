"""The answers of a simulated biometric service: who its device is, and what it captured, signed and chained."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.sbi_seen import Seen
from kiosk.devices.sim.sbi_tokens import Signer, device, expired_device, foreign_device, packed, spoilt

SPEC = "0.9.5"
OTHER_PART = {"Finger": "Right Thumb", "Iris": "UNKNOWN", "Face": "UNKNOWN"}
NAMES = {
    "100": "Device not registered", "101": "No biometric object detected", "102": "Extraction error",
    "106": "Device not found", "110": "Device not ready", "111": "Device busy", "604": "No live stream",
}  # fmt: skip
SIGNED_FAULTS = (
    "wrong_transaction", "stale", "future", "bad_signature", "broken_chain", "foreign_certificate",
    "expired_certificate", "wrong_part", "no_quality", "wrong_purpose", "wrong_version", "other_device",
)  # fmt: skip
CODES = {"busy": "111", "refused": "102", "nobody": "101", "not_registered": "100", "not_ready": "110"}

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Hardware:
    """A simulated device: type and sub-type in the interface's words, model, and how it joins its hash chain."""

    type: str
    sub_type: str
    model: str
    joins_texts: bool = False

    @property
    def device_id(self) -> str:
        """The number its service knows it by."""
        return f"SIM-{self.type.upper()}-1"


@dataclass(frozen=True, slots=True)
class Habits:
    """How services in use differ from the specification.

    quality: as it is written into a token, by `format`; None: a number.  error: what stands where no error is.
    status: of an error's answer.  infos: whether MOSIPDISC is answered too.  spaced: whether a header has a space
    behind its colon.  http: version of the stream's answer.  dashes: before the boundary where it is declared.
    """

    quality: str | None = None
    error: object = "object"
    status: str = "200 OK"
    discovers: bool = True
    spaced: bool = True
    http: str = "1.1"
    dashes: str = ""


def error(code: str) -> Fields:
    """Return an error as the interface tells it."""
    return {"errorCode": code, "errorInfo": NAMES.get(code, "Success" if code == "0" else "Unknown")}


def digital_id(hardware: Hardware, at: datetime, serial: str = "SIM-0001") -> Fields:
    """Return who the device is."""
    return {
        "serialNo": serial,
        "make": MAKE,
        "model": hardware.model,
        "type": hardware.type,
        "deviceSubType": hardware.sub_type,
        "deviceProvider": MAKE,
        "deviceProviderId": "SIM",
        "dateTime": _told(at),
    }


def discovered(hardware: Hardware, port: int, at: datetime) -> Fields:
    """Return the device as MOSIPDISC tells of it, unsigned."""
    who = packed(json.dumps(digital_id(hardware, at)).encode())
    return {**_described(hardware, port), "digitalId": who, "error": error("0")}


def informed(hardware: Hardware, port: int, at: datetime) -> Fields:
    """Return the device as MOSIPDINFO tells of it, signed."""
    who = device().token(digital_id(hardware, at))
    told = {**_described(hardware, port), "digitalId": who, "firmware": "1", "env": "Developer"}
    return {"deviceInfo": device().token(told), "error": error("0")}


@dataclass(frozen=True, slots=True)
class Answer:
    """One capture that is being answered: by which device, to which order, when, and what goes wrong."""

    hardware: Hardware
    habits: Habits
    order: Fields
    at: datetime
    fault: str | None

    def biometrics(self, seen: Iterable[Seen], previous: str) -> list[Fields]:
        """Return what was seen, each signed and chained to the one before it."""
        entries: list[Fields] = []
        for one in seen:
            previous = self._link(previous, one.record)
            token = self._signer().token(self._payload(one))
            entry = {
                "specVersion": "0.9.2"
                if self.fault == "wrong_version"
                else self.order.get("specVersion", SPEC),
                "data": spoilt(token) if self.fault == "bad_signature" else token,
                "hash": previous,
                "error": error("0"),
            }
            if self.habits.error != "object":
                entry["error"] = self.habits.error
            if self.habits.error == "missing":
                del entry["error"]
            entries.append(entry)
        return entries

    def _signer(self) -> Signer:
        if self.fault == "foreign_certificate":
            return foreign_device()
        return expired_device() if self.fault == "expired_certificate" else device()

    def _link(self, previous: str, record: bytes) -> str:
        own = hashlib.sha256(record + (b"!" if self.fault == "broken_chain" else b""))
        if self.hardware.joins_texts:
            joined = (previous + own.hexdigest().upper()).encode()
        else:
            joined = bytes.fromhex(previous) + own.digest()
        return hashlib.sha256(joined).hexdigest().upper()

    def _payload(self, seen: Seen) -> Fields:
        told = self.at + {"stale": -timedelta(minutes=10), "future": timedelta(minutes=10)}.get(
            self.fault or "", timedelta()
        )
        serial = "SIM-0002" if self.fault == "other_device" else "SIM-0001"
        wrong = self.fault == "wrong_part"
        return {
            "digitalId": device().token(digital_id(self.hardware, self.at, serial)),
            "deviceCode": self.hardware.device_id,
            "deviceServiceVersion": SPEC,
            "bioType": "Iris" if wrong and self.hardware.type == "Face" else self.hardware.type,
            "bioSubType": OTHER_PART[self.hardware.type] if wrong else seen.sub_type,
            "purpose": "Auth" if self.fault == "wrong_purpose" else "Registration",
            "env": self.order.get("env", ""),
            "bioValue": packed(seen.record),
            "transactionId": "SOMETHING-ELSE"
            if self.fault == "wrong_transaction"
            else self.order.get("transactionId"),
            "timestamp": _told(told),
            "requestedScore": "40",
            "qualityScore": self._quality(seen),
        }

    def _quality(self, seen: Seen) -> object:
        if self.fault == "no_quality":
            return "good"
        return seen.quality if self.habits.quality is None else format(seen.quality, self.habits.quality)


def _described(hardware: Hardware, port: int) -> Fields:
    return {
        "deviceId": hardware.device_id,
        "deviceStatus": "Ready",
        "certification": "L0",
        "serviceVersion": SPEC,
        "deviceSubId": ["1", "2", "3"],
        "callbackId": f"http://127.0.0.1:{port}/",
        "deviceCode": hardware.device_id,
        "specVersion": [SPEC],
        "purpose": "Registration",
    }


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
