"""What is to be checked while the first inhibitor runs, and by when: counted from the last complete set."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from app.clinical.series import ONE_DAY, Series
from app.clinical.therapy_lines import name_of, names_of
from app.pathway.holds import term_of
from app.pathway.protocol import MonitoringItem
from app.record.dates import add_months, earliest_day
from app.record.lab import Lab
from app.record.record import PatientRecord
from app.record.therapy_line import TherapyLine

EARLY_MONTHS = 2  # "the first two calendar months of the line"
RAISED_ABOVE = {"ALT": Decimal(3), "AST": Decimal(3), "total_bilirubin": Decimal("1.5")}  # x ULN
DENSE_DAYS = 7  # while ALT or AST is above 3 x ULN, or bilirubin above 1.5 x ULN


def due_days(
    seen: PatientRecord,
    labs: Series,
    items: Sequence[MonitoringItem],
    line: TherapyLine,
    started: date,
    *,
    schedule: str,
    baseline_days: int,
) -> Iterator[tuple[MonitoringItem, date]]:
    """Yield each item that applies to a running line with the day it is due; one that has been done is not yielded.

    The interval goes by the day of the last complete set: the early one in the first two calendar months of the line,
    then the later one; liver tests weekly while a liver value is raised. What has no interval is due once (a result up
    to `baseline_days` before counts), and again when a symptom of it begins.
    """
    for item in items:
        last = _last_done(seen, labs, item)
        if item.early:
            day = _next_day(item, last, started, schedule)
            if _liver_values_raised(labs, item):
                day = min(day, max(last or started, started) + timedelta(days=DENSE_DAYS))
            yield item, day
        elif (day_once := _open_since(seen, item, line, started, last, timedelta(days=baseline_days))) is not None:
            yield item, day_once


def _next_day(item: MonitoringItem, last: date | None, started: date, schedule: str) -> date:
    since = max(last or started, started)
    return _after(since, interval_from(item, since, started, schedule))


def interval_from(item: MonitoringItem, day: date, started: date, schedule: str) -> str:
    """Return the interval that holds from a day on: the early one in the first two calendar months of the line."""
    return (item.early if day < add_months(started, EARLY_MONTHS) else item.later)[schedule]


def _liver_values_raised(labs: Series, item: MonitoringItem) -> bool:
    """Return whether the newest value of one of the item's analytes is above what asks for weekly tests."""
    for analyte in item.labs_all:
        if analyte in RAISED_ABOVE:
            points = labs.multiples_of_uln(analyte)
            if points and points[-1].is_above(RAISED_ABOVE[analyte]):
                return True
    return False


def _open_since(
    seen: PatientRecord, item: MonitoringItem, line: TherapyLine, started: date, last: date | None, before: timedelta
) -> date | None:
    """Return the first day on which an item without an interval was due and since which it has not been done."""
    if item.only_with:
        symptom = _condition_since(seen, item.only_with)
        day = None if symptom is None else max(symptom, started)
        return None if day is None or (last is not None and last >= day - before) else day
    if last is None or last < started - before:
        return started
    days = [day for day in _symptom_days(seen, item.again_with, line) if day > started and day > last]
    return min(days, default=None)


def _symptom_days(seen: PatientRecord, symptoms: Sequence[str], line: TherapyLine) -> Iterator[date]:
    """Yield the day each symptom began that goes on and is not suspected of a drug that is not in the line."""
    for code in symptoms:
        if (day := _condition_since(seen, code)) is not None:
            yield day
    drugs = names_of(line.drugs)
    for event in seen.adverse_events:
        if (
            event.to is None
            and term_of(event) in symptoms
            and (event.suspected_drug is None or name_of(event.suspected_drug) in drugs)
        ):
            yield earliest_day(event.from_)


def _condition_since(seen: PatientRecord, code: str) -> date | None:
    """Return the day since which a condition has been said to be present each time, or None where it is not now."""
    since: date | None = None
    for entry in sorted((one for one in seen.conditions if one.code == code), key=lambda one: one.date):
        since = (since or earliest_day(entry.date)) if entry.present else None
    return since


def _last_done(seen: PatientRecord, labs: Series, item: MonitoringItem) -> date | None:
    """Return the day of the last complete set: of every analyte of it in one sample, or of an examination."""
    days = [earliest_day(one.date) for one in seen.examinations if one.kind in item.examinations]
    for analyte in item.labs_any:
        days += [earliest_day(lab.date) for lab in labs.of(analyte) if lab.value is not None]
    if (day := _last_set(labs, item.labs_all)) is not None:
        days.append(day)
    return max(days, default=None)


def _last_set(labs: Series, analytes: Sequence[str]) -> date | None:
    """Return the newest day on which a value completed a set, all of the same sample, as the record format has it."""
    values = [lab for analyte in analytes for lab in labs.of(analyte) if lab.value is not None]
    if len({lab.analyte for lab in values}) < len(analytes):
        return None
    values.sort(key=lambda lab: earliest_day(lab.date), reverse=True)
    for last in values:
        with_it = [lab for lab in values if _no_later_in_one_sample(lab, last)]
        for sample in {lab.sample for lab in with_it}:
            if len({lab.analyte for lab in with_it if lab.sample in (sample, None)}) == len(analytes):
                return earliest_day(last.date)
    return None


def _no_later_in_one_sample(lab: Lab, last: Lab) -> bool:
    if lab.sample is not None and last.sample is not None:
        return lab.sample == last.sample
    return 0 <= (earliest_day(last.date) - earliest_day(lab.date)).days <= ONE_DAY


def _after(day: date, interval: str) -> date:
    count, in_months = _parsed(interval)
    return add_months(day, count) if in_months else day + timedelta(days=count)


@cache
def _parsed(interval: str) -> tuple[int, bool]:
    """Return how long an interval is, and whether in months ("1 month") or in days."""
    count, unit = interval.split()
    return int(count), unit.startswith("month")


def interval_ahead(item: MonitoringItem, day: date, started: date, schedule: str, labs: Series) -> str:
    """Return the interval from a day on: weekly while a liver value is raised; when it will not be is not known."""
    return f"{DENSE_DAYS} days" if _liver_values_raised(labs, item) else interval_from(item, day, started, schedule)


def days_ahead(
    item: MonitoringItem, first: date, started: date, *, schedule: str, labs: Series, until: date
) -> Iterator[date]:
    """Yield the days on which an item with an interval is due, from `first` up to `until`, supposing each is kept."""
    day = first
    while day <= until:
        yield day
        day = _after(day, interval_ahead(item, day, started, schedule, labs))
