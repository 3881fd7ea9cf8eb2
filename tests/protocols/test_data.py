"""The texts of the 2015 protocol: every id is there, references resolve, figures are those of the source."""

import re

import pytest
import yaml

from app.paths import RESOURCES

FOLDER = RESOURCES / "protocols" / "duchemann-2015"
# The headings of the review; Table 2 is named where a rule stands only there.
HEADINGS = {
    "Abstract", "ALK functions and genetic abnormalities", "Characteristics of ALK+ populations",
    "Methods of detection", "Targeted ALK inhibitors", "Crizotinib", "Ceritinib", "Alectinib", "AP26113",
    "Other therapies", "Chemotherapy", "Primary resistance", "Secondary resistance", "Therapeutic strategies",
    "Table 2",
}  # fmt: skip
SAFETY_CRITICAL = {"A12", "A15", "A16", "A17", "A18", "A19", "A20", "A21", "A22", "A23", "A24", "A30"}
MISPRINTS = {
    "A1", "A3", "A10", "A12", "A16", "A19", "A20", "A21", "A23", "A27", "A34", "A36", "A37", "A38", "A40", "A41", "A42",
}  # fmt: skip


def read(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def numbered(letter, last):
    return [f"{letter}{number}" for number in range(1, last + 1)]


AMBIGUITIES, EVIDENCE, RULES = read("ambiguities.yaml"), read("evidence.yaml"), read("rules.yaml")


def marks(entry):
    """The ambiguities an entry of evidence or a rule carries."""
    return entry.get("flag", entry.get("ambiguities", []))


def shown_text():
    return {key: entry["shown"] for key, entry in EVIDENCE.items()}


def test_every_ambiguity_study_and_rule_of_the_source_is_there_and_none_else():
    assert list(AMBIGUITIES) == numbered("A", 43)
    assert list(EVIDENCE) == numbered("E", 20)
    sections = {"T": 8, "D": 19, "B": 8, "L": 10, "M": 7, "X": 11, "P": 8, "R": 16, "S": 6, "H": 17}
    assert list(RULES) == [rule for letter, last in sections.items() for rule in numbered(letter, last)] + ["H-order"]


@pytest.mark.parametrize("key", AMBIGUITIES)
def test_an_ambiguity_says_what_is_printed_what_is_applied_and_why(key):
    entry = AMBIGUITIES[key]
    assert set(entry) - {"critical"} == {"about", "kind", "printed", "applied", "why"}
    for part in ("printed", "applied", "why"):
        assert entry[part].strip().endswith((".", ")")), part


def test_kinds_and_the_safety_critical_ones_are_those_of_the_source():
    assert {key for key, entry in AMBIGUITIES.items() if entry.get("critical")} == SAFETY_CRITICAL
    assert {key for key, entry in AMBIGUITIES.items() if entry["kind"] == "misprint"} == MISPRINTS
    assert [key for key, entry in AMBIGUITIES.items() if entry["kind"] == "missing"] == ["A24"]
    assert {entry["kind"] for entry in AMBIGUITIES.values()} == {"misprint", "missing", "ambiguous"}


def test_every_reason_says_whether_the_comparison_is_verified():
    for key, entry in AMBIGUITIES.items():
        assert re.search(r"verified|no outside comparison", entry["why"], re.IGNORECASE), key


@pytest.mark.parametrize("key", ["A4", "A5", "A35", "A38", "A40"])
def test_what_the_source_marks_as_unverified_says_so(key):
    assert "unverified" in AMBIGUITIES[key]["why"].lower()


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("A3", "PMC6720438"), ("A12", "xalkori.pfizerpro.com"), ("A16", "xalkori.pfizerpro.com/dosing"),
        ("A16", "pfizerpro.co.uk"), ("A18", "PMC3921027"), ("A19", "PMC3921027"), ("A20", "PMC3921027"),
        ("A21", "PMC3921027"), ("A22", "PMC3921027"), ("A23", "PMC3921027"), ("A24", "fda.gov"),
        ("A27", "pubmed 28296581"), ("A34", "mdc.sagepub"), ("A37", "PMID 25754348"), ("A38", "PMC11149099"),
    ],
)  # fmt: skip
def test_a_verified_comparison_gives_its_address(key, address):
    assert address in AMBIGUITIES[key]["why"]


def test_ambiguities_and_what_they_are_about_point_at_each_other():
    about = {(key, other) for key, entry in AMBIGUITIES.items() for other in entry["about"]}
    carried = {(mark, key) for key, entry in (RULES | EVIDENCE).items() for mark in marks(entry)}
    assert about == carried


def test_rules_name_a_heading_of_the_review_or_say_that_they_are_not_from_it():
    ours = {key for key, entry in RULES.items() if entry["section"] == "not from the review"}
    assert ours == {"B6", *numbered("H", 17), "H-order"}
    for key in RULES.keys() - ours:
        assert set(RULES[key]["section"].split("; ")) <= HEADINGS, key


def test_rule_texts_are_short_and_name_only_ids_that_exist():
    known = RULES.keys() | AMBIGUITIES.keys()
    for key, entry in RULES.items():
        assert set(entry) == {"text", "section", "ambiguities"}, key
        assert len(entry["text"]) <= 400, key
        assert set(re.findall(r"\b[TDBXPRSHA]\d{1,2}\b", entry["text"])) <= known, key


def test_what_the_other_files_of_the_protocol_refer_to_is_here():
    known = {"rule": RULES, "ambiguities": AMBIGUITIES, "evidence": EVIDENCE}

    def dangling(written):
        if isinstance(written, list):
            for one in written:
                yield from dangling(one)
        elif isinstance(written, dict):
            for key, one in written.items():
                if key in known:
                    yield from (name for name in ([one] if isinstance(one, str) else one) if name not in known[key])
                else:
                    yield from dangling(one)

    files = [path for path in FOLDER.rglob("*.yaml") if path.name not in {"rules.yaml", "evidence.yaml"}]
    assert files
    for path in files:
        if path.parent.name != "examples":
            assert list(dangling(yaml.safe_load(path.read_text(encoding="utf-8")))) == [], path.name


def test_a_study_has_only_known_keys_with_texts_and_one_sentence_to_show():
    keys = {"study", "phase", "n", "setting", "pfs", "rr", "os", "hr", "flag", "shown", "references"}
    for key, entry in EVIDENCE.items():
        assert entry.keys() <= keys, key
        assert {"study", "shown"} <= entry.keys(), key
        assert all(isinstance(entry[part], str) and entry[part] for part in entry.keys() - {"flag", "references"}), key
        assert all(re.fullmatch(r"ref-\d{2}", one) for one in entry.get("references", [])), key
        assert re.fullmatch(r"(?:(?!\. [A-Z]).)+\.", entry["shown"]), key


@pytest.mark.parametrize(
    ("key", "figures"),
    [
        ("E2", ["87 of 143", "60.8%", "52.3-68.9", "3 complete", "84 partial", "9.7 months", "87.9%", "74.8%"]),
        ("E3", ["n 347", "7.7 months", "3.0", "HR 0.49", "p<0.001", "65%", "20%", "20.3", "22.8", "96 of the 241"]),
        ("E4", ["n 343", "10.9 months", "7.0", "HR 0.45", "0.35-0.60", "p<0.0001", "74%", "45%", "0.82", "0.54-1.26"]),
        ("E5", ["0.59 against pemetrexed", "0.30 against docetaxel", "29% (95% CI 21-39)", "7% (95% CI 2-16)"]),
        ("E9", ["at 6 weeks was 87%"]),
        ("E7", ["n 246", "163", "83", "66", "6.9", ">18.4", "8.2", "interim", "55%, 66% and 59%", "39%", "10%"]),
    ],
)  # fmt: skip
def test_the_figures_shown_are_those_of_the_source(key, figures):
    for figure in figures:
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.\d)", EVIDENCE[key]["shown"]), figure


def test_a_sentence_to_show_quotes_no_figure_that_the_source_table_does_not_have():
    # Whole numbers of the table for E2, E3, E4, E5, E7 as printed, with n and the names of the studies.
    printed = {
        "E2": "87 143 60.8 95 52.3 68.9 3 84 9.7 6 87.9 12 74.8",
        "E3": "1007 347 7.7 3.0 65 20 0.001 20.3 22.8 96 241 0.49",
        "E4": "1014 343 10.9 7.0 74 45 0.0001 0.82 0.54 1.26 0.45 95 0.35 0.60",
        "E5": "1007 1014 7 2 16 29 21 39 95 0.30 0.59",
        "E7": "1 246 163 83 66 6.9 18.4 8.2 55 59 39 10",
    }
    for key, numbers in printed.items():
        assert set(re.findall(r"\d+(?:\.\d+)?", EVIDENCE[key]["shown"])) == set(numbers.split()), key


@pytest.mark.parametrize(
    ("key", "unwanted"),
    [
        ("E4", r"0\.18|0\.36"),  # A35: no p value of overall survival
        ("E9", r"48|discontinu"),  # A27
        ("E10", r"11 of|11/12|\b12\b|\b[Ss]ix\b"),  # A40
        ("E17", r"\d"),  # A42
        ("E1", r"%"),  # A43
        ("E3", r"with platinum|combined"),  # A34
    ],
)
def test_what_an_ambiguity_keeps_back_is_nowhere_in_the_evidence(key, unwanted):
    said = {part: text for part, text in EVIDENCE[key].items() if isinstance(text, str)}
    looked_at = {"shown"} if key == "E3" else said.keys()
    for part in looked_at:
        assert not re.search(unwanted, said[part]), part


def test_no_sentence_shows_a_kept_back_figure_or_a_historical_dose():
    for key, text in shown_text().items():
        assert not re.search(r"\b48%|\b58%|11 of (these )?12|p=0\.18|p=0\.36|\b253\b|\b36\b", text), key
        assert not re.search(r"\bmg\b|mg/day", text), key  # A15: no dose of a second-generation drug beside an option


def test_ceritinibs_pretreated_are_given_as_verified_with_the_printed_number_said():
    shown = EVIDENCE["E7"]["shown"]
    assert "163 pretreated with an ALK inhibitor and 83 naive" in shown
    assert "the review prints 66 pretreated" in shown


def test_the_chemotherapy_comparison_stands_under_the_right_trial_and_direction():
    shown = EVIDENCE["E5"]["shown"]
    assert shown.startswith("In PROFILE 1007 (second line; the review prints PROFILE 1014)")
    assert "crizotinib was better than each drug" in shown


@pytest.mark.parametrize("rule", ["L8", "L9"])
def test_a_historical_dose_is_marked_where_a_rule_gives_it(rule):
    assert "superseded" in RULES[rule]["text"]
    assert "hazardous" in RULES[rule]["text"]


def test_a_rule_does_not_repeat_the_rate_that_cannot_hold_or_the_response_rates_of_other_patients():
    assert "48" not in RULES["X10"]["text"]
    assert not re.search("58%|59%", RULES["P7"]["text"])
    assert "55% with alectinib and 55% with ceritinib" in RULES["P7"]["text"]


@pytest.mark.parametrize("name", ["ambiguities.yaml", "evidence.yaml", "rules.yaml"])
def test_the_files_are_readable_in_120_columns(name):
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        assert len(line) <= 120, line
