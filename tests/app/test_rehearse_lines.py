"""A file for `kiosk rehearse` that holds what nobody should type: every line gets its answer, none stops the rest."""

import json
from pathlib import Path

import pytest

from kiosk.app.main import main
from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import make_practice, opened
from kiosk.wire.contents import ResidentFile

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "kiosk"
    make_practice(folder)
    return folder


@pytest.fixture(scope="module")
def person(office: Path) -> ResidentFile:
    with opened(office) as installation:
        counter = installation.counter
        people = practice_residents(30, seed=6, today=counter.today(), reference=counter.reference)
        return next(file for file in people if not file.exceptions)


def with_biodata(file: ResidentFile, **changes: str) -> str:
    return file.model_copy(update={"biodata": file.biodata | changes}).model_dump_json()


def told(lines: list[str], office: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    path = office.parent / "lines.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code = main(["rehearse", str(path), "--data", str(office)])
    assert code == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_bad_line_is_refused_with_findings_in_words_and_the_next_one_is_read(
    office: Path, person: ResidentFile, capsys: pytest.CaptureFixture[str]
) -> None:
    nik = person.biodata["nik"]
    bad = {
        "a paste of 10 MB": with_biodata(person, full_name="SITI " * 2_000_000),
        "control characters": with_biodata(person, full_name="SI\x00TI\x1b[31m RAHAYU"),
        "arabic digits": with_biodata(person, nik=nik.translate(ARABIC)),
        "born in 2090": with_biodata(person, birth_date="17-08-2090"),
        "no such day": with_biodata(person, birth_date="31-02-1990"),
        "written from right to left": with_biodata(person, address="\u202eKRAJAN"),
        "an unknown field": with_biodata(person, shoe_size="43"),
        "an unknown service": person.model_copy(update={"service": "a haircut"}).model_dump_json(),
        "an unknown reason": json.dumps(
            person.model_dump() | {"exceptions": [{"part": "left_ring", "reason": "lost at sea"}]}
        ),
        "no JSON": "{",
        "another shape": "[1, 2, 3]",
    }

    answers = told(list(bad.values()), office, capsys)

    assert [list(answer) for answer in answers] == [["refused"]] * len(bad), list(bad)
    findings = [finding for answer in answers for finding in answer["refused"]]  # type: ignore[attr-defined]
    assert all(finding["sentence"] != finding["code"] for finding in findings)
    assert not any(nik in finding["sentence"] for finding in findings)


def test_a_number_typed_with_dots_is_the_same_resident_when_it_comes_again(
    office: Path, person: ResidentFile, capsys: pytest.CaptureFixture[str]
) -> None:
    nik = person.biodata["nik"]
    dotted = with_biodata(person, nik=f"{nik[:6]}.{nik[6:12]}.{nik[12:]}")

    answers = told([dotted, person.model_dump_json()], office, capsys)

    assert list(answers[0]) == ["saved"], answers
    assert answers[1] == {"already": answers[0]["saved"]}
