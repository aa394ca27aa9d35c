"""How long a person may take for a slap: on a plate, or finger by finger."""

from kiosk.devices.api import FingerprintScanner, OneByOne

PLATE = 20.0  # seconds for a whole hand
FINGER = 15.0  # seconds for one finger to be found, wiped and laid down


def slap_limit(device: FingerprintScanner, fingers: int, *, plate: float = PLATE) -> float:
    """Return the seconds for so many fingers: one limit on a plate, one each where they come one after the other.

    What such a scanner needs itself for each finger is added, so that its person always has the time.
    """
    if isinstance(device, OneByOne):
        return max(1, fingers) * (FINGER + device.finger_seconds())
    return plate
