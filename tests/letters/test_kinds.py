"""The five kinds of letters: what is on each, and what never is."""

from datetime import date
from io import BytesIO

import pytest
from letters.conftest import DAYS
from pypdf import PdfReader

from app.letters.content import ADVICE
from app.letters.kinds import KINDS
from app.letters.plain_names import ALK, CHECKS, LOCAL_TREATMENTS, PLACES, SCANS
from app.record.patient import Team
from builders import (
    a_baseline,
    a_diagnosis,
    a_dose,
    a_fish,
    a_line,
    a_local_treatment,
    a_patient,
    a_reading,
    a_record,
    a_specimen,
    an_assessment,
)

POSITIVE = (a_specimen(), a_fish(a_reading(33)))
ON_CRIZOTINIB = (*POSITIVE, a_line(doses=(a_dose(from_="2014-02-03"),)))


def text_of(desk, record, day="2014-12-01", **wanted):
    return " ".join(desk.pages(record, day, **wanted))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", range(1, 8))
def test_every_kind_prints_every_demonstration_patient(desk, kind, number):
    text = text_of(desk, desk.demo(number), DAYS[number], kind=kind)
    assert desk.demo(number).patient.mrn in text
    assert "record" in text


@pytest.mark.parametrize("kind", ["mdt", "pathway"])
@pytest.mark.parametrize("number", range(1, 8))
def test_what_is_for_one_page_is_on_one_page_with_its_preferred_option(desk, kind, number):
    (page,) = desk.pages(desk.demo(number), DAYS[number], kind=kind)
    preferred = desk.content_of_demo(number).next_step.options[0]
    assert " ".join(preferred.text.split()) in page
    assert "Historical protocol: this is the practice of 2015, not of today." in page


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("number", range(1, 8))
def test_no_letter_is_longer_than_it_must_be(desk, number, language):
    lengths = {kind: len(desk.pages(desk.demo(number), DAYS[number], kind=kind, language=language)) for kind in KINDS}
    assert lengths["clinic"] <= 3
    assert lengths["patient"] <= 2  # in large letters
    assert {lengths[kind] for kind in KINDS if kind not in ("clinic", "patient")} == {1}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["mdt", "pathway"])
@pytest.mark.parametrize("number", range(1, 8))
def test_the_board_sees_the_course_as_a_picture(desk, number, kind, language):
    (page,) = PdfReader(BytesIO(desk.pdf(desk.demo(number), DAYS[number], kind=kind, language=language))).pages
    assert b"/Figure <<" in page.get_contents().get_data()


def test_twelve_lines_of_treatment_are_on_one_page_and_what_is_left_out_is_said(desk):
    lines = [
        a_line(id=f"l{number}", start=f"{2002 + number}-01-05", stop=f"{2002 + number}-11-05", stop_reason="toxicity")
        for number in range(12)
    ]
    (page,) = desk.pages(a_record(*POSITIVE, *lines, diagnosis=a_diagnosis()), kind="mdt")
    assert "9 earlier lines are in the clinic letter" in page


def test_a_pathway_summary_lies_on_its_side(desk):
    (page,) = PdfReader(BytesIO(desk.pdf(desk.demo(2), DAYS[2], kind="pathway"))).pages
    assert page.mediabox.width > page.mediabox.height


@pytest.mark.parametrize(
    ("number", "question"),
    [
        (2, "Progression on line 1, crizotinib, shown 5 July 2012: what next?"),
        (4, "ALK positive, no palliative treatment yet: which treatment, and is the work-up complete?"),
        (6, "The protocol stops line 1, crizotinib, for good: what next?"),
    ],
)
def test_the_board_reads_its_question_first(desk, number, question):
    page = text_of(desk, desk.demo(number), DAYS[number], kind="mdt")
    assert question in page
    assert page.index(question) < page.index("Adenocarcinoma, stage IV")


@pytest.mark.parametrize(
    ("record", "question"),
    [
        (a_record(diagnosis=a_diagnosis()), "ALK is unknown: which test comes next?"),
        (
            a_record(*ON_CRIZOTINIB, diagnosis=a_diagnosis()),
            "Line 1, crizotinib, runs, its response not assessed yet: go on?",
        ),
        (
            a_record(*POSITIVE, a_line(stop="2014-10-01", stop_reason="progression"), diagnosis=a_diagnosis()),
            "The last line has ended: which treatment is next?",
        ),
        (a_record(patient=a_patient(deceased_on="2014-06-01")), "This patient is off the pathway: "),
    ],
)
def test_the_question_goes_with_the_stage(desk, record, question):
    assert desk.content(record, kind="mdt").question.startswith(question)


def test_a_question_that_somebody_asks_comes_before_ours(desk):
    assert desk.content(desk.demo(2), DAYS[2], kind="mdt", question="Radiotherapy first?").question == (
        "Radiotherapy first?"
    )


# The patient


def plain(desk, record, day="2014-12-01"):
    """Return the words under each heading; a part without one goes on with what stands before."""
    said = {}
    for one in desk.content(record, day, kind="patient").plain:
        heading = one.heading or (list(said)[-1] if said else "")
        words = " ".join((*one.sentences, *one.items)).replace("\u00a0", " ")
        said[heading] = f"{said[heading]} {words}" if heading in said else words
    return said


def test_the_patient_reads_in_plain_words_where_the_treatment_stands(desk):
    patient = a_patient(team=Team(nurse="Nurse Lee", doctor="Dr Keller"), address=("Long Road 1", "Town"))
    record = a_record(
        *ON_CRIZOTINIB, a_baseline(66), an_assessment(28, id="a2", date="2014-05-01", reported_response="PR"),
        a_local_treatment(), patient=patient, diagnosis=a_diagnosis(),
    )  # fmt: skip
    said = plain(desk, record)
    assert said["Your illness"] == (
        "You were found to have lung cancer. Doctors call this kind “adenocarcinoma”. "
        "The cancer was also found in the bones. "
        "A test has shown a change in a gene called ALK in the cancer. Genes are like building plans for our cells. "
        "There are medicines that act against cancers with this change."
    )
    assert said["Your treatment"] == (
        "Your medicine against the cancer is crizotinib. The treatment began on 3 February 2014. "
        "In our notes the dose of crizotinib is 250 mg, twice a day. You also had: "
        "radiotherapy (a treatment with rays) of a small spot: the brain, on 2 November 2014"
    )
    assert said["Your last scan"] == (
        "Your last scan was on 1 May 2014. The tumours had become clearly smaller. "
        "You can ask your team what this means for you."
    )
    content = desk.content(record, kind="patient")
    assert content.whom_to_call.call == "Phone: +00 000 000 000"
    assert content.whom_to_call.sentences[:2] == ("Your nurse is Nurse Lee.", "Your doctor is Dr Keller.")
    assert content.recipient == ("Ada Example", "Long Road 1", "Town")


def test_a_day_that_is_not_known_is_not_made_up(desk):
    record = a_record(*POSITIVE, a_line(start="2013", stop="2014-10", stop_reason="toxicity"))
    assert plain(desk, record)["Your treatment"] == (
        "Your last medicine against the cancer was crizotinib. "
        "This treatment was stopped in October 2014 because of side effects. "
        "At the moment our notes have no other medicine against the cancer."
    )


def test_where_nothing_is_recorded_no_cancer_is_spoken_of(desk):
    said = plain(desk, a_record())
    assert said["Your illness"] == "Our notes have no result about your illness yet."
    assert said["Your treatment"] == "Our notes have no medicine for you yet."
    assert "cancer" not in " ".join(said.values())


def test_an_amount_that_is_no_tablet_is_not_in_the_letter_to_the_patient(desk):
    dose = a_dose(drug="cisplatin", amount=75, unit="mg/m2", frequency="every_3_weeks", from_="2014-02-03")
    record = a_record(*POSITIVE, a_line(drugs=("cisplatin", "pemetrexed"), doses=(dose,)))
    said = plain(desk, record)["Your treatment"]
    assert said.startswith("Your medicines against the cancer are cisplatin and pemetrexed.")
    assert "75" not in said


def test_what_was_to_be_done_long_ago_is_said_to_have_no_result_and_not_to_be_late(desk):
    said = plain(desk, a_record(*ON_CRIZOTINIB, diagnosis=a_diagnosis()))["What happens next"]
    assert "We have no result of these checks in our notes. They may have been done somewhere else." in said
    assert "a blood test of the liver" in said
    assert "2014" not in said


def test_results_that_cannot_wait_are_said_to_need_a_closer_look_and_not_what_to_do(desk):
    said = {number: plain(desk, desk.demo(number), day)["What happens next"] for number, day in DAYS.items()}
    urgent = {
        number
        for number, day in DAYS.items()
        if any(one.severity == "Urgent" for one in desk.content_of_demo(number, day).next_step.alerts)
    }
    assert {number for number, words in said.items() if "need a closer look" in words} == urgent
    assert 6 in urgent


def test_a_pause_of_the_medicine_is_said(desk):
    doses = (a_dose(from_="2014-02-03"), a_dose(from_="2014-11-01", amount=0, frequency="held"))
    said = plain(desk, a_record(*POSITIVE, a_line(doses=doses)))["Your treatment"]
    assert said.endswith("At the moment crizotinib is paused.")


def test_nothing_that_is_advised_is_in_the_letter_to_the_patient(desk):
    for number, day in DAYS.items():
        content = desk.content_of_demo(number, kind="patient")
        text = text_of(desk, desk.demo(number), day, kind="patient")
        assert not content.has_advice
        assert [one.text for one in (*content.next_step.options, *content.next_step.alerts) if one.text in text] == []


def test_every_site_every_check_and_every_status_has_plain_words():
    from typing import get_args

    from app.record.codes import LocalTreatmentKind, Response, Site

    assert set(get_args(Site)) == set(PLACES)
    assert set(get_args(LocalTreatmentKind)) == set(LOCAL_TREATMENTS)
    assert set(get_args(Response)) == set(SCANS)
    assert set(ALK) == {"positive", "negative", "pending", "discordant", "unknown"}
    assert {"liver_function_tests", "blood_count", "ecg", "brain_mri", "assessment", "electrolytes"} <= set(CHECKS)


# The plan


def test_the_plan_has_every_check_with_how_often_its_days_and_its_rule(desk):
    plan = desk.content(a_record(*ON_CRIZOTINIB, diagnosis=a_diagnosis()), "2014-02-03", kind="plan").plan
    assert [(one.name, one.words) for one in plan.medicines] == [
        ("crizotinib", "250 mg twice daily, since 3 February 2014")
    ]
    liver = next(one for one in plan.rows if one.what == "liver function tests")
    assert (liver.every, liver.rule) == ("every 7 days, later every month", "M1, A16")
    assert liver.days == ("10 February 2014", "17 February 2014", "24 February 2014", "3 March 2014", "…")
    assert {one.id for one in plan.readings} >= {"A12", "A13", "A16"}


def test_what_is_overdue_in_a_plan_says_since_when(desk):
    plan = desk.content(a_record(*ON_CRIZOTINIB, diagnosis=a_diagnosis()), "2014-02-11", kind="plan").plan
    liver = next(one for one in plan.rows if one.what == "liver function tests")
    assert liver.days[0] == "10 February 2014 (1 day overdue)"


def test_a_plan_of_nothing_says_so(desk):
    text = text_of(desk, a_record(patient=a_patient(deceased_on="2014-06-01")), kind="plan")
    assert "No medicine is recorded." in text
    assert "No check is due by the protocol." in text


def test_the_plan_says_what_cannot_wait_before_the_medicines(desk):
    text = text_of(desk, desk.demo(6), DAYS[6], kind="plan")
    assert text.index("■ Urgent: ALT or AST above") < text.index("Medicines now")


# What a clinic leaves out


def test_a_section_that_the_clinic_leaves_out_is_not_printed(desk):
    text = text_of(desk, desk.demo(2), DAYS[2], without=frozenset({"course", "sources"}))
    assert "Diagnosis" in text
    assert "Protocol and evidence" not in text


def test_without_advice_a_letter_says_nothing_of_a_next_step(desk):
    left_out = frozenset({"next_step", "open_points", "sources"})
    text = text_of(desk, desk.demo(6), DAYS[6], without=left_out)
    step = desk.content_of_demo(6).next_step
    assert not any(one.text in text for one in (*step.options, *step.alerts))
    assert "■ Urgent" not in text_of(desk, desk.demo(6), DAYS[6], kind="plan", without=ADVICE)
    assert "Suggested next step" not in text
    assert "Historical protocol: " not in text


def test_the_work_up_of_a_treatment_that_nobody_has_accepted_is_not_in_the_letter_to_the_patient(desk):
    record = a_record(*POSITIVE, diagnosis=a_diagnosis())
    assert {one.what for one in desk.letters._advising.advise(record, date(2014, 12, 1)).due} >= {"ecg", "brain_mri"}
    assert plain(desk, record)["What happens next"] == (
        "You and your team decide together what comes next. "
        "This letter does not have the date of your next visit. You can ask us for it."
    )
    treated = plain(desk, a_record(*ON_CRIZOTINIB, diagnosis=a_diagnosis()), "2014-02-05")["What happens next"]
    assert "These checks go with your treatment. The dates are a plan, they are not appointments yet." in treated
    assert "a blood test of the liver: around 10 February 2014" in treated
