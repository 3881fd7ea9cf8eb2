"""Making one record of two of the same person, and two of one again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.record.names import letters_of
from app.record.reading import Fault, NotPossible, Refused
from app.words import _
from db.merges import Merge, merge_of, merges, merges_into, said_of
from db.store import Store

if TYPE_CHECKING:  # the first list of patients is on the screen before these are loaded
    from app.record.merging import Choices, Comparison
    from app.record.record import PatientRecord

__all__ = ["Lost", "Merge", "Merging", "Prepared", "Undoing", "said_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Two records side by side, with the versions they are merged against."""

    comparison: "Comparison"
    kept_version: int
    absorbed_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What was done to a merged record since, and goes when the merging is taken back (it stays in the history).

    `section` is the list, or patient or diagnosis; `entry` is as it is now, or as it was when it was removed.
    """

    section: str
    change: str  # added, changed or removed
    entry: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """A merging that can be taken back, looked at in a version of the record, and what is lost by it."""

    merge: Merge
    kept: str  # the number of the other record, as it was before
    record: "PatientRecord"
    version: int
    lost: tuple[Lost, ...]


class Merging:
    """The mergings of one database. Every method may raise `NotPossible`, saying what to do."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._today = today

    def prepare(self, kept: str, absorbed: str) -> Prepared:
        """Return two records side by side: the number of `kept` stays, `absorbed` goes into it."""
        from app.record.merging import compare

        if kept == absorbed:
            raise NotPossible(_("A record cannot be merged with itself."))
        (one, its_version), (other, others_version) = self._opened(kept), self._opened(absorbed)
        return Prepared(comparison=compare(one, other), kept_version=its_version, absorbed_version=others_version)

    def faults(self, prepared: Prepared, choices: "Choices") -> tuple[Fault, ...]:
        """Return what is wrong with the record that these choices make; what is still to be chosen is none of it."""
        from app.record.checks import faults_of

        return faults_of(prepared.comparison.record(choices), self._today())

    def merge(self, prepared: Prepared, choices: "Choices", *, by: str = "") -> str:
        """Store one record in the place of two, and return its number.

        Raises `Refused` while something is to be chosen or the record has a fault, and `ChangedMeanwhile` when one of
        the two was saved since; nothing is stored then.
        """
        from db.merging import merge

        comparison = prepared.comparison
        open_values = [one.path for one in comparison.conflicts if one.path not in choices]
        differing = _("is not the same in the two records: choose one")
        if faults := tuple(Fault(path, differing) for path in open_values) or self.faults(prepared, choices):
            raise Refused(faults)
        kept, absorbed = comparison.kept.patient.mrn, comparison.absorbed.patient.mrn
        with self._store.saving() as saving:
            merge(
                saving,
                (kept, prepared.kept_version),
                (absorbed, prepared.absorbed_version),
                comparison.record(choices),
                by,
            )
        return kept

    def merge_of(self, mrn: str) -> Merge | None:
        """Return how the record of this number went into another one; None when it did not."""
        with self._store.cursor() as cursor:
            return merge_of(cursor, mrn)

    def into(self, mrn: str) -> tuple[Merge, ...]:
        """Return what went into the record of this number, the newest first."""
        with self._store.cursor() as cursor:
            return merges_into(cursor, mrn)

    def searched(self, text: str) -> tuple[Merge, ...]:
        """Return the mergings of records whose number holds `text`."""
        wanted = letters_of(text)
        if not any(letter.isdigit() for letter in wanted):
            return ()
        with self._store.cursor() as cursor:
            return tuple(one for one in merges(cursor) if wanted in letters_of(one.mrn))

    def undoing(self, merge: Merge) -> Undoing:
        """Return what taking a merging back would mean now."""
        from db.merging import records_at

        record, version = self._opened(merge.into)
        with self._store.cursor() as cursor:
            kept, _absorbed, merged = records_at(cursor, merge)
        return Undoing(
            merge=merge, kept=kept.patient.mrn, record=record, version=version, lost=tuple(_changes(merged, record))
        )

    def undo(self, undoing: Undoing, *, by: str = "") -> None:
        """Make two records of one again, both as they were before.

        Raises `ChangedMeanwhile` when the record was saved since it was looked at, `NotPossible` when a later merging
        stands in the way or one of the numbers belongs to somebody else now.
        """
        from db.merging import unmerge

        with self._store.saving() as saving:
            unmerge(saving, undoing.merge, undoing.version, by)

    def _opened(self, mrn: str) -> "tuple[PatientRecord, int]":
        found = self._store.load(mrn)
        if found is None:
            raise NotPossible(self.nobody(mrn))
        return found

    def nobody(self, mrn: str) -> str:
        """Return why there is no patient of this number: there never was, or the record is part of another one."""
        merge = self.merge_of(mrn)
        if merge is not None:
            return f"{said_of(merge)}."
        return _("There is no patient with the number {mrn}.").format(mrn=mrn)


def _changes(before: "PatientRecord", after: "PatientRecord") -> "list[Lost]":
    was = {entry.id: (section, entry) for section, entry in before.entries()}
    now_is = {entry.id: (section, entry) for section, entry in after.entries()}
    found = [
        Lost(section=part, change="changed", entry=getattr(after, part) or getattr(before, part))
        for part in ("patient", "diagnosis")
        if getattr(before, part) != getattr(after, part)
    ]
    for entry_id, (section, entry) in now_is.items():
        if was.get(entry_id) != (section, entry):
            found.append(Lost(section=section, change="changed" if entry_id in was else "added", entry=entry))
    gone = [(section, entry) for entry_id, (section, entry) in was.items() if entry_id not in now_is]
    return [*found, *(Lost(section=section, change="removed", entry=entry) for section, entry in gone)]
