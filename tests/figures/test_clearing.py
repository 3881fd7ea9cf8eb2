"""Words on the course stay readable: no line of a date or of a limit passes through them, nor does a trace."""

from datetime import date

import pytest

from app.clinical.recist import judge
from app.figures.clearing import cleared
from app.figures.course import course_of
from app.figures.course_layout import course_figure
from app.figures.course_sums import HEIGHT
from app.figures.shapes import Line, Text, estimated_width
from app.paths import RESOURCES
from app.record.files import parsed_records, read_record
from app.record.views import up_to

DAYS = {1: date(2009, 5, 20), 2: date(2012, 7, 10), 3: date(2012, 4, 25), 6: date(2014, 3, 4), 7: date(2014, 3, 4)}


def wide(text, size):
    return size * len(text)


def a_figure(number, width=468.0, height=300.0, **given):
    with (RESOURCES / "demo" / f"demo-{number}.json").open("rb") as source:
        record = up_to(read_record(next(parsed_records(source)), date(2026, 1, 1)), DAYS[number])
    return course_figure(course_of(record, DAYS[number], judge(record)), width, height, **given)


def test_a_line_stops_at_either_side_of_a_word():
    word = Text(40, 50, "word", 10)
    through = Line(60, 0, 60, 100, "grid")
    above, below, last = cleared((through, word), wide)
    assert (above.y1, above.y2) == (0, pytest.approx(40.5))
    assert (below.y1, below.y2) == (pytest.approx(54), 100)
    assert last == word


def test_a_line_beside_a_word_and_one_that_shows_something_stay_whole():
    word = Text(40, 50, "word", 10)
    for line in (
        Line(20, 0, 20, 100, "grid"),
        Line(0, 70, 99, 70, "limit"),
        Line(60, 0, 60, 100, "therapy", entry="l1"),
    ):
        assert cleared((line, word), wide) == (line, word)


def test_a_line_under_two_words_that_touch_is_cut_once():
    words = Text(40, 50, "word", 10), Text(40, 60, "word", 10, "faint", "start")
    lines = [
        one for one in cleared((Line(60, 0, 60, 100, "today", dashed=True), *words), wide) if isinstance(one, Line)
    ]
    assert [(one.y1, one.y2) for one in lines] == [(0, pytest.approx(40.5)), (pytest.approx(64), 100)]


def is_crossed(word, line):
    left = word.x - estimated_width(word.text, word.size) * {"start": 0, "middle": 0.5, "end": 1}[word.anchor]
    is_across = left < line.x1 < left + estimated_width(word.text, word.size)
    return is_across and line.y1 < word.y - 1 and line.y2 > word.y - 4


def crossed(figure):
    """Return every word that an upright line of a date passes through."""
    lines = [one for one in figure.shapes if isinstance(one, Line) and one.role in ("grid", "today")]
    upright = [one for one in lines if one.x1 == one.x2]
    words = [one for one in figure.shapes if isinstance(one, Text)]
    return [word.text for word in words if any(is_crossed(word, line) for line in upright)]


@pytest.mark.parametrize("number", DAYS)
def test_no_word_on_the_course_of_a_demonstration_patient_is_crossed_by_the_line_of_a_date(number):
    assert crossed(a_figure(number)) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_number_of_a_sum_stands_where_its_trace_passes(number):
    figure = a_figure(number, tallest=2.0)
    traces = [one for one in figure.shapes if isinstance(one, Line) and one.role == "sum"]
    for word in (one for one in figure.shapes if isinstance(one, Text) and one.role == "sum"):
        left, right = word.x, word.x + estimated_width(word.text, word.size) * 0.8
        for line in traces:
            for x in (left, (left + right) / 2, right):
                if line.x1 < x < line.x2:
                    y = line.y1 + (x - line.x1) * (line.y2 - line.y1) / (line.x2 - line.x1)
                    assert not word.y - word.size * 0.6 < y < word.y, word.text


def test_a_nadir_between_two_higher_sums_has_its_number_under_it():
    figure = a_figure(1, tallest=2.0)
    nadir = next(one for one in figure.shapes if isinstance(one, Text) and one.text == "nadir 48")
    assert nadir.y > max(one.y2 for one in figure.shapes if isinstance(one, Line) and one.role == "sum")


def test_traces_are_higher_where_there_is_room_and_never_more_than_asked():
    low, high = a_figure(2), a_figure(2, tallest=2.0)
    assert high.height - low.height == pytest.approx(HEIGHT * 8)
    assert low.height < a_figure(2, height=170, tallest=2.0).height <= 170


@pytest.mark.parametrize(("number", "words"), [(1, "NGS p.L1196M, p.C1156Y +1"), (3, "FISH 42/50 +2")])
def test_where_signs_are_one_the_result_of_a_test_is_what_is_read(number, words):
    assert words in [one.text for one in a_figure(number, width=620.0, height=110.0).shapes if isinstance(one, Text)]
