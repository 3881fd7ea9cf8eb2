"""The newest laboratory values and vital signs, examinations and notes, in the words of a letter."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import get_args

from app.clinical.ctcae import Grade, grade_of
from app.clinical.series import Point, Series
from app.clinical.therapy_lines import palliative_lines
from app.figures.course_labs import MULTIPLES, glance
from app.figures.wording import code, date_in_words, limits_in_words, measured
from app.letters.disease import not_recorded
from app.letters.findings import ExaminationSaid, LabSaid, NoteSaid
from app.record.codes import Analyte
from app.record.dates import earliest_day
from app.record.lab import Lab
from app.record.record import PatientRecord
from app.words import _

ORDER = {analyte: place for place, analyte in enumerate(get_args(Analyte))}
# No report of these has limits.
VITAL_SIGNS = frozenset({"QTc", "PR", "heart_rate", "systolic_bp", "diastolic_bp", "weight"})
A_CHANGE = Decimal("0.1")  # of the value before: how much is said of a value that nothing else is to be said of


def labs_said(record: PatientRecord, under: Collection[str] = ()) -> tuple[LabSaid, ...]:
    """Return the newest value of each analyte, the notable ones first.

    `under` are the ids of the entries that a rule speaks of now. A QTc has a series for each formula.
    """
    graded = _Graded(record)
    by_place = sorted(record.labs, key=lambda one: (ORDER[one.analyte], one.formula or "", one.date))
    series = [list(labs) for _place, labs in groupby(by_place, key=attrgetter("analyte", "formula"))]
    said = [_lab(labs, graded, under) for labs in series]
    return tuple(sorted(said, key=lambda one: not one.is_notable))


class _Graded:
    """Grades the values of one record by CTCAE v5.0, each against the last one before the line it is of."""

    def __init__(self, record: PatientRecord) -> None:
        self._labs = record.labs
        self._series = Series(record.labs)
        self._starts = [one.started_on for one in palliative_lines(record) if one.started_on]

    def grade(self, lab: Lab) -> Grade:
        return grade_of(lab, baseline=self._baseline(lab), among=self._labs)

    def _baseline(self, lab: Lab) -> Decimal | None:
        start = max((one for one in self._starts if one <= lab.date), default=None)
        if start is None or lab.unit is None:
            return None
        before = [
            one.x
            for one in self._series.in_unit(lab.analyte, lab.unit)
            if one.lab.date <= start and one.id != lab.id and one.lab.comparator is None
        ]
        return before[-1] if before and before[-1] else None


def _lab(labs: Sequence[Lab], graded: _Graded, under: Collection[str]) -> LabSaid:
    """Return the last of these values, in order of their days."""
    lab, former = labs[-1], labs[-2] if len(labs) > 1 else None
    side, found = _side(lab), graded.grade(lab)
    has_come_back = former is not None and bool(_side(former))
    is_notable = bool(side or found.grade or found.by_v4 or lab.symptomatic or has_come_back) or lab.id in under
    is_said = former is not None and (is_notable or _has_changed(former, lab))
    name = code(lab.analyte)
    return LabSaid(
        analyte=f"{name} ({code(lab.formula)})" if lab.formula else name,
        value=measured(lab),
        date=date_in_words(lab.date),
        limits=_limits(lab),
        rated=", ".join(_rated(lab, side, found)),
        before=f"{measured(former)}, {date_in_words(former.date)}" if former is not None and is_said else "",
        is_notable=is_notable,
    )


def _limits(lab: Lab) -> str:
    if limits := limits_in_words(lab):
        return limits.replace(" ", "\N{NO-BREAK SPACE}")
    return "" if lab.analyte in VITAL_SIGNS else not_recorded()


def _side(lab: Lab) -> int:
    """Return 1 above the limits of the report, -1 below them, 0 within, without limits, or where it is not sure."""
    if lab.value is None:
        return 0
    point = Point(earliest_day(lab.date), lab.value, lab)
    if lab.upper is not None and point.is_above(lab.upper):
        return 1
    return -1 if lab.lower is not None and point.is_below(lab.lower) else 0


def _has_changed(former: Lab, lab: Lab) -> bool:
    if former.value is None or lab.value is None or former.unit != lab.unit:
        return False
    return abs(lab.value - former.value) >= A_CHANGE * former.value and lab.value != former.value


def _rated(lab: Lab, side: int, found: Grade) -> Iterator[str]:
    if side > 0 and lab.value is not None and lab.upper and lab.analyte in MULTIPLES:
        yield _("{times} × ULN").format(times=f"{lab.comparator or ''}{glance(lab.value / lab.upper)}")
    elif side:
        yield _("above") if side > 0 else _("below")
    if found.by_uln is not None:
        apart = _("grade {uln} by the upper limit, {baseline} by the baseline")
        yield apart.format(uln=found.by_uln, baseline=found.by_baseline)
    elif found.grade or (side and found.grade is not None):
        yield _("grade {grade}").format(grade=found.grade)
    elif found.by_v4:
        yield _("grade {grade} by v4.03").format(grade=found.by_v4)
    elif found.term is not None and found.reason is not None and (side or lab.symptomatic):
        yield _("no grade: {reason}").format(reason=found.reason)
    if found.grade and found.unverified:
        yield _("criteria not verified")
    if lab.symptomatic:
        yield _("with symptoms")


def examinations_said(record: PatientRecord) -> tuple[ExaminationSaid, ...]:
    """Return the newest examination of each kind, with the days of earlier ones; of no kind of its own: all of them."""
    by_kind: dict[str, ExaminationSaid] = {}
    newest_first = sorted(enumerate(record.examinations), key=lambda one: (one[1].date, one[0]), reverse=True)
    earlier: dict[str, list[str]] = {}
    for place, one in newest_first:
        key = f"{one.kind} {place}" if one.kind == "other" else one.kind
        if key in by_kind:
            earlier.setdefault(key, []).append(date_in_words(one.date))
            continue
        name = _("other examination") if one.kind == "other" else code(one.kind)
        by_kind[key] = ExaminationSaid(date_in_words(one.date), name, one.result or not_recorded())
    return tuple(
        ExaminationSaid(one.date, one.examination, one.result, ", ".join(earlier.get(key, ())))
        for key, one in by_kind.items()
    )


def notes_said(record: PatientRecord) -> tuple[NoteSaid, ...]:
    """Return the notes, the newest first."""
    newest_first = sorted(enumerate(record.notes), key=lambda one: (one[1].date, one[0]), reverse=True)
    return tuple(NoteSaid(date_in_words(one.date), one.by or "", one.text) for _place, one in newest_first)


def unrecorded(record: PatientRecord) -> dict[str, str]:
    """Return which of the findings nothing is recorded of: the section, and what is said instead."""
    said = {
        "labs": (record.labs, _("No laboratory value is recorded.")),
        "examinations": (record.examinations, _("No examination is recorded.")),
        "events": (record.adverse_events, _("No adverse event is recorded.")),
    }
    return {name: words for name, (entries, words) in said.items() if not entries}
