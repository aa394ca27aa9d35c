"""Every finding the program can raise has its sentence, and every sentence gets the values it speaks of."""

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kiosk
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Background
from kiosk.domain.sentences import SENTENCES, sentence

ROOT = Path(kiosk.__file__).parent


@dataclass(frozen=True, slots=True)
class Raised:
    """One place that makes a finding: where, its possible codes, and the names of its values."""

    place: str
    codes: tuple[str, ...]
    values: frozenset[str]


def _strings(tree: ast.AST, prefix: str) -> tuple[str, ...]:
    return tuple(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(prefix)
    )


def _codes(path: Path, tree: ast.AST, call: ast.Call) -> tuple[str, ...]:
    first = call.args[0]
    if isinstance(first, ast.Constant):
        return (first.value,)
    # The places that choose the code by a rule; a new one is named here.
    match path.relative_to(ROOT).as_posix(), ast.unparse(first):
        case "biometrics/ridges.py", "code":
            chooser = next(node for node in ast.walk(tree) if getattr(node, "name", "") == "_weakness")
            return _strings(chooser, "finger.")
        case "biometrics/portrait.py", "f'portrait.background_not_{wanted}'":
            return tuple(f"portrait.background_not_{colour}" for colour in Background)
    raise AssertionError(f"{path}:{call.lineno} chooses its code in a way this test does not know")


def _values(function: ast.AST, call: ast.Call) -> frozenset[str]:
    names = {keyword.arg for keyword in call.keywords if keyword.arg}
    spread = {ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg is None}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in spread:
            assert isinstance(node.value, ast.Dict)
            names |= {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
    return frozenset(names)


def _calls(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    named = ast.unparse(node.func)
                    if named in ("Finding.error", "Finding.warning", "Finding.note"):
                        yield function, node


def _raised() -> Iterator[Raised]:
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function, call in _calls(tree):
            place = f"{path.relative_to(ROOT)}:{call.lineno}"
            yield Raised(place, _codes(path, tree, call), _values(function, call))


RAISED = tuple(_raised())


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_scan_finds_the_rules_and_the_captures() -> None:
    codes = {code for raised in RAISED for code in raised.codes}

    assert {
        "nik.birth_date",
        "name.too_long",
        "finger.dry",
        "portrait.background_not_red",
        "step.missing",
    } <= codes


def test_no_finding_is_made_past_the_scan() -> None:
    made = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding"
        if node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    ]

    assert made == []


@pytest.mark.parametrize("raised", RAISED, ids=lambda raised: raised.place)
def test_every_finding_has_a_sentence_with_all_its_values(raised: Raised) -> None:
    for code in raised.codes:
        finding = Finding.error(code, None, **dict.fromkeys(raised.values, "17"))

        assert code in SENTENCES
        assert _placeholders(SENTENCES[code]) <= raised.values
        assert sentence(finding) == SENTENCES[code].format(**dict(finding.values))


def test_every_sentence_is_of_a_finding_that_something_raises() -> None:
    assert set(SENTENCES) - {code for raised in RAISED for code in raised.codes} == set()


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_a_sentence(code: str) -> None:
    text = SENTENCES[code]

    assert text[0].isupper() or text[0] == "{"
    assert text.endswith((".", "?"))
    assert text == " ".join(text.split())


def test_no_two_findings_of_one_family_say_the_same() -> None:
    said = [(code.split(".", maxsplit=1)[0], text) for code, text in SENTENCES.items()]

    assert len(set(said)) == len(said)


def test_a_code_of_a_newer_program_is_shown_as_it_is() -> None:
    assert sentence(Finding.error("moon.phase", given="full")) == "moon.phase"


def test_a_value_that_is_missing_is_shown_as_a_question_mark() -> None:
    assert sentence(Finding.error("nik.length")) == "A NIK has 16 digits, not ?."


def test_the_translation_is_made_before_the_values_go_in() -> None:
    finding = Finding.error("nik.length", given="15")

    said = sentence(
        finding,
        {"A NIK has 16 digits, not {given}.": "NIK terdiri atas 16 angka, bukan {given}."}.__getitem__,
    )

    assert said == "NIK terdiri atas 16 angka, bukan 15."


@given(st.text())
def test_what_was_typed_is_never_read_as_a_placeholder(typed: str) -> None:
    assert sentence(Finding.error("date.unreadable", given=typed)) == (
        f"This is no date: {typed}. Type it as 17-08-1990."
    )
