"""`grade`: a list of laboratory values comes in, the same list with CTCAE grades goes out."""

import io
import json
import sys

import pytest

ALT = {"id": "lab1", "date": "2014-02-17", "analyte": "ALT", "value": 180, "unit": "U/L", "upper": 40}


@pytest.fixture
def grade(terminal, monkeypatch):
    """Return how to give `grade` an input: bytes or text as they are, anything else as JSON."""

    def typed(content, *words):
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return terminal.type("grade", *words)

    return typed


def ctcae(grade, entry, *words):
    said = grade([entry], "--json", *words)
    assert (said.code, said.err) == (0, "")
    return json.loads(said.out)[0]["ctcae"]


def test_each_entry_comes_back_as_it_was_with_its_grade(grade):
    said = grade([ALT, {**ALT, "id": "lab2", "upper": None, "sample": "s"}], "--json")
    assert (said.code, said.err) == (0, "")
    term = "Alanine aminotransferase increased"
    assert json.loads(said.out) == [
        {**ALT, "ctcae": {"version": "5.0", "term": term, "grade": 2, "reason": None}},
        {
            **ALT,
            "id": "lab2",
            "upper": None,
            "sample": "s",
            "ctcae": {"version": "5.0", "term": term, "grade": None, "reason": "no upper limit of normal"},
        },
    ]


def test_numbers_keep_their_digits_and_the_bytes_are_the_same_every_time(grade):
    text = '[{"date": "2014-02-17", "analyte": "ALT", "value": 200.0, "unit": "U/L", "upper": 40.00}]'
    first = grade(text, "--json").out
    assert '"value": 200.0,' in first
    assert '"upper": 40.00,' in first
    assert '"grade": 2,' in first
    assert first == grade(text, "--json").out
    assert first.startswith('[\n  {\n    "date"')


def test_an_id_may_be_missing_and_is_not_made_up(grade):
    (entry,) = json.loads(grade([{**ALT, "id": None}], "--json").out)
    assert entry["id"] is None
    without = {name: value for name, value in ALT.items() if name != "id"}
    (entry,) = json.loads(grade([without], "--json").out)
    assert "id" not in entry
    assert entry["ctcae"]["grade"] == 2


def test_the_value_before_treatment_may_be_added(grade):
    found = ctcae(grade, {**ALT, "value": 300, "baseline": 100})
    assert (found["grade"], found["by_uln"], found["by_baseline"]) == (1, 3, 1)
    assert ctcae(grade, {**ALT, "value": 300, "baseline": None})["grade"] == 3


def test_v4_is_graded_when_it_is_asked_for(grade):
    found = ctcae(grade, {**ALT, "value": 300, "baseline": 100}, "--ctcae", "4.03")
    assert found == {"version": "4.03", "term": "Alanine aminotransferase increased", "grade": 3, "reason": None}


def test_what_v5_does_not_grade_by_value_says_so_and_gives_v4(grade):
    phosphate = {"date": "2014-02-17", "analyte": "phosphate", "value": 1.9, "unit": "mg/dL", "lower": 2.5}
    assert ctcae(grade, phosphate) == {
        "version": "5.0",
        "term": "Hypophosphatemia",
        "grade": None,
        "reason": "v5.0 grades phosphate by treatment, not by value",
        "by_v4": 3,
        "unverified": True,
    }


def test_two_long_ecgs_of_the_list_are_two_ecgs_though_neither_has_an_id(grade):
    ecg = {"date": "2014-02-17", "analyte": "QTc", "value": 505, "unit": "ms"}
    assert ctcae(grade, ecg, "--ctcae", "4.03")["grade"] is None
    said = grade([ecg, {**ecg, "date": "2014-02-18"}], "--json", "--ctcae", "4.03")
    assert [one["ctcae"]["grade"] for one in json.loads(said.out)] == [3, 3]


def test_an_empty_list_is_an_empty_list(grade):
    assert grade([], "--json").out == "[]\n"
    assert grade([]).code == 0


def test_without_json_there_is_a_table(grade):
    said = grade(
        [
            ALT,
            {**ALT, "value": 300, "baseline": 100, "lower": 10},
            {"date": "2014-02", "analyte": "phosphate", "value": 1.9, "unit": "mg/dL", "lower": 2.5},
            {"date": "2014-02", "analyte": "platelets", "value": 25, "comparator": "<", "unit": "10*9/L"},
            {"date": "2014-02", "analyte": "total_bilirubin"},
            {"date": "2014-02", "analyte": "GGT", "value": 90},
        ]
    )
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "CTCAE v5.0",
        "grade  date        analyte          value       limits  term, or why there is no grade",
        "2      2014-02-17  ALT              180 U/L     ≤ 40    Alanine aminotransferase increased",
        "1      2014-02-17  ALT              300 U/L     10–40   Alanine aminotransferase increased; grade 3",
        "                                                        by the upper limit, 1 by the baseline",
        "–      2014-02     phosphate        1.9 mg/dL   ≥ 2.5   Hypophosphatemia; v5.0 grades phosphate by",
        "                                                        treatment, not by value; grade 3 by v4.03;",
        "                                                        criteria not verified",
        "4      2014-02     platelets        <25 10*9/L  –       Platelet count decreased",
        "–      2014-02     total bilirubin  –           –       Blood bilirubin increased; no value",
        "–      2014-02     GGT              90          –       there are no v5.0 grades of GGT in this",
        "                                                        program",
    ]


def test_every_fault_is_one_line_with_its_place_and_nothing_is_graded(grade):
    said = grade(
        [
            ALT,
            {"date": "2014-13-01", "analyte": "ALTT", "value": -1},
            "ALT 180",
            {**ALT, "id": "x", "uper": 40, "baseline": 0},
            {**ALT, "id": "y", "entered_in_error": {"on": "soon"}},
        ],
        "--json",
    )
    assert (said.code, said.out) == (1, "")
    assert said.faults == [
        "[1].date: is not a date: there is no such month",
        "[1].analyte: is not a code of the record format (is ALT meant?)",
        "[1].value: must not be below 0",
        "[2]: must be a group of fields",
        "[3].baseline: must be above 0",
        "[3].uper: is not a field of the record format (is upper meant?)",
        "[4].entered_in_error.on: is not a date: write YYYY-MM-DD, YYYY-MM or YYYY",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "The input is empty."),
        (" \n", "The input is empty."),
        ("{}", "The input is not a list of laboratory values."),
        ("null", "The input is not a list of laboratory values."),
        ("[1e99999999999999999999]", "The input is not a list of laboratory values."),
        ("[" * 100_000, "The input is not a list of laboratory values."),
        ('[\n{"date"', "The input is not valid JSON (line 2)."),
        (b"[\xff]", "The input is not text in UTF-8."),
        ('[{"value": 1, "unit": "U/L", "value": 2}]', "The input gives value twice in one entry."),
        ('[{"id": "a", "date": "2014", "analyte": "ALT", "value": NaN}]', "[0].value: is not a finite number"),
        (b" " * 50_000_001, "The input is larger than 50 MB."),
    ],
    ids=["empty", "blank", "object", "null", "huge", "deep", "cut", "bytes", "twice", "NaN", "large"],
)
def test_what_is_no_list_of_values_is_one_line(grade, content, fault):
    said = grade(content, "--json")
    assert (said.code, said.out, said.faults) == (1, "", [fault])


def test_a_byte_order_mark_does_no_harm(grade):
    assert grade(b"\xef\xbb\xbf" + json.dumps([ALT]).encode(), "--json").code == 0


def test_at_a_keyboard_it_says_what_it_wants(terminal, monkeypatch):
    keyboard = io.TextIOWrapper(io.BytesIO())
    keyboard.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", keyboard)
    said = terminal.type("grade")
    assert (said.code, said.faults) == (2, ["Give a list of laboratory values: main.py grade < labs.json"])


def test_another_version_is_not_known(terminal):
    assert terminal.type("grade", "--ctcae", "6.0").code == 2


def test_no_database_is_touched(grade, terminal):
    grade([ALT], "--json")
    assert not terminal.database.parent.exists()
