"""The way of one patient over the stages of a protocol: advice of earlier days, asked where it can have changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only loaded when somebody looks at the map
    from app.pathway.advice import LineNow, PathwayStage
    from app.record.record import PatientRecord
    from app.services.advice import Advising

CHOOSING = ("first_line", "further_line")  # the stages at which a line is chosen


@dataclass(frozen=True, slots=True)
class Visit:
    """A time at one stage: from a day on, until the next one began (None: still), with the line that ran."""

    stage: "PathwayStage"
    since: date
    until: date | None
    line: "LineNow | None"


def way_of(
    advising: "Advising", record: "PatientRecord", as_of: date, protocol: str | None = None
) -> tuple[Visit, ...]:
    """Return the stages a patient has been at until `as_of`, oldest first; the last one is where they are."""
    found: list[tuple[PathwayStage, date, LineNow | None]] = []
    number = None
    for day in [*sorted(one for one in set(_days(record)) if one < as_of), as_of]:
        advice = advising.advise(record, day, protocol=protocol, brief=True)
        line = advice.line
        former, number = number, line.number if line is not None else number
        if line is not None and number != former and (not found or found[-1][0] not in CHOOSING):
            # A line that began without a day between was chosen all the same.
            found.append(("first_line" if number == 1 else "further_line", day, line))
        if not found or advice.stage != found[-1][0] or _number(line) != _number(found[-1][2]):
            found.append((advice.stage, day, line))
    ends = [since for _stage, since, _line in found[1:]]
    return tuple(
        Visit(stage, since, until, line) for (stage, since, line), until in zip(found, [*ends, None], strict=True)
    )


def _number(line: "LineNow | None") -> int | None:
    return line.number if line is not None else None


def _days(record: "PatientRecord") -> Iterator[date]:
    """Yield the days on which the stage can change: of tests, staging, lines, responses, answers, and the end."""
    from app.record.dates import earliest_day

    dated: list[str | None] = [record.patient.deceased_on]
    if record.diagnosis is not None:
        dated += [record.diagnosis.date, record.diagnosis.resected_on]
    dated += [
        one.date
        for listed in (record.staging, record.local_treatments, record.assessments, record.decisions)
        for one in listed
        if one.entered_in_error is None
    ]
    for specimen in record.specimens:
        dated += [specimen.requested_on, specimen.date] if specimen.entered_in_error is None else []
    for test in record.tests:
        if test.entered_in_error is None:
            dated += [test.requested_on, test.reported_on]
            dated += [one.date for one in test.fish.readings] if test.fish is not None else []
    for line in record.therapy_lines:
        dated += [line.started_on, line.stopped_on] if line.entered_in_error is None else []
    yield from (earliest_day(one) for one in dated if one)
