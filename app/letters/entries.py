"""Entries of a record and facts of the pathway in the words of a letter: where a reason comes from."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from app.clinical.therapy_lines import numbers_of
from app.figures.wording import code, date_in_words, drugs_of, measured, method_of, number, percent
from app.pathway.advice import FactValue, Reason
from app.pathway.facts import FACTS
from app.pathway.value_words import OF_FACT, VALUES
from app.pathway.values import Bounded
from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment
from app.record.lab import Lab
from app.record.molecular_test import MolecularTest
from app.record.record import SECTION_OF, Entry, PatientRecord
from app.record.specimen import Specimen
from app.record.therapy_line import TherapyLine
from app.words import _, later

SECTION_WORDS = {
    "staging": later("staging"), "status": later("performance status"), "conditions": later("condition"),
    "local_treatments": later("local treatment"), "examinations": later("examination"), "access": later("access"),
    "trials": later("trial"), "medicines": later("medicine"), "decisions": later("decision"), "notes": later("note"),
}  # fmt: skip


class Entries:
    """Names the entries of one record; each name is worked out once."""

    def __init__(self, record: PatientRecord) -> None:
        self._by_id: Mapping[str, Entry] = {entry.id: entry for _section, entry in record.entries()}
        self._numbers = numbers_of(record)
        self._diagnosis = record.diagnosis
        self._said: dict[str, str] = {}

    def said(self, entry_id: str) -> str:
        """Return an entry in words: "CT of 5 July 2012"; its id when there is no such entry."""
        if entry_id not in self._said:
            self._said[entry_id] = self._say(entry_id)
        return self._said[entry_id]

    def listed(self, ids: Iterable[str]) -> str:
        """Return entries in words, joined."""
        return ", ".join(dict.fromkeys(self.said(one) for one in ids))

    def _say(self, entry_id: str) -> str:
        entry = self._by_id.get(entry_id)
        if entry is None:
            return _(entry_id)
        if isinstance(entry, Assessment):
            return _of(code(entry.modality), entry.date)
        if isinstance(entry, MolecularTest):
            dates = [one.date for one in entry.fish.readings if one.date] if entry.fish else []
            return _of(method_of(entry), entry.reported_on or max(dates, default=None) or entry.requested_on)
        if isinstance(entry, TherapyLine):
            place = self._numbers.get(entry.id)
            name = _("line {number}").format(number=place) if place else code(entry.intent or "therapy")
            return f"{name}, {drugs_of(entry)}"
        if isinstance(entry, Lab):
            return _of(_lab(entry), entry.date)
        if isinstance(entry, AdverseEvent):
            return _("{event} from {date}").format(event=event_name(entry), date=date_in_words(entry.from_))
        if isinstance(entry, Specimen):
            name = _("re-biopsy") if entry.purpose == "re-biopsy" else code(entry.kind)
            return _of(name, entry.date or entry.requested_on)
        return _of(_(SECTION_WORDS[SECTION_OF[type(entry)]]), getattr(entry, "date", None))


def _lab(lab: Lab) -> str:
    """Return a value with its unit: "ALT 1260 U/L"."""
    if lab.value is None:
        return code(lab.analyte)
    return f"{code(lab.analyte)} {measured(lab)}"


def _of(what: str, date: str | None) -> str:
    return _("{what} of {date}").format(what=what, date=date_in_words(date)) if date else what


def event_name(event: AdverseEvent) -> str:
    """Return the name of an adverse event: a known code in words, any other text as written."""
    return code(event.term) if event.term.islower() else event.term


def reasons_in_words(reasons: Iterable[Reason], entries: Entries) -> tuple[str, ...]:
    """Return the reasons, those of the same entries together: "extent: oligometastatic, … (CT of 5 July 2012)"."""
    by_source: dict[str, list[str]] = {}
    for reason in reasons:
        by_source.setdefault(entries.listed(reason.from_), []).append(_reason(reason))
    return tuple(f"{', '.join(said)} ({source})" if source else ", ".join(said) for source, said in by_source.items())


def _reason(reason: Reason) -> str:
    fact = FACTS.get(reason.fact)
    name = _(fact.label) if fact else code(reason.fact)
    if reason.value is True or reason.value == "yes":
        return name
    return _("{fact}: {value}").format(fact=name, value=value_in_words(reason.fact, reason.value))


def value_in_words(fact_name: str, value: FactValue) -> str:
    """Return the value of a fact as a person says it; what is unknown is "not recorded"."""
    if value is None:
        return _("not recorded")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(value_in_words(fact_name, one) for one in value) or _("none")
    if isinstance(value, int | Decimal):
        fact = FACTS.get(fact_name)
        measured_in = fact.domain.unit if fact is not None and isinstance(fact.domain, Bounded) else ""
        if measured_in == "%":
            return percent(Decimal(value))
        figure = number(round(value, 2).normalize()) if isinstance(value, Decimal) else str(value)
        return figure if measured_in in ("", "lines") else f"{figure} {_(measured_in)}"
    words = OF_FACT.get((fact_name, value)) or VALUES.get(value)
    return _(words) if words else code(value)


def goes_without_saying(reason: Reason) -> bool:
    """Return whether a reason says nothing a reader would miss."""
    fact = FACTS.get(reason.fact)
    return fact is not None and any(reason.value is quiet or reason.value == quiet != 0 for quiet in fact.quiet)
