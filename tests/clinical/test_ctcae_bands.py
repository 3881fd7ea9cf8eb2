"""The grades as data: what their files must hold to."""

from decimal import Decimal

import pytest

from app.clinical.ctcae_bands import OVER_BASELINE, terms

VERSIONS = pytest.mark.parametrize("version", ["5.0", "4.03"])


def all_terms(version):
    return set(terms(version).values())


def test_both_versions_speak_of_the_same_analytes_by_the_same_terms():
    assert {name: one.name for name, one in terms("5.0").items()} == {
        name: one.name for name, one in terms("4.03").items()
    }
    assert len(terms("5.0")) == 19


@VERSIONS
def test_a_term_has_either_steps_and_units_or_a_reason(version):
    for term in all_terms(version):
        assert bool(term.steps) is bool(term.units) is (term.not_by_value is None), term.name


@VERSIONS
def test_every_unit_of_a_term_has_the_same_grades_and_nothing_else_is_measured(version):
    for term in all_terms(version):
        measured = {
            step.measure.removesuffix(OVER_BASELINE) for step in (*term.steps, *term.steps_if_baseline_abnormal)
        }
        in_units = measured - {"ULN", "LLN", "baseline"}
        assert in_units in (set(), set(term.units)), term.name
        grades = [sorted((step.grade, step.only_if) for step in term.steps if step.measure == one) for one in in_units]
        assert all(one == grades[0] for one in grades), term.name


@VERSIONS
def test_bounds_grow_with_the_grade_and_go_one_way(version):
    for term in all_terms(version):
        steps = (*term.steps, *term.steps_if_baseline_abnormal)
        falls = {step.sign == "<" for step in steps}
        assert len(falls) <= 1, term.name
        for step in steps:
            same = [one for one in steps if (one.measure, one.only_if) == (step.measure, step.only_if)]
            bounds = [one.limit for one in sorted(same, key=lambda one: one.grade)]
            assert bounds == sorted(bounds, reverse=True in falls), term.name
            assert step.limit > Decimal(0)
            assert step.grade in (1, 2, 3, 4)


@VERSIONS
def test_what_was_not_read_in_a_source_is_marked(version):
    unverified = {one.name for one in all_terms(version) if not one.is_verified}
    if version == "4.03":
        assert unverified == {"Sinus bradycardia"}
    else:
        long_qt = "Electrocardiogram QT corrected interval prolonged"
        assert unverified == {"Sinus bradycardia", "Hypophosphatemia", "Hyperglycemia", long_qt}
