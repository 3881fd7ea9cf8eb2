"""A record as it was seen on a day: what came later, or was entered in error, is not there."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.record.adverse_event import AdverseEvent
from app.record.circumstances import Medicine
from app.record.dates import earliest_day
from app.record.molecular_test import MolecularTest
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.record.therapy_line import TherapyLine


def up_to(record: PatientRecord, as_of: date) -> PatientRecord:
    """Return `record` as seen on `as_of`: partial dates count from their earliest day; errors are left out."""

    def seen(day: str | None) -> bool:
        return day is not None and earliest_day(day) <= as_of

    def dated(entries: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(one for one in entries if one.entered_in_error is None and seen(one.date))

    def kept(entries: Iterable[Any], view: Callable[[Any], Any]) -> tuple[Any, ...]:
        views = (view(one) for one in entries if one.entered_in_error is None)
        return tuple(one for one in views if one is not None)

    patient, diagnosis = record.patient, record.diagnosis
    if patient.deceased_on is not None and not seen(patient.deceased_on):
        patient = replace(patient, deceased_on=None)
    if diagnosis is not None and diagnosis.date is not None and not seen(diagnosis.date):
        diagnosis = None
    if diagnosis is not None and diagnosis.resected_on is not None and not seen(diagnosis.resected_on):
        diagnosis = replace(diagnosis, resected=None, resected_on=None)
    return PatientRecord(
        patient=patient,
        diagnosis=diagnosis,
        staging=dated(record.staging),
        status=dated(record.status),
        conditions=dated(record.conditions),
        specimens=kept(record.specimens, lambda one: _specimen(one, seen)),
        tests=kept(record.tests, lambda one: _test(one, seen)),
        therapy_lines=kept(record.therapy_lines, lambda one: _line(one, seen)),
        local_treatments=dated(record.local_treatments),
        assessments=dated(record.assessments),
        labs=dated(record.labs),
        examinations=dated(record.examinations),
        adverse_events=kept(record.adverse_events, lambda one: _lasting(one, seen)),
        access=dated(record.access),
        trials=dated(record.trials),
        medicines=kept(record.medicines, lambda one: _lasting(one, seen)),
        decisions=dated(record.decisions),
        notes=dated(record.notes),
    )


Seen = Callable[[str | None], bool]


def _specimen(specimen: Specimen, seen: Seen) -> Specimen | None:
    if specimen.date is None or seen(specimen.date):
        return specimen
    if seen(specimen.requested_on):
        return replace(specimen, status="requested", date=None, adequate=None, histology=None)
    return None


def _test(test: MolecularTest, seen: Seen) -> MolecularTest | None:
    """A test reads as requested before its report; a FISH reading is seen from its own date on."""
    if test.status == "failed" and test.reported_on is None:
        return test if test.requested_on is None or seen(test.requested_on) else None
    fish = test.fish
    reported = test.status != "requested" and seen(test.reported_on)
    if fish is not None:
        readings = tuple(one for one in fish.readings if (seen(one.date) if one.date else reported))
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


def _line(line: TherapyLine, seen: Seen) -> TherapyLine | None:
    if line.started_on is not None and not seen(line.started_on):
        return None
    stopped = line.stopped_on is None or seen(line.stopped_on)
    doses = tuple(
        one if one.to is None or seen(one.to) else replace(one, to=None) for one in line.doses if seen(one.from_)
    )
    return replace(
        line,
        stopped_on=line.stopped_on if stopped else None,
        stop_reason=line.stop_reason if stopped else None,
        doses=doses,
    )


def _lasting(entry: AdverseEvent | Medicine, seen: Seen) -> AdverseEvent | Medicine | None:
    if entry.from_ is not None and not seen(entry.from_):
        return None
    return entry if entry.to is None or seen(entry.to) else replace(entry, to=None)
