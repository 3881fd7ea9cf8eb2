"""Alerts: how urgent each is, what it is about and rests on; which values ask for a look on other inhibitors."""

from datetime import date

import pytest
from pathway.course_builders import (
    NEGATIVE,
    POSITIVE,
    alk_test,
    blood,
    course,
    fish,
    ihc,
    line,
    measured,
    protocol,
    read,
)  # fmt: skip
from pathway.hold_cases import LOWEST, alt, ast, bilirubin, count, event, on_crizotinib, qtc

from app.pathway.engine import advise

DAY = date(2014, 11, 1)


def alerts(record):
    return advise(record, protocol(), DAY).alerts


SURE = {"other_causes_excluded": True}
URGENT = [
    ("X1", "withhold", on_crizotinib(event("pneumonitis"))),
    ("X1", "discontinue", on_crizotinib(event("pneumonitis", **SURE))),
    ("X2", "withhold", on_crizotinib(alt("2014-10-01", 6))),
    ("X2", "discontinue", on_crizotinib(alt("2014-10-01", 6), doses=LOWEST)),
    ("X3", "withhold", on_crizotinib(alt("2014-10-01", 4), bilirubin("2014-10-01", 2))),
    ("X3", "discontinue", on_crizotinib(alt("2014-10-01", 4), bilirubin("2014-10-01", 2), event("hepatitis", **SURE))),
    ("X3", "withhold", on_crizotinib(alt("2014-10-01", 2), bilirubin("2014-10-01", 2))),
    ("X4", "withhold", on_crizotinib(qtc("2014-10-01", 510))),
    ("X5", "discontinue", on_crizotinib(qtc("2014-10-01", 510, symptomatic=True))),
    ("X5", "withhold", on_crizotinib(event("torsade_de_pointes"))),
    ("X5", "discontinue", on_crizotinib(event("torsade_de_pointes", **SURE))),
    ("X6", "withhold", on_crizotinib(count("neutrophils", "2014-10-01", 0.9))),
    ("X6", "discontinue", on_crizotinib(count("neutrophils", "2014-10-01", 0.4), doses=LOWEST)),
    ("X7", "withhold", on_crizotinib(event("bradycardia", grade=2))),
    ("H17", "refer_to_board", on_crizotinib(event("vomiting", grade=3))),
    ("H17", "complete_record", on_crizotinib(event("hepatitis"))),
    ("M6", "refer_to_board", course(POSITIVE, line("ceritinib"), event("vomiting", grade=1))),
]
NO_LIMIT = blood("ALT", "2014-10-01", 30, upper=None)
DIFFERENT = (measured(40, "2014-01-30", "a0", baseline=True), measured(80, "2014-10-01", "a1", reported="PR"))
ATTENTION = [
    ("X3", "complete_record", on_crizotinib(alt("2014-10-01", 4))),
    ("X3", "complete_record", on_crizotinib(bilirubin("2014-10-01", 2))),
    ("X3", "refer_to_board", on_crizotinib(alt("2014-10-01", 1), ast("2014-10-01", 1), bilirubin("2014-10-01", 2))),
    ("H16", "request_alk_fish", course(ihc("positive"), line("crizotinib"))),
    ("H2", "review_discordance", course(POSITIVE, ihc("negative"))),
    ("H2", "review_discordance", course(POSITIVE, alk_test("rt_pcr", "negative"))),
    ("D8", "review_discordance", course(fish(read(30), said="negative"))),
    ("D8", "review_discordance", course(fish(read(2), said="positive"))),
    ("H15", "review_discordance", on_crizotinib(*DIFFERENT)),
    ("H4", "complete_record", on_crizotinib(NO_LIMIT)),
]


@pytest.mark.parametrize(
    ("severity", "rule", "action", "record"),
    [*(("urgent", *one) for one in URGENT), *(("attention", *one) for one in ATTENTION)],
)
def test_an_alert_says_how_urgent_it_is(severity, rule, action, record):
    found = [one for one in alerts(record) if (one.rule, one.action) == (rule, action)]
    assert [one.severity for one in found] == [severity]
    assert all(one.text and "{" not in one.text and "  " not in one.text for one in found)


def test_a_hold_names_the_drug_the_value_and_its_reading():
    [alert] = alerts(on_crizotinib(alt("2014-10-01", 6, id="high"), bilirubin("2014-10-01", 1)))
    assert alert.drug == "crizotinib"
    assert alert.text == (
        "Withhold crizotinib: ALT or AST has been above 5 × ULN. To resume, a new value must show "
        "ALT and AST at most 3 × ULN, or back to baseline."
    )
    assert [(one.fact, one.value, one.from_) for one in alert.because] == [("transaminase_hold", "withhold", ("high",))]
    assert {one.id for one in alert.ambiguities} == {"A19", "A20", "A24"}


def test_an_alert_of_no_drug_names_none():
    [alert] = alerts(on_crizotinib(event("vomiting", grade=3)))
    assert alert.drug is None


def test_a_drug_that_does_not_run_is_not_told_to_be_withheld():
    record = on_crizotinib(event("pneumonitis"), stop="2014-10-20", why="patient_choice")
    assert alerts(record) == ()


# Only crizotinib has rules of its own (A17): on another inhibitor anything outside its limits asks for the board.


def asks_for_the_board(*entries):
    return [one.drug for one in alerts(course(POSITIVE, line("ceritinib"), *entries)) if one.rule == "M6"]


@pytest.mark.parametrize(
    ("entry", "asks"),
    [
        (blood("ALT", "2014-10-01", 41, upper=40), True),
        (blood("ALT", "2014-10-01", 40, upper=40), False),
        (blood("ALT", "2014-10-01", 40, upper=40, comparator=">"), True),
        (blood("ALT", "2014-10-01", 39, upper=40, comparator=">"), False),
        (blood("potassium", "2014-10-01", 3.4, "mmol/L", lower=3.5, upper=5), True),
        (blood("potassium", "2014-10-01", 3.5, "mmol/L", lower=3.5, upper=5), False),
        (blood("potassium", "2014-10-01", 3.5, "mmol/L", lower=3.5, upper=5, comparator="<"), True),
        (blood("potassium", "2014-10-01", 3.6, "mmol/L", lower=3.5, upper=5, comparator="<"), False),
        (blood("potassium", "2014-10-01", 9, "mmol/L", lower=None, upper=None), False),
        (blood("potassium", "2014-10-01", None, "mmol/L", lower=3.5, upper=5), False),
        (blood("neutrophils", "2014-10-01", 1.4, "10*9/L", lower=None, upper=None), True),
        (blood("neutrophils", "2014-10-01", 1.5, "10*9/L", lower=None, upper=None), False),
        (blood("neutrophils", "2014-10-01", 1.4, "%", lower=None, upper=None), False),
        (blood("platelets", "2014-10-01", 74, "10*9/L", lower=None, upper=None), True),
        (blood("platelets", "2014-10-01", 75, "10*9/L", lower=None, upper=None), False),
        (blood("QTc", "2014-10-01", 450, "ms", lower=None, upper=None), True),
        (blood("QTc", "2014-10-01", 449, "ms", lower=None, upper=None), False),
        (event("vomiting", grade=1), True),
        (event("vomiting", grade=1, to="2014-10-20"), False),
    ],
)
def test_on_another_inhibitor_what_is_outside_its_limits_asks_for_the_board(entry, asks):
    assert asks_for_the_board(entry) == (["ceritinib"] if asks else [])


def test_only_the_newest_value_of_an_analyte_asks():
    high, back = blood("ALT", "2014-09-01", 41, upper=40), blood("ALT", "2014-10-01", 20, upper=40)
    assert asks_for_the_board(high, back) == []
    assert asks_for_the_board(back, high) == []
    assert asks_for_the_board(high, blood("AST", "2014-10-01", 20, upper=40)) == ["ceritinib"]


def test_the_board_is_told_which_values_and_events_it_is_about():
    record = course(POSITIVE, line("ceritinib"), alt("2014-10-01", 2, id="v1"), event("vomiting", grade=1, id="e1"))
    [alert] = [one for one in alerts(record) if one.rule == "M6"]
    assert next(one.from_ for one in alert.because if one.fact == "toxicity_open") == ("e1", "v1")


def test_without_an_inhibitor_no_value_asks():
    assert alerts(course(NEGATIVE, line("cisplatin", "pemetrexed"), alt("2014-10-01", 9))) == ()


# What a value without its unit or limit is asked for.


@pytest.mark.parametrize(
    ("entry", "fact"),
    [
        (blood("ALT", "2014-10-01", upper=None), "alt_x_uln"),
        (blood("ALT", "2014-10-01", unit=None), "alt_x_uln"),
        (blood("AST", "2014-10-01", upper=None), "ast_x_uln"),
        (blood("ALP", "2014-10-01", upper=None), "alp_x_uln"),
        (blood("total_bilirubin", "2014-10-01", upper=None), "bilirubin_x_uln"),
        (blood("neutrophils", "2014-10-01", 3, None), "neutrophils"),
        (blood("platelets", "2014-10-01", 200, None), "platelets"),
        (blood("QTc", "2014-10-01", 400, None), "qtc_ms"),
    ],
)
def test_a_value_without_unit_or_limit_decides_nothing_and_is_asked_for(entry, fact):
    advice = advise(on_crizotinib(entry), protocol(), DAY)
    assert [(one.action, one.severity) for one in advice.alerts] == [("complete_record", "attention")]
    assert [one.fact for one in advice.missing] == [fact]
    assert (advice.preferred.action, advice.preferred.drug) == ("continue", "crizotinib")


@pytest.mark.parametrize(
    "entry", [blood("potassium", "2014-10-01", 4, None), blood("neutrophils", "2014-10-01", 3, "10*9/L", upper=None)]
)
def test_a_limit_is_asked_for_only_where_a_rule_is_in_multiples_of_it(entry):
    advice = advise(on_crizotinib(entry), protocol(), DAY)
    assert (advice.alerts, advice.missing) == ((), ())


def test_the_facts_of_laboratory_values_are_in_multiples_of_the_limit_or_in_their_unit():
    record = on_crizotinib(
        alt("2014-10-01", 2, id="v1"), bilirubin("2014-10-01", 0.5, id="v2"), count("neutrophils", "2014-10-01", 2.5),
        count("platelets", "2014-10-01", 180), qtc("2014-10-01", 430),
    )  # fmt: skip
    facts = {one["fact"]: one for one in advise(record, protocol(), DAY, trace=True).trace["facts"]}
    found = {name: facts[name]["value"] for name in ("alt_x_uln", "bilirubin_x_uln", "ast_x_uln")}
    assert found == {"alt_x_uln": 2, "bilirubin_x_uln": 0.5, "ast_x_uln": None}
    assert [facts[name]["value"] for name in ("neutrophils", "platelets", "qtc_ms")] == [2.5, 180, 430]
    assert (facts["alt_x_uln"]["from"], facts["bilirubin_x_uln"]["from"]) == (["v1"], ["v2"])
