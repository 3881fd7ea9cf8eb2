"""What laboratories call their values, in English, German and French, and the units they print, as UCUM."""

import re
from functools import cache

from app.record.codes import Analyte
from app.record.folding import folded

# In UCUM, as laboratories here write them; the last value of a record wins over these.
USUAL_UNITS: dict[str, str] = {
    "ALT": "U/L", "AST": "U/L", "ALP": "U/L", "GGT": "U/L", "CK": "U/L", "LDH": "U/L", "lipase": "U/L",
    "amylase": "U/L", "total_bilirubin": "umol/L", "direct_bilirubin": "umol/L", "creatinine": "umol/L",
    "uric_acid": "umol/L", "glucose": "mmol/L", "fasting_glucose": "mmol/L", "cholesterol": "mmol/L",
    "triglycerides": "mmol/L", "LDL": "mmol/L", "HDL": "mmol/L", "phosphate": "mmol/L", "potassium": "mmol/L",
    "magnesium": "mmol/L", "calcium": "mmol/L", "haemoglobin": "g/dL", "white_cells": "10*9/L",
    "neutrophils": "10*9/L", "lymphocytes": "10*9/L", "platelets": "10*9/L", "QTc": "ms", "PR": "ms",
    "heart_rate": "/min", "systolic_bp": "mm[Hg]", "diastolic_bp": "mm[Hg]", "weight": "kg", "testosterone": "nmol/L",
}  # fmt: skip
COUNTS = frozenset({"white_cells", "neutrophils", "lymphocytes", "platelets"})

# Parted by "|"; case, accents, hyphens and brackets do not matter.
_NAMES: dict[Analyte, str] = {
    "ALT": "ALT|ALAT|GPT|SGPT|TGP|alanine aminotransferase|alanine transaminase|Alanin-Aminotransferase"
           "|alanine aminotransférase",
    "AST": "AST|ASAT|GOT|SGOT|TGO|aspartate aminotransferase|aspartate transaminase|Aspartat-Aminotransferase",
    "ALP": "ALP|AP|PAL|alk phos|alkaline phosphatase|alkalische Phosphatase|alk Phosphatase|phosphatases alcalines"
           "|phosphatase alcaline",
    "GGT": "GGT|gamma GT|γ-GT|gamma-glutamyl transferase|gamma-glutamyltransferase|Gamma-Glutamyl-Transferase",
    "total_bilirubin": "total bilirubin|bilirubin total|T Bili|TBIL|bilirubin gesamt|Gesamtbilirubin|Gesamt-Bilirubin"
                       "|bilirubine totale|bilirubin|bilirubine|bili",
    "direct_bilirubin": "direct bilirubin|bilirubin direct|conjugated bilirubin|bilirubin conjugated|DBIL"
                        "|bilirubin direkt|direktes Bilirubin|konjugiertes Bilirubin|bilirubin konjugiert"
                        "|bilirubine directe|bilirubine conjuguée",
    "CK": "CK|CPK|creatine kinase|creatine phosphokinase|Kreatinkinase|Creatinkinase|créatine kinase",
    "LDH": "LDH|lactate dehydrogenase|Laktatdehydrogenase|Lactatdehydrogenase|lactate déshydrogénase",
    "lipase": "lipase|lipasémie",
    "amylase": "amylase|alpha-amylase|pancreatic amylase|Pankreas-Amylase|amylasémie",
    "creatinine": "creatinine|Kreatinin|Creatinin|créatinine|créatininémie|creat|crea|krea",
    "uric_acid": "uric acid|urate|Harnsäure|Harnsaeure|acide urique|uricémie",
    "glucose": "glucose|Glukose|Blutzucker|BZ|glycémie",
    "fasting_glucose": "fasting glucose|glucose fasting|Nüchternglukose|Nüchternblutzucker|Glukose nüchtern"
                       "|Glucose nüchtern|glycémie à jeun|glucose à jeun",
    "cholesterol": "cholesterol|total cholesterol|cholesterol total|Cholesterin|Gesamtcholesterin|Cholesterin gesamt"
                   "|cholestérol|cholestérol total",
    "triglycerides": "triglycerides|Triglyceride|Triglyzeride|triglycérides|TG",
    "LDL": "LDL|LDL cholesterol|LDL-Cholesterin|cholestérol LDL|LDL-C",
    "HDL": "HDL|HDL cholesterol|HDL-Cholesterin|cholestérol HDL|HDL-C",
    "phosphate": "phosphate|inorganic phosphate|Phosphat|anorganisches Phosphat|phosphorus|Phosphor|phosphore"
                 "|phosphorémie|phosphatémie",
    "potassium": "potassium|Kalium|K|K+|kaliémie",
    "magnesium": "magnesium|magnésium|magnésémie|Mg|Mg2+",
    "calcium": "calcium|Kalzium|Ca|Ca2+|calcémie|total calcium|calcium total|Calcium gesamt",
    "haemoglobin": "haemoglobin|hemoglobin|Hämoglobin|hémoglobine|Hb|Hgb",
    "white_cells": "white cells|white cell count|white blood cells|white blood cell count|WBC|WCC|leukocytes"
                   "|leucocytes|Leukozyten|Leukos|Leuko|Leuco|globules blancs|GB",
    "neutrophils": "neutrophils|neutrophil count|absolute neutrophil count|ANC|neut|Neutrophile"
                   "|Neutrophile Granulozyten|Granulozyten neutrophile|neutrophiles|polynucléaires neutrophiles|PNN",
    "lymphocytes": "lymphocytes|lymphocyte count|Lymphozyten|lympho|lymphs",
    "platelets": "platelets|platelet count|PLT|thrombocytes|Thrombozyten|Thrombos|plaquettes",
    "QTc": "QTc|QTcF|QTcB|QTc interval|QTc-Zeit|QTc Fridericia|QTc Bazett|QTc corrigé",
    "PR": "PR|PR interval|PQ|PQ-Zeit|PQ interval|intervalle PR",
    "heart_rate": "heart rate|HR|pulse|Puls|Herzfrequenz|HF|fréquence cardiaque|FC|pouls",
    "systolic_bp": "systolic blood pressure|systolic BP|SBP|RR systolisch|Blutdruck systolisch|PA systolique|PAS",
    "diastolic_bp": "diastolic blood pressure|diastolic BP|DBP|RR diastolisch|Blutdruck diastolisch|PA diastolique|PAD",
    "weight": "weight|body weight|Gewicht|Körpergewicht|poids",
    "testosterone": "testosterone|total testosterone|Testosteron|testostérone",
}  # fmt: skip

# What may stand with a name without changing what it means.
QUALIFIERS = frozenset((
    "i", "im", "in", "the", "serum", "serumspiegel", "plasma", "s", "p", "hp", "blood", "blut", "sang", "venous",
    "ifcc", "jaffe", "enzymatic", "enzymatisch", "abs", "absolut", "absolute", "absolus", "level", "result",
))  # fmt: skip

# Units as printed (in small letters, without spaces, "^" for powers) and in UCUM.
_UNITS = {
    "u/l": "U/L", "iu/l": "U/L", "ui/l": "U/L", "[iu]/l": "U/L", "ie/l": "U/L", "ukat/l": "ukat/L",
    "umol/l": "umol/L", "mmol/l": "mmol/L", "nmol/l": "nmol/L",
    "mg/dl": "mg/dL", "mg/100ml": "mg/dL", "mg%": "mg/dL", "mg/l": "mg/L", "g/l": "g/L", "g/dl": "g/dL",
    "g/100ml": "g/dL", "ng/ml": "ng/mL", "ng/dl": "ng/dL", "ug/l": "ug/L",
    "10^9/l": "10*9/L", "giga/l": "10*9/L", "gpt/l": "10*9/L", "/nl": "10*9/L", "10^3/ul": "10*9/L",
    "10^3/mm^3": "10*9/L", "tsd/ul": "10*9/L", "tsd./ul": "10*9/L", "k/ul": "10*9/L", "1000/ul": "10*9/L",
    "/ul": "/uL", "/mm^3": "/uL", "/mm3": "/uL", "cells/ul": "/uL", "zellen/ul": "/uL",
    "ms": "ms", "msec": "ms", "/min": "/min", "1/min": "/min", "bpm": "/min", "min^-1": "/min", "batt/min": "/min",
    "mmhg": "mm[Hg]", "mm[hg]": "mm[Hg]", "kg": "kg",
}  # fmt: skip
_RAISED = {ord(raised): f"^{digit}" for raised, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}
LONGEST_UNIT = 14


@cache
def _known() -> dict[str, Analyte]:
    return {folded(name): analyte for analyte, names in _NAMES.items() for name in names.split("|")}


def analyte_named(words: str) -> Analyte | None:
    """Return the analyte that a laboratory calls so, or None."""
    return _known().get(folded(words))


def unit_printed(text: str, analyte: str | None = None) -> str | None:
    """Return a printed unit in UCUM, or None when it is not known; G/L is giga per litre only of blood counts."""
    plain = text.translate(_RAISED).replace("µ", "u").replace("μ", "u").replace("×", "x").replace("mc", "u", 1)
    plain = re.sub(r"\s", "", plain).casefold()
    plain = re.sub(r"^x(?=10)", "", plain)
    plain = re.sub(r"^10(?:\*\*|[*e])(?=[0-9])", "10^", plain)
    if analyte in COUNTS and plain in ("g/l", "109/l"):
        return "10*9/L"
    return _UNITS.get(plain)
