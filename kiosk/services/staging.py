"""Who stands before the simulated devices of a practice office: the resident of the visit, always the same one."""

import hashlib
from dataclasses import replace

from kiosk.devices.api import Scene
from kiosk.domain.biodata import Field
from kiosk.services.kit import RecordingKit
from kiosk.services.looking import VisitView

_BYTES = 6
_UNKNOWN_YEAR = 1990


def stage_resident(kit: RecordingKit, view: VisitView) -> None:
    """Let every simulator play the resident of the visit; real devices take no notice.

    What goes wrong with the resident who is played already stays as it was staged.
    """
    scene, played = scene_of(view), kit.scene
    if played is None or replace(scene, fault=played.fault, times=played.times, code=played.code) != played:
        kit.stage(scene)


def scene_of(view: VisitView) -> Scene:
    """Return the resident of a visit as a scene in which nothing goes wrong."""
    who = view.form.get(Field.NIK, "") or view.visit_id
    digest = hashlib.sha256(who.encode()).digest()
    biodata = view.biodata
    return Scene(
        person=int.from_bytes(digest[:_BYTES]),
        missing=frozenset(claim.part for claim in view.exceptions),
        birth_year=biodata.birth_date.year if biodata is not None else _UNKNOWN_YEAR,
    )


def family_card_of(view: VisitView, office: str) -> str:
    """Return the number on the invented family card of a visit's resident, always the same one, of that office."""
    digest = hashlib.sha256(f"card of {view.visit_id}".encode()).digest()
    day, month, year, serial = digest[0] % 28 + 1, digest[1] % 12 + 1, digest[2] % 20 + 5, digest[3] + 1
    return f"{office.replace('.', '')[:6]}{day:02d}{month:02d}{year:02d}{serial:04d}"
