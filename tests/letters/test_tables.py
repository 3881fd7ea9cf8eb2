"""Cells broken into lines that fit, and rows of many lines."""

from reportlab.pdfbase.pdfmetrics import stringWidth

from app.letters.fonts import REGULAR, register_fonts
from app.letters.tables import broken, in_parts

register_fonts()


def test_a_cell_is_broken_between_words_so_that_no_line_is_too_wide():
    text = broken("stereotactic radiotherapy of the brain", 80)
    assert text.replace("\n", " ") == "stereotactic radiotherapy of the brain"
    assert all(stringWidth(line, REGULAR, 9) <= 80 for line in text.split("\n"))


def test_a_word_wider_than_the_cell_is_cut_and_nothing_is_lost():
    text = broken("x" * 200, 50)
    assert text.replace("\n", "") == "x" * 200
    assert all(stringWidth(line, REGULAR, 9) <= 50 for line in text.split("\n"))


def test_a_cell_of_very_many_lines_comes_in_parts():
    parts = in_parts(broken("\n".join(str(number) for number in range(100)), 50))
    assert [part.count("\n") + 1 for part in parts] == [28, 28, 28, 16]
