"""Sense across entries: what is refused, and what only looks strange."""

import pytest

SPECIMEN = {"id": "s1", "date": "2014-01-12", "kind": "tissue", "purpose": "diagnosis"}
LINE = {"id": "l1", "drugs": ["crizotinib"], "started_on": "2014-05-12"}
CT = {"id": "a1", "date": "2014-04-01", "modality": "ct"}
DOSE = {"drug": "crizotinib", "from": "2014-05-12", "frequency": "twice_daily"}


def a_test(**given):
    return {"id": "t1", "specimen": "s1", "method": "ihc", "status": "requested", **given}


REFUSED = [
    ({"therapy_lines": [LINE, {**LINE, "id": "l2", "stopped_on": "2014-03-01"}]},
     "therapy_lines[1].stopped_on: 2014-03-01 is before started_on 2014-05-12"),
    ({"assessments": [{**CT, "date": "1950-01-01"}]},
     "assessments[0].date: 1950-01-01 is before the date of birth 1964-05-02"),
    ({"notes": [{"date": "1963", "text": "x"}]}, "notes[0].date: 1963 is before the date of birth 1964-05-02"),
    ({"assessments": [{**CT, "date": "2016-06-02"}]},
     "assessments[0].date: 2016-06-02 is in the future (today is 2016-06-01)"),
    ({"labs": [{"date": "2016-07", "analyte": "ALT"}]},
     "labs[0].date: 2016-07 is in the future (today is 2016-06-01)"),
    ({"diagnosis": {"date": "2017", "resected_on": "2018"}},
     "diagnosis.date: 2017 is in the future (today is 2016-06-01)",
     "diagnosis.resected_on: 2018 is in the future (today is 2016-06-01)"),
    ({"decisions": [{"date": "2014-01-01", "as_of": "2020", "rule": "P4", "action": "switch", "verdict": "accepted"}]},
     "decisions[0].as_of: 2020 is in the future (today is 2016-06-01)"),
    ({"notes": [{"date": "2014-01-01", "text": "x", "entered_in_error": {"on": "2020"}}]},
     "notes[0].entered_in_error.on: 2020 is in the future (today is 2016-06-01)"),
    ({"specimens": [SPECIMEN],
      "tests": [a_test(status="final", reported_on="2014-01-02", ihc={"intensity": 3})]},
     "tests[0].reported_on: 2014-01-02 is before the specimen of 2014-01-12"),
    ({"specimens": [SPECIMEN], "tests": [a_test(requested_on="2014-02-03", reported_on="2014-02-02")]},
     "tests[0].reported_on: 2014-02-02 is before requested_on 2014-02-03"),
    ({"specimens": [SPECIMEN], "tests": [a_test(method="fish", fish={"readings": [{"date": "2014-01-02"}]})]},
     "tests[0].fish.readings[0].date: 2014-01-02 is before the specimen of 2014-01-12"),
    ({"specimens": [SPECIMEN], "tests": [a_test(status="final")]},
     "tests[0].reported_on: is missing: a final test has the date of its report",
     "tests[0].ihc: is missing: a final test has its result"),
    ({"specimens": [SPECIMEN], "tests": [a_test(fish={"fields": 4})]},
     "tests[0].fish: does not belong to a test whose method is ihc"),
    ({"specimens": [SPECIMEN],
      "tests": [a_test(method="fish", fish={"readings": [{"cells": 50, "split": 49, "single_red": 2}]})]},
     "tests[0].fish.readings[0]: 51 positive of 50 cells is more than 100 %"),
    ({"specimens": [SPECIMEN], "tests": [a_test(ihc={"percent_cells": 101})]},
     "tests[0].ihc.percent_cells: must not be above 100"),
    ({"tests": [a_test()]}, "tests[0].specimen: s1 is not the id of a specimen in this record"),
    ({"specimens": [{**SPECIMEN, "prompted_by": "a9"}]},
     "specimens[0].prompted_by: a9 is not the id of an assessment in this record"),
    ({"specimens": [{**SPECIMEN, "prompted_by": "s1"}]},
     "specimens[0].prompted_by: s1 is not the id of an assessment in this record"),
    ({"local_treatments": [{"date": "2014-11-02", "kind": "surgery", "site": "brain", "prompted_by": "a9"}]},
     "local_treatments[0].prompted_by: a9 is not the id of an assessment in this record"),
    ({"assessments": [CT, CT]}, "assessments[1].id: a1 is already the id of assessments[0]"),
    ({"assessments": [CT], "notes": [{"id": "a1", "date": "2014-01-01", "text": "x"}]},
     "notes[0].id: a1 is already the id of assessments[0]"),
    ({"therapy_lines": [{**LINE, "doses": [{**DOSE, "from": "2014-05-11"}]}]},
     "therapy_lines[0].doses[0].from: 2014-05-11 is before started_on 2014-05-12"),
    ({"therapy_lines": [{**LINE, "doses": [{**DOSE, "to": "2014-05-11"}]}]},
     "therapy_lines[0].doses[0].to: 2014-05-11 is before from 2014-05-12"),
    ({"therapy_lines": [{**LINE, "doses": [{**DOSE, "drug": "ceritinib"}]}]},
     "therapy_lines[0].doses[0].drug: ceritinib is not a drug of this line (crizotinib)"),
    ({"adverse_events": [{"term": "rash", "from": "2014-06-01", "to": "2014-05"}]},
     "adverse_events[0].to: 2014-05 is before from 2014-06-01"),
    ({"medicines": [{"name": "rifampicin", "from": "2014-06-01", "to": "2013"}]},
     "medicines[0].to: 2013 is before from 2014-06-01"),
    ({"assessments": [{**CT, "target_lesions": [{"lesion": "T1", "site": "lung"}, {"lesion": "T1", "site": "lung"}]}]},
     "assessments[0].target_lesions[1].lesion: T1 is measured twice in this assessment"),
    ({"assessments": [{**CT, "target_lesions": [{"lesion": "T1", "site": "lung", "merged_with": "T2"}]}]},
     "assessments[0].target_lesions[0].merged_with: T2 is not another target lesion of this assessment"),
    ({"assessments": [{**CT, "target_lesions": [{"lesion": "T1", "site": "lung", "split_from": "T1"}]}]},
     "assessments[0].target_lesions[0].split_from: T1 is not another target lesion of this assessment"),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[1])
def test_what_cannot_be_true_of_any_patient_is_refused(a_file, faults, case):
    sections, *lines = case
    assert faults(a_file(**sections)) == lines


ACCEPTED = {
    "two palliative lines open at once": {"therapy_lines": [LINE, {**LINE, "id": "l2"}]},
    "a response before its line": {"therapy_lines": [LINE], "assessments": [{**CT, "reported_response": "PR"}]},
    "a positive and a negative FISH of one specimen": {
        "specimens": [SPECIMEN],
        "tests": [
            a_test(id=id, method="fish", status="final", reported_on="2014-01-22", fish={"reported": word})
            for id, word in (("t1", "positive"), ("t2", "negative"))
        ],
    },
    "a stop reason without a stop": {"therapy_lines": [{**LINE, "stop_reason": "toxicity"}]},
    "a dose after the end of its line": {
        "therapy_lines": [{**LINE, "stopped_on": "2014-06-01", "doses": [{**DOSE, "from": "2014-07-01"}]}]
    },
    "a range that partial dates leave open": {
        "therapy_lines": [{**LINE, "started_on": "2014-03-10", "stopped_on": "2014-03"}],
        "assessments": [{**CT, "date": "1964"}],
    },
    "this year, before it is over": {"assessments": [{**CT, "date": "2016"}]},
    "today": {"assessments": [{**CT, "date": "2016-06-01"}]},
    "a line of unknown start": {"therapy_lines": [{**LINE, "started_on": None, "stopped_on": "2014-06-01"}]},
    "a requested test of a specimen still to be taken": {
        "specimens": [{**SPECIMEN, "date": None, "status": "requested"}],
        "tests": [a_test()],
    },
    "a test of the day its specimen was taken": {
        "specimens": [SPECIMEN],
        "tests": [a_test(status="final", reported_on="2014-01-12", ihc={})],
    },
    "all cells positive": {
        "specimens": [SPECIMEN],
        "tests": [a_test(method="fish", fish={"readings": [{"cells": 50, "split": 50}]})],
    },
    "an entry in error, whatever it says": {
        "specimens": [{**SPECIMEN, "date": "2099", "prompted_by": "nobody", "entered_in_error": {}}],
        "tests": [a_test(specimen="s1", status="final", reported_on="1990", ihc={})],
    },
    "an adverse event of any name": {"adverse_events": [{"term": "torsade de pointes", "from": "2014"}]},
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_a_real_record_may_hold_is_accepted(a_file, faults, name):
    assert faults(a_file(**ACCEPTED[name])) == []


def test_nothing_of_the_course_is_after_death_but_notes_and_decisions_may_be(a_file, faults):
    data = a_file(
        assessments=[{**CT, "date": "2015-01-02"}],
        therapy_lines=[{**LINE, "stopped_on": "2015-01-02"}],
        notes=[{"date": "2015-02-01", "text": "x"}],
        decisions=[{"date": "2015-02-01", "as_of": "2015-02-01", "rule": "H1", "action": "x", "verdict": "accepted"}],
        labs=[{"date": "2015-01", "analyte": "ALT"}],
    )
    data["patient"]["deceased_on"] = "2015-01-01"
    assert faults(data) == [
        "therapy_lines[0].stopped_on: 2015-01-02 is after the date of death 2015-01-01",
        "assessments[0].date: 2015-01-02 is after the date of death 2015-01-01",
    ]


def test_nobody_dies_before_birth_or_in_the_future(a_file, faults):
    data = a_file()
    data["patient"]["deceased_on"] = "1960"
    assert faults(data) == ["patient.deceased_on: 1960 is before the date of birth 1964-05-02"]
    data["patient"]["deceased_on"] = "2020"
    assert faults(data) == ["patient.deceased_on: 2020 is in the future (today is 2016-06-01)"]


def test_without_a_date_of_birth_no_date_is_before_it(a_file, faults):
    data = a_file(assessments=[{**CT, "date": "1900"}])
    del data["patient"]["birth_date"]
    assert faults(data) == []
