"""The response of a line, what a clinician says of its progression, and what answers it; each from its entries."""

from datetime import date

import pytest
from pathway.course_builders import (
    POSITIVE,
    course,
    decided,
    doublet,
    line,
    local_treatment,
    measured,
    pd,
    protocol,
    seen,
)

from app.pathway.facts_progression import decided_action
from app.pathway.finding import find
from app.record.decision import Instead
from builders import a_decision

ON = (POSITIVE, line("crizotinib"))
NAMES = (
    "response", "response_differs", "progression_answered", "progression_extent", "progression_sites",
    "progression_symptomatic", "progression_tempo", "tolerated", "local_treatment_possible",
)  # fmt: skip


def facts(*entries):
    said = find(course(*entries), protocol(), date(2014, 11, 1), protocol().parameters).facts
    return {name: (said.values[name], said.sources[name]) for name in NAMES}


NOTHING = {
    "response_differs": (False, ()),
    "progression_answered": (False, ()),
    "progression_extent": (None, ()),
    "progression_sites": ("unsaid", ()),
    "progression_symptomatic": (None, ()),
    "progression_tempo": (None, ()),
    "tolerated": (None, ()),
    "local_treatment_possible": (None, ()),
}


def test_without_an_evaluable_assessment_there_is_no_response():
    assert facts(*ON) == {"response": ("none", ()), **NOTHING}
    assert facts(*ON, seen("NE"), seen(None, id="a4")) == {"response": ("none", ()), **NOTHING}


def test_the_response_is_that_of_the_newest_evaluable_assessment():
    assert facts(*ON, seen("PR", "2014-05-01", "a1"), seen("SD", "2014-08-01", "a2"), seen("NE")) == {
        "response": ("SD", ("a2",)), **NOTHING,
    }  # fmt: skip


def test_a_response_has_no_progression_to_speak_of_though_an_earlier_one_was_judged():
    found = facts(*ON, pd("2014-05-01", "a1", extent="widespread"), seen("PR", "2014-08-01", "a2"))
    assert found == {"response": ("PR", ("a2",)), **NOTHING}


def test_what_the_clinician_says_of_a_progression_is_from_its_assessment():
    said = {"extent": "oligometastatic", "sites": ["brain"], "symptomatic": False, "tempo": "slow", "tolerated": True}
    assert facts(*ON, pd(local=True, **said)) == {
        "response": ("PD", ("a3",)),
        "response_differs": (False, ()),
        "progression_answered": (False, ()),
        "progression_extent": ("oligometastatic", ("a3",)),
        "progression_sites": ("cns_only", ("a3",)),
        "progression_symptomatic": (False, ("a3",)),
        "progression_tempo": ("slow", ("a3",)),
        "tolerated": ("yes", ("a3",)),
        "local_treatment_possible": (True, ("a3",)),
    }


def test_a_progression_of_which_nothing_is_said_names_the_assessment_to_complete():
    found = facts(*ON, seen("PD"))
    assert found["progression_extent"] == (None, ("a3",))
    assert found["progression_sites"] == ("unsaid", ("a3",))


@pytest.mark.parametrize(
    ("sites", "where"),
    [
        ([], "unsaid"),
        (["brain"], "cns_only"),
        (["leptomeninges", "brain"], "cns_only"),
        (["liver"], "outside_cns"),
        (["liver", "brain"], "both"),
        (["brain", "bone", "liver"], "both"),
    ],
)
def test_the_sites_of_a_progression_are_within_or_outside_the_cns(sites, where):
    assert facts(*ON, pd(sites=sites))["progression_sites"] == (where, ("a3",))


def test_not_tolerated_is_said():
    assert facts(*ON, pd(tolerated=False))["tolerated"] == ("no", ("a3",))


def test_of_assessments_judged_together_the_last_that_says_something_counts():
    together = {"timepoint": "2"}
    ct, mri = (
        ("assessments", {**one[1], **together})
        for one in (pd("2014-10-27", "ct", extent="widespread"), pd("2014-10-28", "mri"))
    )
    found = facts(*ON, ct, mri)
    assert found["response"] == ("PD", ("ct", "mri"))
    assert found["progression_extent"] == ("widespread", ("ct",))
    other = "assessments", {**pd("2014-10-28", "mri", extent="oligometastatic")[1], **together}
    assert facts(*ON, ct, other)["progression_extent"] == ("oligometastatic", ("mri",))
    silent = "assessments", {**seen("PD", "2014-10-28", "mri")[1], **together}
    empty = "assessments", {**pd("2014-10-27", "ct")[1], **together}
    assert facts(*ON, empty, silent)["progression_extent"] == (None, ("ct",))


def test_a_difference_between_reader_and_arithmetic_names_the_assessment():
    baseline = measured(40, "2014-01-30", "a0", baseline=True)
    assert facts(*ON, baseline, measured(80, "2014-10-28", "a1", reported="SD"))["response_differs"] == (True, ("a1",))
    assert facts(*ON, baseline, measured(40, "2014-10-28", "a1", reported="SD"))["response_differs"] == (False, ())


# What answers a progression.


@pytest.mark.parametrize(
    ("entries", "answer"),
    [
        ((), ()),
        ((local_treatment(id="k"),), ("k",)),
        ((local_treatment("2014-10-28", id="k"),), ("k",)),
        ((local_treatment("2014-10-27", id="k"),), ()),
        ((local_treatment("2014-10", id="k"),), ("k",)),
        ((local_treatment(prompted_by=None, id="k"),), ()),
        ((decided("continue_with_surveillance", id="d"),), ("d",)),
        ((decided("continue", on="2014-10-28", id="d"),), ("d",)),
        ((decided("continue", on="2014-10-27", id="d"),), ()),
        ((decided("continue", verdict="declined", id="d"),), ()),
        ((decided("switch", "ceritinib", id="d"),), ()),
        ((decided("switch", "ceritinib", verdict="modified", instead={"action": "continue"}, id="d"),), ("d",)),
        ((decided("continue", verdict="modified", instead={"action": "switch"}, id="d"),), ()),
        ((decided("continue", on="2014-10-29", id="d"), decided("switch", "ceritinib", on="2014-10-30")), ()),
        ((decided("continue", on="2014-10-30", id="d"), decided("switch", "ceritinib", on="2014-10-30")), ("d",)),
        ((decided("continue", on="2014-10-31", id="d"), decided("switch", "ceritinib", on="2014-10-30")), ("d",)),
        ((decided("continue", on="2014-10-29"), local_treatment("2014-10-30", id="k")), ("k",)),
        ((decided("continue", on="2014-10-31", id="d"), local_treatment("2014-10-30")), ("d",)),
        ((local_treatment("2014-10-29"), decided("switch", "ceritinib", on="2014-10-30")), ()),
    ],
)
def test_a_progression_is_answered_by_a_local_treatment_for_it_or_a_decision_to_go_on(entries, answer):
    assert facts(*ON, pd(), *entries)["progression_answered"] == (bool(answer), answer)


def test_only_the_progression_of_a_running_inhibitor_can_be_answered():
    answer = local_treatment()
    assert facts(POSITIVE, doublet(), pd(), answer)["progression_answered"] == (False, ())
    stopped = line("crizotinib", stop="2014-10-29", why="progression")
    assert facts(POSITIVE, stopped, pd(), answer)["progression_answered"] == (False, ())
    assert facts(*ON, seen("PR"), answer)["progression_answered"] == (False, ())


@pytest.mark.parametrize(
    ("decision", "action"),
    [
        (a_decision(drug="crizotinib"), ("continue_with_local_treatment", "crizotinib")),
        (a_decision("modified", instead=Instead(action="switch", drug="ceritinib")), ("switch", "ceritinib")),
        (a_decision("modified", drug="a", instead=Instead(drug="ceritinib")), ("continue_with_local_treatment", "a")),
        (a_decision("modified", drug="a"), ("continue_with_local_treatment", "a")),
        (a_decision("accepted", drug="a", instead=Instead(action="switch")), ("continue_with_local_treatment", "a")),
    ],
)
def test_a_decision_chose_the_advice_or_what_was_done_instead(decision, action):
    assert decided_action(decision) == action
