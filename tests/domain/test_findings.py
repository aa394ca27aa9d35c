from kiosk.domain.findings import Finding, Severity, stops, unanswered
from kiosk.domain.verdicts import Decision, needs_person

ERROR, WARNING, NOTE = Finding.error("a"), Finding.warning("b"), Finding.note("c")


def test_only_an_error_stops() -> None:
    assert stops((NOTE, WARNING, ERROR))
    assert not stops((NOTE, WARNING))
    assert not stops(())


def test_a_warning_wants_a_reason_that_says_something() -> None:
    found = (ERROR, WARNING, NOTE)

    assert unanswered(found, {}) == (WARNING,)
    assert unanswered(found, {"b": "  \n"}) == (WARNING,)
    assert unanswered(found, {"a": "because"}) == (WARNING,)
    assert unanswered(found, {"b": "because"}) == ()


def test_a_finding_may_speak_of_a_code_or_a_field() -> None:
    finding = Finding.note("x", "y", code="1", field="2")

    assert (finding.code, finding.field, finding.severity) == ("x", "y", Severity.NOTE)
    assert finding.values == (("code", "1"), ("field", "2"))


def test_verdicts_that_are_not_good_news_need_a_person() -> None:
    assert {decision.value for decision in Decision if needs_person(decision)} == {
        "duplicate", "adjudicate", "rejected",
    }  # fmt: skip
