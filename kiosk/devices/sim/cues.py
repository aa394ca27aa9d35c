"""What a kiosk and the program of peers tell each other beside the devices' own lines: one JSON object a line.

kiosk: {"open": module, "scene": {...}}   once, first           program: {"port": 40123, "menu": [...]}
       {"scene": {...}}                 play it from now on            {} or {"refused": sentence}
       {"show": what}                   do what the device waits for              {}
       {"kept": true}                   tell what came out of it                  {"kept": [...]}
"""

import json
from dataclasses import asdict

from kiosk.devices.api import Scene

Cue = dict[str, object]


def encode_cue(cue: Cue) -> bytes:
    """Return the line of a cue."""
    return json.dumps(cue).encode() + b"\n"


def decode_cue(line: bytes) -> Cue:
    """Return the cue of a line, of our own program."""
    return dict(json.loads(line))


def scene_fields(scene: Scene) -> Cue:
    """Return a scene as a cue holds it."""
    return asdict(scene) | {"missing": sorted(scene.missing), "marker": scene.marker.hex()}


def scene_of(cue: Cue) -> Scene:
    """Return the scene a cue holds."""
    fields = cue["scene"]
    assert isinstance(fields, dict)
    return Scene(
        **fields | {"missing": frozenset(fields["missing"]), "marker": bytes.fromhex(fields["marker"])}
    )
