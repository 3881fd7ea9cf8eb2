"""A pasted report beside the record: units that fit, days that can be, nothing twice."""

from datetime import date
from decimal import Decimal

import pytest

from app.record.fields import EnteredInError
from app.record.lab import Lab
from app.services.lab_report import read_lab_report, usual_unit
from builders import a_record

TODAY = date(2014, 11, 5)


def lab(**named):
    return Lab(**{"id": "lab1", "date": "2014-10-01", "analyte": "ALT", "value": Decimal(40), "unit": "U/L", **named})


def only(text, record=None, day="2014-11-03"):
    (found,) = read_lab_report(text, record or a_record(), TODAY, day)
    return found


def test_a_value_without_a_day_is_of_the_day_that_is_given():
    found = only("ALT 180 U/L")
    assert (found.date, found.is_sure) == ("2014-11-03", True)
    assert only("12.03.2014 ALT 180 U/L").date == "2014-03-12"
    assert only("ALT 180 U/L", day="").doubts == {"date": "no day was found"}


@pytest.mark.parametrize(
    ("day", "why"),
    [("2014-11-06", "this day is still to come"), ("1964-05-01", "this day is before the date of birth")],
)
def test_a_day_that_cannot_be_is_doubtful(day, why):
    assert only("ALT 180 U/L", day=day).doubts == {"date": why}


def test_a_unit_that_was_not_printed_is_offered_and_never_taken_silently():
    found = only("ALT 180 (<40)")
    assert found.unit == "U/L"
    assert found.doubts == {"unit": "not printed; the usual one is offered"}


def test_the_usual_unit_is_the_one_the_record_last_had():
    record = a_record(lab(unit="ukat/L"), lab(id="lab2", date="2014-10-02", unit="U/L", value=None))
    assert usual_unit("ALT", record) == "ukat/L"
    assert usual_unit("ALT", record, apart_from="lab1") == "U/L"
    assert only("ALT 3,1", record).unit == "ukat/L"


def test_a_unit_of_another_kind_is_doubtful_and_one_of_the_same_kind_is_not():
    assert only("ALT 180 mmol/l").doubts == {"unit": "does not fit U/L, the usual one"}
    assert only("Creatinine 0,9 mg/dl").is_sure  # usually umol/L
    assert only("Hb 112 g/l").is_sure  # usually g/dL


def test_what_the_record_has_already_is_doubtful():
    record = a_record(lab(date="2014-11-03"))
    assert only("ALT 180 U/L", record).doubts == {"line": "the record has a value of 3 November 2014 already"}
    assert only("AST 95 U/L", record).is_sure
    wrong = a_record(lab(date="2014-11-03", entered_in_error=EnteredInError(reason="another patient")))
    assert only("ALT 180 U/L", wrong).is_sure
