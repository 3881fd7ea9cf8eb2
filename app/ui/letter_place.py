"""The page of the letter: made when the first letter is looked at, since the PDF library is not small."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.open_record import OpenRecord

if TYPE_CHECKING:
    from app.ui.pages.letter import LetterPage


class LetterPlace(QObject):
    """Shows the letter of a record in the window. `not_possible(text)` says why something cannot be done."""

    not_possible = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.page: LetterPage | None = None

    def show(self, opened: OpenRecord) -> None:
        """Go to the letter of this record as of the day it is looked at."""
        page = self._made()
        self._window.pages.setCurrentWidget(page)
        page.show_letter(opened.record, opened.as_of)
        page.setFocus()

    def when_ready(self, do: str) -> None:
        """Save or print the letter as soon as it is composed."""
        self._made().when_ready(do)

    def zoom(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        if self.page is not None:
            self.page.zoom(factor)

    def fit_width(self) -> None:
        """Make the pages as wide as the window."""
        if self.page is not None:
            self.page.fit_width()

    def _made(self) -> "LetterPage":
        if self.page is None:
            from app.ui.pages.letter import LetterPage

            self.page = LetterPage(self._desk, self._window.actions_by_name)
            self.page.said.connect(self._window.say)
            self.page.not_possible.connect(self.not_possible)
            self._window.pages.addWidget(self.page)
        return self.page
