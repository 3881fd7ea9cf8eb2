"""What the team has put aside is not due in the letter to the patient, and is said to rest in the plan of a ward."""

from datetime import date

import pytest

from app.pathway.resting import resting
from app.pathway.worklist import Task
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from app.services.put_aside import PutAside, PutAsides
from app.services.worklist import Worklist
from builders import a_diagnosis, a_dose, a_fish, a_line, a_patient, a_reading, a_record, a_specimen, a_test
from db.store import Store

DAY = date(2014, 11, 5)
EYES, BLOOD = "a check of the eyes", "a blood test that counts the blood cells"


class Ward:
    """One patient on crizotinib in a database, whose worklist can be put aside."""

    def __init__(self, tmp_path):
        clinic = Clinic(None)
        advising = Advising(clinic)
        self.store = Store(tmp_path / "a.db")
        self.asides = PutAsides(self.store)
        self.worklist = Worklist(self.store, advising)
        self.letters = Letters(clinic, advising, asides=self.asides)
        asked = a_specimen("s9", None, status="requested", requested_on="2014-10-20", purpose="re-biopsy")
        waiting = a_test("t9", "ngs", None, specimen="s9", status="requested", requested_on="2014-10-20")
        line = a_line(start="2014-10-06", doses=(a_dose(from_="2014-10-06"),))
        self.record = a_record(
            a_specimen(), a_fish(a_reading(30)), line, asked, waiting, patient=a_patient(), diagnosis=a_diagnosis()
        )
        self.store.save(self.record, None, by="")

    def put_aside(self, kind, what, verdict="snoozed", until=date(2014, 11, 12), by="M. Keller"):
        self.worklist.bring_up_to_date(DAY)
        item = next(one for one in self.worklist.shown(DAY) if (one.task.kind, one.what) == (kind, what))
        answer = PutAside(
            verdict=verdict, day=DAY.isoformat(), until=until and until.isoformat(), reason="Not needed", by=by
        )
        return self.asides.put(item, answer, DAY)

    def to_patient(self, day=DAY):
        content = self.letters.content(self.record, day, kind="patient")
        return {item.partition(":")[0] for part in content.plain for item in part.items}

    def planned(self, day=DAY):
        return {one.what: one.days for one in self.letters.content(self.record, day, kind="plan").plan.rows}


@pytest.fixture
def ward(tmp_path):
    made = Ward(tmp_path)
    yield made
    made.store.close()


@pytest.mark.parametrize("verdict", ["snoozed", "done"])
def test_a_check_that_was_put_aside_is_not_in_the_letter_to_the_patient_until_it_comes_back(ward, verdict):
    assert {EYES, BLOOD} <= ward.to_patient()
    aside = ward.put_aside("due", "ophthalmological_examination", verdict)
    assert EYES not in ward.to_patient()
    assert BLOOD in ward.to_patient()
    assert EYES in ward.to_patient(date(2014, 11, 12))
    ward.asides.take_back(aside, "P. Novak")
    assert EYES in ward.to_patient()


def test_the_plan_of_a_ward_says_who_put_a_check_aside_until_when_and_why(ward):
    before = ward.planned()
    ward.put_aside("due", "ophthalmological_examination")
    after = ward.planned()
    assert after["ophthalmological examination"] == ("put aside by M. Keller until 12 November 2014: Not needed",)
    assert {name: days for name, days in after.items() if name != "ophthalmological examination"} == {
        name: days for name, days in before.items() if name != "ophthalmological examination"
    }


def test_a_sample_that_was_put_aside_takes_the_results_with_it_that_wait_for_it(ward):
    sample, result = "a new sample for tests, of the tumour or of the blood", "the result of a test"
    assert {sample, result} <= ward.to_patient()
    ward.put_aside("rebiopsy", "tissue", "done", None)
    assert not {sample, result} & ward.to_patient()
    assert ward.planned()["re-biopsy"] == ("put aside by M. Keller: Not needed",)


def test_the_letter_to_professionals_says_what_the_protocol_asks_for_all_the_same(ward):
    before = ward.letters.content(ward.record, DAY).next_step
    ward.put_aside("due", "ophthalmological_examination")
    assert ward.letters.content(ward.record, DAY).next_step == before


def test_nothing_is_put_aside_for_a_record_that_is_not_in_the_database(ward):
    ward.put_aside("due", "ophthalmological_examination")
    other = a_record(*(entry for _section, entry in ward.record.entries()), patient=a_patient(mrn="B-7"))
    content = ward.letters.content(other, DAY, kind="patient")
    assert EYES in {item for part in content.plain for item in part.items}


def test_what_two_tasks_ask_for_rests_only_when_both_were_put_aside():
    tasks = [Task(kind="awaited", what=name, since=None, rule="H3", facts=name) for name in ("ngs", "fish")]
    assert resting(tasks, {"ngs": 1}) == {}
    assert resting(tasks, {"ngs": 1, "fish": 2}) == {("test_result", "H3"): (1, 2)}
