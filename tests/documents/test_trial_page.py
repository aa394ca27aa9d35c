"""The page a printer is tried with is one page, the same each time."""

from kiosk.documents.trial_page import trial_page


def test_it_is_a_pdf_of_one_page_that_ends_where_it_should() -> None:
    page = trial_page()

    assert page.startswith(b"%PDF-")
    assert page.rstrip().endswith(b"%%EOF")
    assert page.count(b"/Type /Page\n") == 1


def test_two_makings_are_the_same() -> None:
    assert trial_page() == trial_page()
