"""The catalogue is whole: every text of the program has its Indonesian, and what is shipped is what was translated."""

import importlib.util
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import labels
from kiosk.domain.words import Words
from kiosk.services.steps import Step
from kiosk.sync.causes import SENTENCES, Cause

ROOT = Path(__file__).parent.parent
ENDINGS = ".?:…"
PLURAL = 'words.count("{count} packet", "{count} packets", 3)\n'


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue_script", ROOT / "scripts" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


script = _script()


def _house(folder: Path, source: str) -> Path:
    (folder / "kiosk").mkdir(exist_ok=True)
    (folder / "kiosk" / "page.py").write_text(source, encoding="utf-8")
    return folder


def _translate(po: Path, text: str, said: str) -> None:
    lines = po.read_text(encoding="utf-8").splitlines()
    at = lines.index(f'msgid "{text}"')
    at += 2 if lines[at + 1].startswith("msgid_plural") else 1
    lines[at] = f'{lines[at].split()[0]} "{said}"'
    po.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def po(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.po"


# --- the catalogue of the program ------------------------------------------------------------------------


def test_the_catalogue_is_whole() -> None:
    assert script.problems(ROOT, script.PO, [*script.table_texts(), *script.driver_texts()]) == []


def test_making_the_catalogue_anew_changes_nothing() -> None:
    known = script.read_catalogue(script.PO)

    assert script.written(script.merged(known, known)) == script.PO.read_bytes()


def test_the_catalogue_names_no_place_and_no_day() -> None:
    head = script.PO.read_text(encoding="utf-8")

    assert "\n#:" not in head
    assert "Date" not in head.split("\n\n")[0]


def test_every_translation_ends_as_its_source_does() -> None:
    different = [
        text
        for text, message in script.read_catalogue(script.PO).items()
        for said in script._strings(message)
        if said and (script._first(text)[-1] in ENDINGS) != (said[-1] in ENDINGS)
    ]

    assert different == []


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_said_in_indonesian(cause: Cause) -> None:
    words = Words.load(ROOT / "resources" / "locale", "id")

    assert words.say(SENTENCES[cause]) != SENTENCES[cause]


@pytest.mark.parametrize("step", Step)
def test_every_step_of_a_visit_has_a_label(step: Step) -> None:
    assert labels.label_of_value("step", step.value)


# --- finding texts ---------------------------------------------------------------------------------------


def test_texts_that_are_said_counted_or_marked_are_found(tmp_path: Path) -> None:
    source = (
        'a = words.say("One " "text.")\n'
        'b = self._words.say("Yes" if held else "No")\n'
        'c = words.say("{age} old", age=words.say("young"))\n'
        f"{PLURAL}"
        'TABLE = {1: msg("Marked")}\n'
        "d = words.say(TABLE[1])\n"
    )

    found = script.find_texts(_house(tmp_path, source))

    counted = ("{count} packet", "{count} packets")
    assert found.texts == {"One text.", "Yes", "No", "{age} old", "young", counted, "Marked"}
    assert found.unreadable == []


def test_a_text_said_under_another_name_is_found(tmp_path: Path) -> None:
    source = 'tell = self.words.say\ntell("Under another name")\nother = words.number\nother("not this")\n'

    assert script.find_texts(_house(tmp_path, source)).texts == {"Under another name"}


def test_what_only_looks_like_a_text_is_left_alone(tmp_path: Path) -> None:
    source = 'say("printed")\n"a.b".count(".")\nlayout.count("x")\nwords.say("")\nask("me")\n'

    assert script.find_texts(_house(tmp_path, source)).texts == set()


@pytest.mark.parametrize("text", ['f"{n} left"', '"a" + b', '"a %s" % b'])
def test_a_text_put_together_on_the_way_is_reported(tmp_path: Path, po: Path, text: str) -> None:
    _house(tmp_path, f"words.say({text})\n")
    script.update(tmp_path, po)

    assert "cannot be translated (not a plain text): kiosk/page.py:1" in script.problems(tmp_path, po)


# --- what check tells ------------------------------------------------------------------------------------


def test_a_text_that_is_translated_and_compiled_is_no_problem(tmp_path: Path, po: Path) -> None:
    _house(tmp_path, f'words.say("Signature")\n{PLURAL}')
    script.update(tmp_path, po)
    _translate(po, "Signature", "Tanda tangan")
    _translate(po, "{count} packet", "{count} paket")
    script.update(tmp_path, po)

    assert script.problems(tmp_path, po) == []


def test_a_text_without_translation_is_missing(tmp_path: Path, po: Path) -> None:
    _house(tmp_path, f'words.say("Signature")\n{PLURAL}')

    assert script.update(tmp_path, po) == 2
    assert script.problems(tmp_path, po) == ["missing: Signature", "missing: {count} packet"]


def test_a_text_that_is_new_is_missing_before_the_update(tmp_path: Path, po: Path) -> None:
    script.update(_house(tmp_path, ""), po)
    _house(tmp_path, 'words.say("Signature")\n')

    assert script.problems(tmp_path, po) == ["missing: Signature"]


def test_a_text_nobody_says_any_more_is_obsolete_until_the_update(tmp_path: Path, po: Path) -> None:
    script.update(_house(tmp_path, 'words.say("Signature")\n'), po)
    _house(tmp_path, "")

    assert script.problems(tmp_path, po) == ["obsolete: Signature"]
    script.update(tmp_path, po)
    assert script.problems(tmp_path, po) == []


@pytest.mark.parametrize("said", ["Mulai {given}", "Mulai", "Mulai {on} {to}", "Mulai {on", "Mulai {on:>9}"])
def test_a_translation_with_other_placeholders_is_told(tmp_path: Path, po: Path, said: str) -> None:
    script.update(_house(tmp_path, 'words.say("From {on}")\n'), po)
    _translate(po, "From {on}", said)
    script.update(tmp_path, po)

    assert script.problems(tmp_path, po) == [f"other placeholders: From {{on}} -> {said}"]


def test_one_form_for_all_numbers_may_name_the_number(tmp_path: Path, po: Path) -> None:
    script.update(_house(tmp_path, 'words.count("Lay {count} thumb", "Lay both thumbs", 2)\n'), po)
    _translate(po, "Lay {count} thumb", "Letakkan {count} ibu jari")
    script.update(tmp_path, po)

    assert script.problems(tmp_path, po) == []


def test_a_number_both_forms_name_is_not_left_out(tmp_path: Path, po: Path) -> None:
    script.update(_house(tmp_path, PLURAL), po)
    _translate(po, "{count} packet", "paket")
    script.update(tmp_path, po)

    assert script.problems(tmp_path, po) == ["other placeholders: {count} packet -> paket"]


def test_a_guess_is_told_and_not_shipped(tmp_path: Path, po: Path) -> None:
    script.update(_house(tmp_path, 'words.say("Signature")\n'), po)
    _translate(po, "Signature", "Tanda tangan")
    po.write_text(
        po.read_text(encoding="utf-8").replace('msgid "Sig', '#, fuzzy\nmsgid "Sig'), encoding="utf-8"
    )
    script.update(tmp_path, po)

    assert script.problems(tmp_path, po) == ["fuzzy: Signature"]
    assert b"Tanda tangan" not in po.with_suffix(".mo").read_bytes()


def test_a_translation_that_was_not_compiled_is_told(tmp_path: Path, po: Path) -> None:
    script.update(_house(tmp_path, 'words.say("Signature")\n'), po)
    _translate(po, "Signature", "Tanda tangan")

    assert script.problems(tmp_path, po) == ["out of date: kiosk.mo"]


def test_an_update_keeps_what_was_translated_and_what_was_noted(tmp_path: Path, po: Path) -> None:
    script.update(_house(tmp_path, 'words.say("Signature")\n'), po)
    _translate(po, "Signature", "Tanda tangan")
    noted = po.read_text(encoding="utf-8").replace('msgid "Sig', '# On the pad.\nmsgid "Sig')
    po.write_text(noted, encoding="utf-8")
    script.update(_house(tmp_path, 'words.say("Signature")\nwords.say("Again")\n'), po)

    kept = po.read_text(encoding="utf-8")
    assert '# On the pad.\nmsgid "Signature"\nmsgstr "Tanda tangan"\n' in kept
    assert 'msgid "Again"\nmsgstr ""\n' in kept


def test_two_updates_write_the_same_bytes(tmp_path: Path, po: Path) -> None:
    _house(tmp_path, f'words.say("Two\\nlines, \\"quoted\\"")\n{PLURAL}')
    script.update(tmp_path, po)
    first = po.read_bytes(), po.with_suffix(".mo").read_bytes()
    script.update(tmp_path, po)

    assert (po.read_bytes(), po.with_suffix(".mo").read_bytes()) == first


@given(st.text())
def test_the_placeholders_of_a_text_are_those_that_can_be_filled(text: str) -> None:
    names = script.placeholders(text)

    if names is not None:
        filled = string.Formatter().vformat(text, (), dict.fromkeys(names, "x"))
        assert isinstance(filled, str)
