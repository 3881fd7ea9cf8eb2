"""The worklist beside the window: what was worked out last at once, then brought up to date, patient by patient."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.record.reading import NotPossible, Refused
from app.ui.work import Cancelled, Work, in_background

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.worklist import WorklistItem


@dataclass(frozen=True, slots=True)
class Listed:
    """What is to be shown: the items as of a day, when all of them were last brought up to date, how many patients."""

    items: tuple["WorklistItem", ...]
    as_of: date
    run_at: datetime | None
    run_of: str
    patients: int


@dataclass(slots=True)
class _Wanted:
    """What is to be done once the present job has ended."""

    everything: bool = False
    patients: dict[str, None] = field(default_factory=dict)


class WorklistRunning(QObject):
    """One job at a time; what is asked for meanwhile comes after it.

    `listed(Listed)`, `patient_listed(mrn, items)`, `progressed(done, all)`; `ended(bool)` says whether everything is up
    to date now; `failed(text)` says why something could not be done.
    `as_of` is the day of the list.
    """

    listed = Signal(object)
    patient_listed = Signal(str, object)
    progressed = Signal(int, int)
    ended = Signal(bool)
    failed = Signal(str)

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Work | None = None
        self._wanted = _Wanted()
        self._is_stopped = False
        self.as_of = desk.today()
        self._all = 0

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self._work is not None

    def bring_up_to_date(self) -> None:
        """Show what was worked out last, and bring it up to date."""
        if self._work is not None:
            self._wanted.everything = True
            return
        self.as_of = self._desk.today()
        self._start(self._read, self._have_read)

    def refresh(self, mrn: str) -> None:
        """Bring one patient up to date."""
        if self._work is not None:
            self._wanted.patients[mrn] = None
            return
        as_of, worklist = self._desk.today(), self._desk.worklist

        def job(_work: Work) -> Any:
            return mrn, worklist.of_patient(mrn, as_of)

        self._start(job, self._have_patient)

    def cancel(self) -> None:
        """Let the present job end; what is done stays, and who was saved meanwhile is still brought up to date."""
        self._wanted.everything = False
        if self._work is not None:
            self._work.cancel()

    def stop(self) -> None:
        """Let the present job end, and begin none any more: the window closes."""
        self._is_stopped = True
        self.cancel()

    def _start(self, job: Callable[[Work], Any], done: Callable[[Any], None]) -> None:
        if not self._is_stopped:
            self._work = in_background(job, done, self._failed)

    def _read(self, _work: Work) -> Listed:
        worklist = self._desk.worklist
        run = worklist.last_run()
        return Listed(
            items=worklist.shown(self.as_of),
            as_of=self.as_of,
            run_at=datetime.fromisoformat(run.at).astimezone() if run is not None else None,
            run_of=run.as_of if run is not None else "",
            patients=self._desk.patients.count(),
        )

    def _have_read(self, listed: Listed) -> None:
        self.listed.emit(listed)
        self._start(self._count, self._have_counted)

    def _count(self, _work: Work) -> int:
        return self._desk.worklist.outdated(self.as_of)

    def _have_counted(self, count: int) -> None:
        self._all = count
        if count:
            self.progressed.emit(0, count)
        self._start(self._work_out, self._have_worked_out)
        if count and self._work is not None:
            self._work.progressed.connect(self._tell)

    def _work_out(self, work: Work) -> Listed:
        self._desk.worklist.bring_up_to_date(self.as_of, work.report)
        return self._read(work)

    def _tell(self, done: int) -> None:
        self.progressed.emit(done, self._all)

    def _have_worked_out(self, listed: Listed) -> None:
        self._work = None
        # What is kept says when something was last worked out; looked at and found current is as of now.
        self.listed.emit(replace(listed, run_at=datetime.now().astimezone(), run_of=self.as_of.isoformat()))
        self.ended.emit(True)
        self._go_on()

    def _have_patient(self, found: "tuple[str, tuple[WorklistItem, ...]]") -> None:
        self._work = None
        self.patient_listed.emit(*found)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self._work = None
        if isinstance(error, Cancelled):
            self._start(self._read, self._have_read_rest)
            return
        self.ended.emit(False)
        self._go_on()
        if isinstance(error, NotPossible):
            self.failed.emit(str(error))
        elif isinstance(error, Refused):
            self.failed.emit("\n".join(str(fault) for fault in error.faults))
        else:
            raise error

    def _have_read_rest(self, listed: Listed) -> None:
        """Show what was done before it was cancelled."""
        self._work = None
        self.listed.emit(listed)
        self.ended.emit(False)
        self._go_on()

    def _go_on(self) -> None:
        wanted, self._wanted = self._wanted, _Wanted()
        if wanted.everything:
            self.bring_up_to_date()
        elif wanted.patients:
            first, *rest = wanted.patients
            self.refresh(first)
            for mrn in rest:
                self.refresh(mrn)
