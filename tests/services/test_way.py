"""The way over the stages: advice of earlier days, each stage with its days and its line."""

from datetime import date

import pytest

from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.way import way_of
from builders import (
    a_baseline,
    a_diagnosis,
    a_fish,
    a_line,
    a_patient,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    an_assessment,
)

DAY = date(2014, 12, 1)


@pytest.fixture(scope="module")
def advising():
    return Advising(Clinic(None))


def a_course(*more, **given):
    return a_record(
        a_specimen(date="2014-01-12"),
        a_fish(a_reading(33), reported_on="2014-01-22"),
        a_baseline(66),
        an_assessment(70, id="a2", date="2014-10-28", progression=a_progression(sites=("brain",))),
        *more,
        diagnosis=a_diagnosis(),
        **given,
    )


def said(way):
    return [(one.stage, one.since.isoformat(), one.line.number if one.line else None) for one in way]


def test_every_stage_has_the_day_on_which_it_began(advising):
    way = way_of(advising, a_course(a_line(start="2014-02-03")), DAY)
    assert said(way) == [
        ("testing", "2014-01-12", None),
        ("baseline", "2014-01-22", None),
        ("first_line", "2014-02-03", 1),
        ("on_treatment", "2014-02-03", 1),
        ("progression", "2014-10-28", 1),
    ]
    assert [one.until for one in way] == [
        date(2014, 1, 22),
        date(2014, 2, 3),
        date(2014, 2, 3),
        date(2014, 10, 28),
        None,
    ]


def test_a_next_line_was_chosen_at_the_stage_of_further_lines(advising):
    lines = (a_line(start="2014-02-03", stop="2014-11-10", stop_reason="progression"),
             a_line("ceritinib", id="l2", start="2014-11-10"))  # fmt: skip
    assert said(way_of(advising, a_course(*lines), DAY))[-2:] == [
        ("further_line", "2014-11-10", 2),
        ("on_treatment", "2014-11-10", 2),
    ]


def test_the_way_ends_where_the_advice_of_the_day_is(advising):
    record = a_course(a_line(start="2014-02-03"))
    for day in (date(2014, 1, 15), date(2014, 1, 30), date(2014, 5, 1), DAY):
        assert way_of(advising, record, day)[-1].stage == advising.advise(record, day).stage


def test_nothing_later_and_nothing_in_error_is_on_it(advising):
    assert said(way_of(advising, a_course(a_line(start="2014-02-03")), date(2014, 1, 23)))[-1][0] == "baseline"
    assert said(way_of(advising, a_record(), DAY)) == [("testing", "2014-12-01", None)]


def test_death_ends_it(advising):
    record = a_course(a_line(start="2014-02-03"), patient=a_patient(deceased_on="2014-11-20"))
    assert said(way_of(advising, record, DAY))[-1][:2] == ("off_pathway", "2014-11-20")
