"""What is to be checked while the first inhibitor runs, and by when: counted from the last complete set."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from app.clinical.series import Series
from app.pathway.facts_person import newest_by
from app.pathway.protocol import MonitoringItem
from app.record.dates import add_months, earliest_day
from app.record.record import PatientRecord

EARLY_MONTHS = 2  # "the first two calendar months of the line"
RAISED_ABOVE = {"ALT": Decimal(3), "AST": Decimal(3), "total_bilirubin": Decimal("1.5")}  # x ULN
DENSE_DAYS = 7  # while ALT or AST is above 3 x ULN, or bilirubin above 1.5 x ULN


def due_days(
    seen: PatientRecord,
    labs: Series,
    items: Sequence[MonitoringItem],
    started: date,
    *,
    schedule: str,
    baseline_days: int,
    raised: bool,
) -> Iterator[tuple[MonitoringItem, date]]:
    """Yield each item that applies with the day it is next due; one done once and for all is not yielded.

    `raised` asks for liver tests weekly. The interval goes by the day of the last complete set: the early one in the
    first two calendar months of the line, then the later one.
    """
    present = {code for code, entry in newest_by(seen.conditions, "code").items() if entry.present}
    for item in items:
        if item.only_with and item.only_with not in present:
            continue
        last = _last_done(seen, labs, item)
        if not item.early:
            if last is None or last < started - timedelta(days=baseline_days):
                yield item, started
            continue
        since = last if last is not None and last > started else started
        early = since < add_months(started, EARLY_MONTHS)
        interval = (item.early if early else item.later)[schedule]
        day = _after(since, interval)
        if raised and "ALT" in item.labs_all:
            day = min(day, since + timedelta(days=DENSE_DAYS))
        yield item, day


def liver_values_raised(labs: Series, started: date) -> bool:
    """Return whether the newest ALT or AST is above 3 x ULN, or the newest bilirubin above 1.5 x ULN."""
    for analyte, limit in RAISED_ABOVE.items():
        points = [one for one in labs.multiples_of_uln(analyte) if one.day > started]
        if points and points[-1].is_above(limit):
            return True
    return False


def _last_done(seen: PatientRecord, labs: Series, item: MonitoringItem) -> date | None:
    """Return the day of the last complete set: every analyte of it on one day or of one sample."""
    days = [earliest_day(one.date) for one in seen.examinations if one.kind in item.examinations]
    for analyte in item.labs_any:
        days += [earliest_day(lab.date) for lab in labs.of(analyte) if lab.value is not None]
    if item.labs_all and all(labs.of(analyte) for analyte in item.labs_all):
        days += _days_of_sets(labs, item.labs_all)
    return max(days, default=None)


def _days_of_sets(labs: Series, analytes: Sequence[str]) -> Iterator[date]:
    """Yield the newest day of each sample, or day, that has all of these analytes."""
    sets: dict[str, set[str]] = {}
    newest: dict[str, date] = {}
    for analyte in analytes:
        for lab in labs.of(analyte):
            if lab.value is not None:
                key, day = lab.sample or lab.date, earliest_day(lab.date)
                sets.setdefault(key, set()).add(analyte)
                if key not in newest or newest[key] < day:
                    newest[key] = day
    for key, found in sets.items():
        if len(found) == len(analytes):
            yield newest[key]


def _after(day: date, interval: str) -> date:
    count, in_months = _parsed(interval)
    return add_months(day, count) if in_months else day + timedelta(days=count)


@cache
def _parsed(interval: str) -> tuple[int, bool]:
    """Return how long an interval is, and whether in months ("1 month") or in days."""
    count, unit = interval.split()
    return int(count), unit.startswith("month")
