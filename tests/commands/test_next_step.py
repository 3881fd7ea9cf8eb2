"""`next-step`: for a person and as JSON."""

import json

import pytest

from app.record.files import json_bytes
from builders import a_line, a_record


def advice(terminal, *words):
    said = terminal.type("next-step", *words, "--json")
    assert (said.code, said.err) == (0, "")
    return json.loads(said.out)


def test_a_file_is_advised_on_without_a_database_being_made(terminal, demo):
    assert advice(terminal, demo(2), "--as-of", "2012-07-10")["options"][0]["rule"] == "P4"
    assert not terminal.database.exists()
    assert not terminal.database.parent.exists()


def test_a_stored_patient_gets_the_same_advice_as_the_file(terminal, demo):
    terminal.type("import", demo(2))
    assert advice(terminal, "DEMO-2", "--as-of", "2012-07-10") == advice(terminal, demo(2), "--as-of", "2012-07-10")


def test_a_number_that_is_also_a_file_is_the_file(terminal, demo, monkeypatch):
    monkeypatch.chdir(terminal.home)
    terminal.file("DEMO-2", demo(4).read_bytes())
    terminal.type("import", demo(2))
    assert advice(terminal, "DEMO-2", "--as-of", "2014-05-21")["mrn"] == "DEMO-4"


def test_a_name_that_ends_in_json_is_a_file_even_when_it_is_not_there(terminal):
    said = terminal.type("next-step", terminal.home / "nobody.json")
    assert said.code == 1
    assert said.faults == [f"{terminal.home / 'nobody.json'} cannot be read: no such file or directory."]


def test_an_unknown_patient_is_one_line(terminal, demo):
    terminal.type("import", demo(1))
    said = terminal.type("next-step", "A-999")
    assert (said.code, said.faults) == (1, ["There is no patient with the number A-999."])


def test_an_unknown_protocol_is_one_line(terminal, demo):
    said = terminal.type("next-step", demo(1), "--protocol", "nobody-1999")
    assert said.code == 1
    assert said.faults == ["There is no protocol nobody-1999; there is duchemann-2015."]


def test_json_holds_the_keys_of_the_contract_in_their_order(terminal, demo):
    found = advice(terminal, demo(2), "--as-of", "2012-07-10", "--protocol", "duchemann-2015")
    assert list(found) == [
        "as_of", "mrn", "protocol", "parameters", "stage", "alk_status", "line", "response", "options", "alerts",
        "due", "missing", "one_fact_away", "not_recommended",
    ]  # fmt: skip
    assert list(found["protocol"]) == ["id", "edition", "sha256", "status"]
    assert list(found["options"][0]) == [
        "action", "drug", "dose", "text", "rule", "preferred", "prescriber_only", "because", "ambiguities",
        "evidence", "references", "cautions",
    ]  # fmt: skip
    assert list(found["options"][0]["because"][0]) == ["fact", "value", "from"]
    assert list(found["one_fact_away"][0]) == ["fact", "now", "if", "rule", "action", "drug"]


def test_json_is_the_same_every_time_and_ends_with_a_line_end(terminal, demo):
    words = ("next-step", demo(1), "--as-of", "2009-05-20", "--json", "--trace")
    first = terminal.type(*words)
    assert first.out == terminal.type(*words).out
    assert first.out.startswith('{\n  "as_of": "2009-05-20",\n')
    assert first.out.endswith("}\n")


def test_only_the_trace_says_which_rows_fired_and_which_nearly_did(terminal, demo):
    assert "trace" not in advice(terminal, demo(2), "--as-of", "2012-07-10")
    trace = advice(terminal, demo(2), "--as-of", "2012-07-10", "--trace")["trace"]
    assert {"fact": "progression_extent", "value": "oligometastatic", "from": ["a4"]} in trace["facts"]
    fired = {table["table"]: table["fired"] for table in trace["tables"]}
    assert "P4" in fired["progression"]


def test_what_the_clinic_has_set_is_among_the_parameters(terminal, demo):
    (terminal.home / "user").mkdir()
    terminal.file("user/clinic.yaml", "parameters: {baseline_days: 28}\n")
    assert advice(terminal, demo(2), "--as-of", "2012-07-10")["parameters"] == {
        "monitoring_schedule": "EU", "baseline_days": 28, "young_age": None, "oligometastatic_at_most": None,
    }  # fmt: skip


def test_a_fault_in_the_clinics_settings_is_named_with_its_file(terminal, demo):
    (terminal.home / "user").mkdir()
    terminal.file("user/clinic.yaml", "parameters: {baseline_days: soon}\n")
    said = terminal.type("next-step", demo(2))
    assert said.code == 1
    assert said.faults == [f"{terminal.home / 'user' / 'clinic.yaml'}: parameters.baseline_days: is not a number"]


def test_nothing_after_the_day_is_seen(terminal, demo):
    before = advice(terminal, demo(2), "--as-of", "2012-07-04")
    assert before["response"]["current"] != "PD"
    assert before["stage"] == "on_treatment"


def test_a_person_reads_who_by_which_protocol_what_and_why(terminal, demo):
    said = terminal.type("next-step", demo(2), "--as-of", "2012-07-10")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Brainonly, Clara · DEMO-2 · born 1972 · female"
    assert "duchemann-2015, edition 2015-03 · HISTORICAL" in said.out
    places = [
        said.out.index(title)
        for title in ("NEXT STEP", "OTHER OPTIONS", "MISSING", "NOT RECOMMENDED", "ONE FACT AWAY",
                      "WHERE THE SOURCE IS NOT CLEAR")
    ]  # fmt: skip
    assert places == sorted(places)
    flowing = " ".join(said.out.split())
    assert "because an ALK inhibitor runs: yes (l1); current response: PD (a4)" in flowing
    assert "Do not raise the crizotinib dose" in flowing
    assert "FACTS" not in said.out
    assert all(len(line) <= 100 for line in lines)


def test_a_person_may_see_every_fact_and_row(terminal, demo):
    said = terminal.type("next-step", demo(2), "--as-of", "2012-07-10", "--trace")
    assert "fish_positive_percent = 66 (t1)" in said.out
    assert "progression: fired P4" in said.out


def test_what_cannot_wait_is_read_first(terminal):
    two_open = a_record(a_line("crizotinib"), a_line("ceritinib", id="l2", start="2014-05-01"))
    file = terminal.file("two.json", json_bytes(two_open))
    said = terminal.type("next-step", file, "--as-of", "2014-07-01")
    assert said.code == 0
    if "CANNOT WAIT" in said.out:
        assert said.out.index("CANNOT WAIT") < said.out.index("NEXT STEP")
    assert advice(terminal, file, "--as-of", "2014-07-01")["options"][0]["action"] == "resolve_contradiction"


@pytest.mark.parametrize("number", range(1, 8))
def test_every_demonstration_patient_can_be_read_on_any_day(terminal, demo, number):
    for day in ("2000-01-01", "2012-01-01", "2014-03-04", "2030-01-01"):
        said = terminal.type("next-step", demo(number), "--as-of", day, "--trace")
        assert (said.code, said.err) == (0, "")
        assert "NEXT STEP" in said.out
