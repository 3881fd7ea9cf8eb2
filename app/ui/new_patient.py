"""Beginning the record of a patient beside the list, after a look whether the person is here already."""

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.figures.wording import date_in_words
from app.record.names import full_name
from app.record.patient import Patient
from app.record.reading import NotPossible, Refused
from app.record.record import PatientRecord
from app.record.summary import PatientSummary
from app.record.typed_search import patient_fields
from app.services.alike_words import why_alike
from app.services.desk import Desk
from app.services.merging import said_of
from app.services.patients import OpenedRecord
from app.ui.draft import Draft
from app.ui.drafts import NEW_PATIENT, DraftKey, Drafts
from app.ui.forms import form_for
from app.ui.forms.names import offer_people
from app.ui.forms.typed import data_of
from app.ui.pages.find import FindPage
from app.ui.panels.duplicates import DuplicatesDialog
from app.ui.panels.form_pane import FormPane
from app.ui.saver import Saver
from app.words import _, many

Known = tuple[PatientSummary, str]  # somebody who may be the person, and why
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
        self.saver = Saver(desk.patients, self)
        self.saver.began.connect(self._saving_began)
        self.saver.ended.connect(self._saving_ended)
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
        form = form_for(Patient, draft, None)
        offer_people(form.fields, self._desk.people)
        self.pane.open(KEY, draft, form, _("New patient"))
        self._page.make_room(True)
        self._look_for_the_same()

    def _accept(self, _key: DraftKey, entry: Patient) -> None:
        """Store the record, or ask first when the person may be here already."""
        if self.saver.is_busy:
            return
        try:
            known = self._known(entry)
            taken = any(one.mrn == entry.mrn for one, _why in known)  # refused, beside the number
            asked = [] if taken else [(one, why) for one, why in known if one.mrn not in self._others]
            if asked:
                self._ask(entry, asked)
                return
        except NotPossible as error:
            self._failed(error)
            return
        # A number that went into another record is given again only to somebody of whom that was asked.
        self.saver.save(
            PatientRecord(patient=entry), None, by=self._desk.people.by, mrn=None, reuse=bool(self._others),
            stored=self._stored, failed=self._failed,
        )  # fmt: skip

    def _stored(self, opened: OpenedRecord) -> None:
        self._drafts.drop(KEY)
        self.pane.close_form()
        self.made.emit(opened.record.patient.mrn)

    def _failed(self, error: Exception) -> None:
        match error:
            case Refused():
                self.pane.refuse(error.faults)
            case NotPossible():
                self.not_possible.emit(_("Not saved: {why} Your typing is kept.").format(why=error))
            case _:
                raise error

    def _saving_began(self) -> None:
        self.pane.show_saving(True)

    def _saving_ended(self) -> None:
        self.pane.show_saving(False)

    def _ask(self, entry: Patient, known: Sequence[Known]) -> None:
        found = [(one, why, self._desk.patients.open(one.mrn).record) for one, why in known]
        self.question = DuplicatesDialog(entry, found, self._page.window())
        self.question.open_asked.connect(self.asked_for)
        self.question.another_person.connect(self._is_another)
        self._asked = {one.mrn for one, _why in known}
        self.question.open()

    def _is_another(self) -> None:
        self._others |= self._asked
        if self.pane.form is not None:
            self.pane.form.save()

    def _known(self, person: Patient) -> list[Known]:
        """Return who may be this person, and why: first the record that took this number over, then who is alike."""
        patients = self._desk.patients
        merge = patients.merging.merge_of(person.mrn)
        heirs = patients.numbered([merge.into]) if merge is not None else ()
        known = [(one, said_of(merge)) for one in heirs if merge is not None]
        return [*known, *((one.patient, why_alike(one.likeness)) for one in patients.alike(person)
                          if one.patient not in heirs)]  # fmt: skip

    def _look_for_the_same(self) -> None:
        """Say who may be the same person as soon as number, or name and birth date, are typed."""
        person = self._typed_person()
        try:
            known = self._known(person) if person is not None else []
        except NotPossible:
            return  # saving will say so
        if person is None or not known:
            self.pane.warn("")
            return
        first, why = next((one for one in known if one[0].mrn == person.mrn), known[0])
        words = _("{who} is already here, with the number {mrn}. {link}")
        if first.mrn == person.mrn:
            words = _("{mrn} is already the number of {who}. {link}")
        elif self._desk.patients.merging.merge_of(person.mrn) is not None:
            words = f"{escape(why)}. {{link}}"
        more = len(known) - 1
        also = many("{count} other may be the same person too.", "{count} others may be the same person too.", more)
        self.pane.warn(_said(words, first) + (f" {also.format(count=more)}" if more else ""))

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
    who = full_name(one)
    if one.birth_date:
        who = _("{name}, born {day}").format(name=who, day=date_in_words(one.birth_date))
    link = f'<a href="open:{escape(one.mrn)}">{escape(_("Open that record"))}</a>'
    return words.format(mrn=escape(one.mrn), who=escape(who), link=link)
