"""Whose patients are shown: everybody's, one's own, or those of one nurse or doctor."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.words import _


class Whose(QComboBox):
    """`chosen()` when others are to be shown; `who` says whose: None all, "" those of nobody who is named."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mine = ""
        self._values: list[str | None] = []
        self.setAccessibleName(_("Whose patients"))
        self.setToolTip(_("Only the patients of one nurse or doctor (Ctrl+M: yours, and back)"))
        self.setMinimumWidth(200)
        self.show_names((), "")
        self.currentIndexChanged.connect(self._tell)

    @property
    def who(self) -> str | None:
        """Whose patients are shown."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def show_names(self, names: Sequence[str], mine: str) -> None:
        """Offer these names, and `mine`, of who sits here ("" for nobody); what was chosen stays chosen."""
        before = self.who
        wanted = mine if self._mine and before == self._mine else before
        self._mine = mine
        others = [name for name in names if name.casefold() != mine.casefold()]
        choices: list[tuple[str | None, str]] = [(None, _("Everybody’s patients"))]
        if mine:
            choices.append((mine, _("My patients: {name}").format(name=mine)))
        choices += [(name, name) for name in others]
        choices.append(("", _("No nurse or doctor named")))
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _words in choices]
        self.addItems([words for _value, words in choices])
        self.setCurrentIndex(self._values.index(wanted) if wanted in self._values else 0)
        self.blockSignals(False)
        if self.who != before:
            self.chosen.emit()

    def toggle_mine(self) -> bool:
        """Show one's own patients, or everybody's again; return whether it is known who sits here."""
        if not self._mine:
            return False
        self.setCurrentIndex(0 if self.who == self._mine else self._values.index(self._mine))
        return True

    def _tell(self) -> None:
        self.chosen.emit()
