"""What a capture must keep before any of it is believed: signature, time, order, parts, quality, hash chain."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kiosk.devices.api import WrongAnswerError
from kiosk.devices.drivers.sbi_chain import FIRST, variant_of
from kiosk.devices.drivers.sbi_jwt import Fields, text_of, unpacked
from kiosk.devices.drivers.sbi_messages import PURPOSE, SPEC, Biometric, DigitalId, Wanted, digital_id_of
from kiosk.devices.drivers.sbi_trust import Trust

TOLERANCE = timedelta(minutes=5)  # between the device's clock and ours
HIGHEST = 100.0  # quality


@dataclass(frozen=True, slots=True)
class Order:
    """One capture that was ordered: of which device, what, under which number, and whose signature counts.

    previous: the link its hash chain begins at.
    """

    device: DigitalId
    wanted: Wanted
    transaction: str
    trust: Trust
    previous: str = FIRST

    @property
    def name(self) -> str:
        """What sentences call the device."""
        return self.trust.name


@dataclass(frozen=True, slots=True)
class Taken:
    """One part that was captured: its name, its record and the device's own quality, 0-100."""

    part: str
    record: bytes = field(repr=False)
    quality: float


def taken_of(order: Order, biometrics: Sequence[Biometric], now: datetime) -> tuple[tuple[Taken, ...], str]:
    """Return what was captured, in the order of the wanted parts, and how its hash chain is joined.

    now: when the answer came.  Raises `WrongAnswerError` with the first thing that does not hold.
    """
    found: dict[str, Taken] = {}
    links = []
    for biometric in biometrics:
        taken = _taken(order, biometric, now)
        if taken.part in found:
            raise _other_part(order)
        found[taken.part] = taken
        links.append((taken.record, biometric.hash))
    missing = len(order.wanted.parts) - len(found)
    if missing:
        raise WrongAnswerError(
            f"The {order.name} gave {len(found)} of {len(order.wanted.parts)} pictures; "
            "lay or hold everything where it belongs and try again."
        )
    variant = variant_of(links, previous=order.previous)
    if variant is None:
        raise WrongAnswerError(
            f"The hash chain of the {order.name} is broken; do not use it, and tell a technician."
        )
    return tuple(found[part] for part in order.wanted.parts.values()), variant


def _taken(order: Order, biometric: Biometric, now: datetime) -> Taken:
    payload = order.trust.opened(biometric.token, now)
    if biometric.spec != SPEC:
        raise WrongAnswerError(
            f"The {order.name} answered in another version than {SPEC}; update its service."
        )
    _check_device(order, payload, now)
    _check_order(order, payload)
    _check_time(order, payload, now)
    return Taken(
        _part(order, payload),
        unpacked(text_of(payload, "bioValue"), order.name),
        _quality(order, payload.get("qualityScore")),
    )


def _check_device(order: Order, payload: Fields, now: datetime) -> None:
    told = digital_id_of(order.trust.opened(payload.get("digitalId"), now))
    if not told.is_same(order.device):
        raise WrongAnswerError(
            f"Another {order.name} answered than the one that was asked; open the device again."
        )


def _check_order(order: Order, payload: Fields) -> None:
    if text_of(payload, "transactionId") != order.transaction:
        raise WrongAnswerError(f"The {order.name} answered another capture than this one; try again.")
    if text_of(payload, "purpose").lower() != PURPOSE.lower():
        raise WrongAnswerError(
            f"The {order.name} captured for another purpose; have its service set up for registration."
        )


def _check_time(order: Order, payload: Fields, now: datetime) -> None:
    try:
        told: datetime | None = datetime.fromisoformat(text_of(payload, "timestamp"))
    except ValueError:
        told = None
    if told is None or told.tzinfo is None:
        raise WrongAnswerError(
            f"The {order.name} does not say when it captured; have its maker update its service."
        )
    apart = _apart(now, told)
    if apart > TOLERANCE:
        raise WrongAnswerError(
            f"The capture of the {order.name} is too old by its clock; set the clocks and try again."
        )
    if apart < -TOLERANCE:
        raise WrongAnswerError(
            f"The capture of the {order.name} lies in the future by its clock; set the clocks and try again."
        )


def _apart(now: datetime, told: datetime) -> timedelta:
    try:
        return now - told.astimezone(UTC)
    except OverflowError:  # the first and the last day there are, in another zone
        return timedelta.max if told.year == 1 else timedelta.min


def _part(order: Order, payload: Fields) -> str:
    if text_of(payload, "bioType").lower() != order.wanted.type.lower():
        raise _other_part(order)
    if list(order.wanted.parts) == [""]:  # a face has no sub-type; services write anything there
        return order.wanted.parts[""]
    named = {name.lower(): part for name, part in order.wanted.parts.items()}
    part = named.get(text_of(payload, "bioSubType").lower())
    if part is None:
        raise _other_part(order)
    return part


def _other_part(order: Order) -> WrongAnswerError:
    return WrongAnswerError(
        f"The {order.name} gave another part than was asked for; lay or hold the right one there and try again."
    )


def _quality(order: Order, told: object) -> float:
    """Return a quality that is a number, `44` or `44.0` as text or not."""
    value = math.nan
    if isinstance(told, int | float | str) and not isinstance(told, bool):
        try:
            value = float(told)
        except (ValueError, OverflowError):
            value = math.nan
    if not 0 <= value <= HIGHEST:
        raise WrongAnswerError(
            f"The {order.name} gave a quality that is no number; have its maker update its service."
        )
    return value
