"""The sentences of what stands against a paper, or what it will lack (English source; placeholders in braces)."""

PAPER_SENTENCES: dict[str, str] = {
    "paper.switched_off": "The office does not issue this paper now.",
    "paper.not_recorded_here": "This resident was not recorded here, so there is no slip.",
    "paper.foreign_resident": "Foreign residents get their own paper from the Dinas, not this one.",
    "paper.too_young": "Under 17 and not married: there is no card yet, so nothing stands in its place before {on}.",
    "paper.not_recorded": "Fingers and eyes are not recorded yet. Record the resident first.",
    "paper.duplicate": "The centre found the same person twice. First the Dinas has to settle it.",
    "paper.under_decision": "The centre is still deciding whether this person is recorded twice.",
    "paper.rejected": "The centre rejected the record. Mend it first.",
    "paper.withdrawn_record": "The record was withdrawn.",
    "paper.elsewhere_unchecked": "Recorded elsewhere, and the centre was not asked yet. The office's rule wants it.",
    "paper.recorded_elsewhere": "Recorded elsewhere by the resident's word; the centre was not asked.",
    "paper.card_is_printed": "The card is already printed. Hand it over instead.",
    "paper.not_received": "The centre has not received the record. The office's rule wants that first.",
    "paper.not_checked_by_centre": "The centre has not accepted the record. The office's rule wants that first.",
    "paper.no_police_letter": "A lost card needs the letter of the police.",
    "paper.no_damaged_card": "The damaged card has to be handed in.",
    "paper.holds_valid_one": "Certificate {number} is valid until {until}. Print that one again instead.",
    "paper.checked": "Found in the centre's database on {on}.",
    "paper.not_checked": "Not checked with the centre: the paper will not say that the data are in the database.",
    "number.template": "The template of numbers is not usable: {problem}.",
}
