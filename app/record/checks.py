"""Sense across the fields and entries of a record: what cannot be true of any patient.

What a real record may hold until someone sorts it out (two lines open at once) is not here: the pathway says so.
Entries marked entered in error are kept whatever they say; only their ids must be unique.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from app.record.assessment import Assessment
from app.record.dates import earliest_day, is_surely_before
from app.record.molecular_test import MolecularTest
from app.record.reading import Fault, path_text
from app.record.record import REFERENCES, SECTIONS, PatientRecord
from app.record.therapy_line import TherapyLine
from app.words import _

Place = tuple[str | int, ...]

# Dates of the keeping of the record, not of the patient's course: they may follow a death.
AFTER_DEATH = frozenset({"decisions", "notes"})
DATE_FIELDS = ("date", "as_of", "requested_on", "reported_on", "started_on", "stopped_on", "from_", "to", "resected_on")
ORDER = {name: number for number, name in enumerate(("patient", "diagnosis", *SECTIONS))}
METHODS = ("ihc", "fish", "rt_pcr", "ngs", "gene")


def faults_of(record: PatientRecord, today: date, *, unsure: Collection[str] = ()) -> tuple[Fault, ...]:
    """Return every fault of the whole record, in the order of the format; `today` is the last day there is.

    References into the lists named by `unsure` are not looked at: their ids could not all be read.
    """
    return tuple(in_order(_all_faults(record, today, unsure)))


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults in the order of the lists of the format and of the entries in them."""

    def place(fault: Fault) -> tuple[int, int]:
        section, _bracket, rest = fault.path.partition("[")
        number = rest.partition("]")[0]
        name = section.partition(".")[0]
        return ORDER.get(name, -1), int(number) if number.isdecimal() else 0

    return sorted(faults, key=place)


def _all_faults(record: PatientRecord, today: date, unsure: Collection[str]) -> Iterator[Fault]:
    yield from _dates(record, today)
    yield from _ids(record)
    ids = {section: {one.id for one in getattr(record, section)} for _field, section in REFERENCES.values()}
    missing = {
        "assessments": _("{id} is not the id of an assessment in this record"),
        "specimens": _("{id} is not the id of a specimen in this record"),
    }
    for section, index, entry in _numbered(record):
        at: Place = (section, index)
        field, other = REFERENCES.get(section, ("", ""))
        if field and other not in unsure:
            yield from _reference((*at, field), getattr(entry, field), ids[other], missing[other])
        if section == "tests":
            yield from _test(at, entry, record)
        elif section == "therapy_lines":
            yield from _line(at, entry)
        elif section == "assessments":
            yield from _assessment(at, entry)
        elif section in ("adverse_events", "medicines"):
            yield from _order((*at, "to"), entry.to, "from", entry.from_)


def _numbered(record: PatientRecord) -> Iterator[tuple[str, int, Any]]:
    """Yield the entries that count, each with its list and its place there."""
    for section in SECTIONS:
        for index, entry in enumerate(getattr(record, section)):
            if entry.entered_in_error is None:
                yield section, index, entry


def _ids(record: PatientRecord) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for section in SECTIONS:
        for index, entry in enumerate(getattr(record, section)):
            path = path_text((section, index))
            if entry.id is not None and entry.id in first:
                sentence = _("{id} is already the id of {path}").format(id=entry.id, path=first[entry.id])
                yield Fault(f"{path}.id", sentence)
            first.setdefault(entry.id, path)


def _reference(at: Place, value: str | None, known: set[str], what: str) -> Iterator[Fault]:
    if value is not None and value not in known:
        yield Fault(path_text(at), what.format(id=value))


def _order(at: Place, value: str | None, start: str, since: str | None) -> Iterator[Fault]:
    if value is not None and since is not None and is_surely_before(value, since):
        sentence = _("{day} is before {start} {since}").format(day=value, start=start, since=since)
        yield Fault(path_text(at), sentence)


def _dates(record: PatientRecord, today: date) -> Iterator[Fault]:
    """Every date lies between birth and today, and none of the course after death."""
    birth, death = record.patient.birth_date, record.patient.deceased_on
    for at, day, is_of_course in _all_dates(record):
        if earliest_day(day) > today:
            sentence = _("{day} is in the future (today is {today})").format(day=day, today=today.isoformat())
        elif birth and is_surely_before(day, birth):
            sentence = _("{day} is before the date of birth {birth}").format(day=day, birth=birth)
        elif is_of_course and death and is_surely_before(death, day):
            sentence = _("{day} is after the date of death {death}").format(day=day, death=death)
        else:
            continue
        yield Fault(path_text(at), sentence)


def _all_dates(record: PatientRecord) -> Iterator[tuple[Place, str, bool]]:
    """Yield every date with its place, and whether it is of the patient's course."""
    patient = record.patient
    yield from ((("patient", "birth_date"), day, False) for day in [patient.birth_date] if day)
    yield from ((("patient", "deceased_on"), day, False) for day in [patient.deceased_on] if day)
    if record.diagnosis is not None:
        yield from _dates_in(("diagnosis",), record.diagnosis, True)
    for section in SECTIONS:
        for index, entry in enumerate(getattr(record, section)):
            at: Place = (section, index)
            if entry.entered_in_error is not None:
                if entry.entered_in_error.on is not None:
                    yield (*at, "entered_in_error", "on"), entry.entered_in_error.on, False
                continue
            yield from _dates_in(at, entry, section not in AFTER_DEATH)
            if section == "therapy_lines":
                for number, dose in enumerate(entry.doses):
                    yield from _dates_in((*at, "doses", number), dose, True)
            elif section == "tests" and entry.fish is not None:
                for number, reading in enumerate(entry.fish.readings):
                    yield from _dates_in((*at, "fish", "readings", number), reading, True)


def _dates_in(at: Place, value: Any, is_of_course: bool) -> Iterator[tuple[Place, str, bool]]:
    for name in DATE_FIELDS:
        day = getattr(value, name, None)
        if day is not None:
            yield (*at, name.rstrip("_")), day, is_of_course


def _test(at: Place, test: MolecularTest, record: PatientRecord) -> Iterator[Fault]:
    specimen = next((one for one in record.specimens if one.id == test.specimen), None)
    taken = specimen.date if specimen is not None and specimen.entered_in_error is None else None
    if test.status == "final":
        if test.reported_on is None:
            yield Fault(path_text((*at, "reported_on")), _("is missing: a final test has the date of its report"))
        if test.method in METHODS and getattr(test, test.method) is None:
            yield Fault(path_text((*at, test.method)), _("is missing: a final test has its result"))
    for method in METHODS:
        if test.method in METHODS and method != test.method and getattr(test, method) is not None:
            sentence = _("does not belong to a test whose method is {method}").format(method=test.method)
            yield Fault(path_text((*at, method)), sentence)
    yield from _order((*at, "reported_on"), test.reported_on, _("the specimen of"), taken)
    yield from _order((*at, "reported_on"), test.reported_on, "requested_on", test.requested_on)
    for index, reading in enumerate(test.fish.readings if test.fish is not None else ()):
        place = (*at, "fish", "readings", index)
        positive = (reading.split or 0) + (reading.single_red or 0)
        if reading.cells is not None and positive > reading.cells:
            sentence = _("{positive} positive of {cells} cells is more than 100 %")
            yield Fault(path_text(place), sentence.format(positive=positive, cells=reading.cells))
        yield from _order((*place, "date"), reading.date, _("the specimen of"), taken)


def _line(at: Place, line: TherapyLine) -> Iterator[Fault]:
    yield from _order((*at, "stopped_on"), line.stopped_on, "started_on", line.started_on)
    for index, dose in enumerate(line.doses):
        place = (*at, "doses", index)
        if line.drugs and dose.drug not in line.drugs:
            sentence = _("{drug} is not a drug of this line ({drugs})")
            yield Fault(path_text((*place, "drug")), sentence.format(drug=dose.drug, drugs=", ".join(line.drugs)))
        yield from _order((*place, "from"), dose.from_, "started_on", line.started_on)
        yield from _order((*place, "to"), dose.to, "from", dose.from_)


def _assessment(at: Place, assessment: Assessment) -> Iterator[Fault]:
    names = [lesion.lesion for lesion in assessment.target_lesions]
    for index, lesion in enumerate(assessment.target_lesions):
        place = (*at, "target_lesions", index)
        if lesion.lesion in names[:index]:
            sentence = _("{lesion} is measured twice in this assessment").format(lesion=lesion.lesion)
            yield Fault(path_text((*place, "lesion")), sentence)
        for name in ("merged_with", "split_from"):
            other = getattr(lesion, name)
            if other is not None and (other not in names or other == lesion.lesion):
                sentence = _("{lesion} is not another target lesion of this assessment").format(lesion=other)
                yield Fault(path_text((*place, name)), sentence)
