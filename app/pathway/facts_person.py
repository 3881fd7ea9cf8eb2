"""Facts about the person, the disease and what surrounds the treatment."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from app.clinical.therapy_lines import palliative_lines
from app.pathway.facts import Found
from app.pathway.protocol import BaselineItem
from app.record.dates import earliest_day, is_surely_before
from app.record.lab import Lab
from app.record.record import PatientRecord

METASTATIC_STAGES = frozenset({"IV", "IVA", "IVB"})
CONTRAINDICATIONS_TO_BEVACIZUMAB = frozenset({"haemoptysis", "anticoagulation", "recent_surgery", "hypertension"})
OTHER_DISEASE = frozenset({"small_cell", "squamous"})
T = TypeVar("T")


def newest_by(entries: tuple[T, ...], name: str) -> dict[Any, T]:
    """Return the newest entry of each value of field `name`; of one day the one entered last."""
    newest: dict[Any, T] = {}
    if not entries:
        return newest
    for entry in sorted(entries, key=lambda one: one.date):  # type: ignore[attr-defined]  # dated entries only
        newest[getattr(entry, name)] = entry
    return newest


def person_facts(seen: PatientRecord) -> Found:
    """Return the facts about the person and the disease of a record as seen on a day."""
    diagnosis = seen.diagnosis
    found: Found = {
        "deceased": (seen.patient.deceased_on is not None, ("patient",)),
        "record_contradiction": contradiction(seen),
        "histology": (diagnosis.histology if diagnosis else None, ("diagnosis",) if diagnosis else ()),
        "limited_sample": (diagnosis.limited_sample if diagnosis else None, ("diagnosis",) if diagnosis else ()),
        "stage_metastatic": _metastatic(seen),
        "resected": _resected(seen),
        **_rebiopsy(seen),
    }
    present = {code: entry for code, entry in newest_by(seen.conditions, "code").items() if entry.present}

    def condition(codes: frozenset[str]) -> tuple[bool, tuple[str, ...]]:
        ids = tuple(entry.id for code, entry in present.items() if code in codes)
        return bool(ids), ids

    found["bevacizumab_contraindicated"] = condition(CONTRAINDICATIONS_TO_BEVACIZUMAB)
    found["lung_disease_or_oxygen"] = condition(frozenset({"interstitial_lung_disease", "oxygen_dependence"}))
    trials = [trial for trial in newest_by(seen.trials, "name").values() if trial.open]
    for name, chosen in (
        ("adjuvant_trial_open", [one for one in trials if one.setting == "adjuvant"]),
        ("metastatic_trial_open", [one for one in trials if one.setting != "adjuvant"]),
        ("rebiopsy_trial_open", [one for one in trials if one.setting != "adjuvant" and one.requires_rebiopsy]),
    ):
        found[name] = (bool(chosen), tuple(one.id for one in chosen))
    return found


def contradiction(seen: PatientRecord) -> tuple[str, tuple[str, ...]]:
    """Return what in the record contradicts itself (H2), with the entries, or "none"."""
    shown: dict[str, tuple[str, ...]] = {}
    open_lines = tuple(line.id for line in palliative_lines(seen) if line.stopped_on is None)
    if len(open_lines) > 1:
        shown["two_lines_open"] = open_lines
    stopped = tuple(line.id for line in seen.therapy_lines if line.stop_reason and line.stopped_on is None)
    if stopped:
        shown["reason_without_stop"] = stopped
    late = tuple(
        line.id
        for line in seen.therapy_lines
        if line.stopped_on and any(is_surely_before(line.stopped_on, dose.from_) for dose in line.doses)
    )
    if late:
        shown["dose_after_stop"] = late
    if early := _responses_before_treatment(seen):
        shown["response_before_treatment"] = early
    if not shown:
        return "none", ()
    ids = tuple(dict.fromkeys(one for group in shown.values() for one in group))
    return ("several" if len(shown) > 1 else next(iter(shown))), ids


def _responses_before_treatment(seen: PatientRecord) -> tuple[str, ...]:
    """Assessments with an evaluable response though no treatment, local ones included, had begun by then."""
    if any(line.started_on is None for line in seen.therapy_lines):
        return ()
    starts = [line.started_on for line in seen.therapy_lines if line.started_on]
    starts += [treatment.date for treatment in seen.local_treatments]
    return tuple(
        one.id
        for one in seen.assessments
        if one.reported_response not in (None, "NE") and all(is_surely_before(one.date, start) for start in starts)
    )


def _metastatic(seen: PatientRecord) -> tuple[bool | None, tuple[str, ...]]:
    stage, stage_from = seen.diagnosis.stage if seen.diagnosis else None, "diagnosis"
    sites, sites_from = seen.diagnosis.metastatic_sites if seen.diagnosis else (), "diagnosis"
    for staging in sorted(seen.staging, key=lambda one: one.date):
        if staging.stage is not None:
            stage, stage_from = staging.stage, staging.id
        if staging.metastatic_sites:
            sites, sites_from = staging.metastatic_sites, staging.id
    if stage in METASTATIC_STAGES:
        return True, (stage_from,)
    if any(site != "lymph_node" for site in sites):
        return True, (sites_from,)
    return (False, (stage_from,)) if stage is not None else (None, ())


def _resected(seen: PatientRecord) -> tuple[bool | None, tuple[str, ...]]:
    operated = tuple(one.id for one in seen.local_treatments if one.kind == "surgery" and one.site == "lung")
    if operated:
        return True, operated
    if seen.diagnosis is None:
        return None, ()
    return seen.diagnosis.resected, ("diagnosis",) if seen.diagnosis.resected is not None else ()


def _rebiopsy(seen: PatientRecord) -> Found:
    rebiopsies = [one for one in seen.specimens if one.purpose == "re-biopsy"]
    read = [one for one in rebiopsies if one.histology is not None and one.status != "failed"]
    newest = max(read, key=lambda one: one.date or "", default=None)
    before = seen.diagnosis.histology if seen.diagnosis else None
    if newest is None:
        histology: tuple[str, tuple[str, ...]] = ("none", ())
    else:
        changed = newest.histology in OTHER_DISEASE and newest.histology != before
        histology = ("changed" if changed else "same", (newest.id,))
    # Asked for, or taken and nothing said of it yet.
    tests = [test for test in seen.tests if test.specimen in {one.id for one in rebiopsies}]
    told = {test.specimen for test in tests if test.status != "requested"} | {one.id for one in read}
    open_ids = [one.id for one in rebiopsies if one.status != "failed" and one.id not in told]
    open_ids += [test.id for test in tests if test.status == "requested"]
    return {"rebiopsy_histology": histology, "rebiopsy_awaited": (bool(open_ids), tuple(open_ids))}


def open_baseline(seen: PatientRecord, items: tuple[BaselineItem, ...], as_of: date, days: int) -> list[BaselineItem]:
    """Return the baseline items (B1 to B6) without a result dated at most `days` days before `as_of`."""
    since = as_of - timedelta(days=days)
    analytes = {lab.analyte for lab in seen.labs if lab.value is not None and earliest_day(lab.date) >= since}
    done = {one.kind for one in seen.examinations if earliest_day(one.date) >= since}
    present = {code for code, entry in newest_by(seen.conditions, "code").items() if entry.present}
    scans = [one for one in seen.assessments if one.modality == "mri" and earliest_day(one.date) >= since]
    imaged = {lesion.site for one in scans for lesion in one.target_lesions}
    imaged |= {lesion.site for one in scans for lesion in one.non_target_lesions if lesion.site}
    imaged |= {lesion.site for one in scans for lesion in one.new_lesions if lesion.site}

    def is_done(item: BaselineItem) -> bool:
        if item.only_with and item.only_with not in present:
            return True
        return (
            (bool(item.labs_all) and set(item.labs_all) <= analytes)
            or bool(set(item.labs_any) & analytes)
            or bool(set(item.examinations) & done)
            or (item.imaging_of is not None and item.imaging_of in imaged)
        )

    return [item for item in items if not is_done(item)]


LIMIT_FACTS = {"ALT": "alt_x_uln", "AST": "ast_x_uln", "ALP": "alp_x_uln", "total_bilirubin": "bilirubin_x_uln"}
UNIT_FACTS = {"neutrophils": "neutrophils", "platelets": "platelets", "QTc": "qtc_ms"}


def laboratory_facts(seen: PatientRecord) -> Found:
    """Return the newest value of each analyte that rules know, what is outside its limits, and what has none."""
    found: Found = dict.fromkeys((*LIMIT_FACTS.values(), *UNIT_FACTS.values()), (None, ()))
    outside: list[str] = []
    without: list[str] = []
    for analyte, lab in newest_by(seen.labs, "analyte").items():
        if lab.value is None:
            continue
        if _is_outside(lab, lab.value):
            outside.append(lab.id)
        if analyte in LIMIT_FACTS:
            if lab.unit is None or not lab.upper:
                without.append(lab.id)
            else:
                found[LIMIT_FACTS[analyte]] = (lab.value / lab.upper, (lab.id,))
        elif analyte in UNIT_FACTS:
            if lab.unit is None:
                without.append(lab.id)
            elif lab.unit in ("10*9/L", "ms"):
                found[UNIT_FACTS[analyte]] = (lab.value, (lab.id,))
    events = [event.id for event in seen.adverse_events if event.to is None]
    found["toxicity_open"] = (bool(outside or events), (*events, *outside))
    found["value_without_limit"] = (bool(without), tuple(without))
    return found


# CTCAE v5.0 grades these without a limit of the report; below or above them a value without one still asks for a look.
Bound = Mapping[tuple[str, str | None], Decimal]
LOWEST: Bound = {("neutrophils", "10*9/L"): Decimal("1.5"), ("platelets", "10*9/L"): Decimal(75)}
HIGHEST: Bound = {("QTc", "ms"): Decimal(450)}


def _is_outside(lab: Lab, value: Decimal) -> bool:
    known = (lab.analyte, lab.unit)
    if value >= HIGHEST.get(known, value + 1) or value < LOWEST.get(known, Decimal(0)):
        return True
    above = lab.upper is not None and (value > lab.upper or (lab.comparator == ">" and value >= lab.upper))
    below = lab.lower is not None and (value < lab.lower or (lab.comparator == "<" and value <= lab.lower))
    return above or below
