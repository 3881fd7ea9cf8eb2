"""The frame of the next step: whole on one page while it can be, never lost when it cannot."""

from io import BytesIO

from pypdf import PdfReader
from reportlab.lib.colors import black
from reportlab.platypus import SimpleDocTemplate, Spacer

from app.letters.framed import Framed
from app.letters.prose import Prose
from app.letters.sheet import sheet_for
from app.letters.style import look_of

PAGE = 400.0
LOOK = look_of("#1F4E79", sheet_for(is_addressed=True, is_landscape=False))


def pages(*story):
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=(400, PAGE + 20), leftMargin=20, rightMargin=20, topMargin=4, bottomMargin=4
    )
    document.build(list(story))
    return [page.extract_text() for page in PdfReader(BytesIO(out.getvalue())).pages]


def part(name, lines=3):
    return [Prose(f"{name}{number}", LOOK.body) for number in range(lines)]


def framed(*parts):
    return Framed(parts, black, PAGE)


def test_a_block_with_no_room_left_goes_to_the_next_page_whole():
    first, second = pages(Spacer(1, 330), framed(part("a"), part("b"), part("c")))
    assert first.strip() == ""
    assert all(word in second for word in ("a0", "b0", "c2"))


def test_a_block_longer_than_a_page_is_parted_between_its_parts():
    first, second = pages(framed(part("a", 10), part("b", 10), part("c", 10)))
    assert "a0" in first
    assert "b9" in first
    assert "c" not in first
    assert "c0" in second
    assert "c9" in second


def test_one_part_longer_than_a_page_is_printed_all_the_same():
    said = pages(framed(part("a", 70)))
    assert len(said) == 3
    assert [f"a{number}" for number in range(70)] == " ".join(said).split()


def test_one_paragraph_longer_than_a_page_is_printed_all_the_same():
    text = " ".join(f"w{number}" for number in range(2500))
    said = pages(framed([Prose(text, LOOK.body)]))
    assert len(said) > 2
    assert " ".join(said).split() == text.split()
