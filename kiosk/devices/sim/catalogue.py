"""What both halves of a simulator know: its maker, the pad's field, and which module holds the peer of a kind."""

from collections.abc import Mapping

from kiosk.devices.api import Kind

MAKE = "Kiosk simulators"
PAD = (88.0, 39.0)  # width and height of the signature pad's writing field in millimetres

# Each has `peer_of(scene)`.  Imported by name when one is asked for: what a kind draws with need not be there before.
PEER_MODULES: Mapping[Kind, str] = {
    Kind.CAMERA: "kiosk.devices.sim.picture_source",
    Kind.CODE_SCANNER: "kiosk.devices.sim.code_source",
    Kind.FINGERPRINT: "kiosk.devices.sim.fingerprint_peer",
    Kind.IRIS: "kiosk.devices.sim.iris_peer",
    Kind.SIGNATURE: "kiosk.devices.sim.signature_peer",
}
