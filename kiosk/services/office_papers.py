"""How papers are issued at this office: the centre's signed word as rules; a row edited by hand changes nothing."""

from kiosk.domain.paper_numbers import NumberBlock, NumberTemplate, next_serial, serials_left
from kiosk.domain.papers import PaperKind, PaperPolicy
from kiosk.services.roster import signed_directives
from kiosk.storage.store import Ledger
from kiosk.wire.papers import OfficePapers, PaperRule

ASK_BELOW = 50  # serials of a kind: about half a day of a busy counter


def office_papers(ledger: Ledger) -> OfficePapers | None:
    """Return the settings of the last directives whose signature holds; None where the office issues no papers."""
    directives = signed_directives(ledger)
    return None if directives is None else directives.papers


def rule_of(office: OfficePapers | None, kind: PaperKind) -> PaperRule | None:
    """Return the office's rule for a kind; None where it has none."""
    return next((rule for rule in office.rules if rule.kind is kind), None) if office else None


def policy_of(office: OfficePapers | None, kind: PaperKind) -> PaperPolicy:
    """Return what `judge_paper` asks for; a kind without a rule is switched off."""
    rule = rule_of(office, kind)
    if rule is None:
        return PaperPolicy(kind, is_on=False)
    return PaperPolicy(kind, rule.is_on, rule.basis, rule.needs, rule.months, rule.decided_on)


def template_of(rule: PaperRule, district: str) -> NumberTemplate:
    """Return how numbers of a kind look; district: the office's code."""
    return NumberTemplate(rule.pattern, rule.class_code, district)


def blocks_of(office: OfficePapers) -> tuple[NumberBlock, ...]:
    """Return the serials this kiosk may use."""
    return tuple(NumberBlock(block.kind, block.year, block.first, block.last) for block in office.blocks)


def serial_after(ledger: Ledger, office: OfficePapers, kind: PaperKind, year: int) -> int | None:
    """Return the next serial of a kind and year; None where the blocks are used up."""
    return next_serial(blocks_of(office), kind, year, last_used=ledger.papers.last_used(kind, year))


def numbers_left(ledger: Ledger, office: OfficePapers, kind: PaperKind, year: int) -> int:
    """Return how many papers of a kind can still be issued this year before the centre lends another block."""
    return serials_left(blocks_of(office), kind, year, last_used=ledger.papers.last_used(kind, year))
