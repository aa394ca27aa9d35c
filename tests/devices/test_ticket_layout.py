"""A ticket in bytes: golden files, words that stay whole, letters of the page, codes that are read."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import NotSupportedError, Ticket, TicketCode, TicketText
from kiosk.devices.drivers.escpos_code import drawn_code, pictured_code
from kiosk.devices.drivers.escpos_text import PAGES, printed_lines
from kiosk.devices.drivers.escpos_ticket import CUTS, Paper, Sheet, laid_out
from kiosk.devices.sim.escpos_reader import Roll, cut_orders
from tests.devices.contract_paper import TICKET

GOLDEN = Path(__file__).parent / "golden"
NARROW = Paper(columns=32, cut="none", draws_codes=False)
WIDE = Paper(columns=48)
NAMES: Ticket = (TicketText("Désy Siti “Aisyah” Nur’aini", bold=True), TicketText("Ñanda d’Arc – loket 3"))


def printed(sheet: Sheet) -> Roll:
    """Return what a printer puts on paper; everything on the sheet is an order it knows."""
    orders, rest = cut_orders(sheet.content)
    assert rest == b""
    roll = Roll()
    for order in orders:
        roll.follow(order)
    assert roll.unknown == b""
    return roll


def texts(roll: Roll) -> list[str]:
    return [str(line["text"]) for line in roll.lines if "text" in line]


@pytest.mark.parametrize(
    ("name", "ticket", "paper"),
    [
        ("ticket_80mm", TICKET, WIDE),
        ("ticket_58mm_picture", TICKET, NARROW),
        ("ticket_names_cp437", NAMES, WIDE),
        ("ticket_names_cp858_full_cut", NAMES, Paper(columns=42, page="cp858", cut="full")),
        ("ticket_names_ascii", NAMES, Paper(columns=48, page="ascii")),
    ],
)
def test_a_ticket_has_the_bytes_it_always_had(name: str, ticket: Ticket, paper: Paper) -> None:
    assert laid_out(ticket, paper).content == (GOLDEN / f"{name}.escpos").read_bytes()


def test_words_stay_whole_and_large_letters_take_two_columns() -> None:
    text = TICKET[2]
    assert isinstance(text, TicketText)

    small = texts(printed(laid_out((text,), NARROW)))
    large = texts(printed(laid_out((TicketText(text.text, large=True),), NARROW)))

    assert small[:2] == ["Simpan karcis ini sampai", "dipanggil; bawa KK dan surat"]
    assert large[:3] == ["Simpan karcis", "ini sampai", "dipanggil; bawa"]


def test_how_a_line_looks_is_said_for_each() -> None:
    lines = printed(laid_out(TICKET, WIDE)).lines

    assert [(line["large"], line["bold"], line["centred"]) for line in lines[:3]] == [
        (False, True, True), (True, False, True), (False, False, False),
    ]  # fmt: skip


def test_a_line_break_of_a_text_is_kept_and_an_empty_text_is_an_empty_line() -> None:
    ticket = (TicketText("Loket 3\nlantai 2"), TicketText(""), TicketText("\n"))

    assert texts(printed(laid_out(ticket, Paper(columns=48, cut="partial")))) == [
        "Loket 3",
        "lantai 2",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ("Désy Ñanda", "cp437", "Désy Ñanda"),
        ("Désy Ñanda", "ascii", "Desy Nanda"),
        ("De\u0301sy", "cp437", "Désy"),
        ("Nur’aini “Ai” – 3…", "cp437", 'Nur\'aini "Ai" - 3...'),
        ("Nur’aini – 3", "cp1252", "Nur’aini – 3"),
        ("Ștefan Đức Łukasz", "cp437", "Stefan Duc Lukasz"),
        ("½ × 2", "ascii", "? x 2"),
        ("字 ꦗꦮ", "cp858", "? ??"),
        ("A\u200bB\ufeff", "cp437", "AB"),
        ("Rp\u00a05.000", "cp437", "Rp 5.000"),
        ("€5", "cp437", "EUR5"),
        ("€5", "cp858", "€5"),
    ],
)
def test_a_letter_the_page_lacks_is_written_as_the_nearest_one(text: str, page: str, expected: str) -> None:
    assert printed_lines(text, columns=48, page=page) == (expected.encode(page),)


@given(
    st.lists(
        st.builds(TicketText, st.text(), large=st.booleans(), bold=st.booleans(), centred=st.booleans()),
        max_size=4,
    ),
    st.sampled_from(sorted(PAGES)),
    st.sampled_from(sorted(CUTS)),
    st.integers(16, 64),
)
def test_whatever_a_text_holds_it_is_letters_and_fits_the_paper(
    parts: list[TicketText], page: str, cut: str, columns: int
) -> None:
    sheet = laid_out(tuple(parts), Paper(columns, page, cut))

    roll = printed(sheet)

    assert len(sheet.told) == len(sheet.content)
    assert all(
        len(str(line["text"])) <= columns // (2 if line["large"] else 1)
        for line in roll.lines[: -1 if cut == "none" else None]
    )


@given(st.text(min_size=1, max_size=60))
def test_a_trace_holds_no_letter_and_no_digit_of_a_ticket(text: str) -> None:
    sheet = laid_out((TicketText(f"Budi 17 {text}"), TicketCode("KIOSK:0199A1")), WIDE)

    said = [order.content for order in cut_orders(sheet.told)[0] if order.name == "text"]
    codes = [order.content for order in cut_orders(sheet.told)[0] if order.name == "code"]

    assert b"Budi" not in sheet.told
    assert all(set(part) & set(b"123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == set() for part in said)
    assert b"1P0xxxxx:0000x0" in codes


def test_a_trace_holds_no_dot_of_a_picture() -> None:
    (picture,) = [
        order.content for order in cut_orders(laid_out(TICKET, NARROW).told)[0] if order.name == "picture"
    ]

    assert set(picture[5:]) == {0}


@pytest.mark.parametrize("length", [1, 14, 15, 26, 60, 106, 122, 123, 180, 213])
def test_a_pictured_code_is_read_and_is_about_as_large_as_any(length: int) -> None:
    text = "".join(itertools.islice(itertools.cycle("Kiosk:0199a/é-"), length))[:length]
    text = text.encode()[:length].decode(errors="ignore")

    head, picture = pictured_code(text)
    wide, high = int.from_bytes(head[4:6], "little"), int.from_bytes(head[6:8], "little")
    dots = np.unpackbits(np.frombuffer(picture, np.uint8)).reshape(high, wide * 8)

    (found,) = zxingcpp.read_barcodes(np.pad(255 * (1 - dots), 32, constant_values=255))
    assert found.text == text
    assert 160 <= high <= 240
    assert wide * 8 <= 384


@pytest.mark.parametrize("text", ["", "x" * 214, "é" * 107])
def test_a_code_that_no_ticket_can_hold_is_refused_before_anything_is_printed(text: str) -> None:
    for maker in (drawn_code, pictured_code):
        with pytest.raises(NotSupportedError, match="1 to 213 bytes"):
            maker(text)
