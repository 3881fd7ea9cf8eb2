"""The open patient: course and entries, the form that is open, and the next step beside them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QSplitter, QVBoxLayout, QWidget

from app.figures.wording import date_in_words
from app.pathway.advice import Option
from app.pathway.protocol import Protocol
from app.record.assessment import Assessment
from app.record.names import full_name
from app.record.reading import NotPossible
from app.services.decisions import Answer
from app.services.desk import Desk
from app.ui.drafts import DraftKey, Drafts
from app.ui.open_record import OpenRecord
from app.ui.panels.entries import Entries
from app.ui.panels.form_pane import FormPane
from app.ui.panels.history import HistoryDialog
from app.ui.panels.in_error import InErrorDialog
from app.ui.panels.next_step import NextStep
from app.ui.panels.pictures import Pictures
from app.ui.panels.record_notice import RecordNotice
from app.ui.panels.rules_text import rules_html
from app.ui.record_forms import RecordForms
from app.words import _


class PatientPage(QWidget):
    """Shows one open record. `said(text)` goes to the status bar; `selection_changed` when other actions apply."""

    said = Signal(str)
    selection_changed = Signal()

    def __init__(self, desk: Desk, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts = drafts
        self.opened: OpenRecord | None = None
        self.pictures = Pictures()
        self.course, self.responses = self.pictures.course, self.pictures.responses
        self.entries = Entries()
        self.pane = FormPane(drafts)
        self.forms = RecordForms(desk, drafts, self.pane)
        self.next_step = NextStep(desk.today())
        self.next_step.setMinimumWidth(340)
        self.notice = RecordNotice(self.pane.is_open)
        self._lay_out()
        self.pictures.chosen.connect(self.show_entry)
        self.pictures.rules_asked.connect(self._show_rules)
        self.next_step.bar.answered.connect(self._decided)
        self.next_step.bar.said.connect(self.said)
        self.entries.chosen.connect(self.forms.open)
        self.entries.typed_in_row.connect(self.forms.change_in_row)
        self.entries.current_changed.connect(self.selection_changed)
        self.next_step.entry_asked.connect(self.show_entry)
        self.next_step.fact_asked.connect(self.forms.answer)
        self.next_step.day_chosen.connect(self._look_at)
        self.forms.saved.connect(self._saved)
        self.forms.said.connect(self.said)
        self.forms.opening.connect(self.entries.end_editing)
        self.notice.said.connect(self.said)
        self.pane.closed.connect(self.focus_entries)
        drafts.changed.connect(self._show_entries)
        self.show_person()

    def _lay_out(self) -> None:
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.pictures)
        left.addWidget(self.entries)
        left.setStretchFactor(0, 1)
        left.setStretchFactor(1, 1)
        left.setSizes([300, 300])
        left.setChildrenCollapsible(False)
        left.setObjectName("course over entries")
        both = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, self.pane, self.next_step):
            both.addWidget(part)
        left.setMinimumWidth(max(300, self.pictures.tabBar().sizeHint().width()))
        self.pane.setMinimumWidth(420)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setSizes([400, 520, 420])
        both.setChildrenCollapsible(False)
        both.setObjectName("record, form and next step")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.notice)
        layout.addWidget(both, 1)

    def show_open(self, opened: OpenRecord) -> None:
        """Show this record; what was being typed for another stays among its unfinished."""
        self.forms.show(opened)
        self.opened = opened
        opened.changed.connect(self._show)
        opened.looked.connect(self._show)
        self._show()
        self.notice.watch(opened)
        self.focus_entries()

    def show_person(self) -> None:
        """Let who sits here be the one who decides."""
        self.next_step.bar.by = self._desk.people.by

    def show_entry(self, entry_id: str) -> None:
        """Choose an entry in the list and open it; an entry in error is only chosen."""
        if self.opened is None:
            return
        if entry_id in ("diagnosis", "patient"):
            self.forms.add(entry_id)
            return
        entry = self.opened.record.entry(entry_id)
        if entry is not None:
            key = DraftKey(self.opened.mrn, self.opened.section_of(entry_id), entry_id)
            self.entries.select(key)
            self.forms.open(key)

    def edit_current(self) -> None:
        """Open the entry that is chosen; on an empty group, a new one."""
        row = self.entries.current()
        if row is not None:
            self.forms.open(row.key)
        elif sections := self.entries.current_sections():
            self.forms.add(sections[0])

    def edit_in_row(self) -> None:
        """Change a simple value of the chosen entry where it stands; of others, open the form."""
        self.focus_entries()
        if not self.entries.edit_in_row():
            self.edit_current()

    def current_entry(self) -> Any:
        """Return the entry that is chosen in the list, or None."""
        row = self.entries.current()
        if row is None or self.opened is None or not row.key.entry:
            return None
        return self.opened.record.entry(row.key.entry)

    def change_line(self, purpose: str) -> None:
        """Open the chosen line, or the running one, to change a dose or to stop it."""
        if self.opened is None:
            return
        chosen = self.current_entry()
        lines = [one for one in self.opened.record.therapy_lines if one.entered_in_error is None]
        running = [one for one in lines if one.stopped_on is None]
        if not lines:
            self.said.emit(_("There is no line of treatment yet."))
            return
        line = chosen if chosen in lines else (running or lines)[-1]
        self.forms.open(DraftKey(self.opened.mrn, "therapy_lines", line.id), purpose=purpose)

    def add_rebiopsy(self) -> None:
        """Open a new specimen for the chosen progression, or for the newest."""
        chosen = self.current_entry()
        is_progression = isinstance(chosen, Assessment) and (
            chosen.progression is not None or chosen.reported_response == "PD"
        )
        self.forms.add_rebiopsy(chosen if is_progression else None)

    def mark_in_error(self) -> None:
        """Ask for the reason and mark the chosen entry."""
        entry = self.current_entry()
        if entry is None or self.opened is None or entry.entered_in_error is not None:
            self.said.emit(_("Choose an entry that counts; the diagnosis is corrected, not marked."))
            return
        dialog = InErrorDialog(entry, self.opened.record, self._desk.people.by, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            words = _("Marked as entered in error. Ctrl+Z takes it back.")
            said = partial(self.said.emit, words)
            self.opened.mark_in_error(entry.id, dialog.reason.text(), dialog.by.text(), then=said)
        self.focus_entries()

    def show_history(self, *, whole: bool) -> None:
        """Show what became of the chosen entry, or of the whole record."""
        if self.opened is None:
            return
        row = self.entries.current() if not whole else None
        place = (row.key.section, row.key.entry) if row is not None else None
        try:
            of_record = self.opened.history()
            of_entry = self.opened.history(place) if place is not None else ()
        except NotPossible as error:
            self.said.emit(str(error))
            return
        name = next((one.what for one in of_entry), "")
        patient = self.opened.record.patient
        who = f"{full_name(patient)} · {self.opened.mrn}"
        HistoryDialog(who, name[:1].upper() + name[1:], of_entry, of_record, self).exec()
        self.focus_work()

    def does(self) -> dict[str, Callable[[], object]]:
        """Return what the actions of this page do, by the names they have."""
        bar = self.next_step.bar
        return {
            "edit": self.edit_current, "edit_in_row": self.edit_in_row, "in_error": self.mark_in_error,
            "history": partial(self.show_history, whole=False),
            "record_history": partial(self.show_history, whole=True),
            "rebiopsy": self.add_rebiopsy,
            "change_dose": partial(self.change_line, "dose_change"), "stop_line": partial(self.change_line, "stop"),
            "as_of": self.next_step.ask_for_day, "next_step": self.next_step.text.setFocus,
            "entries": self.focus_entries, "form": self.focus_form, "response": self.toggle_responses,
            "course": self.pictures.focus_course, "map": self.toggle_map,
            "why": self.next_step.toggle_why, "decide": bar.choose,
            "accept": partial(bar.decide, "accepted", deliberate=False),
            "modify": partial(bar.decide, "modified"), "decline": partial(bar.decide, "declined"),
        }  # fmt: skip

    def toggle_responses(self) -> None:
        """Turn from the course to the responses, at the assessment that is chosen, or back."""
        entry = self.current_entry()
        if not self.pictures.toggle_responses(entry.id if entry is not None else ""):
            self.focus_entries()

    def toggle_map(self) -> None:
        """Turn to the map of the pathway, or back to the course."""
        if not self.pictures.toggle_map():
            self.focus_entries()

    def focus_entries(self) -> None:
        """Move the keyboard to the list of entries."""
        self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_form(self) -> None:
        """Move the keyboard to the open form, where it was left."""
        if self.pane.form is not None:
            self.pane.form.focus_again()

    def focus_work(self) -> None:
        """Move the keyboard to the form that is open, or else to the list of entries."""
        if self.pane.form is not None:
            self.focus_form()
        else:
            self.focus_entries()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the open form by Esc from anywhere on the page; its typing is kept."""
        if event.key() == Qt.Key.Key_Escape and self.pane.form is not None:
            self.pane.close_form()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        if self.opened is None:
            return
        self.pictures.show_record(self.opened, self._protocol())
        self.next_step.show_record(self.opened, self._desk.today())
        self._show_entries()

    def _show_entries(self) -> None:
        if self.opened is not None:
            self.entries.show_record(self.opened.record, self._drafts.of(self.opened.mrn))
            self.selection_changed.emit()

    def _protocol(self) -> Protocol | None:
        """Return the protocol that speaks, if there is advice."""
        advice = self.opened.advice if self.opened is not None else None
        return self._desk.advising.protocol(advice.protocol.id) if advice is not None else None

    def _show_rules(self, rules: Any) -> None:
        """Show rules of the protocol beside the map they were chosen on."""
        protocol = self._protocol()
        if protocol is not None and rules:
            self.next_step.show_rules(rules_html(protocol, rules))

    def _look_at(self, day: Any) -> None:
        if self.opened is not None:
            self.opened.look_at(day)

    def _decided(self, option: Option, answer: Answer) -> None:
        """Store the answer to an option; the form stays while it cannot be stored."""
        if self.opened is not None:
            self.opened.decide(option, answer, partial(self._decision_stored, self.opened))

    def _decision_stored(self, opened: OpenRecord, entry_id: str) -> None:
        self.notice.hide()
        self.next_step.bar.close_form()
        self.entries.select(DraftKey(opened.mrn, "decisions", entry_id))
        words = _("The decision is stored. Ctrl+Z takes it back.")
        if not opened.is_today:
            words = _("The decision is stored under today’s date; on {day}, which you look at, it is not seen.").format(
                day=date_in_words(opened.as_of.isoformat())
            )
        self.said.emit(words)

    def is_typed_into(self, mrn: str) -> bool:
        """Return whether this record is open here with typing that is not saved: in a form, a row or an answer."""
        if self.opened is None or self.opened.mrn != mrn:
            return False
        return self.pane.is_typed_into or self.entries.is_editing or self.next_step.bar.form is not None

    def _saved(self, key: DraftKey) -> None:
        self.notice.hide()
        self.entries.select(key)
