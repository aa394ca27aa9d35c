"""A driver in a package of its own, from its folder to a self-test: built, installed, listed, used, and gone again."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.app.wiring import make_practice

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "kiosk-reader-rdm6300"
NAME = "card_reader.rdm6300"
LIMIT = 60.0
KIOSK = ("-c", "import sys; from kiosk.app.main import main; raise SystemExit(main(sys.argv[1:]))")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the package was installed from a wheel; nothing was fetched."""
    made = tmp_path_factory.mktemp("package")
    sources = shutil.copytree(EXAMPLE, made / "sources", ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "--quiet", "--no-input"]
    subprocess.run(
        [*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", made / "wheels", sources],
        check=True,
    )
    wheel = next((made / "wheels").iterdir())
    subprocess.run(
        [*pip, "install", "--no-index", "--no-deps", "--target", made / "installed", wheel], check=True
    )
    return made / "installed"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A practice office whose card reader a test chooses."""
    make_practice(tmp_path / "kiosk")
    return tmp_path / "kiosk"


def _choose(office: Path, port: str) -> None:
    settings = office / "kiosk.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('driver = "card_reader.simulated"', f'driver = "{NAME}"\nport = "{port}"'),
        encoding="utf-8",
    )


def _run(script: list[str], beside: Path | None, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a fresh Python that sees the kiosk, and the folder if there is one."""
    path = os.pathsep.join(str(folder) for folder in (ROOT, beside) if folder is not None)
    return subprocess.run(
        [sys.executable, *script],
        check=False,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        input="\n\n",
        env={**os.environ, "PYTHONPATH": path, **more},
    )


def _listed(beside: Path | None) -> dict[str, bool]:
    """Return the names of all drivers, and whether the package's module was imported for it."""
    script = (
        "import json, sys; from kiosk.devices.registry import list_drivers;"
        "names = [entry.name for entry in list_drivers()];"
        "print(json.dumps({name: 'kiosk_reader_rdm6300.reader' in sys.modules for name in names}))"
    )
    listed: dict[str, bool] = json.loads(_run(["-c", script], beside).stdout)
    return listed


@contextmanager
def _peer(beside: Path, fault: str) -> Iterator[str]:
    """Lend the address of the reader's peer."""
    with subprocess.Popen(
        [sys.executable, "-m", "kiosk_reader_rdm6300.peer", fault],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(beside)},
    ) as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        yield f"socket://127.0.0.1:{int(peer.stdout.readline())}"
        peer.stdin.close()


def _tested(office: Path, beside: Path | None) -> dict[str, object]:
    told = _run([*KIOSK, "selftest", "card_reader", "--json", "--ask", "--data", str(office)], beside)
    found: dict[str, object] = json.loads(told.stdout.splitlines()[-1])
    return found


def test_it_is_listed_beside_the_others_without_being_imported(installed: Path) -> None:
    own, without = _listed(installed), _listed(None)

    assert set(own) - set(without) == {NAME}
    assert not any(own.values())


def test_the_kiosk_reads_a_card_by_it_and_keeps_the_self_test(installed: Path, office: Path) -> None:
    with _peer(installed, "none") as port:
        _choose(office, port)
        test = _tested(office, installed)

    assert test["verdict"] == "good"
    assert [stage["outcome"] for stage in test["stages"]] == ["reached"] * 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("disturbance", "problem"),
    [
        ("silence", "too_late"),
        ("checksum", "wrong_answer"),
        ("garbage", "wrong_answer"),
        ("cut", "not_connected"),
    ],
)
def test_each_fault_of_its_peer_ends_with_what_a_person_can_do(
    installed: Path, office: Path, disturbance: str, problem: str
) -> None:
    with _peer(installed, disturbance) as port:
        _choose(office, port)
        test = _tested(office, installed)

    assert (test["verdict"], test["problem"]) == ("broken", problem)


def test_it_reads_a_frame_that_a_user_of_the_reader_published(installed: Path) -> None:
    seen = [2, 48, 49, 48, 48, 54, 51, 69, 57, 65, 69, 50, 53, 3]  # forum.arduino.cc, thread 251993
    script = (
        "from kiosk_reader_rdm6300.reader import _frame, _number;"
        f"print(_number(_frame(bytearray({seen}))).hex())"
    )

    assert _run(["-c", script], installed).stdout.strip() == "010063e9ae"


def test_once_it_is_gone_its_part_says_so_and_the_others_go_on(office: Path) -> None:
    _choose(office, "socket://127.0.0.1:9")

    assert _tested(office, None)["problem"] == "no_driver"
    assert NAME not in _listed(None)
    iris = _run([*KIOSK, "selftest", "iris", "--json", "--data", str(office)], None)
    assert json.loads(iris.stdout)["verdict"] in ("good", "due")


def test_a_package_that_cannot_be_imported_stops_nobody(
    installed: Path, office: Path, tmp_path: Path
) -> None:
    broken = shutil.copytree(installed, tmp_path / "broken")
    module = broken / "kiosk_reader_rdm6300" / "reader.py"
    module.write_text("import a_library_nobody_has\n", encoding="utf-8")
    _choose(office, "socket://127.0.0.1:9")

    assert NAME in _listed(broken)
    assert _tested(office, broken)["problem"] == "no_driver"
    probed = _run([*KIOSK, "devices", "--data", str(office)], broken)
    assert probed.returncode == 1  # one driver of the settings does not open
    assert NAME in probed.stdout
    assert "page_printer.simulated: Kiosk simulators page printer SIM-0001" in probed.stdout
