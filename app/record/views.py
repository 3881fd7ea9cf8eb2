"""A record as it was seen on a day: what came later, or was entered in error, is not there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from app.record.adverse_event import AdverseEvent
from app.record.circumstances import Medicine
from app.record.diagnosis import Diagnosis
from app.record.molecular_test import MolecularTest
from app.record.patient import Patient
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.record.therapy_line import TherapyLine

L = TypeVar("L", AdverseEvent, Medicine)


class _Seen:
    """Whether a date had come on a day; partial dates come on their earliest day, an unknown one never.

    As texts, a partial date stands before its whole days and after every earlier one: they compare as they are.
    """

    def __init__(self, as_of: date) -> None:
        self._day = as_of.isoformat()

    def __call__(self, day: str | None) -> bool:
        return day is not None and day <= self._day

    def or_unknown(self, day: str | None) -> bool:
        """Return whether `day` had come, or is not known."""
        return day is None or day <= self._day


def up_to(record: PatientRecord, as_of: date) -> PatientRecord:
    """Return `record` as seen on `as_of`: partial dates count from their earliest day; errors are left out."""
    seen, today = _Seen(as_of), as_of.isoformat()

    def dated(entries: tuple[Any, ...]) -> tuple[Any, ...]:
        if not entries:
            return ()
        return tuple([one for one in entries if one.entered_in_error is None and one.date <= today])

    def kept(entries: tuple[Any, ...], view: Callable[[Any, _Seen], Any]) -> tuple[Any, ...]:
        if not entries:
            return ()
        views = [view(one, seen) for one in entries if one.entered_in_error is None]
        return tuple([one for one in views if one is not None])

    return PatientRecord(
        patient=_patient(record.patient, seen),
        diagnosis=None if record.diagnosis is None else _diagnosis(record.diagnosis, seen),
        staging=dated(record.staging),
        status=dated(record.status),
        conditions=dated(record.conditions),
        specimens=kept(record.specimens, _specimen),
        tests=kept(record.tests, _test),
        therapy_lines=kept(record.therapy_lines, _line),
        local_treatments=dated(record.local_treatments),
        assessments=dated(record.assessments),
        labs=dated(record.labs),
        examinations=dated(record.examinations),
        adverse_events=kept(record.adverse_events, _lasting),
        access=dated(record.access),
        trials=dated(record.trials),
        medicines=kept(record.medicines, _lasting),
        decisions=dated(record.decisions),
        notes=dated(record.notes),
    )


def _patient(patient: Patient, seen: _Seen) -> Patient:
    return patient if seen.or_unknown(patient.deceased_on) else replace(patient, deceased_on=None)


def _diagnosis(diagnosis: Diagnosis, seen: _Seen) -> Diagnosis | None:
    if not seen.or_unknown(diagnosis.date):
        return None
    if not seen.or_unknown(diagnosis.resected_on):
        return replace(diagnosis, resected=None, resected_on=None)
    return diagnosis


def _specimen(specimen: Specimen, seen: _Seen) -> Specimen | None:
    """A specimen of a later date reads as requested; without any date it has always been there."""
    if seen(specimen.date):
        return specimen
    if specimen.date is None:
        return specimen if seen.or_unknown(specimen.requested_on) else None
    if seen(specimen.requested_on):
        return replace(specimen, status="requested", date=None, adequate=None, histology=None)
    return None


def _test(test: MolecularTest, seen: _Seen) -> MolecularTest | None:
    """A test reads as requested before its report; a FISH reading is seen from its own date on."""
    if test.status == "failed" and test.reported_on is None:
        return test if seen.or_unknown(test.requested_on) else None
    fish = test.fish
    reported = test.status != "requested" and seen(test.reported_on)
    if fish is not None:
        readings = tuple([one for one in fish.readings if (seen(one.date) if one.date else reported)])
        if len(readings) != len(fish.readings) or not reported:
            fish = replace(fish, readings=readings, reported=fish.reported if reported else None)
    if reported:
        return test if fish is test.fish else replace(test, fish=fish)
    if fish is not None and not fish.readings:
        fish = None
    if not seen(test.requested_on) and fish is None:
        return None
    return replace(
        test, status="requested", reported_on=None, requested_on=test.requested_on if seen(test.requested_on) else None,
        ihc=None, fish=fish, rt_pcr=None, ngs=None, gene=None,
    )  # fmt: skip


def _line(line: TherapyLine, seen: _Seen) -> TherapyLine | None:
    if not seen.or_unknown(line.started_on):
        return None
    has_stopped = seen.or_unknown(line.stopped_on)
    if has_stopped and all(seen(one.from_) and seen.or_unknown(one.to) for one in line.doses):
        return line
    return replace(
        line,
        stopped_on=line.stopped_on if has_stopped else None,
        stop_reason=line.stop_reason if has_stopped else None,
        doses=tuple(one if seen.or_unknown(one.to) else replace(one, to=None) for one in line.doses if seen(one.from_)),
    )


def _lasting(entry: L, seen: _Seen) -> L | None:
    if not seen.or_unknown(entry.from_):
        return None
    return entry if seen.or_unknown(entry.to) else replace(entry, to=None)
