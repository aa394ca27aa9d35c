"""An office nearby in words, with how old the news of it are."""

from datetime import datetime

from kiosk.domain.words import Words
from kiosk.services.neighbours import NearbyOffice


def nearby_words(words: Words, near: NearbyOffice, now: datetime) -> str:
    """Return `Kecamatan X, kemarin 14.00`; now: in the office's zone."""
    return words.say("District {office}, {when}", office=near.name, when=_when(words, near.told_at, now))


def _when(words: Words, told_at: datetime, now: datetime) -> str:
    time = words.time(told_at)
    days = (now.date() - told_at.date()).days
    if days == 0:
        return words.say("today {time}", time=time)
    if days == 1:
        return words.say("yesterday {time}", time=time)
    return f"{words.short_day(told_at.date())} {time}"
