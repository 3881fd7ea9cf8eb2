from datetime import date
from decimal import Decimal

import pytest

from app.clinical.series import Series, in_unit, multiples_of_uln, same_sample
from builders import a_lab


def point(value, comparator=None, **given):
    (only,) = in_unit([a_lab("ALT", value, unit="U/L", comparator=comparator, **given)], "ALT", "U/L")
    return only


def test_multiples_go_by_the_upper_limit_of_each_report():
    labs = [
        a_lab("ALT", 180, unit="U/L", upper=Decimal(40), id="l2", date="2014-03-01"),
        a_lab("ALT", 66, unit="U/L", upper=Decimal(33), id="l1", date="2014-02"),
    ]
    assert [(one.id, one.day, one.x) for one in multiples_of_uln(labs, "ALT")] == [
        ("l1", date(2014, 2, 1), Decimal(2)),
        ("l2", date(2014, 3, 1), Decimal("4.5")),
    ]


@pytest.mark.parametrize(
    "lab",
    [
        a_lab("AST", 180, unit="U/L", upper=Decimal(40)),
        a_lab("ALT", None, unit="U/L", upper=Decimal(40)),
        a_lab("ALT", 180, upper=Decimal(40)),
        a_lab("ALT", 180, unit="U/L"),
        a_lab("ALT", 180, unit="U/L", upper=Decimal(0)),
    ],
    ids=["another analyte", "no value", "no unit", "no limit", "a limit of nothing"],
)
def test_what_is_no_multiple_of_a_limit_is_left_out(lab):
    assert multiples_of_uln([lab], "ALT") == []


def test_values_of_one_day_keep_the_order_of_the_record():
    labs = [a_lab("ALT", 1, unit="U/L", id="l1"), a_lab("ALT", 2, unit="U/L", id="l2")]
    assert [one.id for one in in_unit(labs, "ALT", "U/L")] == ["l1", "l2"]


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "wanted", "x"),
    [
        ("neutrophils", "0.9", "10*9/L", "10*9/L", "0.9"),
        ("neutrophils", "900", "/uL", "10*9/L", "0.9"),
        ("QTc", "0.512", "s", "ms", "512"),
    ],
)
def test_values_come_in_one_unit(analyte, value, unit, wanted, x):
    assert [one.x for one in in_unit([a_lab(analyte, value, unit=unit)], analyte, wanted)] == [Decimal(x)]


@pytest.mark.parametrize(
    "lab",
    [
        a_lab("platelets", 100, unit="10*9/L"),
        a_lab("neutrophils", None, unit="10*9/L"),
        a_lab("neutrophils", 1),
        a_lab("neutrophils", 1, unit="g/L"),
    ],
    ids=["another analyte", "no value", "no unit", "another kind of unit"],
)
def test_what_cannot_be_said_in_the_unit_is_left_out(lab):
    assert in_unit([lab], "neutrophils", "10*9/L") == []


@pytest.mark.parametrize(
    ("value", "comparator", "above", "below", "at_most", "at_least"),
    [
        ("4.9", None, False, True, True, False),
        ("5", None, False, False, True, True),
        ("5.1", None, True, False, False, True),
        ("4.9", "<", False, True, True, False),
        ("5", "<", False, True, True, False),
        ("5.1", "<", False, False, False, False),
        ("4.9", ">", False, False, False, False),
        ("5", ">", True, False, False, True),
        ("5.1", ">", True, False, False, True),
    ],
)
def test_a_value_is_only_as_sure_as_its_comparator(value, comparator, above, below, at_most, at_least):
    one, five = point(value, comparator), Decimal(5)
    assert (one.is_above(five), one.is_below(five), one.is_at_most(five), one.is_at_least(five)) == (
        above, below, at_most, at_least,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"sample": "7", "date": "2014-02-01"}, {"sample": "7", "date": "2014-02-09"}, True),
        ({"sample": "7", "date": "2014-02-01"}, {"sample": "8", "date": "2014-02-01"}, False),
        ({"sample": "7", "date": "2014-02-01"}, {"date": "2014-02-02"}, True),
        ({"date": "2014-02-01"}, {"sample": "7", "date": "2014-02-03"}, False),
        ({"date": "2014-03-01"}, {"date": "2014-02-28"}, True),
        ({"date": "2014-02-01"}, {"date": "2014-02-03"}, False),
    ],
)
def test_one_draw_is_one_sample_or_at_most_a_day_apart(first, second, same):
    assert same_sample(point(1, **first), point(1, **second)) is same
    assert same_sample(point(1, **second), point(1, **first)) is same


def test_the_series_of_a_record_are_made_once_each():
    series = Series([a_lab("ALT", 80, unit="U/L", upper=Decimal(40)), a_lab("QTc", "0.5", unit="s", id="lab2")])
    assert [one.x for one in series.multiples_of_uln("ALT")] == [Decimal(2)]
    assert [one.x for one in series.in_unit("QTc", "ms")] == [Decimal(500)]
    assert [one.x for one in series.in_unit("QTc", "s")] == [Decimal("0.5")]
    assert series.multiples_of_uln("AST") == series.in_unit("AST", "U/L") == []
    assert series.multiples_of_uln("ALT") is series.multiples_of_uln("ALT")
    assert series.in_unit("QTc", "ms") is series.in_unit("QTc", "ms")


def test_mass_and_substance_of_one_analyte_are_one_series():
    labs = [a_lab("glucose", 90, unit="mg/dL"), a_lab("glucose", 6, unit="mmol/L", date="2014-03-01", id="lab2")]
    assert [one.x for one in in_unit(labs, "glucose", "mmol/L")] == [5, 6]
