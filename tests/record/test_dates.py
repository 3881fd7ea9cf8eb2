from datetime import date

import pytest

from app.record.dates import (
    add_months,
    earliest_day,
    fault_in,
    is_surely_before,
    latest_day,
    typed_date,
    whole_day,
)

TODAY = date(2014, 3, 5)


@pytest.mark.parametrize("text", ["2014", "2014-03", "2014-03-05", "2012-02-29", "0001", "9999-12-31"])
def test_whole_and_partial_dates_are_dates(text):
    assert fault_in(text) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "write YYYY-MM-DD"),
        ("14-03-05", "write YYYY-MM-DD"),
        ("2014-3-5", "write YYYY-MM-DD"),
        ("2014-03-05T10:00", "write YYYY-MM-DD"),
        ("2014-03-05 ", "write YYYY-MM-DD"),
        ("2014-03-05\n", "write YYYY-MM-DD"),
        ("٢٠١٤", "write YYYY-MM-DD"),
        ("0000", "there is no year 0"),
        ("2014-13", "there is no such month"),
        ("2014-00", "there is no such month"),
        ("2014-02-29", "there is no such day"),
        ("2014-02-00", "there is no such day"),
    ],
)
def test_anything_else_is_not(text, fault):
    assert fault in fault_in(text)


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2014-03-05", date(2014, 3, 5), date(2014, 3, 5)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_partial_date_spans_from_its_earliest_to_its_latest_day(partial, first, last):
    assert (earliest_day(partial), latest_day(partial)) == (first, last)
    assert whole_day(partial) == first.isoformat()


@pytest.mark.parametrize(
    ("first", "second", "surely"),
    [
        ("2014-03-09", "2014-03-10", True),
        ("2014-03-10", "2014-03-10", False),
        ("2014-03", "2014-03-10", False),
        ("2014-02", "2014-03-01", True),
        ("2013", "2014", True),
        ("2014", "2014-12-31", False),
    ],
)
def test_a_date_is_before_another_only_when_no_day_of_it_could_be_later(first, second, surely):
    assert is_surely_before(first, second) is surely


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("today", "2014-03-05"),
        (" T ", "2014-03-05"),
        ("yesterday", "2014-03-04"),
        ("y", "2014-03-04"),
        ("-3w", "2014-02-12"),
        ("-3", "2014-03-02"),
        ("tomorrow", "2014-03-06"),
        ("+3", "2014-03-08"),
        ("+2w", "2014-03-19"),
        ("+ 1 m", "2014-04-05"),
        ("+9999y", "+9999y"),
        ("- 10 d", "2014-02-23"),
        ("-1m", "2014-02-05"),
        ("-2y", "2012-03-05"),
        ("5.3.2014", "2014-03-05"),
        ("05/03/2014", "2014-03-05"),
        ("3/2014", "2014-03"),
        ("2014", "2014"),
        ("2014-03-05", "2014-03-05"),
        ("31.2.2014", "2014-02-31"),
        ("-9999y", "-9999y"),
        ("soon", "soon"),
        ("5.3.14", "5.3.14"),
        ("5-3-2014", "2014-03-05"),
        ("5 March 2014", "2014-03-05"),
        ("5. März 2014", "2014-03-05"),
        ("1er févr. 2014", "2014-02-01"),
        ("Mar 2014", "2014-03"),
        ("5 Marsh 2014", "5 Marsh 2014"),
        ("heute", "2014-03-05"),
        ("aujourd’hui", "2014-03-05"),
        ("hier", "2014-03-04"),
    ],
)
def test_dates_are_read_as_people_type_them(typed, stored):
    assert typed_date(typed, TODAY) == stored


def test_a_month_more_than_the_31st_is_the_last_day_of_a_shorter_one():
    assert add_months(date(2014, 1, 31), 1) == date(2014, 2, 28)
    assert add_months(date(2014, 1, 31), -2) == date(2013, 11, 30)
    assert add_months(date(2013, 12, 1), 13) == date(2015, 1, 1)
