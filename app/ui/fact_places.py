"""Where a fact that is missing is entered: the entry, the field, and what of it is known already."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from app.clinical.fish import positive_cells
from app.figures.wording import is_held
from app.pathway.facts_person import LIMIT_FACTS, UNIT_FACTS
from app.record.assessment import Assessment
from app.record.molecular_test import MolecularTest
from app.record.record import PatientRecord
from app.record.therapy_line import TherapyLine
from app.ui.panels.entry_lines import sort_day

ANALYTE_OF = {fact: analyte for analyte, fact in {**LIMIT_FACTS, **UNIT_FACTS}.items()}
LIVER = frozenset(LIMIT_FACTS)


class Place(NamedTuple):
    """A form and a field of it: `entry` is "" for a new one, `typed` what a new one begins with."""

    section: str
    entry: str
    field: str
    typed: Mapping[str, Any] | None = None


def place_of(fact: str, record: PatientRecord, day: str) -> Place:
    """Return where a fact belongs in a record that is looked at as of a day (ISO)."""
    if fact in ANALYTE_OF:
        return _of_lab(ANALYTE_OF[fact], record, day)
    if fact in _DIAGNOSIS:
        return Place("diagnosis", "", _DIAGNOSIS[fact])
    if fact in _PROGRESSION:
        newest = newest_progression(record, day)
        return Place("assessments", newest.id if newest is not None else "", f"progression.{_PROGRESSION[fact]}")
    if fact in _LINES:
        return _LINES[fact](record)
    if fact in _TESTS:
        return _of_test(fact, record, day)
    newest = _newest(record.assessments, day)
    return Place("assessments", newest.id if newest is not None else "", "reported_response")


def newest_progression(record: PatientRecord, day: str = "9999") -> Assessment | None:
    """Return the newest assessment, up to a day, that says progression."""
    said = [one for one in record.assessments if one.progression is not None or one.reported_response == "PD"]
    found: Assessment | None = _newest(said, day)
    return found


_DIAGNOSIS = {
    "histology": "histology", "limited_sample": "limited_sample", "stage_metastatic": "stage", "resected": "resected",
    "predictive_marker": "smoking.status",
}  # fmt: skip
_PROGRESSION = {
    "progression_extent": "extent", "progression_sites": "sites", "progression_symptomatic": "symptomatic",
    "progression_tempo": "tempo", "tolerated": "well_tolerated", "local_treatment_possible": "local_treatment_possible",
}  # fmt: skip
# A test is typed with its method chosen; which molecular one it is, the person knows.
_TESTS: Mapping[str, str | None] = {
    "alk_status": None, "alk_molecular": None, "fish": "fish", "fish_positive_percent": "fish", "fish_cells": "fish",
    "ihc": "ihc",
}  # fmt: skip


def _newest(entries: Any, day: str) -> Any:
    there = [one for one in entries if one.entered_in_error is None and sort_day(one) <= day]
    return max(there, key=sort_day, default=None)


def _of_test(fact: str, record: PatientRecord, day: str) -> Place:
    """Return the test whose counts are missing, or a new one."""
    method = _TESTS[fact]
    of_method: list[MolecularTest] = [one for one in record.tests if one.method == method]
    if fact in ("fish_positive_percent", "fish_cells"):
        uncounted = [
            one
            for one in of_method
            if one.fish is None or not any(reading.cells and positive_cells(reading) for reading in one.fish.readings)
        ]
        newest = _newest(uncounted or of_method, day)
        if newest is not None:
            return Place("tests", newest.id, "fish.readings[0].cells")
    return Place("tests", "", "specimen", {"method": method} if method else None)


def _of_lab(analyte: str, record: PatientRecord, day: str) -> Place:
    """Return the value that lacks its unit or limit; without one, a new value, of the draw it is missed in."""
    unusable = [
        one
        for one in record.labs
        if one.analyte == analyte
        and one.value is not None
        and (one.unit is None or (one.upper is None and analyte in LIVER))
    ]
    newest = _newest(record.labs, day)
    lacking = _newest(unusable, day)
    if lacking is not None:
        return Place("labs", lacking.id, f"values[0].{'unit' if lacking.unit is None else 'upper'}")
    typed: dict[str, Any] = {"values": [{"analyte": analyte}]}
    if analyte in LIVER and newest is not None and newest.analyte in LIVER:
        typed |= {"date": newest.date} | ({"sample": newest.sample} if newest.sample else {})
    return Place("labs", "", "values[0].value" if "date" in typed else "date", typed)


def _lines(record: PatientRecord) -> list[TherapyLine]:
    return [one for one in record.therapy_lines if one.entered_in_error is None]


def _of_line(lines: list[TherapyLine], every: list[TherapyLine], field: str) -> Place:
    chosen = (lines or every)[-1:]
    return Place("therapy_lines", chosen[0].id if chosen else "", field)


def _of_start(record: PatientRecord) -> Place:
    lines = _lines(record)
    return _of_line([one for one in lines if one.started_on is None], lines, "started_on")


def _of_stop(record: PatientRecord) -> Place:
    lines = _lines(record)
    return _of_line([one for one in lines if one.stopped_on and one.stop_reason is None], lines, "stop_reason")


def _of_hold(record: PatientRecord) -> Place:
    for line in reversed(_lines(record)):
        for number in range(len(line.doses) - 1, -1, -1):
            if is_held(line.doses[number]) and not line.doses[number].reason:
                return Place("therapy_lines", line.id, f"doses[{number}].reason")
    return _of_line([], _lines(record), "doses")


_LINES: Mapping[str, Callable[[PatientRecord], Place]] = {
    "line_start_known": _of_start, "stop_reason": _of_stop, "hold_reason": _of_hold,
}  # fmt: skip
