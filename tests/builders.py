"""Short, readable patients for tests: every value can be read in the line that uses it.

`a_patient()` and the entries below have what their kind must have; anything else is given by name:
`a_line("crizotinib", start="2014-02-03", stop="2014-10-05", stop_reason="progression")`.
"""

from decimal import Decimal
from itertools import count
from typing import Any

from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment, NewLesion, NonTargetLesion, Progression, TargetLesion
from app.record.circumstances import Access, Medicine, Trial
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis, Smoking, Staging
from app.record.examination import Examination
from app.record.lab import Lab
from app.record.local_treatment import LocalTreatment
from app.record.molecular_test import Fish, FishReading, GeneResult, Ihc, MolecularTest, Ngs, RtPcr
from app.record.note import Note
from app.record.patient import Patient
from app.record.record import SECTION_OF, Entry, PatientRecord
from app.record.specimen import Specimen
from app.record.status import Condition, PerformanceStatus
from app.record.therapy_line import Dose, TherapyLine

Size = int | float | str | None


def millimetres(size: Size) -> Decimal | None:
    """Return a size as the record has it: 33.5 is exactly 33.5."""
    return None if size is None else Decimal(str(size))


def a_patient(**given: Any) -> Patient:
    """Return Ada Example, A-1042, born on 2 May 1964."""
    return Patient(
        **{"mrn": "A-1042", "family_name": "Example", "given_name": "Ada", "birth_date": "1964-05-02", **given}
    )


def a_record(*entries: Entry, patient: Patient | None = None, diagnosis: Diagnosis | None = None) -> PatientRecord:
    """Return a record of these entries, each in its list and in the order given."""
    listed: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        section = SECTION_OF[type(entry)]
        listed[section] = (*listed.get(section, ()), entry)
    return PatientRecord(patient=patient or a_patient(), diagnosis=diagnosis, **listed)  # type: ignore[arg-type]


def a_diagnosis(**given: Any) -> Diagnosis:
    """Return a metastatic adenocarcinoma of a never smoker, of 15 January 2014."""
    return Diagnosis(
        **{
            "date": "2014-01-15",
            "histology": "adenocarcinoma",
            "stage": "IV",
            "metastatic_sites": ("bone",),
            "smoking": Smoking(status="never", pack_years=Decimal(0)),
            **given,
        }
    )


def a_specimen(id: str = "s1", date: str | None = "2014-01-12", **given: Any) -> Specimen:
    """Return tissue of the lung, taken for the diagnosis."""
    return Specimen(**{"id": id, "date": date, "kind": "tissue", "site": "lung", "purpose": "diagnosis", **given})


def a_test(id: str, method: str, reported_on: str | None = "2014-01-22", **given: Any) -> MolecularTest:
    """Return a final test of specimen s1 (only requested, where it has no report)."""
    status = "final" if reported_on else "requested"
    return MolecularTest(
        **{"id": id, "specimen": "s1", "method": method, "reported_on": reported_on, "status": status, **given}
    )


def an_ihc(intensity: int = 3, reported: str | None = "positive", id: str = "t1", **given: Any) -> MolecularTest:
    """Return a final ALK immunohistochemistry."""
    return a_test(id, "ihc", **{"ihc": Ihc(intensity=intensity, reported=reported), **given})  # type: ignore[arg-type]


def a_fish(*readings: FishReading, reported: str | None = None, id: str = "t2", **given: Any) -> MolecularTest:
    """Return a final ALK FISH of these readings."""
    return a_test(id, "fish", **{"fish": Fish(fields=4, readings=readings, reported=reported), **given})  # type: ignore[arg-type]


def a_reading(split: int, cells: int = 50, reader: str | None = "A", date: str | None = None) -> FishReading:
    """Return one reader's count."""
    return FishReading(reader=reader, date=date, cells=cells, split=split, single_red=0)


def a_rt_pcr(reported: str = "positive", id: str = "t3", **given: Any) -> MolecularTest:
    """Return a final RT-PCR for EML4-ALK."""
    return a_test(id, "rt_pcr", **{"rt_pcr": RtPcr(reported=reported, partner="EML4"), **given})  # type: ignore[arg-type]


def an_ngs(*alterations: Any, id: str = "t4", **given: Any) -> MolecularTest:
    """Return a final sequencing that found these alterations."""
    return a_test(id, "ngs", **{"ngs": Ngs(alterations=alterations), **given})


def a_gene_test(gene: str = "EGFR", reported: str = "wild_type", id: str = "t5", **given: Any) -> MolecularTest:
    """Return a final test of another gene."""
    return a_test(id, "gene", **{"gene": GeneResult(gene=gene, reported=reported), **given})  # type: ignore[arg-type]


def a_line(
    *drugs: str, id: str = "l1", start: str | None = "2014-02-03", stop: str | None = None, **given: Any
) -> TherapyLine:
    """Return a palliative line, crizotinib unless said, that runs from 3 February 2014."""
    return TherapyLine(
        **{
            "id": id,
            "intent": "palliative",
            "drugs": drugs or ("crizotinib",),
            "started_on": start,
            "stopped_on": stop,
            **given,
        }
    )


def a_dose(
    drug: str = "crizotinib",
    from_: str = "2014-02-03",
    amount: Size = 250,
    frequency: str = "twice_daily",
    **given: Any,
) -> Dose:
    """Return a dose in mg."""
    return Dose(
        **{"drug": drug, "from_": from_, "amount": millimetres(amount), "unit": "mg", "frequency": frequency, **given}
    )


def a_lesion(lesion: str, mm: Size, site: str = "lung", **given: Any) -> TargetLesion:
    """Return one target lesion; `mm` None: not measured."""
    return TargetLesion(**{"lesion": lesion, "site": site, "mm": millimetres(mm), **given})


def a_node(lesion: str, mm: Size, **given: Any) -> TargetLesion:
    """Return a lymph node, by its short axis."""
    return a_lesion(lesion, mm, site="lymph_node", lymph_node=True, **given)


def a_non_target(lesion: str | None, status: str | None, site: str | None = "bone") -> NonTargetLesion:
    """Return one lesion that is followed without being measured."""
    return NonTargetLesion(lesion=lesion, site=site, status=status)  # type: ignore[arg-type]


def a_new_lesion(site: str | None = "brain", unequivocal: bool | None = True) -> NewLesion:
    """Return a lesion that was not there before."""
    return NewLesion(site=site, unequivocal=unequivocal)  # type: ignore[arg-type]


def an_assessment(*sizes: Size | TargetLesion, id: str = "a1", date: str = "2014-04-01", **given: Any) -> Assessment:
    """Return a CT with target lesions T1, T2 … of these sizes in mm: `an_assessment(30, 33.5)`."""
    numbers = count(1)
    lesions = tuple(size if isinstance(size, TargetLesion) else a_lesion(f"T{next(numbers)}", size) for size in sizes)
    return Assessment(**{"id": id, "date": date, "modality": "ct", "target_lesions": lesions, **given})


def a_baseline(*sizes: Size | TargetLesion, id: str = "a0", date: str = "2014-01-30", **given: Any) -> Assessment:
    """Return a CT marked as the baseline, four days before the line of `a_line()`."""
    return an_assessment(*sizes, id=id, date=date, **{"baseline": True, **given})


def a_progression(**given: Any) -> Progression:
    """Return a clinician's judgement of a progression; what is not said is unknown."""
    return Progression(**given)


def a_lab(analyte: str, value: Size, *, date: str = "2014-02-17", id: str = "lab1", **given: Any) -> Lab:
    """Return a laboratory value; a unit and limits are given by name."""
    return Lab(**{"id": id, "date": date, "analyte": analyte, "value": millimetres(value), **given})


def an_adverse_event(
    term: str = "pneumonitis", *, from_: str = "2014-06-01", id: str = "e1", **given: Any
) -> AdverseEvent:
    """Return an adverse event that goes on."""
    return AdverseEvent(**{"id": id, "term": term, "from_": from_, **given})


def a_local_treatment(site: str = "brain", *, date: str = "2014-11-02", id: str = "k1", **given: Any) -> LocalTreatment:
    """Return stereotactic radiotherapy of one site."""
    return LocalTreatment(**{"id": id, "date": date, "kind": "stereotactic_radiotherapy", "site": site, **given})


def a_staging(stage: str = "IV", *, date: str = "2016-02-01", id: str = "g1", **given: Any) -> Staging:
    """Return a later staging."""
    return Staging(**{"id": id, "date": date, "stage": stage, **given})


def a_performance_status(ecog: int = 1, *, date: str = "2014-01-15", id: str = "p1") -> PerformanceStatus:
    """Return an ECOG performance status."""
    return PerformanceStatus(id=id, date=date, ecog=ecog)


def a_condition(code: str, present: bool = True, *, date: str = "2014-01-15", id: str = "c1") -> Condition:
    """Return a condition that bears on treatment."""
    return Condition(id=id, date=date, code=code, present=present)  # type: ignore[arg-type]


def an_examination(
    kind: str = "ecg", *, date: str = "2014-01-30", id: str = "x1", result: str | None = "normal"
) -> Examination:
    """Return an examination with a normal result."""
    return Examination(id=id, date=date, kind=kind, result=result)  # type: ignore[arg-type]


def an_access(drug: str, available: bool = False, *, date: str = "2014-11-01", id: str = "y1") -> Access:
    """Return that a drug cannot be had."""
    return Access(id=id, date=date, drug=drug, available=available)


def a_trial(name: str = "A trial", *, date: str = "2014-11-01", id: str = "z1", **given: Any) -> Trial:
    """Return an open trial."""
    return Trial(**{"id": id, "date": date, "name": name, "open": True, **given})


def a_medicine(
    name: str = "rifampicin", *, from_: str | None = "2014-01-01", id: str = "m1", to: str | None = None
) -> Medicine:
    """Return another medicine."""
    return Medicine(id=id, name=name, from_=from_, to=to)


def a_decision(verdict: str = "accepted", *, date: str = "2014-11-01", id: str = "d1", **given: Any) -> Decision:
    """Return a decision on rule P4's advice to continue with local treatment."""
    return Decision(
        **{
            "id": id,
            "date": date,
            "as_of": date,
            "rule": "P4",
            "action": "continue_with_local_treatment",
            "verdict": verdict,
            **given,
        }
    )


def a_note(text: str = "Seen in clinic.", *, date: str = "2014-11-01", id: str = "n1") -> Note:
    """Return a free note."""
    return Note(id=id, date=date, text=text)
