"""Many letters signed or printed one after the other beside the window: what is done stays done, whatever comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from app.record.reading import NotPossible, Refused
from app.record.record import PatientRecord
from app.services.desk import Desk
from app.services.letter_archive import SignedLetter, Waiting
from app.services.people import Person
from app.ui.work import Cancelled, Work, in_background
from app.words import _

MOST_NAMED = 3  # of those that failed; the list says why of each


@dataclass(frozen=True, slots=True)
class Failure:
    """A letter of the list that could not be signed or printed, by its row, and why."""

    row: int
    name: str
    why: str


class LetterBatch(QObject):
    """`progressed(count)` while it runs, `ended(words)` with what was done and what was not.

    `signed` are the letters that were signed, by their row of the list; `printed` the rows sent to a printer.
    """

    progressed = Signal(int)
    ended = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Work | None = None
        self._in_words: Callable[[], str] = str
        self._bug: Exception | None = None
        self.signed: dict[int, SignedLetter] = {}
        self.printed: set[int] = set()
        self.failed: list[Failure] = []

    @property
    def is_busy(self) -> bool:
        """Whether letters are being signed or printed now."""
        return self._work is not None

    def cancel(self) -> None:
        """Stop after the letter that is at hand."""
        if self._work is not None:
            self._work.cancel()

    def sign(
        self, chosen: Sequence[tuple[int, Waiting]], signer: Person, looked_at: Mapping[int, PatientRecord]
    ) -> None:
        """Sign these letters of the list in the name of a doctor.

        Those that were `looked_at`, by row, are signed as they were then, or not at all when the record has changed.
        """
        desk, today, before, seen = self._desk, self._desk.today(), len(self.signed), dict(looked_at)

        def sign_one(row: int, one: Waiting) -> None:
            record = seen.get(row) or desk.patients.open(one.letter.mrn).record
            self.signed[row] = desk.archive.sign(record, today, one.letter, signer)

        def in_words() -> str:
            count = len(self.signed) - before
            return _("{count} of {all} signed.").format(count=count, all=len(chosen))

        self._start([(row, one.name, partial(sign_one, row, one)) for row, one in chosen], in_words)

    def print(self, rows: Sequence[tuple[int, str]], printer: QPrinter) -> None:
        """Print the signed letters of these rows, each a job of its own; with each row goes a name."""
        from app.ui.printing import print_letter, stamp_of

        archive, signed, done = self._desk.archive, dict(self.signed), set[int]()

        def print_one(row: int) -> None:
            letter = archive.of_code(signed[row].code) or signed[row]  # another of this list may supersede it
            print_letter(archive.pdf(letter), printer, stamp_of(letter))
            done.add(row)
            self.printed.add(row)

        def in_words() -> str:
            words = _("{count} of {all} sent to the printer {name}.")
            return words.format(count=len(done), all=len(rows), name=printer.printerName())

        self._start([(row, name, partial(print_one, row)) for row, name in rows], in_words)

    def _start(self, steps: Sequence[tuple[int, str, Callable[[], None]]], in_words: Callable[[], str]) -> None:
        self.failed.clear()
        self._in_words, self._bug = in_words, None

        def job(work: Work) -> None:
            for count, (row, name, do) in enumerate(steps):  # one at a time: none is held longer than it takes
                work.report(count)
                try:
                    do()
                except Refused as error:
                    self.failed.append(Failure(row, name, "; ".join(map(str, error.faults))))
                except NotPossible as error:
                    self.failed.append(Failure(row, name, str(error)))
                except Exception as error:  # it is told at the end, when the others are done
                    self._bug = error
                    self.failed.append(Failure(row, name, _("a fault of the program")))

        self._work = in_background(job, self._done, self._stopped)
        self._work.progressed.connect(self.progressed)

    def _done(self, _nothing: object) -> None:
        self._end("")

    def _stopped(self, error: Exception) -> None:
        self._end(_("Cancelled: the others are as they were."))
        if not isinstance(error, Cancelled):
            raise error

    def _end(self, more: str) -> None:
        self._work = None
        self.ended.emit(" ".join(filter(None, (self._in_words(), more, self._failures()))))
        if self._bug is not None:
            raise self._bug

    def _failures(self) -> str:
        """Return the names of those that failed, the first with its reason."""
        if not self.failed:
            return ""
        names = [one.name for one in self.failed[:MOST_NAMED]]
        if (rest := len(self.failed) - MOST_NAMED) > 0:
            names.append(_("{count} more").format(count=rest))
        words = _("Not done: {names}; the list says why.")
        if len(self.failed) == 1:
            words = _("Not done: {names} ({why})")
        return words.format(names="; ".join(names), why=self.failed[0].why)
