"""The centre's part of papers: settings by office, numbers lent early and never twice, ended papers on a list."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from central.clock import system_clock
from central.papers import BLOCK, RENEW_BELOW
from central.tables import PaperRow
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing
from kiosk.wire.contents import CHANGE, ChangeFile
from kiosk.wire.encoding import from_base64url
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.messages import PacketKind
from kiosk.wire.papers import LentBlock, OfficePapers, PaperFile
from kiosk.wire.trust import TrustList, read_trust_list
from tests.central.conftest import NOW, OFFICE, Centre, Kiosk, central, joined
from tests.central.test_telling import directives_of

CERTIFICATE = PaperKind.TEMPORARY_CERTIFICATE
YEAR = system_clock().year  # the centre's clock is the machine's
SETTINGS = """
head = ["PEMERINTAH KABUPATEN BATANG", "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "Kecamatan Gringsing"]
place = "Gringsing"
reason = "blangko habis"

[signer]
name = "BUDI SANTOSO"
mandate = "800/17/2026"

[[rules]]
kind = "temporary_certificate"
needs = "received"
basis = "471.13/10231/DUKCAPIL"
pattern = "{class}/{serial:04}/{district}/{month_roman}/{year}"
class_code = "471.13"
"""


def set_papers(centre: Centre, text: str = SETTINGS) -> None:
    path = centre.folder.parent / "papers.toml"
    path.write_text(text, encoding="utf-8")
    centre.run("papers", "--office", OFFICE, str(path))


def told_of(kiosk: Kiosk) -> OfficePapers:
    _, _, directives = directives_of(kiosk)
    assert directives is not None
    assert directives.papers is not None
    return directives.papers


def blocks_of(kiosk: Kiosk) -> list[tuple[int, int]]:
    return [(block.first, block.last) for block in told_of(kiosk).blocks if block.year == YEAR]


def list_of(kiosk: Kiosk) -> TrustList:
    _, _, directives = directives_of(kiosk)
    assert directives is not None
    return read_trust_list(directives.trust, (kiosk.centre_key.text,))


def tell_of_paper(kiosk: Kiosk, serial: int, **changes: object) -> None:
    """Deliver the packet of one paper."""
    paper = PaperFile(
        number=f"471.13/{serial:04}/33.25.07/I/{YEAR}",
        kind=CERTIFICATE,
        serial=serial,
        day=date(YEAR, 1, 29),
        issued_at=NOW,
        issued_by="supervisor",
        state=PaperState.ISSUED,
        printing=Printing.PRINTED,
        prints=1,
        code="K7Q4-M2XD-9TRA",
    ).model_copy(update=changes)
    at = NOW.replace(minute=int(str(changes.get("prints", 1))))  # acts one after the other
    change = ChangeFile(action="paper_issued", reason="", user_id="u-1", at=at, paper=paper)
    members = {CHANGE: change.model_dump_json().encode()}
    kiosk.deliver(
        kiosk.packet(PacketKind.CERTIFICATE, members=members, visit_id=new_identifier(NOW, bytes(10)))
    )


def test_an_office_without_settings_issues_no_papers(lone: Centre) -> None:
    _, _, directives = directives_of(joined(lone))

    assert directives is not None
    assert directives.papers is None


def test_what_was_set_is_told_with_a_block_and_the_name_of_each_counter(lone: Centre) -> None:
    first, second = joined(lone), joined(lone)
    set_papers(lone)

    told, others = told_of(first), told_of(second)

    assert (told.issuer, others.issuer) == ("33.25.07/1", "33.25.07/2")
    assert (told.reason, told.signer.mandate, told.rules[0].kind) == (
        "blangko habis",
        "800/17/2026",
        CERTIFICATE,
    )
    assert told.blocks[0] == LentBlock(kind=CERTIFICATE, year=YEAR, first=1, last=BLOCK)
    assert (others.blocks[0].first, others.blocks[0].last) == (BLOCK + 1, 2 * BLOCK)


def test_asking_again_lends_nothing_more(lone: Centre) -> None:
    kiosk = joined(lone)
    set_papers(lone)
    status, etag, _ = directives_of(kiosk)

    assert status == 200
    assert directives_of(kiosk, etag)[0] == 304
    assert len(blocks_of(kiosk)) == 1


def test_the_next_block_is_lent_early_and_meets_nobody_elses(lone: Centre) -> None:
    first, second = joined(lone), joined(lone)
    set_papers(lone)
    told_of(first), told_of(second)

    tell_of_paper(first, BLOCK - RENEW_BELOW)
    lone.judge()
    assert blocks_of(first) == [(1, BLOCK)]
    tell_of_paper(first, BLOCK - RENEW_BELOW + 1)
    lone.judge()

    assert blocks_of(first) == [(1, BLOCK), (2 * BLOCK + 1, 3 * BLOCK)]
    assert blocks_of(second) == [(BLOCK + 1, 2 * BLOCK)]


def test_keys_of_all_kiosks_are_on_the_list_the_centre_signed(lone: Centre) -> None:
    first, second = joined(lone), joined(lone)
    lone.revoke(second.grant.kiosk_id)

    listed = list_of(first)

    assert {key.key: key.issuer for key in listed.keys} == {
        first.key.public.text: "33.25.07/1",
        second.key.public.text: "33.25.07/2",
    }
    assert [key.until is None for key in listed.keys] == [True, False]


def test_a_void_withdrawn_or_renewed_paper_is_on_the_list_and_no_other(lone: Centre) -> None:
    kiosk = joined(lone)
    for serial in (1, 2, 3, 4):
        tell_of_paper(kiosk, serial)
    tell_of_paper(kiosk, 1, state=PaperState.VOID, prints=2)
    tell_of_paper(kiosk, 2, state=PaperState.WITHDRAWN, prints=2)
    tell_of_paper(kiosk, 5, renews=f"471.13/0003/33.25.07/I/{YEAR}")
    lone.judge()

    assert [paper.number[7:11] for paper in list_of(kiosk).withdrawn] == ["0001", "0002", "0003"]


def test_what_was_told_later_stays_whichever_packet_arrives_first(lone: Centre) -> None:
    kiosk = joined(lone)
    tell_of_paper(kiosk, 1, state=PaperState.WITHDRAWN, prints=3)
    tell_of_paper(kiosk, 1, prints=1)
    lone.judge()

    with lone.store() as store, store.read() as session:
        (row,) = session.scalars(select(PaperRow))
    assert row.state == PaperState.WITHDRAWN.value


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("{serial:04}/", ""), "not usable"),
        (('class_code = "471.13"', ""), "rules.0.class_code"),
        (('name = "BUDI SANTOSO"', ""), "signer.name"),
        (('needs = "received"', 'needs = "somehow"'), "rules.0.needs"),
        (("[signer]", "[signer"), "cannot be read"),
        (("[[rules]]", SETTINGS[SETTINGS.index("[[rules]]") :] + "[[rules]]"), "two rules"),
    ],
    ids=str,
)
def test_settings_that_cannot_be_are_refused_by_name(
    made: Centre, tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    path = tmp_path / "papers.toml"
    path.write_text(SETTINGS.replace(*change), encoding="utf-8")

    result = central("papers", "--office", OFFICE, str(path), data=made.folder)

    assert result.returncode == 1
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_emblem_beside_the_settings_reaches_the_kiosk_and_another_file_is_refused(
    centre: Centre, kiosk: Kiosk
) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(500)
    (centre.folder.parent / "lambang.png").write_bytes(picture)
    set_papers(centre, f'emblem = "lambang.png"\n{SETTINGS}')
    assert from_base64url(told_of(kiosk).emblem) == picture

    for content in (b"GIF89a", picture[:8] + bytes(41 << 10)):
        (centre.folder.parent / "lambang.png").write_bytes(content)
        with pytest.raises(AssertionError):
            set_papers(centre, f'emblem = "lambang.png"\n{SETTINGS}')
    assert from_base64url(told_of(kiosk).emblem) == picture
