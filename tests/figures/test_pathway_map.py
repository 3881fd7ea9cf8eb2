"""The map of a pathway: nothing touches, the preferred way is drawn, and what has no room is counted."""

from dataclasses import replace

import pytest
from pictures import cut_off, texts, touching

from app.figures.pathway_map import MapOption, MapStage, map_figure
from app.figures.shapes import Line, Mark, Text

SWITCH = MapOption("Switch to ceritinib", ("P7",), (1,))
STAGES = (
    MapStage("Testing", "1", ("T1",), (MapOption("Request ALK IHC", ("T1",), (0,)),), ("22 January 2014", "Jan 2014"),
             is_visited=True, tip="1 January to 22 January 2014"),
    MapStage("On treatment", "2", ("H7",), (MapOption("Continue crizotinib", ("H7",), (1,)),), ("3 February 2014",),
             is_visited=True),
    MapStage("Progression", "3", ("P4", "P7"), (
        MapOption("Continue crizotinib, and treat locally", ("P4",), (1,), is_preferred=True, tip="Keep crizotinib."),
        SWITCH, MapOption("Refer to a trial", ("H9",))), ("here since 28 October 2014", "here"), is_here=True,
        is_visited=True),
    MapStage("Further line", "4", ("S1",), tuple(replace(SWITCH, words=f"Switch to drug {n}") for n in range(12))),
)  # fmt: skip


def drawn(width=700.0, height=140.0):
    return map_figure(STAGES, width, height, "The map.")


@pytest.mark.parametrize("width", [260, 400, 700, 1200])
@pytest.mark.parametrize("height", [90, 300])
def test_nothing_touches_and_nothing_is_cut_off(width, height):
    figure = drawn(width, height)
    assert touching(figure) == []
    assert cut_off(figure) == []
    assert figure.width == width


def test_an_option_says_to_which_other_stage_it_leads():
    said = texts(drawn())
    assert "Switch to ceritinib → 2" in said
    assert "Continue crizotinib" in said
    assert "Refer to a trial" in said


def test_the_preferred_option_is_bold_and_its_way_is_drawn_full():
    figure = drawn()
    (bold,) = [one for one in figure.shapes if isinstance(one, Text) and one.bold and "treat locally" in one.text]
    assert bold.role == "today"
    (head,) = [one for one in figure.shapes if isinstance(one, Mark) and one.form == "arrow_left"]
    assert head.role == "today"
    treatment = next(one for one in figure.stops if one.lane == 1)
    assert head.y == pytest.approx((treatment.y + treatment.y_end) / 2)
    ways = [one for one in figure.shapes if isinstance(one, Line) and one.role == "today"]
    assert len(ways) == 2
    assert not any(one.dashed for one in ways)


def test_where_the_patient_has_been_is_filled_and_dated():
    figure = drawn()
    assert {"22 January 2014", "3 February 2014", "here since 28 October 2014"} <= set(texts(figure))
    been = [one.filled for one in figure.shapes if isinstance(one, Mark) and one.size == 6]
    assert been == [True, True, True, False]


def test_options_without_room_are_counted_and_can_be_reached_together():
    figure = drawn(height=60)
    hidden = next(one for one in figure.shapes if isinstance(one, Text) and one.text.startswith("+"))
    last = [one for one in figure.stops if one.lane == 3][-1]
    assert len(last.words.splitlines()) == int(hidden.text[1:])
    assert "Continue crizotinib, and treat locally → 2" in texts(figure)


def test_stops_lead_to_rules_the_box_first():
    lane = [one for one in drawn().stops if one.lane == 2]
    assert [one.names for one in lane] == [("P4", "P7"), ("P4",), ("P7",), ("H9",)]
    assert lane[1].words == "Keep crizotinib."
