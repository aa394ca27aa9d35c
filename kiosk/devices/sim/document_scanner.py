"""The simulated document scanner: one A4 page in colour on the simulators' line, 50 to 300 pixels an inch.

It does not warm up, pull paper from a pile or know what was laid on it before, and its glass is always clean.
"""

import numpy as np

from kiosk.devices.api import (
    Driver,
    Image,
    Kind,
    Person,
    Pictures,
    Settings,
    WrongAnswerError,
)
from kiosk.devices.sim.staged import PERSON, StagedDevice, started_peer

PAGE = "page"
COLOURS = 3


class SimulatedDocumentScanner(StagedDevice):
    """A `DocumentScanner` with a paper of the scene's person on it."""

    def scan(self, *, ppi: int, timeout: float) -> Pictures:
        bands, told = self._line.pictures(timeout, part=PAGE, ppi=ppi)
        return Pictures(((PAGE, joined([band for _, band in bands])),), ppi=told)


def joined(bands: list[Image]) -> Image:
    """Return the page in these bands, RGB; raises `WrongAnswerError` when they do not fit together."""
    widths = {band.shape[1] for band in bands}
    if len(widths) != 1 or widths.pop() % COLOURS:
        raise WrongAnswerError("The scanner's page does not fit together; scan again.")
    rows = np.vstack(bands)
    return rows.reshape(len(rows), -1, COLOURS)


def _open(settings: Settings, person: Person) -> SimulatedDocumentScanner:
    return SimulatedDocumentScanner(started_peer("document_peer", settings))


DRIVER = Driver(
    name="document_scanner.simulated",
    kind=Kind.DOCUMENT_SCANNER,
    title="Simulated document scanner",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
