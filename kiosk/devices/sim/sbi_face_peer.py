"""A biometric service with a camera for faces, which joins its hash chain as bytes."""

from kiosk.devices.api import Scene
from kiosk.devices.sim.sbi_answers import Hardware
from kiosk.devices.sim.sbi_peer import SbiPeer, sbi_peer

FACE_CAMERA = Hardware("Face", "Full face", "face camera")


def peer_of(scene: Scene) -> SbiPeer:
    """Return the camera's service, not yet started."""
    return sbi_peer(scene, FACE_CAMERA)
