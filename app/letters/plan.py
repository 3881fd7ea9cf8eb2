"""The plan a ward pins up: the medicines as they are taken now, and every check with its next days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.clinical.therapy_lines import dose_now, name_of
from app.figures.wording import date_in_words, dose_in_words, drugs_of
from app.letters.content import Aside, PlannedSaid, PlanSaid, ReadingSaid, Said
from app.letters.next_step import due_name
from app.pathway.ahead import Ahead
from app.record.record import PatientRecord
from app.words import _, apart, many

MOST_DAYS = 4


def plan_said(
    record: PatientRecord, ahead: Sequence[Ahead], as_of: date, aside: Mapping[tuple[str, str], Aside]
) -> PlanSaid:
    """Return the plan of a record already cut to the day.

    What was put aside stays in it and says so instead of its days: a ward that did not see it would take it as
    forgotten, and do it.
    """
    unclear = {one.id: one for due in ahead for one in due.ambiguities}
    readings = (ReadingSaid(one.id, one.printed, one.applied, one.why) for one in unclear.values())
    return PlanSaid(
        tuple(_medicines(record, as_of)),
        tuple(_row(one, aside.get((one.what, one.rule))) for one in ahead),
        tuple(readings),
    )


def _medicines(record: PatientRecord, as_of: date) -> Iterator[Said]:
    day = as_of.isoformat()
    for line in record.therapy_lines:
        if line.stopped_on is not None and line.stopped_on <= day:
            continue
        doses = [
            dose_in_words(dose) if (dose := dose_now(line, name_of(drug), day)) else _("dose not recorded")
            for drug in line.drugs
        ]
        words = apart(
            f"{_(drug)} {dose}" if len(line.drugs) > 1 else dose for drug, dose in zip(line.drugs, doses, strict=True)
        )
        since = date_in_words(line.started_on) if line.started_on else _("a day not recorded")
        yield Said(drugs_of(line), _("{doses}, since {day}").format(doses=words, day=since))
    for medicine in record.medicines:
        if medicine.to is None or medicine.to > day:
            yield Said(medicine.name, _("other medicine"))


def _row(one: Ahead, aside: Aside | None) -> PlannedSaid:
    first = date_in_words(one.due_on.isoformat())
    if one.overdue_days:
        late = many("{day} ({count} day overdue)", "{day} ({count} days overdue)", one.overdue_days)
        first = late.format(day=first, count=one.overdue_days)
    following = [date_in_words(day.isoformat()) for day in one.again[: MOST_DAYS - 1]]
    every = interval_in_words(one.every) if one.every else _("once")
    if one.later:
        every = _("{every}, later {later}").format(every=every, later=interval_in_words(one.later))
    rule = ", ".join((one.rule, *(each.id for each in one.ambiguities)))
    days = (first, *following) if aside is None else (_put_aside(aside),)
    return PlannedSaid(due_name(one.what), every, days, rule)


def _put_aside(aside: Aside) -> str:
    if not aside.until:
        return _("put aside by {name}: {reason}").format(name=aside.by, reason=aside.reason)
    words = _("put aside by {name} until {day}: {reason}")
    return words.format(name=aside.by, day=date_in_words(aside.until), reason=aside.reason)


def interval_in_words(interval: str) -> str:
    """Return "every 7 days" or "every month"."""
    count, unit = interval.split()
    if unit.startswith("month"):
        return many("every month", "every {count} months", int(count)).format(count=count)
    return many("every day", "every {count} days", int(count)).format(count=count)
