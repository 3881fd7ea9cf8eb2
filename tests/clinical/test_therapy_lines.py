import pytest

from app.clinical.therapy_lines import (
    course,
    dose_now,
    is_held,
    is_platinum_pemetrexed,
    name_of,
    numbered,
    numbers_of,
    palliative_lines,
    regimen_name,
)
from builders import a_dose, a_line, a_local_treatment, a_progression, a_record, an_assessment

INHIBITORS = {"crizotinib", "ceritinib"}
DOUBLET = a_line("carboplatin", "pemetrexed", id="l1", start="2014-02-03", stop="2014-06-10", stop_reason="completed")


def ids(lines):
    return [line.id for line in lines]


def course_of(*entries, **progressions):
    """Return the course of these entries; `l1=["2014-05-01"]` are the days of progressions of that line."""
    shown = {
        line: [(day, (f"a{place}",)) for place, day in enumerate(days, start=1)] for line, days in progressions.items()
    }
    return course(a_record(*entries), INHIBITORS, shown)


# --- order and number


def test_lines_are_numbered_in_the_order_they_began_not_in_that_of_the_list():
    record = a_record(a_line(id="l2", start="2015-01-01"), a_line(id="l1", start="2014-01-01"))
    assert [(number, line.id) for number, line in numbered(record)] == [(1, "l1"), (2, "l2")]


def test_lines_of_one_day_keep_the_order_of_the_list():
    record = a_record(a_line(id="l1", start="2014-01-01"), a_line(id="l2", start="2014-01-01"))
    assert ids(palliative_lines(record)) == ["l1", "l2"]


def test_a_line_without_a_start_keeps_its_place_in_the_list():
    record = a_record(
        a_line(id="l1", start="2014-01-01"), a_line(id="lx", start=None), a_line(id="l2", start="2015-01-01")
    )
    assert ids(palliative_lines(record)) == ["l1", "lx", "l2"]
    record = a_record(a_line(id="lx", start=None), a_line(id="l1", start="2014-01-01"))
    assert numbers_of(record) == {"lx": 1, "l1": 2}


def test_only_palliative_lines_count_and_a_line_that_does_not_say_is_one():
    record = a_record(
        a_line(id="n", start="2012-01-01", intent="neoadjuvant"),
        a_line(id="v", start="2012-06-01", intent="adjuvant"),
        a_line(id="l1", start="2014-01-01", intent=None),
    )
    assert numbers_of(record) == {"l1": 1}


def test_a_record_without_lines_has_no_course():
    assert course_of() == ()
    assert numbers_of(a_record()) == {}


def test_neither_a_dose_nor_a_local_treatment_nor_a_progression_begins_a_line():
    doses = (
        a_dose(from_="2014-02-03"), a_dose(from_="2014-03-10", amount=0, frequency="held"),
        a_dose(from_="2014-03-24", amount=200),
    )  # fmt: skip
    record = a_record(
        a_line(doses=doses),
        an_assessment(50, date="2014-10-28", progression=a_progression(extent="oligometastatic")),
        a_local_treatment(date="2014-11-02", prompted_by="a1"),
        an_assessment(50, id="a2", date="2015-02-01", reported_response="SD"),
    )
    assert numbers_of(record) == {"l1": 1}


@pytest.mark.parametrize("reason", ["progression", "toxicity", "patient_choice", "other", None])
def test_the_next_line_has_the_next_number_however_the_last_one_ended(reason):
    record = a_record(
        a_line(id="l1", stop="2014-06-01", stop_reason=reason), a_line("ceritinib", id="l2", start="2014-06-08")
    )
    assert numbers_of(record) == {"l1": 1, "l2": 2}


# --- maintenance


@pytest.mark.parametrize("start", ["2014-06-10", "2014-07-22", "2014-05-20"])
def test_maintenance_entered_as_a_line_keeps_the_number_of_what_it_maintains(start):
    record = a_record(
        DOUBLET,
        a_line("Pemetrexed ", id="l2", start=start, stop="2014-12-01", stop_reason="progression"),
        a_line("crizotinib", id="l3", start="2014-12-10"),
    )
    assert numbers_of(record) == {"l1": 1, "l2": 1, "l3": 2}


def test_what_is_left_of_maintenance_is_maintenance_too():
    record = a_record(
        a_line("cisplatin", "pemetrexed", "bevacizumab", id="l1", stop="2014-06-01", stop_reason="completed"),
        a_line("pemetrexed", "bevacizumab", id="l2", start="2014-06-20", stop="2014-12-01", stop_reason="completed"),
        a_line("pemetrexed", id="l3", start="2014-12-20"),
    )
    assert numbers_of(record) == {"l1": 1, "l2": 1, "l3": 1}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (DOUBLET, a_line("pemetrexed", id="l2", start="2014-07-23")),
        (DOUBLET, a_line("docetaxel", id="l2", start="2014-06-20")),
        (DOUBLET, a_line("carboplatin", "pemetrexed", id="l2", start="2014-06-20")),
        (DOUBLET, a_line("pemetrexed", id="l2", start=None)),
        (
            a_line("carboplatin", "pemetrexed", stop="2014-06-10", stop_reason="progression"),
            a_line("pemetrexed", id="l2", start="2014-06-20"),
        ),
        (
            a_line("carboplatin", "pemetrexed", stop=None, stop_reason="completed"),
            a_line("pemetrexed", id="l2", start="2014-06-20"),
        ),
    ],
    ids=["late", "another drug", "all of it again", "no start", "after progression", "no stop"],
)
def test_what_is_no_maintenance_is_a_line_of_its_own(first, second):
    assert numbers_of(a_record(first, second)) == {"l1": 1, "l2": 2}


@pytest.mark.parametrize("shown", [{"progression": a_progression()}, {"reported_response": "PD"}])
@pytest.mark.parametrize(
    ("day", "number"), [("2014-02-03", 1), ("2014-02-04", 2), ("2014-06-20", 2), ("2014-06-21", 1)]
)
def test_after_a_progression_the_same_drug_is_a_new_line(shown, day, number):
    record = a_record(DOUBLET, a_line("pemetrexed", id="l2", start="2014-06-20"), an_assessment(50, date=day, **shown))
    assert numbers_of(record)["l2"] == number


def test_before_maintenance_of_a_line_of_unknown_start_no_progression_may_stand():
    record = a_record(
        a_line("carboplatin", "pemetrexed", start=None, stop="2014-06-10", stop_reason="completed"),
        a_line("pemetrexed", id="l2", start="2014-06-20"),
    )
    assert numbers_of(record)["l2"] == 1
    shown = an_assessment(50, date="2013-01-01", reported_response="PD")
    assert numbers_of(a_record(*record.therapy_lines, shown))["l2"] == 2


# --- how lines ended


@pytest.mark.parametrize(
    ("stop", "reason", "state", "failed"),
    [
        (None, None, "running", False),
        ("2014-06-01", "progression", "failed", True),
        ("2014-06-01", "toxicity", "toxicity", False),
        ("2014-06-01", "completed", "ended", False),
        ("2014-06-01", "patient_choice", "ended", False),
        ("2014-06-01", "other", "ended", False),
        ("2014-06-01", None, "reason_unknown", False),
    ],
)
def test_a_line_stands_as_its_stop_says(stop, reason, state, failed):
    (line,) = course_of(a_line(stop=stop, stop_reason=reason))
    assert (line.state, line.failed, line.is_running) == (state, failed, stop is None)
    assert line.failed_by == (("l1",) if failed else ())


def test_treatment_beyond_progression_is_a_line_that_has_failed_and_runs():
    (line,) = course_of(a_line(), l1=["2014-06-01", "2014-09-01"])
    assert (line.number, line.state, line.failed, line.failed_by) == (1, "running", True, ("a2",))


@pytest.mark.parametrize(("day", "failed"), [("2014-06-01", True), ("2014-06-02", False)])
def test_an_inhibitor_has_failed_by_a_progression_no_later_than_its_stop(day, failed):
    first, second = course_of(
        a_line(stop="2014-06-01", stop_reason="patient_choice"), a_line("ceritinib", id="l2", start="2014-07-01"),
        l1=[day],
    )  # fmt: skip
    assert (first.failed, first.state) == (failed, "failed" if failed else "ended")
    assert (second.number, second.failed) == (2, False)


def test_within_a_partial_date_a_progression_may_be_before_the_stop():
    (line,) = course_of(a_line(stop="2014-06", stop_reason="other"), l1=["2014-06-30"])
    assert line.failed is True


def test_chemotherapy_has_failed_by_a_progression_after_its_stop():
    (line,) = course_of(DOUBLET, l1=["2014-08-01"])
    assert (line.has_inhibitor, line.failed, line.state, line.failed_by) == (False, True, "failed", ("a1",))


def test_a_stop_for_toxicity_stays_one_whatever_the_last_assessment_showed():
    (line,) = course_of(a_line(stop="2014-06-01", stop_reason="toxicity"), l1=["2014-05-01"])
    assert (line.state, line.failed) == ("toxicity", True)


def test_drugs_are_known_by_their_names_whatever_the_case():
    (line,) = course_of(a_line(" Crizotinib"))
    assert (line.has_inhibitor, line.drugs) == (True, frozenset({"crizotinib"}))
    assert name_of(" Crizotinib ") == "crizotinib"


# --- names and doses


@pytest.mark.parametrize(
    ("drugs", "name"),
    [
        (("crizotinib",), "crizotinib"),
        (("pemetrexed", "Cisplatin"), "platinum-pemetrexed"),
        (("carboplatin", "pemetrexed"), "platinum-pemetrexed"),
        (("carboplatin", "pemetrexed", "bevacizumab"), "platinum-pemetrexed-bevacizumab"),
        (("Cisplatin", "gemcitabine", "cisplatin"), "cisplatin-gemcitabine"),
        (("cisplatin", "carboplatin", "pemetrexed"), "cisplatin-carboplatin-pemetrexed"),
    ],
)
def test_a_line_is_called_by_its_regimen_or_its_drugs(drugs, name):
    assert regimen_name(a_line(*drugs)) == name


@pytest.mark.parametrize(
    ("drugs", "is_one"),
    [
        ({"cisplatin", "pemetrexed"}, True),
        ({"carboplatin", "pemetrexed", "bevacizumab"}, True),
        ({"pemetrexed"}, False),
        ({"cisplatin", "gemcitabine"}, False),
    ],
)
def test_a_platinum_doublet_holds_a_platinum_and_pemetrexed(drugs, is_one):
    assert is_platinum_pemetrexed(drugs) is is_one


def test_the_dose_now_is_the_newest_of_the_drug_and_of_one_day_the_one_entered_last():
    line = a_line(
        doses=(
            a_dose(from_="2014-05-01", amount=200), a_dose(from_="2014-02-03", amount=250),
            a_dose(from_="2014-05-01", amount=150), a_dose("ceritinib", from_="2014-06-01", amount=750),
        )
    )  # fmt: skip
    assert dose_now(line, "crizotinib", "2014-07-01").amount == 150
    assert dose_now(line, "alectinib", "2014-07-01") is None


def test_a_dose_that_has_ended_holds_no_longer():
    line = a_line(doses=(a_dose(to="2014-05-01"),))
    assert dose_now(line, "crizotinib", "2014-05-01") is not None
    assert dose_now(line, "crizotinib", "2014-05-02") is None


def test_a_dose_of_nothing_is_held():
    assert is_held(a_dose(frequency="held", amount=None)) is True
    assert is_held(a_dose(amount=0)) is True
    assert is_held(a_dose()) is False
    assert is_held(a_dose(amount=None)) is False
    assert is_held(None) is False
