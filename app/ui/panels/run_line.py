"""How current the worklist is: as of when, what is being brought up to date, and how to stop that."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.figures.wording import date_in_words
from app.words import _


class RunLine(QWidget):
    """`cancelled()` when the person does not want to wait for it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as_of = ""
        self._rest = 0
        self.words = QLabel()
        self.words.setObjectName("quiet")
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setToolTip(_("Stop; what is done stays, and F5 goes on"))
        self.cancel.clicked.connect(self.cancelled)
        self.cancel.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addWidget(self.cancel)

    def show_run(self, at: datetime | None, run_of: str, today: date) -> None:
        """Say when all was last brought up to date, on which day if it was not today."""
        if at is None:
            self._as_of = ""
        elif run_of == today.isoformat():
            self._as_of = _("As of {time}").format(time=f"{at:%H:%M}")
        else:
            self._as_of = _("As of {day}, {time}").format(day=date_in_words(run_of), time=f"{at:%H:%M}")
        self._say(_("{as_of}, being brought up to date…").format(as_of=self._as_of) if self._as_of else "")

    def show_progress(self, done: int, every: int) -> None:
        """Say that it is being brought up to date, and for how many patients that is done."""
        self._rest = every - done
        counted = _("{done} of {all} patients").format(done=f"{done:,}", all=f"{every:,}")
        if self._as_of:
            words = _("{as_of}, being brought up to date… {counted}").format(as_of=self._as_of, counted=counted)
        else:
            words = _("Being worked out for the first time… {counted}").format(counted=counted)
        self._say(words)
        self.cancel.show()

    def show_ended(self, is_complete: bool) -> None:
        """Say how current it is now."""
        self.cancel.hide()
        if is_complete:
            self._rest = 0
        if not self._rest:
            self._say(self._as_of)
            return
        rest = _("not brought up to date for {count} patients: F5 goes on").format(count=f"{self._rest:,}")
        self._say(f"{self._as_of} · {rest}" if self._as_of else rest[:1].upper() + rest[1:])

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setAccessibleName(words)
