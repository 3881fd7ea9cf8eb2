"""What the lines of treatment say: what runs, what has failed, which drugs are left; with the entries they are from."""

import pytest

from app.clinical.therapy_lines import course
from app.pathway.facts_line import Drugs, line_facts
from builders import a_dose, a_line, a_record, an_access

ALL = frozenset({"crizotinib", "ceritinib", "alectinib", "brigatinib", "lorlatinib"})
DRUGS = Drugs(ALL, ALL - {"crizotinib"}, ("ceritinib", "alectinib"))
FAILED = {"stop_reason": "progression"}
DOUBLET = ("cisplatin", "pemetrexed")


def seen_lines(*entries, progressions=None, stops=None, drugs=DRUGS):
    record = a_record(*entries)
    lines = course(record, drugs.inhibitors, progressions or {})
    return line_facts(record, lines, drugs, "2014-11-01", stops or {})


def facts(*entries, **given):
    return seen_lines(*entries, **given)[0]


def symbols(*entries, **given):
    return seen_lines(*entries, **given)[1]


def spell(number, *drugs, **given):
    """Return the line of this number: one month, from the third of a month to the first of the next."""
    start, stop = f"2014-{number + 1:02}-03", f"2014-{number + 2:02}-01"
    return a_line(*drugs, id=f"l{number}", **{"start": start, "stop": stop, **FAILED, **given})


def test_before_any_line_everything_is_left():
    found, stand_for = seen_lines()
    assert found == {
        "line_number": (0, ()),
        "alk_inhibitor_running": (False, ()),
        "crizotinib_running": (False, ()),
        "chemotherapy_running": (False, ()),
        "line_state": ("none", ()),
        "line_start_known": (True, ()),
        "stop_reason": (True, ()),
        "dose_held": (False, ()),
        "hold_reason": (True, ()),
        "any_inhibitor_given": (False, ()),
        "crizotinib_state": ("new", ()),
        "novel_state": ("left", ()),
        "doublet_state": ("new", ()),
        "rechallenge_possible": (False, ()),
    }
    assert stand_for == {
        "current": (),
        "first_inhibitor": ("crizotinib",),
        "novel_new": ("ceritinib", "alectinib"),
        "given_before": (),
        "rechallenge": (),
        "doublet_new": ("platinum-pemetrexed",),
        "doublet_again": (),
    }


def test_while_crizotinib_runs():
    found, stand_for = seen_lines(a_line("Crizotinib"))
    assert found["line_number"] == (1, ("l1",))
    assert found["alk_inhibitor_running"] == found["crizotinib_running"] == (True, ("l1",))
    assert found["chemotherapy_running"] == (False, ("l1",))
    assert found["line_state"] == ("inhibitor_running", ("l1",))
    assert found["any_inhibitor_given"] == (True, ("l1",))
    assert found["crizotinib_state"] == ("given", ("l1",))
    assert found["rechallenge_possible"] == (False, ("l1",))
    assert (stand_for["current"], stand_for["given_before"], stand_for["rechallenge"]) == (("crizotinib",), (), ())


def test_while_chemotherapy_runs():
    found, stand_for = seen_lines(a_line("pemetrexed", "carboplatin"))
    assert found["alk_inhibitor_running"] == found["crizotinib_running"] == (False, ("l1",))
    assert found["chemotherapy_running"] == (True, ("l1",))
    assert found["line_state"] == ("chemotherapy_running", ("l1",))
    assert found["doublet_state"] == ("none", ("l1",))
    assert stand_for["current"] == ("platinum-pemetrexed",)


def test_another_inhibitor_that_runs_is_no_crizotinib():
    found = facts(a_line("ceritinib"))
    assert found["alk_inhibitor_running"] == (True, ("l1",))
    assert found["crizotinib_running"] == (False, ("l1",))
    assert found["crizotinib_state"] == ("new", ())
    assert found["novel_state"] == ("left", ("l1",))


@pytest.mark.parametrize(
    ("line", "state", "reason_known"),
    [
        (a_line(), "inhibitor_running", True),
        (a_line(stop="2014-10-01", stop_reason="progression"), "inhibitor_failed", True),
        (a_line(stop="2014-10-01", stop_reason="toxicity"), "inhibitor_toxicity", True),
        (a_line(stop="2014-10-01", stop_reason="completed"), "inhibitor_ended", True),
        (a_line(stop="2014-10-01"), "inhibitor_reason_unknown", False),
        (a_line(*DOUBLET), "chemotherapy_running", True),
        (a_line(*DOUBLET, stop="2014-10-01", stop_reason="progression"), "chemotherapy_failed", True),
        (a_line(*DOUBLET, stop="2014-10-01", stop_reason="completed"), "chemotherapy_ended", True),
        (a_line(*DOUBLET, stop="2014-10-01", stop_reason="toxicity"), "chemotherapy_ended", True),
    ],
)
def test_the_last_line_stands_where_it_ended(line, state, reason_known):
    found = facts(line)
    assert found["line_state"] == (state, ("l1",))
    assert found["stop_reason"] == (reason_known, ("l1",))
    assert found["alk_inhibitor_running"][1] == (("l1",) if line.stopped_on is None else ())


def test_chemotherapy_that_progresses_counts_as_failed_while_it_runs_and_an_inhibitor_does_not():
    pd = {"l1": [("2014-10-01", ("a3",))]}
    assert facts(a_line(*DOUBLET), progressions=pd)["line_state"] == ("chemotherapy_failed", ("l1", "a3"))
    assert facts(a_line(), progressions=pd)["line_state"] == ("inhibitor_running", ("l1", "a3"))


def test_an_inhibitor_that_is_to_be_stopped_for_good_counts_as_stopped_for_toxicity():
    found = facts(a_line(), stops={"l1": ("lab9",)})
    assert found["line_state"] == ("inhibitor_toxicity", ("l1", "lab9"))
    assert symbols(a_line(), stops={"l1": ("lab9",)})["given_before"] == ()
    ended = a_line(stop="2014-10-01", stop_reason="patient_choice")
    assert symbols(ended)["given_before"] == ("crizotinib",)
    assert symbols(ended, stops={"l1": ("lab9",)})["given_before"] == ()
    assert symbols(ended, stops={"l1": ("lab9",)})["rechallenge"] == ()
    assert symbols(ended, stops={"l7": ("lab9",)})["rechallenge"] == ("crizotinib",)


def test_the_start_of_the_running_line_must_be_known_that_of_another_need_not():
    assert facts(a_line(start=None))["line_start_known"] == (False, ("l1",))
    assert facts(a_line(start=None, stop="2014-10-01", **FAILED))["line_start_known"] == (True, ("l1",))
    assert facts(a_line())["line_start_known"] == (True, ("l1",))


@pytest.mark.parametrize(
    ("line", "held"),
    [
        (a_line(doses=(a_dose(),)), False),
        (a_line(doses=(a_dose(frequency="held"),)), True),
        (a_line(doses=(a_dose(amount=0),)), True),
        (a_line(doses=(a_dose(frequency="held", to="2014-10-31"),)), False),
        (a_line(doses=(a_dose(frequency="held", to="2014-11-01"),)), True),
        (a_line(doses=(a_dose("pemetrexed", frequency="held"),)), False),
        (a_line(*DOUBLET, doses=(a_dose("cisplatin", frequency="held"),)), False),
        (a_line(stop="2014-10-01", doses=(a_dose(frequency="held"),), **FAILED), False),
        (a_line("ceritinib", doses=(a_dose("ceritinib", frequency="held"),)), True),
    ],
)
def test_a_held_dose_is_that_of_the_running_inhibitor(line, held):
    found = facts(line)
    assert found["dose_held"] == (held, ("l1",) if held else ())
    assert found["hold_reason"] == (not held, ("l1",) if held else ())


# P7's drugs.


@pytest.mark.parametrize(
    ("entries", "state", "left"),
    [
        ((), "left", ("ceritinib", "alectinib")),
        ((an_access("ceritinib"),), "left", ("alectinib",)),
        ((an_access("Ceritinib"), an_access("alectinib", id="y2")), "none_left", ()),
        ((an_access("ceritinib"), an_access("ceritinib", True, date="2014-11-02", id="y2")), "left",
         ("ceritinib", "alectinib")),
        ((spell(1, "ceritinib", stop_reason="patient_choice"),), "left", ("alectinib",)),
        ((spell(1, "ceritinib"),), "left_after_failure", ("alectinib",)),
        ((spell(1, "brigatinib"),), "left_after_failure", ("ceritinib", "alectinib")),
        ((spell(1, "crizotinib"),), "left", ("ceritinib", "alectinib")),
        ((spell(1, "ceritinib"), spell(2, "alectinib")), "none_left", ()),
    ],
)  # fmt: skip
def test_of_the_novel_drugs_those_never_given_and_available_are_left(entries, state, left):
    found, stand_for = seen_lines(*entries)
    assert found["novel_state"][0] == state
    assert stand_for["novel_new"] == left


def test_the_state_of_the_novel_drugs_is_from_their_lines_and_what_is_said_of_access():
    found = facts(
        spell(1, "ceritinib"), spell(2, "alectinib"), an_access("Alectinib"), an_access("crizotinib", id="y2")
    )
    assert found["novel_state"] == ("none_left", ("l1", "l2", "y1"))
    assert found["crizotinib_state"] == ("unavailable", ("y2",))
    assert facts(spell(1, "crizotinib"), an_access("crizotinib"))["crizotinib_state"] == ("given", ("l1",))


@pytest.mark.parametrize(
    ("entries", "given_before"),
    [
        ((spell(1, "crizotinib", stop_reason="patient_choice"),), ("crizotinib",)),
        ((spell(1, "crizotinib"),), ()),
        ((spell(1, "crizotinib", stop_reason="toxicity"),), ()),
        ((spell(1, "crizotinib", stop_reason="patient_choice"), an_access("crizotinib")), ()),
        ((spell(1, "crizotinib", stop_reason="other"), spell(2, "crizotinib", stop=None, stop_reason=None)), ()),
        ((spell(1, "lorlatinib", stop_reason="other"), spell(2, "alectinib", stop_reason="other"),
          spell(3, "crizotinib", stop_reason="other")), ("crizotinib", "alectinib", "lorlatinib")),
        ((spell(1, *DOUBLET, stop_reason="completed"),), ()),
    ],
)  # fmt: skip
def test_what_was_given_and_neither_failed_nor_was_stopped_for_toxicity_may_be_given_again(entries, given_before):
    assert symbols(*entries)["given_before"] == given_before


# The doublet (S2).


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((), "new"),
        ((an_access("platinum-pemetrexed"),), "none"),
        ((an_access("pemetrexed"),), "none"),
        ((an_access("cisplatin"),), "new"),
        ((an_access("cisplatin"), an_access("carboplatin", id="y2")), "none"),
        ((spell(1, *DOUBLET, stop_reason="completed"),), "again"),
        ((spell(1, "carboplatin", "pemetrexed", "bevacizumab", stop_reason="completed"),), "again"),
        ((spell(1, *DOUBLET),), "none"),
        ((spell(1, *DOUBLET, stop_reason="toxicity"),), "none"),
        ((spell(1, *DOUBLET, stop=None, stop_reason=None),), "none"),
        ((spell(1, "pemetrexed"),), "new"),
        ((spell(1, "cisplatin", "docetaxel"),), "new"),
        ((spell(1, *DOUBLET, stop_reason="completed"), spell(2, *DOUBLET)), "none"),
    ],
)
def test_the_doublet_is_offered_while_it_has_not_failed(entries, state):
    found, stand_for = seen_lines(*entries)
    assert found["doublet_state"][0] == state
    assert stand_for["doublet_new"] == (("platinum-pemetrexed",) if state == "new" else ())
    assert stand_for["doublet_again"] == (("platinum-pemetrexed",) if state == "again" else ())


@pytest.mark.parametrize("drug", ["platinum-pemetrexed", "pemetrexed", "cisplatin", "carboplatin"])
def test_the_state_of_the_doublet_is_from_its_lines_or_what_is_said_of_access(drug):
    assert facts(an_access(drug))["doublet_state"][1] == ("y1",)
    assert facts(an_access(drug), spell(1, *DOUBLET))["doublet_state"][1] == ("l1",)
    assert facts(an_access("docetaxel"))["doublet_state"] == ("new", ())


# Rechallenge (S5).


@pytest.mark.parametrize(
    ("entries", "drugs"),
    [
        ((), ()),
        ((spell(1, *DOUBLET),), ()),
        ((spell(1, "crizotinib"),), ()),
        ((spell(1, "crizotinib", stop_reason="completed"),), ("crizotinib",)),
        ((spell(1, "crizotinib"), spell(2, *DOUBLET)), ("crizotinib",)),
        ((spell(1, "crizotinib"), spell(2, *DOUBLET), an_access("crizotinib")), ()),
        ((spell(1, "crizotinib", stop_reason="toxicity"), spell(2, *DOUBLET)), ()),
        ((spell(1, "crizotinib"), spell(2, "ceritinib"), spell(3, *DOUBLET)), ("crizotinib",)),
        ((spell(1, "ceritinib"), spell(2, "crizotinib"), spell(3, *DOUBLET)), ("ceritinib",)),
        ((spell(1, "crizotinib"), spell(2, "ceritinib"), spell(3, "crizotinib"), spell(4, *DOUBLET)), ("ceritinib",)),
        ((spell(1, "crizotinib"), spell(2, "ceritinib", stop_reason="other")), ("ceritinib",)),
        ((spell(1, "crizotinib"), spell(2, "ceritinib", stop_reason="toxicity")), ("crizotinib",)),
        ((spell(1, "crizotinib"), spell(2, "ceritinib")), ("crizotinib",)),
        ((spell(1, "crizotinib"), spell(2, "ceritinib", stop=None, stop_reason=None)), ("crizotinib",)),
        ((spell(1, "crizotinib"), spell(2, "ceritinib", stop_reason=None)), ("crizotinib",)),
        ((spell(1, "crizotinib", stop_reason="toxicity"), spell(2, "alectinib", stop="2014-09-01"), spell(3, *DOUBLET)),
         ("alectinib",)),
    ],
)  # fmt: skip
def test_an_inhibitor_is_given_again_that_did_not_just_fail_the_one_stopped_longest_ago(entries, drugs):
    found, stand_for = seen_lines(*entries)
    assert stand_for["rechallenge"] == drugs
    assert found["rechallenge_possible"][0] is bool(drugs)


def test_the_protocol_says_which_inhibitor_is_the_first():
    drugs = Drugs(ALL, ALL - {"crizotinib"}, ("crizotinib",), first="ceritinib")
    found, stand_for = seen_lines(a_line("ceritinib"), drugs=drugs)
    assert found["crizotinib_running"] == (True, ("l1",))
    assert stand_for["first_inhibitor"] == ("ceritinib",)
    assert stand_for["novel_new"] == ("crizotinib",)
