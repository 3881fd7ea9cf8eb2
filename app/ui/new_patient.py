"""Beginning the record of a patient beside the list, with a word when the number or the person is known already."""

from html import escape

from PySide6.QtCore import QObject, QTimer, Signal

from app.figures.wording import date_in_words
from app.record.patient import Patient
from app.record.reading import NotPossible, Refused
from app.record.record import PatientRecord
from app.record.summary import PatientSummary
from app.services.desk import Desk
from app.services.patients import OpenedRecord
from app.ui.draft import Draft
from app.ui.drafts import NEW_PATIENT, DraftKey, Drafts
from app.ui.forms import form_for
from app.ui.pages.find import FindPage
from app.ui.panels.form_pane import FormPane
from app.ui.saver import Saver
from app.words import _

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
        self.pane = FormPane(drafts)
        page.split.addWidget(self.pane)
        page.split.setSizes([620, 640])
        self.saver = Saver(desk.patients, self)
        self.saver.began.connect(self._saving_began)
        self.saver.ended.connect(self._saving_ended)
        self.pane.accepted.connect(self._accept)
        self.pane.closed.connect(page.focus_box)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look_for_the_same)
        self.pane.draft_changed.connect(self._pause.start)
        self.pane.warning.linkActivated.connect(self._open_known)

    def open(self) -> None:
        """Open the form, with what was typed into it before."""
        if self.pane.form is not None:
            self.pane.form.focus_first()
            return
        draft = Draft(Patient, self._drafts.typed(KEY), record=None, today=self._desk.today())
        self.pane.open(KEY, draft, form_for(Patient, draft, None), _("New patient"))
        self._look_for_the_same()

    def _accept(self, _key: DraftKey, entry: Patient) -> None:
        if not self.saver.is_busy:
            record = PatientRecord(patient=entry)
            self.saver.save(record, None, by=self._desk.people.by, mrn=None, stored=self._stored, failed=self._failed)

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

    def _look_for_the_same(self) -> None:
        """Warn of a patient with this number, or with this name and birth date, as soon as they are typed."""
        if self.pane.draft is None:
            return
        typed = self.pane.draft.typed
        mrn, family, given, born = (
            str(typed.get(name) or "").strip() for name in ("mrn", "family_name", "given_name", "birth_date")
        )
        try:
            same_number = [one for one in self._desk.patients.find(mrn, limit=50) if one.mrn == mrn] if mrn else []
            alike = self._desk.patients.find(family, limit=50) if len(family) > 1 else ()
        except NotPossible:
            return  # saving will say so
        same_person = [one for one in alike if _is_same(one, family, given, born)]
        if same_number:
            words = _("{mrn} is already the number of {who}. {link}")
            self.pane.warn(_said(words, same_number[0]))
        elif same_person:
            self.pane.warn(_said(_("{who} is already here, with the number {mrn}. {link}"), same_person[0]))
        else:
            self.pane.warn("")

    def _open_known(self, link: str) -> None:
        self.asked_for.emit(link.removeprefix("open:"))


def _is_same(one: PatientSummary, family: str, given: str, born: str) -> bool:
    same_name = (
        one.family_name.casefold() == family.casefold() and (one.given_name or "").casefold() == given.casefold()
    )
    return same_name and (not born or not one.birth_date or one.birth_date == born)


def _said(words: str, one: PatientSummary) -> str:
    who = ", ".join(part for part in (one.family_name, one.given_name) if part)
    if one.birth_date:
        who = _("{name}, born {day}").format(name=who, day=date_in_words(one.birth_date))
    link = f'<a href="open:{escape(one.mrn)}">{escape(_("Open that record"))}</a>'
    return words.format(mrn=escape(one.mrn), who=escape(who), link=link)
