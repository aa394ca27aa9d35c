"""IPP as bytes: what is written is read by another reader, whatever comes is an answer or a wrong answer."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import DeviceError, Identity, NotSupportedError, Supply, Trouble, WrongAnswerError
from kiosk.devices.drivers.ipp import (
    LONGEST_TEXT,
    MOST_BYTES,
    Answer,
    Attribute,
    Operation,
    Part,
    Tag,
    Values,
    attribute,
    decode_answer,
    encode_request,
)
from kiosk.devices.drivers.ipp_line import Place
from kiosk.devices.drivers.ipp_paper import Paper
from kiosk.devices.drivers.ipp_refusals import checked
from kiosk.devices.drivers.ipp_status import identity_of, status_of
from kiosk.devices.sim.ipp_words import (
    BOOLEAN,
    ENUM,
    INTEGER,
    KEYWORD,
    OCTETS,
    PRINTER_PART,
    answer,
    integers,
    read_request,
    texts,
)

WHOLE = answer(
    0,
    7,
    (
        PRINTER_PART,
        (
            integers(ENUM, "printer-state", 3),
            texts(KEYWORD, "printer-state-reasons", "media-low", "toner-low-warning"),
            integers(BOOLEAN, "printer-is-accepting-jobs", 1),
            integers(INTEGER, "marker-levels", -1, 40, 2_000_000_000),
            texts(OCTETS, "printer-input-tray", "level=5;maxcapacity=250;name=main"),
        ),
    ),
)


def values(**by_name: tuple[int | str | bytes, ...]) -> Values:
    return Values({name.replace("_", "-"): found for name, found in by_name.items()})


def test_a_request_is_read_by_another_reader() -> None:
    groups = (
        (Part.OPERATION, (attribute("printer-uri", Tag.URI, "ipp://host/p"),)),
        (Part.JOB, (attribute("copies", Tag.INTEGER, 3), *Paper("iso_a4_210x297mm", "main").attributes())),
    )

    request = read_request(encode_request(Operation.PRINT_JOB, 41, groups) + b"%PDF-")

    assert (request.operation, request.number, request.document) == (2, 41, b"%PDF-")
    assert request.values["printer-uri"] == b"ipp://host/p"
    assert request.values["attributes-charset"] == b"utf-8"
    assert request.integer("copies", 1) == 3


def test_an_answer_of_another_writer_is_read() -> None:
    told = decode_answer(WHOLE)

    printer = told.group(Part.PRINTER)
    assert (told.status, told.request_id, told.ok) == (0, 7, True)
    assert printer.texts("printer-state-reasons") == ("media-low", "toner-low-warning")
    assert printer.numbers("marker-levels") == (-1, 40, 2_000_000_000)
    assert printer.text("printer-input-tray").startswith("level=5")
    assert (printer.number("no-such"), printer.text("no-such")) == (None, "")


def test_a_tray_and_a_paper_are_one_collection_with_the_papers_size() -> None:
    (column,) = Paper("om_folio_215x330mm", "tray-2").attributes()

    content = encode_request(Operation.PRINT_JOB, 1, ((Part.JOB, (column,)),))

    assert b"x-dimension" in content
    assert (21500).to_bytes(4) in content
    assert (33000).to_bytes(4) in content
    assert b"tray-2" in content


@pytest.mark.parametrize("media", ["a4", "iso_a4", "iso_a4_210mm", "x_1x2cm"])
def test_a_paper_without_a_size_cannot_be_asked_of_a_tray(media: str) -> None:
    with pytest.raises(NotSupportedError, match="setting media"):
        Paper(media, "main").attributes()


def test_a_collection_in_an_answer_is_passed_over_with_all_that_is_in_it() -> None:
    inner = (attribute("printer-state", Tag.ENUM, 5),)
    deep = attribute("media-col", Tag.BEGIN, Attribute("", Tag.BEGIN, inner))
    content = encode_request(
        Operation.PRINT_JOB, 1, ((Part.PRINTER, (deep, attribute("queued-job-count", Tag.INTEGER, 4))),)
    )

    printer = decode_answer(content).group(Part.PRINTER)

    assert printer.number("printer-state") is None
    assert printer.number("queued-job-count") == 4


def test_a_text_with_its_language_is_read_without_it() -> None:
    told = b"\x00\x02id\x00\x07Printer"
    content = b"\x01\x01\x00\x00\x00\x00\x00\x01\x04\x35\x00\x01n" + len(told).to_bytes(2) + told + b"\x03"

    assert decode_answer(content).group(Part.PRINTER).text("n") == "Printer"


@given(st.text())
def test_a_title_of_any_length_is_cut_between_letters(title: str) -> None:
    named = attribute("job-name", Tag.NAME, title * 40)

    request = read_request(encode_request(Operation.PRINT_JOB, 1, ((Part.OPERATION, (named,)),)))

    assert len(request.values["job-name"]) <= LONGEST_TEXT
    assert (title * 40).startswith(request.values["job-name"].decode())


@given(st.binary(max_size=600) | st.integers(0, len(WHOLE)).map(lambda end: WHOLE[:end]))
def test_any_bytes_are_an_answer_or_a_wrong_answer(content: bytes) -> None:
    told = read_or_none(content)

    assert told is None or sum(len(found) for _, found in told.groups) <= len(content)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_answer_gives_a_status_that_can_be_shown_or_a_wrong_answer(
    flips: Iterable[tuple[int, int]],
) -> None:
    content = bytearray(WHOLE)
    for place, byte in flips:
        content[place] = byte
    told = read_or_none(bytes(content))
    if told is None:
        return

    status, identity = status_of(told.group(Part.PRINTER)), identity_of(told.group(Part.PRINTER))

    assert status.jobs >= 0
    assert all(-1 <= supply.level <= 100 and supply.name.isprintable() for supply in status.supplies)
    assert identity.model


def read_or_none(content: bytes) -> Answer | None:
    try:
        return decode_answer(content)
    except WrongAnswerError:
        return None


def test_an_answer_beyond_the_longest_is_a_wrong_answer() -> None:
    with pytest.raises(WrongAnswerError):
        decode_answer(WHOLE[:-1] + bytes(MOST_BYTES))


@pytest.mark.parametrize(
    ("state", "reasons", "troubles"),
    [
        (3, ["none"], set()),
        (5, ["none"], {Trouble.OTHER}),
        (5, ["media-empty"], {Trouble.PAPER_OUT}),
        (4, ["media-empty-error"], {Trouble.PAPER_OUT}),
        (3, ["media-empty-report"], {Trouble.PAPER_LOW}),
        (4, ["media-empty-warning", "media-needed-warning"], {Trouble.PAPER_LOW, Trouble.PAPER_OUT}),
        (3, ["media-low-report"], {Trouble.PAPER_LOW}),
        (5, ["media-jam-error"], {Trouble.PAPER_JAM}),
        (3, ["door-open-report"], {Trouble.COVER_OPEN}),
        (3, ["toner-empty-warning"], {Trouble.SUPPLY_LOW}),
        (5, ["toner-empty-warning"], {Trouble.SUPPLY_OUT}),
        (3, ["marker-supply-low"], {Trouble.SUPPLY_LOW}),
        (5, ["paused"], {Trouble.PAUSED}),
        (3, ["offline-report"], {Trouble.OFFLINE}),
        (3, ["cups-waiting-for-job-completed"], set()),
        (4, ["cups-missing-filter-warning"], set()),
        (3, ["fuser-over-temp-error"], {Trouble.OTHER}),
    ],
)
def test_a_printers_reasons_are_our_troubles(state: int, reasons: list[str], troubles: set[Trouble]) -> None:
    told = values(printer_state=(state,), printer_state_reasons=tuple(reasons))

    assert status_of(told).troubles == troubles


@pytest.mark.parametrize(
    ("levels", "is_out"),
    [((0,), True), ((0, 0), True), ((0, 5), False), ((0, -3), False), ((-2, -2), False), ((), False)],
)
def test_paper_is_out_when_every_tray_that_tells_is_empty(levels: tuple[int, ...], is_out: bool) -> None:
    trays = tuple(f"type=x;maxcapacity=250;level={level};name=tray;".encode() for level in levels)
    told = values(printer_input_tray=trays, printer_state_reasons=("media-empty-report",))

    assert (Trouble.PAPER_OUT in status_of(told).troubles) is is_out


@pytest.mark.parametrize(
    ("reasons", "troubles"),
    [
        (["media-needed-warning", "media-empty-error"], {Trouble.PAPER_LOW}),
        (["cover-open-error", "offline-report", "media-jam"], set()),
        (["paused"], {Trouble.PAUSED}),
        (["toner-low-warning"], {Trouble.SUPPLY_LOW}),
    ],
)
def test_what_the_last_job_left_in_a_queue_stops_no_other(reasons: list[str], troubles: set[Trouble]) -> None:
    told = values(printer_state=(3,), printer_state_reasons=tuple(reasons))

    assert status_of(told, is_queue=True).troubles == troubles


def test_a_queue_that_takes_no_jobs_is_paused() -> None:
    assert status_of(values(printer_is_accepting_jobs=(0,))).stops == {Trouble.PAUSED}


def test_levels_say_what_is_left_and_of_waste_how_much_room() -> None:
    told = values(
        marker_names=("Black", "Waste", "Drum"),
        marker_types=("toner", "waste-toner", "opc"),
        marker_levels=(40, 90, -2),
        printer_input_tray=(b"maxcapacity=250;level=50;name=main",),
    )

    assert status_of(told).supplies == (
        Supply("Black", 40),
        Supply("Waste", 10),
        Supply("Drum", -1),
        Supply("main", 20),
    )


def test_supplies_in_the_words_of_newer_printers_are_read_too() -> None:
    told = values(
        printer_supply_description=("Waste", "Black"),
        printer_supply=(
            b"class=receptacleThatIsFilled;unit=percent;maxcapacity=100;level=25;",
            b"class=supplyThatIsConsumed;maxcapacity=200;level=150;",
        ),
    )

    assert status_of(told).supplies == (Supply("Waste", 75), Supply("Black", 75))


@pytest.mark.parametrize(
    ("told", "identity"),
    [
        (values(printer_device_id=("MFG:Acme;MDL:Laser 5;SN:A1;",)), Identity("Acme", "Laser 5", "A1")),
        (values(printer_make_and_model=("Acme Laser\x07 5",)), Identity("", "Acme Laser 5")),
        (values(printer_info=("Meja 1",)), Identity("", "Meja 1")),
        (values(), Identity("", "IPP printer")),
    ],
)
def test_a_printer_says_who_it_is(told: Values, identity: Identity) -> None:
    assert identity_of(told) == identity


@given(st.integers(0x0100, 0xFFFF))
def test_every_status_that_is_no_success_is_an_error_that_ends_with_what_to_do(status: int) -> None:
    with pytest.raises(DeviceError) as raised:
        checked(Answer(status, 1, ()))

    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("ipp://host/ipp/print", "ipp://host:631/ipp/print"),
        ("ipp://[::1]:8631", "ipp://[::1]:8631/p"),
        ("ipp://10.0.0.7/", "ipp://10.0.0.7:631/p"),
    ],
)
def test_an_address_is_a_place(address: str, uri: str) -> None:
    assert Place.parse(address, path="/p").uri == uri


@pytest.mark.parametrize(
    "address",
    ["", "ipps://host/p", "http://host/p", "ipp://", "ipp://host:0x1/p", "ipp://hö/p", "ipp://a b/"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(NotSupportedError, match="no address"):
        Place.parse(address)
