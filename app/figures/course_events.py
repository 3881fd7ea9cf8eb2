"""What of a record belongs on the picture of its course: signs with their words, from the most important down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.clinical.recist import Judgement
from app.figures.shapes import Form, Role
from app.figures.wording import code, date_in_words, listed, method_of, number, percent, verdict_of
from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment
from app.record.dates import earliest_day, latest_day
from app.record.molecular_test import MolecularTest
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.words import _, labelled


@dataclass(frozen=True, slots=True)
class Sign:
    """One event: its days (two where the date is partial or it lasts); its words, longest first; 3 weighs most.

    `of` are the events that one picture shows by this sign together, where it has no room for each.
    """

    day: date
    until: date
    words: tuple[str, ...]
    form: Form
    role: Role
    weight: int
    entry: str
    tip: str
    filled: bool = True
    lasts: bool = False
    of: tuple["Sign", ...] = ()

    @property
    def signs(self) -> tuple["Sign", ...]:
        """Every event it shows, the oldest first."""
        return self.of or (self,)


def _sign(
    partial: str, words: tuple[str, ...], form: Form, role: Role, weight: int, entry: str, *, filled: bool = True,
    more: str = "",
) -> Sign:  # fmt: skip
    day, last = earliest_day(partial), latest_day(partial)
    tip = labelled(date_in_words(partial), more or words[0])
    return Sign(day, last, words, form, role, weight, entry, tip, filled and day == last)


def tests_and_specimens(record: PatientRecord) -> Iterator[Sign]:
    """Yield the diagnosis, specimens and tests."""
    if record.diagnosis is not None and record.diagnosis.date is not None:
        yield _sign(record.diagnosis.date, (_("diagnosis"),), "diamond", "text", 2, "diagnosis")
    for specimen in record.specimens:
        yield from _specimen(specimen)
    for test in record.tests:
        yield from _test(test)


def _specimen(specimen: Specimen) -> Iterator[Sign]:
    partial = specimen.date or specimen.requested_on
    if partial is None:
        return
    again = specimen.purpose == "re-biopsy"
    name = _("re-biopsy") if again else code(specimen.kind)
    if specimen.status == "requested":
        name = _("{what} requested").format(what=name)
    elif specimen.status == "failed":
        name = _("{what} failed").format(what=name)
    words = (f"{name}, {code(specimen.site)}", name) if specimen.site else (name,)
    role: Role = "rebiopsy" if again else "test"
    yield _sign(
        partial, words, "triangle_up", role, 2 if again else 1, specimen.id, filled=specimen.status in (None, "taken")
    )


def _test(test: MolecularTest) -> Iterator[Sign]:
    dates = [one.date for one in test.fish.readings if one.date] if test.fish else []
    partial = test.reported_on or min(dates, default=None) or test.requested_on
    if partial is None:
        return
    method, verdict = method_of(test), verdict_of(test)
    form: Form = "cross" if test.status == "failed" else "circle"
    # What a test of ALK has shown weighs more than the day of the diagnosis, which every picture begins with.
    weight = 1 if test.method == "gene" else 3 if test.status == "final" else 2
    yield _sign(partial, (f"{method} {verdict}", method), form, "test", weight, test.id, filled=test.status == "final")


def local_treatments(record: PatientRecord) -> Iterator[Sign]:
    """Yield surgery, radiotherapy and ablation."""
    diagnosis = record.diagnosis
    if diagnosis is not None and diagnosis.resected and diagnosis.resected_on is not None:
        yield _sign(diagnosis.resected_on, (_("resection"),), "square", "local", 3, "diagnosis")
    for one in record.local_treatments:
        words = (f"{code(one.kind)}, {code(one.site)}", f"{_short_kind(one.kind)}, {code(one.site)}", code(one.site))
        yield _sign(one.date, words, "square", "local", 3, one.id)


def _short_kind(kind: str) -> str:
    return {
        "stereotactic_radiotherapy": _("stereotactic RT"),
        "whole_brain_radiotherapy": _("whole-brain RT"),
        "radiotherapy": _("RT"),
    }.get(kind) or code(kind)


def responses(record: PatientRecord, judgements: Sequence[Judgement]) -> Iterator[Sign]:
    """Yield assessments with the reported response, or the computed one (then in brackets)."""
    judged = {entry: one for one in judgements for entry in one.ids}
    for one in record.assessments:
        yield _response(one, judged.get(one.id))


def _response(one: Assessment, judged: Judgement | None) -> Sign:
    computed = judged.overall if judged is not None and not judged.is_baseline else None
    response: str | None = one.reported_response or ("PD" if one.progression is not None else None)
    if one.baseline and response is None:
        named, tip = (_("baseline"), _("base")), _in_full(one, _("baseline"), judged)
        return _sign(one.date, named, "circle", "response", 2, one.id, filled=False, more=tip)
    if response is not None:
        word = code(response)
    elif computed not in (None, "NA"):
        word, response = f"({code(computed)})", computed
    else:
        word = code(one.modality)
    sites = listed(one.progression.sites) if one.progression is not None else ""
    words = (f"{word} {sites}", word) if sites else (word,)
    tip = _in_full(one, words[0], judged)
    if response == "PD":
        return _sign(one.date, words, "triangle_down", "progression", 3, one.id, more=tip)
    return _sign(one.date, words, "circle", "response", 2, one.id, filled=response is not None, more=tip)


def _in_full(one: Assessment, word: str, judged: Judgement | None) -> str:
    """Return an assessment with its examination, its sum and the change since the nadir."""
    modality = code(one.modality)
    said = [modality if word == modality else f"{modality}, {word}"]
    if judged is not None and judged.sum_mm is not None:
        said.append(_("sum of diameters {mm} mm").format(mm=number(judged.sum_mm)))
        change = judged.change_from_nadir_percent
        if change is not None and not judged.is_baseline:
            said.append(_("{change} from the nadir").format(change=percent(change, sign=True)))
    return ", ".join(said)


def adverse_events(record: PatientRecord) -> Iterator[Sign]:
    """Yield adverse events with their grade, as long as they last."""
    for one in record.adverse_events:
        yield _event(one)


def _event(one: AdverseEvent) -> Sign:
    term = code(one.term.strip().lower().replace(" ", "_")) if one.term.islower() else one.term
    name = f"{term} G{one.grade}" if one.grade is not None else term
    begins = earliest_day(one.from_)
    weight = 3 if (one.grade or 0) >= 3 else 1
    if one.to is None:
        return _sign(one.from_, (name,), "square", "event", weight, one.id)
    tip = _("{first} to {last}: {what}").format(first=date_in_words(one.from_), last=date_in_words(one.to), what=name)
    exact = len(one.from_) == len("2014-03-05")
    ends = max(begins, earliest_day(one.to))
    return Sign(begins, ends, (name,), "square", "event", weight, one.id, tip, filled=exact, lasts=True)
