"""Long work beside the window: a plain callable on the thread pool, its result back in the window's thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal


class Cancelled(Exception):
    """The person wanted no more of it."""


class Work(QObject):
    """One job under way. `report(count)` is for the job itself, `cancel()` for the window.

    It belongs to the application, so a widget that is gone meanwhile is simply not called.
    """

    progressed = Signal(int)
    ended = Signal(object, object)  # result, error: one of them None

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._cancelled = False

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


def in_background(
    job: Callable[[Work], Any],
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> Work:
    """Run `job(work)` on the thread pool; then `done(result)` or `failed(error)` in the window's thread.

    `done` and `failed` must be bound methods of a QObject: when that object is gone, nothing is called.
    A cancelled job calls `failed` with `Cancelled`.
    """
    work = Work()
    pair = _Ends(done, failed)
    work.ended.connect(pair.deliver, Qt.ConnectionType.QueuedConnection)

    def run() -> None:
        result, error = None, None
        try:
            result = job(work)
        except Exception as caught:
            error = caught
        work.ended.emit(result, error)

    pair.setParent(work)
    work.ended.connect(work.deleteLater, Qt.ConnectionType.QueuedConnection)
    QThreadPool.globalInstance().start(run)
    return work


class _Ends(QObject):
    """Hands the end of a job to whoever asked for it, if they are still there."""

    finished = Signal(object)
    stopped = Signal(object)

    def __init__(self, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self.finished.connect(done)
        self.stopped.connect(failed)

    def deliver(self, result: Any, error: Exception | None) -> None:
        """Tell it."""
        if error is None:
            self.finished.emit(result)
        else:
            self.stopped.emit(error)
