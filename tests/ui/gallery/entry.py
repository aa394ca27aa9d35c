"""The pages before anybody is at work: log-in, lock, first password, first start, calm."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui.page import Page
from kiosk.ui.pages.calm import CalmPage, CalmState
from kiosk.ui.pages.first_password import FirstPasswordPage
from kiosk.ui.pages.first_start import FirstStartPage
from kiosk.ui.pages.login import LoginPage, LoginState, Person
from tests.ui.gallery.shot import Shot

PEOPLE = (
    Person("petugas", "Petugas Latihan", "Petugas", "petugas-latihan"),
    Person("supervisor", "Supervisor Latihan", "Supervisor", "supervisor-latihan"),
    Person("teknisi", "Teknisi Latihan", "Teknisi", "teknisi-latihan"),
)
STARTING = LoginState(office="", counter="", practice=False, people=(), ready=False)
READY = LoginState(office="Gringsing", counter="Loket 2", practice=True, people=PEOPLE, ready=True)
REAL = replace(READY, practice=False, people=tuple(replace(person, password="") for person in PEOPLE))
LOCKED = replace(
    REAL, locked=True, user_id="petugas", draft_note="Draf tiket A-018 tersimpan sampai isian terakhir."
)


def alone(page: Page) -> QWidget:
    """Return the window's content while nobody is at work: the page and nothing else."""
    window = QWidget()
    window.setObjectName("root")
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(page)
    return window


def _login(state: LoginState, typed: str = "", head: str = "", rest: str = "") -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = LoginPage(words)
        page.show_state(state)
        if typed:
            page.show_typed(typed, "salah-ketik")
        page.show_error(head, rest)
        return alone(page)

    return build


def _waiting(words: Words) -> QWidget:
    page = LoginPage(words)
    page.show_state(STARTING)
    page.show_typed("petugas", "petugas-latihan")
    page.enter.click()
    return alone(page)


def _first_password(password: str, again: str, pin: str, head: str = "") -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = FirstPasswordPage(words)
        page.show_state("Rina Wulandari")
        for field, text in ((page.password, password), (page.again, again), (page.pin, pin)):
            field.setText(text)
        page.pin_again.setText(pin[:6])
        page.show_error(head, "Tidak ada yang diubah." if head else "")
        return alone(page)

    return build


def _first_start(code: str = "", head: str = "", working: str = "") -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = FirstStartPage(words)
        page.code.setText(code)
        page.url.setText("https://pusat.batang.example" if head or working else "")
        if code and not head and not working:
            page.join.click()
        if working:
            page.show_working(working)
        if head:
            page.show_error(head, "Belum ada yang berubah di mesin ini. Minta kode baru ke Dinas.")
        return alone(page)

    return build


_SAFE = "Semua yang sudah tertulis tersimpan tetap aman. Draf tersimpan sampai isian terakhir."
_LOST = "Paket di mesin ini tetap tersegel dan aman. Yang belum terkirim bisa dipulihkan Dinas."
CALM = {
    "calm-crashed": CalmState(
        "Ada yang salah di program", _SAFE, "Tekan Enter untuk lanjut.", "E-2981-1107", True
    ),
    "calm-damaged": CalmState(
        "Basis data mesin ini rusak", _LOST, "Panggil teknisi. Jangan hapus apa pun.", "DamagedError", False
    ),
    "calm-key-lost": CalmState(
        "Kunci mesin ini tidak ada",
        _LOST,
        "Panggil teknisi. Dinas bisa membuka dengan kunci pemulihan.",
        "KeyLost",
        False,
    ),
    "calm-disk-full": CalmState(
        "Disk penuh", _SAFE, "Hapus berkas lain dari disk, lalu coba lagi.", "StoreFullError: 12 MB", True
    ),
    "calm-newer": CalmState(
        "Data ini dari program yang lebih baru",
        _SAFE,
        "Pasang program terbaru.",
        "NewerStoreError: 9 > 7",
        False,
    ),
    "calm-busy": CalmState(
        "Program lain sedang memakai folder data ini",
        _SAFE,
        "Tutup jendela yang lain, lalu coba lagi.",
        "",
        True,
    ),
}


def _calm(state: CalmState, *, note: bool = False) -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = CalmPage(words)
        page.show_state(state)
        if note:
            page.note.click()
        return alone(page)

    return build


SHOTS = (
    Shot("login", _login(REAL)),
    Shot("login-starting", _login(STARTING)),
    Shot("login-waiting", _waiting),
    Shot("login-practice", _login(READY, "petugas")),
    Shot("login-wrong", _login(REAL, "petugas", "Kata sandi salah.", "Masih bisa mencoba 3 kali lagi.")),
    Shot(
        "login-locked-out",
        _login(READY, "petugas", "Terlalu banyak salah.", "Coba lagi dalam 27 detik. Tidak ada yang hilang."),
    ),
    Shot("login-lock", _login(LOCKED)),
    Shot("first-password", _first_password("", "", "")),
    Shot("first-password-typing", _first_password("gringsing-01", "gringsing", "246801")),
    Shot(
        "first-password-refused",
        _first_password("gringsing-01", "gringsing-01", "2468013", "PIN ini terlalu mudah."),
    ),
    Shot("first-start", _first_start()),
    Shot("first-start-checked", _first_start("BTG-7K2M-9QXA")),
    Shot("first-start-working", _first_start("BTG-7K2M-9QXA", working="Menghubungi pusat ...")),
    Shot("first-start-refused", _first_start("BTG-7K2M-9QXA", "Kode ini sudah dipakai.")),
    *(Shot(name, _calm(state)) for name, state in CALM.items()),
    Shot("calm-note", _calm(CALM["calm-crashed"], note=True)),
)
