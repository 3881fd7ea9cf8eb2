"""What is due on a day: baseline items before a first ALK inhibitor, results awaited, the next assessment."""

from collections.abc import Iterator
from datetime import date

from app.pathway.advice import Ambiguity, Due
from app.pathway.finding import Findings
from app.pathway.monitoring import due_days
from app.pathway.protocol import Protocol
from app.record.dates import earliest_day

AWAITED_RULE = "H3"
ANSWERED_RULE = "H14"


def due(protocol: Protocol, findings: Findings, *, starts_first_inhibitor: bool, answered: bool) -> tuple[Due, ...]:
    """Return what is due. An item without an interval of its own is due on the day asked."""
    return tuple(_due(protocol, findings, starts_first_inhibitor, answered))


def _due(protocol: Protocol, findings: Findings, starts_first_inhibitor: bool, answered: bool) -> Iterator[Due]:
    today = findings.as_of
    if starts_first_inhibitor:
        for item in findings.baseline_open:
            ambiguities = protocol.readings(item.ambiguities)
            yield _on(item.what, today, today, item.rule, ambiguities)
    yield from _monitoring(protocol, findings)
    if answered:
        yield _on("assessment", today, today, ANSWERED_RULE)
    for test in findings.seen.tests:
        if test.status == "requested":
            asked = earliest_day(test.requested_on) if test.requested_on else today
            yield _on("test_result", asked, today, AWAITED_RULE)
    for specimen in findings.seen.specimens:
        if specimen.status == "requested" and specimen.purpose == "re-biopsy":
            asked = earliest_day(specimen.requested_on) if specimen.requested_on else today
            yield _on("rebiopsy", asked, today, "H13")


def _monitoring(protocol: Protocol, findings: Findings) -> Iterator[Due]:
    """What Table 2 asks for while crizotinib runs; the review has no schedule for any other inhibitor (M6)."""
    line = findings.course[-1] if findings.course and findings.course[-1].is_running else None
    if line is None or line.line.started_on is None or protocol.first_inhibitor not in line.drugs:
        return
    if findings.facts.values["treatment_hold"] == "discontinue":
        return
    for one in findings.as_asked:
        yield _on(one.what, findings.as_of, findings.as_of, one.rule, protocol.readings(one.ambiguities))
    for item, day in due_days(
        findings.seen,
        findings.labs,
        protocol.monitoring,
        line.line,
        earliest_day(line.line.started_on),
        schedule=str(findings.parameters["monitoring_schedule"]),
        baseline_days=int(findings.parameters["baseline_days"]),
    ):
        yield _on(item.what, day, findings.as_of, item.rule, protocol.readings(item.ambiguities))


def _on(what: str, day: date, today: date, rule: str, ambiguities: tuple[Ambiguity, ...] = ()) -> Due:
    return Due(what=what, due_on=day, overdue_days=max(0, (today - day).days), rule=rule, ambiguities=ambiguities)
