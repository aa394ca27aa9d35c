"""What the morning's self-test found, in one calm sentence."""

from datetime import tzinfo

from kiosk.domain.morning import Found
from kiosk.domain.selftest import Part
from kiosk.domain.selftest_words import PART_WORDS
from kiosk.domain.words import Words


def morning_words(words: Words, found: Found | None, zone: tzinfo | None) -> str:
    """Return the sentence; empty where no morning was tested today.  zone: the office's."""
    if found is None:
        return ""
    time = words.time(found.begun.wall.astimezone(zone))
    said = "; ".join((*_found(words, found), *_to_come(words, found)))
    return words.say("This morning's self-test, {time}: {said}.", time=time, said=said)


def _found(words: Words, found: Found) -> tuple[str, ...]:
    if found.is_well:
        return () if found.left else (words.say("nothing is broken"),)
    broken = words.say("broken: {parts}", parts=_named(words, found.broken)) if found.broken else ""
    care = words.say("to be looked after: {parts}", parts=_named(words, found.care)) if found.care else ""
    return tuple(part for part in (broken, care) if part)


def _to_come(words: Words, found: Found) -> tuple[str, ...]:
    if not found.left:
        return ()
    return (words.count("{count} part is still to come", "{count} parts are still to come", found.left),)


def _named(words: Words, parts: tuple[Part, ...]) -> str:
    return ", ".join(words.say(PART_WORDS[part]) for part in parts)
