"""The days of a course: broken scales, weeks of the line, parts of the course, and how to come to them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from pictures import cut_off, drawn, marks, texts, touching
from random_courses import courses

from app.figures.course import course_of
from app.figures.course_layout import course_figure
from app.figures.scale import scale_over
from app.figures.shapes import Line, Mark, Text
from app.figures.view import View, view_of
from app.record.views import up_to
from builders import (
    a_baseline,
    a_dose,
    a_fish,
    a_line,
    a_local_treatment,
    a_reading,
    a_record,
    a_specimen,
    an_assessment,
)

DAY = date(2014, 12, 1)


def a_gap_of_ten_years():
    return a_record(
        a_local_treatment("lung", date="2003-06-11", id="k0"),
        a_specimen(date="2014-01-12"),
        a_line(start="2014-02-03"),
        a_baseline(66),
        an_assessment(29, id="a2", date="2014-05-01"),
    )


def test_a_long_time_without_events_breaks_the_scale_and_says_how_long_it_is():
    figure = drawn(a_gap_of_ten_years())
    assert "11 years" not in texts(figure)
    assert "10 years" in texts(figure)
    slanted = [one for one in figure.shapes if isinstance(one, Line) and one.x1 != one.x2 and one.y1 > one.y2]
    assert len([one for one in slanted if one.role == "faint"]) == 2
    (stop,) = [one for one in figure.stops if not one.names]
    assert stop.words.startswith("No event from ")
    assert touching(figure) == []


def test_what_is_close_in_time_keeps_most_of_a_broken_picture():
    figure = drawn(a_gap_of_ten_years())
    first, last = marks(figure, "s1")[0], marks(figure, "a2")[0]
    assert last.x - first.x > 0.15 * figure.width


def test_a_course_without_long_gaps_is_not_broken():
    figure = drawn(a_record(a_specimen(), a_line(), a_baseline(66)))
    assert [one for one in figure.stops if not one.names] == []


def test_what_lasts_through_a_break_is_dashed_there():
    figure = drawn(a_record(a_line(start="2004-02-03"), a_baseline(66, date="2004-01-10"),
                            an_assessment(70, id="a2", date="2014-11-01")))  # fmt: skip
    dashed = [one for one in figure.shapes if isinstance(one, Line) and one.dashed]
    assert {one.role for one in dashed} >= {"therapy", "sum"}


@pytest.mark.parametrize("width", [0, 40])
def test_a_scale_leads_from_days_to_places_and_back(width):
    scale = scale_over([date(2003, 6, 11), date(2014, 1, 12), date(2014, 5, 1)], DAY, 40, 460, break_width=width)
    assert (len(scale.breaks) == 1) is (width > 0)
    for day in (date(2003, 6, 20), date(2008, 1, 1), date(2014, 3, 3), DAY):
        assert abs((scale.day_at(scale.x(day)) - day).days) <= 1
    places = [scale.x(date(year, 1, 1)) for year in range(2003, 2015)]
    assert places == sorted(places)
    assert scale.day_at(0) == scale.first
    assert scale.day_at(900) == scale.last


def test_weeks_count_from_the_start_of_the_line_that_runs():
    figure = drawn(a_record(a_line(start="2014-10-06"), a_fish(a_reading(33), reported_on="2014-09-20")))
    assert "Weeks, line 1" in texts(figure)
    weeks = {
        one.text: one.x for one in figure.shapes if isinstance(one, Text) and one.text.isdigit() and len(one.text) < 3
    }
    (arrow,) = marks(figure, "l1")
    assert weeks["8"] == pytest.approx(arrow.x, abs=0.5)


def test_a_line_that_has_stopped_or_began_on_no_exact_day_has_no_weeks():
    for line in (a_line(stop="2014-08-01"), a_line(start="2014-03"), a_line(start=None)):
        assert not any(text.startswith("Weeks") for text in texts(drawn(a_record(line, a_specimen()))))


def test_a_part_of_the_course_shows_its_days_alone_and_counts_the_others():
    window = (date(2014, 4, 1), date(2014, 8, 1))
    figure = drawn(a_gap_of_ten_years(), window=window)
    assert {name for stop in figure.stops for name in stop.names} == {"l1", "a2"}
    assert "◂ 3 earlier" in texts(figure)
    assert not any(text.startswith("as of") for text in texts(figure))
    assert touching(figure) == []
    later = drawn(a_gap_of_ten_years(), window=(date(2003, 1, 1), date(2003, 12, 1)))
    assert "4 later ▸" in texts(later)


def test_a_bar_that_began_before_what_is_shown_says_the_dose_of_then():
    line = a_line(doses=(a_dose(), a_dose(from_="2014-06-01", amount=200)))
    figure = drawn(a_record(line), window=(date(2014, 8, 1), date(2014, 12, 1)))
    assert "1 crizotinib 200 mg twice daily" in texts(figure)


def test_a_partial_start_of_a_line_is_a_range():
    figure = drawn(a_record(a_line(start="2014-03"), a_specimen()))
    (reach,) = [one for one in figure.shapes if isinstance(one, Line) and one.dashed and one.entry == "l1"]
    (begin,) = [one for one in marks(figure, "l1") if one.form == "circle"]
    assert reach.x1 == begin.x < reach.x2
    assert not begin.filled


def test_the_nadir_is_marked_once_for_each_baseline():
    figure = drawn(a_record(a_line(), a_baseline(66), an_assessment(28, id="a2", date="2014-05-01"),
                            an_assessment(31, id="a3", date="2014-08-01")))  # fmt: skip
    (nadir,) = [one for one in figure.shapes if isinstance(one, Mark) and one.form == "diamond"]
    assert nadir.entry == "a2"
    assert "nadir 28" in texts(figure)


def test_the_sum_of_a_new_baseline_is_not_joined_to_the_line_before():
    lines = (a_line(start="2014-02-03", stop="2014-06-01", stop_reason="progression"),
             a_line("ceritinib", id="l2", start="2014-06-10"))  # fmt: skip
    sums = [a_baseline(66), an_assessment(90, id="a2", date="2014-05-30", baseline=True),
            an_assessment(40, id="a3", date="2014-09-01")]  # fmt: skip
    figure = drawn(a_record(*lines, *sums))
    traced = [one for one in figure.shapes if isinstance(one, Line) and one.role == "sum"]
    (start,) = [one for one in marks(figure, "a2") if one.role == "sum"]
    assert [(one.x1, one.y1) for one in traced] == [(start.x, start.y)]
    assert "nadir 40" in texts(figure)


@given(courses())
@settings(max_examples=40, deadline=None)
def test_any_part_of_any_course_has_a_picture_in_which_nothing_touches(record):
    course = course_of(up_to(record, DAY), DAY)
    for window in (None, (date(2014, 9, 1), DAY), (date(2014, 2, 1), date(2014, 3, 15))):
        figure = course_figure(course, 468, 190, window=window, curves=())
        assert touching(figure) == []
        assert cut_off(figure) == []


# Looking closer.


def whole():
    return scale_over([date(2014, 1, 12)], DAY, 0, 1)


def test_zooming_keeps_the_day_under_the_pointer_and_ends_at_four_weeks():
    view = View().zoomed(2, 0.25, whole())
    first, last = view.window(whole())
    before = whole().day_at(0.25)
    assert abs((first + (last - first) * 0.25 - before).days) <= 2
    for _step in range(30):
        view = view.zoomed(2, 0.5, whole())
    first, last = view.window(whole())
    assert 28 <= (last - first).days < 60


def test_zooming_out_ends_with_the_whole_course():
    view = View(0.4, 0.5)
    for _step in range(10):
        view = view.zoomed(0.5, 1.0, whole())
    assert view.is_whole
    assert view.window(whole()) is None


def test_moving_ends_at_the_borders():
    view = View(0.4, 0.6)
    assert view.moved(100) == View(0.8, 1.0)
    assert view.moved(-100).start == 0


def test_a_view_of_few_days_shows_four_weeks_before_the_last():
    first, last = view_of(DAY, DAY, whole()).window(whole())
    assert 27 <= (last - first).days <= 30
    assert abs((last - DAY).days) <= 1


def test_stops_stand_by_lane_from_left_to_right():
    figure = drawn(a_gap_of_ten_years())
    lanes = [one.lane for one in figure.stops]
    assert lanes == sorted(lanes)
    for first, second in pairwise(figure.stops):
        assert first.lane < second.lane or first.days <= second.days
    assert all(one.x <= one.x_end and one.y < one.y_end for one in figure.stops)
