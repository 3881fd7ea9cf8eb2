"""The plan a ward pins up: the medicines as they are taken now, and every check with its next days."""

from collections.abc import Iterator, Mapping, Sequence

from app.clinical.therapy_lines import dose_now, ended_on, is_held, name_of
from app.figures.wording import code, date_in_words, dose_in_words
from app.letters.content import Aside, PlannedSaid, PlanSaid, ReadingSaid, Said
from app.letters.next_step import due_name
from app.pathway.advice import Advice, Alert
from app.pathway.ahead import Ahead
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine
from app.words import _, labelled, many

MOST_DAYS = 4
TAKES_AWAY = ("withhold", "discontinue")


def plan_said(
    record: PatientRecord, ahead: Sequence[Ahead], advice: Advice, aside: Mapping[tuple[str, str], Aside]
) -> PlanSaid:
    """Return the plan of a record already cut to the day.

    What was put aside stays in it and says so instead of its days: a ward that did not see it would take it as
    forgotten, and do it.
    """
    unclear = {one.id: one for due in ahead for one in due.ambiguities}
    readings = (ReadingSaid(one.id, one.printed, one.applied, one.why) for one in unclear.values())
    return PlanSaid(
        tuple(_medicines(record, advice)),
        tuple(_row(one, aside.get((one.what, one.rule))) for one in ahead),
        _below(ahead, advice),
        tuple(readings),
    )


def _below(ahead: Sequence[Ahead], advice: Advice) -> str:
    """Return what the days rest on, or why there are none."""
    if not ahead and advice.preferred.action == "resolve_contradiction":
        return advice.preferred.text
    if not ahead:
        return _("No check is due by the protocol. What is ordered for other reasons is not in this plan.")
    following = [one for one in ahead if one.again]
    if any(one.overdue_days for one in following):
        words = _("What is overdue is reckoned as done on {day}; the days after suppose each check on its day.")
        return words.format(day=date_in_words(advice.as_of.isoformat()))
    return _("The days after the first suppose that each check is done on its day.") if following else ""


def _medicines(record: PatientRecord, advice: Advice) -> Iterator[Said]:
    day = advice.as_of.isoformat()
    for line in record.therapy_lines:
        if line.stopped_on is None or line.stopped_on > day:
            yield from _of_line(line, day, advice.alerts)
    for medicine in record.medicines:
        if medicine.to is None or medicine.to > day:
            yield Said(medicine.name, _("other medicine"))


def _of_line(line: TherapyLine, day: str, alerts: Sequence[Alert]) -> Iterator[Said]:
    """Yield each drug of a line that runs: its dose since when, that it ended, and what an alert says of it."""
    for drug in line.drugs:
        dose = dose_now(line, name_of(drug), day)
        if ended := ended_on(line, name_of(drug), day):
            words = _("ended {day}").format(day=date_in_words(ended))
        else:
            words = _taken(dose, line)
        for alert in alerts:
            if alert.action in TAKES_AWAY and name_of(alert.drug or "") == name_of(drug) and not _obeyed(alert, dose):
                words = _("{medicine} ■ {action} (rule {rule})").format(
                    medicine=words, action=code(alert.action), rule=alert.rule
                )
        yield Said(_(drug), words)


def _obeyed(alert: Alert, dose: Dose | None) -> bool:
    return alert.action == "withhold" and is_held(dose)


def _taken(dose: Dose | None, line: TherapyLine) -> str:
    """Return "200 mg twice daily, since 1 May 2014: nausea; treatment since 3 February 2014"."""
    start = date_in_words(line.started_on) if line.started_on else _("a day not recorded")
    if dose is None:
        return _("{doses}, since {day}").format(doses=_("dose not recorded"), day=start)
    words = _("{doses}, since {day}").format(doses=dose_in_words(dose), day=date_in_words(dose.from_))
    if dose.reason and dose.reason != "start":
        words = labelled(words, dose.reason)
    if dose.from_ != line.started_on:
        words = _("{medicine}; treatment since {day}").format(medicine=words, day=start)
    return words


def _row(one: Ahead, aside: Aside | None) -> PlannedSaid:
    first = date_in_words(one.due_on.isoformat())
    if one.overdue_days:
        late = many("{day} ({count} day overdue)", "{day} ({count} days overdue)", one.overdue_days)
        first = late.format(day=first, count=one.overdue_days)
    following = [date_in_words(day.isoformat()) for day in one.again[: MOST_DAYS - 1]]
    following += ["…"] if len(one.again) >= MOST_DAYS else []
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
