"""Marking a line of the worklist as done, snoozing it, putting it back; the last answer can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.figures.wording import date_in_words
from app.record.reading import NotPossible, Refused
from app.services.desk import Desk
from app.services.put_aside import PutAside, Verdict
from app.services.worklist import WorklistItem
from app.ui.panels.put_aside_form import PutAsideForm
from app.words import _


class PuttingAside(QObject):
    """Asks in a form at the foot of the page. `changed(mrn)` when the lines of a patient are others now.

    `closed` when the keyboard is wanted elsewhere; `said(text)` for the status bar, `failed(text)` when it cannot be.
    """

    changed = Signal(str)
    closed = Signal()
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: Desk, place: QVBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place = place
        self._put: list[tuple[WorklistItem, PutAside]] = []
        self.form: PutAsideForm | None = None

    @property
    def can_undo(self) -> bool:
        """Whether something of this session can be taken back."""
        return bool(self._put)

    def ask(self, verdict: Verdict, item: WorklistItem) -> None:
        """Ask why, and until when, an item is put aside."""
        self.close_form()
        self.form = PutAsideForm(verdict, item, self._desk.people.by, self._desk.today())
        self.form.answered.connect(self._answered)
        self.form.cancelled.connect(self.close_form)
        self._place.addWidget(self.form)
        self.form.show()
        self.form.focus_first()

    def close_form(self) -> None:
        """Close the form without an answer."""
        form, self.form = self.form, None
        if form is not None:
            form.hide()
            self._place.removeWidget(form)
            form.deleteLater()
            self.closed.emit()

    def undo(self) -> None:
        """Take back what was put aside last in this session."""
        if not self._put:
            return
        item, aside = self._put[-1]
        if self._store(partial(self._desk.worklist.asides.take_back, aside, self._desk.people.by)):
            self._put.pop()
            self.said.emit(_("Taken back: {name}, {mrn}.").format(name=item.name, mrn=item.mrn))
            self.changed.emit(item.mrn)

    def put_back(self, item: WorklistItem) -> None:
        """Put an item that is snoozed or done back on the list."""
        if self._store(partial(self._desk.worklist.asides.put_back, item, self._desk.people.by)):
            self.said.emit(_("{name}, {mrn} is on the list again.").format(name=item.name, mrn=item.mrn))
            self.changed.emit(item.mrn)

    def _answered(self, aside: PutAside) -> None:
        if self.form is None:
            return
        item = self.form.item
        try:
            by = self._desk.people.by or aside.by  # who sits here now, not who did when the form was opened
            stored = self._desk.worklist.asides.put(item, replace(aside, by=by), self._desk.today())
        except Refused as refused:
            self.form.refuse(refused.faults)
            return
        except NotPossible as error:
            self.failed.emit(str(error))
            return
        self._put.append((item, stored))
        self.close_form()
        self.said.emit(_said(item, stored))
        self.changed.emit(item.mrn)

    def _store(self, job: Callable[[], None]) -> bool:
        try:
            job()
        except NotPossible as error:
            self.failed.emit(str(error))
            return False
        return True


def _said(item: WorklistItem, aside: PutAside) -> str:
    if aside.verdict == "done":
        return _("Done: {name}, {mrn}. Ctrl+Z takes it back.").format(name=item.name, mrn=item.mrn)
    words = _("Snoozed until {day}: {name}, {mrn}. Ctrl+Z takes it back.")
    return words.format(day=date_in_words(aside.until or ""), name=item.name, mrn=item.mrn)
