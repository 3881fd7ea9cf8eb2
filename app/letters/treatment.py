"""Lines of treatment, local treatments and adverse events, in the words of a letter."""

from collections.abc import Iterable, Sequence

from app.clinical.best_response import response_of_line
from app.clinical.recist import Judgement
from app.clinical.therapy_lines import numbers_of, palliative_lines
from app.figures.wording import code, date_in_words, dose_in_words, drugs_of, listed
from app.letters.content import EventSaid, LineSaid
from app.letters.disease import not_recorded
from app.letters.entries import Entries, event_name
from app.pathway.value_words import RESPONSES
from app.record.adverse_event import AdverseEvent
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine
from app.words import _, apart, labelled


def lines_said(record: PatientRecord, judgements: Sequence[Judgement]) -> tuple[LineSaid, ...]:
    """Return the lines in the order they began; the palliative ones are numbered."""
    palliative = palliative_lines(record)
    others = [line for line in record.therapy_lines if line not in palliative]
    numbers = numbers_of(record)
    ordered = [*sorted(others, key=lambda line: line.started_on or ""), *palliative]
    return tuple(_line(line, str(numbers.get(line.id, "–")), record, judgements) for line in ordered)


def _line(line: TherapyLine, number: str, record: PatientRecord, judgements: Sequence[Judgement]) -> LineSaid:
    drugs = drugs_of(line)
    if line.intent not in (None, "palliative"):
        drugs += f" ({code(line.intent or '')})"
    if line.in_trial:
        drugs += _(" (in a trial)")
    runs = line.stopped_on is None and not line.stop_reason and not record.patient.deceased_on
    best = response_of_line(record, judgements, line.id).best
    return LineSaid(
        number,
        drugs,
        _period(line.started_on, line.stopped_on, running=line.stopped_on is None),
        _(RESPONSES.get(best, best)) if best else _("none recorded"),
        _("running") if runs else code(line.stop_reason) if line.stop_reason else not_recorded(),
        tuple(_doses(line)),
    )


def _period(first: str | None, last: str | None, *, running: bool) -> str:
    start = date_in_words(first) if first else _("start not recorded")
    if running:
        return _("from {start}").format(start=start) if first else start
    return _("{start} to {stop}").format(start=start, stop=date_in_words(last or ""))


def _doses(line: TherapyLine) -> Iterable[str]:
    if not line.doses:
        return [_("dose not recorded")]
    by_drug: dict[str, list[Dose]] = {}
    for dose in sorted(line.doses, key=lambda one: one.from_):
        by_drug.setdefault(dose.drug, []).append(dose)
    return [_doses_of(drug, doses, name=len(line.drugs) > 1) for drug, doses in by_drug.items()]


def _doses_of(drug: str, doses: Sequence[Dose], *, name: bool) -> str:
    """Return the doses of one drug as a course: "250 mg twice daily from …; held from … (hepatotoxicity)"."""
    said = []
    for dose in doses:
        start, stop = date_in_words(dose.from_), date_in_words(dose.to) if dose.to else ""
        words = _("{dose} from {start} to {stop}") if stop else _("{dose} from {start}")
        words = words.format(dose=dose_in_words(dose), start=start, stop=stop)
        if dose.reason and dose.reason != "start":
            words += f" ({dose.reason})"
        said.append(words)
    return (f"{_(drug)} " if name else "") + apart(said)


def local_treatments_said(record: PatientRecord, entries: Entries) -> tuple[str, ...]:
    """Return the local treatments, oldest first, each with the progression it answers."""
    said = []
    for one in sorted(record.local_treatments, key=lambda one: one.date):
        words = labelled(date_in_words(one.date), f"{code(one.kind)}, {code(one.site)}")
        if one.prompted_by:
            words += _(" (for the progression on the {assessment})").format(assessment=entries.said(one.prompted_by))
        said.append(words)
    return tuple(said)


def events_said(record: PatientRecord) -> tuple[EventSaid, ...]:
    """Return the adverse events, oldest first."""
    return tuple(_event(one) for one in sorted(record.adverse_events, key=lambda one: one.from_))


def _event(one: AdverseEvent) -> EventSaid:
    if one.grade is None:
        grade = not_recorded()
    else:
        version = f" (CTCAE {one.ctcae_version})" if one.ctcae_version else _(" (CTCAE version not recorded)")
        grade = f"{one.grade}{version}"
    first = date_in_words(one.from_)
    period = _("{start} to {stop}").format(start=first, stop=date_in_words(one.to)) if one.to else (
        _("from {start}").format(start=first)
    )  # fmt: skip
    excluded = {True: _("excluded"), False: _("not excluded"), None: not_recorded()}[one.other_causes_excluded]
    if one.causes_excluded:
        excluded = labelled(excluded, listed(one.causes_excluded))
    return EventSaid(
        event_name(one), grade, period, _(one.suspected_drug) if one.suspected_drug else not_recorded(), excluded
    )
