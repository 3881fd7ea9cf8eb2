"""Running text: broken as reportlab breaks it, nothing lost, no line alone."""

from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from app.letters.breaking import passages
from app.letters.fonts import BOLD, REGULAR, register_fonts
from app.letters.prose import Prose, marked

register_fonts()
STYLE = ParagraphStyle(
    "prose", fontName=REGULAR, bulletFontName=REGULAR, fontSize=9, leading=11, allowWidows=0, allowOrphans=0,
    spaceShrinkage=0,  # else reportlab lets lines stand out by a twentieth of their spaces
)  # fmt: skip
WORDS = st.lists(st.text("abcdefgmwilEDA().,;:&<µ≥é", min_size=1, max_size=12), min_size=1, max_size=60)


def lines(text, width, style=STYLE):
    """Return the lines of a text in our markup, each as its runs."""
    room = width * 1000 / style.fontSize
    return [one.runs(line) for one in passages(text, style.fontName) for line in one.lines(room)]


def words_of(runs):
    return "".join(text for _face, text in runs)


def wide(runs):
    return sum(stringWidth(text, face, STYLE.fontSize) for face, text in runs)


def first_word(runs):
    """Return the runs of the first word of a line."""
    found = []
    for face, text in runs:
        found.append((face, text.split(" ")[0]))
        if " " in text:
            break
    return found


@given(WORDS, st.integers(150, 500))
def test_lines_end_where_reportlab_ends_them(words, width):
    text = " ".join(words).replace("&", "+").replace("<", "=")  # without the signs that part a text in pieces there
    theirs = Paragraph(text, STYLE)
    width += 0.0137  # no line fits to the last digit
    theirs.wrap(width, 10_000)
    assert [words_of(one) for one in lines(text, width)] == [" ".join(found) for _left, found in theirs.blPara.lines]


@given(WORDS, st.integers(0, 10), st.integers(150, 500))
def test_a_line_of_two_faces_ends_where_the_next_word_has_no_room(words, first, width):
    pieces = [*words[:first], "<b>", *words[first:], "</b>:", *words]
    text = " ".join(one if one in ("<b>", "</b>:") else escape(one) for one in pieces).replace("<b> ", "<b>")
    found = lines(text.replace(" </b>", "</b>"), width)
    for runs, after in zip(found, [*found[1:], None], strict=True):
        assert wide(runs) <= width + 0.01
        if after is not None:
            assert wide([*runs, (REGULAR, " "), *first_word(after)]) > width


@given(st.text("ab &<mW", max_size=200), st.integers(8, 300))
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    found = lines(escape(text), width)
    assert "".join("".join(words_of(one).split()) for one in found) == "".join(text.split())
    for runs in found:
        assert wide(runs) <= width + 0.01 or len(words_of(runs)) == 1


def test_a_word_wider_than_the_column_is_cut_and_the_text_goes_on_after_its_end():
    found = [words_of(one) for one in lines("see " + "m" * 30 + " now", 100)]
    assert found[0] == "see"
    assert "".join(found[1:]) == "m" * 30 + " now"
    assert found[-1].endswith("m now")
    assert len(found) == 4


def test_a_narrow_column_takes_at_least_one_character_a_line():
    assert [words_of(one) for one in lines("mm", 1)] == ["m", "m"]


def test_markup_is_read_and_what_looks_like_it_is_not():
    (line,) = lines(f"<b>E4</b>: {marked('a<b & <br/>')}", 400)
    assert line == [(BOLD, "E4"), (REGULAR, ": a<b & <br/>")]


def test_a_break_that_is_asked_for_is_made_and_one_at_the_end_makes_no_line():
    assert [words_of(one) for one in lines("one<br/>two<br/><br/>three<br/>", 400)] == ["one", "two", "", "three"]
    assert lines("", 400) == []


def test_a_number_keeps_its_unit_on_its_line():
    text = marked("crizotinib 250 mg")
    width = stringWidth("crizotinib 250", REGULAR, STYLE.fontSize) + 1
    assert [words_of(one) for one in lines(text, width)] == ["crizotinib", "250\u00a0mg"]


@pytest.mark.parametrize(
    ("count", "room", "here"), [(5, 1, 0), (5, 2, 2), (5, 3, 3), (5, 4, 3), (3, 2, 0), (4, 3, 2), (5, 5, 5), (2, 1, 0)]
)
def test_no_line_stands_alone_on_either_side(count, room, here):
    prose = Prose("<br/>".join(f"line {number}" for number in range(count)), STYLE, bullet="–")
    parts = prose.split(300, room * STYLE.leading + 1)
    if here == 0:
        assert parts == []
    elif here == count:
        assert parts == [prose]
    else:
        heights = [one.wrap(300, 1000)[1] / STYLE.leading for one in parts]
        assert heights == [here, count - here]
        assert [one.bullet for one in parts] == ["–", ""]


@given(WORDS, st.integers(2, 12))
def test_a_text_parted_between_pages_is_the_same_text(words, room):
    text = "<b>" + escape(words[0]) + "</b> " + escape(" ".join(words))
    prose = Prose(text, STYLE)
    prose.wrap(120, 1000)
    parts = prose.split(120, room * STYLE.leading)
    if not parts:
        return
    broken = []
    for part in parts:
        part.wrap(120, 1000)
        broken += [[run for run in passage.runs(line) if run[1]] for passage, line in part._lines]
    assert broken == lines(text, 120)


def test_what_is_drawn_is_read_back_with_its_sign():
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 100))
    prose = Prose(f"<b>Liver</b> {marked('ALT > 3 × ULN & bilirubin')}", STYLE, bullet="!")
    prose.wrap(280, 100)
    prose.drawOn(canvas, 10, 50)
    canvas.save()
    assert PdfReader(out).pages[0].extract_text() == "!Liver ALT > 3 × ULN & bilirubin"


def test_the_height_is_that_of_its_lines_and_the_width_is_asked_for():
    prose = Prose("one<br/>two", STYLE)
    assert prose.wrap(100, 5) == (100, 22)


def test_no_line_ends_within_the_power_of_a_unit():
    for width in range(40, 200, 10):
        printed = [words_of(one).strip() for one in lines(marked("neutrophils 0.4 × 10⁹/L of 3 March"), width)]
        assert [one for one in printed if one.endswith("×")] == []
