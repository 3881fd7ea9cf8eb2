"""Dates, numbers, units and doses as a clinic writes them."""

from decimal import Decimal

import pytest

from app.figures.wording import date_in_words, dose_in_words, number, percent, unit, verdict_of
from app.words import colon, speaking
from builders import a_dose, a_fish, a_reading, a_test, an_ihc


@pytest.mark.parametrize(
    ("partial", "words"), [("2014-05-26", "26 May 2014"), ("2014-05", "May 2014"), ("2014", "2014")]
)
def test_a_date_is_as_exact_as_it_was_given(partial, words):
    assert date_in_words(partial) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("17", "17 %"), ("66.67", "66.7 %"), ("-57.575", "\u221257.6 %"), ("-0.01", "0 %"), ("0", "0 %")],
)
def test_a_percentage_has_one_decimal_at_most_and_a_real_minus(value, words):
    assert percent(Decimal(value)) == words


def test_a_rise_has_its_sign_where_that_is_asked():
    assert percent(Decimal("26.5"), sign=True) == "+26.5 %"
    assert percent(Decimal(0), sign=True) == "0 %"


def test_a_number_is_printed_as_it_was_written():
    assert [number(Decimal(one)) for one in ("42.0", "42", "1E+3")] == ["42.0", "42", "1000"]


@pytest.mark.parametrize(
    ("ucum", "words"), [("umol/L", "µmol/L"), ("10*9/L", "× 10⁹/L"), ("U/L", "U/L"), ("ug/mL", "µg/mL"), ("ms", "ms")]
)
def test_a_unit_is_printed_as_people_write_it(ucum, words):
    assert unit(ucum) == words


def test_a_dose_says_what_of_it_is_known():
    assert dose_in_words(a_dose()) == "250 mg twice daily"
    assert dose_in_words(a_dose(amount=0)) == "held"
    assert dose_in_words(a_dose(amount=5, unit="AUC", frequency="every_3_weeks")) == "AUC 5 every 3 weeks"
    assert dose_in_words(a_dose(amount=None, frequency="other")) == "dose not recorded"


def test_a_test_has_a_short_result_for_a_label():
    assert verdict_of(a_fish(a_reading(7), a_reading(10, reader="B"))) == "17/100"
    assert verdict_of(an_ihc(3)) == "positive"
    assert verdict_of(a_test("t1", "fish", None)) == "awaited"
    assert verdict_of(a_test("t1", "fish", status="failed")) == "failed"


def test_dates_and_numbers_follow_the_language_that_is_spoken_and_never_another_one():
    assert date_in_words("2014-05-01") == "1 May 2014"
    with speaking("fr"):
        assert date_in_words("2014-05-01").startswith("1er ")
        assert date_in_words("2014-05-26").startswith("26 ")
        assert number(Decimal("31.50")) == "31,50"
        assert colon() == "\u00a0: "
        assert percent(Decimal("-57.575")).startswith("\u221257,6")
    assert date_in_words("2014-05-01") == "1 May 2014"
    assert number(Decimal("31.50")) == "31.50"
    assert colon() == ": "
