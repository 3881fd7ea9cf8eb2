"""What will be due in the weeks ahead, were everything done on its day: for a plan, never for the advice itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.pathway.advice import Advice, Ambiguity
from app.pathway.finding import find
from app.pathway.monitoring import days_ahead, interval_ahead
from app.pathway.protocol import Protocol
from app.record.dates import earliest_day
from app.record.record import PatientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Something due, and when again: `every` is the interval in force ("7 days", "1 month"), "" for what is due once.

    `later` is the interval once nothing asks for a shorter one any more, "" where it is the same. `due_on` may be past.
    """

    what: str
    rule: str
    due_on: date
    overdue_days: int
    every: str = ""
    later: str = ""
    again: tuple[date, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()


def ahead(protocol: Protocol, record: PatientRecord, advice: Advice, until: date) -> tuple[Ahead, ...]:
    """Return everything due by an advice, in the order of its days, each with the days on which it is due again."""
    return tuple(sorted(_ahead(protocol, record, advice, until), key=lambda one: (one.due_on, one.what)))


def _ahead(protocol: Protocol, record: PatientRecord, advice: Advice, until: date) -> Iterator[Ahead]:
    items = {(item.what, item.rule): item for item in protocol.monitoring}
    started = earliest_day(advice.line.since) if advice.line and advice.line.since else None
    schedule = str(advice.parameters["monitoring_schedule"])
    labs = find(record, protocol, advice.as_of, advice.parameters).labs
    for due in advice.due:
        item = items.get((due.what, due.rule))
        every, later = "", ""
        again: tuple[date, ...] = ()
        if item is not None and item.early and started is not None:
            # What is overdue is done today at the earliest; from then on it is counted again.
            first = max(due.due_on, advice.as_of)
            days = days_ahead(item, first, started, schedule=schedule, labs=labs, until=until)
            every, later = interval_ahead(item, first, started, schedule, labs), item.later[schedule]
            again = tuple(day for day in days if day > first)
        yield Ahead(
            what=due.what, rule=due.rule, due_on=due.due_on, overdue_days=due.overdue_days, every=every,
            later=later if later != every else "", again=again, ambiguities=due.ambiguities,
        )  # fmt: skip
