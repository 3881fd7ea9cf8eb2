"""Sense across the fields and entries of a record: what cannot be true of any patient.

What a real record may hold until someone sorts it out (two lines open at once) is not here: the pathway says so.
Entries marked entered in error are kept whatever they say; only their ids must be unique.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.record.assessment import Assessment
from app.record.dates import earliest_day, is_surely_before
from app.record.molecular_test import MolecularTest
from app.record.reading import Fault, path_text
from app.record.record import SECTIONS, PatientRecord
from app.record.therapy_line import TherapyLine

# Dates of the keeping of the record, not of the patient's course: they may follow a death.
AFTER_DEATH = frozenset({"decisions", "notes"})
DATE_FIELDS = ("date", "requested_on", "reported_on", "started_on", "stopped_on", "from_", "to", "resected_on")
PARTS = ("doses",)


def faults_of(record: PatientRecord, today: date) -> tuple[Fault, ...]:
    """Return every fault of the whole record, in the order of the format; `today` is the last day there is."""
    return tuple(_all_faults(record, today))


def _all_faults(record: PatientRecord, today: date) -> Iterator[Fault]:
    yield from _dates_of(record, today)
    yield from _ids(record)
    ids = {section: {one.id for one in getattr(record, section)} for section in SECTIONS}
    for section, index, entry in _numbered(record):
        at: tuple[str | int, ...] = (section, index)
        if section == "specimens" or section == "local_treatments":
            yield from _reference(at, "prompted_by", entry.prompted_by, ids["assessments"], "an assessment")
        elif section == "tests":
            yield from _reference(at, "specimen", entry.specimen, ids["specimens"], "a specimen")
            yield from _test(at, entry, record)
        elif section == "therapy_lines":
            yield from _line(at, entry)
        elif section == "assessments":
            yield from _assessment(at, entry)
        elif section in ("adverse_events", "medicines"):
            yield from _order(at, "to", entry.to, "from", entry.from_)


def _numbered(record: PatientRecord) -> Iterator[tuple[str, int, Any]]:
    for section in SECTIONS:
        for index, entry in enumerate(getattr(record, section)):
            if entry.entered_in_error is None:
                yield section, index, entry


def _ids(record: PatientRecord) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for section in SECTIONS:
        for index, entry in enumerate(getattr(record, section)):
            path = path_text((section, index))
            if entry.id in first:
                yield Fault(f"{path}.id", f"{entry.id} is already the id of {first[entry.id]}")
            first.setdefault(entry.id, path)


def _reference(at: tuple[str | int, ...], name: str, value: str | None, known: set[str], what: str) -> Iterator[Fault]:
    if value is not None and value not in known:
        yield Fault(path_text((*at, name)), f"{value} is not the id of {what} in this record")


def _order(at: tuple[str | int, ...], name: str, value: str | None, start: str, since: str | None) -> Iterator[Fault]:
    if value is not None and since is not None and is_surely_before(value, since):
        yield Fault(path_text((*at, name)), f"{value} is before {start} {since}")


def _dates_of(record: PatientRecord, today: date) -> Iterator[Fault]:
    """Every date lies between birth and today, and none of the course after death."""
    patient = record.patient
    everything: list[tuple[tuple[str | int, ...], str, bool]] = []

    def collect(at: tuple[str | int, ...], value: Any, mortal: bool) -> None:
        for name in DATE_FIELDS:
            day = getattr(value, name, None)
            if isinstance(day, str):
                everything.append(((*at, name.rstrip("_")), day, mortal))

    if patient.birth_date is not None:
        everything.append((("patient", "birth_date"), patient.birth_date, True))
    if patient.deceased_on is not None:
        everything.append((("patient", "deceased_on"), patient.deceased_on, False))
    if record.diagnosis is not None:
        collect(("diagnosis",), record.diagnosis, True)
    for section, index, entry in _numbered(record):
        at: tuple[str | int, ...] = (section, index)
        collect(at, entry, section not in AFTER_DEATH)
        if section == "decisions":
            everything.append(((*at, "as_of"), entry.as_of, False))
        for part, values in (("doses", getattr(entry, "doses", ())), ("readings", _readings(entry))):
            place = (*at, "fish", part) if part == "readings" else (*at, part)
            for number, value in enumerate(values):
                collect((*place, number), value, True)
    for parts, day, mortal in everything:
        path = path_text(parts)
        if earliest_day(day) > today:
            yield Fault(path, f"{day} is in the future (today is {today.isoformat()})")
        elif patient.birth_date and is_surely_before(day, patient.birth_date):
            yield Fault(path, f"{day} is before the date of birth {patient.birth_date}")
        elif mortal and patient.deceased_on and is_surely_before(patient.deceased_on, day):
            yield Fault(path, f"{day} is after the date of death {patient.deceased_on}")


def _readings(entry: Any) -> tuple[Any, ...]:
    fish = getattr(entry, "fish", None)
    return fish.readings if fish is not None else ()


def _test(at: tuple[str | int, ...], test: MolecularTest, record: PatientRecord) -> Iterator[Fault]:
    specimen = next((one for one in record.specimens if one.id == test.specimen), None)
    taken = specimen.date if specimen is not None and specimen.entered_in_error is None else None
    if test.status == "final":
        if test.reported_on is None:
            yield Fault(path_text((*at, "reported_on")), "is missing: a final test has the date of its report")
        if getattr(test, test.method) is None:
            yield Fault(path_text((*at, test.method)), "is missing: a final test has its result")
    for method in ("ihc", "fish", "rt_pcr", "ngs", "gene"):
        if method != test.method and getattr(test, method) is not None:
            yield Fault(path_text((*at, method)), f"does not belong to a test whose method is {test.method}")
    yield from _order(at, "reported_on", test.reported_on, "the specimen of", taken)
    yield from _order(at, "reported_on", test.reported_on, "requested_on", test.requested_on)
    if test.fish is not None:
        for index, reading in enumerate(test.fish.readings):
            place = (*at, "fish", "readings", index)
            positive = (reading.split or 0) + (reading.single_red or 0)
            if reading.cells is not None and positive > reading.cells:
                yield Fault(path_text(place), f"{positive} positive of {reading.cells} cells is more than 100 %")
            yield from _order(place, "date", reading.date, "the specimen of", taken)


def _line(at: tuple[str | int, ...], line: TherapyLine) -> Iterator[Fault]:
    yield from _order(at, "stopped_on", line.stopped_on, "started_on", line.started_on)
    for index, dose in enumerate(line.doses):
        place = (*at, "doses", index)
        if dose.drug not in line.drugs:
            yield Fault(
                path_text((*place, "drug")), f"{dose.drug} is not a drug of this line ({', '.join(line.drugs)})"
            )
        yield from _order(place, "from", dose.from_, "started_on", line.started_on)
        yield from _order(place, "to", dose.to, "from", dose.from_)


def _assessment(at: tuple[str | int, ...], assessment: Assessment) -> Iterator[Fault]:
    names = [lesion.lesion for lesion in assessment.target_lesions]
    for index, lesion in enumerate(assessment.target_lesions):
        place = (*at, "target_lesions", index)
        if lesion.lesion in names[:index]:
            yield Fault(path_text((*place, "lesion")), f"{lesion.lesion} is measured twice in this assessment")
        for name in ("merged_with", "split_from"):
            other = getattr(lesion, name)
            if other is not None and (other not in names or other == lesion.lesion):
                yield Fault(path_text((*place, name)), f"{other} is not another target lesion of this assessment")
