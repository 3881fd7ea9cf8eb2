"""Alt and a letter for the fields of a form, none twice and none of a menu, in whatever language the labels are."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QLabel

from app.ui.actions import MENUS
from app.words import _


def with_mnemonics(labels: Sequence[QLabel | QAbstractButton]) -> None:
    """Give each label a letter of its own; the last ones may stay without when letters run out."""
    taken = {str(_(title)).partition("&")[2][:1].casefold() for title, _names in MENUS}  # Alt opens those
    for label in reversed(labels):  # the buttons at the foot first: they keep their letter in every form
        text = str(label.text()).replace("&", "")
        place = _free_letter(text, taken)
        if place is not None:
            taken.add(text[place].casefold())
            text = f"{text[:place]}&{text[place:]}"
        label.setText(text)


def _free_letter(text: str, taken: set[str]) -> int | None:
    starts = [index for index, letter in enumerate(text) if index == 0 or text[index - 1] == " "]
    for index in starts + list(range(len(text))):
        letter = text[index].casefold()
        if letter.isalpha() and letter.isascii() and letter not in taken:
            return index
    return None
