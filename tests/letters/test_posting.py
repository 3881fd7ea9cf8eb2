"""Envelopes and labels, measured on the page."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.letters.posting import EDGE, LABEL, envelope_pdf, labels_pdf

MM = 72 / 25.4
ADDRESS = ("Dr Practice", "1 High Street", "Town")


def texts(page):
    """Return each text of a page with where it begins, in millimetres from the upper left corner."""
    found = []
    height = float(page.mediabox.height)

    def take(text, _matrix, place, _font, _size):
        if text.strip():
            found.append((text.strip(), place[4] / MM, (height - place[5]) / MM))

    page.extract_text(visitor_text=take)
    return {text: (left, top) for text, left, top in found}


@pytest.mark.parametrize(("form", "size"), [("c6_5", (229, 114)), ("dl", (220, 110)), ("us_10", (241.3, 104.775))])
def test_an_envelope_has_its_size_the_address_right_of_the_middle_and_the_sender_above(form, size):
    (page,) = PdfReader(BytesIO(envelope_pdf(ADDRESS, "Example Hospital · Town", form))).pages
    assert [float(side) / MM for side in page.mediabox[2:]] == pytest.approx(size, abs=0.1)
    at = texts(page)
    assert at["Example Hospital · Town"][1] < 20
    assert at["Dr Practice"][0] == pytest.approx(size[0] * 0.45, abs=1)
    assert at["Dr Practice"][1] > size[1] * 0.4
    assert at["Town"][1] < size[1] - 8


@pytest.mark.parametrize(("start", "column", "row"), [(1, 0, 0), (3, 2, 0), (4, 0, 1), (24, 2, 7)])
def test_labels_begin_where_the_sheet_has_some_left(start, column, row):
    (page,) = PdfReader(BytesIO(labels_pdf([ADDRESS], start))).pages
    left, top = texts(page)["Dr Practice"]
    assert left == pytest.approx(column * 70 + EDGE / MM, abs=0.1)
    assert 4.5 + row * 36 < top < 4.5 + row * 36 + 12


def test_what_has_no_room_on_a_sheet_goes_onto_the_next():
    pages = PdfReader(BytesIO(labels_pdf([(f"Name {number}",) for number in range(1, 4)], 23))).pages
    assert [sorted(texts(page)) for page in pages] == [["Name 1", "Name 2"], ["Name 3"]]
    assert texts(pages[1])["Name 3"][0] == pytest.approx(EDGE / MM, abs=0.1)


def test_a_long_address_is_smaller_and_stays_on_its_label():
    lines = [f"Line {number} with quite a lot of words that would not fit" for number in range(12)]
    (page,) = PdfReader(BytesIO(labels_pdf([lines], 1))).pages
    at = texts(page)
    assert len(at) == 12
    assert max(top for _left, top in at.values()) < 4.5 + LABEL[1] / MM


def test_the_same_address_gives_the_same_bytes_and_markup_is_printed_as_it_is():
    odd = ("<b>Dr O'Neil & Sons", "Łódź")
    assert envelope_pdf(odd, "", "dl") == envelope_pdf(odd, "", "dl")
    assert "<b>Dr O'Neil & Sons" in PdfReader(BytesIO(envelope_pdf(odd, "", "dl"))).pages[0].extract_text()
