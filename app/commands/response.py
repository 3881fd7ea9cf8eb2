"""`response`: RECIST 1.1 per assessment and per line, for a person to read or as JSON."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from textwrap import wrap
from typing import Any

from app.clinical.best_response import EffectiveResponse
from app.clinical.recist import Judgement
from app.commands.doors import DONE, Doors, say, say_data, the_record
from app.commands.next_step import WIDTH, person
from app.record.patient import Patient
from app.services.responses import AssessedLine, Responses, responses_of
from app.words import _

TENTH = Decimal("0.1")


def response(typed: argparse.Namespace, doors: Doors) -> int:
    """Print the response of a patient or a file as of a day."""
    with doors.open_desk(typed.database) as desk:
        record = the_record(desk, typed.record)
        as_of = typed.as_of or desk.today()
    found = responses_of(
        record,
        as_of,
        minimum_stable_days=typed.minimum_stable_days,
        confirmation_days=typed.confirmation_days,
    )
    if typed.json:
        say_data(response_data(found))
    else:
        say("\n".join(response_lines(record.patient, as_of, found)))
    return DONE


def response_data(found: Responses) -> dict[str, Any]:
    """Return the responses as the contract has them; assessments of one timepoint each have its judgement."""
    return {
        "assessments": [_assessment(one, name) for one, _counts in found.judged for name in one.ids],
        "lines": [
            {
                "id": one.line.id,
                "number": one.number,
                "best_response": one.response.best,
                "best_confirmed_response": one.response.best_confirmed,
                "progression_date": one.response.progression_date,
                "minimum_stable_days": found.minimum_stable_days,
                "confirmation_days": found.confirmation_days,
            }
            for one in found.lines
        ],
    }


def _assessment(one: Judgement, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "date": one.date,
        "line": one.line,
        "target": one.target,
        "non_target": one.non_target,
        "new_lesions": one.new_lesions,
        "overall": one.overall,
        "sum_mm": _tenths(one.sum_mm),
        "baseline_mm": _tenths(one.baseline_mm),
        "nadir_mm": _tenths(one.nadir_mm),
        "change_from_baseline_percent": _tenths(one.change_from_baseline_percent),
        "change_from_nadir_percent": _tenths(one.change_from_nadir_percent),
        "intracranial": one.intracranial,
        "extracranial": one.extracranial,
        "reported": one.reported,
        "why": one.why,
    }


def _tenths(number: Decimal | None) -> str | None:
    """Return a number with one decimal, halves away from zero; never "-0.0"."""
    if number is None:
        return None
    rounded = number.quantize(TENTH, ROUND_HALF_UP)
    return str(rounded if rounded else abs(rounded))


def response_lines(patient: Patient, as_of: date, found: Responses) -> Iterator[str]:
    """Yield the responses as plain lines: every assessment with why, then every line."""
    yield person(patient)
    yield _("as of {day} · RECIST 1.1").format(day=as_of.isoformat())
    yield ""
    yield _("ASSESSMENTS")
    if found.judged:
        yield from _assessments(found)
    else:
        yield "  " + _("none")
    yield ""
    yield _("LINES")
    for line in found.lines:
        yield from wrap(_line(line), WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)
    if not found.lines:
        yield "  " + _("none")
    yield ""
    yield from wrap(
        _(
            "Best responses are by the reported response where there is one, else by the computed one. Stable disease "
            "counts from {stable} days after the start of the line; a complete or partial response is confirmed by a "
            "later one at least {confirmation} days after it."
        ).format(stable=found.minimum_stable_days, confirmation=found.confirmation_days),
        WIDTH,
    )


def _assessments(found: Responses) -> Iterator[str]:
    """Yield a table of the assessments; below each row why, and what is to be looked at."""
    numbers = {one.line.id: str(one.number or one.line.intent) for one in found.lines}
    head = [
        _("date"), _("line"), _("sum mm"), _("from baseline"), _("from nadir"), _("target"), _("non-target"), _("new"),
        _("overall"), _("reported"),
    ]  # fmt: skip
    rows = [_row(one, numbers.get(one.line or "", "–")) for one, _counts in found.judged]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    yield _laid_out(head, widths)
    for row, (one, counts) in zip(rows, found.judged, strict=True):
        yield _laid_out(row, widths)
        for text in _remarks(one, counts):
            yield from wrap(text, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 8, break_on_hyphens=False)


def _row(one: Judgement, line: str) -> list[str]:
    return [
        one.date,
        line,
        _tenths(one.sum_mm) or "–",
        _change(one.change_from_baseline_percent),
        _change(one.change_from_nadir_percent),
        _code(one.target),
        _code(one.non_target),
        _("yes") if one.new_lesions else _("no"),
        _("baseline") if one.is_baseline else _code(one.overall),
        _code(one.reported or "–"),
    ]


def _laid_out(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  " + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _change(percent: Decimal | None) -> str:
    return "–" if percent is None else _("{percent} %").format(percent=_tenths(percent))


def _code(code: str) -> str:
    return code.replace("NON_CR_NON_PD", "non-CR/non-PD")


def _remarks(one: Judgement, counts: EffectiveResponse) -> Iterator[str]:
    yield one.why
    if "NA" not in (one.intracranial, one.extracranial):
        yield _("intracranial: {inside}; extracranial: {outside}").format(
            inside=_code(one.intracranial), outside=_code(one.extracranial)
        )
    if counts.differ:
        yield _("To look at: {reported} was reported and {computed} computed; {counts} counts.").format(
            reported=_code(counts.reported or ""), computed=_code(counts.computed), counts=_code(counts.code)
        )


def _line(one: AssessedLine) -> str:
    parts = [
        _("best response {response}").format(response=_code(one.response.best or "–")),
        _("confirmed {response}").format(response=_code(one.response.best_confirmed or "–")),
    ]
    if one.response.progression_date is not None:
        parts.append(_("progression {day}").format(day=one.response.progression_date))
    start = _(" from {day}").format(day=one.line.started_on) if one.line.started_on else ""
    stop = _(" to {day}").format(day=one.line.stopped_on) if one.line.stopped_on else ""
    return f"{one.number or one.line.intent} {' + '.join(one.line.drugs)}{start}{stop}: {', '.join(parts)}"
