"""Draft: what was typed in one form, what is wrong with it, and the entry once nothing is."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.record.checks import faults_of
from app.record.diagnosis import Diagnosis
from app.record.lab import Lab
from app.record.patient import Patient
from app.record.reading import Fault, Refused, read
from app.record.record import SECTION_OF, PatientRecord
from app.ui.forms import draws
from app.ui.forms.meanwhile import Both, carried_over, put_at
from app.ui.forms.typed import LEFT_OUT, data_of, typed_of
from app.words import _


class Draft(QObject):
    """The typing of one form: plain values by field name, kept whatever is wrong with them.

    `typed` is JSON-able: store it at a pause and give it back after a crash. `faults` are sentences by path within
    the form (`date`, `target_lesions[0].mm`; "" for what no field of it can put right). `entry` is None while there
    is a fault; of a blood draw (`Lab` without `existing`) it is a tuple of entries. `record` is None only for the
    patient of a record that is still to be made. `base` is the entry the typing began over, as typing: where the entry
    has been stored otherwise since, only what was changed here is kept, and `both` holds by path what was changed here
    and there. `carried` when the typing was changed by that and not in the form.
    """

    changed = Signal()
    carried = Signal()

    def __init__(
        self,
        kind: type[Any],
        typed: Mapping[str, Any] | None = None,
        *,
        record: PatientRecord | None,
        today: date,
        existing: Any = None,
        base: dict[str, Any] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.today = today
        self.record = record
        self.existing = existing
        now = self._typed_now()
        self.base = deepcopy(base if base is not None else now)
        self.both: dict[str, Both] = {}
        self.typed: dict[str, Any] = deepcopy(dict(typed if typed is not None else now))
        self._as_opened = deepcopy(self.typed)
        self.faults: dict[str, str] = {}
        self.entry: Any = None
        self._before: frozenset[Fault] = frozenset()
        self._carry_over()
        self._look_at(record)

    def get(self, path: str) -> Any:
        """Return what was typed at `path` (`gp.name`), or None."""
        at: Any = self.typed
        for name in path.split("."):
            at = at.get(name) if isinstance(at, dict) else None
        return at

    def put(self, path: str, value: Any) -> None:
        """Take what was typed at `path`, then look at the whole entry again."""
        *groups, name = path.split(".")
        at = self.typed
        for group in groups:
            if not isinstance(at.get(group), dict):
                at[group] = {}
            at = at[group]
        at[name] = value
        self._look()
        self.changed.emit()

    def leave_out(self, groups: Iterable[str]) -> None:
        """Let these groups of fields not count now; what was typed in them stays."""
        names = sorted(groups)
        if names != self.typed.get(LEFT_OUT, []):
            self.typed[LEFT_OUT] = names
            self._look()
            self.changed.emit()

    def counts(self, group: str) -> bool:
        """Return whether a group of fields is there and counts."""
        return self.typed.get(group) is not None and group not in self.typed.get(LEFT_OUT, ())

    def see(self, record: PatientRecord) -> None:
        """Look again at the entry in a record that has changed meanwhile: its id stays free, its references true.

        What was changed in the entry itself is taken over, but for what was changed here.
        """
        former, self.existing = self.existing, self._existing_in(record)
        untouched = not self.is_touched
        is_carried = self.existing != former and self._carry_over()
        if untouched:
            self._as_opened = deepcopy(self.typed)
        self._look_at(record)
        if is_carried:
            self.carried.emit()
        self.changed.emit()

    def settle(self, path: str, *, stored: bool) -> None:
        """Of what was changed here and there, take what is `stored`, or keep what is typed."""
        both = self.both.pop(path)
        put_at(self.base, path, deepcopy(both.stored))
        if stored:
            put_at(self.typed, path, deepcopy(both.stored))
        self._look()
        self.carried.emit()
        self.changed.emit()

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Put the faults that saving met beside the fields they belong to; they go with the next typing."""
        self.entry = None
        for fault in faults:
            self.faults[self._own_path(fault.path)] = fault.sentence
        self.changed.emit()

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed since the draft was opened."""
        return self.typed != self._as_opened

    def _typed_now(self) -> dict[str, Any]:
        """Return the stored entry as somebody would have typed it."""
        if self.existing is None:
            return {}
        typed = typed_of(self.existing)
        return draws.typed_draw(typed) if self.kind is Lab else typed

    def _existing_in(self, record: PatientRecord) -> Any:
        """Return the entry as it is in a record; one that is gone from it stays as it was."""
        found: Any
        if self.kind in (Patient, Diagnosis):
            found = record.patient if self.kind is Patient else record.diagnosis
        else:
            found = record.entry(self.existing.id) if self.existing is not None else None
        return found if found is not None else self.existing

    def _carry_over(self) -> bool:
        """Let the typing stand over the entry as it is stored by now; return whether that changed anything."""
        now = self._typed_now()
        if now == self.base:
            return False
        self.typed, self.both = carried_over(self.kind, self.typed, self.base, now, self.today)
        self.base = now
        for path, both in self.both.items():  # until that is settled, also when the form is closed meanwhile
            put_at(self.base, path, deepcopy(both.before))
        return True

    def _look_at(self, record: PatientRecord | None) -> None:
        self.record = record
        self._before = frozenset(faults_of(record, self.today) if record is not None else ())
        self._look()

    def _look(self) -> None:
        self.entry, self.faults = None, {}
        entries: list[Any] = []
        record = self.record
        rows = draws.row_data(self.typed) if self.kind is Lab else [self.typed]
        for index, row in enumerate(rows):
            try:
                entry = read(self.kind, self._with_id(data_of(self.kind, row, self.today), record))
            except Refused as refused:
                for fault in refused.faults:
                    path = draws.place(self.typed, index, fault.path) if self.kind is Lab else fault.path
                    self.faults.setdefault(path, fault.sentence)
                continue
            entries.append(entry)
            record = _record_with(record, entry)
        if record is not None:
            self._check_sense(record)
        for path in self.both:
            self.faults.setdefault(path, _("was changed by somebody else too: choose above which is right"))
        if not self.faults:
            self.entry = tuple(entries) if self.kind is Lab and self.existing is None else entries[0]

    def _check_sense(self, record: PatientRecord) -> None:
        for fault in faults_of(record, self.today):
            path = self._own_path(fault.path)
            if path:
                self.faults.setdefault(path, fault.sentence)
            elif fault not in self._before:
                self.faults.setdefault("", str(fault))

    def _with_id(self, data: dict[str, Any], record: PatientRecord | None) -> dict[str, Any]:
        if self.kind not in SECTION_OF or record is None:
            return data
        return data | {"id": self.existing.id if self.existing is not None else record.free_id(self.kind)}

    def _own_path(self, path: str) -> str:
        """Return a path of the record as a path of this form; "" when it lies elsewhere."""
        if self.kind in (Patient, Diagnosis):
            own = "patient." if self.kind is Patient else "diagnosis."
            return path.removeprefix(own) if path.startswith(own) else ""
        if self.record is None:
            return ""
        listed = getattr(self.record, SECTION_OF[self.kind])
        ids = [one.id for one in listed]
        first = ids.index(self.existing.id) if self.existing is not None and self.existing.id in ids else len(ids)
        number, _, rest = path.removeprefix(f"{SECTION_OF[self.kind]}[").partition("].")
        if not path.startswith(f"{SECTION_OF[self.kind]}[") or int(number) < first:
            return ""
        if self.kind is Lab:
            is_own = self.existing is None or int(number) == first
            return draws.place(self.typed, int(number) - first, rest) if is_own else ""
        return rest if int(number) == first else ""


def _record_with(record: PatientRecord | None, entry: Any) -> PatientRecord | None:
    if isinstance(entry, Patient):
        return PatientRecord(patient=entry) if record is None else replace(record, patient=entry)
    if record is None:
        return None
    return replace(record, diagnosis=entry) if isinstance(entry, Diagnosis) else record.with_entry(entry)
