"""The register in words: how a paper stands, and what became of its numbers."""

from kiosk.domain.paper_check_words import KINDS
from kiosk.domain.register import RENEWED, PaperState, Printing, RegisterEntry
from kiosk.domain.register_book import NumberAccount
from kiosk.domain.words import Words, msg

STATES: dict[PaperState, str] = {
    PaperState.ISSUED: msg("Issued"),
    PaperState.HANDED_OVER: msg("Handed over"),
    PaperState.VOID: msg("Void"),
    PaperState.WITHDRAWN: msg("Taken back"),
}
_PRINTING: dict[Printing, str] = {
    Printing.UNKNOWN: msg("Nobody has looked yet"),
    Printing.PRINTED: msg("Printed"),
    Printing.FAILED: msg("Not printed"),
}


def state_words(words: Words, entry: RegisterEntry) -> str:
    """Return how a paper stands; of one that was issued also what came out of the printer."""
    if entry.state is not PaperState.ISSUED:
        return words.say(STATES[entry.state])
    if entry.printing is Printing.UNKNOWN and not entry.prints:
        return words.say("Not printed yet")
    return words.say(_PRINTING[entry.printing])


def remark_words(words: Words, entry: RegisterEntry) -> str:
    """Return who took a paper, or why it ended."""
    if entry.reason.startswith(RENEWED):
        return words.say("Renewed by {number}", number=entry.reason.removeprefix(RENEWED).strip())
    if entry.state is PaperState.HANDED_OVER:
        return words.say("Taken by {who}", who=entry.handed_to)
    return entry.reason


def account_words(words: Words, account: NumberAccount) -> str:
    """Return what became of the numbers of one block, in a sentence."""
    kind, stretch = words.say(KINDS[account.kind]), f"{account.first}-{account.last}"
    if not account.missing:
        return words.say(
            "{kind} {year}: every number of {stretch} has its line.",
            kind=kind, year=account.year, stretch=stretch,
        )  # fmt: skip
    return words.say(
        "{kind} {year}: of {stretch} these have no line: {missing}. Ask the Dinas.",
        kind=kind, year=account.year, stretch=stretch, missing=", ".join(map(str, account.missing)),
    )  # fmt: skip
