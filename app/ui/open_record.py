"""The open patient: the record as it is stored, its advice, and what can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from app.pathway.advice import Advice, FactValue, Option
from app.pathway.information import Told
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis
from app.record.fields import EnteredInError
from app.record.patient import Patient
from app.record.reading import ChangedMeanwhile, NotPossible, Refused
from app.record.record import Entry, PatientRecord
from app.services.changes import what_changed
from app.services.decisions import Answer, decision_on
from app.services.desk import Desk
from app.services.history import Happening, Place, history_of
from app.services.patients import OpenedRecord
from app.services.way import Visit, way_of
from app.services.why import Why, explain, facts_of
from app.ui.saver import Saver
from app.words import _

Then = Callable[[], object]


class Step(NamedTuple):
    """One change of the session: the record to go to by taking it back (or making it again), and what it was about."""

    record: PatientRecord
    what: str


class OpenRecord(QObject):
    """One patient's record while it is open. Every change is stored before it is shown.

    `changed` after every change of the record, `looked` when advice or day are others; `refused(faults)` when a change
    cannot be taken, `conflicted` when somebody else saved meanwhile, `not_possible(text)` when the database cannot.
    A change returns whether it is stored already. While another program holds the database it is stored beside the
    window (`saver`), and no other change is taken until that is over; `then` is called once it is stored.
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
        self.saver = Saver(desk.patients, self)
        self._chosen_day: date | None = None
        self._tried: tuple[PatientRecord, Then] | None = None
        self._undo: list[Step] = []
        self._redo: list[Step] = []
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

    def section_of(self, entry_id: str) -> str:
        """Return the list of the record an entry is in."""
        return next(section for section, entry in self.record.entries() if entry.id == entry_id)

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

    def evidence(self) -> Mapping[str, str]:
        """Return what each study of the protocol in use has shown, by its id."""
        if self.advice is None:
            return {}
        return self._desk.advising.protocol(self.advice.protocol.id).evidence_texts()

    def told(self) -> tuple[Told, ...]:
        """Return what the source says besides, of the drugs, actions and findings there are."""
        return self._desk.advising.told(self.record, self.advice) if self.advice is not None else ()

    def drugs(self) -> tuple[str, ...]:
        """Return the drugs a decision may name: those of the protocol and of the patient's lines."""
        if self.advice is None:
            return ()
        known = self._desk.advising.protocol(self.advice.protocol.id).drugs
        own = (drug for line in self.record.therapy_lines if line.entered_in_error is None for drug in line.drugs)
        return tuple(dict.fromkeys((*known, *own)))

    def history(self, place: Place | None = None) -> tuple[Happening, ...]:
        """Return what happened to the record, or to one entry, the newest first; raises `NotPossible`."""
        return history_of(self.record, self._desk.patients.history(self.mrn), place)

    def decide(self, option: Option, answer: Answer, then: Callable[[str], object] | None = None) -> bool:
        """Store what was decided on an option of the advice; `then` is given the id of the entry."""
        if self.advice is None:
            return False
        entry_id = self.record.free_id(Decision)
        decision = decision_on(option, self._traced(), answer, entry_id=entry_id, today=self._desk.today())
        return self.put(decision, partial(then, entry_id) if then is not None else None)

    def _traced(self) -> Advice:
        return self._desk.advising.advise(self.record, self.as_of, trace=True)

    def put(self, entry: Entry | Sequence[Entry], then: Then | None = None) -> bool:
        """Store an entry, or several at once, new or corrected."""
        record = self.record
        for one in entry if isinstance(entry, tuple | list) else (entry,):
            record = record.with_entry(one)
        return self._change(record, then)

    def set_patient(self, patient: Patient, then: Then | None = None) -> bool:
        """Store the patient's details."""
        return self._change(replace(self.record, patient=patient), then)

    def set_diagnosis(self, diagnosis: Diagnosis | None, then: Then | None = None) -> bool:
        """Store the diagnosis."""
        return self._change(replace(self.record, diagnosis=diagnosis), then)

    def mark_in_error(self, entry_id: str, reason: str, by: str = "", *, then: Then | None = None) -> bool:
        """Mark an entry as entered in error; it stays to be read and counts no more."""
        entry = self.record.entry(entry_id)
        if entry is None:
            return False
        mark = EnteredInError(on=self._desk.today().isoformat(), by=by.strip() or None, reason=reason.strip() or None)
        marked: Any = replace(entry, entered_in_error=mark)
        return self._change(self.record.with_entry(marked), then)

    @property
    def undoes(self) -> str:
        """What the last change was about, which `undo` takes back; "" when there is none."""
        return self._undo[-1].what if self._undo else ""

    @property
    def redoes(self) -> str:
        """What the change was about that `redo` makes again; "" when there is none."""
        return self._redo[-1].what if self._redo else ""

    def undo(self, then: Then | None = None) -> bool:
        """Put the record back as it was before the last change; the database's history keeps both."""
        return self._step(self._undo, self._redo, then)

    def redo(self, then: Then | None = None) -> bool:
        """Make the last undone change again."""
        return self._step(self._redo, self._undo, then)

    def try_again(self) -> None:
        """Make the change again that could not be stored; not when the record is another since."""
        if self._tried is not None and self._tried[0] is self.record:
            self._tried[1]()

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

    def _step(self, source: list[Step], target: list[Step], then: Then | None) -> bool:
        return bool(source) and self._store(source[-1].record, partial(self._stepped, source, target), then)

    def _stepped(self, source: list[Step], target: list[Step]) -> None:
        target.append(Step(self.record, source.pop().what))

    def _change(self, record: PatientRecord, then: Then | None) -> bool:
        if record == self.record:
            if then is not None:
                then()
            return True
        return self._store(record, partial(self._changed, what_changed(self.record, record)), then)

    def _changed(self, what: str) -> None:
        self._undo.append(Step(self.record, what))
        self._redo.clear()

    def _store(self, record: PatientRecord, note: Then, then: Then | None) -> bool:
        """Store `record` over the version that is open, and note how to take it back; say why when that cannot be."""
        if self.saver.is_busy:
            self.not_possible.emit(_("The change before it is still being saved; try again in a moment."))
            return False
        self._tried = self.record, partial(self._store, record, note, then)
        stored = partial(self._stored, note, then)
        return self.saver.save(
            record, self.version, by=self._desk.people.by, mrn=self.mrn, stored=stored, failed=self._failed
        )

    def _stored(self, note: Then, then: Then | None, opened: OpenedRecord) -> None:
        note()
        self._tried = None
        self.record, self.version = opened.record, opened.version
        self._tell()
        if then is not None:
            then()

    def _failed(self, error: Exception) -> None:
        match error:
            case Refused():
                self.refused.emit(error.faults)
            case ChangedMeanwhile():
                self.conflicted.emit()
            case NotPossible():
                self.not_possible.emit(str(error))
            case _:
                raise error

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
