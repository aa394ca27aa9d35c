"""What the centre directs a kiosk to: who works there, until when packets may go, how papers are issued."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from kiosk.wire.messages import KioskId, Message, Neighbour, RosterEntry
from kiosk.wire.papers import OfficePapers


class Directives(Message):
    """`GET /v1/directives`: signed (purpose `directives`); a serial lower than one seen is refused.

    papers: None for an office that issues none.  trust: the newest `TrustList` as signed; empty where there is none.
    """

    serial: int
    kiosk_id: KioskId
    generation: int
    safe_to_purge_before: datetime | None = None
    highest_device_seq: int = 0
    roster: tuple[RosterEntry, ...] = ()
    neighbours: Annotated[tuple[Neighbour, ...], Field(max_length=100)] = ()
    papers: OfficePapers | None = None
    trust: str = ""
