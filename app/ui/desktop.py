"""What the window's actions do: opens patients, moves between the places, connects the parts."""

from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.record.reading import NotPossible
from app.services.desk import Desk
from app.ui.actions import ADDABLES
from app.ui.drafts import NEW_PATIENT, Drafts
from app.ui.main_window import MainWindow
from app.ui.merging import Mergings
from app.ui.new_patient import NewPatient
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from app.ui.panels.header import Header, full_name
from app.ui.panels.notice import Notice
from app.ui.protocol_banner import ProtocolBanner
from app.ui.transfer import Transfer
from app.words import _

if TYPE_CHECKING:
    from app.ui.pages.letter import LetterPage
    from app.ui.panels.help import HelpWindow

DRAFTS_FILE = "unfinished.json"


class Desktop(QObject):
    """One desk in one window, with at most one patient open."""

    def __init__(self, window: MainWindow, desk: Desk, folder: Path | None) -> None:
        super().__init__(window)
        self.window = window
        self.desk = desk
        self.opened: OpenRecord | None = None
        self.place = "patients_page"
        self.drafts = Drafts(folder / DRAFTS_FILE if folder is not None else None, self)
        self.header = Header()
        self.header.hide()
        self.notice = Notice()
        window.header_place.addWidget(self.header)
        window.header_place.addWidget(self.notice)
        self.patient_page = PatientPage(desk, self.drafts)
        window.pages.addWidget(self.patient_page)
        self.letter_page: LetterPage | None = None
        self.help: HelpWindow | None = None
        self.new_patient = NewPatient(desk, self.drafts, window.find_page)
        self.transfer = Transfer(desk, window)
        self.mergings = Mergings(desk, self.drafts, window, self.notice, self._number)
        self.banner = ProtocolBanner(desk, window)
        self._connect()
        self._show_unfinished()
        self.go("patients_page")
        self.banner.read()

    def _connect(self) -> None:
        find = self.window.find_page
        find.opened.connect(self.open_patient)
        find.draft_asked.connect(self._resume)
        find.failed.connect(self._say_fault)
        self.new_patient.made.connect(self._made)
        self.new_patient.asked_for.connect(self.open_patient)
        self.new_patient.not_possible.connect(self._say)
        self.transfer.stored.connect(find.search)
        self.mergings.open_asked.connect(self.open_patient)
        self.banner.not_possible.connect(self._say)
        self.transfer.said.connect(self.window.say)
        self.patient_page.said.connect(self.window.say)
        self.patient_page.selection_changed.connect(self._selection_changed)
        self.drafts.changed.connect(self._show_unfinished)
        self.new_patient.pane.closed.connect(self._new_patient_closed)
        page = self.patient_page
        does: dict[str, Callable[[], object]] = {
            "find": self._find, "new_patient": self._new_patient, "import": self.transfer.ask_and_import,
            "export": self._export, "export_all": partial(self.transfer.ask_and_export, None),
            "demo": self.transfer.load_demonstration, "undo": self._undo, "redo": self._redo,
            "patients_page": partial(self.go, "patients_page"), "record_page": partial(self.go, "record_page"),
            "letter_page": partial(self.go, "letter_page"),
            "today": self._today, "merge": self.mergings.ask, "unmerge": self.mergings.ask_back,
            "save_letter": partial(self._with_letter, "save"), "print_letter": partial(self._with_letter, "print"),
            "zoom_in": partial(self._zoom, 1.25), "zoom_out": partial(self._zoom, 0.8), "zoom_fit": self._zoom_fit,
            "help": self._help, "about": self._about,
        }  # fmt: skip
        does |= {name: self._on_record(do) for name, do in page.does().items()}
        for one in ADDABLES:
            does[f"add {one.section}"] = self._on_record(partial(page.forms.add, one.section))
        for name, do in does.items():
            self.window.actions_by_name[name].triggered.connect(partial(_run, do))
        # Del must mark an entry only while the list has the keyboard, never from inside a form.
        in_error = self.window.actions_by_name["in_error"]
        in_error.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        page.entries.addAction(in_error)

    def go(self, place: str) -> None:
        """Show one of the three places; record and letter need an open patient."""
        if self.opened is None or place == "patients_page":
            place = "patients_page"
        self.place = place
        if place == "patients_page":
            self.window.pages.setCurrentWidget(self.window.find_page)
            self.window.find_page.search()
            self.window.find_page.focus_box()
        elif place == "record_page":
            self.window.pages.setCurrentWidget(self.patient_page)
            self.patient_page.focus_entries()
        else:
            self._show_letter()
        self.header.setVisible(place != "patients_page")
        self.window.title(self._who() if place != "patients_page" else "")
        self.window.enable(place, self.opened is not None)
        self._selection_changed()

    def open_patient(self, mrn: str) -> None:
        """Open the record of a number; the one that was open is closed, its unfinished typing kept."""
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
        self.opened.looked.connect(self._show_who)
        self.notice.hide()
        self._show_who()
        self.go("record_page")

    def keep_typing(self) -> None:
        """Write what is unfinished to the disk now."""
        self.drafts.store()

    def _who(self) -> str:
        patient = self.opened.record.patient if self.opened is not None else None
        return f"{full_name(patient)} · {patient.mrn}" if patient is not None else ""

    def _show_who(self) -> None:
        opened = self.opened
        if opened is None:
            return
        advice = opened.advice
        if self.window.find_page.recent is not None:
            self.window.find_page.recent.opened(opened.mrn)
        self.header.show_record(opened.record, opened.as_of, advice.alk_status if advice is not None else "unknown")
        if self.place != "patients_page":
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
        actions["edit"].setEnabled(on_record)
        actions["undo"].setEnabled(opened is not None and opened.can_undo)
        actions["redo"].setEnabled(opened is not None and opened.can_redo)
        actions["today"].setEnabled(opened is not None and not opened.is_today)

    def _on_record(self, do: Callable[[], object]) -> Callable[[], object]:
        """Return what does something on the record's page, going there first."""

        def there() -> None:
            if self.opened is not None:
                if self.place != "record_page":
                    self.go("record_page")
                do()

        return there

    def _find(self) -> None:
        self.go("patients_page")

    def _new_patient(self) -> None:
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
        if keys and self.opened is not None and self.opened.mrn == mrn:
            self.patient_page.forms.open(keys[0])

    def _show_unfinished(self) -> None:
        links = []
        for mrn in dict.fromkeys(key.mrn for key in self.drafts.everything()):
            if mrn == NEW_PATIENT and self.new_patient.pane.form is not None:
                continue  # it is open beside the list
            words = _("a new patient") if mrn == NEW_PATIENT else mrn
            links.append(f'<a href="draft:{escape(mrn)}">{escape(words)}</a>')
        text = _("✎ Unfinished typing is kept: {who}").format(who=", ".join(links)) if links else ""
        self.window.find_page.show_unfinished(text)

    def _export(self) -> None:
        if self.opened is not None:
            self.transfer.ask_and_export([self.opened.mrn])

    def _number(self) -> str | None:
        """Return the number of the patient that is open, or chosen in the list."""
        if self.place == "patients_page" or self.opened is None:
            return self.window.find_page.current_mrn()
        return self.opened.mrn

    def _undo(self) -> None:
        if self.opened is not None and self.opened.undo():
            self.window.say(_("The last change is taken back."))

    def _redo(self) -> None:
        if self.opened is not None and self.opened.redo():
            self.window.say(_("The change is made again."))

    def _today(self) -> None:
        if self.opened is not None:
            self.opened.look_at(None)

    def _say(self, words: str) -> None:
        self.notice.say(words)

    def _say_fault(self, error: Exception) -> None:
        self.notice.say(str(error), _("Try again"), self.window.find_page.search)

    def _show_letter(self) -> None:
        if self.opened is None:
            return
        page = self._letter_page()
        self.window.pages.setCurrentWidget(page)
        page.show_letter(self.opened.record, self.opened.as_of)
        page.setFocus()

    def _letter_page(self) -> "LetterPage":
        if self.letter_page is None:  # made when the first letter is looked at: the PDF library is not small
            from app.ui.pages.letter import LetterPage

            self.letter_page = LetterPage(self.desk, self.window.actions_by_name)
            self.letter_page.said.connect(self.window.say)
            self.letter_page.not_possible.connect(self._say)
            self.window.pages.addWidget(self.letter_page)
        return self.letter_page

    def _with_letter(self, do: str) -> None:
        """Go to the letter and do something with it once it is composed."""
        if self.opened is not None:
            if self.place != "letter_page":
                self.go("letter_page")
            self._letter_page().when_ready(do)

    def _zoom(self, factor: float) -> None:
        if self.letter_page is not None:
            self.letter_page.zoom(factor)

    def _zoom_fit(self) -> None:
        if self.letter_page is not None:
            self.letter_page.fit_width()

    def _help(self) -> None:
        from app.ui.panels.help import HelpWindow

        if self.help is None:
            self.help = HelpWindow(self.window)
        self.help.show_page("record" if self.place == "record_page" else "start")

    def _about(self) -> None:
        from app.ui.panels.help import show_about

        advice = self.opened.advice if self.opened is not None else None
        show_about(self.window, advice.protocol if advice is not None else None)


def _run(do: Callable[[], object], _checked: bool = False) -> None:
    """Do what an action is for; whether it is checked does not matter."""
    do()
