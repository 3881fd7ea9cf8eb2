import json
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from app.paths import RESOURCES
from app.record.schema import SCHEMA_FILE, schema_text

SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
DEMOS = sorted((RESOURCES / "demo").glob("demo-*.json"))


def test_the_published_schema_is_the_one_the_models_give():
    """Else: `python -m app.record.schema` writes it anew."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", DEMOS, ids=lambda file: file.stem)
def test_the_demonstration_records_are_valid(file):
    assert list(VALIDATOR.iter_errors(json.loads(file.read_text(encoding="utf-8")))) == []


def test_the_example_is_valid(example):
    assert list(VALIDATOR.iter_errors(json.loads(json.dumps(example, default=float)))) == []


def test_null_and_blank_are_unknown_as_they_are_to_the_reader(a_file, faults):
    data = a_file(
        staging=None, notes=[{"id": None, "date": "2014", "text": "x", "by": ""}], diagnosis={"metastatic_sites": None}
    )
    data["patient"].update(phone="", address=["", "line 2"], sex=None, gp=None)
    assert faults(data) == []
    assert list(VALIDATOR.iter_errors(data)) == []


CT = {"id": "a1", "date": "2014-04-01", "modality": "ct"}
WRONG = [
    {"patients": {}},
    {"format": "alkpath-record/2"},
    {"patient": {"mrn": "1"}},
    {"patient": {"mrn": "", "family_name": "A"}},
    {"assessments": [{**CT, "modalty": "ct"}]},
    {"assessments": [{**CT, "modality": "xray"}]},
    {"assessments": [{**CT, "date": "1.4.2014"}]},
    {"assessments": [{**CT, "date": None}]},
    {"assessments": [{key: value for key, value in CT.items() if key != "id"}]},
    {"assessments": [{**CT, "target_lesions": [{"lesion": "T1", "site": "lung", "mm": -3}]}]},
    {"assessments": [{**CT, "target_lesions": [{"lesion": "T1", "site": "lung", "mm": "3"}]}]},
    {"assessments": [{**CT, "target_lesions": {}}]},
    {"status": [{"date": "2014", "ecog": 6}]},
    {"status": [{"date": "2014", "ecog": 1.5}]},
    {"adverse_events": [{"term": "rash", "from": "2014", "grade": 6}]},
    {"therapy_lines": [{"id": "l1", "drugs": []}]},
    {"tests": [{"id": "t1", "specimen": "s1", "method": "ihc", "status": "final", "ihc": {"percent_cells": 101}}]},
    {"tests": [{"id": "t1", "specimen": "s1", "method": "ihc", "status": "final", "ihc": {"intensity": 4}}]},
    {"notes": [{"date": "2014", "text": ""}]},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: json.dumps(wrong)[:60])
def test_the_schema_refuses_what_the_reader_refuses(a_file, faults, wrong):
    data = deepcopy({**a_file(), **wrong})
    assert not VALIDATOR.is_valid(data)
    assert faults(data)
