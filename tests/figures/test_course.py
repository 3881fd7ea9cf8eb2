"""The course as a picture: what is on it, and that nothing on it touches or is cut off."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from pictures import HEIGHT, cut_off, drawn, marks, texts, touching, words_of
from record_strategies import records

from app.clinical.recist import judge
from app.figures.shapes import Box, Line, Mark, Text
from app.record.local_treatment import LocalTreatment
from builders import (
    a_baseline,
    a_diagnosis,
    a_dose,
    a_fish,
    a_line,
    a_local_treatment,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    an_adverse_event,
    an_assessment,
)


def an_event(number, day):
    if number % 4 == 0:
        return a_fish(a_reading(20 + number % 20), id=f"t{number}", reported_on=day)
    if number % 4 == 1:
        return an_assessment(30 + number % 9, id=f"a{number}", date=day, reported_response="PD")
    if number % 4 == 2:
        return an_adverse_event("nausea", from_=day, id=f"e{number}", grade=1 + number % 3)
    return a_local_treatment("brain", date=day, id=f"k{number}")


def a_busy_record(events):
    first = date(2010, 1, 4)
    days = [(first + timedelta(days=9 * number)).isoformat() for number in range(events)]
    entries = [an_event(number, day) for number, day in enumerate(days)]
    return a_record(a_specimen(date="2010-01-04"), *entries, a_line(start="2010-02-01"))


def test_an_empty_record_says_what_will_be_here():
    figure = drawn(a_record())
    assert texts(figure) == ["Nothing with a date is recorded yet. The course will be drawn here."]
    assert cut_off(figure) == []


def test_two_events_make_a_picture_with_months_and_the_day_asked():
    figure = drawn(a_record(a_specimen(), a_fish(a_reading(33))), as_of="2014-02-01")
    assert {"Tests", "FISH 33/50", "tissue, lung", "as of 1 February 2014"} <= set(texts(figure))
    assert "2014" in texts(figure)
    assert touching(figure) == []
    assert cut_off(figure) == []


@pytest.mark.parametrize("events", [2, 12, 60, 200])
def test_nothing_touches_and_nothing_is_cut_off(events):
    figure = drawn(a_busy_record(events), as_of="2015-06-01")
    assert touching(figure) == []
    assert cut_off(figure) == []
    assert figure.height <= HEIGHT


def test_what_has_no_room_is_counted():
    figure = drawn(a_busy_record(200), as_of="2015-06-01", height=120)
    together = [one for one in figure.stops if len(one.names) > 1]
    assert together
    for stop in together:
        lead = next(one for one in figure.shapes if isinstance(one, Mark) and one.entry in stop.names)
        assert any(
            one.entry == lead.entry and one.text.endswith(f"+{len(stop.names) - 1}")
            for one in figure.shapes
            if isinstance(one, Text)
        )


def test_no_event_is_lost_where_several_are_drawn_as_one():
    record = a_busy_record(200)
    figure = drawn(record, as_of="2015-06-01", height=120)
    reached = [name for stop in figure.stops for name in stop.names]
    assert {entry.id for _section, entry in record.entries()} == set(reached)


@given(records())
@settings(max_examples=60)
def test_any_record_has_a_picture_in_which_nothing_touches(record):
    figure = drawn(record, as_of="2014-12-01")
    assert touching(figure) == []
    assert cut_off(figure) == []


def test_a_partial_date_is_drawn_hollow_at_its_earliest_day_and_reaches_to_its_last():
    exact = drawn(a_record(a_fish(a_reading(33), reported_on="2014-03-01"), a_specimen(date="2014-01-01")))
    partial = drawn(a_record(a_fish(a_reading(33), reported_on="2014-03"), a_specimen(date="2014-01-01")))
    (sure,), (unsure,) = marks(exact, "t2"), marks(partial, "t2")
    assert sure.filled
    assert not unsure.filled
    assert unsure.x == sure.x
    (reach,) = [one for one in partial.shapes if isinstance(one, Line) and one.entry == "t2"]
    assert reach.x1 == unsure.x
    assert reach.x2 > reach.x1
    assert words_of(partial, "t2") == ["March 2014: FISH 33/50"]


def test_a_hold_is_a_hollow_part_of_the_bar_with_its_word():
    doses = (a_dose(), a_dose(from_="2014-06-01", amount=0, frequency="held"), a_dose(from_="2014-07-01", amount=200))
    figure = drawn(a_record(a_line(doses=doses)))
    bar, hold = (one for one in figure.shapes if isinstance(one, Box))
    assert (bar.role, hold.role) == ("therapy", "held")
    assert bar.x < hold.x < hold.x + hold.width < bar.x + bar.width
    assert {"1 crizotinib 250 mg twice daily", "held", "200 mg"} <= set(texts(figure))


def test_a_running_line_ends_in_an_arrow_and_a_stopped_one_does_not():
    assert [one.form for one in marks(drawn(a_record(a_line())), "l1")] == ["arrow"]
    assert marks(drawn(a_record(a_line(stop="2014-08-01"))), "l1") == []


def test_a_progression_is_a_triangle_with_its_sites():
    record = a_record(
        a_line(),
        a_baseline(66),
        an_assessment(28, id="a2", date="2014-10-28", progression=a_progression(sites=("brain",))),
    )
    figure = drawn(record)
    assert marks(figure, "a2")[0].form == "triangle_down"
    assert "PD brain" in texts(figure)


def test_a_computed_response_stands_in_brackets_and_sums_have_their_numbers():
    record = a_record(a_line(), a_baseline(66), an_assessment(29.5, id="a2", date="2014-05-01"))
    figure = drawn(record)
    assert "(PR)" in texts(figure)
    assert {"66", "nadir 29.5"} <= set(texts(figure))
    assert [one.overall for one in judge(record)] == ["NA", "PR"]


def test_what_was_removed_before_treatment_stands_in_the_local_lane():
    record = a_record(
        LocalTreatment(id="k1", date="2014-03-01", kind="surgery", site="lung"),
        diagnosis=a_diagnosis(resected=True, resected_on="2014-02-20"),
    )
    assert {"Local", "surgery, lung", "resection"} <= set(texts(drawn(record)))


def test_lines_of_which_little_is_known_are_drawn_all_the_same():
    figure = drawn(a_record(a_line(start=None, stop="2014"), a_line("ceritinib", id="l2", start=None)))
    assert {"1 crizotinib", "2 ceritinib"} <= set(texts(figure))
    assert touching(figure) == []
