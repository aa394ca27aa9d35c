"""A biometric service with a slap scanner, which joins its hash chain as bytes."""

from kiosk.devices.api import Scene
from kiosk.devices.sim.sbi_answers import Hardware
from kiosk.devices.sim.sbi_peer import SbiPeer, sbi_peer

SLAP_SCANNER = Hardware("Finger", "Slap", "slap scanner")


def peer_of(scene: Scene) -> SbiPeer:
    """Return the scanner's service, not yet started."""
    return sbi_peer(scene, SLAP_SCANNER)
