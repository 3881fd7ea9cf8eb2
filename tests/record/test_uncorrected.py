"""A record without its corrections: what was put right is as it was, what has come since stays."""

from dataclasses import replace
from datetime import date

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from random_courses import courses
from record_strategies import records

from app.record.fields import EnteredInError
from app.record.record import SECTIONS
from app.record.uncorrected import uncorrected
from app.record.views import up_to
from builders import a_diagnosis, a_dose, a_lab, a_line, a_patient, a_record, an_assessment

DAY = date(2014, 6, 1)
WRONG = EnteredInError(on="2014-07-01", reason="another patient")


def test_a_value_that_was_put_right_is_as_it_was():
    then = a_record(a_lab("ALT", 66, unit="U/L"))
    assert uncorrected(a_record(a_lab("ALT", 61, unit="U/L")), then, DAY) == then


def test_what_has_come_since_stays_in_an_entry_whose_beginning_was_put_right():
    then = a_record(a_line(start="2014-02-03"))
    now = a_record(a_line(start="2014-02-04", stop="2014-09-01", stop_reason="progression"))
    assert uncorrected(now, then, DAY) == a_record(
        a_line(start="2014-02-03", stop="2014-09-01", stop_reason="progression")
    )


def test_a_dose_that_has_come_since_stays_where_the_first_one_was_put_right():
    since = a_dose(from_="2014-09-01", amount=150)
    then = a_record(a_line(doses=(a_dose(from_="2014-02-03", amount=250),)))
    now = a_record(a_line(doses=(a_dose(from_="2014-02-03", amount=200), since)))
    (line,) = uncorrected(now, then, DAY).therapy_lines
    assert line.doses == (a_dose(from_="2014-02-03", amount=250), since)


def test_what_was_marked_in_error_or_taken_back_is_there_again():
    then = a_record(a_lab("ALT", 66, id="lab1"), a_lab("AST", 50, id="lab2"))
    now = a_record(a_lab("ALT", 66, id="lab1", entered_in_error=WRONG))
    assert uncorrected(now, then, DAY) == then


def test_a_mark_of_error_that_was_taken_back_is_there_again_too():
    then = a_record(a_lab("ALT", 66, entered_in_error=WRONG))
    assert uncorrected(a_record(a_lab("ALT", 66)), then, DAY) == then


def test_what_was_entered_in_the_place_of_another_entry_is_not_there():
    then = a_record(a_lab("ALT", 66, id="lab1"))
    marked = a_lab("ALT", 66, id="lab1", entered_in_error=WRONG)
    assert uncorrected(a_record(marked, a_lab("ALT", 61, id="lab2")), then, DAY) == then
    # Of another day only when nothing else differs: the day was what was wrong.
    assert uncorrected(a_record(marked, a_lab("ALT", 66, id="lab2", date="2014-02-18")), then, DAY) == then


def test_what_was_entered_late_is_news_and_stays():
    then = a_record(a_lab("ALT", 66, id="lab1"))
    late = a_lab("AST", 50, id="lab2"), an_assessment(20)
    assert uncorrected(a_record(a_lab("ALT", 61, id="lab1"), *late), then, DAY) == a_record(
        a_lab("ALT", 66, id="lab1"), *late
    )


def test_the_patient_and_the_diagnosis_are_as_they_were():
    then = a_record(patient=a_patient(given_name="Ada"), diagnosis=a_diagnosis(stage="IV"))
    now = a_record(patient=a_patient(given_name="Eda"), diagnosis=a_diagnosis(stage="IIIB"))
    assert uncorrected(now, then, DAY) == then


@given(records() | courses())
@settings(deadline=None)
def test_a_record_in_which_nothing_was_put_right_is_the_same(record):
    assert uncorrected(record, record, DAY) == record


@given(records(), records(), st.data())
@settings(deadline=None, max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_whatever_was_put_right_of_entries_that_are_still_there_is_as_it_was(then, other, data):
    """Entries of the one record get the contents that entries of another one have, or are marked in error."""
    day = date(2030, 1, 1)  # everything has come
    seen, other, changed = up_to(then, day), up_to(other, day), {}
    for section in SECTIONS:
        others = list(getattr(other, section))
        entries = []
        for entry in getattr(seen, section):
            how = data.draw(st.sampled_from(["stays", "changed", "marked"]))
            if how == "changed" and others:
                entries.append(replace(others.pop(), id=entry.id, entered_in_error=None))
            else:
                entries.append(replace(entry, entered_in_error=WRONG) if how == "marked" else entry)
        changed[section] = tuple(entries)
    now = replace(seen, **changed)
    assert up_to(uncorrected(now, seen, day), day) == seen
    # And from the other side: what was in error then and is not now.
    assert up_to(uncorrected(seen, now, day), day) == up_to(now, day)
