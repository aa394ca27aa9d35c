"""Papers at the centre: how offices issue them, numbers lent to kiosks, papers that ended, keys whose seals count."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.errors import EnlistingError
from central.sessions import Caller
from central.store import Store
from central.tables import KioskRow, NumberBlockRow, PaperRow, PaperSettingsRow
from kiosk.domain.paper_numbers import NumberTemplate, judge_template
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import OPEN_STATES, PaperState
from kiosk.wire.encoding import to_base64url
from kiosk.wire.papers import LARGEST_EMBLEM, LentBlock, OfficePapers, PaperFile
from kiosk.wire.trust import CertifiedKey, TrustList, WithdrawnPaper

BLOCK = 200  # serials: more than the busiest day of one kiosk
RENEW_BELOW = 100  # left of a kind and year: then the next block is lent, early enough for a week's outage
LARGEST_SERIAL = 999_999
_WEST = timedelta(hours=7)  # the zone whose year begins last in Indonesia
_DECEMBER = 12
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def read_paper_settings(path: Path, office: str) -> OfficePapers:
    """Read the settings of an office from TOML; raises `EnlistingError` naming what is wrong."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
        given = {**plain, "issuer": issuer_of(office, 1), "blocks": (), "emblem": _emblem(path, plain)}
        settings = OfficePapers.model_validate(given)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EnlistingError(f"{path.name} cannot be read as settings: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise EnlistingError(f"{path.name}: {place}: {first['msg']}.") from error
    _check_rules(path, settings, office)
    return settings


def set_paper_settings(store: Store, office: str, settings: OfficePapers) -> None:
    """Keep how papers of an office are issued, over what was kept before."""
    with store.write() as session:
        session.merge(PaperSettingsRow(office=office, content=settings.model_dump_json()))


def papers_of(session: Session, caller: Caller, now: datetime) -> OfficePapers | None:
    """Return what a kiosk is told of papers, with its blocks; lends the next block where one runs out."""
    row = session.get(PaperSettingsRow, caller.office)
    if row is None:
        return None
    settings = OfficePapers.read(row.content)
    here = now + _WEST
    years = (here.year, here.year + 1) if here.month == _DECEMBER else (here.year,)
    for rule in settings.rules:
        if rule.is_on:
            for year in years:
                _lend_early(session, caller, rule.kind, year)
    update = {"issuer": _issuer(session, caller), "blocks": _blocks(session, caller, years)}
    return settings.model_copy(update=update)


def record_paper(session: Session, kiosk_id: str, paper: PaperFile, at: datetime) -> None:
    """Enter what a kiosk told of a paper; what it told later stays, whichever packet arrives first."""
    _enter(session, kiosk_id, paper, at)
    before = session.get(PaperRow, (paper.renews, kiosk_id)) if paper.renews else None
    if before is not None and before.state in {state.value for state in OPEN_STATES}:
        before.state, before.ended_on = PaperState.WITHDRAWN.value, paper.day.isoformat()


def trust_list(session: Session, *, practice: bool, now: datetime) -> TrustList:
    """Return whose seals count and which papers ended, dated to the day, so that it changes no oftener by itself."""
    return TrustList(
        made_at=now.replace(hour=0, minute=0, second=0, microsecond=0),
        practice=practice,
        keys=tuple(_certified(session)),
        withdrawn=tuple(_withdrawn(session)),
    )


def issuer_of(office: str, number: int) -> str:
    """Return how papers name a counter: `33.25.07/2`."""
    return f"{office}/{number}"


def _emblem(path: Path, plain: dict[str, object]) -> str:
    """Return the picture that the settings name, beside their own file; raises `EnlistingError`."""
    name = plain.get("emblem", "")
    if not isinstance(name, str) or not name:
        return ""
    content = (path.parent / name).read_bytes()
    if not content.startswith(_PICTURES) or len(content) > LARGEST_EMBLEM:
        raise EnlistingError(f"{name} is no PNG or JPEG of at most {LARGEST_EMBLEM >> 10} kB.")
    return to_base64url(content)


def _check_rules(path: Path, settings: OfficePapers, office: str) -> None:
    if len({rule.kind for rule in settings.rules}) != len(settings.rules):
        raise EnlistingError(f"{path.name}: a kind of paper has two rules.")
    for rule in settings.rules:
        if judge_template(NumberTemplate(rule.pattern, rule.class_code, office)):
            raise EnlistingError(
                f"{path.name}: the numbers of {rule.kind.value} are not usable: {rule.pattern}. They need "
                "{serial} and {year} and at most 40 letters."
            )


def _lend_early(session: Session, caller: Caller, kind: PaperKind, year: int) -> None:
    mine = [block for block in _blocks(session, caller, (year,)) if block.kind is kind]
    used = _last_used(session, caller, kind, year)
    left = sum(block.last - max(block.first - 1, used) for block in mine if block.last > used)
    if left >= RENEW_BELOW:
        return
    of_office = select(func.max(NumberBlockRow.last)).where(
        NumberBlockRow.office == caller.office, NumberBlockRow.kind == kind.value, NumberBlockRow.year == year
    )
    first = (session.scalar(of_office) or 0) + 1
    if first + BLOCK - 1 > LARGEST_SERIAL:
        return
    session.add(
        NumberBlockRow(
            office=caller.office,
            kind=kind.value,
            year=year,
            first=first,
            last=first + BLOCK - 1,
            kiosk_id=caller.kiosk_id,
        )
    )
    session.flush()


def _last_used(session: Session, caller: Caller, kind: PaperKind, year: int) -> int:
    query = select(func.max(PaperRow.serial)).where(
        PaperRow.kiosk_id == caller.kiosk_id, PaperRow.kind == kind.value, PaperRow.year == year
    )
    return session.scalar(query) or 0


def _blocks(session: Session, caller: Caller, years: tuple[int, ...]) -> tuple[LentBlock, ...]:
    rows = session.scalars(
        select(NumberBlockRow)
        .where(NumberBlockRow.kiosk_id == caller.kiosk_id, NumberBlockRow.year.in_(years))
        .order_by(NumberBlockRow.year, NumberBlockRow.kind, NumberBlockRow.first)
    )
    return tuple(
        LentBlock(kind=PaperKind(row.kind), year=row.year, first=row.first, last=row.last) for row in rows
    )


def _issuer(session: Session, caller: Caller) -> str:
    return issuer_of(caller.office, _counters(session, caller.office).index(caller.kiosk_id) + 1)


def _counters(session: Session, office: str) -> list[str]:
    """Return the kiosks of an office in the order in which they joined: revoked ones keep their number."""
    query = select(KioskRow.kiosk_id).where(KioskRow.office == office)
    return list(session.scalars(query.order_by(KioskRow.joined_at, KioskRow.kiosk_id)))


def _enter(session: Session, kiosk_id: str, paper: PaperFile, at: datetime) -> None:
    known = session.get(PaperRow, (paper.number, kiosk_id))
    if known is not None and known.told_at > at:
        return
    ended = None if paper.state in OPEN_STATES else at.date().isoformat()
    session.merge(
        PaperRow(
            number=paper.number,
            kiosk_id=kiosk_id,
            kind=paper.kind.value,
            year=paper.day.year,
            serial=paper.serial,
            state=paper.state.value,
            code=paper.code,
            valid_until=paper.valid_until.isoformat() if paper.valid_until else None,
            ended_on=ended,
            told_at=at,
        )
    )
    session.flush()


def _certified(session: Session) -> list[CertifiedKey]:
    rows = session.scalars(select(KioskRow).order_by(KioskRow.office, KioskRow.joined_at, KioskRow.kiosk_id))
    found: list[CertifiedKey] = []
    for row in rows:
        number = sum(one.office == row.office for one in found) + 1
        key = CertifiedKey(
            kiosk_id=row.kiosk_id,
            office=row.office,
            issuer=issuer_of(row.office, number),
            key=row.public_key,
            until=row.revoked_at,
        )
        found.append(key)
    return found


def _withdrawn(session: Session) -> list[WithdrawnPaper]:
    rows = session.scalars(select(PaperRow).where(PaperRow.ended_on.is_not(None)).order_by(PaperRow.number))
    return [
        WithdrawnPaper(number=row.number, on=datetime.fromisoformat(str(row.ended_on)).date()) for row in rows
    ]
