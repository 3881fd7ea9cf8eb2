"""CTCAE grades: v5.0, and v4.03 for the rules that are written against it."""

import subprocess
import sys
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clinical.ctcae import Grade, grade_of
from app.clinical.ctcae_bands import Step, terms
from app.clinical.ctcae_steps import reached, value_of
from app.record.codes import Analyte
from app.record.lab import EnteredInError
from builders import a_lab

BOTH = ("5.0", "4.03")
NUMBERS = ("value", "lower", "upper")


def a_grade(analyte, value, unit, *, version="5.0", baseline=None, among=(), **given) -> Grade:
    """Return the grade of a value; limits and values are written as they are printed."""
    given = {name: Decimal(one) if name in NUMBERS and one is not None else one for name, one in given.items()}
    lab = a_lab(analyte, None if value is None else Decimal(value), unit=unit, **given)
    return grade_of(lab, version=version, baseline=baseline and Decimal(baseline), among=among)


def graded(*words, **given):
    return a_grade(*words, **given).grade


def reason(*words, **given):
    found = a_grade(*words, **given)
    assert found.grade is None
    return found.reason


def just_past(bound, step):
    return str(Decimal(bound) + Decimal(step))


# Bounds as printed: at the bound the lower grade, just past it the next (K4).

MULTIPLES_OF_40 = {
    "ALT": ("40", "120", "200", "800"),
    "AST": ("40", "120", "200", "800"),
    "ALP": ("40", "100", "200", "800"),
    "CK": ("40", "100", "200", "400"),
}


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize(
    ("analyte", "bound", "grade"),
    [(analyte, bound, grade) for analyte, bounds in MULTIPLES_OF_40.items() for grade, bound in enumerate(bounds)],
)
def test_enzymes_go_by_multiples_of_the_upper_limit(version, analyte, bound, grade):
    assert graded(analyte, bound, "U/L", upper="40", version=version) == grade
    assert graded(analyte, just_past(bound, "0.000001"), "U/L", upper="40", version=version) == grade + 1


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize(("bound", "grade"), [("20", 0), ("30", 1), ("60", 2), ("200", 3)])
@pytest.mark.parametrize("unit", ["umol/L", "mg/dL"])
def test_bilirubin_goes_by_multiples_of_the_upper_limit_in_mass_and_in_substance(version, bound, grade, unit):
    assert graded("total_bilirubin", bound, unit, upper="20", version=version) == grade
    assert graded("total_bilirubin", just_past(bound, "0.1"), unit, upper="20", version=version) == grade + 1


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize(
    ("analyte", "unit", "lower", "bounds"),
    [
        ("neutrophils", "10*9/L", "1.8", ("1.8", "1.5", "1.0", "0.5")),
        ("neutrophils", "/uL", "1800", ("1800", "1500", "1000", "500")),
        ("platelets", "10*9/L", "150", ("150", "75", "50", "25")),
        ("platelets", "10*3/uL", "150", ("150", "75", "50", "25")),
        ("haemoglobin", "g/dL", "12", ("12", "10.0", "8.0")),
        ("haemoglobin", "g/L", "120", ("120", "100", "80")),
        ("haemoglobin", "mmol/L", "7.4", ("7.4", "6.2", "4.9")),
    ],
)
def test_blood_counts_go_down_from_the_lower_limit(version, analyte, unit, lower, bounds):
    for grade, bound in enumerate(bounds):
        assert graded(analyte, bound, unit, lower=lower, version=version) == grade
        assert graded(analyte, just_past(bound, "-0.0001"), unit, lower=lower, version=version) == grade + 1


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize(
    ("unit", "upper", "bounds"),
    [("mg/dL", "200", ("200", "300", "400", "500")), ("mmol/L", "5.2", ("5.2", "7.75", "10.34", "12.92"))],
)
def test_cholesterol_has_its_own_bounds_in_each_unit(version, unit, upper, bounds):
    for grade, bound in enumerate(bounds):
        assert graded("cholesterol", bound, unit, upper=upper, version=version) == grade
        assert graded("cholesterol", just_past(bound, "0.001"), unit, upper=upper, version=version) == grade + 1


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize(
    ("unit", "first", "bounds"),
    [("mg/dL", "150", ("300", "500", "1000")), ("mmol/L", "1.71", ("3.42", "5.7", "11.4"))],
)
def test_triglycerides_begin_at_a_fixed_value_and_need_no_limit(version, unit, first, bounds):
    assert graded("triglycerides", just_past(first, "-0.001"), unit, version=version) == 0
    assert graded("triglycerides", first, unit, version=version) == 1
    for grade, bound in enumerate(bounds, start=1):
        assert graded("triglycerides", bound, unit, version=version) == grade
        assert graded("triglycerides", just_past(bound, "0.001"), unit, version=version) == grade + 1


@pytest.mark.parametrize(
    ("unit", "lower", "bounds"),
    [("mg/dL", "2.7", ("2.7", "2.5", "2.0", "1.0")), ("mmol/L", "0.87", ("0.87", "0.8", "0.6", "0.3"))],
)
def test_phosphate_has_values_in_v4_alone(unit, lower, bounds):
    for grade, bound in enumerate(bounds):
        assert graded("phosphate", bound, unit, lower=lower, version="4.03") == grade
        found = a_grade("phosphate", just_past(bound, "-0.001"), unit, lower=lower, version="4.03")
        assert (found.grade, found.unverified) == (grade + 1, False)
        found = a_grade("phosphate", just_past(bound, "-0.001"), unit, lower=lower)
        assert (found.grade, found.by_v4, found.unverified) == (None, grade + 1, True)
        assert found.reason == "v5.0 grades phosphate by treatment, not by value"


@pytest.mark.parametrize(
    ("unit", "upper", "bounds"),
    [("mg/dL", "110", ("110", "160", "250", "500")), ("mmol/L", "6.1", ("6.1", "8.9", "13.9", "27.8"))],
)
def test_fasting_glucose_has_values_in_v4_alone(unit, upper, bounds):
    for grade, bound in enumerate(bounds):
        assert graded("fasting_glucose", bound, unit, upper=upper, version="4.03") == grade
        assert graded("fasting_glucose", just_past(bound, "0.01"), unit, upper=upper, version="4.03") == grade + 1
        found = a_grade("fasting_glucose", just_past(bound, "0.01"), unit, upper=upper)
        assert (found.grade, found.by_v4) == (None, grade + 1)
        assert found.reason == "v5.0 grades glucose by treatment, not by value"


def test_every_reason_why_a_grade_cannot_be_told_is_said():
    found = reason("cholesterol", "250", "mg/dL", comparator=">")
    assert found == "no upper limit of normal; only known to be above 250 mg/dL"


def test_glucose_of_which_fasting_is_not_recorded_has_the_grades_of_any_glucose_alone():
    unsaid = "whether the person was fasting is not recorded"
    assert graded("glucose", "100", "mg/dL", upper="110", version="4.03") == 0
    assert reason("glucose", "140", "mg/dL", upper="110", version="4.03") == unsaid
    assert reason("glucose", "250", "mg/dL", upper="110", version="4.03") == unsaid
    assert graded("glucose", "251", "mg/dL", upper="110", version="4.03") == 3
    assert graded("glucose", "27.81", "mmol/L", version="4.03") == 4


# The value before treatment.


@pytest.mark.parametrize(
    ("analyte", "unit", "steps"),
    [
        ("ALT", "U/L", [("149.9", 0), ("150", 1), ("300", 1), ("300.1", 2), ("500", 2), ("500.1", 3), ("2000.1", 4)]),
        ("AST", "U/L", [("149.9", 0), ("150", 1), ("300", 1), ("300.1", 2), ("500", 2), ("500.1", 3), ("2000.1", 4)]),
        ("ALP", "U/L", [("199.9", 0), ("200", 1), ("250", 1), ("250.1", 2), ("500", 2), ("500.1", 3), ("2000.1", 4)]),
        ("total_bilirubin", "umol/L", [("100", 0), ("100.1", 1), ("150.1", 2), ("300.1", 3), ("1000.1", 4)]),
    ],
)
def test_after_an_abnormal_baseline_v5_goes_by_multiples_of_it(analyte, unit, steps):
    for value, grade in steps:
        assert graded(analyte, value, unit, upper="40", baseline="100") == grade


def test_after_an_abnormal_baseline_both_readings_are_shown():
    found = a_grade("ALT", "300", "U/L", upper="40", baseline="100")
    assert (found.grade, found.by_uln, found.by_baseline) == (1, 3, 1)
    found = a_grade("ALT", "250", "U/L", upper="40", baseline="40.5")
    assert (found.grade, found.by_uln, found.by_baseline) == (3, None, None)


def test_a_baseline_at_the_upper_limit_is_normal():
    found = a_grade("ALT", "50", "U/L", upper="40", baseline="40")
    assert (found.grade, found.by_uln, found.by_baseline) == (1, None, None)


def test_v4_knows_no_abnormal_baseline_of_enzymes():
    found = a_grade("ALT", "300", "U/L", upper="40", baseline="100", version="4.03")
    assert (found.grade, found.by_uln, found.by_baseline) == (3, None, None)


def test_without_an_upper_limit_nobody_knows_whether_the_baseline_was_abnormal():
    assert reason("ALT", "300", "U/L", baseline="100") == "no upper limit of normal"


def test_a_baseline_of_nothing_is_none():
    assert graded("creatinine", "90", "umol/L", upper="100", baseline="0") == 0


@pytest.mark.parametrize(
    ("version", "value", "baseline", "grade"),
    [
        ("5.0", "100", None, 0),
        ("5.0", "100.1", None, 1),
        ("5.0", "150.1", None, 2),
        ("5.0", "300.1", None, 3),
        ("5.0", "600", None, 3),
        ("5.0", "600.1", None, 4),
        ("5.0", "90", "60", 0),
        ("5.0", "90.1", "60", 2),
        ("5.0", "120", "40", 2),
        ("5.0", "120.1", "40", 3),
        ("5.0", "601", "40", 4),
        ("4.03", "60", "60", 0),
        ("4.03", "60.1", "60", 1),
        ("4.03", "90.1", "60", 2),
        ("4.03", "180.1", "60", 3),
        ("4.03", "600.1", "60", 4),
    ],
)
def test_creatinine_takes_the_worse_of_the_limit_and_the_baseline(version, value, baseline, grade):
    assert graded("creatinine", value, "umol/L", upper="100", baseline=baseline, version=version) == grade


def test_creatinine_above_its_baseline_and_below_its_limit_shows_both():
    found = a_grade("creatinine", "90.1", "umol/L", upper="100", baseline="60")
    assert (found.grade, found.by_uln, found.by_baseline) == (2, 0, 2)


def test_creatinine_by_its_baseline_alone_is_not_known_to_be_below_grade_4():
    found = reason("creatinine", "200", "umol/L", baseline="60")
    assert found == "no upper limit of normal (grade 3 or 4)"


# Symptoms.


@pytest.mark.parametrize("analyte", ["lipase", "amylase"])
@pytest.mark.parametrize(
    ("value", "without", "with_them", "v4"),
    [
        ("60", 0, 0, 0),
        ("61", 1, 1, 1),
        ("90", 1, 1, 1),
        ("91", 2, 2, 2),
        ("120", 2, 2, 2),
        ("121", 2, 3, 3),
        ("300", 2, 3, 3),
        ("301", 3, 4, 4),
    ],
)
def test_lipase_and_amylase_go_by_symptoms_in_v5_and_not_in_v4(analyte, value, without, with_them, v4):
    assert graded(analyte, value, "U/L", upper="60", symptomatic=False) == without
    assert graded(analyte, value, "U/L", upper="60", symptomatic=True) == with_them
    assert graded(analyte, value, "U/L", upper="60", symptomatic=None, version="4.03") == v4


def test_where_symptoms_make_the_grade_they_must_be_recorded():
    assert graded("lipase", "120", "U/L", upper="60") == 2
    unsaid = "whether there are symptoms is not recorded"
    assert reason("lipase", "121", "U/L", upper="60") == f"{unsaid} (grade 2 or 3)"
    assert reason("amylase", "301", "U/L", upper="60") == f"{unsaid} (grade 3 or 4)"


def test_without_an_upper_limit_that_is_all_there_is_to_say():
    assert reason("lipase", "301", "U/L") == "no upper limit of normal"
    assert reason("lipase", "301", "U/L", symptomatic=True) == "no upper limit of normal"


def test_uric_acid_goes_by_its_consequences():
    assert graded("uric_acid", "7", "mg/dL", upper="7") == 0
    assert graded("uric_acid", "12", "mg/dL", upper="7", symptomatic=False) == 1
    assert graded("uric_acid", "12", "mg/dL", upper="7", symptomatic=True) == 3
    assert reason("uric_acid", "8", "mg/dL", upper="7").endswith("(grade 1 or 3)")
    assert graded("uric_acid", "10", "mg/dL", upper="7", symptomatic=False, version="4.03") == 1
    assert graded("uric_acid", "10.1", "mg/dL", upper="7", version="4.03") == 4
    assert graded("uric_acid", "590.1", "umol/L", upper="420", version="4.03") == 4
    assert graded("uric_acid", "590", "umol/L", upper="420", symptomatic=True, version="4.03") == 3


# QTc.


@pytest.mark.parametrize(
    ("value", "grade"),
    [("449", 0), ("450", 1), ("480", 1), ("480.9", 1), ("481", 2), ("500", 2), ("501", 3), ("700", 3)],
)
def test_qtc_by_v5_goes_by_one_ecg_and_says_that_this_is_not_verified(value, grade):
    found = a_grade("QTc", value, "ms")
    assert (found.term, found.grade) == ("Electrocardiogram QT corrected interval prolonged", grade)
    assert found.unverified


def test_qtc_in_seconds_is_the_same():
    assert graded("QTc", "0.481", "s") == 2


@pytest.mark.parametrize(("value", "baseline", "grade"), [("440", "380", 0), ("440.1", "380", 3), ("470", "411", 1)])
def test_qtc_by_v5_goes_by_a_rise_of_more_than_60_ms_too(value, baseline, grade):
    assert graded("QTc", value, "ms", baseline=baseline) == grade
    in_seconds = [str(Decimal(one) / 1000) for one in (value, baseline)]
    assert graded("QTc", in_seconds[0], "s", baseline=in_seconds[1]) == grade
    assert graded("QTc", value, "ms", baseline=baseline, version="4.03") == min(grade, 1) * (value == "470")


@pytest.mark.parametrize(("value", "baseline", "v5", "v4"), [
    ("449", None, 0, 0), ("450", None, 4, 1), ("500", None, 4, 2), ("501", None, 4, 4),
    ("470", "410", 4, 1), ("440", "379", 4, 4),
])  # fmt: skip
def test_signs_of_serious_arrhythmia_make_a_long_qtc_grade_4(value, baseline, v5, v4):
    assert graded("QTc", value, "ms", baseline=baseline, symptomatic=True) == v5
    assert graded("QTc", value, "ms", baseline=baseline, symptomatic=True, version="4.03") == v4
    assert graded("QTc", "481", "ms", symptomatic=False) == graded("QTc", "481", "ms", symptomatic=None) == 2


def another(value="505", unit="ms", **given):
    return a_lab(given.pop("analyte", "QTc"), value and Decimal(value), unit=unit, **{"id": "lab9", **given})


def test_qtc_by_v4_needs_501_ms_on_two_ecgs():
    long = {"version": "4.03", "id": "lab1"}
    found = a_grade("QTc", "505", "ms", **long)
    assert (found.grade, found.unverified) == (None, False)
    assert found.reason == "a second ECG of 501 ms or more is needed (grade 2 or 3)"
    assert graded("QTc", "505", "ms", among=[another("501")], **long) == 3
    assert graded("QTc", "505", "ms", among=[another("0.501", "s")], **long) == 3
    assert graded("QTc", "505", "ms", among=[another("500", comparator=">")], **long) is None
    assert graded("QTc", "505", "ms", among=[another("501", comparator=">")], **long) == 3
    assert graded("QTc", "505", "ms", sample="ecg-1", among=[another(sample="ecg-2")], **long) == 3
    assert graded("QTc", "500", "ms", among=[another()], **long) == 2


@pytest.mark.parametrize(
    "other",
    [
        another("500"),
        another(id="lab1"),
        another(sample="ecg-1"),
        another(entered_in_error=EnteredInError()),
        another(None),
        another(unit=None),
        another(unit="mmol/L"),
        another(analyte="PR"),
        another("505", comparator="<"),
    ],
    ids=["shorter", "the same entry", "the same ECG", "wrong", "no value", "no unit", "no time", "a PR", "below"],
)
def test_what_is_no_second_long_ecg(other):
    assert graded("QTc", "505", "ms", id="lab1", sample="ecg-1", among=[other], version="4.03") is None


# Values below or above what could be measured.


@pytest.mark.parametrize(
    ("words", "given", "grade"),
    [
        (("ALT", "40", "U/L"), {"comparator": "<", "upper": "40"}, 0),
        (("ALT", "800", "U/L"), {"comparator": ">", "upper": "40"}, 4),
        (("platelets", "25", "10*9/L"), {"comparator": "<"}, 4),
        (("platelets", "400", "10*9/L"), {"comparator": ">", "lower": "150"}, 0),
        (("platelets", "150", "10*9/L"), {"comparator": ">", "lower": "150"}, 0),
        (("QTc", "501", "ms"), {"comparator": ">"}, 3),
        (("QTc", "450", "ms"), {"comparator": "<"}, 0),
        (("triglycerides", "150", "mg/dL"), {"comparator": "<"}, 0),
    ],
)
def test_a_value_below_or_above_a_number_is_graded_where_all_it_can_mean_has_one_grade(words, given, grade):
    assert graded(*words, **given) == grade


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        (("ALT", "40.1", "U/L"), {"comparator": "<", "upper": "40"}, "only known to be below 40.1 U/L"),
        (("ALT", "799", "U/L"), {"comparator": ">", "upper": "40"}, "only known to be above 799 U/L (grade 3 or 4)"),
        (
            ("ALT", "41", "U/L"),
            {"comparator": ">", "upper": "40"},
            "only known to be above 41 U/L (grade 1, 2, 3 or 4)",
        ),
        (("platelets", "26", "10*9/L"), {"comparator": "<"}, "only known to be below 26 10*9/L (grade 3 or 4)"),
        (("platelets", "149", "10*9/L"), {"comparator": ">", "lower": "150"}, "only known to be above 149 10*9/L"),
        (("QTc", "500", "ms"), {"comparator": ">"}, "only known to be above 500 ms (grade 2 or 3)"),
        (("QTc", "451", "ms"), {"comparator": "<"}, "only known to be below 451 ms"),
        (("ALT", "0", "U/L"), {"comparator": "<", "upper": "40"}, "no value is below 0"),
    ],
)
def test_a_value_below_or_above_a_number_that_can_mean_more_says_so(words, given, says):
    assert reason(*words, **given) == says


def test_a_baseline_is_not_told_apart_from_a_limit_by_a_value_that_can_mean_more():
    found = a_grade("ALT", "300", "U/L", comparator=">", upper="40", baseline="100")
    assert (found.grade, found.by_uln, found.by_baseline) == (None, None, None)
    assert found.reason == "only known to be above 300 U/L (grade 2, 3 or 4)"
    found = a_grade("ALT", "900", "U/L", comparator=">", upper="40", baseline="100")
    assert (found.grade, found.by_uln, found.by_baseline) == (None, None, None)
    found = a_grade("ALT", "50", "U/L", comparator="<", upper="40", baseline="100")
    assert (found.grade, found.by_uln, found.by_baseline) == (0, None, None)


# What is missing.


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "no upper limit of normal"),
        ({"upper": "0"}, "no upper limit of normal"),
        ({"lower": "10"}, "no upper limit of normal"),
        ({"upper": "40", "lower": "50"}, "the lower limit of normal is above the upper one"),
        ({"upper": "40", "value": None}, "no value"),
        ({"upper": "40", "unit": None}, "no unit"),
        ({"upper": "40", "unit": "mmol/L"}, "the unit mmol/L cannot be read as one of ALT"),
        ({"upper": "40", "unit": "units"}, "the unit units cannot be read as one of ALT"),
        ({"upper": "40", "entered_in_error": EnteredInError()}, "entered in error"),
    ],
)
@pytest.mark.parametrize("version", BOTH)
def test_what_cannot_be_graded_is_not_guessed(given, says, version):
    found = a_grade("ALT", **{"value": "180", "unit": "U/L", "version": version, **given})
    assert (found.version, found.term, found.grade) == (version, "Alanine aminotransferase increased", None)
    assert found.reason == says


def test_limits_may_be_one_number():
    assert graded("ALT", "80", "U/L", lower="40", upper="40") == 1


def test_the_value_alone_is_enough():
    expected = Grade(version="5.0", term="CPK increased", grade=1, reason=None)
    assert grade_of(a_lab("CK", 200, unit="U/L", upper=Decimal(170))) == expected


def test_a_value_in_a_unit_that_has_bounds_of_its_own_does_not_load_the_unit_library():
    lines = (
        "import sys; from decimal import Decimal",
        "from app.clinical.ctcae import grade_of; from app.record.lab import Lab",
        "lab = Lab(id='a', date='2014', analyte='cholesterol', value=Decimal(301), unit='mg/dL')",
        "assert grade_of(lab).grade == 2",
        "assert 'pint' not in sys.modules",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_lower_limit_matters_only_where_it_makes_the_grade():
    assert reason("neutrophils", "1.5", "10*9/L") == "no lower limit of normal"
    assert graded("neutrophils", "1.49", "10*9/L") == 2
    assert reason("platelets", "80", "10*9/L", lower="0") == "no lower limit of normal"
    assert reason("cholesterol", "290", "mg/dL") == "no upper limit of normal"
    assert graded("cholesterol", "301", "mg/dL") == 2


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("analyte", ["GGT", "potassium", "PR", "systolic_bp", "direct_bilirubin", "weight"])
def test_an_analyte_without_bands_says_so(analyte, version):
    found = a_grade(analyte, "5", "U/L", upper="1", version=version)
    assert (found.version, found.term, found.grade, found.unverified) == (version, None, None, False)
    assert found.reason.startswith(f"there are no v{version} grades of ")


@pytest.mark.parametrize("version", BOTH)
def test_a_slow_heart_is_not_graded_by_its_rate(version):
    found = a_grade("heart_rate", "38", "/min", version=version)
    assert (found.term, found.by_v4, found.unverified) == ("Sinus bradycardia", None, True)
    assert found.reason == f"v{version} grades a slow heart by symptoms and treatment, not by its rate"


# Whatever the value.

NUMBER = st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False, allow_infinity=False)
LIMIT = st.none() | NUMBER
UNITS = ("U/L", "ukat/L", "umol/L", "mmol/L", "mg/dL", "g/L", "g/dL", "10*9/L", "/uL", "ms", "s", "/min", "mm[Hg]")
LABS = st.builds(
    a_lab,
    st.sampled_from(get_args(Analyte)),
    LIMIT,
    unit=st.none() | st.sampled_from(UNITS) | st.text(max_size=50),
    comparator=st.none() | st.sampled_from("<>"),
    lower=LIMIT,
    upper=LIMIT,
    symptomatic=st.none() | st.booleans(),
    id=st.sampled_from(["a", "b", "c"]),
)


@settings(max_examples=500, deadline=None)
@given(LABS, LIMIT, st.lists(LABS, max_size=3), st.sampled_from(BOTH))
def test_any_value_has_a_grade_or_a_reason(lab, baseline, among, version):
    found = grade_of(lab, version=version, baseline=baseline, among=among)
    assert found.version == version
    assert (found.grade is None) is (found.reason is not None)
    assert found.grade in (None, 0, 1, 2, 3, 4)


NEEDS_UPPER = ("ALT", "AST", "ALP", "total_bilirubin", "CK", "lipase", "amylase", "creatinine")


@given(
    st.sampled_from(NEEDS_UPPER),
    st.sampled_from(["U/L", "umol/L", "mg/dL"]),
    NUMBER,
    LIMIT,
    st.none() | st.sampled_from("<>"),
    st.none() | st.booleans(),
    st.sampled_from(BOTH),
)
def test_without_the_upper_limit_of_its_report_nothing_is_graded_that_goes_by_it(
    analyte, unit, value, baseline, comparator, symptomatic, version
):
    lab = a_lab(analyte, value, unit=unit, comparator=comparator, symptomatic=symptomatic)
    assert grade_of(lab, version=version, baseline=baseline).grade is None


FALLING = {"neutrophils", "platelets", "haemoglobin", "phosphate"}


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(get_args(Analyte)),
    st.sampled_from(UNITS),
    st.lists(NUMBER, min_size=2, max_size=2).map(sorted),
    LIMIT,
    st.booleans(),
    st.sampled_from(BOTH),
)
def test_a_worse_value_never_has_a_lower_grade(analyte, unit, values, limit, symptomatic, version):
    grades = [
        grade_of(
            a_lab(analyte, value, unit=unit, lower=limit, upper=limit, symptomatic=symptomatic, id="a"),
            version=version,
            baseline=limit and limit * 2,
            among=[a_lab("QTc", Decimal(600), unit="ms", id="b")],
        ).grade
        for value in values
    ]
    if None not in grades:
        assert grades == sorted(grades, reverse=analyte in FALLING)


@settings(max_examples=300, deadline=None)
@given(LABS, NUMBER, st.sampled_from(BOTH))
def test_a_value_below_or_above_a_number_has_the_grade_of_all_it_can_mean(lab, distance, version):
    found = grade_of(lab, version=version)
    if found.grade is not None and lab.comparator is not None and lab.value:
        means = lab.value + distance + 1 if lab.comparator == ">" else lab.value / (distance + 2)
        known = a_lab(lab.analyte, means, unit=lab.unit, lower=lab.lower, upper=lab.upper, symptomatic=lab.symptomatic)
        assert grade_of(known, version=version).grade == found.grade


@pytest.mark.parametrize(("value", "is_past"), [("8.9", True), ("9", False), ("10", False)])
def test_a_step_may_begin_at_a_part_of_the_lower_limit(value, is_past):
    lab = a_lab("haemoglobin", Decimal(value), unit="g/dL", lower=Decimal(12))
    known = value_of(lab, terms("5.0")["haemoglobin"], None, ())
    assert reached(known, Step(3, "LLN", "<", Decimal("0.75"))) is is_past
