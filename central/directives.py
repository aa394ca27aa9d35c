"""What the centre tells a kiosk: its directives, its acknowledgements again, and the verdicts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.keys import DoorKeys
from central.papers import papers_of, trust_list
from central.sessions import Caller
from central.status import OfficeStanding, standing_in
from central.store import Store
from central.tables import DirectivesRow, PacketRow, UserRow, VerdictRow
from kiosk.domain.roles import Role
from kiosk.domain.selftest import DEVICES
from kiosk.wire.directives import Directives
from kiosk.wire.encoding import to_json
from kiosk.wire.messages import DirectivesAnswer, Neighbour, RosterEntry, SignedPage
from kiosk.wire.signing import Purpose, sign

PAGE = 100
MOST_NEIGHBOURS = 100


@dataclass(frozen=True, slots=True)
class IssuedDirectives:
    """serial: rises with every change, and is the ETag."""

    serial: int
    answer: DirectivesAnswer


@dataclass(frozen=True, slots=True)
class Teller:
    """Answers what a kiosk asks for after its packets have gone."""

    store: Store
    keys: DoorKeys

    def directives(self, caller: Caller, now: datetime) -> IssuedDirectives:
        """Return the kiosk's directives: the same signed text until something in them changes."""
        with self.store.write() as session:
            content = self._content(session, caller, now)
            content_hash = hashlib.sha256(to_json(content.plain())).hexdigest()
            row = session.get(DirectivesRow, caller.kiosk_id)
            if row is None or row.content_hash != content_hash:
                serial = (row.serial if row else 0) + 1
                signed = sign(
                    content.model_copy(update={"serial": serial}).plain(),
                    self.keys.signing,
                    Purpose.DIRECTIVES,
                )
                row = session.merge(
                    DirectivesRow(
                        kiosk_id=caller.kiosk_id, serial=serial, content_hash=content_hash, signed=signed
                    )
                )
            return IssuedDirectives(row.serial, DirectivesAnswer(directives=row.signed))

    def acknowledgements(self, caller: Caller, after: int) -> SignedPage:
        """Return up to 100 acknowledgements of the kiosk with a log index above `after`, in order."""
        with self.store.read() as session:
            rows = session.scalars(
                select(PacketRow)
                .where(PacketRow.kiosk_id == caller.kiosk_id, PacketRow.log_index > after)
                .order_by(PacketRow.log_index)
                .limit(PAGE)
            ).all()
        return SignedPage(
            items=tuple(row.acknowledgement for row in rows), next=rows[-1].log_index if rows else after
        )

    def verdicts(self, caller: Caller, after: int) -> SignedPage:
        """Return up to 100 verdicts on the kiosk's packets with a serial above `after`, in order."""
        with self.store.read() as session:
            rows = session.scalars(
                select(VerdictRow)
                .where(VerdictRow.kiosk_id == caller.kiosk_id, VerdictRow.serial > after)
                .order_by(VerdictRow.serial)
                .limit(PAGE)
            ).all()
        return SignedPage(items=tuple(row.signed for row in rows), next=rows[-1].serial if rows else after)

    def _content(self, session: Session, caller: Caller, now: datetime) -> Directives:
        centre = self.store.centre(session)
        users = session.scalars(
            select(UserRow).where(UserRow.office == caller.office).order_by(UserRow.user_id)
        )
        highest = session.scalar(
            select(func.max(PacketRow.device_seq)).where(PacketRow.kiosk_id == caller.kiosk_id)
        )
        return Directives(
            serial=0,
            kiosk_id=caller.kiosk_id,
            generation=centre.generation,
            safe_to_purge_before=centre.safe_to_purge_before,
            highest_device_seq=highest or 0,
            neighbours=_neighbours(session, caller.office),
            papers=papers_of(session, caller, now),
            trust=sign(
                trust_list(session, practice=centre.practice, now=now).plain(),
                self.keys.signing,
                Purpose.TRUST_LIST,
            ),
            roster=tuple(
                RosterEntry(user_id=user.user_id, name=user.name, role=Role(user.role), active=user.active)
                for user in users
            ),
        )


def _neighbours(session: Session, office: str) -> tuple[Neighbour, ...]:
    """Return the other offices of the kabupaten that ever told; to the hour, so that directives change no oftener."""
    kabupaten, _, _ = office.rpartition(".")
    offices = standing_in(session, str, within=f"{kabupaten}.")
    told = [one for one in offices if one.office != office and one.told_at is not None]
    return tuple(_neighbour(one) for one in told[:MOST_NEIGHBOURS])


def _neighbour(one: OfficeStanding) -> Neighbour:
    assert one.told_at is not None
    working = [part.value for part in DEVICES if part.value in one.parts and one.parts[part.value].works]
    return Neighbour(
        office=one.office,
        parts=tuple(working),
        told_at=one.told_at.replace(minute=0, second=0, microsecond=0),
    )
