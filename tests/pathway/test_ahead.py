"""What will be due in the weeks ahead, were each check done on its day."""

from datetime import date

import pytest
from pathway.course_builders import POSITIVE, course, line, protocol
from pathway.hold_cases import alt

from app.pathway.ahead import ahead
from app.pathway.engine import advise

CRIZOTINIB = line("crizotinib", start="2014-02-03")


def planned(record, on, until="2014-06-30", **parameters):
    day = date.fromisoformat(on)
    advice = advise(record, protocol(), day, parameters=parameters)
    return {(one.what, one.rule): one for one in ahead(protocol(), record, advice, date.fromisoformat(until))}


def days(one):
    return [each.isoformat() for each in (one.due_on, *one.again)]


def test_liver_values_are_planned_weekly_for_two_months_then_monthly():
    liver = planned(course(POSITIVE, CRIZOTINIB), "2014-02-03")["liver_function_tests", "M1"]
    assert (liver.every, liver.later) == ("7 days", "1 month")
    assert days(liver) == [
        "2014-02-10", "2014-02-17", "2014-02-24", "2014-03-03", "2014-03-10", "2014-03-17", "2014-03-24",
        "2014-03-31", "2014-04-07", "2014-05-07", "2014-06-07",
    ]  # fmt: skip


def test_a_clinic_on_the_schedule_of_the_us_plans_every_two_weeks():
    liver = planned(course(POSITIVE, CRIZOTINIB), "2014-02-03", "2014-03-31", monitoring_schedule="US")[
        "liver_function_tests", "M1"
    ]
    assert liver.every == "14 days"
    assert days(liver) == ["2014-02-17", "2014-03-03", "2014-03-17", "2014-03-31"]


def test_what_is_overdue_keeps_its_day_and_is_counted_on_from_today():
    count = planned(course(POSITIVE, CRIZOTINIB), "2014-05-20", "2014-07-31")["blood_count", "M2"]
    assert (count.every, count.later, count.overdue_days) == ("1 month", "", 78)
    assert days(count) == ["2014-03-03", "2014-06-20", "2014-07-20"]


def test_while_a_liver_value_is_raised_the_plan_stays_weekly():
    record = course(POSITIVE, CRIZOTINIB, alt("2014-05-19", 4))
    liver = planned(record, "2014-05-20", "2014-06-15")["liver_function_tests", "M1"]
    assert days(liver)[1:] == ["2014-05-27", "2014-06-03", "2014-06-10"]
    assert (liver.every, liver.later) == ("7 days", "1 month")


@pytest.mark.parametrize("what", ["echocardiogram", "ophthalmological_examination"])
def test_what_has_no_interval_is_planned_once(what):
    record = course(POSITIVE, CRIZOTINIB)
    (one,) = (each for (name, rule), each in planned(record, "2014-02-03").items() if name == what)
    assert (one.every, one.again) == ("", ())


def test_the_plan_is_in_the_order_of_its_days():
    dues = [one.due_on for one in planned(course(POSITIVE, CRIZOTINIB), "2014-05-20").values()]
    assert dues == sorted(dues)


def test_nothing_is_planned_where_nothing_is_due():
    assert planned(course(died="2014-06-01"), "2014-07-01") == {}
