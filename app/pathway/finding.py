"""From a record to its facts on a day: the one place where every fact is computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.clinical.best_response import EffectiveResponse, best_of_line, responses_of_line
from app.clinical.recist import judge
from app.clinical.series import Series
from app.clinical.therapy_lines import CourseLine, course, dose_now, name_of, palliative_lines
from app.pathway.advice import LineNow, ResponseNow
from app.pathway.doses import dose_text
from app.pathway.facts import Facts, Found
from app.pathway.facts_alk import alk_facts, counts_missing
from app.pathway.facts_line import Drugs, line_facts
from app.pathway.facts_noted import noted_facts
from app.pathway.facts_person import LIMIT_FACTS, UNIT_FACTS, laboratory_facts, open_baseline, person_facts
from app.pathway.facts_progression import progression_facts
from app.pathway.facts_resistance import resistance_facts
from app.pathway.facts_toxicity import Managed, judged_lines, missing_liver_values, stopped_for_good, toxicity_facts
from app.pathway.protocol import AsAskedItem, BaselineItem, Protocol
from app.pathway.table import holds
from app.pathway.value_words import VALUES
from app.record.codes import label
from app.record.in_words import date_in_words, pointed
from app.record.record import PatientRecord
from app.record.views import up_to
from app.words import _


@dataclass(frozen=True, slots=True)
class Findings:
    """A record as seen on a day with its facts, and what is said of it beside them."""

    seen: PatientRecord
    labs: Series
    as_of: date
    parameters: Mapping[str, Any]
    facts: Facts
    course: tuple[CourseLine, ...]
    responses: tuple[EffectiveResponse, ...]
    baseline_open: tuple[BaselineItem, ...]
    as_asked: tuple[AsAskedItem, ...]
    line: LineNow | None
    response: ResponseNow | None


def find(record: PatientRecord, protocol: Protocol, as_of: date, parameters: Mapping[str, Any]) -> Findings:
    """Return the facts of `record` on `as_of`; nothing dated later is seen, nor what was entered in error."""
    seen = up_to(record, as_of)
    judgements = judge(seen, explain=False)
    by_line = {line.id: responses_of_line(seen, judgements, line.id) for line in palliative_lines(seen)}
    progressions = {
        line: [(one.date, one.ids) for one in responses if one.code == "PD"] for line, responses in by_line.items()
    }
    lines = course(seen, protocol.inhibitors, progressions)
    last = lines[-1] if lines else None
    responses = by_line[last.line.id] if last is not None else ()
    first_inhibitor = next((one.line.started_on for one in lines if one.has_inhibitor), None)

    found: Found = person_facts(seen)
    found |= alk_facts(seen, first_inhibitor, parameters.get("young_age"))
    drugs = Drugs(protocol.inhibitors, protocol.later_generation, protocol.novel, protocol.first_inhibitor)
    managed = Managed(protocol.first_inhibitor, protocol.drugs[protocol.first_inhibitor].doses, protocol.limits)
    labs = Series(seen.labs)
    judged = judged_lines(seen, labs, lines, managed, as_of)
    stops = stopped_for_good(judged)
    of_lines, symbols = line_facts(seen, lines, drugs, as_of.isoformat(), stops)
    found |= of_lines
    found |= progression_facts(seen, responses, last)
    found |= resistance_facts(lines, responses)
    found |= noted_facts(seen, found)
    found |= laboratory_facts(seen)
    of_toxicity, resumed = toxicity_facts(seen, last, judged)
    found |= of_toxicity
    open_items = open_baseline(seen, protocol.baseline, as_of, int(parameters["baseline_days"]))
    found["baseline_open"] = (any(item.completes for item in open_items), ())
    facts = Facts(
        values={name: value for name, (value, _ids) in found.items()},
        sources={name: ids for name, (_value, ids) in found.items()},
        drugs=symbols,
        doses={**_doses(last, protocol, as_of.isoformat()), **resumed},
        words=_words(seen, found),
        missing=tuple(_missing(seen, found)),
    )
    running = last if last is not None and last.is_running else None
    line = LineNow(number=running.number, drugs=running.line.drugs, since=running.line.started_on) if running else None
    response = None
    if responses:
        best = best_of_line(seen, judgements, lines[-1].line.id)
        response = ResponseNow(current=responses[-1].code, best=best, as_of=responses[-1].date)
    return Findings(
        seen=seen,
        labs=labs,
        as_of=as_of,
        parameters=parameters,
        facts=facts,
        course=lines,
        responses=tuple(responses),
        baseline_open=tuple(open_items),
        as_asked=tuple(item for item in protocol.as_asked if holds(item.when, facts.values)),
        line=line,
        response=response,
    )


def _doses(last: CourseLine | None, protocol: Protocol, as_of: str) -> dict[str, str]:
    """Return the dose that holds of the running line's single drug, where the protocol may show doses of it."""
    if last is None or not last.is_running or len(last.line.drugs) != 1:
        return {}
    name = name_of(last.line.drugs[0])
    known = protocol.drugs.get(name)
    if known is None or not known.doses:
        return {}
    text = dose_text(dose_now(last.line, name, as_of))
    return {name: text} if text else {}


def _words(seen: PatientRecord, found: Found) -> dict[str, str]:
    """Return what fills the placeholders of texts."""
    awaited = [test for test in seen.tests if test.id in found["alk_awaited"][1]]
    names = [
        _("{test} (asked on {day})").format(test=_(label(test.method)), day=date_in_words(test.requested_on))
        if test.requested_on
        else _(label(test.method))
        for test in awaited
    ]
    contradiction = str(found["record_contradiction"][0])
    percent, cells = found["fish_positive_percent"][0], found["fish_cells"][0]
    return {
        "awaited": ", ".join(names),
        "fish_percent": "" if percent is None or isinstance(percent, str) else f"{pointed(f'{percent:.1f}')} %",
        "fish_cells": str(cells or ""),
        "contradiction": _(VALUES.get(contradiction) or label(contradiction)),
    }


def _missing(seen: PatientRecord, found: Found) -> list[str]:
    """Return the facts that are not known though something in the record points at them."""
    missing = []
    if counts_missing(found):
        missing += ["fish_positive_percent", "fish_cells"]
    for lab in seen.labs:
        if lab.id in found["value_without_limit"][1]:
            missing.append({**LIMIT_FACTS, **UNIT_FACTS}[lab.analyte])
    return list(dict.fromkeys((*missing, *missing_liver_values(found, seen))))
