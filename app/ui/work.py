"""Long work beside the window: a plain callable on the thread pool, its result back in the window's thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal


class Cancelled(Exception):
    """The person wanted no more of it."""


class Work(QObject):
    """One job under way. `report(count)` is for the job itself, `cancel()` for the window.

    It belongs to the application, so a widget that is gone meanwhile is simply not called. It holds the job and what
    came of it, so that the other thread is never the last to hold them: what belongs to a window is taken away in the
    window's thread alone, and where another thread lets go of it last, Qt may take it away twice.
    """

    progressed = Signal(int)
    ended = Signal()

    def __init__(self, job: "Callable[[Work], Any]", done: Callable[[Any], None], failed: Callable[[Exception], None]):
        super().__init__(QCoreApplication.instance())
        self._cancelled = False
        self._job: Callable[[Work], Any] | None = job
        self._result: Any = None
        self._error: Exception | None = None
        self._ends = _Ends(self, done, failed)
        self.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self.ended.connect(self.deleteLater, Qt.ConnectionType.QueuedConnection)

    def report(self, count: int) -> None:
        """Say how far the job is; raises `Cancelled` in the job when it is wanted no more."""
        self.check()
        self.progressed.emit(count)

    def check(self) -> None:
        """Raise `Cancelled` in the job when it is wanted no more."""
        if self._cancelled:
            raise Cancelled

    def cancel(self) -> None:
        """Let the job end at its next report."""
        self._cancelled = True

    def do(self) -> None:
        """Do the job, in another thread."""
        assert self._job is not None
        try:
            self._result = self._job(self)
        except Exception as caught:
            self._error = caught
        self.ended.emit()

    def _end(self) -> None:
        result, error, ends = self._result, self._error, self._ends
        self._job = self._result = self._error = None
        if error is None:
            ends.finished.emit(result)
        else:
            ends.stopped.emit(error)


class _Ends(QObject):
    """Hands the end of a job to whoever asked for it, if they are still there."""

    finished = Signal(object)
    stopped = Signal(object)

    def __init__(self, work: Work, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        super().__init__(work)
        self.finished.connect(done)
        self.stopped.connect(failed)


def in_background(
    job: Callable[[Work], Any],
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> Work:
    """Run `job(work)` on the thread pool; then `done(result)` or `failed(error)` in the window's thread.

    `done` and `failed` must be bound methods of a QObject: when that object is gone, nothing is called.
    A cancelled job calls `failed` with `Cancelled`.
    """
    work = Work(job, done, failed)
    QThreadPool.globalInstance().start(work.do)
    return work
