"""Texts that must fit, and the scale under a picture."""

from datetime import date
from itertools import pairwise

from app.figures.scale import scale_over, ticks
from app.figures.shapes import estimated_width, shortened


def test_a_text_with_room_stays_and_one_without_ends_in_an_ellipsis():
    assert shortened("crizotinib", 200, 8, estimated_width) == "crizotinib"
    short = shortened("stereotactic radiotherapy, brain", 60, 8, estimated_width)
    assert short.endswith("…")
    assert estimated_width(short, 8) <= 60


def test_a_text_of_which_fewer_than_three_letters_would_stay_is_left_out():
    assert shortened("crizotinib", 10, 8, estimated_width) == ""


def test_the_first_and_the_last_day_are_on_the_scale_in_order():
    scale = scale_over([date(2011, 8, 1)], date(2012, 7, 10), 40, 460)
    assert 40 < scale.x(date(2011, 8, 1)) < scale.x(date(2012, 7, 10)) == scale.edge < 460


def test_ticks_are_months_over_a_year_and_years_over_twenty():
    short = ticks(scale_over([date(2011, 8, 1)], date(2012, 7, 10), 40, 460), 8, estimated_width)
    long = ticks(scale_over([date(1994, 8, 1)], date(2014, 7, 10), 40, 460), 8, estimated_width)
    assert "2012" in [label for _x, label, _year in short]
    assert any(label in ("Oct", "Nov") for _x, label, _year in short)
    assert all(year for _x, _label, year in long)


def test_labels_of_ticks_never_touch():
    for days in (1, 20, 90, 400, 2000, 9000, 40000):
        scale = scale_over([date.fromordinal(735000 - days)], date.fromordinal(735000), 40, 460)
        places = [
            (x - estimated_width(label, 8) / 2, x + estimated_width(label, 8) / 2)
            for x, label, _year in ticks(scale, 8, estimated_width)
        ]
        assert all(first[1] < second[0] for first, second in pairwise(places))
