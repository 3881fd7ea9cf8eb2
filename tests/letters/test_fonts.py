"""What the letters' faces print, and what stands for a character they lack."""

import pytest

from app.letters.fonts import printable, register_fonts
from app.paths import RESOURCES


@pytest.mark.parametrize("character", "ŁłőğŻźćęşțșßøÅñЖжщъεαβΩệữớđ≥≤±×−µμ·…–—‘’“”½²³°■")
def test_every_character_of_a_letter_is_in_regular_and_bold(character):
    assert character in register_fonts()


def test_a_name_that_can_be_printed_is_left_alone():
    assert printable("Łukasz Őrsi, Ağaoğlu, Жанна, Nguyễn Việt") == "Łukasz Őrsi, Ağaoğlu, Жанна, Nguyễn Việt"


def test_a_letter_written_in_two_characters_is_composed():
    assert printable("Viê\u0323t") == "Việt"


def test_what_no_face_prints_is_shown_as_its_code_point():
    assert printable("王 🙂") == "[U+738B] [U+1F642]"


def test_signs_that_print_nothing_print_nothing():
    assert printable("a\u200db\ufe0f\u2028c") == "ab c"


def test_the_licence_goes_with_the_fonts():
    assert "SIL Open Font License" in (RESOURCES / "fonts" / "LICENSE.txt").read_text(encoding="utf-8")
    assert "2.020" in (RESOURCES / "fonts" / "README.md").read_text(encoding="utf-8")
