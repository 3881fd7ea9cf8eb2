"""What must be read can be read."""

import pytest
from PySide6.QtGui import QColor

from app.figures.shapes import ROLES
from app.ui.palette import COLOURS, FIGURE, READABLE


def luminance(colour):
    """Return the relative luminance of a colour (WCAG 2.1)."""
    parts = [one / 255 for one in QColor(colour).getRgb()[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground"), READABLE)
def test_words_have_a_contrast_of_at_least_four_and_a_half(ink, ground):
    assert contrast(COLOURS[ink], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize("role", ["text", "faint", "today", "progression"])
def test_words_of_a_picture_can_be_read_on_white(role):
    assert contrast(FIGURE[role], "#ffffff") >= 4.5


def test_every_role_of_a_picture_has_its_colour():
    assert set(FIGURE) == set(ROLES)
