"""What had not yet happened on a day is not seen on that day."""

from datetime import date

import pytest

from app.record.fields import EnteredInError
from app.record.molecular_test import Fish, Ihc
from app.record.views import up_to
from builders import (
    a_condition,
    a_decision,
    a_diagnosis,
    a_dose,
    a_fish,
    a_gene_test,
    a_lab,
    a_line,
    a_local_treatment,
    a_medicine,
    a_note,
    a_patient,
    a_performance_status,
    a_reading,
    a_record,
    a_specimen,
    a_staging,
    a_test,
    a_trial,
    an_access,
    an_adverse_event,
    an_assessment,
    an_examination,
    an_ihc,
    an_ngs,
)

DAY = date(2014, 6, 1)
BEFORE, ON, AFTER = "2014-05-31", "2014-06-01", "2014-06-02"


def seen(*entries, day=DAY, **given):
    return up_to(a_record(*entries, **given), day)


def the_test(test, day=DAY):
    """Return how a test reads on a day, or None when it is not seen."""
    return next(iter(seen(test, day=day).tests), None)


DATED = [
    a_staging, a_local_treatment, an_assessment, a_trial, a_note, a_decision, a_performance_status, an_examination,
    lambda **given: a_condition("long_qt", **given),
    lambda **given: a_lab("ALT", 40, **given),
    lambda **given: an_access("alectinib", **given),
]  # fmt: skip


@pytest.mark.parametrize("kind", DATED)
def test_an_entry_of_a_later_date_is_not_seen(kind):
    assert [len(list(seen(kind(date=day)).entries())) for day in (BEFORE, ON, AFTER)] == [1, 1, 0]


@pytest.mark.parametrize(("day", "is_seen"), [("2014", True), ("2014-06", True), ("2014-07", False), ("2015", False)])
def test_a_partial_date_counts_from_its_earliest_day(day, is_seen):
    assert bool(seen(a_note(date=day)).notes) is is_seen


EVERY_KIND = [
    a_staging(), a_local_treatment(), an_assessment(), a_trial(), a_note(), a_decision(), a_performance_status(),
    an_examination(), a_condition("long_qt"), a_lab("ALT", 40), an_access("alectinib"), a_specimen(), an_ihc(),
    a_line(), an_adverse_event(), a_medicine(),
]  # fmt: skip


@pytest.mark.parametrize("entry", EVERY_KIND, ids=lambda entry: type(entry).__name__)
def test_an_entry_in_error_is_never_seen(entry):
    from dataclasses import replace

    assert len(list(seen(entry, day=date(2020, 1, 1)).entries())) == 1
    wrong = replace(entry, entered_in_error=EnteredInError(on="2020-06-01"))
    assert list(seen(wrong, day=date(2020, 1, 1)).entries()) == []


def test_what_changes_nothing_is_the_same_record():
    record = a_record(
        a_specimen(), an_ihc(), a_fish(a_reading(9, date="2014-01-20")), a_line(stop="2014-05-01", doses=(a_dose(),)),
        an_adverse_event(from_="2014-05-01", to="2014-05-03"), an_assessment(30), diagnosis=a_diagnosis(),
    )  # fmt: skip
    assert up_to(record, DAY) == record


# --- the patient and the diagnosis


def test_a_later_death_is_not_known():
    assert seen(patient=a_patient(deceased_on=AFTER)).patient.deceased_on is None
    assert seen(patient=a_patient(deceased_on=ON)).patient.deceased_on == ON


def test_a_later_diagnosis_is_not_known_and_one_without_a_date_is():
    assert seen(diagnosis=a_diagnosis(date=AFTER)).diagnosis is None
    assert seen(diagnosis=a_diagnosis(date=None)).diagnosis is not None
    assert seen().diagnosis is None


def test_a_later_resection_is_not_known():
    later = seen(diagnosis=a_diagnosis(resected=True, resected_on=AFTER)).diagnosis
    assert (later.resected, later.resected_on, later.stage) == (None, None, "IV")
    assert seen(diagnosis=a_diagnosis(resected=True, resected_on=ON)).diagnosis.resected is True


# --- specimens


def test_a_specimen_of_a_later_date_reads_as_requested():
    specimen = a_specimen(date=AFTER, requested_on=BEFORE, status="taken", adequate=True, histology="small_cell")
    (requested,) = seen(specimen).specimens
    assert (requested.status, requested.date, requested.adequate, requested.histology) == (
        "requested",
        None,
        None,
        None,
    )


def test_a_specimen_that_was_asked_for_later_is_not_seen():
    assert seen(a_specimen(date=AFTER)).specimens == ()
    assert seen(a_specimen(date=AFTER, requested_on=AFTER)).specimens == ()
    assert seen(a_specimen(date=None, status="requested", requested_on=AFTER)).specimens == ()


def test_a_specimen_without_a_date_has_always_been_there():
    assert len(seen(a_specimen(date=None)).specimens) == 1
    assert len(seen(a_specimen(date=None, status="requested", requested_on=ON)).specimens) == 1


# --- tests


@pytest.mark.parametrize("test", [an_ihc, a_fish, an_ngs, a_gene_test], ids=["ihc", "fish", "ngs", "gene"])
def test_a_test_reads_as_requested_before_its_report(test):
    early = the_test(test(reported_on=AFTER, requested_on=BEFORE))
    assert (early.status, early.requested_on, early.reported_on) == ("requested", BEFORE, None)
    assert (early.ihc, early.fish, early.rt_pcr, early.ngs, early.gene) == (None, None, None, None, None)
    on_the_day = test(reported_on=ON, requested_on=BEFORE)
    assert the_test(on_the_day) == on_the_day


def test_a_test_asked_for_later_is_not_seen_whatever_its_status_says_now():
    assert the_test(an_ihc(reported_on=AFTER, requested_on=AFTER)) is None
    assert the_test(a_test("t1", "ihc", reported_on=None, requested_on=AFTER)) is None


def test_a_test_whose_request_has_no_date_is_not_seen_before_it_is_reported():
    assert the_test(an_ihc(reported_on=AFTER)) is None
    assert the_test(a_test("t1", "ihc", reported_on=None)) is None


def test_a_failed_test_reads_as_requested_before_its_report():
    failed = a_test("t1", "fish", reported_on=AFTER, requested_on=BEFORE, status="failed")
    assert the_test(failed).status == "requested"
    assert the_test(failed, date(2014, 6, 2)).status == "failed"


def test_a_failed_test_without_a_report_failed_since_it_was_asked_for():
    assert the_test(a_test("t1", "fish", reported_on=None, requested_on=ON, status="failed")).status == "failed"
    assert the_test(a_test("t1", "fish", reported_on=None, status="failed")).status == "failed"
    assert the_test(a_test("t1", "fish", reported_on=None, requested_on=AFTER, status="failed")) is None


def test_a_reading_of_a_fish_counts_from_its_own_date_on():
    fish = a_fish(
        a_reading(7, reader="A", date=BEFORE), a_reading(10, reader="B", date=AFTER),
        reported="positive", reported_on="2014-06-05", requested_on="2014-05-20",
    )  # fmt: skip
    early = the_test(fish)
    assert (early.status, early.reported_on, early.requested_on) == ("requested", None, "2014-05-20")
    assert ([one.reader for one in early.fish.readings], early.fish.reported) == (["A"], None)
    assert [one.reader for one in the_test(fish, date(2014, 6, 2)).fish.readings] == ["A", "B"]


def test_a_dated_reading_shows_a_test_whose_request_has_no_date_or_a_later_one():
    fish = a_fish(a_reading(7, date=BEFORE), reported_on=AFTER)
    assert the_test(fish).requested_on is None
    assert the_test(a_fish(a_reading(7, date=BEFORE), reported_on=AFTER, requested_on=AFTER)).requested_on is None


def test_a_reading_without_a_date_is_of_the_report():
    fish = a_fish(a_reading(9), a_reading(8, reader="B", date=BEFORE), reported_on=AFTER, requested_on=BEFORE)
    assert [one.reader for one in the_test(fish).fish.readings] == ["B"]
    assert len(the_test(fish, date(2014, 6, 2)).fish.readings) == 2


def test_a_reading_later_than_the_report_is_not_seen_before_its_own_date():
    fish = a_fish(a_reading(7), a_reading(10, reader="B", date=AFTER), reported="inconclusive", reported_on=BEFORE)
    reported = the_test(fish)
    assert (reported.status, reported.fish.reported) == ("final", "inconclusive")
    assert [one.reader for one in reported.fish.readings] == ["A"]


def test_a_test_still_requested_has_no_result_though_one_was_typed():
    assert (
        the_test(a_test("t1", "ihc", reported_on=BEFORE, requested_on=BEFORE, status="requested")).reported_on is None
    )
    asked = a_test("t1", "ihc", reported_on=None, requested_on=BEFORE, ihc=Ihc(intensity=3), fish=Fish(fields=4))
    assert (the_test(asked).ihc, the_test(asked).fish) == (None, None)


# --- lines, doses, adverse events, medicines


def test_a_line_that_starts_later_is_not_seen():
    assert seen(a_line(start=AFTER)).therapy_lines == ()
    assert len(seen(a_line(start=ON)).therapy_lines) == 1
    assert len(seen(a_line(start=None)).therapy_lines) == 1


def test_a_later_stop_is_not_seen_nor_its_reason():
    (running,) = seen(a_line(stop=AFTER, stop_reason="progression")).therapy_lines
    assert (running.stopped_on, running.stop_reason) == (None, None)
    (stopped,) = seen(a_line(stop=ON, stop_reason="progression")).therapy_lines
    assert (stopped.stopped_on, stopped.stop_reason) == (ON, "progression")


def test_a_stop_reason_without_a_stop_stays_to_be_resolved():
    assert seen(a_line(stop_reason="toxicity")).therapy_lines[0].stop_reason == "toxicity"


def test_a_later_dose_is_not_seen_nor_the_end_of_one():
    line = a_line(doses=(a_dose(from_=BEFORE, to=AFTER), a_dose(from_=AFTER, amount=200)))
    (dose,) = seen(line).therapy_lines[0].doses
    assert (dose.amount, dose.to) == (250, None)


@pytest.mark.parametrize("kind", [an_adverse_event, a_medicine])
def test_what_begins_later_is_not_seen_nor_a_later_end(kind):
    assert list(seen(kind(from_=AFTER)).entries()) == []
    ((_, lasting),) = seen(kind(from_=BEFORE, to=AFTER)).entries()
    assert lasting.to is None
    ((_, ended),) = seen(kind(from_=BEFORE, to=ON)).entries()
    assert ended.to == ON


def test_a_medicine_without_a_start_has_always_been_taken():
    assert len(seen(a_medicine(from_=None)).medicines) == 1
