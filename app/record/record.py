"""One patient's whole record: an immutable value. Editing makes a new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, TypeVar

from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment
from app.record.circumstances import Access, Medicine, Trial
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis, Staging
from app.record.examination import Examination
from app.record.fields import STRICT, Block, Listed
from app.record.lab import Lab
from app.record.local_treatment import LocalTreatment
from app.record.molecular_test import MolecularTest
from app.record.note import Note
from app.record.patient import Patient
from app.record.specimen import Specimen
from app.record.status import Condition, PerformanceStatus
from app.record.therapy_line import TherapyLine

FORMAT = "alkpath-record/1"

Entry = (
    Staging | PerformanceStatus | Condition | Specimen | MolecularTest | TherapyLine | LocalTreatment | Assessment
    | Lab | Examination | AdverseEvent | Access | Trial | Medicine | Decision | Note
)  # fmt: skip
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """A patient's record in the order of the record format; every list is in the order it was entered."""

    __pydantic_config__ = STRICT

    patient: Patient
    diagnosis: Block[Diagnosis] = None
    staging: Listed[Staging] = ()
    status: Listed[PerformanceStatus] = ()
    conditions: Listed[Condition] = ()
    specimens: Listed[Specimen] = ()
    tests: Listed[MolecularTest] = ()
    therapy_lines: Listed[TherapyLine] = ()
    local_treatments: Listed[LocalTreatment] = ()
    assessments: Listed[Assessment] = ()
    labs: Listed[Lab] = ()
    examinations: Listed[Examination] = ()
    adverse_events: Listed[AdverseEvent] = ()
    access: Listed[Access] = ()
    trials: Listed[Trial] = ()
    medicines: Listed[Medicine] = ()
    decisions: Listed[Decision] = ()
    notes: Listed[Note] = ()

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield every entry with the name of its list, in the order of the format."""
        for section in SECTIONS:
            for entry in getattr(self, section):
                yield section, entry

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry of this id, or None."""
        return next((entry for _, entry in self.entries() if entry.id == entry_id), None)

    def with_entry(self, entry: Entry) -> "PatientRecord":
        """Return the record with `entry` in it: in the place of the one with its id, or at the end of its list."""
        section = SECTION_OF[type(entry)]
        listed: tuple[Any, ...] = getattr(self, section)
        if any(one.id == entry.id for one in listed):
            listed = tuple(entry if one.id == entry.id else one for one in listed)
        else:
            listed = (*listed, entry)
        changed: Any = {section: listed}
        return replace(self, **changed)

    def free_id(self, kind: type[Entry]) -> str:
        """Return the first id of this kind that no entry has: `lab1`, `lab2` …"""
        taken = {entry.id for _, entry in self.entries()}
        prefix = ID_PREFIX[SECTION_OF[kind]]
        number = 1
        while f"{prefix}{number}" in taken:
            number += 1
        return f"{prefix}{number}"


SECTION_OF: Mapping[type[Entry], str] = MappingProxyType(
    {
        Staging: "staging", PerformanceStatus: "status", Condition: "conditions", Specimen: "specimens",
        MolecularTest: "tests", TherapyLine: "therapy_lines", LocalTreatment: "local_treatments",
        Assessment: "assessments", Lab: "labs", Examination: "examinations", AdverseEvent: "adverse_events",
        Access: "access", Trial: "trials", Medicine: "medicines", Decision: "decisions", Note: "notes",
    }
)  # fmt: skip
SECTIONS: tuple[str, ...] = tuple(
    field.name for field in fields(PatientRecord) if field.name not in ("patient", "diagnosis")
)
KIND_OF: Mapping[str, type[Entry]] = MappingProxyType({section: kind for kind, section in SECTION_OF.items()})
ID_PREFIX: Mapping[str, str] = MappingProxyType(
    {
        "staging": "g", "status": "p", "conditions": "c", "specimens": "s", "tests": "t", "therapy_lines": "l",
        "local_treatments": "k", "assessments": "a", "labs": "lab", "examinations": "x", "adverse_events": "e",
        "access": "y", "trials": "z", "medicines": "m", "decisions": "d", "notes": "n",
    }
)  # fmt: skip
# Where an entry names another one: its list, the field, and the list of the other.
REFERENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "specimens": ("prompted_by", "assessments"),
        "tests": ("specimen", "specimens"),
        "local_treatments": ("prompted_by", "assessments"),
    }
)
# Entries of these lists may come without an id when nothing refers to them.
ID_OPTIONAL = frozenset(SECTIONS) - {"specimens", "tests", "therapy_lines", "assessments"}
