"""A pasted laboratory report beside the record it goes into: units that fit, days that can be, nothing twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.clinical.units import converted
from app.figures.wording import date_in_words
from app.record.lab import Lab
from app.record.lab_line import PrintedValue
from app.record.lab_names import USUAL_UNITS
from app.record.lab_text import read_report
from app.record.record import PatientRecord
from app.words import _


def usual_unit(analyte: Any, record: PatientRecord | None, apart_from: str | None = None) -> str:
    """Return the unit the record last had for an analyte, or the one that is usual here."""
    last = last_value(analyte, record, apart_from)
    return (last.unit if last is not None else None) or USUAL_UNITS.get(analyte, "")


def last_value(analyte: Any, record: PatientRecord | None, apart_from: str | None = None) -> Lab | None:
    """Return the newest value of an analyte, `apart_from` the entry of this id."""
    found = [
        one
        for one in (record.labs if record is not None else ())
        if one.analyte == analyte and one.entered_in_error is None and one.id != apart_from and one.value is not None
    ]
    return max(found, key=lambda one: one.date, default=None)


def read_lab_report(text: str, record: PatientRecord | None, today: date, day: str = "") -> tuple[PrintedValue, ...]:
    """Return the values of a report, each with what is doubtful about it in this record.

    `day` (ISO) is for values without a day of their own. A value without a unit is offered in the usual one, with a
    doubt: the person says yes to it.
    """
    return tuple(_in_record(replace(one, date=one.date or day), record, today) for one in read_report(text))


def _in_record(one: PrintedValue, record: PatientRecord | None, today: date) -> PrintedValue:
    if not one.can_be_taken:
        return one
    if not one.date:
        one = one.doubting("date", _("no day was found"))
    elif one.date > today.isoformat():
        one = one.doubting("date", _("this day is still to come"))
    elif record is not None and record.patient.birth_date and one.date < record.patient.birth_date:
        one = one.doubting("date", _("this day is before the date of birth"))
    usual = usual_unit(one.analyte, record)
    if not one.unit and usual:
        one = replace(one, unit=usual).doubting("unit", _("not printed; the usual one is offered"))
    elif one.unit and usual and not _fits(one.unit, usual, str(one.analyte)):
        one = one.doubting("unit", _("does not fit {usual}, the usual one").format(usual=usual))
    return _not_twice(one, record)


def _fits(unit: str, usual: str, analyte: str) -> bool:
    return unit == usual or converted(Decimal(1), unit, usual, analyte) is not None


def _not_twice(one: PrintedValue, record: PatientRecord | None) -> PrintedValue:
    for lab in record.labs if record is not None else ():
        if lab.analyte == one.analyte and lab.date == one.date and lab.entered_in_error is None:
            words = _("the record has a value of {day} already").format(day=date_in_words(lab.date))
            return one.doubting("line", words)
    return one
