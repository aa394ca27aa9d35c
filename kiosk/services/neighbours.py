"""The offices nearby that can do what this counter cannot now, as the centre told last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.devices.api import Kind
from kiosk.services.counter import Counter
from kiosk.services.stages import Stage
from kiosk.sync.pulling import NEIGHBOURS
from kiosk.wire.errors import MessageError
from kiosk.wire.messages import Neighbourhood

KIND_AT: Mapping[Stage, Kind] = {
    Stage.PORTRAIT: Kind.CAMERA,
    Stage.SIGNATURE: Kind.SIGNATURE,
    Stage.FINGERS: Kind.FINGERPRINT,
    Stage.IRISES: Kind.IRIS,
}
"""The device a stage of a visit needs."""


@dataclass(frozen=True, slots=True)
class NearbyOffice:
    """An office of the same kabupaten: its code, its name, and when it told last, in this office's zone."""

    office: str
    name: str
    told_at: datetime


def offices_that_can(counter: Counter, stage: Stage) -> tuple[NearbyOffice, ...]:
    """Return the offices where the device of a stage works, the newest news first; none where nothing is known."""
    kind = KIND_AT.get(stage)
    if kind is None:
        return ()
    found = [
        NearbyOffice(near.office, name_of(counter, near.office), counter.here(near.told_at))
        for near in _neighbourhood(counter).offices
        if kind.value in near.parts
    ]
    return tuple(sorted(found, key=lambda near: (-near.told_at.timestamp(), near.name)))


def name_of(counter: Counter, office: str) -> str:
    """Return the name of an office by its code; the code itself where the table has none."""
    return counter.reference.regions.name(office) or office


def _neighbourhood(counter: Counter) -> Neighbourhood:
    with counter.store.reading() as ledger:
        text = ledger.facts.get(NEIGHBOURS)
    try:
        return Neighbourhood.read(text) if text else Neighbourhood()
    except MessageError:  # as an earlier version kept it: the next directives bring it anew
        return Neighbourhood()
