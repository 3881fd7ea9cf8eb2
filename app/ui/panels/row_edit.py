"""Changing a simple value where it stands in the list of entries: a date, an ECOG, a result, a short note."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.record.adverse_event import AdverseEvent
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis
from app.record.examination import Examination
from app.record.lab import Lab
from app.record.note import Note
from app.record.status import PerformanceStatus
from app.ui.forms.editors import TextEditor
from app.ui.forms.typed import typed_of

DAY, WORDS = 0, 1  # the columns of the list
_DAYS = ("date", "started_on", "from", "reported_on", "requested_on")  # as the list looks for the day of an entry
_WORDS: Mapping[type[Any], str] = {
    PerformanceStatus: "ecog", Examination: "result", AdverseEvent: "grade", Note: "text", Lab: "value",
}  # fmt: skip


def in_row(entry: Any) -> dict[int, tuple[str, str]]:
    """Return what of an entry is changed in its row: by column the field and what stands in it now.

    Nothing of a decision: it is decided anew, or marked as entered in error.
    """
    if isinstance(entry, Diagnosis | Decision) or entry.entered_in_error is not None:
        return {}
    typed = typed_of(entry)
    places: dict[int, tuple[str, str]] = {}
    if (day := next((name for name in _DAYS if typed.get(name)), None)) is not None:
        places[DAY] = day, typed[day]
    field = _WORDS.get(type(entry))
    if field is not None:
        text = str(typed.get("comparator") or "") + str(typed.get(field) or "")
        if "\n" not in text:
            places[WORDS] = field, text
    return places


def with_change(typed: dict[str, Any], entry: Any, field: str, text: str) -> dict[str, Any]:
    """Return the typing of an entry's form with one field typed anew."""
    if isinstance(entry, Lab) and field == "value":
        return typed | {"values": [typed["values"][0] | {"value": text}]}
    return typed | {field: text}


class RowEditor(TextEditor):
    """A line over a cell of the list. `done(text, step)` by Enter, Tab (step 1) or leaving it; `given_up()` by Esc."""

    done = Signal(str, int)
    given_up = Signal()

    def __init__(self, text: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = False
        self.put(text)
        self.selectAll()
        self.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """Keep Tab for the other cell of the row."""
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in tabs:
            self._end(1)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it by Enter, leave it by Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(0)
        elif event.key() == Qt.Key.Key_Escape:
            self._over = True
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed when the row is left: nothing typed is lost."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._end(0)

    def _end(self, step: int) -> None:
        if not self._over:
            self._over = True
            self.done.emit(self.text(), step)
