"""The words of self-tests, on screens and papers: parts, how they stand, what their figures say."""

from datetime import datetime

from kiosk.domain.selftest import Measure, Outcome, Part, PartView, Problem, SelfTest, Stage, Verdict
from kiosk.domain.words import Words, msg

PART_WORDS: dict[Part, str] = {
    Part.CAMERA: msg("Camera"),
    Part.SIGNATURE: msg("Signature pad"),
    Part.FINGERPRINT: msg("Fingerprint scanner"),
    Part.IRIS: msg("Iris camera"),
    Part.CARD_READER: msg("Card reader"),
    Part.CODE_SCANNER: msg("Code scanner"),
    Part.DOCUMENT_SCANNER: msg("Document scanner"),
    Part.TICKET_PRINTER: msg("Ticket printer"),
    Part.PAGE_PRINTER: msg("Page printer"),
    Part.CLOCK: msg("Clock"),
    Part.DISK: msg("Disk"),
    Part.DATABASE: msg("Database, packets"),
    Part.KEYS: msg("Keys"),
    Part.LINK: msg("Line to the centre"),
}
_GOOD: dict[Part, str] = {
    Part.CLOCK: msg("Exact"),
    Part.DISK: msg("Enough room"),
    Part.DATABASE: msg("Whole"),
    Part.KEYS: msg("In the TPM"),
    Part.LINK: msg("Connected"),
}
PROBLEM_WORDS: dict[Problem, str] = {
    Problem.NOT_SET_UP: msg("Not set up"),
    Problem.NO_DRIVER: msg("Driver unknown"),
    Problem.NOT_CONNECTED: msg("Not connected"),
    Problem.BUSY: msg("In use elsewhere"),
    Problem.TOO_LATE: msg("No answer"),
    Problem.WRONG_ANSWER: msg("Wrong answer"),
    Problem.REFUSED: msg("Refuses"),
    Problem.PAPER_OUT: msg("Out of paper"),
    Problem.PAPER_LOW: msg("Paper nearly out"),
    Problem.COVER_OPEN: msg("Cover open"),
    Problem.PAPER_JAM: msg("Paper jam"),
    Problem.SUPPLY_OUT: msg("Toner is out"),
    Problem.SUPPLY_LOW: msg("Toner nearly out"),
    Problem.SLOW: msg("Slow"),
    Problem.BLURRED: msg("Blurred picture"),
    Problem.CLOCK_SUSPECT: msg("Clock is wrong"),
    Problem.CLOCK_UNCHECKED: msg("Not compared yet"),
    Problem.DISK_LOW: msg("Nearly full"),
    Problem.DISK_FULL: msg("Full"),
    Problem.DATABASE_DAMAGED: msg("Damaged"),
    Problem.PACKET_DAMAGED: msg("A packet is damaged"),
    Problem.KEY_IN_FILE: msg("In a file"),
    Problem.LINK_DOWN: msg("Cut off"),
    Problem.LINK_REFUSED: msg("Sign-in refused"),
    Problem.NOT_JOINED: msg("Not joined"),
}
MEANWHILE: dict[Part, str] = {
    Part.CAMERA: msg("Service goes on: portraits stay open, and visits are parked until a camera works."),
    Part.SIGNATURE: msg("Service goes on: residents sign on the screen, with pen, touch or mouse."),
    Part.FINGERPRINT: msg("Service goes on: fingers stay open, and visits are parked."),
    Part.IRIS: msg("Service goes on: eyes stay open, and visits are parked."),
    Part.CARD_READER: msg("Service goes on: no step needs the card reader."),
    Part.CODE_SCANNER: msg("Service goes on: what a code says is typed."),
    Part.DOCUMENT_SCANNER: msg("Service goes on: papers are looked at and ticked."),
    Part.TICKET_PRINTER: msg("Service goes on: residents are called by name or number."),
    Part.PAGE_PRINTER: msg("Service goes on without printed papers."),
    Part.CLOCK: msg("Service goes on: the centre keeps its own time beside ours."),
    Part.DISK: msg("Service goes on until the disk is full; what was saved stays."),
    Part.DATABASE: msg("Record nothing here until the Dinas has answered; nothing was deleted."),
    Part.KEYS: msg("Service goes on: the database stays sealed."),
    Part.LINK: msg("Service goes on: records wait here, sealed, and are sent when the centre answers."),
}
# measure: its text and how many decimal places are worth reading
_FIGURES: dict[str, tuple[str, int]] = {
    "rate": (msg("{number} pictures/s"), 0),
    "quality": (msg("quality {number}"), 0),
    "points": (msg("{number} points/s"), 0),
    "days": (msg("{number} days left"), 0),
    "supply": (msg("{number} % left"), 0),
    "time": (msg("{number} s"), 1),
    "sign_in": (msg("{number} s"), 1),
}


def standing_words(words: Words, part: Part, test: SelfTest | None) -> str:
    """Return how a part stands, in at most three words."""
    if test is None:
        return words.say("Never tested")
    if test.problem is not Problem.NONE:
        return words.say(PROBLEM_WORDS[test.problem])
    if test.verdict is Verdict.DUE:
        return words.say("Answers, not tried")
    return words.say(_GOOD.get(part, msg("Ready")))


def moment(words: Words, at: datetime) -> str:
    """Return a day and a time in a few words."""
    return f"{words.short_day(at.date())} {words.time(at)}"


def result_of(words: Words, view: PartView) -> str:
    """Return what the last test came to: its figure, or how often in a row it failed."""
    if view.failures:
        return words.count("failed once", "failed {count} times", view.failures)
    if view.last is None or view.last.measure is None:
        return ""
    return figure(words, view.last.measure)


def figure(words: Words, measure: Measure) -> str:
    """Return a measure with its unit."""
    text, places = _FIGURES[measure.name]
    number = words.decimal(measure.value, places) if places else words.number(round(measure.value))
    return words.say(text, number=number)


def stage_told(words: Words, stage: Stage) -> str:
    """Return what stands at the right of a stage: what came of it and how long it took."""
    match stage.outcome:
        case Outcome.NOT_REACHED:
            return words.say("not reached")
        case Outcome.DUE:
            return words.say("needs a person")
    return ", ".join(part for part in (stage.told, _took(words, stage.seconds)) if part)


def _took(words: Words, seconds: float) -> str:
    if seconds <= 0:
        return ""
    if seconds < 1:
        return words.say("{number} ms", number=words.number(max(1, round(seconds * 1000))))
    return words.say("{number} s", number=words.decimal(seconds, 1))


def identity_words(test: SelfTest | None) -> str:
    """Return make, model and serial number as the device told them; empty where it told nothing."""
    if test is None or test.device is None:
        return ""
    device = test.device
    return ", ".join(part for part in (f"{device.make} {device.model}".strip(), device.serial) if part)


def change_words(words: Words, first: Measure, last: Measure) -> str:
    """Return how far a figure moved since the first day, and whether that is better or worse."""
    if first.name != last.name or first.value == 0:
        return words.say("cannot be compared")
    change = round((last.value - first.value) / abs(first.value) * 100)
    if change == 0:
        return words.say("as on the first day")
    told = words.number(abs(change))
    if change * last.better > 0:
        return words.say("{number} % better", number=told)
    return words.say("{number} % worse", number=told)
