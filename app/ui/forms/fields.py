"""Fields: an editor with its label, what is meant, and what is wrong with it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.figures.wording import date_in_words
from app.record.codes import label as words_of
from app.record.spoken import nearest
from app.ui.forms.choices import CodesEditor, TriStateEditor
from app.ui.forms.editors import HEIGHT, CodeEditor, DateEditor, LinesEditor, NumberEditor, TextEditor, TypeAheadEditor
from app.ui.forms.small import FieldLabel, small
from app.words import _


class Field(QWidget):
    """One editor with its label as buddy. `edited()` says it was typed into, `left()` that it was left.

    A fault is shown once the field has been left or saving was tried (`touched`), not while the hand is at work.
    """

    edited = Signal()
    edited_at = Signal(str)
    left = Signal()

    def __init__(self, text: str, editor: Any, *, tip: str = "", hint: str = "") -> None:
        super().__init__()
        self.path = ""  # of the draft; the form says it
        self.editor: Any = editor  # one of app.ui.forms.editors or choices, or a grid: value, put, edited
        self.touched = False
        self.tip = tip
        self._sentence = ""
        self.label = small(FieldLabel(text))
        self.label.setBuddy(editor)
        self.hint = small(QLabel(hint))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.fault = small(QLabel(), "urgent")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.head = head = self._head()
        self.body = QHBoxLayout()
        self.body.setSpacing(2)
        self.body.addWidget(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addLayout(self.body)
        self.below = QVBoxLayout()
        layout.addLayout(self.below)
        layout.addWidget(self.fault)
        layout.addStretch()
        self.watch(editor)
        for part in (self.label, editor):
            part.setToolTip(tip)
        self._describe()
        editor.edited.connect(self._tell)

    def _head(self) -> QLayout:
        """Return what stands over the editor."""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label)
        head.addStretch()
        head.addWidget(self.hint)
        return head

    def _tell(self) -> None:
        self.edited.emit()
        self.edited_at.emit(self.path)

    def watch(self, editor: QWidget) -> None:
        """Notice when this part of the field is left."""
        for part in (editor, *editor.findChildren(QWidget)):
            part.installEventFilter(self)

    def value(self) -> Any:
        """Return what was typed."""
        return self.editor.value()

    def put(self, value: Any) -> None:
        """Show a value."""
        self.editor.put(value)

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong, beside the field and to a screen reader; "" takes it away."""
        self._sentence = sentence
        shown = sentence if self.touched else ""
        self.fault.setText(shown)
        self.fault.setVisible(bool(shown))
        self._describe()

    def touch(self) -> None:
        """Let the fault be seen from now on."""
        self.touched = True
        self.show_fault(self._sentence)

    def focus(self) -> None:
        """Put the cursor where the fault is, or at the start."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def last_stop(self) -> QWidget:
        """Return what the Tab key comes to last in this field."""
        stop: QWidget = self.editor
        return stop

    def holds(self, widget: QWidget | None) -> bool:
        """Return whether the focus is in this field."""
        return widget is not None and (widget is self.editor or self.isAncestorOf(widget))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the field was left, but not for its own list or another window."""
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in passing:
            self.touch()
            self.left.emit()
        return super().eventFilter(watched, event)

    def pointed_out(self) -> str:
        """Return what is said of the typing besides faults."""
        return ""

    def _describe(self) -> None:
        name = self.label.text().replace("&", "")
        said = ". ".join(one for one in (self.fault.text(), self.pointed_out(), self.tip) if one)
        if isinstance(self.editor, TriStateEditor):
            self.editor.name(name, said)
        self.editor.setAccessibleName(name)
        self.editor.setAccessibleDescription(said)


class TextField(Field):
    """One line of text."""

    def __init__(self, text: str, *, tip: str = "") -> None:
        super().__init__(text, TextEditor(), tip=tip)


class NumberField(Field):
    """A number with its unit beside the label."""

    def __init__(self, text: str, *, unit: str = "", tip: str = "") -> None:
        super().__init__(text, NumberEditor(), tip=tip, hint=unit)


class DateField(Field):
    """A date, typed; the day is said in words beside the label, and a calendar may be looked at."""

    def __init__(self, text: str, today: date, *, tip: str = "") -> None:
        help_ = _("YYYY-MM-DD, 5.3.2014, 3/2014, 2014, yesterday, -3w. Ctrl+T: today. Alt+Down: calendar.")
        editor = DateEditor(today)
        editor.setPlaceholderText(_("e.g. 5.3.2014"))
        super().__init__(text, editor, tip=f"{tip} {help_}".strip())
        button = QToolButton()
        button.setText("▾")
        button.setAutoRaise(True)
        button.setFixedSize(max(20, button.sizeHint().width()), HEIGHT)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(_("Calendar"))
        button.setToolTip(_("Calendar (Alt+Down)"))
        button.clicked.connect(editor.show_calendar)
        self.body.addWidget(button)
        self.edited.connect(self._say_day)

    def _say_day(self) -> None:
        iso = self.editor.iso()
        self.hint.setText(date_in_words(iso) if len(iso) > 4 else "")


class CodeField(Field):
    """One of some codes; blank is not known."""

    def __init__(self, text: str, codes: Sequence[str], *, tip: str = "") -> None:
        super().__init__(text, CodeEditor(worded(codes)), tip=tip)


class ChoiceField(Field):
    """One of some entries, each given with the words that tell it apart."""

    def __init__(self, text: str, choices: Sequence[tuple[str, str]], *, tip: str = "") -> None:
        super().__init__(text, CodeEditor(choices), tip=tip)


class TriStateField(Field):
    """Yes, no or not known."""

    def __init__(self, text: str, *, tip: str = "") -> None:
        super().__init__(text, TriStateEditor(), tip=tip)


class CodesField(Field):
    """Any of some codes."""

    def __init__(self, text: str, codes: Sequence[str], *, tip: str = "") -> None:
        super().__init__(text, CodesEditor(worded(codes)), tip=tip)


class LinesField(Field):
    """The lines of an address."""

    def __init__(self, text: str, *, tip: str = "") -> None:
        super().__init__(text, LinesEditor(3, as_list=True), tip=tip)


class FreeTextField(Field):
    """Free text of any length."""

    def __init__(self, text: str, *, lines: int = 4, tip: str = "") -> None:
        super().__init__(text, LinesEditor(lines, as_list=False), tip=tip)


class TypeAheadField(Field):
    """Free text with known words offered; with `several`, parted by commas.

    What is no known word stays as it was typed, and is said to be none where a known one is near; with `unknown`, a
    sentence about the `{text}`, always. A button takes the near one.
    """

    def __init__(
        self,
        text: str,
        known: Sequence[str],
        *,
        several: bool = False,
        lower: bool = False,
        tip: str = "",
        unknown: str = "",
    ) -> None:
        self._known = tuple(known)
        self._unknown = unknown
        self._pointed_out = ""
        self._meant: tuple[str, str] | None = None  # what was typed, and what it may be a slip for
        super().__init__(text, TypeAheadEditor(known, several=several, lower=lower), tip=tip)
        self.near = small(QLabel(), "urgent")
        self.near.setTextFormat(Qt.TextFormat.PlainText)
        self.near.setWordWrap(True)
        self.near.hide()
        self.take_near = QPushButton()
        self.take_near.hide()
        self.take_near.clicked.connect(self._take_near)
        line = QHBoxLayout()
        line.addWidget(self.near, 1)
        line.addWidget(self.take_near, 0, Qt.AlignmentFlag.AlignTop)
        self.below.addLayout(line)
        self.edited.connect(self._point_out)
        self.left.connect(self._point_out)

    def pointed_out(self) -> str:
        """Return what is said of words that are not known."""
        return self._pointed_out

    def _typed(self) -> list[str]:
        value = self.value()
        return list(value) if isinstance(value, list) else [value]

    def _point_out(self) -> None:
        """Say which words are not known, once the hand is not at work on them any more."""
        strange = [] if self.editor.hasFocus() else [one for one in self._typed() if one and one not in self._known]
        near = {one: nearest(one, self._known) for one in strange}
        said = self._unknown or _("▲ “{text}” is not one of the known terms.")
        asks = " " + _("Did you mean {name}?")
        lines = [
            said.format(text=one) + (asks.format(name=_(words_of(near[one]))) if near[one] else "")
            for one in strange
            if near[one] or self._unknown
        ]
        self._meant = next(((one, name) for one, name in near.items() if name), None)
        self._pointed_out = "\n".join(lines)
        self.near.setText(self._pointed_out)
        self.near.setVisible(bool(lines))
        if self._meant is not None:
            self.take_near.setText(_("Use “{name}”").format(name=_(words_of(self._meant[1]))))
        self.take_near.setVisible(self._meant is not None)
        self._describe()

    def _take_near(self) -> None:
        if self._meant is None:
            return
        typed, name = self._meant
        words = [name if one == typed else one for one in self._typed()]
        self.focus()
        self.put(words if isinstance(self.value(), list) else words[0])


def worded(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return codes with their words in the reader's language."""
    return [(code, _(words_of(code))) for code in codes]
