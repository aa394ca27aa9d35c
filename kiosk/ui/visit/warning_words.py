"""What a warning is called in a few words, and the reasons officers usually give for going on."""

from dataclasses import dataclass

from kiosk.domain.findings import Finding
from kiosk.domain.words import Words, msg

COMPARED = msg("Compared with the family card")
_RESIDENT_SAYS = msg("The resident says so and signs for it")
_NOT_KNOWN = msg("Not known to the resident")
_AS_BEFORE = msg("Written so in the older papers")
_USUAL = (COMPARED, _RESIDENT_SAYS)
_NAME = (_AS_BEFORE, msg("Written so in the birth certificate"), COMPARED)
_ACT = (msg("The certificate is at home"), msg("The certificate was lost"), _NOT_KNOWN)
_FAMILY = (COMPARED, msg("The family card will be changed"), _RESIDENT_SAYS)
_ASKED = (msg("Asked the resident, who is sure"), msg("Seen on the old card"), COMPARED)


@dataclass(frozen=True, slots=True)
class WarningWords:
    """The heading of a finding, what stands under it (empty: its own sentence), and the usual reasons."""

    head: str
    rest: str = ""
    reasons: tuple[str, ...] = _USUAL


_WARNINGS: dict[str, WarningWords] = {
    "nik.other_birth_date": WarningWords(
        msg("Birth date differs from the NIK"),
        msg("The NIK carries {coded}. Choose the reason to go on."),
        (msg("Corrected by the birth certificate"), msg("Corrected by a court"), COMPARED),
    ),
    "nik.other_sex": WarningWords(
        msg("Sex differs from the NIK"),
        reasons=(COMPARED, msg("The NIK was given wrongly"), msg("Changed by a court")),
    ),
    "nik.district_unknown": WarningWords(msg("District of the NIK not known")),
    "family_card_no.district_unknown": WarningWords(msg("District of the family card not known")),
    "family_card_no.serial_zero": WarningWords(msg("Family card number ends in 0000")),
    "name.one_word": WarningWords(msg("Name of one word"), reasons=_NAME),
    "name.abbreviation": WarningWords(msg("Single letter in the name"), reasons=_NAME),
    "name.too_long_kept": WarningWords(msg("Name longer than 60 letters"), reasons=_NAME),
    "name.digits_kept": WarningWords(msg("Digits in the name"), reasons=_NAME),
    "name.punctuation_kept": WarningWords(msg("Punctuation in the name"), reasons=_NAME),
    "name.foreign_letter_kept": WarningWords(msg("Other letters in the name"), reasons=_NAME),
    "parent.unknown": WarningWords(msg("Parent's name missing"), reasons=(_NOT_KNOWN, COMPARED)),
    "parent.other_sex": WarningWords(msg("Parent's NIK of the other sex")),
    "marriage.no_certificate": WarningWords(msg("Marriage without a certificate"), reasons=_ACT),
    "divorce.no_certificate": WarningWords(msg("Divorce without a certificate"), reasons=_ACT),
    "marriage.contradicts_status": WarningWords(msg("Certificate, but never married"), reasons=_FAMILY),
    "family_relationship.not_married": WarningWords(msg("Husband or wife, never married"), reasons=_FAMILY),
    "family_relationship.other_sex": WarningWords(msg("Place in the family and sex"), reasons=_FAMILY),
    "head_of_family.other_name": WarningWords(msg("Another head of the family"), reasons=_FAMILY),
    "belief.other_religion": WarningWords(msg("Belief and religion differ")),
    "eligibility.dual_citizen": WarningWords(msg("Two citizenships"), reasons=(msg("Papers seen"), COMPARED)),
    "eligibility.marriage_unregistered": WarningWords(
        msg("Under 17, marriage not registered"), reasons=(msg("Form F-1.05 seen"),)
    ),
    "eligibility.enrolled_before": WarningWords(
        msg("Recorded before"),
        reasons=(
            msg("The Dinas asked for it"),
            msg("Unreadable at the centre"),
            msg("Looks changed for good"),
        ),
    ),
    "eligibility.not_known_enrolled": WarningWords(msg("Not known as recorded"), reasons=_ASKED),
    "eligibility.card_later": WarningWords(msg("Card follows at 17")),
    "eligibility.by_marriage": WarningWords(msg("Under 17, by marriage")),
    "eligibility.nik_may_be_off": WarningWords(msg("NIK may be switched off")),
}


def heading(words: Words, finding: Finding) -> str:
    """Return a finding in a few words; its sentence where it has none."""
    known = _WARNINGS.get(finding.code)
    return words.say(known.head) if known else words.finding(finding)


def warning_text(words: Words, finding: Finding) -> tuple[str, str]:
    """Return the heading of a warning and what stands under it."""
    known = _WARNINGS.get(finding.code)
    if known is None:
        return words.finding(finding), words.say("Choose the reason to go on.")
    return words.say(known.head), words.say(
        known.rest, **dict(finding.values)
    ) if known.rest else words.finding(finding)


def usual_reasons(words: Words, code: str) -> tuple[str, ...]:
    """Return the reasons usually given for that warning."""
    known = _WARNINGS.get(code)
    return tuple(words.say(reason) for reason in (known.reasons if known else _USUAL))
