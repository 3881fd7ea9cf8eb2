"""What things are called in the letter to the patient: the words of a family, each explained where it is not one."""

from collections.abc import Mapping

from app.words import later

LUNG_CANCERS = ("adenocarcinoma", "adenosquamous", "nsclc_nos", "large_cell", "squamous", "small_cell")
PLACES = {
    "adrenal": later("an adrenal gland (a small gland above the kidney)"), "bone": later("the bones"),
    "brain": later("the brain"), "contralateral_lung": later("the other lung"), "leptomeninges": later(
        "the thin skin around the brain"
    ), "liver": later("the liver"), "lung": later("the lung"), "lymph_node": later("lymph nodes (small glands)"),
    "pericardium": later("the thin skin around the heart"), "pleura": later("the thin skin around the lung"),
    "other": later("another place"),
}  # fmt: skip
ALK: Mapping[str, tuple[str, ...]] = {
    "positive": (
        later("A test has shown a change in a gene called ALK in the cancer."),
        later("Genes are like building plans for our cells."),
        later("There are medicines that act against cancers with this change."),
    ),
    "negative": (
        later("Tests have not shown a change in a gene called ALK."),
        later("Genes are like building plans for our cells."),
    ),
    "pending": (
        later("A test that looks for a change in a gene called ALK is not finished yet."),
        later("Genes are like building plans for our cells."),
    ),
    "discordant": (
        later("We have tested for a change in a gene called ALK. The tests do not say the same."),
        later("Genes are like building plans for our cells."),
        later("So we cannot say yet if the change is there."),
    ),
    "unknown": (
        later("We do not know if the cancer has a change in a gene called ALK."),
        later("Genes are like building plans for our cells."),
    ),
}
SCANS = {
    "CR": later("It did not show any tumour any more."),
    "PR": later("The tumours had become clearly smaller."),
    "SD": later("The tumours had stayed about the same."),
    "NON_CR_NON_PD": later("Some tumour could still be seen. It had not clearly grown."),
    "PD": later("Some of the cancer had grown, or had come up in a new place. We know that this is hard to read."),
    "NE": later("It did not give a clear answer."),
}
HOW_OFTEN = {
    "once_daily": later("once a day"), "twice_daily": later("twice a day"), "weekly": later("once a week"),
    "every_3_weeks": later("every 3 weeks"), "every_4_weeks": later("every 4 weeks"),
}  # fmt: skip
STOPPED = {
    "toxicity": later("This treatment was stopped {on_date} because of side effects."),
    "progression": later("This treatment was stopped {on_date} because the cancer had grown."),
    "completed": later("This treatment came to its planned end {on_date}."),
    "patient_choice": later("This treatment was stopped {on_date}, as you wished."),
}
ENDED = later("This treatment ended {on_date}.")
LOCAL_TREATMENTS = {
    "radiotherapy": later("radiotherapy (a treatment with rays)"),
    "stereotactic_radiotherapy": later("radiotherapy (a treatment with rays) of a small spot"),
    "whole_brain_radiotherapy": later("radiotherapy (a treatment with rays) of the whole brain"),
    "surgery": later("an operation"),
    "ablation": later("a treatment that destroys a small spot of cancer"),
}
CHECKS = {
    "liver_function_tests": later("a blood test of the liver"),
    "blood_count": later("a blood test that counts the blood cells"),
    "ecg": later("an ECG (a drawing of the heartbeat)"),
    "echocardiogram": later("an ultrasound of the heart (pictures made with sound)"),
    "ophthalmological_examination": later("a check of the eyes"),
    "respiratory_examination": later("a check of the lungs and the breathing"),
    "brain_mri": later("an MRI of the head (pictures made with a magnet)"),
    "hypogonadism_assessment": later("a blood test of hormones (the body’s own signals)"),
    "assessment": later("the next scan"),
    "test_result": later("the result of a test"),
    "rebiopsy": later("a new sample for tests, of the tumour or of the blood"),
    "electrolytes": later("a blood test of the salts in the body"),
}
WAITED_FOR = ("test_result", "rebiopsy")  # the team has asked for it; nothing else is so before a treatment runs
