"""What is stored is seen everywhere: in the lists and the open record of this window, and of every other one."""

from PySide6.QtCore import QObject, Signal

from app.record.reading import NotPossible
from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.merging import Mergings
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage


class KeepingUp(QObject):
    """`stored(mrn)` when this window has stored something of a patient; "" when it was of many."""

    stored = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow, mergings: Mergings, page: PatientPage) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._mergings = mergings
        self._page = page
        self._mrn = ""
        window.today_page.aside.changed.connect(self.stored)

    def watch(self, opened: OpenRecord) -> None:
        """Tell from now on of what is stored in this record."""
        self._mrn = opened.mrn
        opened.changed.connect(self._changed)

    def tell(self, mrn: str = "") -> None:
        """Show what this window has stored of a patient, or of many, and let the others do so."""
        self.see(mrn)
        self.stored.emit(mrn)

    def see(self, mrn: str) -> None:
        """Show what was stored of a patient, or of many, here or in another window."""
        if mrn:
            self._window.today_page.running.refresh(mrn)
            return
        self._window.find_page.search()
        self._window.today_page.running.bring_up_to_date()
        self._look_at_open_record()

    def _changed(self) -> None:
        """Bring the patient up to date; under a number that was corrected nothing stands any more."""
        opened = self._page.opened
        if opened is not None:
            former, self._mrn = self._mrn, opened.mrn
            for mrn in dict.fromkeys((former, opened.mrn)):
                self.tell(mrn)

    def _look_at_open_record(self) -> None:
        """Show the open record as it is now, beside a form only when that is wanted; or that it is part of another."""
        opened = self._page.opened
        if opened is None or opened.saver.is_busy:
            return
        try:
            version = self._desk.patients.open(opened.mrn).version
        except NotPossible as error:
            self._mergings.say_gone(opened.mrn, str(error))
            return
        if version == opened.version:
            return
        if self._page.pane.form is not None:  # it was filled in beside the older record
            opened.conflicted.emit()
        else:
            opened.reload()
