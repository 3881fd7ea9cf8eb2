"""What an advice says: every part of it, from whole records, and by a protocol that another clinic has written."""

import shutil
from datetime import date

import pytest
import yaml
from pathway.course_builders import (
    NEGATIVE,
    POSITIVE,
    awaited,
    blood,
    course,
    examination,
    fish,
    ihc,
    line,
    local_treatment,
    no_access,
    pd,
    protocol,
    read,
    seen,
)
from pathway.hold_cases import on_crizotinib, qtc

from app.paths import RESOURCES
from app.pathway.engine import advise, advise_on
from app.pathway.facts import FACTS
from app.pathway.finding import find
from app.pathway.protocol_reading import load_protocol

DAY = date(2014, 11, 1)
ON_CRIZOTINIB = course(POSITIVE, line("crizotinib"))


@pytest.fixture
def changed(tmp_path):
    """Return the shipped protocol with the rows of one of its tables changed."""
    folder = tmp_path / "changed"
    shutil.copytree(RESOURCES / "protocols" / "duchemann-2015", folder)

    def change(table, edit):
        path = folder / "tables" / f"{table}.yaml"
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        written["rows"] = edit(written["rows"])
        path.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")
        return load_protocol(folder)

    return change


def test_where_no_row_says_anything_nothing_is_made_up(changed):
    changed_protocol = changed("on_treatment", lambda rows: [{**row, "advise": []} for row in rows])
    with pytest.raises(RuntimeError, match="no row of duchemann-2015 advises anything"):
        advise(ON_CRIZOTINIB, changed_protocol, DAY)


def test_the_trace_says_between_which_numbers_a_row_would_have_fired(changed):
    row = {"id": "few", "rule": "H7", "when": {"line_number": {"at_least": 2, "below": 5}}, "advise": []}
    changed_protocol = changed("on_treatment", lambda rows: [*rows, row])
    traced = advise(ON_CRIZOTINIB, changed_protocol, DAY, trace=True).trace
    near = next(one["near"] for one in traced["tables"] if one["table"] == "on_treatment")
    assert {"rule": "H7", "fact": "line_number", "needs": "2 to 5"} in near


@pytest.mark.parametrize(
    ("values", "ecgs"),
    [
        ((), 0),
        ((("2014-10-01", 500),), 0),
        ((("2014-10-01", 510),), 1),
        ((("2014-10-01", 510), ("2014-10-02", 505)), 2),
        ((("2014-10-01", 510), ("2014-10-02", 490), ("2014-10-03", 505)), 2),
        ((("2014-10-01", 510), ("2014-10-15", 470)), 0),
        ((("2014-10-01", 510), ("2014-10-15", 470), ("2014-10-28", 505)), 1),
    ],
)
def test_the_ecgs_of_an_open_hold_are_counted(values, ecgs):
    record = on_crizotinib(*(qtc(day, ms) for day, ms in values))
    facts = {one["fact"]: one for one in advise(record, protocol(), DAY, trace=True).trace["facts"]}
    assert facts["ecgs_above_limit"]["value"] == ecgs


# The whole answer.


def ids(parts):
    return [one.id for one in parts]


BRAIN = course(
    POSITIVE, line("crizotinib"), pd(extent="oligometastatic", sites=["brain"], local=True, symptomatic=False)
)


def test_an_option_says_what_to_do_and_which_facts_of_which_entries_it_rests_on():
    advice = advise(BRAIN, protocol(), DAY)
    assert (advice.as_of, advice.mrn, advice.protocol.id) == (DAY, "A-1042", "duchemann-2015")
    assert dict(advice.parameters) == {
        "monitoring_schedule": "EU", "baseline_days": 42, "young_age": None, "oligometastatic_at_most": None,
    }  # fmt: skip
    assert (advice.stage, advice.alk_status, advice.alerts, advice.trace) == ("progression", "positive", (), None)
    assert (advice.line.number, advice.line.drugs, advice.line.since) == (1, ("crizotinib",), "2014-02-03")
    assert (advice.response.current, advice.response.best, advice.response.as_of) == ("PD", "PD", "2014-10-28")
    local = advice.options[0]
    assert (local.action, local.drug, local.dose, local.rule) == (
        "continue_with_local_treatment", "crizotinib", None, "P4",
    )  # fmt: skip
    assert (local.preferred, local.prescriber_only) == (True, False)
    assert local.text == "Keep crizotinib and treat the brain lesions locally; radiotherapy is often proposed."
    assert [(one.fact, one.value, one.from_) for one in local.because] == [
        ("alk_inhibitor_running", True, ("l1",)),
        ("response", "PD", ("a3",)),
        ("progression_extent", "oligometastatic", ("a3",)),
        ("progression_sites", "cns_only", ("a3",)),
        ("local_treatment_possible", True, ("a3",)),
        ("alk_status", "positive", ("t-shown",)),
        ("stage_metastatic", True, ("diagnosis",)),
    ]
    assert (ids(local.ambiguities), local.evidence, local.references) == (["A29"], (), ())
    assert local.cautions == ("The first ALK inhibitor never worked: think of a false-positive ALK test (D18).",)


def test_the_options_that_follow_name_their_drug_their_studies_and_the_readings_of_those():
    _local, ceritinib, alectinib = advise(BRAIN, protocol(), DAY).options
    assert [(one.action, one.drug, one.dose, one.rule, one.preferred) for one in (ceritinib, alectinib)] == [
        ("switch", "ceritinib", None, "P7", False),
        ("switch", "alectinib", None, "P7", False),
    ]
    assert ceritinib.text == "Switch to ceritinib, a novel ALK inhibitor active after crizotinib, also in the brain."
    assert (ceritinib.evidence, alectinib.evidence) == (("E7", "E8", "E10", "E6"), ("E7", "E8", "E10", "E9"))
    assert ids(ceritinib.ambiguities) == ["A28", "A15", "A37", "A38"]
    assert ids(alectinib.ambiguities) == ["A28", "A15", "A37", "A38", "A39"]
    assert [one.cautions[0] for one in (ceritinib, alectinib)] == [
        "The review prefers neither ceritinib nor alectinib; the order here is not a preference."
    ] * 2
    assert [one.cautions[1].partition(":")[0] for one in (ceritinib, alectinib)] == ["No dose is shown"] * 2
    assert len(ceritinib.cautions) == len(alectinib.cautions) == 2


def test_what_is_missing_what_one_fact_would_change_and_what_not_to_do_stand_beside_the_options():
    advice = advise(BRAIN, protocol(), DAY)
    assert [(one.fact, one.needed_for, one.text) for one in advice.missing] == [
        ("tolerated", ("P7", "P2"), "Say whether the current treatment is well tolerated."),
        ("progression_tempo", ("P2",), "Say whether the progression is slow, moderate or rapid."),
    ]
    away = [(one.fact, one.now, one.if_, one.rule, one.action, one.drug) for one in advice.one_fact_away]
    assert away == [
        ("progression_extent", "oligometastatic", "widespread", "P7", "switch", "ceritinib"),
        ("local_treatment_possible", True, False, "P7", "switch", "ceritinib"),
    ]
    assert [(one.action, one.drug, one.rule, one.text) for one in advice.not_recommended] == [
        ("abrupt_stop", "crizotinib", "P3",
         "Do not stop crizotinib before the next treatment is ready: sensitive clones can regrow fast."),
        ("escalate_dose", "crizotinib", "P5",
         "Do not raise the crizotinib dose: it has shown no clinical efficiency, in the brain in particular."),
        ("request_rebiopsy", None, "R2",
         "No re-biopsy is needed before the next treatment; in this protocol it is for trials (R3)."),
    ]  # fmt: skip


def test_in_a_list_over_all_patients_the_preferred_option_the_alerts_and_what_is_due_are_enough():
    record = on_crizotinib(qtc("2014-10-01", 510), pd(extent="widespread"))
    whole, brief = advise(record, protocol(), DAY), advise(record, protocol(), DAY, brief=True)
    assert brief.options == whole.options[:1]
    assert (brief.alerts, brief.due) == (whole.alerts, whole.due)
    assert whole.alerts
    assert whole.due
    brief = advise(BRAIN, protocol(), DAY, brief=True)
    assert (brief.missing, brief.one_fact_away, brief.not_recommended) == ((), (), ())


def test_findings_are_advised_on_as_their_record_is():
    findings = find(BRAIN, protocol(), DAY, protocol().parameters)
    assert advise_on(findings, protocol()) == advise(BRAIN, protocol(), DAY)
    assert advise_on(findings, protocol(), trace=True, brief=True) == advise(
        BRAIN, protocol(), DAY, trace=True, brief=True
    )


def test_what_the_clinic_has_set_stands_over_the_protocols_own():
    advice = advise(BRAIN, protocol(), DAY, parameters={"monitoring_schedule": "US"})
    assert (advice.parameters["monitoring_schedule"], advice.parameters["baseline_days"]) == ("US", 42)


def test_of_the_dead_nothing_is_due_missing_or_asked():
    advice = advise(course(line("crizotinib"), died="2014-10-01"), protocol(), DAY)
    assert [one.action for one in advice.options] == ["none_deceased"]
    assert (advice.due, advice.missing, advice.alerts, advice.stage) == ((), (), (), "off_pathway")


def test_the_trace_tells_the_facts_with_their_entries_and_per_table_what_fired_and_what_nearly_did():
    trace = advise(BRAIN, protocol(), DAY, trace=True).trace
    assert list(trace) == ["facts", "tables"]
    assert [one["fact"] for one in trace["facts"]] == list(FACTS)
    assert {"fact": "response", "value": "PD", "from": ["a3"]} in trace["facts"]
    assert {"fact": "deceased", "value": False, "from": ["patient"]} in trace["facts"]
    house, progression, resuming = trace["tables"]
    assert (house["table"], house["fired"]) == ("house", ["to-progression"])
    assert {"rule": "H1", "fact": "deceased", "needs": True} in house["near"]
    assert {"rule": "H4", "fact": "stage_metastatic", "needs": None} in house["near"]
    assert progression == {
        "table": "progression",
        "fired": ["P4", "P7"],
        "near": [
            {"rule": "P7", "fact": "tolerated", "needs": "no"},
            {"rule": "P6", "fact": "progression_sites", "needs": ["outside_cns", "both", "unsaid"]},
            {"rule": "S2", "fact": "novel_state", "needs": "left_after_failure"},
            {"rule": "S2", "fact": "novel_state", "needs": "none_left"},
            {"rule": "H4", "fact": "progression_extent", "needs": None},
            {"rule": "H4", "fact": "local_treatment_possible", "needs": None},
        ],
    }
    assert resuming == {"table": "resuming", "fired": [], "near": []}


# What fills the blanks of a text.


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (course(fish(read(10, 40))),
         "Fewer than 50 cells were counted (40). At least 50 are needed before FISH can be read."),
        (course(fish(read(20, 60))),
         "33.3 % of 60 cells are positive, between 10 % and 50 %: a second reader counts another 50 cells. "
         "FISH is neither positive nor negative before that."),
        (course(awaited("fish")), "Wait for the result of FISH (asked on 20 January 2014)."),
        (course(awaited("fish"), awaited("ihc", "2014-01-19")),
         "Wait for the result of FISH (asked on 20 January 2014), IHC (asked on 19 January 2014)."),
        (course(fish(read(30, on="2014-01-21"), status="requested", on=None)), "Wait for the result of FISH."),
        (course(POSITIVE, line("crizotinib"), line("ceritinib", id="l2", start="2014-05-01")),
         "The record contradicts itself (two lines open at once). Sort this out first"),
    ],
)  # fmt: skip
def test_the_words_of_an_option_name_counts_tests_and_contradictions(record, text):
    assert text in advise(record, protocol(), DAY).preferred.text


# Doses.


def dosed(drug, *doses, **given):
    return course(POSITIVE, line(drug, doses=[{"drug": drug, "from": "2014-02-03", **one} for one in doses], **given))


FULL = {"amount": 250, "unit": "mg", "frequency": "twice_daily"}


@pytest.mark.parametrize(
    ("record", "dose"),
    [
        (dosed("crizotinib", FULL), "250 mg twice daily"),
        (dosed("Crizotinib", FULL), "250 mg twice daily"),
        (dosed("crizotinib", {**FULL, "amount": 200}), "200 mg twice daily"),
        (dosed("crizotinib", {**FULL, "amount": 300}), "300 mg twice daily"),
        (dosed("crizotinib", {**FULL, "unit": None}), None),
        (dosed("crizotinib", {**FULL, "to": "2014-10-31"}), None),
        (dosed("crizotinib"), None),
        (dosed("ceritinib", {**FULL, "amount": 750}), None),
        (dosed("repotrectinib", FULL), None),
    ],
)  # fmt: skip
def test_what_goes_on_has_the_recorded_dose_where_the_protocol_may_show_one(record, dose):
    assert advise(record, protocol(), DAY).preferred.dose == dose


def test_what_begins_has_the_first_dose_of_the_protocol():
    begins = course(POSITIVE)
    again = course(POSITIVE, line("crizotinib", stop="2014-10-01", why="patient_choice"))
    switched = course(POSITIVE, line("cisplatin", "pemetrexed"), pd(extent="widespread"))
    for record in (begins, again, switched):
        doses = {one.drug: one.dose for one in advise(record, protocol(), DAY).options if one.drug == "crizotinib"}
        assert doses == {"crizotinib": "250 mg twice daily"}


# Which line and response it speaks of.


def test_without_a_running_line_there_is_none_and_the_response_is_that_of_the_last():
    record = course(
        POSITIVE, line("crizotinib", stop="2014-10-29", why="progression"), seen("PR", "2014-05-01", "a1"), pd()
    )
    advice = advise(record, protocol(), DAY)
    assert advice.line is None
    assert (advice.response.current, advice.response.best, advice.response.as_of) == ("PD", "PR", "2014-10-28")
    nothing = advise(course(POSITIVE, line("crizotinib")), protocol(), DAY)
    assert nothing.response is None


def test_the_response_is_of_the_newest_line_alone():
    before = line("crizotinib", stop="2014-06-01", why="progression")
    record = course(POSITIVE, before, line("ceritinib", id="l2", start="2014-06-10"), seen("PR", "2014-05-01"))
    advice = advise(record, protocol(), DAY)
    assert (advice.line.number, advice.line.drugs, advice.line.since) == (2, ("ceritinib",), "2014-06-10")
    assert advice.response is None


# What a row or the record itself asks for.


def test_a_row_may_ask_for_a_fact_itself():
    record = course(ihc("negative"), smoking=None)
    asked = {one.fact: one.needed_for for one in advise(record, protocol(), DAY).missing}
    assert asked["predictive_marker"] == ("D15", "H4")


def test_what_something_in_the_record_points_at_is_asked_for_by_no_rule():
    record = course(fish(said="positive"))
    asked = {one.fact: one.needed_for for one in advise(record, protocol(), DAY).missing}
    assert asked["fish_positive_percent"] == asked["fish_cells"] == ()


def test_a_number_that_is_not_known_is_supposed_to_be_nothing(changed):
    row = {"id": "many", "rule": "H7", "when": {"qtc_ms": {"at_least": 400}}, "advise": [{"action": "refer_to_board"}]}
    with_number = changed("on_treatment", lambda rows: [row, *rows])
    advice = advise(ON_CRIZOTINIB, with_number, DAY)
    assert [one.action for one in advice.options] == ["continue"]
    assert "qtc_ms" not in {one.fact for one in advice.missing}


# Where on the pathway the patient is: the first that fits.

SQUAMOUS = {"histology": "squamous"}
WORKED_UP = [
    blood("ALT", "2014-10-28"), blood("AST", "2014-10-28"), blood("ALP", "2014-10-28"),
    blood("total_bilirubin", "2014-10-28", 9, "umol/L"), blood("neutrophils", "2014-10-28", 4, "10*9/L"),
    blood("platelets", "2014-10-28", 200, "10*9/L"),
    *(examination(kind, "2014-10-28") for kind in ("ecg", "ophthalmological", "respiratory", "brain_mri")),
]  # fmt: skip
ENDED = line("crizotinib", stop="2014-10-01", why="progression")


@pytest.mark.parametrize(
    ("record", "stage"),
    [
        (course(POSITIVE, line("crizotinib"), pd(), died="2014-10-30"), "off_pathway"),
        (course(POSITIVE, stage="IB", metastatic_sites=[]), "off_pathway"),
        (course(POSITIVE, line("crizotinib"), stage="IB", metastatic_sites=[]), "off_pathway"),
        (course(stage="IB", metastatic_sites=[]), "testing"),
        (course(NEGATIVE), "off_pathway"),
        (course(NEGATIVE, line("cisplatin", "pemetrexed")), "off_pathway"),
        (course(NEGATIVE, line("crizotinib")), "testing"),
        (course(**SQUAMOUS), "off_pathway"),
        (course(histology="small_cell"), "off_pathway"),
        (course(histology="large_cell"), "testing"),
        (course(limited_sample=True, **SQUAMOUS), "testing"),
        (course(limited_sample=False, **SQUAMOUS), "off_pathway"),
        (course(awaited("fish"), **SQUAMOUS), "testing"),
        (course(awaited("ihc"), **SQUAMOUS), "testing"),
        (course(fish(read(10)), **SQUAMOUS), "testing"),
        (course(fish(read(10, 40)), **SQUAMOUS), "testing"),
        (course(ihc("positive"), **SQUAMOUS), "off_pathway"),
        (course(ihc("positive"), NEGATIVE, **SQUAMOUS), "testing"),
        (course(line("crizotinib"), **SQUAMOUS), "testing"),
        (course(POSITIVE, **SQUAMOUS), "baseline"),
        (course(ihc("positive"), line("crizotinib"), pd()), "testing"),
        (course(POSITIVE, line("crizotinib"), pd()), "progression"),
        (course(POSITIVE, line("cisplatin", "pemetrexed"), pd()), "progression"),
        (course(POSITIVE, line("crizotinib"), pd(), local_treatment()), "on_treatment"),
        (course(POSITIVE), "baseline"),
        (course(POSITIVE, *WORKED_UP), "first_line"),
        (course(POSITIVE, line("cisplatin", "pemetrexed", stop="2014-10-01", why="completed")), "baseline"),
        (course(POSITIVE, line("cisplatin", "pemetrexed", stop="2014-10-01", why="completed"), *WORKED_UP),
         "further_line"),
        (course(POSITIVE, line("crizotinib")), "on_treatment"),
        (course(POSITIVE, line("cisplatin", "pemetrexed")), "on_treatment"),
        (course(POSITIVE, ENDED), "further_line"),
        (course(POSITIVE, ENDED, pd("2014-09-30")), "further_line"),
        (course(POSITIVE, no_access("crizotinib")), "first_line"),
    ],
)  # fmt: skip
def test_the_stage_of_the_pathway_is_the_first_that_fits(record, stage):
    assert advise(record, protocol(), DAY).stage == stage


@pytest.mark.parametrize(
    ("record", "cautioned"), [(course(POSITIVE), True), (course(POSITIVE, *WORKED_UP), False), (BRAIN, False)]
)
def test_an_open_baseline_is_a_caution_of_what_is_to_start(record, cautioned):
    said = advise(record, protocol(), DAY).preferred.cautions
    assert ("The baseline work-up (B1 to B6) is not complete." in said) is cautioned


@pytest.mark.parametrize("sites", [[], ["brain"], ["adrenal"]])
def test_what_is_not_said_is_neither_supposed_nor_asked_what_if(changed, sites):
    def board(rows):
        return [{**row, "advise": [{"action": "refer_to_board"}]} if row["rule"] == "P6" else row for row in rows]

    record = course(
        POSITIVE, line("crizotinib"), pd(extent="oligometastatic", sites=sites, local=True, symptomatic=True)
    )
    away = advise(record, changed("progression", board), DAY).one_fact_away
    supposed = {(one.now, one.if_) for one in away if one.fact == "progression_sites"}
    assert supposed == {
        (): set(), ("brain",): {("cns_only", "outside_cns"), ("cns_only", "both")},
        ("adrenal",): {("outside_cns", "cns_only")},
    }[tuple(sites)]  # fmt: skip


def test_an_alert_may_name_a_drug_itself(changed):
    def name_it(rows):
        drug = [{"action": "withhold", "drug": "crizotinib"}]
        return [{**row, "advise": drug} if row.get("id") == "X4-qtc_hold-withhold" else row for row in rows]

    record = on_crizotinib(qtc("2014-10-01", 510))
    [alert] = advise(record, changed("alerts", name_it), DAY).alerts
    assert (alert.action, alert.drug) == ("withhold", "crizotinib")
