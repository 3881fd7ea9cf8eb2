"""Laboratory reports as people paste them: three languages, sheets, days in columns; nothing is guessed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.record.lab_line import plain_number
from app.record.lab_names import USUAL_UNITS, analyte_named, unit_printed
from app.record.lab_text import read_report
from app.record.report_dates import dates_in


def said(one):
    """Return a value in one line: day, analyte, value, unit, limits."""
    limits = f"{one.lower}-{one.upper}" if one.lower or one.upper else ""
    return " ".join(part for part in (one.date, one.analyte or "?", one.value, one.unit, limits) if part)


def sure(text):
    found = read_report(text)
    assert [one.doubts for one in found] == [{}] * len(found)
    return [said(one) for one in found]


def doubts_of(text):
    (found,) = read_report(text)
    return found.doubts


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("ALT 180 U/L (<40)", "ALT 180 U/L -40"),
        ("GPT 180 U/l  10-50", "ALT 180 U/L 10-50"),
        ("GPT (ALAT): 180,5 H U/L [10 - 50]", "ALT 180.5 U/L 10-50"),
        ("ASAT = 3,1 µkat/l (bis 0,83)", "AST 3.1 ukat/L -0.83"),
        ("TGO 95 UI/L N : 5 à 40", "AST 95 U/L 5-40"),
        ("Bilirubine totale 12 µmol/L (N: 5 - 21)", "total_bilirubin 12 umol/L 5-21"),
        ("Bilirubin direkt <1,7 umol/l", "direct_bilirubin <1.7 umol/L"),
        ("Alkalische Phosphatase 240+ U/l 40–130", "ALP 240 U/L 40-130"),
        ("γ-GT 88 U/L ↑ (ref. range: 10 to 60)", "GGT 88 U/L 10-60"),
        ("PAL 240 U/L", "ALP 240 U/L"),
        ("Hb 11,2 g/dl", "haemoglobin 11.2 g/dL"),
        ("Hémoglobine 112 g/L 120-160", "haemoglobin 112 g/L 120-160"),
        ("WBC 5.6 x10^9/L 3.6-10.0", "white_cells 5.6 10*9/L 3.6-10.0"),
        ("Leukozyten 5,6 Gpt/l 3.6-10.0", "white_cells 5.6 10*9/L 3.6-10.0"),
        ("PNN 3,2 10⁹/L", "neutrophils 3.2 10*9/L"),
        ("Neutrophils (abs) 0.9 10*9/L (>1.5)", "neutrophils 0.9 10*9/L 1.5-"),
        ("Plaquettes 250 G/L 150 à 400", "platelets 250 10*9/L 150-400"),
        ("Thrombozyten 250.000 /µl 150.000-400.000", "platelets 250000 /uL 150000-400000"),
        ("Kreatinin i.S. (Jaffe) 80 µmol/l bis 104", "creatinine 80 umol/L -104"),
        ("Créatinine 0,9 mg/dL", "creatinine 0.9 mg/dL"),
        ("K+ 4.1 mmol/L 3.5-5.1", "potassium 4.1 mmol/L 3.5-5.1"),
        ("Kalium: 4,1 mmol/l", "potassium 4.1 mmol/L"),
        ("LDH 250 IU/L (ref: <=248)", "LDH 250 U/L -248"),
        ("Lipase >600 U/L", "lipase >600 U/L"),
        ("Harnsäure 5,2 mg/dl", "uric_acid 5.2 mg/dL"),
        ("Glukose nüchtern 5,1 mmol/l", "fasting_glucose 5.1 mmol/L"),
        ("Glycémie à jeun 5,1 mmol/L", "fasting_glucose 5.1 mmol/L"),
        ("Triglyzeride 150 mg/dl", "triglycerides 150 mg/dL"),
        ("Heart rate 48 bpm", "heart_rate 48 /min"),
        ("Gewicht 71,5 kg", "weight 71.5 kg"),
        ("QTc 480 msec", "QTc 480 ms"),
        ("ALT: 1'234 U/L", "ALT 1234 U/L"),
        ("ALT 1.234,5 U/L", "ALT 1234.5 U/L"),
        ("ALT (10-50) 180 U/L", "ALT 180 U/L 10-50"),
        ("* ALT < 5 U/L", "ALT <5 U/L"),
    ],
)
def test_a_line_is_read_as_a_nurse_reads_it(line, read):
    assert sure(line) == [read]


def test_a_range_is_never_taken_for_the_value_nor_cut_short():
    assert sure("WBC 4.2 10*9/L 3.6-10.0") == ["white_cells 4.2 10*9/L 3.6-10.0"]
    assert doubts_of("ALT 10-50 U/L 180") == {"line": "not understood: -50 180"}


@pytest.mark.parametrize(
    ("line", "formula"),
    [("QTcF 480 ms", "fridericia"), ("QTc (Bazett) 480 ms", "bazett"), ("QTc 480 ms", None)],
)
def test_the_formula_of_a_qtc_is_read_with_its_name(line, formula):
    assert read_report(line)[0].formula == formula


def test_several_values_in_one_line_are_parted():
    assert sure("ALT 180 U/l, AST 95 U/l; Hb 11,2 g/dl AP 240 U/l") == [
        "ALT 180 U/L", "AST 95 U/L", "haemoglobin 11.2 g/dL", "ALP 240 U/L",
    ]  # fmt: skip


def test_a_blood_pressure_is_two_values():
    assert sure("RR 130/85 mmHg") == ["systolic_bp 130 mm[Hg]", "diastolic_bp 85 mm[Hg]"]


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("ALT 1.234 U/L", {"value": "is it a thousand, or a decimal mark?"}),
        ("ALT ≤5 U/L", {"value": "printed with ≤"}),
        ("ALT pending", {"value": "no number was found"}),
        ("Kalium 4,1 mval/l", {"unit": "this unit is not known"}),
        ("Neutrophils 62 %", {"unit": "this unit is not known"}),
        ("ALT 180 U/L 50-10", {"lower": "the lower limit is above the upper one"}),
        ("Calcium ionisiert 1,2 mmol/l", {"line": "not understood: ionisiert"}),
        ("Bilirubin indirect 5 umol/l", {"line": "not understood: indirect"}),
        ("Glucose urine 5 mmol/l", {"line": "not understood: urine"}),
        ("CK-MB 25 U/l", {"line": "not understood: MB"}),
        ("ALT 180 U/L 95", {"line": "not understood: 95"}),
        ("12/03/14 ALT 180 U/L", {"date": "the year was printed with two digits"}),
    ],
)
def test_what_is_not_wholly_understood_is_said(line, doubts):
    assert doubts_of(line) == doubts


@pytest.mark.parametrize("line", ["CRP 12 mg/l", "eGFR >60 ml/min", "HbA1c 5,6 %", "Next appointment 20.04.2014"])
def test_a_line_about_something_else_is_shown_and_not_taken(line):
    (found,) = read_report(line)
    assert found.line == line
    assert not found.can_be_taken
    assert found.doubts == {"analyte": "no analyte of the record has this name"}


def test_titles_without_a_number_are_passed_over():
    assert read_report("Klinische Chemie\n\n  \nHämatologie\n") == ()


def test_a_name_that_only_begins_like_an_analyte_is_no_sure_value():
    (found,) = read_report("CA 19-9 35 U/mL")
    assert not found.is_sure


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Entnahme: 12.03.2014 08:15 Uhr", "2014-03-12"),
        ("Prélevé le 12/03/2014", "2014-03-12"),
        ("Collected on 12 March 2014", "2014-03-12"),
        ("Labor vom 12. März 2014", "2014-03-12"),
        ("12 févr. 2014", "2014-02-12"),
        ("2014-03-12", "2014-03-12"),
    ],
)
def test_the_day_stands_above_its_values(head, day):
    assert sure(f"{head}\nALT 180 U/L\nAST 95 U/L") == [f"{day} ALT 180 U/L", f"{day} AST 95 U/L"]


def test_the_day_of_an_appointment_or_a_report_is_not_that_of_the_draw():
    values = read_report("Kontrolle am 20.04.2014\nALT 180 U/L")
    assert [one.date for one in values if one.can_be_taken] == [""]


def test_each_block_has_its_own_day_and_a_line_its_own():
    text = "12.03.2014\nALT 180 U/L\n26.03.2014\nALT 95 U/L\n2.4.2014: ALT 60 U/L"
    assert sure(text) == ["2014-03-12 ALT 180 U/L", "2014-03-26 ALT 95 U/L", "2014-04-02 ALT 60 U/L"]


def test_days_in_columns_of_a_text():
    assert sure("  12.03.2014 26.03.2014\nALT 180 95 U/L (<40)\nHb  11,2  11,0 g/dl 12-16") == [
        "2014-03-12 ALT 180 U/L -40", "2014-03-26 ALT 95 U/L -40",
        "2014-03-12 haemoglobin 11.2 g/dL 12-16", "2014-03-26 haemoglobin 11.0 g/dL 12-16",
    ]  # fmt: skip


def test_a_row_with_too_few_values_for_its_days_is_doubtful():
    (found,) = read_report("12.03.2014 26.03.2014\nALT 180 U/L")
    assert found.doubts == {"date": "there are not as many values as days"}


SHEET = "Parameter\tErgebnis\tEinheit\tReferenzbereich\tMethode\nGPT\t180\tU/l\t10-50\tIFCC\nCRP\t<5\tmg/l\t<5\t"


def test_a_sheet_with_a_header_is_read_by_its_titles():
    values = read_report(f"Entnahme 12.03.2014\n{SHEET}")
    assert [said(one) for one in values] == ["2014-03-12 ALT 180 U/L 10-50", "?"]
    assert [one.is_sure for one in values] == [True, False]


def test_limits_may_stand_in_two_columns():
    text = "Test\tResult\tUnits\tLower\tUpper\nALT\t180 H\tU/L\t10\t50\nAST\t95\tU/L\t\t40\nHb\t11\tg/dl\t12\t"
    assert sure(text) == ["ALT 180 U/L 10-50", "AST 95 U/L -40", "haemoglobin 11 g/dL 12-"]


def test_days_in_columns_of_a_sheet_and_a_day_without_a_value():
    text = "\t12.03.2014\t26.03.2014\tEinheit\tNorm\nALT\t180\t95\tU/L\t<40\nPlaquettes\t250\t\tG/L\t150 - 400"
    assert sure(text) == [
        "2014-03-12 ALT 180 U/L -40", "2014-03-26 ALT 95 U/L -40", "2014-03-12 platelets 250 10*9/L 150-400",
    ]  # fmt: skip


def test_analytes_in_columns_with_rows_of_units_and_limits():
    head = "Date\tALT (U/L)\tAST (U/L)\tHb\nRef\t<40\t<35\t12-16\n\t\t\tg/dl\n"
    assert sure(head + "12.03.2014\t180\t95\t11,2\n26.03.2014\t60\t\t11") == [
        "2014-03-12 ALT 180 U/L -40", "2014-03-12 AST 95 U/L -35", "2014-03-12 haemoglobin 11.2 g/dL 12-16",
        "2014-03-26 ALT 60 U/L -40", "2014-03-26 haemoglobin 11 g/dL 12-16",
    ]  # fmt: skip


def test_rows_of_a_sheet_without_a_header():
    assert sure("GPT\t180\tU/l\t10-50\nGOT\t95\tU/l\t10-50") == ["ALT 180 U/L 10-50", "AST 95 U/L 10-50"]
    assert sure('"GPT";180;U/l;10-50') == ["ALT 180 U/L 10-50"]
    assert sure("12.03.2014\tALT\t180\tU/L") == ["2014-03-12 ALT 180 U/L"]


def test_a_column_of_former_values_is_not_taken():
    assert sure("Parameter\tWert\tVorwert\tEinheit\nALT\t180\t95\tU/l") == ["ALT 180 U/L"]


def test_the_same_analyte_twice_on_one_day_is_doubtful():
    first, second = read_report("ALT 180 U/L\nGPT 190 U/L")
    assert first.is_sure
    assert second.doubts == {"line": "this analyte comes twice"}


@pytest.mark.parametrize(
    ("digits", "number", "unsure"),
    [
        ("12,5", "12.5", False), ("0,123", "0.123", False), (".5", "0.5", False), ("1.234", "1.234", True),
        ("250,000", "250.000", True), ("1.234,5", "1234.5", False), ("1,234.5", "1234.5", False),
        ("1.234.567", "1234567", False), ("1\u202f234", "1234", False), ("42.0", "42.0", False),
    ],
)  # fmt: skip
def test_commas_points_and_thousands(digits, number, unsure):
    assert plain_number(digits)[0] == number
    assert bool(plain_number(digits)[1]) is unsure


@pytest.mark.parametrize(
    ("printed", "analyte", "ucum"),
    [
        ("U/l", None, "U/L"), ("µmol/L", None, "umol/L"), ("mcmol/L", None, "umol/L"), ("μkat/l", None, "ukat/L"),
        ("x 10^9 / L", None, "10*9/L"), ("10E9/L", None, "10*9/L"), ("10**9/l", None, "10*9/L"),
        ("10³/µl", None, "10*9/L"), ("Tsd./µl", None, "10*9/L"), ("/mm³", None, "/uL"), ("G/L", "platelets", "10*9/L"),
        ("g/L", "haemoglobin", "g/L"), ("mm Hg", None, "mm[Hg]"), ("mg/100 ml", None, "mg/dL"), ("mval/l", None, None),
    ],
)  # fmt: skip
def test_units_as_printed_become_ucum(printed, analyte, ucum):
    assert unit_printed(printed, analyte) == ucum


def test_every_analyte_has_a_name_and_a_usual_unit_that_can_be_read():
    assert all(analyte_named(name.replace("_", " ")) == name for name in ("ALT", "total_bilirubin", "white_cells"))
    assert {unit_printed(unit) for unit in USUAL_UNITS.values()} == set(USUAL_UNITS.values())


@pytest.mark.parametrize("text", ["31.02.2014", "12.13.2014", "1.2.3.4", "120/80/2014", "2014-13-01"])
def test_what_is_no_day_is_no_date(text):
    assert dates_in(text) == []


@given(st.text(alphabet="ALT GPT Hb/lU.,0123456789<>()-\t\n:;%µ+äé", max_size=120))
def test_whatever_is_pasted_no_number_is_invented(text):
    digits = re.sub(r"[^0-9]", "", text)
    for one in read_report(text):
        assert one.line.strip()
        for number in (one.value, one.lower, one.upper):
            bare = re.sub(r"[^0-9]", "", number).lstrip("0")
            assert bare in digits or not bare


@given(st.text(max_size=200))
def test_any_text_can_be_pasted(text):
    assert all(one.can_be_taken or one.doubts for one in read_report(text))
