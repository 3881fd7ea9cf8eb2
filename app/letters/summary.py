"""The letter in short, for whoever reads no further: the disease, the treatment as it is now, what changed last."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.clinical.therapy_lines import numbers_of, palliative_lines
from app.figures.wording import code, date_in_words, dose_in_words, drugs_of, is_held
from app.letters.content import LetterContent
from app.letters.entries import value_in_words
from app.pathway.advice import Advice
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine
from app.words import _, labelled


def summary_said(record: PatientRecord, advice: Advice) -> tuple[str, ...]:
    """Return the disease, and how the patient stands, each in a few sentences."""
    return " ".join(_disease(record, advice)), " ".join(_now(record, advice))


def _disease(record: PatientRecord, advice: Advice) -> Iterator[str]:
    diagnosis = record.diagnosis
    histology = code(diagnosis.histology) if diagnosis and diagnosis.histology else _("histology not recorded")
    staged = [one.stage for one in sorted(record.staging, key=lambda one: one.date) if one.stage]
    stage = staged[-1] if staged else diagnosis.stage if diagnosis else None
    yield _("{histology}, stage {stage}, ALK {status}.").format(
        histology=histology[0].upper() + histology[1:], stage=stage or _("not recorded"),
        status=value_in_words("alk_status", advice.alk_status),
    )  # fmt: skip
    again = [one for one in record.specimens if one.purpose == "re-biopsy" and one.histology and one.date]
    if again:
        newest = max(again, key=lambda one: one.date or "")
        yield _("Re-biopsy of {date}: {histology}.").format(
            date=date_in_words(newest.date or ""), histology=code(newest.histology or "")
        )


def _now(record: PatientRecord, advice: Advice) -> Iterator[str]:
    if record.patient.deceased_on:
        yield _("Died {date}.").format(date=date_in_words(record.patient.deceased_on))
        return
    yield from _treated(record, advice)
    if advice.response is not None:
        yield _("Current response: {response}, {date}.").format(
            response=value_in_words("response", advice.response.current), date=date_in_words(advice.response.as_of)
        )
    if record.local_treatments:
        newest = max(record.local_treatments, key=lambda one: one.date)
        if advice.response is None or newest.date >= advice.response.as_of:
            yield _("Latest local treatment: {treatment}, {site}, {date}.").format(
                treatment=code(newest.kind), site=code(newest.site), date=date_in_words(newest.date)
            )


def _treated(record: PatientRecord, advice: Advice) -> Iterator[str]:
    lines, numbers = palliative_lines(record), numbers_of(record)
    now = advice.line
    if now is None:
        yield from _before(lines, numbers)
        return
    since = date_in_words(now.since) if now.since else _("a day not recorded")
    drugs = " + ".join(map(_, now.drugs))
    yield _("On line {number}, {drugs}, since {since}.").format(number=now.number, drugs=drugs, since=since)
    for line in lines:
        if line.stopped_on is not None:
            continue
        if numbers[line.id] == now.number:
            yield from _doses_now(line)
        else:
            yield _("Line {number}, {drugs}, has no end recorded either.").format(
                number=numbers[line.id], drugs=drugs_of(line)
            )


def _before(lines: Sequence[TherapyLine], numbers: dict[str, int]) -> Iterator[str]:
    """Yield that nothing runs, with how the last line ended."""
    if not lines:
        yield _("No line of treatment is recorded.")
        return
    last = lines[-1]
    yield _("No line of treatment runs.")
    if last.stopped_on:
        yield _("Line {number}, {drugs}, ended {date}: {reason}.").format(
            number=numbers[last.id], drugs=drugs_of(last), date=date_in_words(last.stopped_on),
            reason=code(last.stop_reason) if last.stop_reason else _("reason not recorded"),
        )  # fmt: skip


def _doses_now(line: TherapyLine) -> Iterator[str]:
    """Yield the dose of each drug where it is not the one the line began with, and which drug has ended."""
    doses: dict[str, list[Dose]] = {}
    for one in sorted(line.doses, key=lambda dose: dose.from_):
        doses.setdefault(one.drug, []).append(one)
    for drug, given in doses.items():
        name, last = (f"{_(drug)} " if len(line.drugs) > 1 else ""), given[-1]
        if last.to and not is_held(last):
            yield _("{drug} ended {date}.").format(drug=_(drug).capitalize(), date=date_in_words(last.to))
        elif last.to:
            words = _("{drug} held from {start} to {stop}; nothing is recorded of its dose since then.")
            yield words.format(drug=_(drug).capitalize(), start=date_in_words(last.from_), stop=date_in_words(last.to))
        elif len(given) > 1 or is_held(last):
            dose = dose_in_words(last) + (f" ({last.reason})" if last.reason and last.reason != "start" else "")
            yield _("Dose since {date}: {dose}.").format(date=date_in_words(last.from_), dose=f"{name}{dose}")


class Short(NamedTuple):
    """What cannot wait, or the next step, which has a `label` of its own; `mark` says how urgent it is."""

    mark: str
    label: str
    text: str


def in_short(content: LetterContent) -> Iterator[Short]:
    """Yield what cannot wait and the next step; what is both is said once. Of the dead no next step is said."""
    step = content.next_step
    preferred = step.options[0]
    mark, label = "", _("Suggested next step, for a professional to decide:")
    for one in step.alerts:
        if one.text != preferred.text:
            yield Short(labelled(one.severity, "").rstrip(" "), "", one.text)
        else:
            mark = f"{one.severity}."
    if not content.patient.deceased:
        yield Short(mark, label, " ".join(filter(None, (preferred.text, step.equals))))
