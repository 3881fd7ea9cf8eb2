"""What is to be checked while the first inhibitor runs, and by when: counted from the last complete set."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from app.clinical.series import Series
from app.pathway.facts_person import newest_by
from app.pathway.protocol import MonitoringItem
from app.record.dates import add_months, earliest_day
from app.record.record import PatientRecord

EARLY_MONTHS = 2  # "the first two calendar months of the line"
DENSE_DAYS = 7  # while ALT or AST is above 3 x ULN, or bilirubin above 1.5 x ULN


def due_days(
    seen: PatientRecord,
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
        last = _last_done(seen, item)
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
    limits = {"ALT": Decimal(3), "AST": Decimal(3), "total_bilirubin": Decimal("1.5")}
    for analyte, limit in limits.items():
        points = [one for one in labs.multiples_of_uln(analyte) if one.day > started]
        if points and points[-1].is_above(limit):
            return True
    return False


def _last_done(seen: PatientRecord, item: MonitoringItem) -> date | None:
    """Return the day of the last complete set: every analyte of it on one day or of one sample."""
    days = [earliest_day(one.date) for one in seen.examinations if one.kind in item.examinations]
    if item.labs_any:
        days += [earliest_day(lab.date) for lab in seen.labs if lab.analyte in item.labs_any and lab.value is not None]
    if item.labs_all:
        sets: dict[str, set[str]] = {}
        newest: dict[str, date] = {}
        for lab in seen.labs:
            if lab.analyte in item.labs_all and lab.value is not None:
                key = lab.sample or lab.date
                sets.setdefault(key, set()).add(lab.analyte)
                newest[key] = max(newest.get(key, date.min), earliest_day(lab.date))
        days += [newest[key] for key, analytes in sets.items() if analytes >= set(item.labs_all)]
    return max(days, default=None)


def _after(day: date, interval: str) -> date:
    count, unit = interval.split()
    return add_months(day, int(count)) if unit.startswith("month") else day + timedelta(days=int(count))
