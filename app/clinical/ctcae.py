"""CTCAE grades of laboratory values and vital signs, by the limits of each value's own report."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.ctcae_bands import Step, Term, Version, terms
from app.clinical.ctcae_steps import Value, reached, value_of
from app.record.codes import label
from app.record.lab import Lab
from app.words import _, apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade, never without its version; `grade` is None where it cannot be told, and `reason` says why.

    `by_uln` and `by_baseline` are there where the two differ: labels go by the upper limit (K5). `by_v4` is the v4.03
    grade of what v5.0 does not grade by value (K7). `unverified`: the criteria were not read in their source.
    """

    version: Version
    term: str | None
    grade: int | None
    reason: str | None
    by_uln: int | None = None
    by_baseline: int | None = None
    by_v4: int | None = None
    unverified: bool = False


def grade_of(
    lab: Lab, *, version: Version = "5.0", baseline: Decimal | None = None, among: Iterable[Lab] = ()
) -> Grade:
    """Return the CTCAE grade of a value.

    `baseline`: the value before treatment, in the unit of the value; it is abnormal when it is above the upper limit of
    this report. `among`: the person's values, where a second ECG is looked for.
    """
    term = terms(version).get(lab.analyte)
    if term is None:
        none = _("there are no v{version} grades of {analyte} in this program")
        reason = none.format(version=version, analyte=_(label(lab.analyte)))
        return Grade(version=version, term=None, grade=None, reason=reason)
    if term.not_by_value is not None:
        by_v4 = grade_of(lab, version="4.03").grade if version == "5.0" else None
        return _ungraded(term, version, _(term.not_by_value), by_v4)
    value = value_of(lab, term, baseline, among)
    if isinstance(value, str):
        return _ungraded(term, version, value)
    return _graded(value, term, version)


def _ungraded(term: Term, version: Version, reason: str, by_v4: int | None = None) -> Grade:
    unverified = not term.is_verified
    return Grade(version=version, term=term.name, grade=None, reason=reason, by_v4=by_v4, unverified=unverified)


def _graded(value: Value, term: Term, version: Version) -> Grade:
    upper, baseline = value.lab.upper, value.baseline
    is_abnormal = bool(upper and baseline and baseline > upper)
    steps = (is_abnormal and term.steps_if_baseline_abnormal) or term.steps
    grade, reason = _verdict(value, steps)
    by_uln, by_baseline = _apart(value, term, steps)
    return Grade(
        version=version,
        term=term.name,
        grade=grade,
        reason=reason,
        by_uln=by_uln,
        by_baseline=by_baseline,
        unverified=not term.is_verified,
    )


def _verdict(value: Value, steps: Iterable[Step]) -> tuple[int | None, str | None]:
    """Return the highest grade reached; none, with the reason, where it depends on what is not known."""
    lowest = 0
    unknown: list[tuple[int, str]] = []
    for step in steps:
        found = reached(value, step)
        if found is True:
            lowest = max(lowest, step.grade)
        elif found is not False:
            unknown.append((step.grade, found))
    higher = {grade: what for grade, what in unknown if grade > lowest}
    if not higher:
        return lowest, None
    reason = apart(dict.fromkeys(higher.values()))
    if lowest > 0:
        *most, last = [str(grade) for grade in (lowest, *sorted(higher))]
        reason = _("{reason} (grade {grades} or {last})").format(reason=reason, grades=", ".join(most), last=last)
    return None, reason


def _apart(value: Value, term: Term, steps: Iterable[Step]) -> tuple[int | None, int | None]:
    """Return the grade by the upper limit and the one by the baseline, where both are known and differ (K5)."""
    of_baseline = [one for one in steps if one.measure == "baseline"]
    if value.baseline is None or not of_baseline:
        return None, None
    by_uln, _why = _verdict(value, [one for one in term.steps if one.measure != "baseline"])
    by_baseline, _why = _verdict(value, of_baseline)
    return (None, None) if by_uln is None or by_baseline is None or by_uln == by_baseline else (by_uln, by_baseline)
