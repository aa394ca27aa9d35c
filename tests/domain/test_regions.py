import lzma

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.errors import MalformedError
from kiosk.domain.regions import Region, RegionLevel, RegionTable, Standing

BATANG = (
    "Wonotunggal", "Bandar", "Blado", "Reban", "Bawang", "Tersono", "Gringsing", "Limpung", "Subah", "Tulis", "Batang",
    "Warungasem", "Kandeman", "Pecalungan", "Banyuputih",
)  # fmt: skip
GRINGSING = (
    "Surodadi", "Sentul", "Plelen", "Kutosari", "Mentosari", "Gringsing", "Yosorejo", "Krengseng", "Sawangan",
    "Ketanggan", "Lebo", "Kebondalem", "Sidorejo", "Tedunan", "Madugowongjati",
)  # fmt: skip


def _codes(found: tuple[Region, ...]) -> list[str]:
    return [region.code for region in found]


def _packed(text: str) -> bytes:
    return lzma.compress(text.encode())


def test_the_whole_country_is_there(regions: RegionTable) -> None:
    provinces = regions.children()
    regencies = [region for province in provinces for region in regions.children(province.code)]
    districts = [region for regency in regencies for region in regions.children(regency.code)]
    villages = [region for district in districts for region in regions.children(district.code)]

    assert [len(level) for level in (provinces, regencies, districts, villages)] == [38, 514, 7285, 83762]
    assert len(regions) == 91_599


def test_the_way_leads_from_the_province_down_to_the_village(regions: RegionTable) -> None:
    assert Region("33", "Jawa Tengah") in regions.children()
    assert "33.25" in _codes(regions.children("33"))
    assert [region.name for region in regions.children("33.25")] == list(BATANG)
    assert [region.name for region in regions.children("33.25.07")] == list(GRINGSING)
    assert _codes(regions.children("33.25.07")) == [f"33.25.07.{number}" for number in range(2005, 2020)]
    assert regions.children("33.25.07.2015") == ()


def test_a_region_knows_its_path_and_its_level(regions: RegionTable) -> None:
    path = regions.path("33.25.07.2015")

    assert [region.name for region in path] == ["Jawa Tengah", "Kabupaten Batang", "Gringsing", "Lebo"]
    assert [region.level for region in path] == list(RegionLevel)


@pytest.mark.parametrize(
    "code", ["", "00", "33.25.07.9999", "33.25.", "3325", "Lebo", "\0", "33.25.07.2015.1"]
)
def test_a_code_that_is_not_there_leads_nowhere(code: str, regions: RegionTable) -> None:
    assert regions.get(code) is None
    assert regions.name(code) == ""
    assert regions.path(code) == ()


def test_names_are_not_unique_so_codes_are_the_key(regions: RegionTable) -> None:
    within = _codes(regions.search("lebo", within="33.25"))

    assert within[:2] == ["33.25.07.2015", "33.25.12.2015"]
    assert regions.get("33.25.07.2015") != regions.get("33.25.12.2015")
    assert regions.name("33.25.07.2015") == regions.name("33.25.12.2015") == "Lebo"


def test_words_of_the_regions_around_tell_two_of_one_name_apart(regions: RegionTable) -> None:
    assert _codes(regions.search("lebo gringsing")) == ["33.25.07.2015"]
    assert _codes(regions.search("lebo warungasem batang")) == ["33.25.12.2015"]
    assert regions.search("lebo jepara", within="33.25") == ()


def test_the_whole_name_comes_before_its_beginning_and_that_before_the_rest(regions: RegionTable) -> None:
    names = [region.name.casefold() for region in regions.search("gringsing", limit=50)]

    ranks = [0 if name == "gringsing" else 1 if name.startswith("gringsing") else 2 for name in names]
    assert ranks == sorted(ranks)
    assert names[0] == "gringsing"


@pytest.mark.parametrize("text", ["GRINGSING", "  Gringsing ", "gring"])
def test_case_and_blanks_do_not_matter_in_a_search(text: str, regions: RegionTable) -> None:
    assert "33.25.07" in _codes(regions.search(text, within="33.25"))


def test_a_code_is_found_as_it_is(regions: RegionTable) -> None:
    assert regions.search("33.25.07") == (Region("33.25.07", "Gringsing"),)


@pytest.mark.parametrize("text", ["", "  ", "qqqqq", "a " * 5_000_000, "\0", "\ud800", "\u0661"])
def test_a_search_for_nothing_finds_nothing(text: str, regions: RegionTable) -> None:
    assert regions.search(text) == ()


def test_a_search_gives_no_more_than_was_asked_for(regions: RegionTable) -> None:
    assert len(regions.search("suka", limit=7)) == 7


@given(text=st.text(max_size=12), within=st.sampled_from(["", "33", "33.25"]))
@settings(deadline=None, max_examples=40)
def test_any_search_finds_regions_of_the_place_only(regions: RegionTable, text: str, within: str) -> None:
    found = regions.search(text, within=within)

    assert all(region == regions.get(region.code) and region.code.startswith(within) for region in found)


@pytest.mark.parametrize(
    ("digits", "standing"),
    [
        ("332507", Standing.CURRENT),
        ("910101", Standing.RETIRED),
        ("332516", Standing.UNKNOWN),
        ("339907", Standing.UNKNOWN),
        ("332500", Standing.NO_DISTRICT),
        ("990000", Standing.NO_PROVINCE),
    ],
)
def test_the_first_six_digits_have_a_standing(digits: str, standing: Standing, regions: RegionTable) -> None:
    assert regions.standing(digits) is standing


def test_a_retired_district_keeps_its_name_its_years_and_its_successor(regions: RegionTable) -> None:
    merauke = regions.retired("91.01.01")

    assert merauke is not None
    assert (merauke.name, merauke.first_year, merauke.last_year) == ("Merauke", 2018, 2022)
    assert merauke.successors == ("93.01.01",)
    assert regions.name("93.01.01") == "Merauke"
    assert regions.retired("33.25.07") is None


def test_594_districts_are_retired_and_none_of_them_is_current(regions: RegionTable) -> None:
    gone = regions._retired.values()

    assert len(gone) == 594
    assert {district.code[:2] for district in gone} == {"91", "92"}
    assert not [district.code for district in gone if regions.get(district.code)]
    assert all(regions.get(code) for district in gone for code in district.successors)


@pytest.mark.parametrize(
    ("table", "retired"),
    [
        (b"no archive", b""),
        (lzma.compress(b"\xff\xff"), b""),
        (_packed("33\tJawa Tengah"), b"91.01.01\tMerauke"),
        (_packed("33\tJawa Tengah"), b"91.01.01\tMerauke\tx\t2022\t"),
        (_packed("33\tJawa Tengah"), b"\xff"),
    ],
)
def test_tables_of_another_shape_are_refused(table: bytes, retired: bytes) -> None:
    with pytest.raises(MalformedError):
        RegionTable(table, retired).warm()


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("33.25.07.2015", "Lebo, Gringsing"),
        ("33.25.12.2015", "Lebo, Warungasem"),
        ("33.25.07", "Gringsing"),
        ("33.25", ""),
        ("33.25.07.9999", ""),
        ("", ""),
    ],
)
def test_a_village_is_named_with_its_district(code: str, place: str, regions: RegionTable) -> None:
    assert regions.place(code) == place
