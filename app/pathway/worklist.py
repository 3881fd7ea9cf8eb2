"""What stands open for one patient: from the findings and the advice of a day to the tasks of the worklist.

A task says since when it stands, never for how long: the same tasks hold on every day until `holds_until`, so that
they can be stored, and only a record that changed or a day that matters makes them anew. Nobody who has died has any.

- `alert`: an urgent alert of the advice. `decided_on`: the same action was accepted since its newest entry.
- `due`: something to be done by the day `since`; the drug and the line it goes with, where one runs. `beside` says
  `before` of an item of the baseline, which is for the drug that is to start.
- `awaited`: a test that was asked for, or a specimen for the diagnosis. `rebiopsy`: a re-biopsy that was asked for and
  is not done; `beside` names the tests that wait for it.
- `progression`: the last line has progressed and nothing was decided on it: neither a local treatment prompted by it
  nor a decision, accepted or modified, dated on or after it (of a declined one, only what was chosen instead).
  `beside` tells what was asked of tissue or plasma since; it is no condition of the next line (R2).
- `undecided`: the preferred option would change something (`UNCHANGED` names those that do not), and no decision on its
  action and drug is dated on or after the newest of the entries its facts came from. A declined one counts only while
  the facts it rested on are as they were. Left out where an alert or a progression asks for the same decision.
- `letter`: one that waits for its signature; it comes from no record (`app.services.unsigned`).
- `record`: nothing can be advised before the record is completed, or its contradiction is resolved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from hashlib import blake2b
from typing import Any, Literal, get_args

from app.pathway.advice import Advice, Alert, Option, Reason
from app.pathway.due import ANSWERED_RULE, AWAITED_RULE
from app.pathway.facts_progression import answered_by, decided_action
from app.pathway.finding import Findings
from app.record.dates import earliest_day, is_surely_before, whole_day
from app.record.decision import Decision
from app.record.files import plain
from app.record.json_text import text_of
from app.record.molecular_test import FishReading, MolecularTest
from app.record.record import SECTION_OF, Entry, PatientRecord
from app.record.specimen import Specimen
from app.record.therapy_line import Dose, TherapyLine

Kind = Literal["alert", "due", "awaited", "rebiopsy", "progression", "undecided", "record", "letter"]
KINDS: tuple[Kind, ...] = get_args(Kind)
RECORD = frozenset({"complete_record", "resolve_contradiction"})
UNCHANGED = RECORD | {"continue", "continue_with_surveillance", "await_result", "leave_pathway", "none_deceased"}
STARTS = frozenset({"start", "switch"})
BEFORE = "before"
REBIOPSY_RULE = "H13"
PROGRESSION_RULE = "P1"
LAST_DAY = date.max.toordinal()
DATED = ("date", "requested_on", "reported_on", "started_on", "stopped_on", "from_", "to")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that stands open, as the module says; days are as exact as the record has them.

    `text` is the protocol's own sentence where it has one; `facts` a checksum of what the task rests on: as long as it
    is the same, what was once answered to the task still holds.
    """

    kind: Kind
    what: str
    since: str | None
    rule: str
    drug: str | None = None
    line_since: str | None = None
    decided_on: str | None = None
    text: str = ""
    facts: str = field(default="", compare=False)
    beside: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


def tasks_of(findings: Findings, advice: Advice) -> tuple[Task, ...]:
    """Return what stands open; `advice` is that of the findings, and may be a brief one."""
    if findings.facts.values["deceased"]:
        return ()
    urgent = [one for one in advice.alerts if one.severity == "urgent"]
    progression = _progression(findings) if advice.stage != "off_pathway" else None
    tasks = [_alert(findings, one) for one in urgent]
    tasks += _due(findings, advice)
    tasks += _awaited(findings.seen)
    if progression is not None:
        tasks.append(progression)
    first = advice.preferred
    asked = any((one.action, one.drug) == (first.action, first.drug) for one in urgent)
    if first.action in RECORD:
        tasks.append(_option("record", findings, first))
    elif first.action not in UNCHANGED and not asked and progression is None and _decided(findings, first) is None:
        tasks.append(_option("undecided", findings, first))
    return tuple(replace(task, facts=_facts_of(task, findings)) for task in tasks)


def holds_until(record: PatientRecord, as_of: date, tasks: Iterable[Task], baseline_days: int) -> date | None:
    """Return the first day after `as_of` on which the tasks could be others though the record is the same, or None.

    An answer can change on a day that the record names, on the day after it (a dose with an end), and when a result is
    too old for the baseline. What is due "on the day asked" is due tomorrow on another day.
    """
    today, text = as_of.toordinal(), as_of.isoformat()
    coming = [today + 1] if any(task.kind == "due" and task.since == text for task in tasks) else []
    too_old = baseline_days + 1
    oldest = date.fromordinal(max(1, today - too_old - 1)).isoformat()  # a day more: a partial date stands before it
    for text in _all_days(record):
        if text >= oldest:
            day = earliest_day(text).toordinal()
            coming += [one for one in (day, day + 1, day + too_old) if one > today]
    first = min(coming, default=LAST_DAY + 1)
    return date.fromordinal(first) if first <= LAST_DAY else None


def _facts_of(task: Task, findings: Findings) -> str:
    """Return the checksum of a task: of what it says but its sentence, and of the entries it rests on."""
    said = [task.kind, task.what, task.rule, task.drug, task.line_since, task.decided_on, *task.beside]
    as_asked = {(one.what, one.rule) for one in findings.as_asked} | {("assessment", ANSWERED_RULE)}
    if not (task.kind == "due" and (task.beside or (task.what, task.rule) in as_asked)):
        said.append(task.since)
    seen = findings.seen
    for one in task.entries:
        entry = seen.diagnosis if one == "diagnosis" else seen.entry(one)
        said.append(one if entry is None else text_of(plain(entry)))
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()


def _alert(findings: Findings, alert: Alert) -> Task:
    ids, days = _grounds(findings, alert.because)
    decision = _decided(findings, alert)
    return Task(
        kind="alert",
        what=alert.action,
        since=min(days, key=whole_day, default=None),
        rule=alert.rule,
        drug=alert.drug,
        decided_on=decision.date if decision is not None and decision.verdict != "declined" else None,
        text=alert.text,
        entries=ids,
    )


def _option(kind: Kind, findings: Findings, option: Option) -> Task:
    ids, days = _grounds(findings, option.because)
    since = max(days, key=whole_day, default=None)
    return Task(
        kind=kind, what=option.action, since=since, rule=option.rule, drug=option.drug, text=option.text, entries=ids
    )


def _due(findings: Findings, advice: Advice) -> Iterator[Task]:
    """What is due, but for the results and re-biopsies asked for: those have tasks of their own."""
    line, first = advice.line, advice.preferred
    baseline = {(item.what, item.rule) for item in findings.baseline_open} if first.action in STARTS else set()
    for one in advice.due:
        if one.what in ("test_result", "rebiopsy"):
            continue
        day = one.due_on.isoformat()
        if line is None or (one.what, one.rule) in baseline:  # without a line only the baseline is due
            yield Task("due", one.what, day, one.rule, drug=first.drug, beside=(BEFORE,))
        else:
            yield Task("due", one.what, day, one.rule, drug=" + ".join(line.drugs), line_since=line.since)


def _awaited(seen: PatientRecord) -> Iterator[Task]:
    requested = {one.id: one for one in seen.specimens if one.status == "requested"}
    waiting: dict[str, list[str]] = {}
    for test in seen.tests:
        if test.status != "requested":
            continue
        if test.specimen in requested:
            waiting.setdefault(test.specimen, []).append(test.method)
        else:
            yield Task(kind="awaited", what=test.method, since=test.requested_on, rule=AWAITED_RULE, entries=(test.id,))
    for specimen in requested.values():
        again = specimen.purpose == "re-biopsy"
        yield Task(
            kind="rebiopsy" if again else "awaited",
            what=specimen.kind,
            since=specimen.requested_on,
            rule=REBIOPSY_RULE if again else AWAITED_RULE,
            beside=tuple(dict.fromkeys(waiting.get(specimen.id, ()))),
            entries=(specimen.id, *(test.id for test in seen.tests if test.specimen == specimen.id)),
        )


def _progression(findings: Findings) -> Task | None:
    """Return the progression of the last line on which nothing was decided; a line begun after it is a decision."""
    current = findings.responses[-1] if findings.responses else None
    if current is None or current.code != "PD" or answered_by(findings.seen, current):
        return None
    since = [one for one in findings.seen.decisions if not is_surely_before(one.date, current.date)]
    if any(one.verdict != "declined" or (one.instead is not None and one.instead.action) for one in since):
        return None
    return Task(
        kind="progression",
        what="progression",
        since=current.date,
        rule=PROGRESSION_RULE,
        drug=" + ".join(findings.course[-1].line.drugs),
        beside=tuple(_tissue_since(findings.seen, current.ids, current.date)),
        entries=current.ids,
    )


def _tissue_since(seen: PatientRecord, ids: tuple[str, ...], day: str) -> Iterator[str]:
    """Yield what was asked or taken of tissue or plasma since a progression: "tissue requested 2014-10-25"."""
    for specimen in seen.specimens:
        when = specimen.date or specimen.requested_on
        prompted = specimen.prompted_by in ids
        if when is not None and (prompted or (specimen.purpose == "re-biopsy" and not is_surely_before(when, day))):
            yield f"{specimen.kind} {_state(specimen)} {when}"


def _state(specimen: Specimen) -> str:
    return specimen.status or "taken"


def _decided(findings: Findings, advised: Alert | Option) -> Decision | None:
    """Return the newest decision on this action and drug that is no older than what the advice rests on."""
    _ids, days = _grounds(findings, advised.because)
    newest = max(days, key=whole_day, default=None)
    key = (advised.action, advised.drug)
    about = [
        one
        for one in findings.seen.decisions
        if key in ((one.action, one.drug), decided_action(one))
        and (newest is None or not is_surely_before(one.date, newest))
    ]
    last = max(about, key=lambda one: whole_day(one.date), default=None)
    if last is not None and last.verdict == "declined" and not _rests_on(last, findings.facts.values):
        return None
    return last


def _rests_on(decision: Decision, values: Mapping[str, Any]) -> bool:
    """Return whether the facts that a decision rested on are as they were."""
    return all(values[name] == then for name, then in decision.facts.items() if name in values)


def _grounds(findings: Findings, reasons: Iterable[Reason]) -> tuple[tuple[str, ...], list[str]]:
    """Return the entries that an advice rests on, and their days."""
    ids = dict.fromkeys(one for reason in reasons for one in reason.from_)
    days = [day for _section, entry in findings.seen.entries() if entry.id in ids for day in _days(entry)]
    diagnosis = findings.seen.diagnosis
    if "diagnosis" in ids and diagnosis is not None and diagnosis.date:
        days.append(diagnosis.date)
    return tuple(ids), days


def _all_days(record: PatientRecord) -> Iterator[str]:
    """Yield every day that a record names, of whatever was not entered in error."""
    diagnosis = record.diagnosis
    for day in (record.patient.deceased_on, *((diagnosis.date, diagnosis.resected_on) if diagnosis else ())):
        if day:
            yield day
    for _section, entry in record.entries():
        if entry.entered_in_error is None:
            yield from _days(entry)


def _days(entry: Entry) -> Iterator[str]:
    """Yield the days an entry names, those of its parts too."""
    for name in _DATED[type(entry)]:
        if day := getattr(entry, name):
            yield day
    parts: Iterable[Dose | FishReading] = ()
    if isinstance(entry, TherapyLine):
        parts = entry.doses
    elif isinstance(entry, MolecularTest) and entry.fish is not None:
        parts = entry.fish.readings
    for part in parts:
        for name in _DATED[type(part)]:
            if day := getattr(part, name):
                yield day


_DATED: Mapping[type[Any], tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind) if field.name in DATED)
    for kind in (*SECTION_OF, Dose, FishReading)
}
