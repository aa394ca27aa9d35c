"""What docs/devices.md says a driver must, might and never does is held: line by line, each by a test it names."""

import ast
import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kiosk.devices import api
from kiosk.devices.api import DeviceError, DocumentScanner, PagePrinter, Settings, installed_drivers
from kiosk.devices.registry import list_drivers, load, open_device
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, held_by_this_process

ROOT = Path(__file__).parent.parent.parent
DRIVERS = ROOT / "kiosk" / "devices" / "drivers"
SIM = ROOT / "kiosk" / "devices" / "sim"
DUTIES = ROOT / "docs" / "devices.md"
HEADS = ("It **must**", "It **might**", "It **never**")

MAY_IMPORT = (
    "kiosk.devices.api",
    "kiosk.devices.serial_line",
    "kiosk.devices.traces",
    "kiosk.devices.wall_clock",
)
ERRORS = {
    name for name, found in vars(api).items() if isinstance(found, type) and issubclass(found, DeviceError)
}
# Such sentences name the setting that has to be changed, and how.
SAYS_WHAT_TO_DO = re.compile(r"; |^The settings? ", re.DOTALL)
# At each of these addresses there is nothing: what began to open lets go of all it had.
NOWHERE: dict[str, Settings] = {
    "camera.gphoto2": {"camera": "No such camera"},
    "camera.opencv": {"source": "http://127.0.0.1:9/stream"},
    "camera.sbi": {"ports": "9", "trust": "/nowhere"},
    "card_reader.pcsc": {"reader": "No such reader"},
    "code_scanner.serial": {"port": "socket://127.0.0.1:9"},
    "document_scanner.sane": {"device": "No such scanner"},
    "fingerprint.sbi": {"ports": "9", "trust": "/nowhere"},
    "fingerprint.zfm": {"port": "socket://127.0.0.1:9"},
    "iris.sbi": {"ports": "9", "trust": "/nowhere"},
    "page_printer.cups": {"printer": "ipp://127.0.0.1:9/ipp/print"},
    "signature.topaz": {"port": "/dev/no-such-port"},
    "ticket_printer.escpos": {"port": "socket://127.0.0.1:9"},
}


def modules(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of ours that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("kiosk", "central"):
            yield node.module or ""
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] in ("kiosk", "central"))


@pytest.mark.parametrize("path", modules(DRIVERS), ids=lambda path: path.stem)
def test_a_driver_imports_nothing_of_ours_but_what_is_made_for_drivers(path: Path) -> None:
    strange = [
        module
        for module in imported(path)
        if module not in MAY_IMPORT and not module.startswith("kiosk.devices.drivers")
    ]

    assert strange == []


LOOK_ON = """
import importlib, sys, threading
seen = []
def look(event, args):
    if event in ("socket.bind", "socket.connect", "subprocess.Popen", "os.posix_spawn", "tempfile.mkdtemp", "os.fork"):
        seen.append((event, repr(args)[:200]))
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        seen.append((event, repr(args)[:200]))
sys.addaudithook(look)
for module in sys.argv[1:]:
    importlib.import_module(module)
seen += [("thread", thread.name) for thread in threading.enumerate() if thread is not threading.main_thread()]
print(seen)
"""


def test_no_driver_does_any_work_when_it_is_imported() -> None:
    ours = sorted(
        {entry.module for name, entry in installed_drivers().items() if entry.module.startswith("kiosk.")}
    )
    command = [sys.executable, "-B", "-W", "ignore", "-c", LOOK_ON, *ours]

    looked = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    assert len(ours) > 15
    assert looked.stdout.strip() == "[]"


def constants() -> dict[str, ast.expr]:
    """Return what stands behind the names that modules of drivers and simulators give to sentences."""
    return {
        target.id: node.value
        for path in (*modules(DRIVERS), *modules(SIM))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }


def text_of(node: ast.expr, named: Mapping[str, ast.expr]) -> str:
    """Return a sentence as far as it stands in the source; `x` for what is known only when it is said."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name) if name in named:
            return text_of(named[name], named)
        case ast.FormattedValue(value=value):
            return text_of(value, named)
        case ast.JoinedStr(values=values):
            return "".join(text_of(part, named) for part in values)
    return "x"


def sentences(path: Path, named: Mapping[str, ast.expr]) -> Iterator[str]:
    """Yield every sentence a file raises an error with; those of a table, known only when they are said, left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ERRORS
            and node.args
        ):
            text = text_of(node.args[0], named)
            if text != "x":
                yield text


@pytest.mark.parametrize(
    "path", [*modules(DRIVERS), *modules(SIM)], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_sentence_of_an_error_ends_with_what_to_do(path: Path) -> None:
    said = list(sentences(path, constants()))

    assert [text for text in said if not SAYS_WHAT_TO_DO.search(text) or not text.endswith(".")] == []


def opened_and_used(name: str, settings: Settings) -> None:
    """Open what is nowhere; what is looked for at its first use only is used as well."""
    with contextlib.closing(open_device(name, settings, NobodyAsked())) as device:
        if isinstance(device, PagePrinter):
            device.status(timeout=LIMIT)
        if isinstance(device, DocumentScanner):
            device.scan(ppi=75, timeout=LIMIT)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", NOWHERE)
def test_opening_that_fails_half_way_says_why_and_leaves_nothing_over(name: str) -> None:
    known = {setting.key for setting in load(name).settings}
    before = held_by_this_process()

    with pytest.raises(DeviceError, match=SAYS_WHAT_TO_DO):
        opened_and_used(name, NOWHERE[name])

    assert set(NOWHERE[name]) <= known
    assert held_by_this_process() - before == set()


def test_every_driver_of_hardware_is_opened_where_nothing_is() -> None:
    hardware = {entry.name for entry in list_drivers() if entry.module.startswith("kiosk.devices.drivers.")}

    assert hardware == set(NOWHERE)


def duties() -> list[tuple[str, str]]:
    """Return the lines of the three lists, each with its head."""
    text = DUTIES.read_text(encoding="utf-8")
    section = text[text.index("## What a driver must") : text.index("## Writing one")]
    found, head = [], ""
    for block in re.split(r"\n(?=\* |It \*\*)", section):
        head = next((one for one in HEADS if block.startswith(one)), head)
        if block.startswith("* "):
            found.append((head, " ".join(block.split())))
    return found


def names_of_tests() -> set[str]:
    """Return the names of all tests of this folder and of the architecture."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), ROOT / "tests" / "test_architecture.py"]
    return {
        node.name
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_the_three_lists_are_there() -> None:
    assert [head for head in HEADS if any(one == head for one, _ in duties())] == list(HEADS)
    assert len(duties()) > 15


@pytest.mark.parametrize(("head", "line"), duties(), ids=[line[2:50] for _, line in duties()])
def test_every_line_of_the_lists_names_tests_that_there_are(head: str, line: str) -> None:
    named = set(re.findall(r"`(test_\w+)`", line))

    assert named
    assert named <= names_of_tests()
