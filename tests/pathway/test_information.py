"""What changes no option is shown with the drug, the finding, the action or the stage that it is about."""

from datetime import date

import pytest
from pathway.course_builders import POSITIVE, course, line, pd, protocol, specimen

from app.paths import RESOURCES
from app.pathway.engine import advise
from app.pathway.facts_resistance import FINDINGS
from app.pathway.information import information_for, information_on, unclear
from app.record.files import parsed_records, read_record

DAY = date(2014, 11, 1)
DOSES_OF_HISTORY = ("750 mg", "300 mg", "180 mg")


def told(record, day=DAY):
    return information_on(protocol(), record, advise(record, protocol(), day))


def places(record, day=DAY):
    return {(one.place, one.id) for one in told(record, day)}


def demo(number):
    with (RESOURCES / "demo" / f"demo-{number}.json").open("rb") as source:
        return read_record(next(parsed_records(source)), date(2026, 1, 1))


UNTESTED = course()
ON_CRIZOTINIB = course(POSITIVE, line("crizotinib"))


def test_while_alk_is_tested_for_what_is_known_of_testing_is_shown():
    assert {("testing", "T6"), ("testing", "T7"), ("testing", "D19"), ("request alk fish", "D10")} <= places(UNTESTED)


def test_an_ambiguous_text_brings_its_reading():
    reading = next(one for one in told(UNTESTED) if one.id == "T7").readings[0]
    assert reading.id == "A2"
    assert reading.printed.startswith("The abstract says 4-8% of “all lung cancers”")
    assert reading.applied == "Shown as about 4-8% of NSCLC."


def test_every_reading_of_an_advice_and_of_what_is_told_beside_it_is_named_once():
    advice = advise(UNTESTED, protocol(), DAY)
    assert {"A1", "A2", "A11"} <= {one.id for one in unclear(advice, told(UNTESTED))}
    assert "A2" not in {one.id for one in unclear(advice)}
    names = [one.id for one in unclear(advice, told(UNTESTED))]
    assert len(names) == len(set(names))


def test_the_rates_of_a_drug_are_shown_with_it_as_ranges_of_no_named_study():
    rates = next(one for one in told(ON_CRIZOTINIB) if one.id == "X8")
    assert rates.place == "crizotinib"
    assert "visual effects 60-64% (0)" in rates.text
    assert "AST or ALT increased 22-38% (7-16%)" in rates.text
    assert not any(study in rates.text for study in ("PROFILE", "ref-40", "ref-48"))


def test_of_what_the_source_says_besides_a_letter_has_what_is_of_the_patient_or_read_otherwise():
    on_paper = {one.id: one.is_on_paper for one in told(UNTESTED)}
    assert on_paper["T6"] is False
    assert on_paper["T7"] is True  # its reading is A2
    assert all(one.is_on_paper for one in told(ON_CRIZOTINIB) if one.kind == "drug")
    assert all(one.is_on_paper for one in told(demo(1), date(2009, 5, 20)) if one.kind == "finding")


def test_a_text_belongs_to_the_options_of_its_drug_or_its_action():
    record = course(POSITIVE, line("Crizotinib"), pd(extent="widespread"))
    said = {one.id: one for one in told(record)}
    options = {(one.action, one.drug): one for one in advise(record, protocol(), DAY).options}
    ceritinib, alectinib = options["switch", "ceritinib"], options["switch", "alectinib"]
    assert [said["X9"].speaks_of(one) for one in (ceritinib, alectinib)] == [True, False]
    assert not any(said["P8"].speaks_of(one) for one in options.values())
    asked = {one.action: one for one in advise(UNTESTED, protocol(), DAY).options}
    kit = next(one for one in told(UNTESTED) if one.id == "D10")
    assert kit.speaks_of(asked["request_alk_fish"])
    assert not kit.speaks_of(asked["request_alk_ihc"])
    here = next(one for one in told(course(POSITIVE, line("Crizotinib"))) if one.id == "X8")
    assert here.speaks_of(advise(course(POSITIVE, line("Crizotinib")), protocol(), DAY).options[0])


def test_a_drug_in_capitals_is_the_same_drug():
    assert ("crizotinib", "X8") in places(course(POSITIVE, line("Crizotinib")))


def test_each_drug_that_is_offered_brings_its_own():
    at_progression = places(course(POSITIVE, line("crizotinib"), pd(extent="widespread")))
    assert {("ceritinib", "X9"), ("ceritinib", "B8"), ("alectinib", "X10"), ("progression", "P8")} <= at_progression
    assert ("brigatinib", "X11") not in at_progression
    assert ("brigatinib", "X11") in places(course(POSITIVE, line("brigatinib")))


@pytest.mark.parametrize("number", ["48%", "11 of these 12", "253 wild"])
def test_what_cannot_be_true_is_never_shown(number):
    assert number not in str(protocol().information.texts)
    for record in (ON_CRIZOTINIB, course(POSITIVE, line("crizotinib"), pd(extent="widespread"))):
        assert number not in str(told(record))
        advice = advise(record, protocol(), DAY)
        assert number not in str(advice.options) + str(advice.alerts) + str(advice.due)
        assert number not in str(
            [protocol().evidence_texts()[one] for option in advice.options for one in option.evidence]
        )


def test_a_dose_of_2015_stands_as_history_and_never_with_an_option():
    record = course(POSITIVE, line("crizotinib"), pd(extent="widespread"))
    for one in told(record):
        if any(dose in one.text for dose in DOSES_OF_HISTORY):
            assert one.text.startswith("History, not ")
    options = advise(record, protocol(), DAY).options
    assert not any(dose in str(option) for option in options for dose in DOSES_OF_HISTORY)
    assert {option.drug: option.dose for option in options if option.action == "switch"} == {
        "ceritinib": None, "alectinib": None,
    }  # fmt: skip


def test_what_was_found_in_the_re_biopsy_brings_what_is_known_of_it():
    found = places(demo(1), date(2009, 5, 20))
    assert {
        ("mutation of the ALK kinase found", "R6"),
        ("L1196M found", "R7"),
        ("another ALK mutation found", "R8"),
        ("several mechanisms found", "R13"),
        ("L1196M, F1174L or R1275Q found", "R14"),
        ("progression on an ALK inhibitor", "R1"),
    } <= found
    assert not {"R9", "R11", "R12", "R5"} & {name for _place, name in found}


def test_what_is_not_yet_reported_brings_nothing():
    day = date(2009, 5, 9)
    assert not {"R6", "R7"} & {name for _place, name in places(demo(1), day)}


def test_primary_resistance_brings_its_possible_causes():
    assert ("primary resistance", "R5") in places(course(POSITIVE, line("crizotinib"), pd(extent="widespread")))


@pytest.mark.parametrize("finding", FINDINGS)
def test_every_finding_has_something_to_tell(finding):
    advice = advise(UNTESTED, protocol(), DAY)
    assert FINDINGS[finding] in {one.place for one in information_for(protocol(), advice, [finding])}


@pytest.mark.parametrize("record", [course(died="2014-06-01"), course(POSITIVE, stage="IB", metastatic_sites=[])])
def test_off_the_pathway_nothing_is_told(record):
    assert told(record) == ()


def test_a_re_biopsy_that_showed_nothing_brings_nothing_of_mechanisms():
    record = course(POSITIVE, line("crizotinib"), pd(extent="widespread"), specimen("s2", "2014-10-30"))
    assert not {"R6", "R10", "R16"} & {name for _place, name in places(record)}
