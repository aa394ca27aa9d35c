"""Papers of another office, and what this kiosk's centre says of keys and ended papers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from PIL import Image, ImageFilter

from kiosk.devices.sim.face import portrait
from kiosk.documents.seal import Seal, sealed
from kiosk.documents.seal_picture import seal_picture
from kiosk.domain.papers import PaperKind
from kiosk.services.counter import Counter
from kiosk.services.roster import own_directives, put_own_directives, signed_directives
from kiosk.wire.signing import Purpose, SigningKey, sign
from kiosk.wire.trust import CertifiedKey, TrustList

Picture = npt.NDArray[np.uint8]

NEIGHBOUR = SigningKey(bytes(range(32)))
NUMBER = "471.13/0107/33.25.08/I/2026"
SEAL = Seal(
    number=NUMBER,
    kind=PaperKind.TEMPORARY_CERTIFICATE,
    issuer="33.25.08/1",
    issued_at=datetime(2026, 1, 2, 3, 6, tzinfo=UTC),
    valid_until=date(2026, 7, 2),
    nik="3325085708900002",
    name="SITI AMINAH",
    birth_date=date(1990, 8, 17),
    sex=2,
)
LETTERS = sealed(SEAL, NEIGHBOUR)


def with_portrait(seal: Seal = SEAL, key: SigningKey = NEIGHBOUR) -> str:
    """Return the text of a seal with the small portrait of a person who does not exist."""
    out = BytesIO()
    Image.fromarray(portrait(7, 1990, (300, 400))).save(out, "PNG")
    return sealed(replace(seal, portrait=seal_picture(out.getvalue())), key)


def certified(until: datetime | None = None) -> CertifiedKey:
    return CertifiedKey(
        kiosk_id="tulis-1", office="33.25.08", issuer="33.25.08/1", key=NEIGHBOUR.public.text, until=until
    )


def trust(counter: Counter, listed: TrustList, *, signed_by: SigningKey | None = None) -> None:
    """Let the centre send a list of keys and withdrawn papers."""
    centre = SigningKey.generate()
    with counter.store.writing() as ledger:
        membership, before = ledger.facts.membership(), signed_directives(ledger)
        assert membership is not None
        assert before is not None
        ledger.facts.set_membership(replace(membership, signing_keys=(centre.public.text,)))
        token = sign(listed.plain(), signed_by or centre, Purpose.TRUST_LIST)
        said = own_directives(membership, before.roster, before.papers, trust=token)
        put_own_directives(ledger, centre, said)


def page_of(pdf: bytes, *, dpi: int = 200) -> Image.Image:
    """Return the first page as a scanner sees it, grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        page: Image.Image = document[0].render(scale=dpi / 72).to_pil()
    return page.convert("L")


def askew(page: Image.Image) -> Image.Image:
    """Return the page as a hand photographs it: turned by a degree and a half, and not quite sharp."""
    turned = page.rotate(1.5, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return turned.filter(ImageFilter.GaussianBlur(0.8))


def photo(page: Image.Image) -> bytes:
    """Return a photo of the page, as a telephone keeps it."""
    out = BytesIO()
    askew(page).save(out, "JPEG", quality=80)
    return out.getvalue()


def held_before(pdf: bytes, size: tuple[int, int] = (1280, 960)) -> Picture:
    """Return what a camera sees of a paper whose lower part somebody holds near it, askew and not quite sharp."""
    page = askew(page_of(pdf, dpi=220))
    width, height = size
    near = page.crop((0, page.height - height, min(width, page.width), page.height))
    seen = Image.new("L", size, 90)
    seen.paste(near, ((width - near.width) // 2, (height - near.height) // 2))
    return np.asarray(seen.convert("RGB"), np.uint8)
