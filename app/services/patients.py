"""Finding, opening, saving, importing and exporting patients: what both front doors do with records."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from app.record.alike import Likeness, Person, likeness
from app.record.dates import typed_date
from app.record.reading import Fault, NotPossible, Refused
from app.record.summary import Order, PatientSummary
from app.record.typed_search import patient_fields
from app.services.merging import Merging
from app.words import _, labelled
from db import search
from db.history import Change
from db.store import Store

if TYPE_CHECKING:  # the first list of patients is on the screen before what reads and checks a record is loaded
    from sqlite3 import Cursor

    from app.record.record import PatientRecord
    from db.saving import Saving

MOST_ALIKE = 8  # of one person; whoever is like more of them is like nobody in particular
WAIT = 5.0  # seconds for somebody else who writes
MOST_FAULTS = 1000  # of one file; who gets these has another problem than the thousand-and-first


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record as it was opened, with the version it is saved against."""

    record: "PatientRecord"
    version: int


@dataclass(frozen=True, slots=True)
class Alike:
    """A patient who is likely the same person, and why."""

    patient: PatientSummary
    likeness: Likeness


class Patients:
    """The patients of one database. Every method may raise `NotPossible`, saying what to do."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._today = today
        self.merging = Merging(store, today)

    @property
    def database(self) -> str:
        """The place of this database, which tells it from others."""
        return str(self._store.file.resolve())

    def find(
        self, text: str = "", *, limit: int = 200, offset: int = 0, by: Order = "name", backwards: bool = False
    ) -> tuple[PatientSummary, ...]:
        """Return the patients whose name, number or date of birth holds every word of `text`, ordered `by` a value.

        Who has no such value comes last, also `backwards`.
        """
        return self._store.find(text, limit=limit, offset=offset, by=by, backwards=backwards)

    def count(self, text: str = "") -> int:
        """Return how many patients `find` would give without a limit."""
        return self._store.count(text)

    def numbered(self, mrns: Sequence[str]) -> tuple[PatientSummary, ...]:
        """Return the patients of these numbers, in their order; numbers that nobody has any more are left out."""
        return self._store.numbered(mrns)

    def alike(self, person: Person, *, besides: str | None = None) -> tuple[Alike, ...]:
        """Return the patients who are likely this person, the likeliest first, without the one of `besides`."""
        with self._store.cursor() as cursor:
            return _alike(cursor, person, besides)

    def alike_typed(self, text: str) -> tuple[Alike, ...]:
        """Return the patients who are likely the person whose name and birth date were typed to find somebody."""
        from app.record.patient import Patient

        typed = patient_fields(text, self._today())
        born = typed_date(typed.get("birth_date", ""), self._today()) or None
        person = Patient(
            mrn=typed.get("mrn", ""), family_name=typed.get("family_name", ""), given_name=typed.get("given_name"),
            birth_date=born,
        )  # fmt: skip
        return self.alike(person)

    def prepare(self) -> None:
        """Load what reads and stores records, which takes a moment: best before somebody waits for it."""
        self._store.prepare()

    def open(self, mrn: str) -> OpenedRecord:
        """Return the record of a number; raises `NotPossible` when there is no such patient, or no more."""
        found = self._store.load(mrn)
        if found is None:
            raise NotPossible(self.merging.nobody(mrn))
        return OpenedRecord(*found)

    def save(
        self,
        record: "PatientRecord",
        version: int | None,
        *,
        by: str = "",
        mrn: str | None = None,
        reuse: bool = False,
        wait: float = WAIT,
    ) -> OpenedRecord:
        """Store a record; `version` is that of its opening, None for a new patient.

        `mrn` is the number it was opened by, when the number itself was corrected. A number whose record was merged
        into another one is refused, unless it is to be given to another person (`reuse`). Raises `Refused` with
        every fault, `ChangedMeanwhile` when somebody saved since, and `Locked` when somebody else writes for longer
        than `wait` seconds; nothing is stored then.
        """
        from app.record.checks import faults_of

        if faults := faults_of(record, self._today()):
            raise Refused(faults)
        return OpenedRecord(record, self._store.save(record, version, by=by, mrn=mrn, reuse=reuse, wait=wait))

    def history(self, mrn: str, entry_id: str | None = None) -> tuple[Change, ...]:
        """Return what changed in a record, oldest first: everything, or one entry alone."""
        return self._store.history(mrn, entry_id)

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        replace: bool = False,
        by: str = "",
        report: Callable[[int], None] | None = None,
        found_alike: Callable[[str, tuple[Alike, ...]], None] | None = None,
    ) -> int:
        """Store the records of files, each file whole or not at all, and return how many records were stored.

        Every file is tried; then all faults are raised as one `Refused`, each with its file when there are several
        files, and with its record when a file holds several. Records are read one at a time. `report` is told how
        many records have been read so far; what it raises takes the present file back. `found_alike` is told of every
        patient stored for the first time who is likely another one: nothing is refused for that.
        """
        stored, faults = 0, []
        for path in paths:
            try:
                file = self._import(path, replace, by, _counting(report, stored), found_alike is not None)
            except Refused as refused:
                faults += _of_file(path, refused.faults, named=len(paths) > 1)
            else:
                stored += file.count
                if found_alike is not None:
                    for mrn, others in file.alike:
                        found_alike(mrn, others)
        if faults:
            raise Refused(faults)
        return stored

    def export(self, mrns: Sequence[str] | None, out: IO[bytes]) -> int:
        """Write records to `out` and return how many: all, or those of these numbers.

        One number alone gives an object, everything else a list. Raises `NotPossible` for an unknown number, before
        anything is written.
        """
        from app.record.files import write_records

        everyone = self._store.mrns()
        wanted = everyone if mrns is None else tuple(dict.fromkeys(mrns))
        for mrn in set(wanted) - set(everyone):
            raise NotPossible(self.merging.nobody(mrn))
        alone = mrns is not None and len(wanted) == 1
        return write_records(self._store.records(wanted), out, as_list=not alone)

    def read_file(self, path: Path) -> "PatientRecord":
        """Return the one record of a file, without storing it."""
        from app.record.files import parsed_records, read_record

        with _opened(path) as source:
            try:
                found = [read_record(data, self._today()) for data in islice(parsed_records(source), 2)]
            except Refused as refused:
                raise Refused(_of_file(path, refused.faults, named=False)) from None
        if len(found) != 1:
            several = _("holds several records: import it, then name one patient")
            raise Refused([Fault(path.name, several if found else _("holds no record"))])
        return found[0]

    def _import(self, path: Path, replace: bool, by: str, report: Callable[[int], None], wary: bool) -> "_Import":
        from app.record.files import parsed_records

        with _opened(path) as source, self._store.saving() as saving:
            file = _Import(saving, self._today(), replace, by, wary)
            try:
                for data in parsed_records(source):
                    file.take(data)
                    report(file.count)
                    if len(file.faults) >= MOST_FAULTS:
                        break
            except Refused as whole:  # the file itself breaks off
                raise Refused([*file.placed_faults(), *whole.faults]) from None
            if file.faults:
                raise Refused(file.placed_faults())
            return file


class _Import:
    """The import of one file: its records are stored until the first fault, then only looked at."""

    def __init__(self, saving: "Saving", today: date, replace: bool, by: str, wary: bool) -> None:
        self._saving = saving
        self._today = today
        self._replace = replace
        self._by = by
        self._wary = wary  # whether somebody wants to know who is likely whom
        self._index_of: dict[str, int] = {}
        self.count = 0
        self.faults: list[tuple[int, Fault]] = []
        self.alike: list[tuple[str, tuple[Alike, ...]]] = []

    def take(self, data: Any) -> None:
        """Take the next record as parsed JSON."""
        from app.record.files import read_record

        index, self.count = self.count, self.count + 1
        try:
            record = read_record(data, self._today)
            self._only_once(record.patient.mrn, index)
            if not self.faults:
                mrn = record.patient.mrn
                is_new = self._wary and not self._saving.has(mrn)
                self._saving.save(record, None, by=self._by, replace=self._replace)
                if is_new and (others := _alike(self._saving.cursor, record.patient, mrn)):
                    self.alike.append((mrn, others))
            elif not self._replace:
                self._saving.refuse_taken(record.patient.mrn)
        except Refused as refused:
            self.faults += [(index, fault) for fault in refused.faults]

    def placed_faults(self) -> Iterator[Fault]:
        """Yield the faults, of a file of several with the record before the path: `records[3].labs[0].value`."""
        for index, fault in self.faults:
            path = f"records[{index}].{fault.path}".rstrip(".") if self.count > 1 else fault.path
            yield Fault(path, fault.sentence)

    def _only_once(self, mrn: str, index: int) -> None:
        first = self._index_of.setdefault(mrn, index)
        if first != index:
            taken = _("{mrn} is already the number of records[{first}] in this file").format(mrn=mrn, first=first)
            raise Refused([Fault("patient.mrn", taken)])


def _alike(cursor: "Cursor", person: Person, besides: str | None) -> tuple[Alike, ...]:
    found = [
        Alike(other, why)
        for other in search.candidates(cursor, person)
        if other.mrn != besides and (why := likeness(person, other)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.likeness.slips, one.patient.mrn))[:MOST_ALIKE])


def _of_file(path: Path, faults: Iterable[Fault], *, named: bool) -> list[Fault]:
    """Put the file before the path of each fault when it is `named`; before a fault of the whole file always."""
    before = labelled(path.name, "") if named else ""
    return [Fault(before + fault.path if fault.path else path.name, fault.sentence) for fault in faults]


def _counting(report: Callable[[int], None] | None, before: int) -> Callable[[int], None]:
    return (lambda count: None) if report is None else (lambda count: report(before + count))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to read; raises `NotPossible` when the system refuses."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from None
    with source:
        try:
            source.peek(1)  # a folder opens on some systems, and cannot be read
        except OSError as error:
            raise _unreadable(path, error) from None
        yield source


def _unreadable(path: Path, error: OSError) -> NotPossible:
    why = (error.strerror or type(error).__name__).lower()
    return NotPossible(_("{file} cannot be read: {why}.").format(file=path, why=why))
