"""The domain stands on the standard library alone, tells no time and opens nothing by itself."""

import ast
import sys
from pathlib import Path

import pytest

import kiosk

MODULES = sorted((Path(kiosk.__file__).parent / "domain").glob("*.py"))
# What would bring in time, chance, the machine or the line.
WORLD = {"time", "random", "secrets", "os", "socket", "subprocess", "threading", "logging", "urllib", "http"}


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_the_standard_library_and_the_domain_only(path: Path) -> None:
    strangers = {
        name
        for name in _imported(path)
        if not name.startswith("kiosk.domain") and name.split(".")[0] not in sys.stdlib_module_names
    }

    assert strangers == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_reaches_for_nothing_outside_its_arguments(path: Path) -> None:
    assert {name.split(".")[0] for name in _imported(path)} & WORLD == set()


def test_there_are_modules_to_look_at() -> None:
    assert {"nik", "biodata_rules", "sentences"} <= {path.stem for path in MODULES}
