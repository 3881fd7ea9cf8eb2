"""Progression, re-biopsy, mechanism and next line as one chain, with its open ends in words."""

from datetime import date

import pytest

from app.clinical.resistance import chains
from app.paths import RESOURCES
from app.record.files import parsed_records, read_record
from app.record.molecular_test import Alteration
from app.record.views import up_to
from builders import (
    a_diagnosis,
    a_fish,
    a_line,
    a_local_treatment,
    a_patient,
    a_reading,
    a_record,
    a_specimen,
    a_test,
    an_assessment,
    an_ihc,
    an_ngs,
)

CRIZOTINIB = a_line(start="2014-02-03")
RESPONSE = an_assessment(id="a1", date="2014-06-01", reported_response="PR")
PD = an_assessment(id="a2", date="2014-10-28", reported_response="PD")
L1196M = Alteration(gene="ALK", kind="mutation", protein="p.L1196M")
C1156Y = Alteration(gene="ALK", kind="mutation", protein="p.C1156Y")


def a_rebiopsy(id="s2", date="2014-11-02", **given):
    return a_specimen(id, date, **{"purpose": "re-biopsy", "prompted_by": "a2", **given})


def told(*entries, patient=None):
    record = a_record(*entries, patient=patient, diagnosis=a_diagnosis())
    return [(chain.sentence(), chain.open_ends) for chain in chains(record)]


def only(*entries, patient=None):
    (one,) = told(*entries, patient=patient)
    return one


def test_no_progression_no_chain():
    assert told(CRIZOTINIB, RESPONSE) == []


def test_a_progression_on_chemotherapy_is_no_resistance_to_an_inhibitor():
    assert told(a_line("cisplatin", "pemetrexed"), PD) == []


def test_a_progression_alone_has_its_next_line_open():
    assert only(CRIZOTINIB, PD) == (
        "progressed on 2014-10-28; no re-biopsy and no plasma test recorded; no next line yet",
        ("no next line yet",),
    )


def test_the_whole_chain_from_progression_to_next_line():
    said = only(
        a_line(start="2014-02-03", stop="2014-11-20", stop_reason="progression"), RESPONSE, PD, a_rebiopsy(),
        an_ngs(L1196M, C1156Y, id="t9", specimen="s2", reported_on="2014-11-12"),
        a_line("ceritinib", id="l2", start="2014-11-24"),
    )  # fmt: skip
    assert said == (
        "progressed on 2014-10-28; re-biopsy taken on 2014-11-02; L1196M and C1156Y found; "
        "next line ceritinib on 2014-11-24",
        (),
    )


def test_the_first_demonstration_patient_is_told_in_words_with_dates_for_reading():
    with (RESOURCES / "demo" / "demo-1.json").open("rb") as source:
        record = up_to(read_record(next(parsed_records(source)), date(2026, 1, 1)), date(2009, 5, 20))
    (chain,) = chains(record)
    assert chain.sentence(lambda day: f"<{day}>") == (
        "progressed on <2009-05-02>; re-biopsy taken on <2009-05-10>; L1196M and C1156Y found; no next line yet"
    )
    assert [step.from_ for step in chain.steps()] == [("a8",), ("s9",), ("s9", "t9"), ()]
    assert (chain.line.id, chain.line_number, chain.assessments) == ("l2", 2, ("a8",))


def test_three_findings_are_listed_with_commas():
    kit = Alteration(gene="KIT", kind="amplification")
    tests = an_ngs(L1196M, C1156Y, kit, id="t9", specimen="s2", reported_on="2014-11-12")
    sentence, _open = only(CRIZOTINIB, PD, a_rebiopsy(), tests)
    assert "L1196M, C1156Y and KIT amplification found" in sentence
    (chain,) = chains(a_record(CRIZOTINIB, PD, a_rebiopsy(), tests))
    assert len(chain.explained_by) == 3


@pytest.mark.parametrize(
    ("rebiopsy", "tests", "said", "is_open"),
    [
        (a_rebiopsy(date=None, status="requested", requested_on="2014-11-01"), [],
         "re-biopsy asked for on 2014-11-01, not yet taken", True),
        (a_rebiopsy(date=None, status="requested"), [], "re-biopsy asked for, not yet taken", True),
        (a_rebiopsy(status="failed"), [], "re-biopsy failed", True),
        (a_rebiopsy(date=None), [], "re-biopsy taken", False),
        (a_rebiopsy(), [], "nothing tested on the re-biopsy", True),
        (a_rebiopsy(kind="plasma"), [], "nothing tested on the plasma", True),
        (a_rebiopsy(kind="plasma"), [], "plasma taken on 2014-11-02", False),
        (a_rebiopsy(), [a_test("t9", "ngs", None, specimen="s2")], "NGS of it awaited", True),
        (a_rebiopsy(), [a_test("t9", "ngs", specimen="s2", status="failed")], "NGS of it failed", True),
        (a_rebiopsy(), [an_ngs(id="t9", specimen="s2")], "no mechanism found", False),
        (a_rebiopsy(), [an_ihc(0, "negative", id="t9", specimen="s2")],
         "ALK IHC of the re-biopsy negative, and no FISH to say whether the fusion is lost", True),
        (a_rebiopsy(histology="small_cell"), [], "another histology: small cell carcinoma found", False),
    ],
)  # fmt: skip
def test_each_state_of_a_rebiopsy_is_said_and_what_is_open_is_marked(rebiopsy, tests, said, is_open):
    (chain,) = chains(a_record(CRIZOTINIB, PD, rebiopsy, *tests, diagnosis=a_diagnosis()))
    assert {step.text: step.is_open for step in chain.steps()}[said] is is_open


def test_a_negative_stain_with_a_fish_of_the_same_rebiopsy_asks_for_nothing_more():
    said, _open = only(
        CRIZOTINIB, a_specimen(), a_fish(a_reading(30), id="t1"), PD, a_rebiopsy(),
        an_ihc(0, "negative", id="t8", specimen="s2"), a_fish(a_reading(2), id="t9", specimen="s2"),
    )  # fmt: skip
    assert "loss of the ALK fusion found" in said
    assert "no FISH" not in said


def test_while_a_test_is_awaited_nothing_is_said_to_have_been_found_or_not():
    said, left_open = only(
        CRIZOTINIB, PD, a_rebiopsy(), an_ngs(id="t8", specimen="s2"), a_test("t9", "fish", None, specimen="s2")
    )
    assert "no mechanism found" not in said
    assert left_open == ("FISH of it awaited", "no next line yet")


# Which re-biopsy belongs to which progression.


def test_a_rebiopsy_without_a_prompt_belongs_to_the_progression_before_it():
    said, _open = only(CRIZOTINIB, PD, a_rebiopsy(prompted_by=None))
    assert "re-biopsy taken on 2014-11-02" in said


def test_a_rebiopsy_that_is_only_asked_for_belongs_by_the_day_it_was_asked_for():
    asked = a_rebiopsy(date=None, status="requested", requested_on="2014-11-01", prompted_by=None)
    assert "asked for on 2014-11-01" in only(CRIZOTINIB, PD, asked)[0]


@pytest.mark.parametrize("day", ["2014-09-01", None])
def test_a_rebiopsy_before_the_progression_or_without_any_day_belongs_to_none(day):
    said, _open = only(CRIZOTINIB, PD, a_rebiopsy(date=day, prompted_by=None))
    assert "no re-biopsy and no plasma test recorded" in said


def test_each_progression_has_its_own_rebiopsy_and_next_line():
    first, second = told(
        a_line(start="2014-02-03", stop="2014-11-10", stop_reason="progression"), PD, a_rebiopsy("s2", "2014-11-02"),
        a_line("ceritinib", id="l2", start="2014-11-24"),
        an_assessment(id="a5", date="2015-06-01", reported_response="PD"),
        a_rebiopsy("s3", "2015-06-10", prompted_by="a5"),
    )  # fmt: skip
    assert "2014-11-02" in first[0]
    assert "2015-06-10" not in first[0]
    assert first[0].endswith("next line ceritinib on 2014-11-24")
    assert second[0].startswith("progressed on 2015-06-01; re-biopsy taken on 2015-06-10")
    assert second[1] == ("nothing tested on the re-biopsy", "no next line yet")


# One progression or two.


def test_further_assessments_of_one_progression_are_one_chain():
    again = an_assessment(id="a3", date="2014-12-01", reported_response="PD")
    (chain,) = chains(a_record(CRIZOTINIB, PD, again, a_rebiopsy(date="2014-12-05", prompted_by="a3")))
    assert chain.assessments == ("a2", "a3")
    assert [one.id for one in chain.specimens] == ["s2"]


def test_after_a_local_treatment_it_is_a_new_progression_on_the_same_line():
    first, second = told(
        CRIZOTINIB, PD, a_local_treatment(date="2014-11-05", prompted_by="a2"),
        an_assessment(id="a3", date="2015-03-01", reported_response="PD"),
    )  # fmt: skip
    assert first == (
        "progressed on 2014-10-28; stereotactic radiotherapy of brain on 2014-11-05; "
        "no re-biopsy and no plasma test recorded; treatment went on, and progressed again",
        (),
    )
    assert second[1] == ("no next line yet",)


def test_after_a_response_it_is_a_new_progression():
    better = an_assessment(id="a3", date="2014-12-01", reported_response="PR")
    worse = an_assessment(id="a4", date="2015-03-01", reported_response="PD")
    assert len(told(CRIZOTINIB, PD, better, worse)) == 2


def test_a_local_treatment_of_another_time_does_not_part_a_progression():
    again = an_assessment(id="a3", date="2014-12-01", reported_response="PD")
    assert len(told(CRIZOTINIB, a_local_treatment(date="2014-05-05"), PD, again)) == 1
    assert len(told(CRIZOTINIB, PD, again, a_local_treatment(date="2014-12-05"))) == 1


def test_a_progression_answered_by_local_treatment_leaves_nothing_open_while_the_line_runs():
    said, left_open = only(CRIZOTINIB, PD, a_local_treatment(date="2014-11-05", prompted_by="a2"))
    assert said.endswith("the same treatment goes on")
    assert left_open == ()


@pytest.mark.parametrize(("stop", "said"), [("2014-11-10", "progressed on 2014-11-10"), (None, "progressed, on a day")])
def test_a_stop_for_progression_without_an_assessment_is_a_progression_too(stop, said):
    (chain,) = chains(a_record(a_line(stop=stop, stop_reason="progression"), a_rebiopsy(date="2014-11-12")))
    assert chain.sentence().startswith(said)
    assert chain.steps()[0].from_ == ("l1",)
    assert [one.id for one in chain.specimens] == ["s2"]


def test_a_next_line_without_a_start_is_named_without_a_day():
    said, _open = only(
        a_line(stop="2014-11-10", stop_reason="progression"), PD, a_line("ceritinib", id="l2", start=None)
    )
    assert said.endswith("next line ceritinib")


def test_after_death_no_line_is_awaited():
    said, left_open = only(CRIZOTINIB, PD, patient=a_patient(deceased_on="2014-12-01"))
    assert said.endswith("no next line")
    assert left_open == ()


def test_the_number_of_a_line_is_that_of_the_course_also_after_maintenance_that_was_entered_as_a_line():
    (chain,) = chains(
        a_record(
            a_line("cisplatin", "pemetrexed", id="l1", start="2013-09-02", stop="2013-12-20", stop_reason="completed"),
            a_line("pemetrexed", id="l2", start="2014-01-05", stop="2014-01-30", stop_reason="other"),
            a_line(id="l3"), PD,
        )
    )  # fmt: skip
    assert (chain.line.id, chain.line_number) == ("l3", 2)


def test_which_drugs_are_inhibitors_is_for_the_protocol_to_say():
    record = a_record(a_line("repotrectinib"), PD, a_specimen("s3", "2014-11-02", kind="plasma"))
    assert chains(record) == ()
    (chain,) = chains(record, {"repotrectinib"})
    assert [one.id for one in chain.specimens] == ["s3"]


def steps(*entries, patient=None):
    (chain,) = chains(a_record(*entries, patient=patient, diagnosis=a_diagnosis()))
    return [tuple(step) for step in chain.steps()]


def test_every_step_says_whether_something_is_still_to_come_and_which_entries_it_is_from():
    said = steps(
        a_line(stop="2014-11-20", stop_reason="progression"), PD,
        a_local_treatment(date="2014-11-01", prompted_by="a2"), a_rebiopsy(),
        an_ngs(L1196M, id="t9", specimen="s2", reported_on="2014-11-12"),
        a_test("t8", "fish", None, specimen="s2", requested_on="2014-11-03"),
        a_test("t7", "rt_pcr", specimen="s2", status="failed"), a_line("ceritinib", id="l2", start="2014-11-24"),
    )  # fmt: skip
    assert said == [
        ("progressed on 2014-10-28", False, ("a2",)),
        ("stereotactic radiotherapy of brain on 2014-11-01", False, ("k1",)),
        ("re-biopsy taken on 2014-11-02", False, ("s2",)),
        ("L1196M found", False, ("s2", "t9")),
        ("FISH of it awaited", True, ("t8",)),
        ("RT-PCR of it failed", True, ("t7",)),
        ("next line ceritinib on 2014-11-24", False, ("l2",)),
    ]


@pytest.mark.parametrize(
    ("entries", "last"),
    [
        ((), [("no re-biopsy and no plasma test recorded", False, ()), ("no next line yet", True, ())]),
        ((a_local_treatment(date="2014-11-01", prompted_by="a2"),),
         [("no re-biopsy and no plasma test recorded", False, ()), ("the same treatment goes on", False, ("l1",))]),
        ((a_rebiopsy(status="failed"),), [("re-biopsy failed", True, ("s2",)), ("no next line yet", True, ())]),
        ((a_rebiopsy(date=None, status="requested", requested_on="2014-11-03"),),
         [("re-biopsy asked for on 2014-11-03, not yet taken", True, ("s2",)), ("no next line yet", True, ())]),
        ((a_rebiopsy(),), [("nothing tested on the re-biopsy", True, ("s2",)), ("no next line yet", True, ())]),
        ((a_rebiopsy(), an_ngs(id="t9", specimen="s2")),
         [("no mechanism found", False, ("t9",)), ("no next line yet", True, ())]),
        ((a_rebiopsy(), an_ihc(reported="negative", id="t9", specimen="s2")),
         [("ALK IHC of the re-biopsy negative, and no FISH to say whether the fusion is lost", True, ("t9",)),
          ("no next line yet", True, ())]),
    ],
)  # fmt: skip
def test_what_is_open_at_the_end_of_a_chain_names_its_entry(entries, last):
    assert steps(CRIZOTINIB, PD, *entries)[-2:] == last


def test_after_death_the_chain_ends_with_nothing_to_come():
    assert steps(CRIZOTINIB, PD, patient=a_patient(deceased_on="2014-12-01"))[-1] == ("no next line", False, ())
