"""Asking why an entry is wrong before it is marked entered in error."""

from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.figures.wording import date_in_words
from app.record.record import PatientRecord
from app.ui.panels.entry_lines import line_of, sort_day
from app.words import _, labelled


def referring(record: PatientRecord, entry_id: str) -> tuple[str, ...]:
    """Return in words the entries that point to this one and still count."""
    found = []
    for _section, entry in record.entries():
        points = {getattr(entry, "specimen", None), getattr(entry, "prompted_by", None)}
        if entry_id in points and entry.entered_in_error is None:
            found.append(line_of(entry, record))
    return tuple(found)


class InErrorDialog(QDialog):
    """Shows the entry and asks for the reason; without one it cannot be marked."""

    def __init__(self, entry: Any, record: PatientRecord, by: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Entered in error"))
        self.setMinimumWidth(480)
        day = sort_day(entry)
        words = labelled(date_in_words(day), line_of(entry, record)) if day else line_of(entry, record)
        shown = QLabel(words)
        shown.setWordWrap(True)
        explained = QLabel(
            _("It stays in the record, struck through and readable, and no longer counts for next step or letter.")
        )
        explained.setObjectName("quiet")
        explained.setWordWrap(True)
        self.reason = QLineEdit()
        label = QLabel(_("&Reason, for example “belongs to another patient”"))
        label.setBuddy(self.reason)
        self.by = QLineEdit(by)
        by_label = QLabel(_("&By"))
        by_label.setBuddy(self.by)
        label.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.mark = buttons.addButton(_("Mark as entered in error"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Leave as it is"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.mark.setEnabled(False)
        self.reason.textChanged.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.addWidget(shown)
        layout.addWidget(explained)
        if points := referring(record, entry.id):
            also = QLabel(_("These entries refer to it and stay as they are: {entries}").format(
                entries="; ".join(points)))  # fmt: skip
            also.setObjectName("warning")
            also.setWordWrap(True)
            layout.addWidget(also)
        layout.addWidget(label)
        layout.addWidget(self.reason)
        layout.addWidget(by_label)
        layout.addWidget(self.by)
        layout.addWidget(buttons)
        self.reason.setFocus()

    def _typed(self, text: str) -> None:
        self.mark.setEnabled(bool(text.strip()))
