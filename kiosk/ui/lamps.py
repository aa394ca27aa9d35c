"""The kit's devices as lamps of the strip."""

from collections.abc import Iterable

from kiosk.devices.api import Kind
from kiosk.domain.selftest import DEVICES
from kiosk.domain.selftest_words import PART_WORDS
from kiosk.domain.words import Words
from kiosk.services.kit import DeviceState, KitState
from kiosk.ui.frame.strip import LampState
from kiosk.ui.kit.badges import State
from kiosk.ui.troubles import trouble_of

KIND_WORDS: dict[Kind, str] = {Kind(part.value): PART_WORDS[part] for part in DEVICES}
ICONS: dict[Kind, str] = {
    Kind.CAMERA: "camera",
    Kind.SIGNATURE: "pen-nib",
    Kind.FINGERPRINT: "fingerprint",
    Kind.IRIS: "eye",
    Kind.CODE_SCANNER: "barcode",
    Kind.CARD_READER: "credit-card",
    Kind.DOCUMENT_SCANNER: "files",
    Kind.TICKET_PRINTER: "ticket",
    Kind.PAGE_PRINTER: "printer",
}
_ORDER = list(ICONS)


def lamps(states: Iterable[DeviceState], words: Words) -> tuple[LampState, ...]:
    """Return one lamp a device, in the order of a visit."""
    known = sorted(states, key=lambda state: _ORDER.index(state.kind))
    return tuple(_lamp(state, words) for state in known)


def _lamp(state: DeviceState, words: Words) -> LampState:
    name = words.say(KIND_WORDS[state.kind])
    if state.state is KitState.READY:
        return LampState(ICONS[state.kind], State.GOOD, words.say("{device} is ready", device=name))
    if state.state is KitState.FAILED and state.error is not None:
        told = trouble_of(state.error, words).text
        return LampState(
            ICONS[state.kind], State.BROKEN, words.say("{device}: {told}", device=name, told=told)
        )
    return LampState(ICONS[state.kind], State.PENDING, words.say("{device} was not used yet", device=name))
