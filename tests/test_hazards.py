"""The hazard log: every hazard has a control in a place that is there, and tests that are there."""

import ast
import re
from functools import cache

import pytest

from app.paths import RESOURCES
from app.services.hazards import PAGE, hazards_page, read_hazards

ROOT = RESOURCES.parent
HAZARDS = read_hazards()
NAMED = [(entry["id"], test) for entry in HAZARDS for test in entry["tests"]]


@cache
def names_in(path):
    """The tests of a file by name, read and not run."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def is_there(node_id):
    """Whether a node id, with or without its parameters, names a test."""
    path, _, name = node_id.partition("::")
    return (ROOT / path).is_file() and name.partition("[")[0] in names_in(path)


def test_the_first_hazard_is_a_historical_protocol_taken_for_todays():
    assert HAZARDS[0]["hazard"] == "The advice of a historical protocol is taken for today's"


def test_hazards_are_numbered_without_a_gap():
    assert [entry["id"] for entry in HAZARDS] == [f"HZ{number}" for number in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) >= 15


@pytest.mark.parametrize("entry", HAZARDS, ids=lambda entry: entry["id"])
def test_a_hazard_says_its_cause_harm_and_control_and_has_tests(entry):
    parts = {"id", "hazard", "cause", "harm", "control", "where", "tests"}
    assert parts <= set(entry) <= parts | {"remains"}
    assert all(str(entry[part]).strip() for part in parts)
    assert all(entry[part].strip().endswith(".") for part in ("cause", "harm", "control"))
    assert entry["tests"]
    assert len(set(entry["tests"])) == len(entry["tests"])


@pytest.mark.parametrize(("hazard", "node_id"), NAMED)
def test_a_test_that_a_hazard_names_is_there(hazard, node_id):
    assert is_there(node_id), f"{hazard} names {node_id}"


@pytest.mark.parametrize("entry", HAZARDS, ids=lambda entry: entry["id"])
def test_the_place_of_a_control_is_there(entry):
    assert [path for path in entry["where"] if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(
    "node_id",
    [
        "tests/test_hazards.py::test_that_nobody_wrote",
        "tests/test_nowhere.py::test_the_first_hazard_is_a_historical_protocol_taken_for_todays",
        "tests/test_hazards.py",
        "tests/test_hazards.py::is_there",
    ],
)
def test_a_test_that_is_not_there_is_seen_to_be_missing(node_id):
    assert not is_there(node_id)
    assert is_there("tests/test_hazards.py::test_a_test_that_is_not_there_is_seen_to_be_missing[whatever]")


def test_the_help_page_is_made_from_the_log():
    text = PAGE.read_text(encoding="utf-8")
    assert text == hazards_page(), "run: python -m app.services.hazards"
    assert text.startswith("# ")
    assert re.findall(r"^## (HZ\d+)\. ", text, re.MULTILINE) == [entry["id"] for entry in HAZARDS]
