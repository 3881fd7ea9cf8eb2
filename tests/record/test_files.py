import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.record.files import json_bytes, parsed_records, plain, read_record, write_records
from app.record.reading import Refused
from app.record.record import SECTION_OF, PatientRecord
from builders import a_line, a_note, a_patient, a_record, an_assessment

TODAY = date(2016, 6, 1)
EXAMPLE = Path(__file__).with_name("example.json")


def read_back(text):
    """Return the records of a file's bytes."""
    return [read_record(data, TODAY) for data in parsed_records(BytesIO(text))]


def refusal(text):
    with pytest.raises(Refused) as refused:
        read_back(text)
    return [str(fault) for fault in refused.value.faults]


# --- the example of the format


def test_the_example_has_every_field_of_the_format(example):
    """A field that is added and not put into the example is not tested: this test says so."""
    record = read_record(example, TODAY)
    said = set()

    def walk(value):
        if hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                part = getattr(value, name)
                if part not in (None, ()):
                    said.add((type(value).__name__, name))
                for one in part if isinstance(part, tuple) else [part]:
                    walk(one)

    walk(record)
    every = {(kind.__name__, name) for kind in (PatientRecord, *SECTION_OF) for name in kind.__dataclass_fields__}
    in_error = {(kind.__name__, "entered_in_error") for kind in SECTION_OF}
    assert every - said <= in_error


def test_export_gives_the_example_back_without_what_is_not_known(example):
    written = json.loads(json_bytes(read_record(example, TODAY)), parse_float=Decimal)

    def known(value):
        if isinstance(value, dict):
            kept = {key: known(one) for key, one in value.items() if key == "alt_x_uln" or one not in (None, [], "")}
            return kept
        return [known(one) for one in value] if isinstance(value, list) else value

    expected = known(example)
    for section in ("labs", "notes"):  # import gives the first free id
        for entry in expected[section]:
            entry.setdefault("id", {"labs": "lab2"}.get(section, "n2"))
    assert written == expected


def test_export_writes_the_keys_in_the_order_of_the_format_and_import_takes_any(example):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(one) for key, one in reversed(value.items())}
        return [turned(one) for one in value] if isinstance(value, list) else value

    straight = json_bytes(read_record(example, TODAY))
    mixed = turned(example)
    mixed["decisions"][0]["facts"] = example["decisions"][0]["facts"]  # its keys are free, and stay as they come
    assert json_bytes(read_record(mixed, TODAY)) == straight
    assert list(json.loads(straight)) == [key for key in example if example[key]]
    assert list(json.loads(straight)["assessments"][1]) == [
        "id", "date", "modality", "target_lesions", "non_target", "new_lesions", "reported_response", "progression",
    ]  # fmt: skip


def test_export_import_export_gives_the_same_bytes(example):
    first = json_bytes(read_record(example, TODAY))
    (again,) = read_back(first)
    assert json_bytes(again) == first
    assert first.endswith(b"\n}\n")
    assert b'\n  "patient": {\n    "mrn": "A-1042",\n' in first


def test_numbers_are_kept_as_written():
    text = b"""{"format": "alkpath-record/1", "patient": {"mrn": "1", "family_name": "A"},
      "labs": [{"date": "2014", "analyte": "ALT", "value": 42.0}, {"date": "2014", "analyte": "ALT", "value": 42},
               {"date": "2014", "analyte": "ALT", "value": 0.10}, {"date": "2014", "analyte": "ALT", "value": 1e5},
               {"date": "2014", "analyte": "ALT", "value": 123456789.123456789012}]}"""
    (record,) = read_back(text)
    assert [str(lab.value) for lab in record.labs] == ["42.0", "42", "0.10", "1E+5", "123456789.123456789012"]
    (again,) = read_back(json_bytes(record))
    assert again == record
    assert json_bytes(again) == json_bytes(record)


def test_dates_are_kept_as_given():
    record = a_record(a_note(date="2014"), patient=a_patient(birth_date="1964-05"))
    assert [one.date for one in read_back(json_bytes(record))[0].notes] == ["2014"]


def test_letters_of_all_languages_are_written_as_they_are():
    record = a_record(patient=a_patient(family_name="Łő ğ Ж ε ệ"))
    assert "Łő ğ Ж ε ệ".encode() in json_bytes(record)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)
NUMBERS = (
    st.integers(0, 10**12).map(Decimal)
    | st.decimals(0, 9999, places=3)
    | st.sampled_from(
        [Decimal(digits) for digits in ("0", "0.0", "42.0", "42.00", "1E+3", "1E-7", "0E+2", "99999999999.9999")]
    )
)
FREE_TEXT = {"mrn", "family_name", "given_name", "phone", "tnm", "clone", "reason", "result", "term", "text", "by"}
NUMBER = {"mm", "value", "lower", "upper", "amount", "pack_years"}
UNREFERRED = {"staging", "conditions", "labs", "notes", "examinations", "access", "doses", "new_lesions", "recipients"}


def _varied(draw, value, key=""):
    """Return part of the example with other words and numbers in it, and lists of another length."""
    if isinstance(value, dict):
        return {name: _varied(draw, one, name) for name, one in value.items()}
    if isinstance(value, list):
        again = [_varied(draw, one) for one in value]
        if key not in UNREFERRED:
            return again
        return [{name: one for name, one in entry.items() if name != "id"} for entry in again] * draw(st.integers(0, 3))
    if key in FREE_TEXT:
        return draw(WORDS)
    return draw(st.none() | NUMBERS) if key in NUMBER else value


@given(st.data())
def test_any_record_is_written_the_same_each_time(data):
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"), parse_float=Decimal)
    record = read_record(_varied(data.draw, example), TODAY)
    written = json_bytes(record)
    (again,) = read_back(written)
    assert again == record
    assert json_bytes(again) == written


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 99)
    | st.text(max_size=3)
    | st.sampled_from(["2014", "a1", "ct", "lung"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "date", "mm", "zyx"]), inner),
    max_leaves=6,
)


@given(st.data())
def test_whatever_stands_in_a_field_is_read_or_refused_in_words(data):
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    place = example
    while True:  # walk to some value of the example and put something else there
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[key] = data.draw(VALUES)
    found, record = [], None
    try:
        record = read_record(example, TODAY)
    except Refused as refused:
        found = refused.faults
    assert record is not None or found
    assert all(fault.sentence and "\n" not in str(fault) for fault in found)
    assert record is None or read_back(json_bytes(record)) == [record]


# --- ids


def test_entries_nothing_refers_to_get_the_first_free_id(a_file):
    note = {"date": "2014", "text": "x"}
    record = read_record(a_file(notes=[note, {**note, "id": "n1"}, note, {**note, "id": None}], labs=[]), TODAY)
    assert [one.id for one in record.notes] == ["n2", "n1", "n3", "n4"]


def test_an_id_of_another_list_is_not_free(a_file):
    data = a_file(labs=[{"date": "2014", "analyte": "ALT"}], notes=[{"id": "lab1", "date": "2014", "text": "x"}])
    assert read_record(data, TODAY).labs[0].id == "lab2"


def test_given_ids_are_written_and_what_was_parsed_stays_as_it_was(a_file):
    data = a_file(notes=[{"date": "2014", "text": "x"}])
    assert b'"id": "n1"' in json_bytes(read_record(data, TODAY))
    assert data["notes"] == [{"date": "2014", "text": "x"}]


@pytest.mark.parametrize("section", ["specimens", "tests", "therapy_lines", "assessments"])
def test_entries_that_others_refer_to_must_have_an_id(a_file, faults, section):
    assert f"{section}[0].id: is missing" in faults(a_file(**{section: [{}]}))


# --- the format itself


def test_a_record_says_its_format(faults):
    patient = {"mrn": "1", "family_name": "A"}
    assert faults({"patient": patient}) == ["format: is missing: a record says alkpath-record/1"]
    assert faults({"format": "alkpath-record/2", "patient": patient, "x": 1}) == [
        "format: is not alkpath-record/1, the format this program reads",
        "x: is not a field of the record format",
    ]


def test_a_record_has_a_patient_with_a_number_and_a_name(faults):
    assert faults({"format": "alkpath-record/1"}) == ["patient: is missing"]
    assert faults({"format": "alkpath-record/1", "patient": {}}) == [
        "patient.mrn: is missing",
        "patient.family_name: is missing",
    ]


@pytest.mark.parametrize("data", [[], "x", 5, None])
def test_what_is_no_object_is_no_record(faults, data):
    assert faults(data) == ["is not a patient record: a record is a JSON object"]


def test_a_record_holds_at_most_a_hundred_thousand_entries(a_file, faults):
    note = {"date": "2014", "text": "x"}
    assert faults(a_file(notes=[note] * 60_000, labs=[5] * 40_001)) == ["holds more than 100000 entries"]


# --- facts of decisions


def a_decision(facts):
    return {"date": "2014", "as_of": "2014", "rule": "P4", "action": "switch", "verdict": "accepted", "facts": facts}


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ([], "decisions[0].facts: must be facts by name"),
        ({"a": {}}, "decisions[0].facts: a must be a plain value or a list of them"),
        ({"a": [[1]]}, "decisions[0].facts: a must be a plain value or a list of them"),
        ({"a": float("nan")}, "decisions[0].facts: a is not a finite number"),
        ({"a": "\ud800"}, "decisions[0].facts: a holds half a character"),
    ],
)
def test_facts_are_plain_values_by_name(a_file, faults, facts, line):
    assert faults(a_file(decisions=[a_decision(facts)])) == [line]


def test_facts_are_kept_as_they_were(a_file):
    facts = {"a": 4.5, "b": None, "c": ["x", 1], "d": True, "e": []}
    record = read_record(a_file(decisions=[a_decision(facts)]), TODAY)
    assert record.decisions[0].facts == {"a": Decimal("4.5"), "b": None, "c": ("x", 1), "d": True, "e": ()}
    assert read_back(json_bytes(record)) == [record]
    assert read_record(a_file(decisions=[a_decision(None)]), TODAY).decisions[0].facts == {}


# --- several records


def test_several_records_are_a_list_and_one_alone_an_object():
    one, two = a_record(a_line()), a_record(an_assessment(30), patient=a_patient(mrn="A-2"))
    out = BytesIO()
    assert write_records([one, two], out, as_list=True) == 2
    assert read_back(out.getvalue()) == [one, two]
    assert out.getvalue().startswith(b'[\n  {\n    "format": "alkpath-record/1",\n')
    assert out.getvalue().endswith(b"\n  }\n]\n")
    alone = BytesIO()
    write_records([one], alone, as_list=False)
    assert alone.getvalue().startswith(b'{\n  "format"')


def test_a_list_of_nothing_is_an_empty_list():
    out = BytesIO()
    assert write_records([], out, as_list=True) == 0
    assert out.getvalue() == b"[]\n"
    assert read_back(b"[]") == []


def test_a_fact_of_python_alone_is_written_as_a_number():
    assert plain({"a": 1.5}) == {"a": 1.5}


def test_one_fault_is_one_line():
    assert refusal(b'{"format": "alkpath-record/1", "patient": {"mrn": "1", "family_name": "A", "sex": "f"}}') == [
        "patient.sex: is not one of female, male, other, unknown"
    ]
