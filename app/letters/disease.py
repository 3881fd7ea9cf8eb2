"""The patient, the diagnosis and how ALK was shown, in the words of a letter."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.clinical.fish import FishCount, count, positive_cells
from app.figures.wording import code, date_in_words, listed, method_of, number, percent
from app.letters.content import MolecularTestSaid, PatientSaid, Said
from app.record.diagnosis import Diagnosis
from app.record.molecular_test import Fish, Ihc, MolecularTest, Ngs, RtPcr
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.words import _, apart, labelled

ALK_METHODS = ("ihc", "fish", "rt_pcr", "ngs")


def not_recorded() -> str:
    """Return how a letter says that something is unknown."""
    return _("not recorded")


def patient_said(record: PatientRecord) -> PatientSaid:
    """Return who the letter is about."""
    patient = record.patient
    given = patient.given_name or ""
    return PatientSaid(
        name=f"{given} {patient.family_name}".strip(),
        listed_name=f"{patient.family_name}, {given}" if given else patient.family_name,
        mrn=patient.mrn,
        born=date_in_words(patient.birth_date) if patient.birth_date else not_recorded(),
        sex=code(patient.sex) if patient.sex and patient.sex != "unknown" else _("sex not recorded"),
        deceased=date_in_words(patient.deceased_on) if patient.deceased_on else "",
    )


def recipient_lines(record: PatientRecord, clinic: str) -> tuple[str, ...]:
    """Return where the letter goes: the general practitioner, else the doctor of the team, else nobody by name."""
    gp, team = record.patient.gp, record.patient.team
    if gp is not None and (gp.name or gp.address):
        return (gp.name or _("General practitioner"), *gp.address)
    if team is not None and (team.doctor or team.nurse):
        return (team.doctor or team.nurse or "", clinic)
    return (_("To whom it may concern"),)


def patient_lines(record: PatientRecord) -> tuple[str, ...]:
    """Return where a letter to the patient goes."""
    return (patient_said(record).name, *record.patient.address)


def copies_to(record: PatientRecord) -> tuple[str, ...]:
    """Return who else gets the letter, one line each."""
    copies = []
    for one in record.patient.recipients:
        name = one.name or (code(one.role) if one.role else "")
        named = f"{name} ({code(one.role)})" if one.name and one.role else name
        line = ", ".join(part for part in (named, *one.address) if part)
        if line:
            copies.append(line)
    return tuple(copies)


def diagnosis_said(record: PatientRecord) -> tuple[Said, ...]:
    """Return the diagnosis, its stage and what bears on treatment."""
    diagnosis = record.diagnosis or Diagnosis()
    histology = code(diagnosis.histology) if diagnosis.histology else not_recorded()
    day = (
        _("diagnosed {date}").format(date=date_in_words(diagnosis.date))
        if diagnosis.date
        else (_("date of diagnosis not recorded"))
    )
    more = [
        word
        for word, holds in (
            (_("small sample: an adenocarcinoma component is not excluded"), diagnosis.limited_sample),
            (_("signet-ring cells"), diagnosis.signet_ring_cells),
        )
        if holds
    ]
    said = [
        Said(_("Histology"), apart([f"{histology}, {day}", *more])),
        Said(_("Stage at diagnosis"), _stage(diagnosis.stage, diagnosis.tnm, diagnosis.tnm_edition)),
        Said(_("Metastatic sites"), listed(diagnosis.metastatic_sites) or not_recorded()),
    ]
    if diagnosis.resected:
        on = date_in_words(diagnosis.resected_on) if diagnosis.resected_on else _("date not recorded")
        said.append(Said(_("Resection"), _("complete, {date}").format(date=on)))
    if record.staging:
        newest = max(record.staging, key=lambda one: one.date)
        stage = _stage(newest.stage, newest.tnm, newest.tnm_edition)
        words = apart(filter(None, (stage, listed(newest.metastatic_sites))))
        said.append(Said(_("Latest staging"), labelled(date_in_words(newest.date), words)))
    said += [Said(_("Smoking"), _smoking(diagnosis)), Said(_("Performance status"), _performance(record))]
    if conditions := _conditions(record):
        said.append(Said(_("Other conditions"), conditions))
    return tuple(said)


def _stage(stage: str | None, tnm: str | None, edition: int | None) -> str:
    words = stage or not_recorded()
    if tnm:
        words += f", {tnm}"
        words += _(" (TNM, edition {edition})").format(edition=edition) if edition else _(" (TNM edition not recorded)")
    return words


def _smoking(diagnosis: Diagnosis) -> str:
    smoking = diagnosis.smoking
    if smoking is None or smoking.status in (None, "unknown"):
        status = not_recorded()
    else:
        status = {"never": _("never smoked"), "former": _("former smoker"), "current": _("current smoker")}[
            smoking.status or ""
        ]
    if smoking is not None and smoking.pack_years:
        status += ", " + _("{count} pack-years").format(count=number(smoking.pack_years))
    return status


def _performance(record: PatientRecord) -> str:
    known = [one for one in record.status if one.ecog is not None]
    if not known:
        return not_recorded()
    newest = max(enumerate(known), key=lambda one: (one[1].date, one[0]))[1]
    return _("ECOG {grade} ({date})").format(grade=newest.ecog, date=date_in_words(newest.date))


def _conditions(record: PatientRecord) -> str:
    newest = {one.code: one for one in sorted(record.conditions, key=lambda one: one.date)}
    return ", ".join(f"{code(one.code)} ({date_in_words(one.date)})" for one in newest.values() if one.present)


@dataclass(frozen=True, slots=True)
class _Specimens:
    by_id: dict[str, Specimen]

    def said(self, test: MolecularTest) -> str:
        specimen = self.by_id.get(test.specimen)
        if specimen is None:
            return not_recorded()
        words = code(specimen.kind)
        if specimen.purpose == "re-biopsy":
            words = _("re-biopsy, {kind}").format(kind=words)
        if specimen.site:
            words += f", {code(specimen.site)}"
        return f"{words}, {date_in_words(specimen.date)}" if specimen.date else words


def tests_said(record: PatientRecord) -> tuple[MolecularTestSaid, ...]:
    """Return the tests for ALK, oldest first, then those for other genes, then specimens not tested yet."""
    specimens = _Specimens({one.id: one for one in record.specimens})
    ordered = sorted(record.tests, key=lambda one: (one.method not in ALK_METHODS, _day(one) or "9999"))
    tested = {one.specimen for one in record.tests}
    said = [
        MolecularTestSaid(date_in_words(day) if (day := _day(one)) else not_recorded(), _test_name(one), result_of(one),
                 specimens.said(one))
        for one in ordered
    ]  # fmt: skip
    for one in record.specimens:
        again = one.purpose == "re-biopsy"
        if (one.id not in tested and (again or one.status in ("requested", "failed"))) or one.histology:
            said.append(_specimen_said(one, again=again))
    return tuple(said)


def _specimen_said(one: Specimen, *, again: bool) -> MolecularTestSaid:
    partial = one.date or one.requested_on
    words = [code(one.status or "taken")]
    if one.adequate is False:
        words.append(_("not adequate"))
    if one.histology:
        words.append(_("histology: {histology}").format(histology=code(one.histology)))
    name = _("re-biopsy") if again else _("specimen")
    where = ", ".join(part for part in (code(one.kind), code(one.site) if one.site else "") if part)
    return MolecularTestSaid(date_in_words(partial) if partial else not_recorded(), name, apart(words), where)


def _day(test: MolecularTest) -> str | None:
    dates = [one.date for one in test.fish.readings if one.date] if test.fish else []
    return test.reported_on or max(dates, default=None) or test.requested_on


def _test_name(test: MolecularTest) -> str:
    clone = test.ihc.clone if test.ihc else None
    return f"{method_of(test)} ({clone})" if clone else method_of(test)


def result_of(test: MolecularTest) -> str:
    """Return the result of a test with its counts; what is awaited or has failed is said."""
    if test.status == "failed":
        return _("failed")
    parts = [part for part in _result_parts(test) if part]
    if test.status == "requested":
        since = _(", asked for on {date}").format(date=date_in_words(test.requested_on)) if test.requested_on else ""
        parts.append(_("not yet reported") + since)
    return apart(parts) or _("reported without a verdict")


def _result_parts(test: MolecularTest) -> Iterator[str]:
    if test.fish is not None:
        yield fish_in_words(test.fish)
    if test.ihc is not None:
        yield _ihc(test.ihc)
    if test.rt_pcr is not None:
        yield _fusion(test.rt_pcr)
    if test.ngs is not None:
        yield _ngs(test.ngs)
    if test.gene is not None and test.gene.reported:
        yield code(test.gene.reported)


def fish_in_words(fish: Fish) -> str:
    """Return "17 of 100 cells (17 %), two readers (7 of 50, 10 of 50); laboratory: positive"."""
    counted: FishCount = count(fish.readings)
    parts = []
    if counted.percent is not None:
        words = _("{positive} of {cells} cells positive ({percent})").format(
            positive=counted.positive, cells=counted.cells, percent=percent(counted.percent)
        )
        readers = {1: _("one reader"), 2: _("two readers")}.get(counted.readers) or _("{count} readers").format(
            count=counted.readers
        )
        each = [
            _("{positive} of {cells}").format(positive=positive, cells=one.cells)
            for one in fish.readings
            if one.cells and (positive := positive_cells(one)) is not None
        ]
        parts.append(f"{words}, {readers}" + (f" ({', '.join(each)})" if len(each) > 1 else ""))
    elif fish.readings or not fish.reported:
        parts.append(_("cells not counted"))
    if fish.fields is not None:
        parts.append(_("{count} fields").format(count=fish.fields))
    if fish.reported:
        parts.append(_("laboratory: {verdict}").format(verdict=code(fish.reported)))
    return apart(parts)


def _ihc(ihc: Ihc) -> str:
    parts = [code(ihc.reported)] if ihc.reported else []
    if ihc.intensity is not None:
        parts.append(_("intensity {intensity}+").format(intensity=ihc.intensity) if ihc.intensity else _("no staining"))
    if ihc.percent_cells is not None:
        parts.append(_("{percent} of cells").format(percent=percent(ihc.percent_cells)))
    return ", ".join(parts)


def _fusion(result: RtPcr) -> str:
    parts = [code(result.reported)] if result.reported else []
    if result.partner:
        variant = _(" variant {variant}").format(variant=result.variant) if result.variant else ""
        parts.append(f"{result.partner}-ALK{variant}")
    return ", ".join(parts)


def _ngs(ngs: Ngs) -> str:
    parts = []
    if ngs.fusion is not None:
        fusion = _fusion(RtPcr(reported=ngs.fusion.reported, partner=ngs.fusion.partner, variant=ngs.fusion.variant))
        parts.append(_("ALK fusion {verdict}").format(verdict=fusion) if fusion else "")
    found = [f"{one.gene} {one.protein or code(one.kind)}" for one in ngs.alterations]
    if found:
        parts.append(_("found: {alterations}").format(alterations=", ".join(found)))
    return apart(part for part in parts if part) or _("no alteration found")
