"""What is said above an open record: that it cannot be saved, is being saved, or was changed by somebody else."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from app.figures.wording import date_in_words
from app.services.demonstration import telling_day
from app.ui.open_record import OpenRecord
from app.ui.panels.notice import Notice
from app.words import _


class RecordNotice(Notice):
    """A notice that listens to the open record. `said(text)` for the status bar."""

    said = Signal(str)

    def __init__(self, is_typing: Callable[[], bool]) -> None:
        """`is_typing` tells whether a form is open, which shows faults beside its fields."""
        super().__init__()
        self._is_typing = is_typing
        self._opened: OpenRecord | None = None
        self._asks_for: date | None = None  # the day that is offered, while it is

    def watch(self, opened: OpenRecord) -> None:
        """Listen to this record from now on."""
        self.hide()
        self._opened = opened
        opened.conflicted.connect(self._say_conflict)
        opened.not_possible.connect(self._say_not_possible)
        opened.refused.connect(self._say_refused)
        opened.saver.began.connect(self._say_saving)
        opened.saver.ended.connect(self._saving_ended)
        opened.looked.connect(self._looked)
        self._say_demonstration(opened)

    def _say_demonstration(self, opened: OpenRecord) -> None:
        self._asks_for = day = telling_day(opened.mrn)
        if day is not None:
            words = _("Demonstration patient: invented. The question of this course is asked on {day}.")
            words = words.format(day=date_in_words(day.isoformat()))
            self.say(words, _("Look at that day"), partial(opened.look_at, day), quiet=True)

    def _looked(self) -> None:
        """Take the offer of a day away once that day is looked at."""
        if self._opened is not None and self._asks_for == self._opened.as_of:
            self._asks_for = None
            self.hide()

    def _say_conflict(self) -> None:
        self.say(
            _("This record was changed by somebody else since you opened it. Your typing is kept. "
              "Load the newer record, look at it, then save again."),
            _("Load the newer record"), self._reload,
        )  # fmt: skip

    def _reload(self) -> None:
        if self._opened is not None and self._opened.reload():
            self.said.emit(_("This is the newer record; your typing is still here."))

    def _say_not_possible(self, why: str) -> None:
        if self._is_typing() or self._opened is None:
            self.say(_("Not saved: {why} Your typing is kept.").format(why=why))
        else:
            self.say(_("Not saved: {why}").format(why=why), _("Try again"), self._opened.try_again)

    def _say_refused(self, faults: Any) -> None:
        if not self._is_typing():
            self.say(_("Not saved: {faults}").format(faults="; ".join(str(one) for one in faults)))

    def _say_saving(self) -> None:
        words = _("Being saved: another program is writing to the database. You can go on reading and typing.")
        self.say(words, quiet=True)

    def _saving_ended(self, stored: bool) -> None:
        if stored:
            self.hide()
