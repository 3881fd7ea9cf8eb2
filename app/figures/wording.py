"""Dates, numbers, doses and results as a clinic writes them, for pictures and letters alike."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from app.clinical.fish import count
from app.record.codes import label
from app.record.in_words import date_in_words as date_in_words  # used with what stands here
from app.record.in_words import number as number
from app.record.in_words import on_date_in_words as on_date_in_words
from app.record.in_words import pointed
from app.record.lab import Lab
from app.record.molecular_test import MolecularTest
from app.record.therapy_line import Dose, TherapyLine
from app.words import _

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def day_in_words(day: date) -> str:
    """Return "Wednesday 5 November 2014"."""
    return f"{_weekdays()[day.weekday()]} {date_in_words(day.isoformat())}"


def _weekdays() -> tuple[str, ...]:
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip


def percent(value: Decimal, *, sign: bool = False) -> str:
    """Return a percentage for reading: one decimal, none when it is whole, a real minus sign."""
    rounded = round(value, 1)
    text = f"{rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded:f}"
    if rounded == 0:
        text = "0"
    if sign and rounded > 0:
        text = f"+{text}"
    return _("{number} %").format(number=pointed(text).replace("-", "\u2212"))


def unit(ucum: str) -> str:
    """Return a unit as it is printed: "umol/L" is "µmol/L", "10*9/L" is "× 10⁹/L"."""
    if ucum.startswith("10*"):
        power, slash, rest = ucum[3:].partition("/")
        return f"× 10{power.translate(_RAISED)}{slash}{rest}"
    return f"µ{ucum[1:]}" if ucum[:2] in ("um", "ug", "uk", "uU", "uL") else ucum.replace("mm[Hg]", "mmHg")


def measured(lab: Lab) -> str:
    """Return a laboratory value with its unit: "1260 U/L"; what is not known of it is said."""
    if lab.value is None:
        return _("not recorded")
    measured_in = unit(lab.unit) if lab.unit else _("(unit not recorded)")
    return f"{lab.comparator or ''}{number(lab.value)} {measured_in}"


def limits_in_words(lab: Lab) -> str:
    """Return the limits of a laboratory value's own report: "7–40", "≤ 40", "≥ 12"; "" when there are none."""
    if lab.lower is not None and lab.upper is not None:
        return f"{number(lab.lower)}–{number(lab.upper)}"
    if lab.lower is not None:
        return f"≥ {number(lab.lower)}"
    return f"≤ {number(lab.upper)}" if lab.upper is not None else ""


def code(value: str) -> str:
    """Return the words for a code of the record, in the reader's language."""
    return _(label(value))


def listed(values: Iterable[str]) -> str:
    """Return codes in words, joined by commas."""
    return ", ".join(code(one) for one in values)


def amount(dose: Dose) -> str:
    """Return "250 mg", "AUC 5", or nothing when the amount was not given."""
    if dose.amount is None:
        return ""
    if dose.unit == "AUC":
        return f"AUC {number(dose.amount)}"
    return f"{number(dose.amount)} {code(dose.unit) if dose.unit else ''}".rstrip()


def is_held(dose: Dose) -> bool:
    """Return whether the dose means that the drug is not taken."""
    return dose.frequency == "held" or dose.amount == 0


def dose_in_words(dose: Dose) -> str:
    """Return "250 mg twice daily", "held", or what of it is known."""
    if is_held(dose):
        return _("held")
    how_often = "" if dose.frequency == "other" else code(dose.frequency)
    return " ".join(part for part in (amount(dose), how_often) if part) or _("dose not recorded")


def kept_together(words: str) -> str:
    """Return words that are not parted at the end of a line: half a date is read wrongly."""
    return words.replace(" ", "\u00a0")


def drugs_of(line: TherapyLine) -> str:
    """Return the drugs of a line: "cisplatin + pemetrexed"."""
    return " + ".join(_(drug) for drug in line.drugs)


def method_of(test: MolecularTest) -> str:
    """Return what was done: "FISH", "IHC D5F3", "EGFR"."""
    if test.method == "gene" and test.gene is not None and test.gene.gene is not None:
        return code(test.gene.gene)
    return code(test.method)


def verdict_of(test: MolecularTest) -> str:
    """Return the short result of a test for a label: "positive", "34 of 50", "awaited", "L1196M"."""
    if test.status == "failed":
        return _("failed")
    if test.fish is not None and test.fish.readings:
        counted = count(test.fish.readings)
        if counted.cells:
            return _("{positive}/{cells}").format(positive=counted.positive, cells=counted.cells)
    if test.status == "requested":
        return _("awaited")
    block = test.ihc or test.fish or test.rt_pcr or test.gene
    if block is not None:
        return code(block.reported) if block.reported else _("no verdict")
    if test.ngs is not None:
        found = [one.protein or f"{one.gene} {code(one.kind)}" for one in test.ngs.alterations]
        if test.ngs.fusion is not None and test.ngs.fusion.reported:
            found.insert(0, _("fusion {verdict}").format(verdict=code(test.ngs.fusion.reported)))
        return ", ".join(found) or _("nothing found")
    return _("no verdict")
