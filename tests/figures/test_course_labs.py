"""Laboratory curves: which analytes say something, against which limits, and that they give way to the lanes."""

from datetime import date
from decimal import Decimal

import pytest

from app.figures.course import course_of
from app.figures.course_labs import curves_of, glance
from app.figures.course_layout import course_figure
from app.figures.shapes import Line, Mark, Text
from app.record.views import up_to
from app.words import speaking
from builders import a_lab, a_line, a_record, an_adverse_event

LIMITS = {"transaminases_hold_above": Decimal(5), "neutrophils_hold_below": Decimal(1)}


def an_alt(value, day, id):
    return a_lab("ALT", value, date=day, id=id, unit="U/L", upper=Decimal(40))


def a_liver_course():
    return a_record(
        a_line(),
        an_alt(30, "2014-02-03", "b1"),
        an_alt(90, "2014-02-17", "b2"),
        an_alt(240, "2014-03-03", "b3"),
        a_lab("creatinine", 60, date="2014-02-03", id="b4", unit="umol/L", upper=Decimal(90)),
        a_lab("neutrophils", 3, date="2014-02-03", id="b5", unit="10*9/L"),
        a_lab("neutrophils", "0.8", date="2014-03-03", id="b6", unit="10*9/L"),
        a_lab("weight", 61, id="b7"),
    )


def curve(record, analyte, **given):
    return next(one for one in curves_of(record, **given) if one.analyte == analyte)


def drawn(record, height=300.0, **given):
    day = date(2014, 4, 1)
    return course_figure(course_of(up_to(record, day), day, limits=LIMITS), 468, height, **given)


def test_transaminases_are_multiples_of_their_upper_limit_and_say_on_which_side_they_are():
    alt = curve(a_liver_course(), "ALT")
    assert alt.name == "ALT × ULN"
    assert [(one.words, one.side) for one in alt.values] == [("0.75", 0), ("2.25", 1), ("6", 1)]
    assert alt.limits == (Decimal(1),)
    assert alt.values[2].tip == "3 March 2014: ALT 240 U/L, 6 × ULN"


def test_the_protocols_limit_counts_where_it_was_crossed():
    alt = curve(a_liver_course(), "ALT", limits=LIMITS)
    assert (alt.hold, alt.weight) == (Decimal(5), 2)
    neutrophils = curve(a_liver_course(), "neutrophils", limits=LIMITS)
    assert [one.side for one in neutrophils.values] == [0, -1]
    mild = a_record(an_alt(90, "2014-02-17", "b2"))
    assert (curve(mild, "ALT", limits=LIMITS).hold, curve(mild, "ALT", limits=LIMITS).weight) == (None, 1)


def test_what_a_rule_speaks_of_now_comes_first():
    curves = curves_of(a_liver_course(), limits=LIMITS, under={"b4"})
    assert [one.analyte for one in curves][:3] == ["creatinine", "ALT", "neutrophils"]


def test_only_what_says_something_is_drawn_unless_it_is_chosen():
    figure = drawn(a_liver_course())
    names = {one.text for one in figure.shapes if isinstance(one, Text)}
    assert {"ALT × ULN", "neutrophils × 10⁹/L"} <= names
    assert not any(one.startswith("creatinine") for one in names)
    chosen = {one.text for one in drawn(a_liver_course(), curves=("creatinine",)).shapes if isinstance(one, Text)}
    assert "creatinine µmol/L" in chosen
    assert "ALT × ULN" not in chosen


def test_a_curve_has_its_limit_and_marks_of_another_form_outside_of_it():
    figure = drawn(a_liver_course(), curves=("ALT",))
    limit = next(one for one in figure.shapes if isinstance(one, Line) and one.role == "limit")
    marks = {one.entry: one for one in figure.shapes if isinstance(one, Mark) and one.entry in ("b1", "b2", "b3")}
    assert (marks["b1"].form, marks["b2"].form, marks["b3"].form) == ("circle", "triangle_up", "triangle_up")
    assert marks["b1"].y > limit.y1 > marks["b2"].y > marks["b3"].y


def test_curves_that_nobody_has_chosen_are_left_out_where_there_is_no_room():
    assert not any(one.lane_name == "ALT × ULN" for one in drawn(a_liver_course(), height=60).stops)


def test_a_value_that_is_only_a_bound_says_so():
    record = a_record(a_lab("ALT", 300, id="b1", unit="U/L", upper=Decimal(40), comparator=">"))
    assert curve(record, "ALT").values[0].words == ">7.5"
    below = a_record(a_lab("ALT", 50, id="b1", unit="U/L", upper=Decimal(40), comparator="<"))
    assert curve(below, "ALT").values[0].side == 0


def test_values_without_a_unit_or_a_number_have_no_curve():
    record = a_record(a_lab("ALT", 50, id="b1"), a_lab("QTc", None, id="b2", unit="ms"))
    assert curves_of(record) == ()


def test_a_curve_that_a_rule_speaks_of_is_drawn_before_lanes_have_their_ease():
    events = [an_adverse_event("nausea", from_=f"2014-03-{day:02}", id=f"e{day}", grade=1) for day in range(1, 29)]
    seen = up_to(a_record(a_line(), an_alt(240, "2014-03-03", "b3"), *events), date(2014, 4, 1))

    def lanes(under):
        course = course_of(seen, date(2014, 4, 1), limits=LIMITS, under=under)
        return {one.lane_name for one in course_figure(course, 468, 100).stops}

    assert "ALT × ULN" in lanes({"b3"})
    assert "ALT × ULN" not in lanes(())


@pytest.mark.parametrize(
    ("value", "english", "french"), [("5.00", "5", "5"), ("1.50", "1.5", "1,5"), ("120", "120", "120"), ("0", "0", "0")]
)
def test_a_number_beside_a_curve_has_no_empty_decimals_in_either_language(value, english, french):
    assert glance(Decimal(value)) == english
    with speaking("fr"):
        assert glance(Decimal(value)) == french
