"""From "add" or "edit" to a form, and from its entry into the record: the one way typing takes."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.figures.wording import date_in_words
from app.record.assessment import Assessment
from app.record.diagnosis import Diagnosis
from app.record.patient import Patient
from app.record.record import KIND_OF, PatientRecord
from app.services.desk import Desk
from app.ui.actions import ADDABLES, plain_text
from app.ui.draft import Draft
from app.ui.drafts import DraftKey, Drafts
from app.ui.fact_places import newest_progression, place_of
from app.ui.forms import form_for
from app.ui.forms.names import offer_people
from app.ui.open_record import OpenRecord
from app.ui.panels.entry_lines import sort_day
from app.ui.panels.form_pane import FormPane
from app.ui.panels.row_edit import with_change
from app.words import _


class RecordForms(QObject):
    """Opens forms over the open record. `saved(key)` names what was stored, `said(text)` is for the status bar.

    `opening` before a form is opened: what is being typed elsewhere on the page is to be stored first.
    """

    opening = Signal()
    saved = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, drafts: Drafts, pane: FormPane) -> None:
        super().__init__(pane)
        self._desk = desk
        self._drafts = drafts
        self.pane = pane
        self._opened: OpenRecord | None = None
        self._being_saved: DraftKey | None = None
        pane.accepted.connect(self._accept)

    def show(self, opened: OpenRecord) -> None:
        """Work on this record from now on; an open form of another is closed, its typing kept."""
        self.pane.close_form()
        self._opened = opened
        opened.refused.connect(self.pane.refuse)
        opened.changed.connect(self.see)
        opened.saver.ended.connect(self._saving_ended)

    def see(self) -> None:
        """Let the open form look at the record as it is now."""
        if self._opened is not None and self.pane.draft is not None:
            self.pane.draft.see(self._opened.record)

    def add(self, section: str) -> None:
        """Open the form of a new entry, or of the patient's details or the diagnosis."""
        if self._opened is None:
            return
        self.open(DraftKey(self._opened.mrn, section), typed=begun_with(section, self._opened.record))

    def open(self, key: DraftKey, *, typed: dict[str, Any] | None = None, purpose: str = "") -> None:
        """Open the form of what `key` names, with the typing that was kept of it; `typed` begins a new entry."""
        opened = self._opened
        if opened is None:
            return
        self.opening.emit()
        if key.section == "decisions":
            self.said.emit(_("A decision is not changed: decide again, or mark it as entered in error (Del)."))
            return
        if self.pane.key == key and self.pane.form is not None:
            self.pane.form.focus_again()
            return
        record = opened.record
        existing = existing_of(record, key)
        if key.entry and existing is None:  # undone meanwhile: what was typed becomes a new entry
            self._drafts.move(key, key._replace(entry=""))
            key = key._replace(entry="")
        if getattr(existing, "entered_in_error", None) is not None:
            self.said.emit(_("This entry was entered in error: it stays as it was. Undo takes the mark back."))
            return
        kind = kind_of(key.section)
        kept = self._drafts.typed(key)
        if typed is None and existing is None and key.section == "notes" and (by := self._desk.people.by):
            typed = {"by": by}
        draft = Draft(
            kind,
            kept if kept is not None else typed,
            record=record,
            today=self._desk.today(),
            existing=existing,
            base=self._drafts.base(key) if existing is not None else None,
        )
        form = form_for(kind, draft, record, purpose="" if kept is not None else purpose)
        offer_people(form.fields, self._desk.people)
        self.pane.open(key, draft, form, title_of(key, existing))
        self.pane.show_saving(key == self._being_saved)
        if kept is not None:
            self.said.emit(_("Here is what you had typed and not saved."))

    def add_rebiopsy(self, progression: Assessment | None) -> None:
        """Open a new specimen for the progression that led to it; without one, for the newest."""
        if self._opened is None:
            return
        progression = progression or newest_progression(self._opened.record)
        typed = {"purpose": "re-biopsy", "kind": "tissue"}
        if progression is not None:
            typed["prompted_by"] = progression.id
        else:
            self.said.emit(_("No progression is recorded yet; the re-biopsy is not linked to one."))
        self.open(DraftKey(self._opened.mrn, "specimens"), typed=typed, purpose="re-biopsy")

    def answer(self, fact: str) -> None:
        """Open the form in which a missing fact belongs, with the cursor in its field."""
        if self._opened is None:
            return
        place = place_of(fact, self._opened.record, self._opened.as_of.isoformat())
        key = DraftKey(self._opened.mrn, place.section, place.entry)
        begun = {**(begun_with(place.section, self._opened.record) or {}), **(place.typed or {})}
        self.open(key, typed=begun or None)
        if self.pane.key == key and self.pane.form is not None:
            self.pane.form.focus_at(place.field)

    def change_in_row(self, key: DraftKey, field: str, text: str) -> None:
        """Store a value typed in the list of entries; what cannot be stored so is shown in the form of its entry."""
        opened = self._opened
        if opened is None or key.mrn != opened.mrn:
            return
        existing = existing_of(opened.record, key)
        if existing is None:
            self.open(key)
            return
        if self._drafts.typed(key) is not None or self.pane.key == key:
            self._change_in_form(key, existing, field, text)
            return
        draft = Draft(kind_of(key.section), record=opened.record, today=self._desk.today(), existing=existing)
        typed = with_change(draft.typed, existing, field, text)
        self._drafts.keep(key, typed, draft.base)
        draft = Draft(draft.kind, typed, record=opened.record, today=draft.today, existing=existing)
        if draft.entry is not None:
            self._accept(key, draft.entry)
            return
        self.open(key)
        if self.pane.form is not None:
            self.pane.form.save()  # which shows what is wrong, and goes there

    def _change_in_form(self, key: DraftKey, existing: Any, field: str, text: str) -> None:
        """Type a value of the list into the form of its entry: to be saved with what is typed there, or at once."""
        self.open(key)
        form, draft = self.pane.form, self.pane.draft
        if form is None or draft is None:
            return
        is_typed_into = self.pane.is_typed_into
        changed = with_change(draft.typed, existing, field, text)
        path = next(name for name in changed if changed[name] is not draft.typed.get(name))
        form.fields[path].put(changed[path])
        form.focus_at(path)
        if is_typed_into:
            self.said.emit(_("The value is in the form now, with what you had typed there: save both."))
        else:
            form.save()

    def _accept(self, key: DraftKey, entry: Any) -> None:
        opened = self._opened
        if opened is None or key.mrn != opened.mrn:
            return
        then = partial(self._stored, opened, key, entry)
        if isinstance(entry, Patient):
            opened.set_patient(entry, then)
        elif isinstance(entry, Diagnosis):
            opened.set_diagnosis(entry, then)
        else:
            opened.put(entry, then)
        if opened.saver.is_busy and self._being_saved is None:
            self._being_saved = key
            self.pane.show_saving(True)

    def _stored(self, opened: OpenRecord, key: DraftKey, entry: Any) -> None:
        self._drafts.drop(key)
        self._drafts.renumber(key.mrn, opened.mrn)
        if self.pane.key == key:
            self.pane.close_form()
        if not key.entry and key.section not in ("patient", "diagnosis"):
            first = entry[0] if isinstance(entry, tuple) else entry
            key = key._replace(entry=first.id)
        self.said.emit(_("Saved."))
        self.saved.emit(key._replace(mrn=opened.mrn))

    def _saving_ended(self) -> None:
        self._being_saved = None
        self.pane.show_saving(False)


def existing_of(record: PatientRecord, key: DraftKey) -> Any:
    """Return the entry a key names, None when it is still to be made."""
    if key.section == "patient":
        return record.patient
    if key.section == "diagnosis":
        return record.diagnosis
    return record.entry(key.entry) if key.entry else None


def begun_with(section: str, record: PatientRecord) -> dict[str, Any] | None:
    """Return what a new entry begins with: a test with the specimen when there is only one."""
    specimens = [one for one in record.specimens if one.entered_in_error is None]
    return {"specimen": specimens[0].id} if section == "tests" and len(specimens) == 1 else None


def kind_of(section: str) -> type[Any]:
    """Return the class of the entries of a list, or of the one thing a section is."""
    return {"patient": Patient, "diagnosis": Diagnosis}.get(section) or KIND_OF[section]


def title_of(key: DraftKey, existing: Any) -> str:
    """Return what stands over a form: "New assessment", "Assessment, 28 October 2014"."""
    name = next((plain_text(_(one.text)) for one in ADDABLES if one.section == key.section), key.section)
    if key.section in ("patient", "diagnosis"):
        return name
    if existing is None:
        return _("New: {what}").format(what=name[:1].lower() + name[1:])
    day = sort_day(existing)
    return f"{name}, {date_in_words(day)}" if day else name
