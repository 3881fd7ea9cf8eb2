"""Why the advice is what it is: near misses that are near, missing facts with what they would do, the chain."""

from datetime import date

import pytest

from app.pathway.table import Between
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.demonstration import demonstration_files, telling_day
from app.services.patients import Patients
from app.services.why import _bounds, explain
from db.store import Store


@pytest.fixture(scope="module")
def why(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("why") / "clinic.sqlite")
    patients = Patients(store, lambda: date(2014, 11, 5))
    patients.import_files(demonstration_files())
    advising = Advising(Clinic(None))
    yield lambda mrn: explain(advising, patients.open(mrn).record, telling_day(mrn))
    store.close()


def test_a_missing_fact_says_what_each_of_its_values_would_do(why):
    said = {one.value: one for one in why("DEMO-2").supposed if one.fact == "progression_tempo"}
    assert said["slow"].is_same
    assert said["slow"].comes == (("continue_with_surveillance", "crizotinib"),)
    assert (said["rapid"].is_same, said["rapid"].comes, said["rapid"].goes) == (True, (), ())


def test_a_near_miss_names_the_fact_the_value_and_what_would_follow(why):
    near = {(one.rule, one.fact): one for table in why("DEMO-2").tables for one in table.near}
    tolerated = near["P7", "tolerated"]
    assert (tolerated.now, tolerated.needs, tolerated.action, tolerated.drug) == ("yes", ("no",), "switch", "ceritinib")


def test_what_follows_is_not_said_of_a_fact_that_never_changes_alone(why):
    near = [one for table in why("DEMO-2").tables for one in table.near]
    hold = next(one for one in near if one.fact == "treatment_hold")
    assert (hold.needs, hold.action, hold.drug) == (("withhold",), None, None)


def test_a_row_that_another_would_still_come_before_is_not_near(why):
    explained = why("DEMO-2")
    assert "S1" in {one["rule"] for table in explained.advice.trace["tables"] for one in table["near"]}
    assert "S1" not in {one.rule for table in explained.tables for one in table.near}


def test_the_rules_that_applied_say_their_words_and_where_they_lead(why):
    house, progression, *_rest = why("DEMO-2").tables
    assert house.fired[0].then[0] == progression.title == "Progression on an ALK inhibitor"
    assert progression.fired[0].rule == "P4"
    assert progression.fired[0].words.startswith("Keep crizotinib and treat the brain lesions locally")


def test_the_chain_goes_from_the_progression_to_its_open_end(why):
    [chain] = why("DEMO-1").chains
    assert chain.sentence().endswith("L1196M and C1156Y found; no next line yet")


def test_bounds_of_a_number_are_said_without_those_of_the_fact_itself():
    assert _bounds("qtc_ms", Between(500, 2000, low_open=True)) == "above 500 ms"
    assert _bounds("qtc_ms", Between(0, 470)) == "at most 470 ms"
    assert _bounds("qtc_ms", Between(470, 500, high_open=True)) == "at least 470 ms and below 500 ms"
    assert _bounds("qtc_ms", Between(0, 2000)) == "known"


@pytest.mark.parametrize("number", range(1, 8))
def test_every_demonstration_patient_can_be_explained(why, number):
    explained = why(f"DEMO-{number}")
    assert explained.tables[0].title == "Before anything else"
    assert len(explained.facts) > 50
