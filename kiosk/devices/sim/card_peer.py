"""The simulated card reader's half of the line: a card of the scene's person, with a menu of what may go wrong."""

from kiosk.devices.api import Identity, Scene
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.frames import encode_fields
from kiosk.devices.sim.peer import LINE_MENU, Peer, Reply, Request
from kiosk.devices.sim.stage import Play, Stage, stream

OF_ITS_LINE = tuple(fault for fault in LINE_MENU if fault not in ("nobody", "refused", "wrong_count"))
OF_THE_CARD = ("no_card", "pulled", "mute", "no_uid", "wrong_person")
ATR = bytes.fromhex("3b8180018080")  # of a contactless card without anything to tell
UID_START, UID_REST = b"\x04", 6  # a maker's number and the bytes after it
PULLED = "The card was taken away too early; hold it on the reader until it is read."


def peer_of(scene: Scene) -> Peer:
    """Return the card reader's peer, not yet started."""
    return Peer(
        Identity(MAKE, "card reader", "SIM-0001", "1"), Stage((*OF_ITS_LINE, *OF_THE_CARD), scene), _held
    )


def _held(request: Request, play: Play) -> Reply:
    """Tell of the card that is held there; no fields at all: none is."""
    if play.fault == "no_card":
        return (encode_fields(b"k"),)
    if play.fault == "pulled":
        return (encode_fields(b"e", code="refused", reason="pulled", text=PULLED),)
    atr = b"" if play.fault == "mute" else ATR
    person = play.scene.person + (play.fault == "wrong_person")
    uid = b"" if play.fault == "no_uid" else UID_START + stream("card", person).bytes(UID_REST)
    return (encode_fields(b"k", atr=atr.hex(), uid=uid.hex()),)
