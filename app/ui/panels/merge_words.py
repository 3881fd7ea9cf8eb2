"""What is said of two records that are merged: values, entries, and where they come from."""

from decimal import Decimal
from typing import Any

from app.figures.wording import code, date_in_words, number
from app.record.dates import SHAPE
from app.record.merging import Comparison, MergedEntry, SingleValue, Unit, is_said
from app.record.patient import GeneralPractitioner
from app.record.record import PatientRecord
from app.ui.panels.entry_lines import error_words, line_of, sort_day
from app.words import _, labelled, later

LABELS = {
    "patient.family_name": later("Family name"), "patient.given_name": later("Given name"),
    "patient.birth_date": later("Date of birth"), "patient.sex": later("Sex"), "patient.deceased_on": later("Died on"),
    "patient.address": later("Address"), "patient.phone": later("Telephone"),
    "patient.language": later("Patient's language"), "patient.gp": later("GP"), "patient.team.nurse": later("Nurse"),
    "patient.team.doctor": later("Doctor"), "diagnosis.date": later("Date of diagnosis"),
    "diagnosis.histology": later("Histology"), "diagnosis.limited_sample": later("Limited sample"),
    "diagnosis.signet_ring_cells": later("Signet ring cells"), "diagnosis.stage": later("Stage at diagnosis"),
    "diagnosis.tnm": later("TNM and its edition"), "diagnosis.resected": later("Completely resected"),
    "diagnosis.metastatic_sites": later("Metastatic sites at diagnosis"),
    "diagnosis.smoking.status": later("Smoking"), "diagnosis.smoking.pack_years": later("Pack-years"),
}  # fmt: skip
AS_WRITTEN = frozenset({"family_name", "given_name", "phone", "language", "nurse", "doctor", "tnm", "address", "stage"})


def label_of(unit: Unit) -> str:
    """Return what a value is called."""
    return _(LABELS[unit.path])


def value_words(unit: Unit, values: tuple[Any, ...]) -> str:
    """Return a value in words; "" when it says nothing."""
    if not is_said(values):
        return ""
    return ", ".join(words for one in values if (words := _words(unit, one)))


def _words(unit: Unit, value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, GeneralPractitioner):
        return ", ".join(part for part in (value.name, *value.address, value.language) if part)
    if isinstance(value, tuple):
        return ", ".join(value if unit.names[0] in AS_WRITTEN else (code(one) for one in value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal | int):
        return number(value)
    if unit.names[0] in AS_WRITTEN:
        return str(value)
    return date_in_words(value) if SHAPE.fullmatch(value) else code(value)


def entry_words(one: Any, record: PatientRecord) -> str:
    """Return an entry in words with its date, and that it was entered in error."""
    day = sort_day(one)
    words = labelled(date_in_words(day), line_of(one, record)) if day else line_of(one, record)
    return f"{words} — {error}" if (error := error_words(one)) else words


def origin_words(one: MergedEntry, comparison: Comparison) -> str:
    """Return where an entry of the merged record comes from."""
    if one.origin == "both":
        return _("in both: kept once")
    return _("from {mrn}").format(mrn=(comparison.kept if one.origin == "kept" else comparison.absorbed).patient.mrn)


def value_origin(one: SingleValue, comparison: Comparison) -> str:
    """Return where a value that needs no choice comes from."""
    if one.kept == one.absorbed:
        return _("the same in both")
    return _("from {mrn}").format(mrn=(comparison.kept if is_said(one.kept) else comparison.absorbed).patient.mrn)
