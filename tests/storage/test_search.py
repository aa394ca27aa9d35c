"""Finding residents: by the beginning of a NIK, by words of a name, misspelt once, or spelt as of old."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.storage.search import MOST_CANDIDATES
from kiosk.storage.store import Store
from tests.storage.conftest import resident

NAMES = (
    "SITI RAHAYU",
    "SUHARTO WIBOWO",
    "JOKO SUSILO",
    "MUHAMMAD FAUZI",
    "MOHAMAD FAUZI HIDAYAT",
    "NUR'AINI DWI ASTUTI",
    "CAHYONO",
    "SITI AMINAH",
    "RAHAYU SITI",
    "I GUSTI NGURAH RAI",
)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as ledger:
        for number, name in enumerate(NAMES, start=1):
            ledger.residents.put(resident(number, name))
    return store


def found(store: Store, text: str) -> list[str]:
    with store.reading() as ledger:
        return [hit.full_name for hit in ledger.search(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("siti rahayu", "SITI RAHAYU"),
        ("rahayu si", "RAHAYU SITI"),
        ("su", "SUHARTO WIBOWO"),
        ("wibo", "SUHARTO WIBOWO"),
        ("Soeharto", "SUHARTO WIBOWO"),
        ("djoko", "JOKO SUSILO"),
        ("tjahjono", "CAHYONO"),
        ("susylo", "JOKO SUSILO"),
        ("suslio", "JOKO SUSILO"),
        ("usilo", "JOKO SUSILO"),
        ("susiloo", "JOKO SUSILO"),
        ("nuraini", "NUR'AINI DWI ASTUTI"),
        ("nur'aini", "NUR'AINI DWI ASTUTI"),
        ("  SITI\tAMINAH ", "SITI AMINAH"),
        ("gusti rai", "I GUSTI NGURAH RAI"),
    ],
)
def test_the_best_fit_comes_first(filled: Store, text: str, first: str) -> None:
    assert found(filled, text)[:1] == [first]


@pytest.mark.parametrize(
    "text", ["muhammad fauzi", "mohamad fauzi", "mohammad fauzi", "muhamad fauzi", "moh fauzi"]
)
def test_every_spelling_of_muhammad_finds_them_all(filled: Store, text: str) -> None:
    assert set(found(filled, text)) == {"MUHAMMAD FAUZI", "MOHAMAD FAUZI HIDAYAT"}


def test_the_spelling_that_was_typed_comes_before_its_variants(filled: Store) -> None:
    assert found(filled, "mohamad")[0] == "MOHAMAD FAUZI HIDAYAT"
    assert found(filled, "muhammad")[0] == "MUHAMMAD FAUZI"


def test_all_words_must_fit(filled: Store) -> None:
    assert found(filled, "siti fauzi") == []


@pytest.mark.parametrize("text", ["", " ", "s", "-", "'", "%", "*", "1", "\x00", "ﷺ", "3325071708900009999"])
def test_what_means_nobody_finds_nobody(filled: Store, text: str) -> None:
    assert found(filled, text) == []


def test_a_whole_nik_finds_its_resident_with_or_without_dots(filled: Store) -> None:
    nik = resident(3, "").nik
    dotted = f"{nik[:6]}.{nik[6:12]}-{nik[12:]}"

    assert found(filled, nik) == ["JOKO SUSILO"]
    assert found(filled, dotted) == ["JOKO SUSILO"]


def test_the_beginning_of_a_nik_finds_all_who_have_it(filled: Store) -> None:
    assert len(found(filled, "332507")) == len(NAMES)
    assert found(filled, "34") == []


def test_hits_carry_no_portrait(filled: Store) -> None:
    with filled.reading() as ledger:
        hits = ledger.search("siti")
        kept = ledger.residents.by_nik(hits[0].nik)

    assert {hit.portrait for hit in hits} == {b""}
    assert kept[0].portrait == b"small picture"


def test_a_corrected_name_is_found_and_the_old_one_no_longer(filled: Store) -> None:
    with filled.writing() as ledger:
        ledger.residents.put(resident(3, "JOKO WIDODO"))

    assert found(filled, "joko widodo") == ["JOKO WIDODO"]
    assert found(filled, "susilo") == []


def test_a_common_name_gives_the_newest_and_no_more_candidates_than_are_ranked(store: Store) -> None:
    with store.writing() as ledger:
        for number in range(1, MOST_CANDIDATES + 51):
            ledger.residents.put(resident(number, "SRI LESTARI"))

    with store.reading() as ledger:
        hits = ledger.search("sri", limit=1000)
    assert len(hits) == MOST_CANDIDATES
    assert hits[0].visit_id == resident(MOST_CANDIDATES + 50, "").visit_id


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_no_text_breaks_the_search(filled: Store, text: str) -> None:
    assert set(found(filled, text)) <= set(NAMES)


def test_a_pasted_book_is_cut_not_searched(filled: Store) -> None:
    assert found(filled, "zzzz " * 2_000_000) == []
