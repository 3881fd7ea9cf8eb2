"""Conditions and rows: what holds, what the compiled form says, what keeps a row from firing."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.paths import RESOURCES
from app.pathway.boxes import Space
from app.pathway.compiling import compile_rows
from app.pathway.facts import FACTS
from app.pathway.misses import Misses
from app.pathway.protocol_reading import load_protocol
from app.pathway.starts import resting
from app.pathway.table import Between, OneOf, Row, condition
from app.pathway.values import Bounded, Codes

PROTOCOL = load_protocol(RESOURCES / "protocols" / "duchemann-2015")


def a_row(*boxes, id="r", rule="L2"):
    return Row(
        id=id, rule=rule, boxes=tuple({name: condition(name, one) for name, one in box.items()} for box in boxes)
    )


def facts(**given):
    return {**resting(), **given}


# One condition.


@pytest.mark.parametrize(
    ("fact", "written", "met", "unmet"),
    [
        ("response", "PD", ["PD"], ["none", "SD", "CR"]),
        ("response", ["PR", "CR"], ["PR", "CR"], ["PD", "none"]),
        ("response", {"not": "PD"}, ["none", "CR", "PR", "SD", "NON_CR_NON_PD"], ["PD"]),
        ("response", {"not": ["PD", "SD"]}, ["none", "CR"], ["PD", "SD"]),
        ("deceased", True, [True], [False]),
        ("deceased", {"not": True}, [False], [True]),
        ("stage_metastatic", True, [True], [False, None]),
        ("stage_metastatic", "unknown", [None], [True, False]),
        ("stage_metastatic", [True, "unknown"], [True, None], [False]),
        ("stage_metastatic", {"not": "unknown"}, [True, False], [None]),
        ("tolerated", {"not": "no"}, ["yes", None], ["no"]),
        ("tolerated", "yes", ["yes"], ["no", None, True]),
        ("alk_status", "unknown", ["unknown"], ["pending", "positive"]),
        ("alk_status", {"not": "positive"}, ["unknown", "pending", "negative", "discordant"], ["positive"]),
    ],
)
def test_a_fact_of_few_values_is_compared_by_equality_membership_and_their_negation(fact, written, met, unmet):
    one = condition(fact, written)
    assert [value for value in met if not one.holds(value)] == []
    assert [value for value in unmet if one.holds(value)] == []


@pytest.mark.parametrize(
    ("written", "met", "unmet"),
    [
        ({"at_least": 15}, ["15", "15.0", "100"], ["14.9", None]),
        ({"above": 15}, ["15.1", "100"], ["15", None]),
        ({"at_most": 50}, ["0", "50"], ["50.1", None]),
        ({"below": 10}, ["0", "9.9"], ["10", None]),
        ({"at_least": 10, "at_most": 50}, ["10", "50"], ["9.9", "50.1"]),
        ({"above": 10, "below": 50}, ["10.1", "49.9"], ["10", "50"]),
        ({"at_least": 0.1}, ["0.1"], ["0.09"]),
        ({"at_least": 50, "at_most": 50}, ["50"], ["49.9", "50.1"]),
        ({"at_most": 100}, ["0", "100"], [None]),
        ({"above": 0}, ["0.1"], ["0", None]),
        ("unknown", [None], ["0", "15"]),
    ],
)
def test_a_number_is_compared_with_bounds_and_unknown_never_meets_them(written, met, unmet):
    row = a_row({"fish_positive_percent": written})
    fired = compile_rows("t", "first", [row])
    for text, holds in [*((one, True) for one in met), *((one, False) for one in unmet)]:
        values = facts(fish_positive_percent=None if text is None else Decimal(text))
        assert row.fires(values) is holds, text
        assert (fired(values) == (0,)) is holds, text


@pytest.mark.parametrize(
    ("fact", "written", "fault"),
    [
        ("response", "XX", "response cannot be 'XX'; it is one of"),
        ("response", ["PD", "XX"], "response cannot be 'XX'"),
        ("response", None, "response cannot be None"),
        ("response", "unknown", "response cannot be None"),
        ("response", {"not": ["none", "CR", "PR", "SD", "PD", "NON_CR_NON_PD"]}, "response: no value is left"),
        ("response", [], "response: no value is left"),
        ("response", {"is": "PD"}, "response cannot be {'is': 'PD'}"),
        ("deceased", 1, "deceased cannot be 1"),
        ("deceased", "yes", "deceased cannot be 'yes'"),
        ("tolerated", True, "tolerated cannot be True"),
        ("fish_cells", 50, "a number is compared with at_least, above, at_most or below"),
        ("fish_cells", {}, "a number is compared with at_least, above, at_most or below"),
        ("fish_cells", {"atleast": 50}, "a number is compared with at_least, above, at_most or below"),
        ("fish_cells", {"at_least": "many"}, "'many' is not a number"),
        ("fish_cells", {"at_least": True}, "True is not a number"),
        ("fish_cells", {"at_least": float("nan")}, "nan is not a number"),
        ("fish_cells", {"at_least": float("inf")}, "inf is not a number"),
        ("fish_cells", {"at_least": [50]}, "[50] is not a number"),
        ("fish_cells", {"at_least": 50, "above": 60}, "a number has one lower and one upper bound"),
        ("fish_cells", {"at_most": 50, "below": 60}, "a number has one lower and one upper bound"),
        ("fish_positive_percent", {"at_least": 101}, "101 is not from 0 to 100"),
        ("fish_positive_percent", {"at_least": 60, "at_most": 50}, "no value is left from 60 to 50"),
        ("fish_positive_percent", {"above": 50, "below": 50}, "no value is left from 50 to 50"),
        ("fish_positive_percent", {"above": 50, "at_most": 50}, "no value is left from 50 to 50"),
        ("fish_positive_percent", {"at_least": 50, "below": 50}, "no value is left from 50 to 50"),
        ("fish_positive_percent", {"below": 0}, "no value is left from 0 to 0"),
        ("fish_positive_percent", {"above": 100}, "no value is left from 100 to 100"),
        ("fish_positive_percent", {"at_least": -1}, "-1 is not from 0 to 100"),
        ("line_number", "unknown", "line_number is always known"),
    ],
)
def test_a_condition_on_a_value_that_the_fact_cannot_have_is_refused(fact, written, fault):
    with pytest.raises(ValueError, match="^" + re.escape(fault)):
        condition(fact, written)


# Rows.


def test_a_row_fires_when_all_of_one_of_its_boxes_holds():
    row = a_row({"response": "PD", "tolerated": "no"}, {"response": "SD"})
    assert row.fires(facts(response="PD", tolerated="no"))
    assert row.fires(facts(response="SD"))
    assert not row.fires(facts(response="PD", tolerated="yes"))
    assert not row.fires(facts(response="PD", tolerated=None))
    assert row.facts() == ("response", "tolerated")


def test_the_box_that_holds_is_the_first_that_does():
    row = a_row({"response": "PD", "tolerated": "no"}, {"response": "PD"})
    assert set(row.box_that_holds(facts(response="PD", tolerated="no"))) == {"response", "tolerated"}
    assert set(row.box_that_holds(facts(response="PD", tolerated=None))) == {"response"}


# The compiled form.


ROWS = [
    a_row({"response": "PD"}, id="a"),
    a_row({"response": "PD", "tolerated": {"not": "no"}}, {"deceased": True}, id="b"),
    a_row({"stage_metastatic": "unknown"}, id="c"),
    a_row({"fish_cells": {"at_least": 50, "below": 100.5}}, {"fish_cells": "unknown"}, id="d"),
]


def test_a_table_that_stops_at_its_first_hit_names_one_row():
    fired = compile_rows("t", "first", ROWS)
    assert tuple(fired(facts(response="PD"))) == (0,)
    assert tuple(fired(facts(deceased=True))) == (1,)
    assert tuple(fired(facts(fish_cells=Decimal("100.5")))) == ()


def test_a_table_of_all_hits_names_every_row_in_order():
    fired = compile_rows("t", "all", ROWS)
    assert tuple(fired(facts(response="PD", stage_metastatic=None))) == (0, 1, 2, 3)
    assert tuple(fired(facts(response="PD", tolerated="no", fish_cells=Decimal("100.5")))) == (0,)
    assert tuple(fired(facts(fish_cells=Decimal(100)))) == (3,)


class Read(dict):
    """Facts that count how often each is read."""

    def __init__(self, facts):
        super().__init__(facts)
        self.times = Counter()

    def __getitem__(self, name):
        self.times[name] += 1
        return super().__getitem__(name)


@pytest.mark.parametrize("hit", ["first", "all"])
def test_what_neighbouring_rows_share_is_asked_once_and_nothing_before_it_is_needed(hit):
    rows = [a_row({"alk_status": "positive", "response": one, "tolerated": "no"}) for one in ("PD", "SD")]
    fired = compile_rows("t", hit, [*rows, a_row({"deceased": True})])
    for known, times in (
        ({"alk_status": "negative"}, {"alk_status": 1, "deceased": 1}),
        ({"alk_status": "positive"}, {"alk_status": 1, "tolerated": 1, "deceased": 1}),
        (
            {"alk_status": "positive", "tolerated": "no", "response": "PR"},
            {"alk_status": 1, "tolerated": 1, "response": 1, "deceased": 1},
        ),
    ):
        read = Read(facts(**known))
        fired(read)
        assert read.times == times


def test_what_most_rows_ask_about_is_asked_first_and_each_value_goes_its_own_way():
    rows = [a_row({"response": one, "tolerated": "no", "deceased": True}) for one in ("PD", "SD", "PR", "CR")]
    given = Read(facts(response="none"))
    compile_rows("t", "first", rows)(given)
    assert given.times == {"response": 1}


def test_the_compiled_form_knows_no_function():
    assert compile_rows("t", "all", ROWS).__globals__["__builtins__"] == {}


def values_of(domain):
    if isinstance(domain, Codes):
        return st.sampled_from(domain.all)
    numbers = st.decimals(domain.low, domain.high, places=1) | st.integers(domain.low, domain.high)
    return st.none() | numbers if domain.open else numbers


def conditions_of(name):
    domain = FACTS[name].domain
    if isinstance(domain, Codes):
        some = st.lists(st.sampled_from(domain.all), min_size=1, unique_by=repr)
        return some.map(lambda values: OneOf(tuple(one for one in domain.all if one in values)))
    bounds = st.lists(st.decimals(domain.low, domain.high, places=1), min_size=2, max_size=2).map(sorted)
    between = st.builds(lambda ends, low, high: Between(*ends, low, high), bounds, st.booleans(), st.booleans())
    return between | st.just(OneOf((None,))) if domain.open else between


STATES = st.fixed_dictionaries({name: values_of(fact.domain) for name, fact in FACTS.items()})
FEW = ["response", "stage_metastatic", "tolerated", "alk_status", "fish_positive_percent", "line_number"]
BOXES = st.lists(st.sampled_from(FEW), min_size=1, max_size=4, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: conditions_of(name) for name in names})
)
TABLES = st.lists(st.lists(BOXES, min_size=1, max_size=3), min_size=1, max_size=9)


@given(TABLES, STATES)
@settings(max_examples=300)
def test_what_is_compiled_fires_as_the_rows_do(boxes, values):
    rows = [Row(id=str(number), rule="L2", boxes=tuple(some)) for number, some in enumerate(boxes)]
    firing = tuple(number for number, row in enumerate(rows) if row.fires(values))
    assert tuple(compile_rows("t", "all", rows)(values)) == firing
    assert tuple(compile_rows("t", "first", rows)(values)) == firing[:1]


@given(STATES)
@settings(max_examples=300)
def test_the_tables_of_the_protocol_fire_as_their_rows_do(values):
    for table in PROTOCOL.tables.values():
        firing = tuple(number for number, row in enumerate(table.rows) if row.fires(values))
        assert tuple(table.fired(values)) == (firing if table.hit == "all" else firing[:1]), table.name


# What keeps a row from firing.


def test_near_is_each_condition_that_alone_keeps_a_row_from_firing():
    row = a_row({"response": "PD", "tolerated": "no"}, {"response": "SD", "deceased": True})
    misses = Misses([a_row({"deceased": True}), row])
    tolerated, response, deceased = row.boxes[0]["tolerated"], row.boxes[0]["response"], row.boxes[1]["deceased"]
    assert list(misses.near(facts(response="PD", tolerated="yes")))[1:] == [(1, "tolerated", tolerated)]
    assert list(misses.near(facts(response="SD", tolerated="no"))) == [
        (0, "deceased", deceased), (1, "response", response), (1, "deceased", deceased)
    ]  # fmt: skip
    assert list(Misses([row]).near(facts(response="CR", tolerated="yes"))) == []


def test_possible_are_the_unknown_facts_that_alone_keep_a_row_from_firing():
    misses = Misses([a_row({"response": "PD", "tolerated": "yes", "progression_tempo": "slow"})])
    assert list(misses.possible(facts(response="PD"))) == [(0, ("tolerated", "progression_tempo"))]
    assert list(misses.possible(facts(response="PD", tolerated="yes"))) == [(0, ("progression_tempo",))]
    assert list(misses.possible(facts(response="PD", tolerated="no"))) == []
    assert list(misses.possible(facts(response="SD"))) == []
    assert list(misses.possible(facts(response="PD", tolerated="yes", progression_tempo="slow"))) == []


@given(TABLES, STATES)
@settings(max_examples=300)
def test_what_is_looked_up_is_what_testing_every_box_would_say(boxes, values):
    rows = [Row(id=str(number), rule="L2", boxes=tuple(some)) for number, some in enumerate(boxes)]
    misses = Misses(rows)
    failing = [
        (number, box, [name for name in box if not box[name].holds(values[name])])
        for number, row in enumerate(rows)
        for box in row.boxes
    ]
    assert list(misses.near(values)) == [(row, some[0], box[some[0]]) for row, box, some in failing if len(some) == 1]
    assert list(misses.possible(values)) == [
        (row, tuple(some)) for row, _box, some in failing if some and all(values[name] is None for name in some)
    ]
    assert misses.asked == {name for row in rows for name in row.facts()}


# The proof.


@given(STATES)
@settings(max_examples=100)
def test_the_boxes_of_the_proof_hold_where_the_rows_do(values):
    values = {name: None if isinstance(FACTS[name].domain, Bounded) and FACTS[name].domain.open else value
              for name, value in values.items()}  # fmt: skip
    values["line_number"] = values["ecgs_above_limit"] = 0
    rows = [row for table in PROTOCOL.tables.values() for row in table.rows]
    space = Space.of(box for row in rows for box in row.boxes)
    point = {name: space.bits(name, OneOf((value,))) for name, value in values.items()}
    for row in rows:
        inside = any(space.intersect(point, space.box(box)) is not None for box in row.boxes)
        assert inside is row.fires(values), row.id
