"""One line of words for every entry of a record, as the list of entries shows it."""

from collections.abc import Callable, Iterable
from typing import Any

from app.clinical.fish import count
from app.figures.wording import (
    code,
    date_in_words,
    dose_in_words,
    drugs_of,
    listed,
    method_of,
    number,
    unit,
    verdict_of,
)
from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment
from app.record.circumstances import Access, Medicine, Trial
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis, Staging
from app.record.examination import Examination
from app.record.lab import Lab
from app.record.local_treatment import LocalTreatment
from app.record.molecular_test import MolecularTest
from app.record.note import Note
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.record.status import Condition, PerformanceStatus
from app.record.therapy_line import TherapyLine
from app.ui.panels.action_words import action_words
from app.ui.panels.decided_words import instead_words
from app.words import _, colon


def sort_day(entry: Any) -> str:
    """Return the day an entry stands under, as ISO text; "" when it has none."""
    for name in ("date", "started_on", "from_", "reported_on", "requested_on"):
        if day := getattr(entry, name, None):
            return str(day)
    return ""


def line_of(entry: Any, record: PatientRecord) -> str:
    """Return an entry in words, without its date."""
    words = _LINES[type(entry)](entry, record)
    return words[:1].upper() + words[1:] if words[:1].islower() and not isinstance(entry, Note | Lab) else words


def error_words(entry: Any) -> str:
    """Return why an entry does not count, or ""."""
    error = getattr(entry, "entered_in_error", None)
    if error is None:
        return ""
    return _("entered in error: {reason}").format(reason=error.reason) if error.reason else _("entered in error")


def _joined(parts: Iterable[str | None], by: str = ", ") -> str:
    return by.join(part for part in parts if part)


def _specimen(one: Specimen, record: PatientRecord) -> str:
    name = _("re-biopsy") if one.purpose == "re-biopsy" else code(one.kind)
    status = code(one.status) if one.status in ("requested", "failed") else ""
    what = _joined(
        [name, code(one.kind) if one.purpose == "re-biopsy" else "", code(one.site) if one.site else "", status]
    )
    progression = record.entry(one.prompted_by) if one.prompted_by else None
    if isinstance(progression, Assessment):
        what += _(" · for the progression of {day}").format(day=date_in_words(progression.date))
    if one.adequate is False:
        what += _(" · not adequate")
    return what + (f" · {code(one.histology)}" if one.histology else "")


def _test(one: MolecularTest, record: PatientRecord) -> str:
    specimen = record.entry(one.specimen)
    parts = [_("{fact}: {value}").format(fact=method_of(one), value=_result(one))]
    if isinstance(specimen, Specimen):
        taken = specimen.date or specimen.requested_on
        name = _("re-biopsy") if specimen.purpose == "re-biopsy" else code(specimen.kind)
        parts.append(_("{specimen} of {day}").format(specimen=name, day=date_in_words(taken)) if taken else name)
    return _joined(parts, " · ")


def _result(one: MolecularTest) -> str:
    if one.ihc is not None:
        detail = _joined([
            _("{intensity}+").format(intensity=one.ihc.intensity) if one.ihc.intensity is not None else "",
            _("{percent} % of cells").format(percent=number(one.ihc.percent_cells))
            if one.ihc.percent_cells is not None else "",
            one.ihc.clone,
        ])  # fmt: skip
        return _joined([verdict_of(one), detail])
    if one.fish is not None and one.fish.readings:
        counted = count(one.fish.readings)
        if counted.cells:
            cells = _("{positive} of {cells} cells").format(positive=counted.positive, cells=counted.cells)
            return _joined([cells, code(one.fish.reported) if one.fish.reported else ""])
    if one.rt_pcr is not None:
        return _joined([verdict_of(one), _joined([one.rt_pcr.partner, one.rt_pcr.variant], " ")])
    return verdict_of(one)


def _line(one: TherapyLine, record: PatientRecord) -> str:
    now = {dose.drug: dose for dose in one.doses}
    doses = _joined(
        (
            dose_in_words(dose) if len(one.drugs) == 1 else f"{_(drug)} {dose_in_words(dose)}"
            for drug, dose in now.items()
        ),
        "; ",
    )
    if one.stopped_on:
        end = _("stopped {day}").format(day=date_in_words(one.stopped_on))
        end += f" ({code(one.stop_reason)})" if one.stop_reason else ""
    else:
        end = _("running")
    intent = code(one.intent) if one.intent not in (None, "palliative") else ""
    return _joined([drugs_of(one), doses, intent, _("in a trial") if one.in_trial else "", end], " · ")


def _assessment(one: Assessment, record: PatientRecord) -> str:
    parts = [code(one.modality)]
    if one.baseline:
        parts.append(_("baseline"))
    if one.reported_response:
        parts.append(_("reported {response}").format(response=code(one.reported_response)))
    sizes = [
        f"{lesion.lesion} {number(lesion.mm)}" if lesion.mm is not None else
        _("{lesion} too small to measure").format(lesion=lesion.lesion) if lesion.too_small_to_measure else
        _("{lesion} not measured").format(lesion=lesion.lesion)
        for lesion in one.target_lesions
    ]  # fmt: skip
    if sizes:
        parts.append(_("{lesions} mm").format(lesions=", ".join(sizes)))
    if one.new_lesions:
        sites = ", ".join(code(lesion.site) for lesion in one.new_lesions if lesion.site)
        parts.append(_("new lesions: {sites}").format(sites=sites) if sites else _("new lesions"))
    if (seen := one.progression) is not None:
        judged = [
            None if seen.symptomatic is None else _("with symptoms") if seen.symptomatic else _("without symptoms"),
            code(seen.tempo) if seen.tempo else None,
            code(seen.extent) if seen.extent else None,
            listed(seen.sites),
        ]
        said = _joined(judged)
        parts.append(_("{fact}: {value}").format(fact=_("PROGRESSION"), value=said) if said else _("PROGRESSION"))
    return _joined(parts, " · ")


def _lab(one: Lab, record: PatientRecord) -> str:
    value = f"{one.comparator or ''}{number(one.value)}" if one.value is not None else _("no value")
    limits = ""
    if one.lower is not None and one.upper is not None:
        limits = _("limits {lower} to {upper}").format(lower=number(one.lower), upper=number(one.upper))
    elif one.upper is not None:
        limits = _("upper limit {upper}").format(upper=number(one.upper))
    elif one.lower is not None:
        limits = _("lower limit {lower}").format(lower=number(one.lower))
    above = one.value is not None and one.upper is not None and one.value > one.upper
    below = one.value is not None and one.lower is not None and one.value < one.lower
    mark = _("above the limit") if above else _("below the limit") if below else ""
    return _joined([f"{code(one.analyte)} {value} {unit(one.unit or '')}".rstrip(), limits, mark], " · ")


def _event(one: AdverseEvent, record: PatientRecord) -> str:
    return _joined([
        code(one.term), _("grade {grade}").format(grade=one.grade) if one.grade is not None else _("no grade"),
        _("suspected: {drug}").format(drug=one.suspected_drug) if one.suspected_drug else "",
        _("until {day}").format(day=date_in_words(one.to)) if one.to else _("goes on"),
    ], " · ")  # fmt: skip


def _staging(one: Staging | Diagnosis, record: PatientRecord) -> str:
    return _joined([
        code(one.histology) if isinstance(one, Diagnosis) and one.histology else "",
        _("stage {stage}").format(stage=one.stage) if one.stage else "",
        one.tnm,
        _("metastases: {sites}").format(sites=listed(one.metastatic_sites)) if one.metastatic_sites else "",
    ], " · ") or _("nothing recorded")  # fmt: skip


def _condition(one: Condition, record: PatientRecord) -> str:
    return code(one.code) if one.present else _("no {condition}").format(condition=code(one.code))


def _ecog(one: PerformanceStatus, record: PatientRecord) -> str:
    return _("ECOG {ecog}").format(ecog=one.ecog) if one.ecog is not None else _("ECOG not known")


def _local(one: LocalTreatment, record: PatientRecord) -> str:
    return f"{code(one.kind)} · {code(one.site)}"


def _access(one: Access, record: PatientRecord) -> str:
    said = _("{drug} can be had") if one.available else _("{drug} cannot be had")
    return _joined([said.format(drug=one.drug), one.reason], " · ")


def _trial(one: Trial, record: PatientRecord) -> str:
    return _joined([
        one.name, _("open") if one.open else _("closed"), code(one.setting) if one.setting else "",
        _("needs a re-biopsy") if one.requires_rebiopsy else "",
    ], " · ")  # fmt: skip


def _medicine(one: Medicine, record: PatientRecord) -> str:
    return _joined([one.name, _("until {day}").format(day=date_in_words(one.to)) if one.to else ""], " · ")


def _examination(one: Examination, record: PatientRecord) -> str:
    return _joined([code(one.kind), one.result], colon())


def _decision(one: Decision, record: PatientRecord) -> str:
    words = _("{verdict}: {option}").format(verdict=code(one.verdict), option=action_words(one.action, one.drug))
    if one.verdict == "modified":
        words += f" → {instead_words(one)}"
    return _joined([
        words,
        _joined([code(one.reason_code) if one.reason_code else "", one.reason], colon()),
        _("by {name}").format(name=one.by) if one.by else "",
        _("rule {rule}").format(rule=one.rule),
        _("as of {day}").format(day=date_in_words(one.as_of)) if one.as_of != one.date else "",
    ], " · ")  # fmt: skip


def _note(one: Note, record: PatientRecord) -> str:
    return " ".join(one.text.split())


_LINES: dict[type[Any], Callable[[Any, PatientRecord], str]] = {
    Specimen: _specimen, MolecularTest: _test, TherapyLine: _line, Assessment: _assessment, Lab: _lab,
    AdverseEvent: _event, Staging: _staging, Diagnosis: _staging, Condition: _condition, PerformanceStatus: _ecog,
    LocalTreatment: _local, Access: _access, Trial: _trial, Medicine: _medicine, Examination: _examination,
    Decision: _decision, Note: _note,
}  # fmt: skip
