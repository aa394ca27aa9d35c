"""The self-tests of this counter: all of them, so that a part can be compared with the day it was installed."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, func, select

from kiosk.domain.selftest import Part, SelfTest, Verdict
from kiosk.storage.tables import SelfTestRow

_TEXT = TypeAdapter(SelfTest)
_WORKING = (Verdict.GOOD.value, Verdict.DUE.value, Verdict.CARE.value)


class SelfTests:
    """The self-tests within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, test: SelfTest) -> None:
        """Keep a test."""
        row = SelfTestRow(
            part=test.part.value,
            device=_device(test),
            at=test.at,
            verdict=test.verdict.value,
            content=_TEXT.dump_json(test).decode("utf-8"),
        )
        self._session.add(row)
        self._session.flush()

    def newest(self) -> int:
        """Return the number of the newest test, which rises with each; 0 before the first."""
        return self._session.exec(select(func.max(SelfTestRow.number))).one() or 0

    def last(self, part: Part) -> SelfTest | None:
        """Return the newest test of a part; None where it was never tested."""
        newest = select(SelfTestRow).where(SelfTestRow.part == part.value)
        return _test(self._session.exec(newest.order_by(col(SelfTestRow.number).desc()).limit(1)).first())

    def last_working(self, part: Part) -> SelfTest | None:
        """Return the newest test at which the part worked."""
        working = select(SelfTestRow).where(
            SelfTestRow.part == part.value, col(SelfTestRow.verdict).in_(_WORKING)
        )
        return _test(self._session.exec(working.order_by(col(SelfTestRow.number).desc()).limit(1)).first())

    def first_of(self, test: SelfTest) -> SelfTest | None:
        """Return the first test of the same device that worked: that of the day it was installed."""
        same = select(SelfTestRow).where(
            SelfTestRow.part == test.part.value,
            SelfTestRow.device == _device(test),
            col(SelfTestRow.verdict).in_(_WORKING),
        )
        return _test(self._session.exec(same.order_by(col(SelfTestRow.number)).limit(1)).first())

    def since(self, part: Part, moment: datetime) -> tuple[SelfTest, ...]:
        """Return the tests of a part from a moment on, the oldest first."""
        found = select(SelfTestRow).where(SelfTestRow.part == part.value, SelfTestRow.at >= moment)
        rows = self._session.exec(found.order_by(col(SelfTestRow.number)))
        return tuple(_TEXT.validate_json(row.content) for row in rows)


def _test(row: SelfTestRow | None) -> SelfTest | None:
    return None if row is None else _TEXT.validate_json(row.content)


def _device(test: SelfTest) -> str:
    device = test.device
    return "" if device is None else f"{device.driver} {device.make} {device.model} {device.serial}".strip()
