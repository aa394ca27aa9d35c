"""All biodata rules on one whole form, beside parsing the same form from JSON."""

import json

from benchmarks.figures import Figure, high, middle, timed
from benchmarks.office import TODAY, residents
from kiosk.app.wiring import reference
from kiosk.domain.biodata_rules import form_from_texts, read_biodata

RUNS = 2000


def measure() -> list[Figure]:
    """Return the figure of reading one form."""
    known = reference()
    forms = [form_from_texts(file.biodata) for file in residents(50)]
    texts = [json.dumps(dict(form)) for form in forms]
    ours = [
        timed(lambda form=forms[run % 50]: read_biodata(form, today=TODAY, reference=known))
        for run in range(RUNS)
    ]
    theirs = [timed(lambda text=texts[run % 50]: json.loads(text)) for run in range(RUNS)]
    return [
        Figure(
            "all biodata rules on one form",
            "ms",
            middle(ours),
            high(ours),
            "json.loads of the same form",
            middle(theirs),
            aim="p95 under 1 ms",
            holds=high(ours) < 1,
        )
    ]
