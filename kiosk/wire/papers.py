"""What the centre tells an office of its papers, and what a kiosk tells the centre of one it issued."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from kiosk.domain.papers import PaperKind, RecordStanding
from kiosk.domain.register import PaperState, Printing
from kiosk.wire.messages import Message

Line = Annotated[str, Field(max_length=90, pattern=r"^[^\x00-\x1f\x7f]*$")]  # what one line of a paper holds
Serial = Annotated[int, Field(ge=1, le=999_999)]


LARGEST_EMBLEM = 40 << 10  # bytes: it travels with the directives of every kiosk


class LentBlock(Message):
    """Serials, first and last among them, that only this kiosk uses for one kind in one year."""

    kind: PaperKind
    year: Annotated[int, Field(ge=2000, le=2999)]
    first: Serial
    last: Serial

    @model_validator(mode="after")
    def _in_order(self) -> "LentBlock":
        if self.first > self.last:
            message = "the block ends before it begins"
            raise ValueError(message)
        return self


class PaperRule(Message):
    """The office's switch for one kind of paper, and how its numbers look (`domain.papers`, `domain.paper_numbers`)."""

    kind: PaperKind
    is_on: bool = True
    basis: Line = ""
    needs: RecordStanding = RecordStanding.CHECKED
    months: Annotated[int, Field(ge=1, le=24)] = 6
    decided_on: date | None = None
    pattern: Line
    class_code: Line


class PaperSigner(Message):
    """Who signs by hand: the lines above the name, such as `a.n. KEPALA DINAS ...`, and the mandate they rest on."""

    above: Annotated[tuple[Line, ...], Field(max_length=3)] = ()
    name: Line
    nip: Line = ""
    mandate: Line = ""


class OfficePapers(Message):
    """How an office's papers look and who may get which.

    head: lines of the letterhead above the address, the second one set strong.  place: beside the date.  issuer: the
    counter as it stands on papers and in their seals, `33.25.07/2`.  reason: why the card cannot be printed now.
    emblem: base64url of a PNG or JPEG that stands in the letterhead, empty for none.
    """

    head: Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]
    address: Line = ""
    place: Line
    issuer: Annotated[str, Field(min_length=1, max_length=12)]
    reason: Line = ""
    paper: Literal["a4", "folio"] = "a4"
    emblem: Annotated[str, Field(max_length=LARGEST_EMBLEM * 4 // 3 + 4)] = ""
    signer: PaperSigner
    rules: Annotated[tuple[PaperRule, ...], Field(max_length=len(PaperKind))] = ()
    blocks: Annotated[tuple[LentBlock, ...], Field(max_length=200)] = ()


class PaperFile(Message):
    """What a `certificate` packet says of one paper: a line of the register, without what the paper says.

    code: the local code printed beside the seal, so that the centre can answer for it too.
    """

    format: Literal[1] = 1
    number: Line
    kind: PaperKind
    serial: Serial
    day: date
    issued_at: AwareDatetime
    issued_by: str
    valid_until: date | None = None
    state: PaperState
    printing: Printing
    prints: Annotated[int, Field(ge=0)]
    handed_to: str = ""
    renews: Line | Literal[""] = ""
    code: Annotated[str, Field(max_length=20)] = ""
