from decimal import Decimal

import pytest

from app.clinical.fish import FishCount, count, positive_cells
from app.record.molecular_test import FishReading
from builders import a_reading


@pytest.mark.parametrize(
    ("split", "single_red", "positive"), [(9, 2, 11), (9, None, 9), (None, 2, 2), (0, 0, 0), (None, None, None)]
)
def test_positive_cells_have_split_signals_or_a_single_red_one(split, single_red, positive):
    assert positive_cells(FishReading(cells=50, split=split, single_red=single_red)) == positive


@pytest.mark.parametrize(
    ("positive", "verdict"),
    [
        (0, "negative"), (9, "negative"), (10, "second_reader_needed"), (14, "second_reader_needed"),
        (15, "second_reader_needed"), (50, "second_reader_needed"), (51, "positive"), (100, "positive"),
    ],
)  # fmt: skip
def test_one_reader_decides_below_10_and_above_50_per_cent(positive, verdict):
    assert count([a_reading(positive, cells=100)]) == FishCount(verdict, 100, positive, 1)


@pytest.mark.parametrize(("first", "second", "verdict"), [(7, 7, "negative"), (7, 8, "positive"), (30, 0, "positive")])
def test_two_readers_are_pooled_and_decide_at_15_per_cent(first, second, verdict):
    found = count([a_reading(first, reader="A"), a_reading(second, reader="B")])
    assert found == FishCount(verdict, 100, first + second, 2)


def test_just_below_a_bound_is_below_it():
    assert count([a_reading(99, cells=1000)]).verdict == "negative"
    assert count([a_reading(74, cells=500, reader="A"), a_reading(75, cells=500, reader="B")]).verdict == "negative"


def test_readers_are_pooled_by_their_cells():
    assert count([a_reading(4, cells=50, reader="A"), a_reading(30, cells=150, reader="B")]).percent == 17


def test_two_readers_at_exactly_15_per_cent_are_at_the_cut_off():
    assert count([a_reading(7, reader="A"), a_reading(8, reader="B")]).is_at_cut_off is True
    assert count([a_reading(8, reader="A"), a_reading(8, reader="B")]).is_at_cut_off is False
    assert count([a_reading(15, cells=100)]).is_at_cut_off is False


def test_the_percentage_is_not_rounded():
    assert count([a_reading(7, cells=60)]).percent == Decimal(700) / 60
    assert count([]).percent is None


@pytest.mark.parametrize(
    ("first", "second", "positive"), [("2014-05-01", "2014-05-08", 30), ("2014-05-08", "2014-05-01", 7)]
)
def test_one_reader_counts_once_with_the_later_reading(first, second, positive):
    found = count([a_reading(7, date=first), a_reading(30, date=second)])
    assert (found.positive, found.readers) == (positive, 1)


def test_a_reading_without_a_date_is_of_the_report_and_later_than_one_with_a_date():
    found = count([a_reading(30), a_reading(7, date="2014-05-01")])
    assert (found.positive, found.readers) == (30, 1)


def test_of_two_readings_without_a_date_the_one_entered_last_counts():
    assert count([a_reading(30), a_reading(7)]).positive == 7


def test_readers_without_a_name_are_different_people():
    found = count([a_reading(7, reader=None), a_reading(8, reader=None)])
    assert (found.verdict, found.readers) == ("positive", 2)


def test_a_reading_of_fewer_than_50_cells_is_no_full_one():
    assert count([a_reading(40, cells=49)]) == FishCount("short_count", 49, 40, 1)
    assert count([a_reading(40, cells=50)]).verdict == "positive"


def test_of_short_readings_the_one_of_the_most_cells_is_told():
    for few, most in (("A", "B"), ("B", "A")):
        found = count([a_reading(3, cells=30, reader=few), a_reading(2, cells=40, reader=most)])
        assert found == FishCount("short_count", 40, 2, 1)


@pytest.mark.parametrize("reader", ["A", "B", None])
def test_a_short_reading_is_passed_over_once_a_full_one_exists(reader):
    found = count([a_reading(4, date="2014-05-01"), a_reading(20, cells=30, reader=reader, date="2014-05-08")])
    assert found == FishCount("negative", 50, 4, 1)


@pytest.mark.parametrize(
    "readings",
    [
        [],
        [FishReading(cells=50)],
        [FishReading(split=9)],
        [FishReading(cells=0, split=0)],
    ],
)
def test_a_reading_without_signals_or_cells_is_no_count(readings):
    found = count(readings)
    assert (found.verdict, found.cells, found.positive, found.readers) == ("no_count", 0, 0, 0)


def test_a_reading_that_is_no_count_does_not_hide_an_earlier_one():
    readings = [a_reading(30, date="2014-05-01"), FishReading(reader="A", date="2014-05-08", cells=50)]
    assert count(readings).positive == 30
