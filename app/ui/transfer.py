"""Import, export and backup beside the window: files are asked for, progress is shown, faults are listed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from app.record.reading import NotPossible, Refused
from app.services.alike_words import alike_line
from app.services.demonstration import demonstration_files
from app.services.desk import Desk
from app.services.patients import Alike
from app.ui.panels.faults import FaultsDialog
from app.ui.work import Cancelled, Work, in_background
from app.words import _


class Transfer(QObject):
    """Files in and out. `stored` after every import that changed something, `said(text)` for the status bar."""

    stored = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._progress: QProgressDialog | None = None
        self.faults: FaultsDialog | None = None
        self._so_far: Callable[[int], str] = _records_so_far
        self._title = ""
        self._alike: list[str] = []

    def ask_and_import(self) -> None:
        """Ask for files and store their records."""
        names, _filter = QFileDialog.getOpenFileNames(
            self._window, _("Import records"), "", _("Patient records (*.json);;All files (*)")
        )
        if names:
            self.take_in([Path(name) for name in names])

    def load_demonstration(self) -> None:
        """Store the invented demonstration patients that are not there yet."""
        paths = demonstration_files()
        there = self._desk.patients.count("DEMO-")
        if there >= len(paths):
            self.said.emit(_("The demonstration patients are there already: find DEMO."))
            return
        self.take_in(paths)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Store the records of these files, each file whole or not at all."""
        patients, by = self._desk.patients, self._desk.people.by
        self._alike = lines = []

        def note(mrn: str, others: tuple[Alike, ...]) -> None:
            lines.append(alike_line(mrn, others))

        def job(work: Work) -> str:
            count = patients.import_files(paths, by=by, report=work.report, found_alike=note)
            return _("{count} records were stored.").format(count=count)

        self._start(_("Storing records…"), job, _records_so_far)

    def ask_and_export(self, mrns: Sequence[str] | None) -> None:
        """Ask for a file and write records to it: those of these numbers, or all."""
        offered = "patient-record.json" if mrns is not None else "all-records.json"
        name, _filter = QFileDialog.getSaveFileName(
            self._window, _("Export records"), offered, _("Patient records (*.json)")
        )
        if name:
            self.write_out(mrns, Path(name))

    def write_out(self, mrns: Sequence[str] | None, path: Path) -> None:
        """Write records to a file, whole or not at all."""
        patients = self._desk.patients

        def job(work: Work) -> str:
            from app.services.whole_file import whole_file

            with whole_file(path) as out:
                count = patients.export(mrns, cast(IO[bytes], _Stoppable(out, work)))
            return _("{count} records were written.").format(count=count)

        self._alike = []
        self._start(_("Writing records…"), job, _records_so_far)

    def ask_and_back_up(self) -> None:
        """Ask for a file and write a copy of the whole database to it."""
        offered = f"alkpath-backup-{self._desk.today().isoformat()}.sqlite"
        name, _filter = QFileDialog.getSaveFileName(
            self._window, _("Back up the database"), offered, _("Databases (*.sqlite);;All files (*)")
        )
        if name:
            self.back_up(Path(name))

    def back_up(self, path: Path) -> None:
        """Write a copy of the whole database to a file, whole or not at all."""
        database = self._desk.patients.database

        def job(work: Work) -> str:
            from app.services import backups

            backups.backup(database, path, work.report)
            return _("The backup is {file}").format(file=path)

        self._alike = []
        self._start(_("Copying the database…"), job, _copied_so_far, _("Backup"))

    def _start(self, words: str, job: Callable[[Work], str], so_far: Callable[[int], str], title: str = "") -> None:
        """Do a job that returns what to say of it; `so_far` says how far it is."""
        self._so_far, self._title = so_far, title or _("Records")
        progress = QProgressDialog(words, _("Cancel"), 0, 0, self._window)
        progress.setWindowTitle(self._title)
        progress.setMinimumDuration(400)
        progress.setAutoReset(False)
        work = in_background(job, self._done, self._failed)
        work.progressed.connect(self._count)
        progress.canceled.connect(work.cancel)
        self._progress = progress

    def _count(self, count: int) -> None:
        if self._progress is not None and not self._progress.wasCanceled():
            self._progress.setLabelText(self._so_far(count))

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.canceled.disconnect()
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None

    def _done(self, words: str) -> None:
        self._end()
        self.said.emit(words)
        self.stored.emit()
        self._show_alike()

    def _failed(self, error: Exception) -> None:
        self._end()
        self.stored.emit()  # of several files some may be stored
        if isinstance(error, Cancelled):
            self.said.emit(_("Cancelled. A file that was not finished has changed nothing."))
        elif isinstance(error, Refused):
            lines = [str(fault) for fault in error.faults]
            words = _("{count} faults. A file with a fault is not stored, not even in part; "
                      "correct it and import it again.")  # fmt: skip
            if len(lines) == 1:
                words = _("A file with a fault is not stored, not even in part; correct it and import it again.")
            self._show(words.format(count=len(lines)), [*lines, *self._alike])
        elif isinstance(error, NotPossible):
            self._show(_("This cannot be done now."), [str(error)])
        else:
            raise error

    def _show_alike(self) -> None:
        """List the patients that were stored and may be here twice now."""
        if self._alike:
            words = _("All records are stored. These patients may be here twice: look at both, and merge them if they "
                      "are one person (Edit, Merge with another record).")  # fmt: skip
            self._show(words, self._alike)

    def _show(self, words: str, lines: Sequence[str]) -> None:
        self.faults = FaultsDialog(self._title, words, lines, self._window)
        self.faults.open()


def _records_so_far(count: int) -> str:
    return _("{count} records so far").format(count=count)


def _copied_so_far(percent: int) -> str:
    return _("{percent} % copied").format(percent=percent)


class _Stoppable:
    """A file whose writing can be cancelled between two pieces."""

    def __init__(self, out: IO[bytes], work: Work) -> None:
        self._out = out
        self._work = work

    def write(self, piece: bytes) -> int:
        self._work.check()
        return self._out.write(piece)
