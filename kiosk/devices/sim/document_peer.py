"""What the simulated document scanner sees: drawn papers in bands, with a menu of what may be wrong.

A picture of the line is grey, so a band's row holds red, green and blue of each pixel one after the other.
"""

import numpy as np

from kiosk.devices.api import Identity, Scene
from kiosk.devices.sim import papers
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.frames import encode_fields, encode_picture
from kiosk.devices.sim.peer import LINE_MENU, Peer, Reply, Request
from kiosk.devices.sim.raster import marked
from kiosk.devices.sim.stage import Play, Stage, flaw

REFUSALS = {
    "feeder_empty": "The feeder is empty; lay the paper in it.",
    "jam": "The paper is jammed; open the feeder and take it out.",
    "cover_open": "The scanner's cover is open; close it.",
}
MENU = (*(fault for fault in LINE_MENU if fault not in ("nobody", "refused")), *REFUSALS, *papers.FAULTS)
PAGE = "page"
BANDS = 12
FEWEST, MOST = 50, 300  # pixels an inch


def peer_of(scene: Scene) -> Peer:
    """Return the document scanner's peer, not yet started."""
    return Peer(Identity(MAKE, "document scanner", "SIM-0001", "1"), Stage(MENU, scene), _scanned)


def _scanned(request: Request, play: Play) -> Reply:
    ppi = request.get("ppi")
    if not isinstance(ppi, int) or not FEWEST <= ppi <= MOST:
        return (encode_fields(b"e", code="not_supported"),)
    if play.fault in REFUSALS:
        return (encode_fields(b"e", code="refused", reason=play.fault, text=REFUSALS[play.fault]),)
    wrong = flaw(play, PAGE, papers.FLAWS)
    page = papers.page(play.scene.person, ppi, attempt=play.attempt, flaw=wrong)
    rows = marked(page, play.scene.marker).reshape(len(page), -1)
    bands = tuple(encode_picture(PAGE, band) for band in np.array_split(rows, BANDS))
    return *bands, encode_fields(b"d", count=len(bands), ppi=ppi)
