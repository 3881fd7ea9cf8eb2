"""Undo and redo of the open record, each saying what it is about: "Undo: FISH of 22 January 2014"."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from app.ui.open_record import OpenRecord
from app.words import _


class Undoing(QObject):
    """Names the two actions after what they would do, and does it. `said(text)` for the status bar."""

    said = Signal(str)

    def __init__(self, undo: QAction, redo: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = undo, redo
        self._words = undo.text(), redo.text()
        self._opened: OpenRecord | None = None

    def show(self, opened: OpenRecord | None) -> None:
        """Name the actions after the last changes of this record."""
        self._opened = opened
        about = (opened.undoes, opened.redoes) if opened is not None else ("", "")
        for action, words, what in zip(self._actions, self._words, about, strict=True):
            action.setEnabled(bool(what))
            action.setText(_("{undo}: {what}").format(undo=words, what=what.replace("&", "&&")) if what else words)

    def undo(self) -> None:
        """Take the last change back."""
        if self._opened is not None:
            words = _("Undone: {what}. Ctrl+Shift+Z makes it again.").format(what=self._opened.undoes)
            self._opened.undo(partial(self.said.emit, words))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._opened is not None:
            words = _("Made again: {what}.").format(what=self._opened.redoes)
            self._opened.redo(partial(self.said.emit, words))
