"""A dose in words and its place on the ladder of levels."""

from datetime import date

import pytest

from app.pathway.doses import Doses, dose_text
from builders import a_dose, a_line

LADDER = ("250 mg twice daily", "200 mg twice daily", "250 mg once daily")


def of(*doses, as_of="2014-11-01"):
    return Doses(a_line("crizotinib", doses=doses), "crizotinib", LADDER, as_of)


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (a_dose(), "250 mg twice daily"),
        (a_dose(amount="250.0", frequency="once_daily"), "250 mg once daily"),
        (a_dose(amount="37.5", frequency="weekly"), "37.5 mg weekly"),
        (a_dose(amount=1000, frequency="every_3_weeks"), "1000 mg every 3 weeks"),
        (a_dose(amount=5, unit="AUC", frequency="every_4_weeks"), "5 AUC every 4 weeks"),
        (a_dose(amount=None), ""),
        (a_dose(unit=None), ""),
        (a_dose(frequency="held"), ""),
        (a_dose(frequency=None), ""),
        (None, ""),
    ],
)
def test_a_dose_is_said_only_where_every_part_of_it_is_plain(dose, text):
    assert dose_text(dose) == text


def test_the_level_is_the_place_on_the_ladder():
    assert [of().level_of(a_dose(amount=one)) for one in (250, 200, 300)] == [0, 1, None]
    assert of().level_of(a_dose(frequency="once_daily")) == 2
    assert of().level_of(None) is None


def test_the_level_before_a_day_is_that_of_the_newest_dose_taken_before_it():
    doses = of(a_dose(), a_dose(from_="2014-05-01", amount=200), a_dose(from_="2014-06-01", frequency="held"))
    assert doses.level_before(date(2014, 2, 3)) is None
    assert doses.level_before(date(2014, 5, 1)) == 0
    assert doses.level_before(date(2014, 5, 2)) == 1
    assert doses.level_before(date(2014, 7, 1)) == 1


def test_the_doses_of_another_drug_are_not_looked_at():
    doses = of(a_dose(), a_dose("pemetrexed", from_="2014-05-01", amount=200))
    assert doses.level_before(date(2014, 7, 1)) == 0
    assert not doses.changed_after(date(2014, 2, 4))


def test_a_drug_in_capitals_is_the_same_drug():
    assert of(a_dose("Crizotinib")).level_now == 0


def test_below_the_lowest_level_there_is_none():
    assert [of().next_lower(one) for one in (0, 1, 2)] == [1, 2, 2]
    assert [of().is_lowest(one) for one in (0, 1, 2)] == [False, False, True]


def test_now_is_what_holds_on_the_day_asked():
    doses = of(a_dose(), a_dose(from_="2014-10-02", frequency="held"))
    assert (doses.level_now, doses.is_held_now) == (None, True)
    over = of(a_dose(to="2014-10-31"))
    assert (over.level_now, over.is_held_now) == (None, False)


def test_the_dose_that_holds_is_the_newest_wherever_it_stands_and_of_one_day_the_last():
    assert of(a_dose(from_="2014-05-01", amount=200), a_dose()).level_now == 1
    assert of(a_dose(), a_dose(amount=200)).level_now == 1
    assert of(a_dose(amount=200), a_dose()).level_now == 0


def test_a_dose_of_the_day_itself_counts_as_changed_since():
    assert of(a_dose()).changed_after(date(2014, 2, 3))
    assert not of(a_dose()).changed_after(date(2014, 2, 4))


def test_a_level_is_said_as_the_ladder_has_it():
    assert [of().text(one) for one in (0, 2, None)] == ["250 mg twice daily", "250 mg once daily", None]
