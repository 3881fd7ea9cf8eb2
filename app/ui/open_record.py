"""The open patient: the record as it is stored, its advice, and what can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.pathway.advice import Advice, FactValue, Option
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis
from app.record.fields import EnteredInError
from app.record.patient import Patient
from app.record.reading import ChangedMeanwhile, NotPossible, Refused
from app.record.record import Entry, PatientRecord
from app.services.decisions import Answer, decision_on
from app.services.desk import Desk
from app.services.patients import OpenedRecord
from app.services.way import Visit, way_of
from app.services.why import Why, explain, facts_of


class OpenRecord(QObject):
    """One patient's record while it is open. Every change is stored before it is shown.

    `changed` after every change of the record, `looked` when advice or day are others; `refused(faults)` when a change
    cannot be taken, `conflicted` when somebody else saved meanwhile, `not_possible(text)` when the database cannot.
    """

    changed = Signal()
    looked = Signal()
    refused = Signal(object)
    conflicted = Signal()
    not_possible = Signal(str)

    def __init__(self, desk: Desk, opened: OpenedRecord, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.record = opened.record
        self.version = opened.version
        self._chosen_day: date | None = None
        self._undo: list[PatientRecord] = []
        self._redo: list[PatientRecord] = []
        self.advice: Advice | None = None
        self.no_advice = ""
        self._way: tuple[Visit, ...] | None = None
        self._advise()

    @property
    def mrn(self) -> str:
        """The number the patient is stored under."""
        return self.record.patient.mrn

    @property
    def as_of(self) -> date:
        """The day the record is looked at: today, unless another was chosen."""
        return self._chosen_day or self._desk.today()

    @property
    def is_today(self) -> bool:
        """Whether the record is looked at as of today."""
        return self.as_of == self._desk.today()

    def look_at(self, day: date | None) -> None:
        """Look at the record as of `day`; None: today, also after midnight."""
        self._chosen_day = day
        self._advise()
        self.looked.emit()

    def explain(self) -> Why | None:
        """Return what the advice rests on and what would change it, or None when there is no advice."""
        if self.advice is None:
            return None
        return explain(self._desk.advising, self.record, self.as_of)

    def way(self) -> tuple[Visit, ...]:
        """Return the stages the patient has been at until the day looked at; worked out when first asked."""
        if self._way is None:
            self._way = way_of(self._desk.advising, self.record, self.as_of) if self.advice is not None else ()
        return self._way

    def facts(self) -> Mapping[str, FactValue]:
        """Return the facts the advice rests on, by name; none without advice."""
        return facts_of(self._traced()) if self.advice is not None else {}

    def drugs(self) -> tuple[str, ...]:
        """Return the drugs a decision may name: those of the protocol and of the patient's lines."""
        if self.advice is None:
            return ()
        known = self._desk.advising.protocol(self.advice.protocol.id).drugs
        own = (drug for line in self.record.therapy_lines if line.entered_in_error is None for drug in line.drugs)
        return tuple(dict.fromkeys((*known, *own)))

    def decide(self, option: Option, answer: Answer) -> str:
        """Store what was decided on an option of the advice; return the id of the entry, "" when that cannot be."""
        if self.advice is None:
            return ""
        entry_id = self.record.free_id(Decision)
        decision = decision_on(option, self._traced(), answer, entry_id=entry_id, today=self._desk.today())
        return entry_id if self.put(decision) else ""

    def _traced(self) -> Advice:
        return self._desk.advising.advise(self.record, self.as_of, trace=True)

    def put(self, entry: Entry | Sequence[Entry]) -> bool:
        """Store an entry, or several at once, new or corrected; return whether that was possible."""
        record = self.record
        for one in entry if isinstance(entry, tuple | list) else (entry,):
            record = record.with_entry(one)
        return self._change(record)

    def set_patient(self, patient: Patient) -> bool:
        """Store the patient's details."""
        return self._change(replace(self.record, patient=patient))

    def set_diagnosis(self, diagnosis: Diagnosis | None) -> bool:
        """Store the diagnosis."""
        return self._change(replace(self.record, diagnosis=diagnosis))

    def mark_in_error(self, entry_id: str, reason: str) -> bool:
        """Mark an entry as entered in error; it stays to be read and counts no more."""
        entry = self.record.entry(entry_id)
        if entry is None:
            return False
        marked: Any = replace(
            entry, entered_in_error=EnteredInError(on=self._desk.today().isoformat(), reason=reason.strip() or None)
        )
        return self._change(self.record.with_entry(marked))

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of this session to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone change to make again."""
        return bool(self._redo)

    def undo(self) -> bool:
        """Put the record back as it was before the last change; the database's history keeps both."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Make the last undone change again."""
        return self._step(self._redo, self._undo)

    def reload(self) -> bool:
        """Take the record as it is in the database now; what could be undone is forgotten."""
        try:
            opened = self._desk.patients.open(self.mrn)
        except NotPossible as error:
            self.not_possible.emit(str(error))
            return False
        self.record, self.version = opened.record, opened.version
        self._undo.clear()
        self._redo.clear()
        self._tell()
        return True

    def _step(self, source: list[PatientRecord], target: list[PatientRecord]) -> bool:
        if not source or not self._store(source[-1]):
            return False
        target.append(self.record)
        self.record = source.pop()
        self._tell()
        return True

    def _change(self, record: PatientRecord) -> bool:
        if record == self.record:
            return True
        if not self._store(record):
            return False
        self._undo.append(self.record)
        self._redo.clear()
        self.record = record
        self._tell()
        return True

    def _store(self, record: PatientRecord) -> bool:
        """Store `record` over the version that is open; say why when that cannot be."""
        try:
            self.version = self._desk.patients.save(record, self.version, mrn=self.mrn).version
        except Refused as refused:
            self.refused.emit(refused.faults)
        except ChangedMeanwhile:
            self.conflicted.emit()
        except NotPossible as error:
            self.not_possible.emit(str(error))
        else:
            return True
        return False

    def _tell(self) -> None:
        self._advise()
        self.changed.emit()

    def _advise(self) -> None:
        """Ask for the next step; a protocol or settings file that cannot be read must not close the record."""
        self._way = None
        try:
            self.advice, self.no_advice = self._desk.advising.advise(self.record, self.as_of), ""
        except NotPossible as error:
            self.advice, self.no_advice = None, str(error)
        except Refused as refused:
            self.advice, self.no_advice = None, "\n".join(str(fault) for fault in refused.faults)
