"""Conversion of laboratory units (UCUM): within one kind of unit, and between mass and substance of one analyte."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

# What reports use most is converted without the unit library, which takes half a second to load: how much of each
# unit is the same. G/L is giga per litre, as French reports print it; the unit library would read gauss.
FAMILIES: tuple[Mapping[str, int | Fraction], ...] = (
    {"10*9/L": 1, "10^9/L": 1, "G/L": 1, "10*3/uL": 1, "10^3/uL": 1, "/uL": 1000, "/mm3": 1000, "10*6/L": 1000},
    {"g/L": 1, "g/dL": Fraction(1, 10), "mg/dL": 100, "mg/L": 1000},
    {"mmol/L": 1, "umol/L": 1000},
    {"U/L": 1, "IU/L": 1, "UI/L": 1, "[iU]/L": 1, "ukat/L": Fraction(1, 60)},
    {"ms": 1, "s": Fraction(1, 1000)},
)

# How much substance one mg/dL is. Standard factors, unverified (general knowledge). CTCAE prints its bounds in both
# kinds, rounded (300 mg/dL of triglycerides as 3.42 mmol/L, by this factor 3.39), so grades never go through these.
_BILIRUBIN = ("micromole/liter", Fraction("17.1"))
_CHOLESTEROL = ("millimole/liter", 1 / Fraction("38.67"))
_GLUCOSE = ("millimole/liter", 1 / Fraction("18.0"))
_SUBSTANCE_OF_1_MG_PER_DL: Mapping[str | None, tuple[str, Fraction]] = {
    "total_bilirubin": _BILIRUBIN,
    "direct_bilirubin": _BILIRUBIN,
    "creatinine": ("micromole/liter", Fraction("88.4")),
    "glucose": _GLUCOSE,
    "fasting_glucose": _GLUCOSE,
    "cholesterol": _CHOLESTEROL,
    "LDL": _CHOLESTEROL,
    "HDL": _CHOLESTEROL,
    "triglycerides": ("millimole/liter", 1 / Fraction("88.57")),
    "phosphate": ("millimole/liter", 1 / Fraction("3.097")),
}

# The symbols of UCUM that laboratory reports use, by the library's names; anything else is no unit here. The library
# itself must not read UCUM: 10*9/L would be 90 per litre. An enzyme's international unit is its unit.
_PREFIXES = {
    "": "", "G": "giga", "M": "mega", "k": "kilo", "d": "deci", "c": "centi", "m": "milli", "u": "micro", "n": "nano",
    "p": "pico", "f": "femto",
}  # fmt: skip
_SYMBOLS = {
    "g": "gram", "mol": "mole", "L": "liter", "l": "liter", "m": "meter", "s": "second", "kat": "katal",
    "U": "enzyme_unit", "[iU]": "enzyme_unit", "[IU]": "enzyme_unit", "IU": "enzyme_unit", "UI": "enzyme_unit",
}  # fmt: skip
_WITHOUT_PREFIX = {"min": "minute", "h": "hour", "d": "day"}
_COMPONENT = re.compile(r"(?P<operator>[./]?)(?:10[*^](?P<ten>[+-]?[0-9]{1,2})|"
                        r"(?P<symbol>[A-Za-z]*\[[A-Za-z]+\]|[A-Za-z]+)(?P<power>[+-]?[1-9])?)")  # fmt: skip
LONGEST = 40  # characters; no unit of a report is as long
_ANNOTATION = re.compile(r"\{[^{}]*\}")


def converted(value: Decimal, unit: str, wanted: str, analyte: str) -> Decimal | None:
    """Return `value` of `analyte` in the unit `wanted`; None where the units do not measure the same thing.

    Mass and substance are converted for the analytes whose factor is known.
    """
    return _multiplied(value, _factor(unit, wanted, analyte))


def rescaled(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Return `value` in the unit `wanted` of the same kind; None also between mass and substance."""
    return _multiplied(value, _factor(unit, wanted, None))


def _multiplied(value: Decimal, factor: Fraction | None) -> Decimal | None:
    if factor is None:
        return None
    return value * Decimal(factor.numerator) / Decimal(factor.denominator)


@lru_cache(maxsize=1000)
def _factor(unit: str, wanted: str, analyte: str | None) -> Fraction | None:
    """Return what a value in `unit` is multiplied by, exactly."""
    unit, wanted = _plain(unit), _plain(wanted)
    if unit == wanted:
        return Fraction(1)
    for family in FAMILIES:
        if unit in family and wanted in family:
            return Fraction(family[wanted]) / family[unit]
    return factor_by_library(unit, wanted, analyte)


def _plain(unit: str) -> str:
    """Return `unit` without its annotations; micro and litre written in one way."""
    plain = _ANNOTATION.sub("", unit).strip().replace("\N{MICRO SIGN}", "u").replace("\N{GREEK SMALL LETTER MU}", "u")
    return plain.removesuffix("l") + "L" if plain.endswith(("/l", "/dl", "/ul")) else plain


def factor_by_library(unit: str, wanted: str, analyte: str | None) -> Fraction | None:
    """Return what a value in `unit` is multiplied by, as the unit library has it."""
    one, other = _by_name(unit), _by_name(wanted)
    if one is None or other is None:
        return None
    quantity = _registry().Quantity
    amount = quantity(one[0], one[1])
    readings = [amount]
    if (molar := _SUBSTANCE_OF_1_MG_PER_DL.get(analyte)) is not None:
        weight_of_a_mole = quantity(Fraction(1), "milligram/deciliter") / quantity(molar[1], molar[0])
        readings += [amount / weight_of_a_mole, amount * weight_of_a_mole]
    for reading in readings:
        if reading.is_compatible_with(other[1]):
            return Fraction(reading.to(other[1]).magnitude) / other[0]
    return None


def _by_name(unit: str) -> tuple[Fraction, str] | None:
    """Return a unit of UCUM as a factor and an expression of the library; None where it cannot be read."""
    if len(unit) > LONGEST:
        return None
    factor, names, end = Fraction(1), ["1"], 0
    for found in _COMPONENT.finditer(unit):
        if found.start() != end or (end > 0 and not found["operator"]):
            return None
        end = found.end()
        sign = -1 if found["operator"] == "/" else 1
        if found["ten"] is not None:
            factor *= Fraction(10) ** (sign * int(found["ten"]))
        elif (name := _name(found["symbol"])) is not None:
            names.append(f"{name} ** {sign * int(found['power'] or 1)}")
        else:
            return None
    return (factor, " * ".join(names)) if end == len(unit) and end > 0 else None


def _name(symbol: str) -> str | None:
    if symbol in _WITHOUT_PREFIX:
        return _WITHOUT_PREFIX[symbol]
    for length in (0, 1):
        prefix, rest = symbol[:length], symbol[length:]
        if prefix in _PREFIXES and rest in _SYMBOLS:
            return _PREFIXES[prefix] + _SYMBOLS[rest]
    return None


@cache
def _registry() -> Any:
    """Return the unit library, made to count in fractions so that nothing is rounded at a bound."""
    import pint

    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)
