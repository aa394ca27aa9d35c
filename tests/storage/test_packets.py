"""Packet files: durable before they are spoken of, replaced whole, set aside and never silently deleted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.storage.recovery import clean_temp, examine
from kiosk.storage.store import Store
from tests.storage.conftest import entry, identifier


def test_a_placed_packet_is_read_back(store: Store) -> None:
    store.packets.place(identifier(1), b"sealed")

    assert store.packets.path(identifier(1)).read_bytes() == b"sealed"
    assert store.packets.names() == {identifier(1)}


def test_placing_again_replaces_the_whole_file_and_leaves_nothing_beside_it(store: Store) -> None:
    store.packets.place(identifier(1), b"a longer first try")
    store.packets.place(identifier(1), b"second")

    path = store.packets.path(identifier(1))
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]


def test_a_packet_may_only_be_read_by_its_owner(store: Store) -> None:
    store.packets.place(identifier(1), b"sealed")

    assert store.packets.path(identifier(1)).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", "../kiosk.db", "a" * 36, identifier(1).upper(), identifier(1) + "\n"])
def test_a_name_that_is_no_identifier_leads_nowhere(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="UUID"):
        store.packets.path(name)


def test_what_a_broken_write_left_is_removed_and_packets_stay(store: Store) -> None:
    store.packets.place(identifier(1), b"sealed")
    half = store.packets.path(identifier(1)).with_suffix(".tmp")
    half.write_bytes(b"hal")

    clean_temp(store)

    assert not half.exists()
    assert store.packets.names() == {identifier(1)}


def test_files_and_rows_that_do_not_meet_are_told_apart(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))
        ledger.outbox.add(entry(2))
    store.packets.place(identifier(1), b"has a row")
    store.packets.place(identifier(3), b"has none")

    report = examine(store)

    assert report.stray_files == (identifier(3),)
    assert report.missing_files == (identifier(2),)


def test_a_set_aside_file_keeps_its_bytes(store: Store) -> None:
    store.packets.place(identifier(3), b"from somewhere")

    aside = store.packets.set_aside(identifier(3))

    assert aside.read_bytes() == b"from somewhere"
    assert store.packets.names() == frozenset()
    assert store.packets.set_aside_names() == (identifier(3),)


FULL_DISK = """
import sys
from pathlib import Path
from kiosk.storage.errors import StoreFullError
from kiosk.storage.packets import PacketFiles

packets, first, second = PacketFiles(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
packets.place(first, bytes(600_000))
try:
    packets.place(second, bytes(600_000))
except StoreFullError as error:
    print(error)
print(sorted(packets.names()) == [first], packets.path(first).read_bytes() == bytes(600_000))
"""


def test_a_full_disk_is_told_and_what_was_saved_stays(tmp_path: Path) -> None:
    mounted = tmp_path / "disk"
    mounted.mkdir()
    small = (
        f"mount -t tmpfs -o size=1m kiosk-test '{mounted}' && \"$@\"; told=$?; umount '{mounted}'; exit $told"
    )
    command = ["sh", "-c", small, "sh"]
    if os.geteuid() != 0:  # whoever may not mount does it in a namespace of his own
        command = ["unshare", "--map-root-user", "--mount", *command]
    program = [sys.executable, "-c", FULL_DISK, str(mounted), identifier(1), identifier(2)]

    result = subprocess.run([*command, *program], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    sentence, kept = result.stdout.splitlines()
    assert "full" in sentence
    assert "safe" in sentence
    assert kept == "True True"
