"""What the window's actions do: opens patients, moves between the places, connects the parts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from app.record.reading import NotPossible
from app.services.desk import Desk
from app.ui.actions import ADDABLES
from app.ui.drafts import LETTER, NEW_PATIENT, Drafts
from app.ui.keeping_up import KeepingUp
from app.ui.letter_place import LetterPlace
from app.ui.main_window import MainWindow
from app.ui.merging import Mergings
from app.ui.new_patient import NewPatient
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from app.ui.panels.header import Header, title_of
from app.ui.panels.notice import Notice
from app.ui.panels.unfinished import unfinished_links
from app.ui.protocol_banner import ProtocolBanner
from app.ui.saver import AfterSaving, Saver
from app.ui.today_place import TodayPlace
from app.ui.transfer import Transfer
from app.ui.undoing import Undoing
from app.ui.who_sits_here import WhoSitsHere
from app.words import _

DRAFTS_FILE = "unfinished.json"
OF_ALL = ("today_page", "patients_page")  # the places of all patients; the others are of the one that is open


class Desktop(QObject):
    """One desk in one window, with at most one patient open."""

    def __init__(self, window: MainWindow, desk: Desk, folder: Path | None, drafts: Drafts | None = None) -> None:
        super().__init__(window)
        self.window = window
        self.desk = desk
        self.opened: OpenRecord | None = None
        self.after_saving = AfterSaving(self)
        self.undoing = Undoing(window.actions_by_name["undo"], window.actions_by_name["redo"], self)
        self.place = "today_page"
        self.is_elsewhere: Callable[[str], bool] = lambda mrn: False  # until there are other windows
        self.drafts = drafts or Drafts(folder / DRAFTS_FILE if folder is not None else None, self)
        self.header = Header()
        self.header.hide()
        self.notice = Notice()
        window.header_place.addWidget(self.header)
        window.header_place.addWidget(self.notice)
        self.patient_page = PatientPage(desk, self.drafts)
        window.pages.addWidget(self.patient_page)
        self.letter = LetterPlace(desk, window, self.drafts, partial(self.go, "letter_page"))
        self.new_patient = NewPatient(desk, self.drafts, window.find_page)
        self.transfer = Transfer(desk, window)
        self.mergings = Mergings(desk, self.drafts, window, self.patient_page, self.notice, self._number)
        self.banner = ProtocolBanner(desk, window)
        self.who = WhoSitsHere(desk, window)
        self.today = TodayPlace(desk, window, self.patient_page, self.open_patient)
        self.keeping_up = KeepingUp(desk, window, self.mergings, self.patient_page)
        self._connect()
        self._show_unfinished()
        self.go("today_page")
        self.who.ask()
        self.banner.read()

    def _connect(self) -> None:
        find = self.window.find_page
        find.opened.connect(self.open_patient)
        find.draft_asked.connect(self._resume)
        find.failed.connect(self._say_fault)
        self.new_patient.made.connect(self._made)
        self.new_patient.asked_for.connect(self.open_patient)
        self.mergings.open_asked.connect(self.open_patient)
        for part in (self.after_saving, self.undoing, self.who, self.transfer, self.patient_page):
            part.said.connect(self.window.say)
        for place in (self.new_patient, self.banner, self.letter, self.who):
            place.not_possible.connect(self._say)
        today = self.window.today_page
        for page in (self.patient_page, today):
            self.who.changed.connect(page.show_person)
        today.failed.connect(self._say)
        today.selection_changed.connect(self._selection_changed)
        for storing in (self.transfer, self.mergings):
            storing.stored.connect(self.keeping_up.tell)
        self.letter.changed.connect(today.running.refresh)
        self.letter.tried.connect(self.notice.hide)
        self.today.letter_asked.connect(self.letter.open_waiting)
        self.patient_page.selection_changed.connect(self._selection_changed)
        self.drafts.changed.connect(self._show_unfinished)
        self.new_patient.pane.closed.connect(self._new_patient_closed)
        page = self.patient_page
        self.header.alerts_asked.connect(self._on_record(page.next_step.show_first))
        does: dict[str, Callable[[], object]] = {
            "new_patient": self._new_patient, "import": self.transfer.ask_and_import, "export": self._export,
            "find": partial(self.go, "patients_page"), "export_all": partial(self.transfer.ask_and_export, None),
            "demo": self.transfer.load_demonstration, "back_up": self.transfer.ask_and_back_up,
            "undo": self._undo, "redo": self.undoing.redo,
            **{name: partial(self.go, name) for name in (*OF_ALL, "record_page", "letter_page")},
            "back_to_today": self._today, "merge": self.mergings.ask, "unmerge": self.mergings.ask_back,
            "person": self.who.open_menu, "people": self.who.set_up, **self.letter.does(),
        }  # fmt: skip
        does |= {name: self._on_record(do) for name, do in page.does().items()} | today.does()
        for one in ADDABLES:
            does[f"add {one.section}"] = self._on_record(partial(page.forms.add, one.section))
        for name, do in does.items():
            self.window.actions_by_name[name].triggered.connect(partial(_run, do))
        # Del must mark an entry only while the list has the keyboard, never from inside a form.
        in_error = self.window.actions_by_name["in_error"]
        in_error.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        of_entry = ("edit", "edit_in_row", "history", "in_error")
        page.entries.addActions([self.window.actions_by_name[name] for name in of_entry])

    def go(self, place: str) -> None:
        """Show one of the four places; record and letter need an open patient."""
        if self.opened is None and place not in OF_ALL:
            place = "patients_page"
        self.place = place
        if place == "today_page":
            self.window.pages.setCurrentWidget(self.window.today_page)
            self.window.today_page.enter()
        elif place == "patients_page":
            self.window.pages.setCurrentWidget(self.window.find_page)
            self.window.find_page.search()
            self.window.find_page.focus_box()
        elif place == "record_page":
            self.window.pages.setCurrentWidget(self.patient_page)
            self.patient_page.focus_work()
        else:
            self._show_letter()
        self.header.setVisible(place not in OF_ALL)
        self.who.show_question(place in OF_ALL)
        self.window.title(self._who() if place not in OF_ALL else "")
        self.window.enable(place, self.opened is not None)
        self._selection_changed()

    def open_patient(self, mrn: str) -> None:
        """Open the record of a number; the one that was open is closed, its unfinished typing kept."""
        if self.is_elsewhere(mrn):
            return
        self.patient_page.entries.end_editing()
        if self.after_saving.puts_off(partial(self.open_patient, mrn), *self._savers()):
            return
        try:
            opened = self.desk.patients.open(mrn)
        except NotPossible as error:
            self.mergings.say_gone(mrn, str(error))
            return
        former, self.opened = self.opened, OpenRecord(self.desk, opened, self)
        self.patient_page.show_open(self.opened)
        if former is not None:
            former.deleteLater()
        self.opened.changed.connect(self._show_who)
        self.keeping_up.watch(self.opened)
        self.opened.looked.connect(self._show_who)
        self.notice.hide()
        self._show_who()
        self.go("record_page")

    def may_close(self) -> bool:
        """Return whether nothing is being stored; if something is, the window is closed once it is stored."""
        return not self.after_saving.puts_off(self.window.close, *self._savers())

    def _savers(self) -> list[Saver]:
        return [self.new_patient.saver, *([self.opened.saver] if self.opened is not None else [])]

    def keep_typing(self) -> None:
        """Write what is unfinished to the disk now."""
        self.drafts.store()

    def _who(self) -> str:
        if self.opened is None:
            return ""
        advice = self.opened.advice
        return title_of(self.opened.record.patient, advice.alerts if advice is not None else ())

    def _show_who(self) -> None:
        opened = self.opened
        if opened is None:
            return
        advice = opened.advice
        self.window.find_page.recent_list.note(opened.mrn)
        known = (advice.alk_status, advice.alerts) if advice is not None else ("unknown", ())
        self.header.show_record(opened.record, opened.as_of, *known)
        if self.place not in OF_ALL:
            self.window.title(self._who())
        if advice is not None:
            self.banner.show(advice.protocol)
        self._selection_changed()
        if self.place == "letter_page":
            self._show_letter()

    def _selection_changed(self) -> None:
        """Let only what applies to the chosen entry be used."""
        opened, on_record = self.opened, self.place == "record_page"
        entry = self.patient_page.current_entry() if on_record else None
        actions = self.window.actions_by_name
        actions["in_error"].setEnabled(entry is not None and entry.entered_in_error is None)
        for name in ("edit", "edit_in_row"):
            actions[name].setEnabled(on_record)
        self.undoing.show(opened if self.place not in OF_ALL else None)  # never of a record that is not seen
        actions["back_to_today"].setEnabled(opened is not None and not opened.is_today)
        if self.place == "today_page":
            self.window.today_page.enable_actions()
        self.letter.enable_actions()

    def _on_record(self, do: Callable[[], object]) -> Callable[[], object]:
        """Return what does something on the record's page, going there first."""

        def there() -> None:
            if self.opened is not None:
                if self.place != "record_page":
                    self.go("record_page")
                do()

        return there

    def _new_patient(self) -> None:
        if self.is_elsewhere(NEW_PATIENT):
            return
        searched = self.window.find_page.box.text() if self.place == "patients_page" else ""
        self.go("patients_page")
        self.new_patient.open(searched)
        self.window.title(_("New patient"))

    def _new_patient_closed(self) -> None:
        self._show_unfinished()
        if self.place == "patients_page":
            self.window.title("")

    def _made(self, mrn: str) -> None:
        self.open_patient(mrn)
        self.keeping_up.tell(mrn)
        self.window.say(
            _("The record is begun. Enter the diagnosis first (Ctrl+Shift+I); Alt+A shows every other kind of entry.")
        )

    def _resume(self, mrn: str) -> None:
        """Go to unfinished typing of this or the last session."""
        if mrn == NEW_PATIENT:
            self._new_patient()
            return
        self.open_patient(mrn)
        keys = self.drafts.of(mrn)
        if not keys or self.opened is None or self.opened.mrn != mrn:
            return
        if keys[0].section == LETTER:
            self.letter.resume(keys[0].entry)
        else:
            self.patient_page.forms.open(keys[0])

    def _show_unfinished(self) -> None:
        is_beside = self.new_patient.pane.form is not None  # a new patient that is open beside the list
        keys = [key for key in self.drafts.everything() if not (is_beside and key.mrn == NEW_PATIENT)]
        self.window.find_page.show_unfinished(unfinished_links(keys, self.desk.patients))

    def _export(self) -> None:
        if self.opened is not None:
            self.transfer.ask_and_export([self.opened.mrn])

    def _number(self) -> str | None:
        """Return the number of the patient that is open, or in a place of all patients of the one that is chosen."""
        if self.place not in OF_ALL and self.opened is not None:
            return self.opened.mrn
        page = self.window.today_page if self.place == "today_page" else self.window.find_page
        return page.current_mrn()

    def _undo(self) -> None:
        if self.place == "today_page":
            self.window.today_page.aside.undo()
        else:
            self.undoing.undo()

    def _today(self) -> None:
        if self.opened is not None:
            self.opened.look_at(None)

    def _say(self, words: str) -> None:
        self.notice.say(words)

    def _say_fault(self, error: Exception) -> None:
        self.notice.say(str(error), _("Try again"), self.window.find_page.search)

    def _show_letter(self) -> None:
        if self.opened is not None:
            self.letter.show(self.opened)


def _run(do: Callable[[], object], _checked: bool = False) -> None:
    """Do what an action is for; whether it is checked does not matter."""
    do()
