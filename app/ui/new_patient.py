"""Beginning the record of a patient beside the list, after a look whether the person is here already."""

from html import escape
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.figures.wording import date_in_words
from app.record.patient import Patient
from app.record.reading import NotPossible, Refused
from app.record.record import PatientRecord
from app.record.summary import PatientSummary
from app.record.typed_search import patient_fields
from app.services.desk import Desk
from app.services.patients import Alike
from app.ui.draft import Draft
from app.ui.drafts import NEW_PATIENT, DraftKey, Drafts
from app.ui.forms import form_for
from app.ui.forms.typed import data_of
from app.ui.pages.find import FindPage
from app.ui.panels.duplicates import DuplicatesDialog
from app.ui.panels.form_pane import FormPane
from app.words import _, many

KEY = DraftKey(NEW_PATIENT, "patient")
PAUSE = 250  # milliseconds


class NewPatient(QObject):
    """`made(mrn)` when the record is stored; `asked_for(mrn)` when the person was there already and is to be opened."""

    made = Signal(str)
    asked_for = Signal(str)
    not_possible = Signal(str)

    def __init__(self, desk: Desk, drafts: Drafts, page: FindPage) -> None:
        super().__init__(page)
        self._desk = desk
        self._drafts = drafts
        self._page = page
        self._others: set[str] = set()  # the numbers of those who are another person: that is asked once
        self.question: DuplicatesDialog | None = None
        self.pane = FormPane(drafts)
        page.split.addWidget(self.pane)
        page.split.setSizes([620, 640])
        self.pane.accepted.connect(self._accept)
        self.pane.closed.connect(self._closed)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look_for_the_same)
        self.pane.draft_changed.connect(self._pause.start)
        self.pane.warning.linkActivated.connect(self._open_known)

    def open(self, searched: str = "") -> None:
        """Open the form, with what was typed into it before, or else what was searched for."""
        if self.pane.form is not None:
            self.pane.form.focus_first()
            return
        self._others.clear()
        today = self._desk.today()
        typed = self._drafts.typed(KEY) or patient_fields(searched, today) or None
        draft = Draft(Patient, typed, record=None, today=today)
        self.pane.open(KEY, draft, form_for(Patient, draft, None), _("New patient"))
        self._page.make_room(True)
        self._look_for_the_same()

    def _accept(self, _key: DraftKey, entry: Patient) -> None:
        """Store the record, or ask first when the person may be here already."""
        try:
            alike = self._alike(entry)
            taken = any(one.patient.mrn == entry.mrn for one in alike)  # refused, beside the number
            asked = [] if taken else [one for one in alike if one.patient.mrn not in self._others]
            if asked:
                self._ask(entry, asked)
                return
            self._desk.patients.save(PatientRecord(patient=entry), None)
        except Refused as refused:
            self.pane.refuse(refused.faults)
        except NotPossible as error:
            self.not_possible.emit(_("Not saved: {why} Your typing is kept.").format(why=error))
        else:
            self._drafts.drop(KEY)
            self.pane.close_form()
            self.made.emit(entry.mrn)

    def _ask(self, entry: Patient, alike: list[Alike]) -> None:
        found = [(one, self._desk.patients.open(one.patient.mrn).record) for one in alike]
        self.question = DuplicatesDialog(entry, found, self._page.window())
        self.question.open_asked.connect(self.asked_for)
        self.question.another_person.connect(self._is_another)
        self._asked = {one.patient.mrn for one in alike}
        self.question.open()

    def _is_another(self) -> None:
        self._others |= self._asked
        if self.pane.form is not None:
            self.pane.form.save()

    def _alike(self, person: Patient) -> tuple[Alike, ...]:
        return self._desk.patients.alike(person)

    def _look_for_the_same(self) -> None:
        """Say who may be the same person as soon as number, or name and birth date, are typed."""
        person = self._typed_person()
        try:
            alike = self._alike(person) if person is not None else ()
        except NotPossible:
            return  # saving will say so
        if person is None or not alike:
            self.pane.warn("")
            return
        first = next((one for one in alike if one.patient.mrn == person.mrn), alike[0])
        if first.patient.mrn == person.mrn:
            words = _("{mrn} is already the number of {who}. {link}")
        else:
            words = _("{who} is already here, with the number {mrn}. {link}")
        more = len(alike) - 1
        also = many("{count} other may be the same person too.", "{count} others may be the same person too.", more)
        self.pane.warn(_said(words, first.patient) + (f" {also.format(count=more)}" if more else ""))

    def _typed_person(self) -> Patient | None:
        """Return the person as far as it is typed; None while there is too little to know anybody by."""
        if self.pane.draft is None:
            return None
        typed: dict[str, Any] = data_of(Patient, self.pane.draft.typed, self._desk.today())
        mrn, family, given = (str(typed.get(name) or "") for name in ("mrn", "family_name", "given_name"))
        if not mrn and not family:
            return None
        born = typed.get("birth_date") if "birth_date" not in self.pane.draft.faults else None
        return Patient(mrn=mrn, family_name=family, given_name=given or None, birth_date=born)

    def _closed(self) -> None:
        self._page.make_room(False)
        self._page.focus_box()

    def _open_known(self, link: str) -> None:
        self.asked_for.emit(link.removeprefix("open:"))


def _said(words: str, one: PatientSummary) -> str:
    who = ", ".join(part for part in (one.family_name, one.given_name) if part)
    if one.birth_date:
        who = _("{name}, born {day}").format(name=who, day=date_in_words(one.birth_date))
    link = f'<a href="open:{escape(one.mrn)}">{escape(_("Open that record"))}</a>'
    return words.format(mrn=escape(one.mrn), who=escape(who), link=link)
