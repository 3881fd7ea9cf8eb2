"""Merging records and taking it back, from the list or from the open record."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.record.reading import ChangedMeanwhile, NotPossible
from app.services.desk import Desk
from app.services.merging import Undoing, said_of
from app.ui.drafts import Drafts
from app.ui.pages.patient import PatientPage
from app.ui.panels.merge_dialog import MergeDialog
from app.ui.panels.notice import Notice
from app.ui.panels.unmerge_dialog import UnmergeDialog
from app.words import _


class Mergings(QObject):
    """Asks, stores and says what was done. `open_asked(mrn)` for the record that is to be seen then.

    `stored` when a record came or went.
    """

    open_asked = Signal(str)
    stored = Signal()

    def __init__(
        self,
        desk: Desk,
        drafts: Drafts,
        window: QWidget,
        page: PatientPage,
        notice: Notice,
        number: Callable[[], str | None],
    ) -> None:
        """`number` tells whose record is open or chosen."""
        super().__init__(window)
        self._people = desk.people
        self._merging = desk.patients.merging
        self._patients = desk.patients
        self._drafts = drafts
        self._window = window
        self._page = page
        self._notice = notice
        self._number = number
        self.is_typed_elsewhere: Callable[[str], bool] = lambda mrn: False  # until there are other windows
        self.dialog: MergeDialog | None = None
        self.undo_dialog: UnmergeDialog | None = None

    def ask(self) -> None:
        """Ask which record is to be merged with the patient's, and merge them."""
        mrn = self._number()
        try:
            found = self._patients.numbered([mrn]) if mrn is not None else ()
        except NotPossible as error:
            self._notice.say(str(error))
            return
        if not found:
            self._notice.say(_("Choose the patient first whose records are to be merged."))
            return
        self.dialog = MergeDialog(self._patients, found[0], self._unfinished, self._people.by, self._window)
        self.dialog.merged.connect(self._merged)
        self._drafts.changed.connect(self.dialog.judge)
        self.dialog.finished.connect(self.dialog.deleteLater)  # it is not to judge at every key from then on
        self.dialog.open()

    def ask_back(self, of: str | None = None) -> None:
        """Show what went into the record `of` a number, or the chosen patient's, last; take it back if wanted."""
        mrn = of if of is not None else self._number()
        try:
            merges = self._merging.into(mrn) if mrn is not None else ()
            undoing = self._merging.undoing(merges[0]) if merges else None
        except NotPossible as error:
            self._notice.say(str(error))
            return
        if undoing is None:
            self._notice.say(_("No other record was merged into this one."))
            return
        self.undo_dialog = UnmergeDialog(undoing, self._window)
        self.undo_dialog.wanted.connect(self._part)
        self.undo_dialog.finished.connect(self.undo_dialog.deleteLater)
        self.undo_dialog.open()

    def say_gone(self, mrn: str, why: str) -> None:
        """Say why a record cannot be opened, with the way to the one that it is part of now."""
        try:
            merge = self._merging.merge_of(mrn)
        except NotPossible:
            merge = None
        if merge is None:
            self._notice.say(why)
        else:
            self._notice.say(why, _("Open {mrn}").format(mrn=merge.into), partial(self.open_asked.emit, merge.into))

    def _unfinished(self, mrn: str) -> str:
        """Say of a record that is to be merged where there is typing of it that is not saved; "" when there is none."""
        if self.is_typed_elsewhere(mrn):
            words = _(
                "{mrn} is open in another window, with typing that is not saved: save it or discard it there first."
            )
            return words.format(mrn=mrn)
        if self._drafts.of(mrn) or self._page.is_typed_into(mrn):
            return _("There is unfinished typing of {mrn}: save it or discard it before merging.").format(mrn=mrn)
        return ""

    def _merged(self, kept: str, absorbed: str) -> None:
        self.stored.emit()
        self.open_asked.emit(kept)
        words = _("{absorbed} is part of {kept} now, and its number leads there.").format(absorbed=absorbed, kept=kept)
        self._notice.say(words, _("Take the merging back…"), partial(self.ask_back, kept), quiet=True)

    def _part(self, undoing: Undoing) -> None:
        """Make two records of one again, and open the one that was kept."""
        words = _("{kept} and {absorbed} are two records again.")
        try:
            self._merging.undo(undoing, by=self._people.by)
        except ChangedMeanwhile:
            words = _("{merge}. The record was changed by somebody else meanwhile: look at it, then try again.")
            self._notice.say(words.format(merge=said_of(undoing.merge)))
        except NotPossible as error:
            self._notice.say(str(error))
        else:
            self.stored.emit()
            self.open_asked.emit(undoing.kept)
            self._notice.say(words.format(kept=undoing.kept, absorbed=undoing.merge.mrn), quiet=True)
