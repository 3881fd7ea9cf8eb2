"""What must be read can be read, in every theme."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette

from app.figures.shapes import ROLES
from app.ui.palette import (
    COLOURS,
    FIGURE,
    READABLE,
    THEMES,
    VISIBLE,
    colour,
    dress,
    palette_of_controls,
    theme_shown,
    use_theme,
)


@pytest.fixture(autouse=True)
def light_again():
    yield
    use_theme("light")


def luminance(colour):
    """Return the relative luminance of a colour (WCAG 2.1)."""
    parts = [one / 255 for one in QColor(colour).getRgb()[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), READABLE)
def test_words_have_a_contrast_of_at_least_four_and_a_half_and_of_seven_in_high_contrast(theme, ink, ground):
    use_theme(theme)
    assert contrast(COLOURS[ink], COLOURS[ground]) >= (7 if theme == "contrast" else 4.5)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other"), VISIBLE)
def test_edges_and_the_ring_of_the_keyboard_have_a_contrast_of_at_least_three(theme, one, other):
    use_theme(theme)
    assert contrast(COLOURS[one], COLOURS[other]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["text", "faint", "today", "progression"])
def test_words_of_a_picture_can_be_read_on_its_ground(theme, role):
    use_theme(theme)
    assert contrast(FIGURE[role], COLOURS["base"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_series_of_a_picture_differ_from_its_ground_and_from_each_other(theme):
    use_theme(theme)
    series = ("test", "rebiopsy", "held", "local", "progression")
    assert all(contrast(FIGURE[one], COLOURS["base"]) >= 2.2 for one in (*series, "therapy", "event"))
    assert len({FIGURE[one] for one in series}) == len(series)


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_has_every_colour_and_every_role_of_a_picture(theme):
    use_theme("light")
    names = set(COLOURS)
    use_theme(theme)
    assert theme_shown() == theme
    assert set(COLOURS) == names
    assert set(FIGURE) == set(ROLES)


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_sheet_knows_every_colour_it_names(theme, qapp):
    dress(qapp, theme)
    assert re.findall(r"@(?!name;)", qapp.styleSheet()) == []
    assert qapp.palette().color(QPalette.ColorRole.Window) == colour("window")
    dress(qapp)


@pytest.mark.parametrize("theme", THEMES)
def test_fusion_draws_the_edge_of_a_control_in_the_colour_of_edges(theme):
    use_theme(theme)
    drawn = palette_of_controls().color(QPalette.ColorRole.Window).darker(140)
    assert contrast(drawn.name(), COLOURS["window"]) >= 3
