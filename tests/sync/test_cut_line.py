"""A line that breaks every so many bytes delivers all the same, and hardly more is put on it than needed."""

import pytest

from tests.sync.conftest import Kiosk, content_of
from tests.sync.cut_line import cut_line
from tests.sync.scripted_centre import ScriptedCentre

MOST = 1.10  # bytes on the wire for each byte of the packet
TEN_SECONDS = 160_000  # bytes, of a line of 128 kbit/s


@pytest.mark.parametrize("seconds", [10, 60])
def test_a_line_cut_every_so_many_seconds_goes_on_where_it_was(
    kiosk: Kiosk, centre: ScriptedCentre, seconds: int
) -> None:
    size = 3 << 20
    packet_id = kiosk.save(1, size=size)
    with cut_line(centre.url, every=TEN_SECONDS * seconds // 10) as line:
        kiosk.join(line.url)
        result = kiosk.rounds(100)

    assert centre.packets == {packet_id: content_of(1, size)}
    assert (result.waiting, centre.body_bytes) == (0, size)
    assert line.cuts >= size // (TEN_SECONDS * seconds // 10)
    assert (line.up + line.down) / size <= MOST


@pytest.mark.parametrize("size", [1, 16_384, 60_000])
def test_every_cut_within_the_packet_goes_on_from_the_byte_it_broke_at(
    kiosk: Kiosk, centre: ScriptedCentre, size: int
) -> None:
    packet_id = kiosk.save(1, size=size)
    at = 0
    while at < size:
        step = max(1, size // 7)
        centre.fault("PATCH", ".*", "cut", number=step)
        at += step
    result = kiosk.rounds(20)

    offsets = [int(headers["upload-offset"]) for headers in centre.patch_headers]
    assert offsets == sorted(offsets)
    assert (result.waiting, centre.packets) == (0, {packet_id: content_of(1, size)})
    assert centre.body_bytes == size


def test_many_small_packets_over_a_line_that_breaks_all_arrive(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    ids = kiosk.save_many(8, size=9_000)
    with cut_line(centre.url, every=30_000) as line:
        kiosk.join(line.url)
        result = kiosk.rounds(60)

    assert result.waiting == 0
    assert centre.packets == {ids[at]: content_of(at + 1, 9_000) for at in range(8)}
    assert len(centre.commits) == 8
    assert centre.sent_again == []
