"""The course of a patient: what of the record belongs on its picture. `course_layout` puts it in its places."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.clinical.recist import Judgement, judge
from app.figures.course_events import Sign, adverse_events, local_treatments, responses, tests_and_specimens
from app.figures.course_labs import Curve, curves_of
from app.figures.course_sums import Sum, sums_of
from app.figures.course_therapy import Treatment, treatments_of
from app.record.record import PatientRecord


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that can be drawn of a record as it was seen on a day, without places."""

    as_of: date
    tests: tuple[Sign, ...]
    local: tuple[Sign, ...]
    responses: tuple[Sign, ...]
    events: tuple[Sign, ...]
    lines: tuple[Treatment, ...]
    sums: tuple[Sum, ...]
    curves: tuple[Curve, ...]

    def days(self, curves: Collection[str] = ()) -> Iterator[date]:
        """Yield the days on which something is, with those of the curves that are drawn."""
        for sign in (*self.tests, *self.local, *self.responses, *self.events):
            yield sign.day
            if sign.lasts:
                yield sign.until
        for line in self.lines:
            yield line.last
            if line.first is not None:
                yield line.first
            yield from (change.day for change in line.changes)
        for curve in self.curves:
            if curve.analyte in curves:
                yield from (value.day for value in curve.values)

    @property
    def line_now(self) -> Treatment | None:
        """The line that runs, if its first day is known to the day."""
        running = [one for one in self.lines if one.runs and one.first is not None and not one.unsure]
        return running[-1] if running else None

    def telling(self) -> tuple[str, ...]:
        """Return the analytes that say something, the most telling first."""
        return tuple(one.analyte for one in self.curves if one.weight)


def course_of(
    record_as_seen: PatientRecord,
    as_of: date,
    judgements: Sequence[Judgement] | None = None,
    *,
    limits: Mapping[str, Decimal] | None = None,
    under: Collection[str] = (),
) -> Course:
    """Return the course up to `as_of`; `record_as_seen` is already cut to the day (`app.record.views.up_to`).

    `limits` are the protocol's, `under` the ids of the entries that a rule speaks of now (`course_labs.under_rules`).
    """
    judged = judge(record_as_seen) if judgements is None else judgements
    return Course(
        as_of=as_of,
        tests=tuple(tests_and_specimens(record_as_seen)),
        local=tuple(local_treatments(record_as_seen)),
        responses=tuple(responses(record_as_seen, judged)),
        events=tuple(adverse_events(record_as_seen)),
        lines=treatments_of(record_as_seen, as_of),
        sums=sums_of(judged),
        curves=curves_of(record_as_seen, limits=limits, under=under),
    )
