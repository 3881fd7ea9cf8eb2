"""Editors: the single controls that fields and grids are made of.

Each has `value()`, `put(value)` and the signal `edited()`, and speaks in what was typed, not in what it means.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QCompleter, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.record.codes import label
from app.record.dates import SHAPE, fault_in, typed_date
from app.record.spoken import meant
from app.ui.drop_down import DropDown
from app.ui.forms.typed import number_of
from app.words import _

HEIGHT = 28
# A combo longer than this is typed into; a shorter one is looked at.
LONGEST_LOOKED_AT = 8


class TextEditor(QLineEdit):
    """One line of text."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(32)
        self.textChanged.connect(self._tell)

    def value(self) -> str:
        """Return the text as typed."""
        return self.text()

    def put(self, value: Any) -> None:
        """Show `value`; None is an empty line."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def _tell(self) -> None:
        self.edited.emit()


class NumberEditor(TextEditor):
    """A number, written with a comma or a point; the digits stay as they were written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the number with a point once it is left, so that everybody sees how it was read."""
        number = number_of(self.text())
        if isinstance(number, Decimal):
            self.put(number)
        super().focusOutEvent(event)


class DateEditor(TextEditor):
    """A date as a person types it (ISO, 5.3.2014, 3/2014, 2014, yesterday, -3w); ISO once it is left."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._calendar: QCalendarWidget | None = None

    def iso(self) -> str:
        """Return the date in ISO, or "" while it is none."""
        text = typed_date(self.text(), self._today)
        return text if SHAPE.fullmatch(text) and fault_in(text) is None else ""

    def show_calendar(self) -> None:
        """Open a month to look at and to pick from: a help beside the typing, never the only way."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlag(Qt.WindowType.Popup)
            self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self._calendar.activated.connect(self._pick)
            self._calendar.clicked.connect(self._pick)
        shown = QDate.fromString(self.iso(), Qt.DateFormat.ISODate)
        self._calendar.setSelectedDate(shown if shown.isValid() else QDate(*self._today.timetuple()[:3]))
        self._calendar.move(self.mapToGlobal(self.rect().bottomLeft()))
        self._calendar.show()
        self._calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        self.put(day.toString(Qt.DateFormat.ISODate))
        if self._calendar is not None:
            self._calendar.hide()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+T and Alt+Down for this editor although the window may have them as shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _help_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take today's date by Ctrl+T and open the calendar by Alt+Down."""
        match _help_of(event):
            case "today":
                self.put(self._today.isoformat())
            case "calendar":
                self.show_calendar()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the date in ISO once it is left, so that everybody sees how it was read."""
        if iso := self.iso():
            self.put(iso)
        super().focusOutEvent(event)


def _help_of(event: QKeyEvent) -> str:
    if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
        return "today"
    if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return "calendar"
    return ""


class TypeAheadEditor(TextEditor):
    """Free text with known words offered; `several` are parted by commas, `lower` writes as the record names drugs.

    The known ones are shown in the reader's language, and are in the record as rules know them, in whatever language
    they were typed.
    """

    def __init__(
        self, known: Sequence[str], *, several: bool = False, lower: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = tuple(known)
        offered = [self._spoken(one) for one in known]
        completer = _ListCompleter(offered, self) if several else QCompleter(offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._several, self._lower = several, lower
        self.setCompleter(completer)

    def value(self) -> Any:
        """Return the text as the record writes it, or of several the list of them."""
        if not self._several:
            return self._written(self.text())
        parts = self.text().replace("+", ",").replace(";", ",").split(",")
        return [self._written(part.strip()) for part in parts if part.strip()]

    def put(self, value: Any) -> None:
        """Show text, or a list of them parted by commas."""
        parts = value if isinstance(value, list) else [value or ""]
        super().put(", ".join(self._spoken(part) for part in parts))

    def _written(self, text: str) -> str:
        said = meant(text, self._known)
        return said.lower() if self._lower else said

    def _spoken(self, name: str) -> str:
        return _(label(name)) if name in self._known else name

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show how it was read once it is left."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.put(self.value())
        super().focusOutEvent(event)


class _ListCompleter(QCompleter):
    """Completes the last word of a list parted by commas."""

    def splitPath(self, path: str) -> list[str]:
        """Look only at what stands after the last comma."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Any) -> str:
        """Return the whole list with its last word completed."""
        editor = self.widget()
        before = editor.text().rpartition(",")[0] if isinstance(editor, QLineEdit) else ""
        word = super().pathFromIndex(index)
        return f"{before}, {word}" if before else word


class CodeEditor(DropDown):
    """One of some codes, shown by their words; the first, blank, is "not known".

    A long list is typed into: what fits one code becomes it on leaving, what fits none stays for the reader to refuse.
    """

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel must not change a field that is scrolled past
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(32)
        self.setMaxVisibleItems(12)
        self._values: list[Any] = [None, *(value for value, _words in choices)]
        self.addItems(["", *(words for _value, words in choices)])
        if len(choices) > LONGEST_LOOKED_AT:
            self.setEditable(True)
            self.setInsertPolicy(DropDown.InsertPolicy.NoInsert)
            completer = QCompleter(self.model(), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)
        self.currentTextChanged.connect(self._tell)

    def value(self) -> Any:
        """Return the code whose words stand here, None for the blank, or the text that is none of them."""
        text = self.currentText().strip()
        index = self.findText(text, Qt.MatchFlag.MatchFixedString)
        return self._values[index] if index >= 0 else text

    def put(self, value: Any) -> None:
        """Show a code by its words; what is no code is shown as it is."""
        index = 0 if value == "" else self._values.index(value) if value in self._values else -1
        if index < 0 and not self.isEditable():
            self._values.append(value)
            self.addItem(str(value))
            index = self.count() - 1
        if index < 0:
            self.setEditText(str(value))
        else:
            self.setCurrentIndex(index)

    def setAccessibleName(self, name: str) -> None:
        """Let a screen reader say the name also of the line that is typed into."""
        super().setAccessibleName(name)
        self.setAccessibleDescription("")
        if (line := self.lineEdit()) is not None:
            line.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:
        """Say something more, or the name: on Linux a list is called by what stands in it."""
        super().setAccessibleDescription(words or self.accessibleName())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the form unless this editor is being used."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Complete what was typed when it can mean only one code."""
        if self.isEditable() and self.value() not in self._values:
            self._complete(self.currentText().strip().casefold())
        super().focusOutEvent(event)

    def _complete(self, typed: str) -> None:
        words = [(index, self.itemText(index).casefold()) for index in range(1, self.count())]
        for fits in (str.startswith, str.__contains__):
            found = [index for index, word in words if fits(word, typed) or fits(str(self._values[index]), typed)]
            if typed and len(found) == 1:
                self.setCurrentIndex(found[0])
                self.setEditText(self.itemText(found[0]))
                return

    def _tell(self) -> None:
        self.edited.emit()


class LinesEditor(QPlainTextEdit):
    """Several lines: the lines of an address as a list, or one free text. Tab leaves it."""

    edited = Signal()

    def __init__(self, lines: int, *, as_list: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as_list = as_list
        self.setTabChangesFocus(True)
        margins = self.contentsMargins().top() * 2 + int(self.document().documentMargin() * 2) + 4
        self.setFixedHeight(max(HEIGHT, self.fontMetrics().lineSpacing() * lines + margins))
        self.textChanged.connect(self._tell)

    def value(self) -> Any:
        """Return the lines as a list, or the text."""
        text = self.toPlainText()
        return text.split("\n") if self._as_list and text else text

    def put(self, value: Any) -> None:
        """Show lines or text."""
        self.setPlainText("\n".join(value) if isinstance(value, list) else value or "")

    def _tell(self) -> None:
        self.edited.emit()


Editor = TextEditor | CodeEditor | LinesEditor
