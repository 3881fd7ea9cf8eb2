"""The fixed word lists of the record format `alkpath-record/1`, each a `Literal`, and their labels for people."""

from typing import Literal

from app.words import later

Sex = Literal["female", "male", "other", "unknown"]
Histology = Literal["adenocarcinoma", "adenosquamous", "nsclc_nos", "large_cell", "squamous", "small_cell", "other"]
Stage = Literal["I", "IA", "IB", "II", "IIA", "IIB", "III", "IIIA", "IIIB", "IIIC", "IV", "IVA", "IVB"]
MetastaticSite = Literal[
    "adrenal", "bone", "brain", "contralateral_lung", "liver", "leptomeninges", "lymph_node", "pericardium", "pleura",
    "other",
]  # fmt: skip
Site = Literal[
    "lung", "adrenal", "bone", "brain", "contralateral_lung", "liver", "leptomeninges", "lymph_node", "pericardium",
    "pleura", "other",
]  # fmt: skip
SmokingStatus = Literal["never", "former", "current", "unknown"]
ConditionCode = Literal[
    "interstitial_lung_disease", "oxygen_dependence", "long_qt", "bradycardia", "visual_disorder",
    "hypogonadism_symptoms", "haemoptysis", "anticoagulation", "recent_surgery", "hypertension", "renal_impairment",
    "hepatic_impairment", "pregnancy", "opportunistic_infection", "other",
]  # fmt: skip
SpecimenKind = Literal["tissue", "cytology", "plasma"]
SpecimenStatus = Literal["requested", "taken", "failed"]
Preservation = Literal["fresh", "frozen", "ffpe"]
SpecimenPurpose = Literal["diagnosis", "re-biopsy"]
TestMethod = Literal["ihc", "fish", "rt_pcr", "ngs", "gene"]
TestStatus = Literal["requested", "final", "failed"]
Reported = Literal["positive", "negative", "inconclusive"]
GeneReported = Literal["wild_type", "mutated", "inconclusive"]
Gene = Literal["EGFR", "KRAS", "ROS1", "BRAF", "MET", "other"]
AlterationKind = Literal["mutation", "amplification", "loss_of_fusion", "activation"]
Intent = Literal["palliative", "adjuvant", "neoadjuvant"]
StopReason = Literal["progression", "toxicity", "completed", "patient_choice", "death", "other"]
DoseUnit = Literal["mg", "mg/m2", "mg/kg", "AUC"]
Frequency = Literal["once_daily", "twice_daily", "weekly", "every_3_weeks", "every_4_weeks", "held", "other"]
LocalTreatmentKind = Literal[
    "radiotherapy", "stereotactic_radiotherapy", "whole_brain_radiotherapy", "surgery", "ablation"
]
Modality = Literal["ct", "mri", "pet_ct", "clinical"]
NonTarget = Literal["none", "present", "complete_response", "non_cr_non_pd", "unequivocal_progression", "not_evaluated"]
Response = Literal["CR", "PR", "SD", "PD", "NE", "NON_CR_NON_PD"]
Tempo = Literal["slow", "moderate", "rapid"]
Extent = Literal["oligometastatic", "widespread"]
Comparator = Literal["<", ">"]
QtcFormula = Literal["fridericia", "bazett", "other"]
Analyte = Literal[
    "ALT", "AST", "ALP", "GGT", "total_bilirubin", "direct_bilirubin", "CK", "LDH", "lipase", "amylase", "creatinine",
    "uric_acid", "glucose", "fasting_glucose", "cholesterol", "triglycerides", "LDL", "HDL", "phosphate", "potassium",
    "magnesium", "calcium", "haemoglobin", "white_cells", "neutrophils", "lymphocytes", "platelets", "QTc", "PR",
    "heart_rate", "systolic_bp", "diastolic_bp", "weight", "testosterone",
]  # fmt: skip
ExaminationKind = Literal["echocardiogram", "ecg", "ophthalmological", "respiratory", "brain_mri", "other"]
ExcludedCause = Literal["progression", "infection", "radiation", "cholestasis", "haemolysis", "other"]
TrialSetting = Literal["adjuvant", "metastatic"]
Verdict = Literal["accepted", "modified", "declined"]
ReasonCode = Literal[
    "patient_preference", "comorbidity", "expected_toxicity", "access", "trial", "clinical_judgement", "data_wrong",
    "other",
]  # fmt: skip

# What rules know by name; any other term is kept as written.
KNOWN_ADVERSE_EVENTS = (
    "pneumonitis", "hepatitis", "qtc_prolonged", "torsade_de_pointes", "ventricular_tachycardia", "bradycardia",
    "visual_disorder", "neutropenia", "thrombocytopenia", "anaemia", "nausea", "diarrhoea", "vomiting",
    "constipation", "oedema", "fatigue", "dyspnoea", "rash", "hypogonadism",
)  # fmt: skip

# International names, as the record wants them; anything else may be written.
KNOWN_DRUGS = (
    "crizotinib", "ceritinib", "alectinib", "brigatinib", "lorlatinib", "ensartinib", "pemetrexed", "cisplatin",
    "carboplatin", "bevacizumab", "docetaxel", "paclitaxel", "gemcitabine", "vinorelbine", "erlotinib", "gefitinib",
    "nivolumab", "pembrolizumab", "atezolizumab",
)  # fmt: skip

# Codes whose words are not just the code with spaces.
_LABELS = {
    "nsclc_nos": later("NSCLC, not otherwise specified"),
    "large_cell": later("large cell carcinoma"),
    "small_cell": later("small cell carcinoma"),
    "squamous": later("squamous cell carcinoma"),
    "adenosquamous": later("adenosquamous carcinoma"),
    "long_qt": later("long QT"),
    "hypogonadism_symptoms": later("symptoms of hypogonadism"),
    "ffpe": later("fixed in formalin (FFPE)"),
    "ihc": later("IHC"),
    "fish": later("FISH"),
    "rt_pcr": later("RT-PCR"),
    "ngs": later("NGS"),
    "gene": later("single gene"),
    "fridericia": later("Fridericia"),
    "bazett": later("Bazett"),
    "wild_type": later("wild type"),
    "patient_choice": later("the patient's choice"),
    "every_3_weeks": later("every 3 weeks"),
    "every_4_weeks": later("every 4 weeks"),
    "mg/m2": "mg/m²",
    "ct": later("CT"),
    "mri": later("MRI"),
    "pet_ct": later("PET-CT"),
    "non_cr_non_pd": later("neither complete response nor progression"),
    "NON_CR_NON_PD": later("non-CR/non-PD"),
    "NA": later("none to assess"),
    "total_bilirubin": later("total bilirubin"),
    "PR_interval": later("PR interval"),
    "systolic_bp": later("systolic blood pressure"),
    "diastolic_bp": later("diastolic blood pressure"),
    "ecg": later("ECG"),
    "brain_mri": later("brain MRI"),
    "ophthalmological": later("ophthalmological examination"),
    "respiratory": later("respiratory examination"),
    "contralateral_lung": later("other lung"),
    "qtc_prolonged": later("QTc prolonged"),
    "torsade_de_pointes": later("torsade de pointes"),
    "recent_surgery": later("recent surgery"),
    "re-biopsy": later("re-biopsy"),
    "referrer": later("referrer"),
}


def label(code: str) -> str:
    """Return the English words for `code`; pass them through the translator of the reader's language."""
    return _LABELS.get(code) or code.replace("_", " ")
