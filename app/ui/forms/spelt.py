"""Free text whose spelling is looked at: what may have been meant is offered by mouse and by keyboard."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from app.record.reading import NotPossible
from app.services.spelling import Misspelt, Spelling, suggestions
from app.ui.forms.editors import LinesEditor
from app.ui.forms.fields import Field
from app.ui.forms.spelling_marks import SpellingMarks
from app.words import _

ROOM = 30  # signs above a text, beside its label


class SpeltEditor(LinesEditor):
    """Several lines of free text in one language. `refused(text)` when a word cannot be added to those of this machine.

    Alt+Down goes to the next misspelt word and offers what may have been meant, and so does the menu at such a word.
    `learnt` when a word was added.
    """

    refused = Signal(str)
    learnt = Signal()

    def __init__(self, lines: int, spelling: Spelling, parent: QWidget | None = None) -> None:
        super().__init__(lines, as_list=False, parent=parent)
        self._spelling = spelling
        self.language = ""
        self.marks = SpellingMarks(self, spelling)

    def use(self, language: str) -> None:
        """Look words up in this language from now on."""
        self.language = language
        self.marks.use(language)

    def first_misspelt(self) -> Misspelt | None:
        """Return the first misspelt word, if any."""
        return next(self._spelling.misspelt(self.toPlainText(), self.language), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer what may have been meant on Alt+Down; any other key does what it does in a text."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._offer_next()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of a text, and before it what may have been meant by the word it was asked for at."""
        is_by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        at = self.cursorForPosition(event.pos()).position() if is_by_mouse else self.textCursor().position()
        found = next((one for one in self._misspelt() if one.start <= at <= one.start + len(one.word)), None)
        menu = self.createStandardContextMenu()
        if found is not None:
            self._select(found)
            first = menu.actions()[0]
            menu.insertActions(first, self._actions(found, menu))
            menu.insertSeparator(first)
        self._show(menu, event.globalPos() if is_by_mouse else self._below_cursor())

    def _misspelt(self) -> list[Misspelt]:
        return list(self._spelling.misspelt(self.toPlainText(), self.language))

    def _offer_next(self) -> None:
        """Go to the next misspelt word, from the beginning again after the last, and offer what may have been meant."""
        found = self._misspelt()
        if not found:
            return
        at = self.textCursor().selectionStart()
        one = next((one for one in found if one.start + len(one.word) >= at), found[0])
        self._select(one)
        menu = QMenu(self)
        actions = self._actions(one, menu)
        menu.addActions(actions)
        menu.setActiveAction(next(action for action in actions if action.isEnabled()))
        self._show(menu, self._below_cursor())

    def _show(self, menu: QMenu, where: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _below_cursor(self) -> QPoint:
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    def _select(self, one: Misspelt) -> None:
        cursor = self.textCursor()
        cursor.setPosition(one.start)
        cursor.setPosition(one.start + len(one.word), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _actions(self, one: Misspelt, menu: QMenu) -> list[QAction]:
        """Return what may be done about a misspelt word: each suggestion, and to let it be right."""
        actions = []
        for meant in suggestions(one.word, self.language):
            action = QAction(meant.replace("&", "&&"), menu)
            action.triggered.connect(partial(self.insertPlainText, meant))
            actions.append(action)
        if not actions:
            actions.append(QAction(_("No suggestion"), menu, enabled=False))
        learn = QAction(_("Add “{word}” to the words of this machine").format(word=one.word), menu)
        learn.triggered.connect(partial(self._learn, one.word))
        line = QAction(menu)
        line.setSeparator(True)
        return [*actions, line, learn]

    def _learn(self, word: str) -> None:
        try:
            self._spelling.own.add(word)
        except NotPossible as error:
            self.refused.emit(str(error))
            return
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.learnt.emit()


class SpeltField(Field):
    """Free text whose spelling is looked at."""

    def __init__(self, text: str, spelling: Spelling, *, lines: int = 4, tip: str = "") -> None:
        super().__init__(text, SpeltEditor(lines, spelling), tip=tip)

    def show_spelling(self) -> None:
        """Say above the text what may have been meant by its first misspelt word, as far as there is room."""
        editor: SpeltEditor = self.editor
        editor.marks.settle()
        first = editor.first_misspelt()
        if first is None:
            self.hint.clear()
            return
        meant = next(iter(suggestions(first.word, editor.language)), "")
        words = _("{word}: {meant}?").format(word=first.word, meant=meant) if meant else f"{first.word}?"
        if len(words) > ROOM:
            words = f"{first.word}?" if len(first.word) < ROOM else f"{first.word[: ROOM - 2]}…?"
        self.hint.setText(_("{words} Alt+Down").format(words=words))
