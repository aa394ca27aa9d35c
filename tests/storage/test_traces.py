"""Traces of failed devices as they are kept: the newest few, whole, and not for ever."""

from datetime import UTC, datetime, timedelta

from kiosk.domain.kept_traces import KeptTrace
from kiosk.storage.store import Store
from kiosk.storage.traces import DAYS, MOST

AT = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
TEXT = '{"format": 1, "driver": "iris.sbi", "left_out": 0}\n' * 3000


def failed(day: float, kind: str = "iris") -> KeptTrace:
    return KeptTrace(kind, f"{kind}.sbi", AT + timedelta(days=day), "BusyError", "It is busy; wait.")


def keep(store: Store, *traces: KeptTrace) -> None:
    with store.writing() as ledger:
        for trace in traces:
            ledger.traces.add(trace, TEXT)


def test_a_trace_comes_back_as_it_was_kept(store: Store) -> None:
    keep(store, failed(0))

    with store.reading() as ledger:
        (kept,) = ledger.traces.all()
        text = ledger.traces.text(kept.number)

    assert (kept.kind, kept.driver, kept.at, kept.error, kept.said) == (
        "iris",
        "iris.sbi",
        AT,
        "BusyError",
        "It is busy; wait.",
    )
    assert kept.size == len(TEXT)
    assert text == TEXT


def test_only_the_newest_are_kept(store: Store) -> None:
    keep(store, *(failed(number / 100) for number in range(MOST + 5)))

    with store.reading() as ledger:
        kept = ledger.traces.all()

    assert len(kept) == MOST
    assert kept[0].at == failed((MOST + 4) / 100).at
    assert kept[-1].at == failed(5 / 100).at


def test_an_old_one_goes_when_another_comes(store: Store) -> None:
    keep(store, failed(0), failed(DAYS - 1), failed(DAYS + 1))

    with store.reading() as ledger:
        assert [trace.at for trace in ledger.traces.all()] == [failed(DAYS + 1).at, failed(DAYS - 1).at]


def test_the_last_of_a_kind_is_told_apart_from_others(store: Store) -> None:
    keep(store, failed(0), failed(1, "camera"))

    with store.reading() as ledger:
        last = ledger.traces.last("iris")
        nothing = ledger.traces.last("signature")

    assert last is not None
    assert last.at == AT
    assert nothing is None


def test_one_that_was_let_go_is_gone(store: Store) -> None:
    keep(store, failed(0))

    with store.writing() as ledger:
        number = ledger.traces.all()[0].number
        was_there = [ledger.traces.drop(number), ledger.traces.drop(number)]

    with store.reading() as ledger:
        assert ledger.traces.text(number) is None
    assert was_there == [True, False]
