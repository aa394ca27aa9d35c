"""Services of this test's own for the SBI drivers: with any device, habit and scene, and a counter that trusts them."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from kiosk.devices.api import (
    Device,
    Eye,
    Pictures,
    Scene,
    Settings,
    Slap,
)
from kiosk.devices.drivers.sbi import SbiCamera, SbiFingerprintScanner, SbiIrisCamera
from kiosk.devices.registry import open_device
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.sbi import fetched_root
from kiosk.devices.sim.sbi_answers import Habits, Hardware
from kiosk.devices.sim.sbi_face_peer import FACE_CAMERA
from kiosk.devices.sim.sbi_finger_peer import SLAP_SCANNER
from kiosk.devices.sim.sbi_iris_peer import IRIS_CAMERA
from kiosk.devices.sim.sbi_peer import PLAIN, SbiPeer, sbi_peer
from kiosk.devices.sim.sbi_tokens import root_file
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, PERSON

DRIVERS = {"Finger": "fingerprint.sbi", "Iris": "iris.sbi", "Face": "camera.sbi"}
SIGNED = (
    "wrong_transaction", "stale", "future", "bad_signature", "broken_chain", "foreign_certificate",
    "expired_certificate", "wrong_part", "no_quality", "wrong_purpose", "wrong_version", "other_device",
)  # fmt: skip

__all__ = ["DRIVERS", "FACE_CAMERA", "IRIS_CAMERA", "PLAIN", "SIGNED", "SLAP_SCANNER", "Habits", "Hardware"]


@contextlib.contextmanager
def service(
    hardware: Hardware = SLAP_SCANNER, *, habits: Habits = PLAIN, fault: str | None = None
) -> Iterator[SbiPeer]:
    """Let a service run in this process."""
    peer = sbi_peer(Scene(person=PERSON, fault=fault), hardware, habits)
    peer.start()
    with contextlib.closing(peer):
        yield peer


def trusted(folder: Path, content: bytes | None = None) -> str:
    """Return a trust folder with the root of this process's services, or with another certificate."""
    folder.mkdir(exist_ok=True)
    (folder / "root.pem").write_bytes(root_file() if content is None else content)
    return str(folder)


def settings_for(peer: SbiPeer, folder: Path) -> Settings:
    return {"ports": str(peer.port), "trust": trusted(folder / "trust")}


@contextlib.contextmanager
def opened(peer: SbiPeer, folder: Path) -> Iterator[Device]:
    """Open the driver for the service's device."""
    device = open_device(DRIVERS[peer.hardware.type], settings_for(peer, folder), NobodyAsked())
    with contextlib.closing(device):
        yield device


@contextlib.contextmanager
def remote(module: str, folder: Path) -> Iterator[Settings]:
    """Let a service run in the process of peers; give the settings that open its device."""
    peer = RemotePeer.start(module, Scene(person=PERSON))
    with contextlib.closing(peer):
        yield {"ports": str(peer.port), "trust": trusted(folder / "trust", fetched_root(peer.port))}


def taken(device: Device, *, timeout: float = LIMIT) -> Pictures:
    """Let any of the three capture: both thumbs, both eyes, or the portrait."""
    if isinstance(device, SbiCamera):
        return device.take(timeout=timeout)
    if isinstance(device, SbiIrisCamera):
        return device.take((Eye.RIGHT, Eye.LEFT), timeout=timeout)
    assert isinstance(device, SbiFingerprintScanner)
    return device.take(Slap.THUMBS, missing=frozenset(), timeout=timeout)
