"""Drafts, search, record, settings and help in their states."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from kiosk.devices.api import Kind
from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding
from kiosk.domain.reference import load_reference
from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.queue import DraftLine
from kiosk.services.record import PacketLine, RecordView
from kiosk.services.searching import Found
from kiosk.services.stages import Stage
from kiosk.ui.frame.rail import DRAFTS, HELP, HOME, SETTINGS
from kiosk.ui.page import KeyHelp
from kiosk.ui.pages.drafts import DraftsPage, DraftsState
from kiosk.ui.pages.help_page import HelpPage, HelpState
from kiosk.ui.pages.record import RecordPage
from kiosk.ui.pages.search import SearchPage, SearchState
from kiosk.ui.pages.settings_page import DeviceLine, SettingsPage, SettingsState
from kiosk.ui.theme import RESOURCES
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, framed

LONGEST_NAME = "RADEN AJENG SITI NURHALIZAH KUSUMANINGTYAS WIDYAWATI PURNAMA"
LONGEST_PLACE = "Kutambaru Bencawan, Sinembah Tanjung Muda Hulu"
_MORNING = NOW.replace(hour=8, minute=14)

DRAFTS_SHOWN = (
    DraftLine(
        "v-9", "A-002", Service.FIRST_ENROLLMENT, "BUDI SANTOSO", "Pemindai sidik jari rusak",
        NOW - timedelta(days=2), 6, 9, Stage.FINGERS,
    ),
    DraftLine("v-1", "A-011", Service.FIRST_ENROLLMENT, "SITI AMINAH", "", _MORNING, 4, 9, Stage.PORTRAIT),
    DraftLine(
        "v-2", "A-013", Service.CHANGED_DATA, LONGEST_NAME, "Warga mengambil akta perkawinan di rumah, kembali siang",
        _MORNING + timedelta(minutes=20), 3, 6, Stage.DOCUMENTS,
    ),
    DraftLine("v-3", "A-015", Service.REPLACEMENT_LOST, "", "", _MORNING + timedelta(minutes=55), 0, 4, Stage.BIODATA),
    DraftLine("v-4", "A-016", Service.BIODATA_SHEET, "JOKO WIDAGDO", "", NOW, 5, 5, None),
)  # fmt: skip
PUT_OFF = (
    replace(DRAFTS_SHOWN[0], parked_because="device_broken", elsewhere="Limpung"),
    replace(DRAFTS_SHOWN[2], parked_because="device_broken"),
)
FOUND = (
    Found("v-1", "SITI AMINAH", "3325075708900002", "17-08-1990", "Lebo, Gringsing", NOW - timedelta(days=3)),
    Found(
        "v-2", "SITI AMINAH", "3325074101850001", "01-01-1985", LONGEST_PLACE, NOW - timedelta(days=20), withdrawn=True
    ),
    Found("v-3", LONGEST_NAME, "3325076504010003", "25-04-2001", "Kutosari, Gringsing", NOW - timedelta(days=31)),
)  # fmt: skip


def packet(number: int, kind: str, state: str, **told: object) -> PacketLine:
    line = PacketLine(
        packet_id=f"p-{number}",
        short_name=f"019B-00A{number}",
        kind=kind,
        state=state,
        size=2_900_000,
        device_seq=number,
        created_at=NOW - timedelta(days=3),
        acknowledged_at=NOW - timedelta(days=3, hours=-1) if state in ("acknowledged", "purged") else None,
        verdict="",
        verdict_reason="",
        attempts=1,
        cause="",
    )
    return replace(line, **told)  # type: ignore[arg-type]


RECORD = RecordView(
    visit_id="v-1",
    ticket="A-017",
    service=Service.FIRST_ENROLLMENT,
    nik="3325075708900002",
    full_name="SITI AMINAH",
    birth_date=date(1990, 8, 17),
    village="Lebo, Gringsing",
    saved_at=NOW - timedelta(days=3),
    withdrawn=False,
    packets=(
        packet(1, "registration", "acknowledged", verdict="accepted"),
        packet(2, "enrollment", "waiting"),
    ),
)
TROUBLED = replace(
    RECORD,
    full_name=LONGEST_NAME,
    village=LONGEST_PLACE,
    packets=(
        packet(1, "registration", "purged", verdict="accepted"),
        packet(2, "enrollment", "acknowledged", verdict="rejected", verdict_reason="potret buram"),
        packet(
            3,
            "amendment",
            "acknowledged",
            verdict="duplicate",
            verdict_reason="sidik jari sama dengan 3374010101900001",
        ),
        packet(4, "amendment", "acknowledged"),
        packet(5, "withdrawal", "quarantined", cause="packet_refused"),
    ),
)
SETTINGS_SHOWN = SettingsState(
    language="id",
    text_percent=100,
    idle_minutes=5,
    office="33.25.07 Gringsing",
    zone="WIB",
    kiosk_id="practice-gringsing-1",
    version="0.1.0",
    key_slot="tpm",
    practice=True,
    devices=(
        DeviceLine(Kind.CAMERA, "camera.opencv"),
        DeviceLine(Kind.SIGNATURE, "signature.simulated"),
        DeviceLine(Kind.FINGERPRINT, "fingerprint.simulated"),
        DeviceLine(Kind.IRIS, "iris.simulated"),
        DeviceLine(Kind.CODE_SCANNER, "code_scanner.serial"),
    ),
)
EVERYWHERE = (
    ("F1", "Bantuan"), ("F2", "Warga datang"), ("F3", "Draf"), ("F5", "Ulangi: ambil, uji, coba"), ("F9", "Tunda"),
    ("F12", "Kunci"), ("Ctrl+F", "Cari warga"), ("Alt+1", "Tempat pertama di kiri"), ("Esc", "Keluar"),
)  # fmt: skip


def drafts_page(words: Words, lines: tuple[DraftLine, ...]) -> DraftsPage:
    page = DraftsPage(words)
    page.show_state(DraftsState(lines, NOW))
    return page


def _drafts(words: Words, lines: tuple[DraftLine, ...], *, asking: bool = False) -> QWidget:
    page = drafts_page(words, lines)
    if asking:
        page.end.click()
    return framed(words, page, place=DRAFTS)


def _search(words: Words, state: SearchState) -> QWidget:
    page = SearchPage(words)
    page.show_state(state)
    return framed(words, page, place=HOME)


def _record(words: Words, view: RecordView, doing: str = "", *, decides: bool = True) -> QWidget:
    page = RecordPage(words, load_reference(RESOURCES))
    page.show_state(view, decides=decides)
    if doing == "withdraw":
        page.withdraw.click()
    elif doing == "done":
        page.show_done(words.say("Saved."), "Perbaikan disimpan sebagai paket baru dan dikirim berikutnya.")
    elif doing == "asked":
        page.show_done(words.say("Asked."), words.say("A supervisor decides it under Approvals."))
    elif doing:
        page.amend.click()
        page.form.add_field(Field.FULL_NAME)
        page.form.add_field(Field.RELIGION)
        page.form.add_field(Field.BIRTH_DATE)
        page.show_findings(
            (
                Finding.error("date.future", "birth_date", given="17-08-2031"),
                Finding.error("change.no_reason", "reason"),
            )
        )
    return framed(words, page, place=HOME)


def _settings(words: Words, state: SettingsState) -> QWidget:
    page = SettingsPage(words)
    page.show_state(state)
    return framed(words, page, place=SETTINGS)


def _help(words: Words, contacts: tuple[tuple[str, str], ...]) -> QWidget:
    page = HelpPage(words)
    keys = drafts_page(words, DRAFTS_SHOWN).keys() if contacts else ()
    everywhere = tuple(KeyHelp(key, told) for key, told in EVERYWHERE)
    page.show_state(HelpState(words.say("Drafts"), keys, everywhere, contacts, "practice-gringsing-1"))
    return framed(words, page, place=HELP)


SHOTS = (
    Shot("desk-drafts", lambda words: _drafts(words, DRAFTS_SHOWN)),
    Shot("desk-drafts-put-off", lambda words: _drafts(words, PUT_OFF)),
    Shot("desk-drafts-end", lambda words: _drafts(words, DRAFTS_SHOWN, asking=True)),
    Shot("desk-drafts-many", lambda words: _drafts(words, tuple(
        replace(DRAFTS_SHOWN[1], visit_id=f"m-{number}", ticket=f"A-{number:03}") for number in range(1, 31)
    ))),
    Shot("desk-drafts-none", lambda words: _drafts(words, ())),
    Shot("desk-search-begin", lambda words: _search(words, SearchState("", (), searching=False))),
    Shot("desk-search-searching", lambda words: _search(words, SearchState("siti", (), searching=True))),
    Shot("desk-search-found", lambda words: _search(words, SearchState("siti", FOUND, searching=False))),
    Shot("desk-search-none", lambda words: _search(words, SearchState("3325075708900009", (), searching=False))),
    Shot("desk-record", lambda words: _record(words, RECORD)),
    Shot("desk-record-troubled", lambda words: _record(words, TROUBLED)),
    Shot("desk-record-withdrawn", lambda words: _record(words, replace(RECORD, withdrawn=True))),
    Shot("desk-record-amend", lambda words: _record(words, RECORD, "amend")),
    Shot("desk-record-asked", lambda words: _record(words, RECORD, "asked", decides=False)),
    Shot("desk-record-withdraw", lambda words: _record(words, RECORD, "withdraw")),
    Shot("desk-record-done", lambda words: _record(words, RECORD, "done")),
    Shot("desk-settings", lambda words: _settings(words, SETTINGS_SHOWN)),
    Shot("desk-settings-bare", lambda words: _settings(words, replace(
        SETTINGS_SHOWN, devices=(), practice=False, key_slot="file", kiosk_id="", text_percent=120
    ))),
    Shot("desk-help", lambda words: _help(words, (("Teknisi", "0285 123456"), ("Dinas", "0285 654321")))),
    Shot("desk-help-bare", lambda words: _help(words, ())),
)  # fmt: skip
