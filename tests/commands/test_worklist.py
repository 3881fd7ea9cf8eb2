"""`worklist`: for a person and as JSON."""

import json
import sqlite3
from contextlib import closing

import pytest

KEYS = ["mrn", "name", "urgency", "kind", "words", "what", "drug", "since", "overdue_days", "rule", "entries"]


@pytest.fixture
def clinic(terminal, demo):
    """The terminal with all the demonstration patients."""
    for number in range(1, 8):
        assert terminal.type("import", demo(number)).code == 0
    return terminal


def worklist(terminal, *words):
    said = terminal.type("worklist", *words, "--json")
    assert (said.code, said.err) == (0, "")
    return json.loads(said.out)


def test_an_empty_database_has_nothing_open(terminal):
    said = terminal.type("worklist", "--as-of", "2014-11-01")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Worklist of 1 November 2014 · 0 items · protocol duchemann-2015, edition 2015-03 · "
        "HISTORICAL: not today's practice",
        "Nothing stands open.",
    ]
    assert worklist(terminal, "--as-of", "2014-11-01")["items"] == []


def test_a_person_reads_it_by_urgency_with_why_in_a_line(clinic):
    said = clinic.type("worklist", "--as-of", "2014-06-01")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    titles = [line for line in lines if line in ("URGENT", "DUE", "AWAITED", "OPEN")]
    assert titles == ["URGENT", "DUE", "OPEN"]
    flowing = " ".join(said.out.split())
    assert "- Liver, Hedda · DEMO-7: Withhold crizotinib: ALT or AST above 3 × ULN with bilirubin above" in flowing
    assert (
        "- Liver, Hedda · DEMO-7: Neutrophils and platelets due since 4 March 2014: crizotinib, week 17 "
        "(89 days overdue) [M2]"
    ) in flowing
    assert "- Secondreader, Emi · DEMO-4: ECG due today: before crizotinib [B2]" in flowing
    assert "- Brainonly, Clara · DEMO-2: Progressed 696 days ago on crizotinib, no decision [P1]" in flowing
    assert all(len(line) <= 100 for line in lines[1:])


def test_json_holds_the_keys_that_are_promised(clinic):
    found = worklist(clinic, "--as-of", "2014-06-01")
    assert list(found) == ["as_of", "protocol", "counts", "items"]
    assert found["as_of"] == "2014-06-01"
    assert (found["protocol"]["id"], found["protocol"]["status"]) == ("duchemann-2015", "historical")
    assert all(list(item) == KEYS for item in found["items"])
    assert sum(found["counts"].values()) == len(found["items"])
    assert list(found["counts"]) == ["urgent", "due", "awaited", "open"]
    urgencies = [item["urgency"] for item in found["items"]]
    assert urgencies == sorted(urgencies, key=list(found["counts"]).index)
    due = next(item for item in found["items"] if item["what"] == "blood_count" and item["mrn"] == "DEMO-7")
    assert due == {
        "mrn": "DEMO-7", "name": "Liver, Hedda", "urgency": "due", "kind": "overdue",
        "words": "Neutrophils and platelets due since 4 March 2014: crizotinib, week 17", "what": "blood_count",
        "drug": "crizotinib", "since": "2014-03-04", "overdue_days": 89, "rule": "M2", "entries": [],
    }  # fmt: skip


def test_json_is_the_same_every_time_whether_it_was_worked_out_before_or_not(clinic):
    words = ("worklist", "--as-of", "2014-06-01", "--json")
    first = clinic.type(*words)
    before = clinic.dump()
    assert clinic.type(*words).out == first.out
    assert clinic.dump() == before
    assert not any("worklist_item" in line and line.startswith("INSERT") for line in before)


def test_for_today_what_was_worked_out_is_kept(clinic):
    today = worklist(clinic)
    assert any(line.startswith('INSERT INTO "worklist_item"') for line in clinic.dump())
    kept = clinic.dump()
    assert worklist(clinic) == today
    assert clinic.dump() == kept


def test_nothing_after_the_day_is_seen(clinic):
    long_ago = worklist(clinic, "--as-of", "1990-01-01")["items"]
    assert {(item["kind"], item["what"], item["since"]) for item in long_ago} == {
        ("record_to_complete", "complete_record", None)
    }


def test_a_day_that_is_none_is_wrong_usage(terminal):
    said = terminal.type("worklist", "--as-of", "soon")
    assert said.code == 2
    assert not terminal.database.exists()


def test_a_fault_in_the_clinics_settings_is_named_with_its_file(terminal):
    (terminal.home / "user").mkdir()
    terminal.file("user/clinic.yaml", "parameters: {baseline_days: soon}\n")
    said = terminal.type("worklist")
    assert said.code == 1
    assert said.faults == [f"{terminal.home / 'user' / 'clinic.yaml'}: parameters.baseline_days: is not a number"]


def test_what_was_put_aside_in_the_window_is_left_out_and_counted_for_a_person(clinic):
    before = worklist(clinic)
    with closing(sqlite3.connect(clinic.database)) as raw, raw:
        raw.execute(
            'INSERT INTO put_aside (patient_key, facts, verdict, kind, what, day, until, reason, "by", at)'
            " SELECT item.patient_key, facts, 'snoozed', kind, what, '1990-01-01', '2999-01-01', 'called', 'M. K.', ''"
            " FROM worklist_item AS item WHERE kind = 'progression' LIMIT 1"
        )
    after = worklist(clinic)
    gone = [item for item in before["items"] if item not in after["items"]]
    assert [item["kind"] for item in gone] == ["progression_without_decision"]
    assert sum(after["counts"].values()) == len(after["items"]) == len(before["items"]) - 1
    assert clinic.type("worklist").out.splitlines()[-1] == (
        "Not listed: 1 snoozed, 0 done; the window's Today page has them."
    )
