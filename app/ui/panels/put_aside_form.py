"""Asks what has to be asked before something on the worklist is put aside: until when, why, and by whom."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.record.reading import Fault
from app.services.put_aside import PutAside, Verdict, comes_back
from app.services.worklist import WorklistItem
from app.ui.forms.fields import ChoiceField, DateField, Field, TextField
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import small
from app.words import _, labelled, later

# What is said most; anything else can be typed.
REASONS = {
    "snoozed": (
        later("An appointment is made"),
        later("Waiting for a call back"),
        later("Waiting for the report"),
        later("The patient is away"),
        later("To be discussed at the board"),
    ),
    "done": (
        later("Done elsewhere; the result follows"),
        later("Asked for by telephone"),
        later("The patient was called"),
        later("Not needed: the doctor’s judgement"),
        later("The patient does not want it"),
    ),
}
_BUTTONS = {"snoozed": later("Snooze"), "done": later("Mark as done")}


class PutAsideForm(QFrame):
    """A line of fields for one item. `answered(PutAside)` by Enter when nothing is missing, `cancelled()` by Esc."""

    answered = Signal(object)
    cancelled = Signal()

    def __init__(
        self, verdict: Verdict, item: WorklistItem, by: str, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("formPane")
        self.verdict: Verdict = verdict
        self.item = item
        self._today = today
        self._by = by
        self.fields = self._fields(by)
        self.store = QPushButton(_(_BUTTONS[verdict]))
        self.store.setProperty("main", True)
        self.store.clicked.connect(self.save)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        title = QLabel(labelled(_(_BUTTONS[verdict]), f"{item.name} · {item.mrn}"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self.setAccessibleName(title.text())
        self.said = small(QLabel(_said(verdict, item)))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(self.said, 1)
        line = QHBoxLayout()
        line.setSpacing(12)
        for name, field in self.fields.items():
            line.addWidget(field, 3 if name == "reason" else 1)
        for button in (self.cancel, self.store):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(line)
        with_mnemonics([*(one.label for one in self.fields.values()), self.cancel, self.store])
        for one in (self, *self.findChildren(QWidget)):
            one.installEventFilter(self)

    def _fields(self, by: str) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        if (day := comes_back(self.item, self.verdict, self._today)) is not None:
            name = _("Until") if self.verdict == "snoozed" else _("Comes back on, while no result is recorded")
            fields["until"] = DateField(name, self._today, tip=_("tomorrow, +3d, +2w, or a day."))
            fields["until"].put(day.isoformat())
        fields["reason"] = ChoiceField(
            _("Why"), [(_(one), _(one)) for one in REASONS[self.verdict]], tip=_("Down for what is said most, or type.")
        )
        editor = fields["reason"].editor
        editor.setEditable(True)
        editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        if not by:
            fields["by"] = TextField(_("Your name"))
        return fields

    def focus_first(self) -> None:
        """Put the cursor into the first field, ready to be typed over."""
        first = next(iter(self.fields.values()))
        first.focus()
        if isinstance(first, DateField):
            first.editor.selectAll()

    def save(self) -> None:
        """Give the answer; whoever stores it says with `refuse` what is missing."""
        until = None
        if "until" in self.fields:
            until = self.fields["until"].editor.iso() or self.fields["until"].value()
        self.answered.emit(
            PutAside(
                verdict=self.verdict,
                day=self._today.isoformat(),
                until=until,
                reason=str(self.fields["reason"].value() or ""),
                by=str(self.fields["by"].value()) if "by" in self.fields else self._by,
            )
        )

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Say beside the fields what is missing, and go to the first of them."""
        sentences = {fault.path: fault.sentence for fault in faults}
        for name, field in self.fields.items():
            field.touched = True
            field.show_fault(sentences.get(name, ""))
        self.said.setText(sentences.get("", self.said.text()))
        first = next((name for name in sentences if name in self.fields), None)
        if first is not None:
            self.fields[first].focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save by Enter and leave by Esc, wherever the cursor is."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is not self.cancel:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
        return super().eventFilter(watched, event)


def _said(verdict: Verdict, item: WorklistItem) -> str:
    """Return when an item that is put aside comes back."""
    if verdict == "snoozed":
        return _("It comes back on that day, or as soon as its facts change.")
    if item.task.kind == "due":
        return _("It comes back on that day unless the result is recorded, so that the next one is asked for too.")
    return _("It comes back when its facts change.")
