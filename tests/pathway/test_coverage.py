"""Every rule, study and ambiguity of the source lives somewhere in its protocol, and acts or may only be shown."""

from dataclasses import replace

import pytest

from app.paths import RESOURCES
from app.pathway.coverage import Place, coverage, faults, lines
from app.pathway.information import read_information
from app.pathway.protocol_reading import ProtocolFault, load_protocol
from app.pathway.yaml_file import read_if_there

FOLDER = RESOURCES / "protocols" / "duchemann-2015"
PROTOCOL = load_protocol(FOLDER)
WRITTEN = read_if_there(FOLDER / "coverage.yaml")
PLACES = coverage(PROTOCOL, WRITTEN)
SECTIONS = {"T": 8, "D": 19, "B": 8, "L": 10, "M": 7, "X": 11, "P": 8, "R": 16, "S": 6, "H": 17, "E": 20, "A": 43}
MAY_BE_SHOWN_ONLY = {
    "T6", "T7", "D2", "D9", "D10", "D19", "B8", "L3", "L5", "L6", "L7", "L10", "X8", "X9", "X10", "X11", "R1", "R5",
    "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "P8", "E18", "E20",
}  # fmt: skip


def kinds(name):
    return {place.kind for place in PLACES[name]}


def test_nothing_is_wrong_with_the_coverage_of_the_review():
    assert faults(PROTOCOL, WRITTEN) == []


@pytest.mark.parametrize("name", [f"{letter}{n}" for letter, last in SECTIONS.items() for n in range(1, last + 1)])
def test_every_id_of_the_source_lives_somewhere(name):
    assert PLACES[name]


@pytest.mark.parametrize("name", [name for name in PLACES if name[0] != "A"])
def test_every_id_acts_but_those_that_may_only_be_shown(name):
    assert kinds(name) != {"information"} or name in MAY_BE_SHOWN_ONLY


def test_the_list_of_what_may_only_be_shown_is_no_longer_than_agreed():
    assert set(WRITTEN["information_only"]) == MAY_BE_SHOWN_ONLY


@pytest.mark.parametrize("name", sorted(MAY_BE_SHOWN_ONLY))
def test_what_may_only_be_shown_is_shown_with_a_drug_a_finding_an_action_or_a_stage(name):
    assert "information" in kinds(name)


@pytest.mark.parametrize("name", [f"A{number}" for number in range(1, 44)])
def test_every_ambiguity_goes_with_something_that_is_said(name):
    assert kinds(name) <= {"reading", "evidence"}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("P4", Place("rule", "progression/P4")),
        ("P5", Place("not recommended", "never/P5")),
        ("M1", Place("schedule", "monitoring/liver_function_tests")),
        ("S6", Place("caution", "first_line/L2")),
        ("S4", Place("forbidden", "docetaxel")),
        ("D4", Place("fact", "fish_positive_percent: split signals and single red ones are the positive cells")),
        ("L1", Place("drug", "crizotinib: its highest dose")),
        ("L8", Place("no_dose", "ceritinib: the dose of 2015 is history")),
        ("E17", Place("evidence", "notes/L2-advanced")),
        ("A16", Place("reading", "schedule monitoring/liver_function_tests")),
        ("A35", Place("reading", "evidence E4")),
        ("A2", Place("reading", "information T7")),
        ("A40", Place("reading", "evidence E10")),
        ("R9", Place("information", "alk_amplification")),
    ],
)
def test_where_an_id_lives(name, place):
    assert place in PLACES[name]


def test_what_a_reading_keeps_back_is_not_read_out_with_the_figures_of_its_study():
    assert PROTOCOL.information.withheld == {"A27", "A40", "A42"}
    assert PROTOCOL.readings_of(["E9", "E10", "E17"]) == ("A39",)
    assert PROTOCOL.readings_of(["E4", "E7", "E8"]) == ("A35", "A37", "A38")


def test_no_treatment_asks_which_method_showed_alk():
    treatments = {"first_line", "further_line", "on_treatment", "progression", "progression_on_hold", "answered"}
    asked = {fact for name in treatments for row in PROTOCOL.tables[name].rows for fact in row.facts()}
    assert not asked & {"fish", "ihc", "alk_molecular", "fish_positive_percent"}


# What is wrong is named.


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"acts": {"D4": {"fact": "fish_colour"}}}, "D4: there is no fact fish_colour"),
        ({"acts": {"L1": {"drug": "ceritinib"}}}, "L1: there is no drug ceritinib"),
        ({"acts": {"L8": {"no_dose": "crizotinib"}}}, "L8: there is no no_dose crizotinib"),
        ({"acts": {"L8": {"no_dose": "imatinib"}}}, "L8: there is no no_dose imatinib"),
        ({"acts": {"H1": {"table": "mansion"}}}, "H1: there is no table mansion"),
        ({"acts": {"A42": {"evidence": "E99"}}}, "A42: there is no evidence E99"),
        ({"acts": {"A42": {"wisdom": "E17"}}}, "A42: there is no wisdom E17"),
        ({"acts": {"Q1": {"fact": "ihc"}}}, "Q1 is not an id of this protocol"),
        ({"acts": {}}, "D17 is nowhere"),
        ({"information_only": ["Q1"]}, "Q1 is not an id of this protocol"),
        ({"information_only": []}, "T6 is only shown, and must act"),
    ],
)
def test_what_is_wrong_is_said_in_words(changed, fault):
    assert fault in faults(PROTOCOL, {**WRITTEN, **changed})


def test_an_id_that_lost_its_only_row_is_nowhere():
    table = PROTOCOL.tables["alerts"]
    less = replace(table, rows=tuple(row for row in table.rows if row.rule != "H15"))
    protocol = replace(PROTOCOL, tables={**PROTOCOL.tables, "alerts": less})
    assert faults(protocol, WRITTEN) == ["H15 is nowhere"]


def test_the_list_says_kinds_and_places():
    said = dict(lines(PROTOCOL, WRITTEN))
    assert said["T6"] == "information only, with testing"
    assert said["S4"].startswith("not recommended further_line/")
    assert said["A42"] == "evidence E17: its sentence says that figures are not shown"
    assert dict(lines(PROTOCOL, {"acts": {"D17": {"fact": "alk_status"}}}))["D17"] == "fact alk_status"
    assert dict(lines(PROTOCOL, {}))["D17"] == ""


# The reading of information.yaml.


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"id": "Q1", "stages": ["testing"]}, "'Q1' is not a known rule or study"),
        ({"id": "T6", "stage": ["testing"]}, "['stage'] is not a key of a text"),
        ({"id": "T6", "stages": ["tasting"]}, "T6: 'tasting' is not among stages"),
        ({"id": "T6", "findings": ["luck"]}, "T6: 'luck' is not among findings"),
        ({"id": "T6", "actions": ["dance"]}, "T6: 'dance' is not among actions"),
        ({"id": "T6"}, "T6 is shown nowhere"),
    ],
)
def test_information_that_is_not_as_it_should_be_is_refused(entry, fault):
    with pytest.raises(ValueError, match=r"^.+$") as raised:
        read_information({"texts": [entry]}, PROTOCOL.rules, PROTOCOL.evidence)
    assert str(raised.value) == fault


def test_every_drug_that_information_goes_with_is_one_of_the_protocol():
    assert {drug for shown in PROTOCOL.information.texts for drug in shown.drugs} <= set(PROTOCOL.drugs)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- a", "information.yaml: is not a mapping of names"),
        ("texts: [", "information.yaml: is not YAML at line 2"),
        ("texts: [{id: Q1, stages: [testing]}]", "information.yaml: 'Q1' is not a known rule or study"),
    ],
)
def test_a_bad_file_of_information_is_named(tmp_path, text, fault):
    for path in FOLDER.rglob("*.yaml"):
        there = tmp_path / path.relative_to(FOLDER)
        there.parent.mkdir(exist_ok=True)
        there.write_bytes(path.read_bytes())
    (tmp_path / "information.yaml").write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(ProtocolFault) as raised:
        load_protocol(tmp_path)
    assert str(raised.value) == fault


def test_a_protocol_without_information_shows_none(tmp_path):
    for path in FOLDER.rglob("*.yaml"):
        if path.name not in ("information.yaml", "coverage.yaml"):
            there = tmp_path / path.relative_to(FOLDER)
            there.parent.mkdir(exist_ok=True)
            there.write_bytes(path.read_bytes())
    protocol = load_protocol(tmp_path)
    assert protocol.information.texts == ()
    assert read_if_there(tmp_path / "coverage.yaml") == {}
