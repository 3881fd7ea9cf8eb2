"""What toxicity says of the running inhibitor: how each rule stands, from what, and what is asked for or looked at."""

from datetime import date

import pytest
from pathway.course_builders import POSITIVE, blood, course, line, protocol
from pathway.hold_cases import (
    BID200,
    BID250,
    FULL,
    LOWER,
    LOWEST,
    OD250,
    alt,
    ast,
    bilirubin,
    count,
    event,
    held,
    on_crizotinib,
    qtc,
)

from app.pathway.facts_toxicity import HOLDS
from app.pathway.finding import find

DAY = date(2014, 11, 1)
QUESTIONS = ("transaminases_raised", "bilirubin_alone", "liver_value_missing")
EVENTS = ("grave_event_open", "event_without_values")


def facts(record):
    return find(record, protocol(), DAY, protocol().parameters).facts


def found(record, *names):
    """Return the facts of these names that are not at rest, each with its entries."""
    said = facts(record)
    return {name: (said.values[name], said.sources[name]) for name in names if said.values[name] not in (False, "none")}


def holds(record):
    return found(record, *HOLDS, "treatment_hold")


# Each rule has its own fact; the gravest stands for all.


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (event("pneumonitis", id="e"), "pneumonitis_hold"),
        (alt("2014-10-01", 6, id="e"), "transaminase_hold"),
        (qtc("2014-10-01", 510, id="e"), "qtc_hold"),
        (event("torsade_de_pointes", id="e"), "rhythm_hold"),
        (count("platelets", "2014-10-01", 40, id="e"), "blood_count_hold"),
        (event("bradycardia", grade=2, id="e"), "heart_rate_hold"),
    ],
)
def test_each_rule_has_its_own_fact_from_what_triggered_it(entry, name):
    assert holds(on_crizotinib(entry)) == {name: ("withhold", ("e",)), "treatment_hold": ("withhold", ("e",))}


@pytest.mark.parametrize(("times", "name"), [(4, "liver_injury_hold"), (2, "bilirubin_hold")])
def test_liver_values_of_one_sample_are_named_together(times, name):
    record = on_crizotinib(alt("2014-10-01", times, id="a"), bilirubin("2014-10-01", 2, id="b"))
    ids = ("a", "b") if name == "liver_injury_hold" else ("b",)
    assert holds(record) == {name: ("withhold", ids), "treatment_hold": ("withhold", ids)}


def test_every_value_of_a_hold_is_named():
    record = on_crizotinib(alt("2014-10-01", 6, id="a"), ast("2014-10-02", 7, id="b"), alt("2014-10-08", 4, id="c"))
    assert holds(record)["transaminase_hold"] == ("withhold", ("a", "b"))


def test_a_stop_is_graver_than_a_hold_and_a_hold_than_one_that_is_over():
    stop, hold = event("pneumonitis", id="e", other_causes_excluded=True), alt("2014-10-01", 6, id="a")
    over = count("neutrophils", "2014-10-01", 0.4, id="n"), count("neutrophils", "2014-10-15", 1.2)
    same = count("neutrophils", "2014-10-01", 0.8, id="n"), count("neutrophils", "2014-10-15", 1.2)
    ecgs = qtc("2014-10-01", 510, id="q"), qtc("2014-10-15", 400)
    dosed = (FULL, held())
    assert holds(on_crizotinib(stop, hold))["treatment_hold"] == ("discontinue", ("e",))
    assert holds(on_crizotinib(hold, *over, doses=dosed))["treatment_hold"] == ("withhold", ("a",))
    assert holds(on_crizotinib(*over, *ecgs, doses=dosed))["treatment_hold"] == ("over_reduced", ("q", "n"))
    assert holds(on_crizotinib(*same, *ecgs, doses=dosed))["treatment_hold"] == ("over_reduced", ("q",))
    assert holds(on_crizotinib(*same, doses=dosed))["treatment_hold"] == ("over_same", ("n",))


def test_the_rules_are_for_crizotinib_alone_while_it_runs():
    high = alt("2014-10-01", 6)
    assert holds(course(POSITIVE, line("ceritinib"), high)) == {}
    assert holds(on_crizotinib(high, stop="2014-10-20", why="other")) == {}
    assert holds(course(POSITIVE, line("crizotinib", start=None), high)) == {}


def test_what_stopped_it_for_good_on_an_earlier_line_is_remembered():
    record = course(
        POSITIVE, line("crizotinib", stop="2014-06-01", why="other"), line("ceritinib", id="l2", start="2014-06-10"),
        event("pneumonitis", "2014-05-01", to="2014-05-20", other_causes_excluded=True),
    )  # fmt: skip
    assert facts(record).drugs["given_before"] == ()
    assert holds(record) == {}


def test_values_count_to_the_last_day_of_a_line():
    def given_again(day):
        record = course(
            POSITIVE, line("crizotinib", stop="2014-06-01", why="other", doses=list(LOWEST[:1])),
            line("ceritinib", id="l2", start="2014-06-10"), alt(day, 4), bilirubin(day, 2),
            event("hepatitis", "2014-05-01", other_causes_excluded=True),
        )  # fmt: skip
        return facts(record).drugs["given_before"]

    assert given_again("2014-06-01") == ()
    assert given_again("2014-06-02") == ("crizotinib",)
    assert given_again("2014-02-04") == ()
    assert given_again("2014-02-03") == ("crizotinib",)


# The dose to resume.


@pytest.mark.parametrize(
    ("doses", "dose"),
    [((FULL, held()), BID250), ((*LOWER, held()), BID200), ((*LOWEST, held()), OD250), ((held(),), None)],
)
def test_the_dose_to_resume_is_the_one_before_the_trigger(doses, dose):
    record = on_crizotinib(
        count("neutrophils", "2014-10-01", 0.8), count("neutrophils", "2014-10-15", 1.2), doses=doses
    )
    assert facts(record).doses == ({"resume": dose, "resume_reduced": dose} if dose else {})


def test_of_two_rules_the_lower_dose_is_taken_and_none_where_one_of_them_is_not_known():
    same = count("neutrophils", "2014-10-01", 0.8), count("neutrophils", "2014-10-15", 1.2)
    early = qtc("2014-02-10", 510), qtc("2014-02-20", 400)
    dosed = ({**FULL, "from": "2014-02-15"}, held())
    assert facts(on_crizotinib(*same, *early, doses=dosed)).doses == {}
    ecgs = qtc("2014-10-01", 510), qtc("2014-10-15", 400)
    both = {"resume": BID200, "resume_reduced": BID200}
    assert facts(on_crizotinib(*same, *ecgs, doses=dosed)).doses == both


# Liver values that hold nothing.


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((), {}),
        ((alt("2014-10-01", 1, id="a"), bilirubin("2014-10-01", 1)), {}),
        ((alt("2014-10-01", 1.1, id="a"), bilirubin("2014-10-01", 1)), {"transaminases_raised": (True, ("a",))}),
        ((ast("2014-10-01", 5, id="a"), bilirubin("2014-10-01", 1)), {"transaminases_raised": (True, ("a",))}),
        ((alt("2014-10-01", 2, id="a"), ast("2014-10-02", 3, id="b")), {"transaminases_raised": (True, ("a", "b"))}),
        ((alt("2014-10-01", 2), alt("2014-10-08", 1)), {}),
        ((alt("2014-02-03", 2),), {}),
        ((alt("2014-10-01", 3, id="a"),), {"transaminases_raised": (True, ("a",))}),
        ((alt("2014-10-01", 3.1, id="a"),),
         {"transaminases_raised": (True, ("a",)), "liver_value_missing": (True, ("a",))}),
        ((alt("2014-10-01", 3.1, id="a"), bilirubin("2014-10-02", 1)), {"transaminases_raised": (True, ("a",))}),
        ((alt("2014-10-01", 3.1, id="a"), bilirubin("2014-10-03", 1)),
         {"transaminases_raised": (True, ("a",)), "liver_value_missing": (True, ("a",))}),
        ((alt("2014-10-01", 6, id="a"),), {"liver_value_missing": (True, ("a",))}),
        ((bilirubin("2014-10-01", 1.5),), {}),
        ((bilirubin("2014-10-01", 1.6, id="b"),), {"liver_value_missing": (True, ("b",))}),
        ((bilirubin("2014-10-01", 1.6, id="b"), alt("2014-10-01", 1)), {"liver_value_missing": (True, ("b",))}),
        ((bilirubin("2014-10-01", 1.6, id="b"), alt("2014-10-01", 1), ast("2014-10-01", 1)),
         {"bilirubin_alone": (True, ("b",))}),
        ((bilirubin("2014-10-01", 1.6, id="b"), alt("2014-10-01", 1), ast("2014-10-03", 1)),
         {"liver_value_missing": (True, ("b",))}),
        ((bilirubin("2014-10-01", 1.6), bilirubin("2014-10-08", 1.5)), {}),
        ((bilirubin("2014-10-01", 1), bilirubin("2014-10-08", 1.6, id="b")), {"liver_value_missing": (True, ("b",))}),
        ((bilirubin("2014-10-01", 1.6), alt("2014-10-01", 1.1, id="a"), ast("2014-10-01", 1)),
         {"transaminases_raised": (True, ("a",))}),
        ((bilirubin("2014-02-03", 1.6),), {}),
    ],
)  # fmt: skip
def test_a_raised_liver_value_is_told_or_asks_for_the_other_of_its_sample(entries, said):
    assert found(on_crizotinib(*entries), *QUESTIONS) == said


@pytest.mark.parametrize(
    ("entries", "missing"),
    [
        ((alt("2014-10-01", 4),), ("bilirubin_x_uln",)),
        ((ast("2014-10-01", 4),), ("bilirubin_x_uln",)),
        ((bilirubin("2014-10-01", 2),), ("alt_x_uln", "ast_x_uln")),
        ((bilirubin("2014-10-01", 2), alt("2014-10-08", 4)), ("bilirubin_x_uln", "alt_x_uln", "ast_x_uln")),
        ((alt("2014-10-01", 4), blood("AST", "2014-10-01", 20, upper=None)), ("ast_x_uln", "bilirubin_x_uln")),
        ((), ()),
    ],
)
def test_the_other_liver_value_is_asked_for_by_name(entries, missing):
    assert facts(on_crizotinib(*entries)).missing == missing


# Events that no rule judges.


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (event("vomiting", grade=3, id="e"), {"grave_event_open": (True, ("e",))}),
        (event("vomiting", grade=2, id="e"), {}),
        (event("vomiting", id="e"), {}),
        (event("vomiting", grade=4, to="2014-10-10", id="e"), {}),
        (event("vomiting", grade=3, suspected_drug="Crizotinib ", id="e"), {"grave_event_open": (True, ("e",))}),
        (event("vomiting", grade=3, suspected_drug="aspirin", id="e"), {}),
        (event("Pneumonitis", grade=4, id="e"), {}),
        (event("torsade_de_pointes", grade=4, id="e"), {}),
        (event("ventricular tachycardia", grade=4, id="e"), {}),
        (event("bradycardia", grade=3, id="e"), {}),
        (event("bradycardia", id="e"), {"event_without_values": (True, ("e",))}),
        (event("hepatitis", grade=3, id="e"), {"event_without_values": (True, ("e",))}),
        (event("qtc_prolonged", grade=3, id="e"), {"event_without_values": (True, ("e",))}),
        (event("neutropenia", grade=3, id="e"), {"event_without_values": (True, ("e",))}),
        (event("thrombocytopenia", grade=3, id="e"), {"event_without_values": (True, ("e",))}),
    ],
)
def test_a_grave_event_that_no_rule_knows_is_looked_at_and_one_without_its_values_completed(entry, said):
    assert found(on_crizotinib(entry), *EVENTS) == said
    assert found(on_crizotinib(entry, stop="2014-10-30", why="other"), *EVENTS) == {}


@pytest.mark.parametrize(
    ("term", "entry"),
    [
        ("hepatitis", alt("2014-10-01", 1)),
        ("hepatitis", ast("2014-10-01", 1)),
        ("hepatitis", bilirubin("2014-10-01", 1)),
        ("qtc_prolonged", qtc("2014-10-01", 400)),
        ("neutropenia", count("neutrophils", "2014-10-01", 2)),
        ("thrombocytopenia", count("platelets", "2014-10-01", 200)),
    ],
)
def test_an_event_with_its_values_on_the_line_is_judged_by_them(term, entry):
    asked = {"event_without_values": (True, ("e",))}
    section, value = entry
    assert found(on_crizotinib(event(term, grade=3, id="e"), entry), *EVENTS) == {}
    baseline = section, {**value, "date": "2014-02-03"}
    assert found(on_crizotinib(event(term, grade=3, id="e"), baseline), *EVENTS) == asked
    unmeasured = section, {**value, "value": None}
    assert found(on_crizotinib(event(term, grade=3, id="e"), unmeasured), *EVENTS) == asked
    other = blood("potassium", "2014-10-01", 4, "mmol/L")
    assert found(on_crizotinib(event(term, grade=3, id="e"), other), *EVENTS) == asked
    undated = course(POSITIVE, line("crizotinib", start=None), event(term, grade=3, id="e"), baseline)
    assert found(undated, *EVENTS) == {}
