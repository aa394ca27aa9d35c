"""A biometric service with an iris camera, which joins its hash chain as texts."""

from kiosk.devices.api import Scene
from kiosk.devices.sim.sbi_answers import Hardware
from kiosk.devices.sim.sbi_peer import SbiPeer, sbi_peer

IRIS_CAMERA = Hardware("Iris", "Double", "iris camera", joins_texts=True)


def peer_of(scene: Scene) -> SbiPeer:
    """Return the camera's service, not yet started."""
    return sbi_peer(scene, IRIS_CAMERA)
