"""Whether a value reaches the step of a grade: surely, surely not, or it depends on something not recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.clinical.ctcae_bands import OVER_BASELINE, Sign, Step, Term
from app.clinical.units import rescaled
from app.record.codes import Comparator, label
from app.record.lab import Lab
from app.words import _


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and its baseline, as reported and in `unit`, in which the bounds of its term are printed."""

    lab: Lab
    reported: Decimal
    baseline: Decimal | None
    unit: str
    x: Decimal
    baseline_x: Decimal | None
    among: tuple[Lab, ...] = ()


def value_of(lab: Lab, term: Term, baseline: Decimal | None, among: Iterable[Lab]) -> Value | str:
    """Return a value as it can be graded, or why it cannot."""
    if lab.entered_in_error is not None:
        return _("entered in error")
    if lab.value is None:
        return _("no value")
    if lab.unit is None:
        return _("no unit")
    if lab.comparator == "<" and not lab.value:
        return _("no value is below 0")
    if lab.lower is not None and lab.upper is not None and lab.lower > lab.upper:
        return _("the lower limit of normal is above the upper one")
    for unit in sorted(term.units, key=lambda one: one != lab.unit):
        if (x := rescaled(lab.value, lab.unit, unit)) is not None:
            baseline_x = rescaled(baseline, lab.unit, unit) if baseline else None
            return Value(lab, lab.value, baseline or None, unit, x, baseline_x, tuple(among))
    unfit = _("the unit {unit} cannot be read as one of {analyte}")
    return unfit.format(unit=lab.unit, analyte=_(label(lab.analyte)))


def reached(value: Value, step: Step) -> bool | str:
    """Return whether the value reaches the step, or what would have to be known to tell."""
    found = _is_past(value, step)
    if found is False or step.only_if is None:
        return found
    condition = _condition(value, step)
    if condition is False:
        return False
    return condition if found is True else found


def _is_past(value: Value, step: Step) -> bool | str:
    """Return whether the number is past the bound of the step, whatever else the step asks for."""
    x, bound = value.reported, None
    if step.measure == "ULN":
        if not value.lab.upper:
            return _("no upper limit of normal")
        bound = value.lab.upper * step.limit
    elif step.measure == "LLN":
        if not value.lab.lower:
            return _("no lower limit of normal")
        bound = value.lab.lower * step.limit
    elif step.measure == "baseline":
        bound = value.baseline * step.limit if value.baseline is not None else None
    elif step.measure == value.unit:
        x, bound = value.x, step.limit
    elif step.measure == value.unit + OVER_BASELINE and value.baseline_x is not None:
        x, bound = value.x, value.baseline_x + step.limit
    if bound is None:  # of another unit, or of a baseline that is not known
        return False
    found = compared(x, value.lab.comparator, step.sign, bound)
    if found is not None:
        return found
    only = _("only known to be above {value}") if value.lab.comparator == ">" else _("only known to be below {value}")
    return only.format(value=f"{value.reported:f} {value.lab.unit}")


def compared(x: Decimal, comparator: Comparator | None, sign: Sign, bound: Decimal) -> bool | None:
    """Return whether `x`, or every number above or below it, is past the bound; None: some are and some are not."""
    if comparator is None:
        return x < bound if sign == "<" else x > bound or (sign == ">=" and x == bound)
    if comparator == ">":
        if sign == "<":
            return None if x < bound else False
        return True if x >= bound else None
    if sign == "<":
        return True if x <= bound else None
    return None if x > bound else False


def _condition(value: Value, step: Step) -> bool | str:
    """Return whether what the step asks for beside the number is so, or that it is not recorded."""
    match step.only_if:
        case "symptoms":
            if value.lab.symptomatic is None:
                return _("whether there are symptoms is not recorded")
            return value.lab.symptomatic
        case "two_ecgs":
            if any(_shows_too(one, value, step) for one in value.among):
                return True
            return _("a second ECG of {limit} {unit} or more is needed").format(limit=step.limit, unit=step.measure)
        case "fasting":
            return value.lab.analyte == "fasting_glucose" or _("whether the person was fasting is not recorded")
        case _:  # signs_noted: of serious arrhythmia; a report without a word of them is one without them
            return value.lab.symptomatic is True


def _shows_too(ecg: Lab, value: Value, step: Step) -> bool:
    """Return whether another ECG of the person reaches the step."""
    if ecg.analyte != value.lab.analyte or ecg.value is None or ecg.unit is None or ecg.entered_in_error is not None:
        return False
    if ecg.id == value.lab.id or (ecg.sample is not None and ecg.sample == value.lab.sample):
        return False
    x = rescaled(ecg.value, ecg.unit, value.unit)
    return x is not None and compared(x, ecg.comparator, step.sign, step.limit) is True
