"""Storing a record without letting the window stand still while somebody else writes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.record.reading import Locked
from app.record.record import PatientRecord
from app.services.patients import OpenedRecord, Patients
from app.ui.work import Work, in_background
from app.words import _

AT_ONCE = 0.15  # seconds the window may stand still
PATIENCE = 30.0  # seconds that the work beside the window waits

Stored = Callable[[OpenedRecord], object]
Failed = Callable[[Exception], object]


class Saver(QObject):
    """Stores one record at a time: at once, or beside the window while another program holds the database.

    `began()` when it has to wait, `ended(stored)` when that is over. Nothing else is taken while one is under way, so
    that nothing is stored twice or in another order.
    """

    began = Signal()
    ended = Signal(bool)

    def __init__(self, patients: Patients, parent: QObject) -> None:
        super().__init__(parent)
        self._patients = patients
        self._then: tuple[Stored, Failed] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a record is being stored beside the window."""
        return self._then is not None

    def save(
        self,
        record: PatientRecord,
        version: int | None,
        *,
        by: str = "",
        mrn: str | None,
        reuse: bool = False,
        stored: Stored,
        failed: Failed,
    ) -> bool:
        """Store a record, then call `stored` or `failed`; return whether it is stored already."""
        assert not self.is_busy
        save = partial(self._patients.save, record, version, by=by, mrn=mrn, reuse=reuse)
        try:
            opened = save(wait=AT_ONCE)
        except Locked:
            self._then = stored, failed
            self.began.emit()
            in_background(partial(_patiently, save), self._done, self._failed)
        except Exception as error:
            failed(error)
        else:
            stored(opened)
            return True
        return False

    def _done(self, opened: OpenedRecord) -> None:
        stored, _failed = self._end()
        stored(opened)
        self.ended.emit(True)

    def _failed(self, error: Exception) -> None:
        _stored, failed = self._end()
        try:
            failed(error)
        finally:
            self.ended.emit(False)

    def _end(self) -> tuple[Stored, Failed]:
        assert self._then is not None
        then, self._then = self._then, None
        return then


class AfterSaving(QObject):
    """Puts off what must not happen while something is being stored. `said(text)` for the status bar.

    `given_up` when what was put off is not done: the storing failed, or something else was wanted meanwhile.
    """

    said = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._busy: Saver | None = None
        self._do: Callable[[], object] | None = None

    def puts_off(self, do: Callable[[], object], *savers: Saver) -> bool:
        """Return whether one of these is busy; `do` is done once that is stored, and not when it cannot be."""
        busy = next((one for one in savers if one.is_busy), None)
        if busy is None:
            return False
        if busy is not self._busy:
            busy.ended.connect(self._ended)
        former, self._busy, self._do = self._do, busy, do
        if former not in (None, do):
            self.given_up.emit()
        self.said.emit(_("The last change is still being saved; then this is done."))
        return True

    def _ended(self, stored: bool) -> None:
        if self._busy is not None:
            self._busy.ended.disconnect(self._ended)
        do, self._busy, self._do = self._do, None, None
        if stored and do is not None:
            do()
        elif do is not None:
            self.given_up.emit()


def _patiently(save: Callable[..., OpenedRecord], _work: Work) -> OpenedRecord:
    return save(wait=PATIENCE)
