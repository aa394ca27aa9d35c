"""What holds for every test: the machine is left alone, the long files begin, and what was lacking is told last."""

from collections.abc import Iterator

import pytest

from tests.devices.lacking import told_lacking


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with slow tests first, so that processes which share the files end together.

    Within both halves, and within a file, the order stays.
    """
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Name what could not be had on this machine, after everything else that is said."""
    yield
    lacking = told_lacking(terminalreporter.stats.get("skipped", ()))
    if lacking:
        terminalreporter.section("not to be had on this machine", yellow=True)
        for line in lacking:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def machine_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Note joined kiosks in a folder of the tests: the machine's own note would stop its practice offices."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("KIOSK_MACHINE_NOTE", str(tmp_path_factory.mktemp("machine") / "joined"))
        yield
