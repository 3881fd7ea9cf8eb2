"""What marks a letter: the codes at its foot, a word across the page, a line over its head."""

from dataclasses import replace
from io import BytesIO

import pytest
from letters.conftest import DAYS
from pypdf import PdfReader

from app.letters.kinds import KINDS
from app.letters.pdf import write_pdf


def pages_of(content):
    return [" ".join(one.extract_text().split()) for one in PdfReader(BytesIO(write_pdf(content))).pages]


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_its_code_its_watermark_and_what_it_was_replaced_by(desk, kind):
    content = replace(
        desk.content_of_demo(2, kind=kind), mark="K7QM-2F9D", qr="K7QM-2F9D", watermark="DRAFT",
        superseded="Superseded by K7QM-2F9E",
    )  # fmt: skip
    for page in pages_of(content):
        assert "K7QM-2F9D" in page
        assert "DRAFT" in page
        assert "Superseded by K7QM-2F9E" in page


def test_a_letter_in_force_has_no_marks(desk):
    plain = desk.content_of_demo(2)
    assert (plain.mark, plain.qr, plain.watermark, plain.superseded) == ("", "", "", "")
    assert all("DRAFT" not in page for page in desk.pages(desk.demo(2), DAYS[2]))


def test_marks_of_any_length_leave_the_letter_as_long_as_it_is(desk):
    plain = desk.content_of_demo(2)
    long = replace(plain, mark="M" * 30, qr="q" * 300, watermark="NOT SIGNED YET", superseded="Superseded " * 30)
    assert len(pages_of(long)) == len(pages_of(plain))
