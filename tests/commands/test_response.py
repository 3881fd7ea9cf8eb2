import json

import pytest
from pypdf import PdfReader

from app.record.files import json_bytes
from builders import a_baseline, a_lesion, a_line, a_new_lesion, a_record, an_assessment

BEYOND = (
    a_line(stop="2014-12-01", stop_reason="progression"),
    a_line("ceritinib", id="l2", start="2014-12-08"),
    a_line("cisplatin", "vinorelbine", id="l0", start="2012-01-01", stop="2012-04-01", intent="adjuvant"),
    a_baseline(42, id="a1", date="2014-01-30", non_target="present"),
    an_assessment(18, id="a2", date="2014-05-01", non_target="non_cr_non_pd"),
    an_assessment(18, id="a3", date="2014-08-01", non_target="non_cr_non_pd", reported_response="SD"),
    an_assessment(
        20, id="a4", date="2014-10-28", non_target="non_cr_non_pd", new_lesions=(a_new_lesion("brain"),),
        reported_response="PD",
    ),
    an_assessment(18, id="a5", date="2014-12-01", non_target="non_cr_non_pd", new_lesions=(a_new_lesion("brain"),)),
)  # fmt: skip


@pytest.fixture
def file(terminal):
    return terminal.file("beyond.json", json_bytes(a_record(*BEYOND)))


def response(terminal, *words):
    """Return what `response --json` says, which must be done and say nothing else."""
    said = terminal.type("response", *words, "--json")
    assert (said.code, said.err) == (0, "")
    return json.loads(said.out)


def test_an_assessment_is_told_with_its_sums_its_changes_and_both_words(terminal, file):
    found = response(terminal, file)["assessments"]
    assert [one["id"] for one in found] == ["a1", "a2", "a3", "a4", "a5"]
    why = found[3].pop("why")
    assert found[3] == {
        "id": "a4", "date": "2014-10-28", "line": "l1", "target": "PR", "non_target": "NON_CR_NON_PD",
        "new_lesions": True, "overall": "PD", "sum_mm": "20.0", "baseline_mm": "42.0", "nadir_mm": "18.0",
        "change_from_baseline_percent": "-52.4", "change_from_nadir_percent": "11.1",
        "intracranial": "PD", "extracranial": "PR", "reported": "PD",
    }  # fmt: skip
    assert why.startswith("The target lesions add up to 20 mm, 52.4 % below the 42 mm at the baseline")


def test_keys_stand_in_the_order_of_the_contract(terminal, file):
    found = response(terminal, file)
    assert list(found) == ["assessments", "lines"]
    assert list(found["assessments"][0]) == [
        "id", "date", "line", "target", "non_target", "new_lesions", "overall", "sum_mm", "baseline_mm", "nadir_mm",
        "change_from_baseline_percent", "change_from_nadir_percent", "intracranial", "extracranial", "reported", "why",
    ]  # fmt: skip
    assert list(found["lines"][0]) == [
        "id", "number", "best_response", "best_confirmed_response", "progression_date", "minimum_stable_days",
        "confirmation_days",
    ]  # fmt: skip


def test_a_baseline_has_its_sum_and_nothing_to_assess(terminal, file):
    baseline = response(terminal, file)["assessments"][0]
    assert (baseline["overall"], baseline["target"], baseline["intracranial"]) == ("NA", "NA", "NA")
    assert (baseline["sum_mm"], baseline["nadir_mm"], baseline["reported"]) == ("42.0", None, None)


def test_each_line_has_its_best_responses_and_its_first_progression(terminal, file):
    lines = response(terminal, file)["lines"]
    assert lines == [
        {"id": "l0", "number": None, "best_response": None, "best_confirmed_response": None,
         "progression_date": None, "minimum_stable_days": 42, "confirmation_days": 28},
        {"id": "l1", "number": 1, "best_response": "PR", "best_confirmed_response": "SD",
         "progression_date": "2014-10-28", "minimum_stable_days": 42, "confirmation_days": 28},
        {"id": "l2", "number": 2, "best_response": None, "best_confirmed_response": None,
         "progression_date": None, "minimum_stable_days": 42, "confirmation_days": 28},
    ]  # fmt: skip


def test_both_times_can_be_set_and_are_told(terminal):
    record = a_record(
        a_line(), a_baseline(50), an_assessment(30, date="2014-03-01"), an_assessment(30, id="a2", date="2014-03-15")
    )
    file = terminal.file("short.json", json_bytes(record))
    (line,) = response(terminal, file)["lines"]
    assert (line["best_response"], line["best_confirmed_response"]) == ("PR", "NE")
    (line,) = response(terminal, file, "--confirmation-days", "14")["lines"]
    assert (line["best_confirmed_response"], line["confirmation_days"]) == ("PR", 14)
    (line,) = response(terminal, file, "--minimum-stable-days", "40")["lines"]
    assert (line["best_confirmed_response"], line["minimum_stable_days"]) == ("SD", 40)


@pytest.mark.parametrize("option", ["--confirmation-days", "--minimum-stable-days"])
@pytest.mark.parametrize("days", ["-1", "soon", "1.5", "10000"])
def test_days_are_whole_and_not_negative(terminal, file, option, days):
    said = terminal.type("response", file, f"{option}={days}")
    assert (said.code, said.out) == (2, "")
    assert f"{days} is not a number of days, 0 to 9999" in said.err


def test_nothing_after_the_day_is_seen(terminal, file):
    found = response(terminal, file, "--as-of", "2014-10-27")
    assert [one["id"] for one in found["assessments"]] == ["a1", "a2", "a3"]
    assert found["lines"][1]["progression_date"] is None


def test_assessments_of_one_timepoint_have_its_judgement(terminal):
    record = a_record(
        a_line(),
        a_baseline(50, a_lesion("B", 10, site="brain"), non_target="none"),
        an_assessment(30, id="a2", date="2014-05-03", timepoint="2"),
        an_assessment(a_lesion("B", 12, site="brain"), id="a3", date="2014-05-05", timepoint="2", modality="mri"),
    )
    file = terminal.file("two.json", json_bytes(record))
    _baseline, first, second = response(terminal, file)["assessments"]
    assert (first["id"], second["id"]) == ("a2", "a3")
    assert (first["overall"], first["date"], first["sum_mm"]) == ("PR", "2014-05-05", "42.0")
    assert {**first, "id": "a3"} == second
    assert (first["intracranial"], first["extracranial"]) == ("SD", "PR")


def test_halves_are_rounded_away_from_zero_and_nothing_is_minus_nothing(terminal):
    record = a_record(
        a_line(),
        a_baseline(800, date="2014-01-30"),
        an_assessment("799.6", id="a2", date="2014-04-01"),
        an_assessment("799.5", id="a3", date="2014-05-01"),
        an_assessment("800.4", id="a4", date="2014-06-01"),
    )
    rows = response(terminal, terminal.file("half.json", json_bytes(record)))["assessments"]
    assert [one["change_from_baseline_percent"] for one in rows] == [None, "-0.1", "-0.1", "0.1"]
    assert rows[2]["change_from_nadir_percent"] == "0.0"


def test_a_patient_in_the_database_has_the_same_response_as_the_file(terminal, file):
    assert terminal.type("import", file).code == 0
    assert terminal.type("response", "A-1042", "--json").out == terminal.type("response", file, "--json").out


def test_next_step_and_letter_tell_the_same_best_response(terminal):
    """Stable at five weeks: what a line has come to is worked out in one place."""
    record = a_record(a_line(), a_baseline(50), an_assessment(48, date="2014-03-10", reported_response="SD"))
    file = terminal.file("early.json", json_bytes(record))
    (line,) = response(terminal, file, "--as-of", "2014-04-01")["lines"]
    advice = json.loads(terminal.type("next-step", file, "--as-of", "2014-04-01", "--json").out)
    assert line["best_response"] == advice["response"]["best"] == "NE"
    assert advice["response"]["current"] == "SD"
    letter = terminal.home / "letter.pdf"
    assert terminal.type("letter", file, "--as-of", "2014-04-01", "-o", letter).code == 0
    printed = " ".join("".join(page.extract_text() for page in PdfReader(letter).pages).split())
    assert "not evaluable (NE)" in printed


def test_a_record_without_assessments_or_lines_has_no_response(terminal):
    file = terminal.file("empty.json", json_bytes(a_record()))
    assert response(terminal, file) == {"assessments": [], "lines": []}
    said = terminal.type("response", file)
    assert said.code == 0
    assert said.out.count("  none\n") == 2


def test_an_unknown_patient_or_file_is_one_line(terminal):
    assert terminal.type("import", terminal.file("a.json", json_bytes(a_record()))).code == 0
    said = terminal.type("response", "nobody")
    assert (said.code, said.out, len(said.faults)) == (1, "", 1)
    assert "nobody" in said.faults[0]
    said = terminal.type("response", "missing.json", "--json")
    assert (said.code, said.out, len(said.faults)) == (1, "", 1)


def test_a_person_reads_a_table_with_why_and_what_to_look_at(terminal, file):
    said = terminal.type("response", file, "--as-of", "2014-12-31")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[:4] == [
        "Example, Ada · A-1042 · born 1964-05-02",
        "as of 2014-12-31 · RECIST 1.1",
        "",
        "ASSESSMENTS",
    ]
    assert all(len(line) <= 110 for line in lines)
    assert " ".join(lines[4].split()) == (
        "date line sum mm from baseline from nadir target non-target new overall reported"
    )
    flowing = " ".join(said.out.split())
    assert "2014-01-30 1 42.0 – – NA NA no baseline –" in flowing
    assert "2014-10-28 1 20.0 -52.4 % 11.1 % PR non-CR/non-PD yes PD PD" in flowing
    assert "intracranial: PD; extracranial: PR" in flowing
    assert "To look at: SD was reported and PR computed; SD counts." in flowing
    assert "adjuvant cisplatin + vinorelbine from 2012-01-01 to 2012-04-01: best response –, confirmed –" in flowing
    assert (
        "1 crizotinib from 2014-02-03 to 2014-12-01: best response PR, confirmed SD, progression 2014-10-28" in flowing
    )
    assert "counts from 42 days after the start of the line" in flowing


def test_an_assessment_before_any_line_and_a_line_without_a_start_are_told(terminal):
    record = a_record(a_line(id="lx", start="2015-01-01"), an_assessment(30, id="a0", date="2013-01-01"))
    early = terminal.type("response", terminal.file("early.json", json_bytes(record))).out
    assert "baseline" in early
    record = a_record(an_assessment(30, id="a0", date="2013-01-01"))
    before = " ".join(terminal.type("response", terminal.file("before.json", json_bytes(record))).out.split())
    assert "2013-01-01 – 30.0 – – NA NA no NA – Before any line of treatment." in before
    record = a_record(a_line(start=None))
    assert (
        "  1 crizotinib: best response –"
        in terminal.type("response", terminal.file("unknown.json", json_bytes(record))).out
    )
