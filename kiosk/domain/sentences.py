"""What findings say to people: one English sentence a code, with `{values}`; the source of every translation."""

from collections.abc import Callable

from kiosk.domain.findings import Finding
from kiosk.domain.sentences_biodata import BIODATA_SENTENCES
from kiosk.domain.sentences_captures import CAPTURE_SENTENCES
from kiosk.domain.sentences_papers import PAPER_SENTENCES
from kiosk.domain.sentences_steps import STEP_SENTENCES

SENTENCES: dict[str, str] = {
    **BIODATA_SENTENCES,
    **CAPTURE_SENTENCES,
    **STEP_SENTENCES,
    **PAPER_SENTENCES,
}


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(finding: Finding, translate: Callable[[str], str] = str) -> str:
    """Return the sentence of a finding with its values; `translate` turns the English one before they go in.

    A code without a sentence, such as one of a newer centre, is shown as it is.
    """
    source = SENTENCES.get(finding.code)
    if source is None:
        return finding.code
    return translate(source).format_map(_Values(finding.values))
