"""What each place of the window is called."""

from kiosk.domain.words import Words, msg
from kiosk.ui.frame.rail import DELIVERIES, DEVICES, DRAFTS, HOME, QUEUE, SETTINGS
from kiosk.ui.places import ARRIVAL, DEVICE_SETUP, PAPER_CHECK, RECORD, SAVED, SEARCH, TASKS, VISIT

_WORDS: dict[str, str] = {
    HOME: msg("Home"),
    QUEUE: msg("Queue"),
    DRAFTS: msg("Drafts"),
    DELIVERIES: msg("Deliveries"),
    DEVICES: msg("Devices"),
    SETTINGS: msg("Settings"),
    ARRIVAL: msg("Arrival"),
    VISIT: msg("Visit"),
    SAVED: msg("Saved"),
    SEARCH: msg("Search"),
    RECORD: msg("Record"),
    TASKS: msg("Tasks"),
    DEVICE_SETUP: msg("Set up devices"),
    PAPER_CHECK: msg("Check a paper"),
}


def place_word(place: str, words: Words) -> str:
    """Return the word of a place; the name itself for one nobody named."""
    return words.say(_WORDS.get(place, place))
