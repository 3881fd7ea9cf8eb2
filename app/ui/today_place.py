"""From a line of Today to the place in the record where something is to be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from app.services.desk import Desk
from app.services.worklist import WorklistItem
from app.ui.drafts import DraftKey
from app.ui.main_window import MainWindow
from app.ui.pages.patient import PatientPage
from app.ui.panels.entry_lines import sort_day
from app.ui.qt_words import keys_in_words
from app.words import _

# Where the result of what is due belongs; what is not named here is an examination.
SECTIONS = {
    "liver_function_tests": "labs",
    "blood_count": "labs",
    "electrolytes": "labs",
    "hypogonadism_assessment": "labs",
    "assessment": "assessments",
}


class TodayPlace(QObject):
    """Fills the page of this desk, and opens what is chosen there. `letter_asked(key)`: one that waits to be signed."""

    letter_asked = Signal(int)

    def __init__(
        self, desk: Desk, window: MainWindow, record: PatientPage, open_patient: Callable[[str], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._record = record
        self._open_patient = open_patient
        window.today_page.opened.connect(self._open)
        window.today_page.said.connect(window.say)
        window.today_page.show_desk(desk)

    def _open(self, item: WorklistItem) -> None:
        self._open_patient(item.mrn)
        opened = self._record.opened
        if opened is not None and opened.mrn == item.mrn:
            if item.task.kind == "letter":
                self.letter_asked.emit(int(item.task.beside[0]))
                self._window.say(_("{why}. Ctrl+G signs it.").format(why=item.words))
            else:
                self._window.say(self._stand_at(item))

    def _stand_at(self, item: WorklistItem) -> str:
        """Choose the entry concerned, put the keyboard where it is answered, and return what to do there."""
        if item.task.kind in ("awaited", "rebiopsy"):
            self._choose(item.entries)
            return _("{why}. Enter opens the entry, to write down what came.").format(why=item.words)
        if item.task.kind == "due":
            section = SECTIONS.get(item.what, "examinations")
            self._choose(self._newest_of(section))
            action = self._window.actions_by_name[f"add {section}"]
            keys = keys_in_words(action.shortcut().toString())
            return _("{why}. {keys} writes down the result.").format(why=item.words, keys=keys)
        self._choose(item.entries)
        self._record.next_step.text.setFocus(Qt.FocusReason.OtherFocusReason)
        return _("F9 chooses an option to decide on; Ctrl+Y says what it rests on.")

    def _choose(self, entries: tuple[str, ...]) -> None:
        """Choose the newest of these entries in the list."""
        opened = self._record.opened
        if opened is None:
            return
        there = [(sort_day(one), section, one.id) for section, one in opened.record.entries() if one.id in entries]
        if there:
            _day, section, entry_id = max(there)
            self._record.entries.select(DraftKey(opened.mrn, section, entry_id))

    def _newest_of(self, section: str) -> tuple[str, ...]:
        opened = self._record.opened
        listed = getattr(opened.record, section) if opened is not None else ()
        newest = max((one for one in listed if one.entered_in_error is None), key=sort_day, default=None)
        return (newest.id,) if newest is not None else ()
