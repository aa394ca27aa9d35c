import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import codes
from kiosk.domain.codes import Code, CodeLists
from kiosk.domain.errors import MalformedError
from kiosk.domain.reference import Reference

# The lists as published; each entry's number is its place.
PUBLISHED = {
    codes.RELIGION: "ISLAM|KRISTEN|KATHOLIK|HINDU|BUDHA|KHONGHUCU|KEPERCAYAAN TERHADAP TUHAN YME / LAINNYA",
    codes.SEX: "LAKI-LAKI|PEREMPUAN",
    codes.BLOOD_TYPE: "A|B|AB|O|A+|A-|B+|B-|AB+|AB-|O+|O-|TIDAK TAHU",
    codes.MARITAL_STATUS_SIAK: "BELUM KAWIN|KAWIN|CERAI HIDUP|CERAI MATI",
    codes.MARITAL_STATUS: (
        "BELUM KAWIN|KAWIN TERCATAT|KAWIN BELUM TERCATAT|CERAI HIDUP TERCATAT|CERAI HIDUP BELUM TERCATAT|CERAI MATI"
    ),
    codes.FAMILY_RELATIONSHIP: (
        "KEPALA KELUARGA|SUAMI|ISTRI|ANAK|MENANTU|CUCU|ORANG TUA|MERTUA|FAMILI LAIN|PEMBANTU|LAINNYA"
    ),
    codes.EDUCATION: (
        "TIDAK/BELUM SEKOLAH|BELUM TAMAT SD/SEDERAJAT|TAMAT SD/SEDERAJAT|SLTP/SEDERAJAT|SLTA/SEDERAJAT|DIPLOMA I/II|"
        "AKADEMI/DIPLOMA III/S. MUDA|DIPLOMA IV/STRATA I|STRATA II|STRATA III"
    ),
    codes.DISABILITY: (
        "DISABILITAS FISIK|DISABILITAS NETRA/BUTA|DISABILITAS RUNGU/WICARA|DISABILITAS MENTAL/JIWA|"
        "DISABILITAS FISIK DAN MENTAL|DISABILITAS LAINNYA|BUKAN PENYANDANG DISABILITAS"
    ),
    codes.CITIZENSHIP: "WNI|WNA|DUA KEWARGANEGARAAN",
    codes.MOVING_REASON: "PEKERJAAN|PENDIDIKAN|KEAMANAN|KESEHATAN|PERUMAHAN|KELUARGA|LAINNYA",
    codes.OCCUPATION: (
        "BELUM/TIDAK BEKERJA|MENGURUS RUMAH TANGGA|PELAJAR/MAHASISWA|PENSIUNAN|PEGAWAI NEGERI SIPIL (PNS)|"
        "TENTARA NASIONAL INDONESIA (TNI)|KEPOLISIAN RI (POLRI)|PERDAGANGAN|PETANI/PEKEBUN|PETERNAK|"
        "NELAYAN/PERIKANAN|INDUSTRI|KONSTRUKSI|TRANSPORTASI|KARYAWAN SWASTA|KARYAWAN BUMN|KARYAWAN BUMD|"
        "KARYAWAN HONORER|BURUH HARIAN LEPAS|BURUH TANI/PERKEBUNAN|BURUH NELAYAN/PERIKANAN|BURUH PETERNAKAN|"
        "PEMBANTU RUMAH TANGGA|TUKANG CUKUR|TUKANG LISTRIK|TUKANG BATU|TUKANG KAYU|TUKANG SOL SEPATU|"
        "TUKANG LAS/PANDAI BESI|TUKANG JAHIT|TUKANG GIGI|PENATA RIAS|PENATA BUSANA|PENATA RAMBUT|MEKANIK|SENIMAN|"
        "TABIB|PARAJI|PERANCANG BUSANA|PENTERJEMAH|IMAM MASJID|PENDETA|PASTOR|WARTAWAN|USTADZ/MUBALIGH|JURU MASAK|"
        "PROMOTOR ACARA|ANGGOTA DPR-RI|ANGGOTA DPD|ANGGOTA BPK|PRESIDEN|WAKIL PRESIDEN|"
        "ANGGOTA MAHKAMAH KONSTITUSI|ANGGOTA KABINET/KEMENTERIAN|DUTA BESAR|GUBERNUR|WAKIL GUBERNUR|BUPATI|"
        "WAKIL BUPATI|WALIKOTA|WAKIL WALIKOTA|ANGGOTA DPRD PROVINSI|ANGGOTA DPRD KABUPATEN/KOTA|DOSEN|GURU|PILOT|"
        "PENGACARA|NOTARIS|ARSITEK|AKUNTAN|KONSULTAN|DOKTER|BIDAN|PERAWAT|APOTEKER|PSIKIATER/PSIKOLOG|"
        "PENYIAR TELEVISI|PENYIAR RADIO|PELAUT|PENELITI|SOPIR|PIALANG|PARANORMAL|PEDAGANG|PERANGKAT DESA|"
        "KEPALA DESA|BIARAWATI/BIARAWAN|WIRASWASTA|ANGGOTA LEMBAGA TINGGI LAINNYA|ARTIS|ATLIT|CHEF|MANAJER|"
        "TENAGA TATA USAHA|OPERATOR|PEKERJA PENGOLAHAN, KERAJINAN|TEKNISI|ASISTEN AHLI|PEKERJAAN LAINNYA"
    ),
}
STATUSES = (
    "UNREGISTERED", "BIO_CAPTURED", "PROCESSING", "SENT_FOR_ENROLLMENT", "RECEIVED_AT_CENTRAL",
    "ENROLL_FAILURE_AT_CENTRAL", "ENROLL_FAILURE_AT_REGIONAL", "SEARCH_FAILURE_AT_CENTRAL", "ADJUDICATE_RECORD",
    "REQUEST_VALIDATION", "DUPLICATE_RECORD", "PRINT_READY_RECORD", "SENT_FOR_CARD_PRINTING", "CARD_PRINTED",
    "CARD_SHIPPED", "CARD_ISSUED",
)  # fmt: skip


@pytest.mark.parametrize("list_id", PUBLISHED)
def test_each_list_is_complete_and_in_its_order(list_id: str, known: Reference) -> None:
    labels = PUBLISHED[list_id].split("|")

    assert [(code.list_id, code.code, code.label) for code in known.codes[list_id]] == [
        (list_id, str(number), label) for number, label in enumerate(labels, start=1)
    ]


def test_there_are_ninety_nine_occupations(known: Reference) -> None:
    assert [code.code for code in known.codes[codes.OCCUPATION]] == [str(number) for number in range(1, 100)]


def test_the_statuses_of_a_recording_stand_in_their_order(known: Reference) -> None:
    assert tuple(code.code for code in known.codes[codes.ENROLLMENT_STATUS]) == STATUSES


def test_there_is_no_list_that_nobody_published(known: Reference) -> None:
    assert set(known.codes.lists) == {*PUBLISHED, codes.ENROLLMENT_STATUS}


def test_lists_have_titles_and_labels_that_are_not_twice_in_a_list(known: Reference) -> None:
    for found in known.codes.lists.values():
        labels = [code.label for code in found]

        assert found.title
        assert len(set(labels)) == len(labels) == len(found)


def test_the_two_marital_lists_are_kept_apart(known: Reference) -> None:
    of_the_form = known.codes.code("marital_status.f101_2019:3")
    of_the_card = known.codes.code("marital_status.siak:3")

    assert of_the_form is not None
    assert of_the_card is not None
    assert of_the_form != of_the_card
    assert (of_the_form.label, of_the_card.label) == ("KAWIN BELUM TERCATAT", "CERAI HIDUP")


@pytest.mark.parametrize(
    ("of_the_form", "of_the_card"), [("1", "1"), ("2", "2"), ("3", "2"), ("4", "3"), ("5", "3"), ("6", "4")]
)
def test_the_form_says_enough_for_the_card(of_the_form: str, of_the_card: str, known: Reference) -> None:
    code = known.codes.code(f"{codes.MARITAL_STATUS}:{of_the_form}")
    assert code is not None

    carried = known.codes.carry_over(code, codes.MARITAL_STATUS_SIAK)

    assert carried == known.codes.code(f"{codes.MARITAL_STATUS_SIAK}:{of_the_card}")


@pytest.mark.parametrize(("of_the_card", "of_the_form"), [("1", "1"), ("2", None), ("3", None), ("4", "6")])
def test_the_card_does_not_always_say_enough_for_the_form(
    of_the_card: str, of_the_form: str | None, known: Reference
) -> None:
    code = known.codes.code(f"{codes.MARITAL_STATUS_SIAK}:{of_the_card}")
    assert code is not None

    carried = known.codes.carry_over(code, codes.MARITAL_STATUS)

    assert (carried.code if carried else None) == of_the_form


def test_a_code_is_its_own_in_its_list_and_nothing_in_a_stranger(known: Reference) -> None:
    islam = known.codes.code("religion.siak:1")
    assert islam is not None

    assert known.codes.carry_over(islam, codes.RELIGION) == islam
    assert known.codes.carry_over(islam, codes.SEX) is None


def test_only_numbers_that_clash_have_a_label_elsewhere(known: Reference) -> None:
    clashes = {
        (found.list_id, number): other
        for found in known.codes.lists.values()
        for number, other in found.elsewhere.items()
    }

    assert clashes == {
        (codes.MARITAL_STATUS, "3"): "CERAI HIDUP",
        (codes.MARITAL_STATUS, "4"): "CERAI MATI",
        (codes.MARITAL_STATUS_SIAK, "3"): "KAWIN BELUM TERCATAT",
        (codes.MARITAL_STATUS_SIAK, "4"): "CERAI HIDUP TERCATAT",
        (codes.OCCUPATION, "31"): "PENATA RAMBUT",
        (codes.OCCUPATION, "34"): "MEKANIK",
        (codes.OCCUPATION, "35"): "TUKANG GIGI",
        (codes.OCCUPATION, "89"): "LAINNYA",
    }


@pytest.mark.parametrize("text", ["religion.siak:1", "religion.siak:01"])
def test_a_code_is_found_by_its_text(text: str, known: Reference) -> None:
    assert known.codes.code(text) == Code(codes.RELIGION, "1", "ISLAM")


@pytest.mark.parametrize(
    "text", ["", ":", "1", "religion:1", "religion.siak:", "religion.siak:0", "religion.siak:\u0661"]
)
def test_what_is_no_code_is_not_found(text: str, known: Reference) -> None:
    assert known.codes.code(text) is None


@pytest.mark.parametrize(
    ("list_id", "typed", "code"),
    [
        (codes.SEX, "l", "1"),
        (codes.SEX, "Pria", "1"),
        (codes.SEX, "laki-laki", "1"),
        (codes.DISABILITY, "cacat fisik", "1"),
        (codes.EDUCATION, "slta / sederajat", "5"),
        (codes.OCCUPATION, "petani/pekebun", "9"),
    ],
)
def test_labels_and_their_older_words_are_found_in_any_case(
    list_id: str, typed: str, code: str, known: Reference
) -> None:
    found = known.codes[list_id].find(typed)

    assert found is not None
    assert found.code == code


def test_every_entry_is_found_by_its_label_and_its_text(known: Reference) -> None:
    for found in known.codes.lists.values():
        for code in found:
            assert found.find(code.label) == known.codes.code(code.text) == code


@given(st.text())
@settings(deadline=None)
def test_any_text_is_an_entry_or_none(known: Reference, text: str) -> None:
    occupations = known.codes[codes.OCCUPATION]

    assert occupations.get(text) in {None, *occupations}
    assert occupations.find(text) in {None, *occupations}
    assert known.codes.code(text) is None or ":" in text


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"[]", b"null", b"{}", json.dumps({"version": "1", "lists": [{}], "carry_over": []}).encode(),
        json.dumps({"version": "1", "lists": [{"id": "x", "title": "x", "codes": {}}], "carry_over": []}).encode(),
        json.dumps({"version": "1", "lists": [], "carry_over": [{"from": "x"}]}).encode(),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedError):
        CodeLists.parse(content)
