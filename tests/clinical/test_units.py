"""Units of laboratory values: UCUM, within one kind and between mass and substance."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest

from app.clinical import units
from app.clinical.units import FAMILIES, converted, factor_by_library, rescaled


def amount(value, unit, wanted, analyte=""):
    found = converted(Decimal(value), unit, wanted, analyte)
    return None if found is None else round(found, 4)


# Standard factors; each with two pairs that are printed in textbooks or follow from the factor by hand.
@pytest.mark.parametrize(
    ("analyte", "mass", "substance", "unit"),
    [
        ("total_bilirubin", "1.0", "17.1", "umol/L"),
        ("total_bilirubin", "1.2", "20.52", "umol/L"),
        ("direct_bilirubin", "0.2", "3.42", "umol/L"),
        ("direct_bilirubin", "10", "171", "umol/L"),
        ("creatinine", "1.0", "88.4", "umol/L"),
        ("creatinine", "1.5", "132.6", "umol/L"),
        ("glucose", "90", "5", "mmol/L"),
        ("glucose", "180", "10", "mmol/L"),
        ("fasting_glucose", "126", "7", "mmol/L"),
        ("fasting_glucose", "450", "25", "mmol/L"),
        ("cholesterol", "193.35", "5", "mmol/L"),
        ("cholesterol", "386.7", "10", "mmol/L"),
        ("LDL", "116.01", "3", "mmol/L"),
        ("LDL", "38.67", "1", "mmol/L"),
        ("HDL", "38.67", "1", "mmol/L"),
        ("HDL", "77.34", "2", "mmol/L"),
        ("triglycerides", "88.57", "1", "mmol/L"),
        ("triglycerides", "885.7", "10", "mmol/L"),
        ("phosphate", "3.097", "1", "mmol/L"),
        ("phosphate", "6.194", "2", "mmol/L"),
    ],
)
def test_mass_and_substance_are_converted_both_ways(analyte, mass, substance, unit):
    assert amount(mass, "mg/dL", unit, analyte) == Decimal(substance)
    assert amount(substance, unit, "mg/dL", analyte) == Decimal(mass)


@pytest.mark.parametrize(
    ("analyte", "mass", "substance", "within"),
    [
        ("cholesterol", "300", "7.75", "0.01"),
        ("cholesterol", "400", "10.34", "0.01"),
        ("cholesterol", "500", "12.92", "0.02"),
        ("glucose", "160", "8.9", "0.05"),
        ("glucose", "250", "13.9", "0.05"),
        ("glucose", "500", "27.8", "0.05"),
        ("triglycerides", "300", "3.42", "0.04"),
        ("triglycerides", "1000", "11.4", "0.12"),
        ("phosphate", "2.5", "0.8", "0.05"),
        ("phosphate", "1.0", "0.3", "0.05"),
    ],
)
def test_the_pairs_that_ctcae_prints_agree_with_the_factors_to_their_rounding(analyte, mass, substance, within):
    assert abs(converted(Decimal(mass), "mg/dL", "mmol/L", analyte) - Decimal(substance)) <= Decimal(within)


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "found"),
    [
        ("0.9", "10*9/L", "10*9/L", "0.9"),
        ("900", "/uL", "10*9/L", "0.9"),
        ("1500", "{cells}/uL", "10*9/L", "1.5"),
        ("1.5", "10*3/mm3", "10*9/L", "1.5"),
        ("1.5", "10*9.L-1", "10*9/L", "1.5"),
        ("1500000000", "/L", "10*9/L", "1.5"),
        ("1.5", "10*3.10*6/L", "10*9/L", "1.5"),
        ("1.5", "G/L", "10*9/L", "1.5"),
        ("0.512", "s", "ms", "512"),
        ("120", "g/L", "g/dL", "12"),
        ("120", "mg/mL", "g/dL", "12"),
        ("0.42", "mmol/L", "umol/L", "420"),
        ("420000", "nmol/L", "umol/L", "420"),
        ("3", "ukat/L", "U/L", "180"),
        ("3000", "nkat/L", "U/L", "180"),
        ("180", "[iU]/L", "U/L", "180"),
        ("180", "IU/L", "ukat/L", "3"),
        ("180", "nmol/min/mL", "U/L", "180"),
        ("20", "µmol/l", "umol/L", "20"),
        ("20", "μmol/L", "umol/L", "20"),
        ("72", "/min", "/s", "1.2"),
        ("70", "kg", "g", "70000"),
    ],
)
def test_units_of_one_kind_are_converted(value, unit, wanted, found):
    assert rescaled(Decimal(value), unit, wanted) == Decimal(found)
    assert converted(Decimal(value), unit, wanted, "neutrophils") == Decimal(found)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("mg/dL", "mmol/L"),
        ("10*9/L", "mg/dL"),
        ("ms", "/min"),
        ("U/L", "mmol/L"),
        ("%", "g/dL"),
        ("", "g/dL"),
        ("g/dL", ""),
        ("furlong", "m"),
        ("[lb_av]", "g"),
        ("mg dL", "mg/dL"),
        ("mg//dL", "mg/dL"),
        ("mg/dL/", "mg/dL"),
        ("10*9*L", "10*9/L"),
        ("x10*9/L", "10*9/L"),
        ("mgdL", "mg/dL"),
        ("g" + ".m/m" * 10, "g"),
    ],
)
def test_what_does_not_measure_the_same_or_is_no_unit_is_not_converted(unit, wanted):
    assert converted(Decimal(4), unit, wanted, "neutrophils") is None


def test_even_for_an_analyte_with_a_factor_a_count_is_no_mass():
    assert amount("4", "10*9/L", "mg/dL", "glucose") is None
    assert amount("4", "mmol/mol", "mg/dL", "glucose") is None


def test_without_its_analyte_mass_is_no_substance():
    assert rescaled(Decimal(90), "mg/dL", "mmol/L") is None


def test_the_short_cut_says_what_the_unit_library_says():
    for family in FAMILIES:
        for unit, wanted in permutations(family.keys() - {"G/L"}, 2):
            assert factor_by_library(unit, wanted, None) == Fraction(family[wanted]) / family[unit], (unit, wanted)


def test_a_terminating_result_is_exact():
    assert str(rescaled(Decimal("99.9999999999"), "g/L", "g/dL")) == "9.99999999999"
    assert rescaled(Decimal("0.1"), "10*3/uL", "/uL") == 100


def test_the_usual_units_do_not_load_the_unit_library():
    lines = (
        "import sys; from decimal import Decimal; from app.clinical.units import rescaled",
        "for unit, wanted in [('/uL', '10*9/L'), ('s', 'ms'), ('g/L', 'g/dL'), ('ukat/L', 'U/L'), ('U/l', 'U/L')]:",
        "    assert rescaled(Decimal(1), unit, wanted) is not None",
        "assert 'pint' not in sys.modules",
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("unit", "wanted", "factor"), [("U/l", "U/L", 1), ("mg/dl", "g/L", "0.01"), ("/ul", "10*9/L", "0.001")]
)
def test_a_small_l_for_litre_needs_no_library_either(monkeypatch, unit, wanted, factor):
    monkeypatch.setattr(units, "factor_by_library", None)
    units._factor.cache_clear()
    assert rescaled(Decimal(1), unit, wanted) == Decimal(factor)
