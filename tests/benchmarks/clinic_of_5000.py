"""A clinic of invented patients, 25 entries each: five ways a course may stand on 1 November 2014."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from app.record.patient import GeneralPractitioner, Team
from app.record.record import Entry, PatientRecord
from builders import (
    a_baseline,
    a_decision,
    a_diagnosis,
    a_dose,
    a_fish,
    a_lab,
    a_line,
    a_local_treatment,
    a_new_lesion,
    a_node,
    a_note,
    a_patient,
    a_performance_status,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    a_test,
    an_adverse_event,
    an_assessment,
    an_examination,
    an_ihc,
)  # fmt: skip

AS_OF = date(2014, 11, 1)
ENTRIES = 25
LIVER = (("ALT", 30, "U/L", 40), ("AST", 25, "U/L", 35), ("ALP", 90, "U/L", 120), ("total_bilirubin", 9, "umol/L", 17))


def clinic(patients: int) -> Iterator[PatientRecord]:
    """Yield the patients: half of them run crizotinib, the others are before it, at its progression or after it."""
    courses = (_running, _progressed, _held, _later_line, _running, _untreated)
    for number in range(patients):
        yield _patient(number, courses[number % len(courses)](number))


def _patient(number: int, entries: list[Entry]) -> PatientRecord:
    notes = count(1)
    while len(entries) < ENTRIES:
        entries.append(a_note("Seen in clinic.", id=f"n{next(notes)}", date="2014-01-20"))
    assert len(entries) == ENTRIES
    person = a_patient(
        mrn=f"P-{number:05}", family_name=f"Example{number % 997}", given_name="Ada",
        gp=GeneralPractitioner(name="Dr Invented"), team=Team(nurse="nurse1"),
    )  # fmt: skip
    return a_record(*entries, patient=person, diagnosis=a_diagnosis())


def _tested(number: int) -> list[Entry]:
    return [
        a_performance_status(), a_specimen(), an_ihc(), a_fish(a_reading(20 + number % 20), a_reading(22, reader="B")),
        an_examination(), an_examination("echocardiogram", id="x2"), an_examination("ophthalmological", id="x3"),
        an_examination("respiratory", id="x4"),
    ]  # fmt: skip


def _liver(day: date, number: int, first: int, alt: int = 30) -> list[Entry]:
    values = [(name, alt if name == "ALT" else value, unit, upper) for name, value, unit, upper in LIVER]
    return [
        a_lab(name, value + number % 5, id=f"lab{first + place}", date=day.isoformat(), unit=unit, upper=upper)
        for place, (name, value, unit, upper) in enumerate(values)
    ]


def _running(number: int) -> list[Entry]:
    start = date(2014, 6, 2) + timedelta(days=number % 60)
    scan = (start + timedelta(days=56)).isoformat()
    return [
        *_tested(number),
        a_line(start=start.isoformat(), doses=(a_dose(from_=start.isoformat()),)),
        a_baseline(42, 20, a_node("N1", 16), date=(start - timedelta(days=4)).isoformat()),
        an_assessment(28, 15, a_node("N1", 9), date=scan, non_target="present", reported_response="PR"),
        *_liver(start + timedelta(days=14), number, 1), *_liver(start + timedelta(days=28), number, 5),
        a_lab("neutrophils", 4, id="lab9", date=scan, unit="10*9/L"),
        a_lab("platelets", 210, id="lab10", date=scan, unit="10*9/L"), an_adverse_event("nausea", grade=1),
    ]  # fmt: skip


def _progressed(number: int) -> list[Entry]:
    sites = a_progression(
        sites=("brain",), extent="oligometastatic" if number % 2 else "widespread", symptomatic=False, tempo="slow",
        local_treatment_possible=bool(number % 2),
    )  # fmt: skip
    last = an_assessment(
        20, 12, a_node("N1", 8), id="a3", date="2014-10-20", new_lesions=(a_new_lesion(),), progression=sites,
    )  # fmt: skip
    return [
        *_tested(number), a_line(doses=(a_dose(), a_dose(from_="2014-03-10", amount=200))),
        a_baseline(42, 20, a_node("N1", 16)), an_assessment(28, 15, a_node("N1", 9), reported_response="PR"),
        an_assessment(22, 14, a_node("N1", 9), id="a2", date="2014-07-01", reported_response="PR"), last,
        *_liver(date(2014, 9, 3), number, 1), *_liver(date(2014, 10, 6), number, 5),
        a_specimen("s2", None, purpose="re-biopsy", status="requested", requested_on="2014-10-25", prompted_by="a3"),
        a_test("t8", "ngs", None, specimen="s2", requested_on="2014-10-25"),
    ]  # fmt: skip


def _held(number: int) -> list[Entry]:
    return [
        *_tested(number), a_line(start="2014-09-01", doses=(a_dose(from_="2014-09-01"),)),
        a_baseline(42, 20, date="2014-08-28"), *_liver(date(2014, 9, 15), number, 1),
        *_liver(date(2014, 10, 20), number, 5, alt=230), an_adverse_event("hepatitis", from_="2014-10-20", grade=3),
    ]  # fmt: skip


def _later_line(number: int) -> list[Entry]:
    return [
        *_tested(number), a_line(stop="2014-06-02", stop_reason="progression", doses=(a_dose(),)),
        a_line("ceritinib", id="l2", start="2014-06-10"), a_baseline(42, 20),
        an_assessment(28, 15), an_assessment(40, 30, id="a2", date="2014-05-28", reported_response="PD"),
        an_assessment(24, 12, id="a3", date="2014-08-04", reported_response="PR"),
        a_decision("accepted", date="2014-06-03", rule="P7", action="switch", drug="ceritinib"),
        *_liver(date(2014, 7, 1), number, 1), a_local_treatment(date="2014-06-05"),
    ]  # fmt: skip


def _untreated(number: int) -> list[Entry]:
    tested = _tested(number)
    tested[3] = replace(tested[3], requested_on="2014-01-20")  # type: ignore[type-var]
    return [*tested, *_liver(date(2014, 10, 20), number, 1), a_performance_status(2, id="p2")]
