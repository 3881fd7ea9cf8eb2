"""Makes the database of this version with an invented patient, once a release: `python tests/databases/make.py`.

A database that is here stays as it is for ever: it is what a clinic may still have.
"""

# ruff: noqa: E402, I001  # it runs as a script: the folders come first
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

from builders import (
    a_baseline, a_condition, a_decision, a_diagnosis, a_dose, a_fish, a_gene_test, a_lab, a_line, a_local_treatment,
    a_medicine, a_new_lesion, a_node, a_non_target, a_note, a_patient, a_performance_status, a_progression, a_reading,
    a_record, a_rt_pcr, a_specimen, a_staging, a_trial, an_access, an_adverse_event, an_assessment, an_examination,
    an_ihc, an_ngs,
)  # fmt: skip

from app.record.fields import EnteredInError
from app.record.molecular_test import Alteration
from app.record.patient import GeneralPractitioner, Recipient, Team
from app.record.record import PatientRecord
from db import migrate, people
from db.store import Store


def an_invented_record() -> PatientRecord:
    """Return a patient with every kind of entry, and every part of one."""
    patient = a_patient(
        mrn="TEST-1", family_name="Łukasiewicz", given_name="Invented", birth_date="1964-05", sex="female",
        address=("1 High Street", "Town"), gp=GeneralPractitioner(name="Dr Invented"),
        recipients=(Recipient(name="Dr Other", role="referrer"),), team=Team(nurse="nurse1"),
    )  # fmt: skip
    facts = {"progression_extent": "oligometastatic", "line_number": 1, "progression_sites": ("brain",)}
    return a_record(
        a_staging(), a_performance_status(), a_condition("hypertension"), a_specimen(), an_ihc(),
        a_fish(a_reading(9), a_reading(10, reader="B")), a_rt_pcr(), a_gene_test(),
        an_ngs(Alteration(gene="ALK", kind="mutation", protein="p.L1196M")),
        a_line(doses=(a_dose(), a_dose(from_="2014-03-10", amount=0, frequency="held", reason="hepatotoxicity"))),
        a_local_treatment(),
        a_baseline("42.0", a_node("N9", 16), non_target="present", non_target_lesions=(a_non_target("N1", "present"),)),
        an_assessment(20, new_lesions=(a_new_lesion(),), progression=a_progression(tempo="slow", sites=("brain",))),
        a_lab("ALT", 180, unit="U/L"), an_examination(), an_adverse_event(causes_excluded=("infection",)),
        an_access("alectinib"), a_trial(), a_medicine(), a_decision("declined", facts=facts), a_note(),
        patient=patient, diagnosis=a_diagnosis(),
    )  # fmt: skip


if __name__ == "__main__":
    made = HERE / f"alkpath-{migrate.HEAD}.sqlite"
    if made.exists():
        sys.exit(f"{made.name} is there already, and stays as it is")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "a.sqlite")
        record = an_invented_record()
        version = store.save(record, None, by="nurse1")
        wrong = EnteredInError(on="2014-11-02", by="nurse2", reason="other patient")
        store.save(record.with_entry(replace(a_note(), entered_in_error=wrong)), version, by="nurse2")
        with store.cursor(writing=True) as cursor:
            people.put(cursor, people.Person(name="nurse1", role="nurse"))
        store.close()
        migrate.backup(Path(folder) / "a.sqlite", made)
