"""What a board and a ward act on: nothing ended as if it went on, no half of a truth, the question as it is."""

from datetime import date
from io import BytesIO

import pytest
from letters.conftest import DAYS
from pypdf import PdfReader

from app.figures.shapes import Text
from app.letters.content import LetterContent
from app.letters.shortening import STEPS
from app.words import speaking
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


def on_crizotinib(*doses):
    return a_record(*POSITIVE, a_line(doses=(a_dose(from_="2014-02-03"), *doses)), diagnosis=a_diagnosis())


def medicines(desk, record, day):
    plan = desk.content(record, day, kind="plan").plan
    return {one.name: one.words for one in plan.medicines}


def test_a_drug_that_has_ended_is_no_medicine_whose_dose_is_unknown(desk):
    assert medicines(desk, desk.demo(3), DAYS[3]) == {
        "carboplatin": "ended 26 December 2011",
        "pemetrexed": "500 mg/m² every 3 weeks, since 22 August 2011",
    }


def test_the_patient_reads_of_the_medicines_that_go_on_alone(desk):
    said = " ".join(one for part in desk.content_of_demo(3, kind="patient").plain for one in part.sentences)
    words = said.replace("\u00a0", " ")
    assert "Your medicine against the cancer is pemetrexed." in words
    assert "In our notes carboplatin ended on 26 December 2011." in words


def test_a_dose_is_given_since_its_own_day_and_not_since_the_treatment_began(desk):
    held = a_dose(from_="2014-03-04", amount=None, unit=None, frequency="held", reason="hepatotoxicity")
    assert medicines(desk, on_crizotinib(held), "2014-03-05") == {
        "crizotinib": "held, since 4 March 2014: hepatotoxicity; treatment since 3 February 2014"
    }
    lower = a_dose(from_="2014-05-01", amount=200, reason="nausea")
    assert medicines(desk, on_crizotinib(lower), "2014-06-01") == {
        "crizotinib": "200 mg twice daily, since 1 May 2014: nausea; treatment since 3 February 2014"
    }


def test_a_hold_that_is_over_is_not_the_end_of_a_drug(desk):
    held = a_dose(from_="2014-03-04", to="2014-03-20", amount=None, unit=None, frequency="held")
    assert medicines(desk, on_crizotinib(held), "2014-04-01") == {
        "crizotinib": "dose not recorded, since 3 February 2014"
    }


@pytest.mark.parametrize(("number", "said"), [(6, "discontinue (rule X3)"), (7, "withhold (rule X3)")])
def test_a_medicine_that_an_alert_takes_away_says_so_where_its_dose_stands(desk, number, said):
    (words,) = medicines(desk, desk.demo(number), DAYS[number]).values()
    assert words == f"250 mg twice daily, since 4 February 2014 ■ {said}"


def test_the_dose_that_an_alert_takes_away_is_not_in_the_letter_to_the_patient(desk):
    for number in (6, 7):
        said = " ".join(one for part in desk.content_of_demo(number, kind="patient").plain for one in part.sentences)
        assert "crizotinib" in said
        assert "250" not in said
        assert "please call us now" in said


def test_the_plan_says_what_its_days_rest_on(desk):
    on_time = desk.content(on_crizotinib(), "2014-02-03", kind="plan").plan
    assert on_time.below == "The days after the first suppose that each check is done on its day."
    late = desk.content(on_crizotinib(), "2014-02-11", kind="plan").plan
    assert late.below.startswith("What is overdue is reckoned as done on 11 February 2014;")
    assert desk.content_of_demo(4, kind="plan").plan.below == ""  # nothing there is due again


def test_a_plan_of_a_record_that_contradicts_itself_says_that(desk):
    record = a_record(*POSITIVE, a_line(id="l1"), a_line(id="l2", start="2014-06-01"), diagnosis=a_diagnosis())
    plan = desk.content(record, kind="plan").plan
    assert plan.rows == ()
    assert plan.below.startswith("The record contradicts itself")


BASELINE = a_baseline(50, date="2014-02-01")
PROGRESSION = an_assessment(70, date="2014-10-01", id="p1", reported_response="PD")
ANSWERED = a_local_treatment(date="2014-10-20", prompted_by="p1")


@pytest.mark.parametrize(
    ("record", "question"),
    [
        (
            a_record(*POSITIVE, a_line(id="l1"), a_line(id="l2", start="2014-06-01"), diagnosis=a_diagnosis()),
            "The record contradicts itself: which entry is right?",
        ),
        (on_crizotinib(), "Line 1, crizotinib, runs, its response not assessed yet: go on?"),
        (
            a_record(*POSITIVE, a_line(), BASELINE, PROGRESSION, ANSWERED, diagnosis=a_diagnosis()),
            "Line 1, crizotinib, runs on after the progression of 1 October 2014 was answered: go on?",
        ),
    ],
)
def test_the_question_says_no_more_than_is_so(desk, record, question):
    assert desk.content(record, kind="mdt").question == question


@pytest.mark.parametrize(
    ("number", "question"),
    [
        (5, "ALK positive, disease not metastatic, outside the protocol: which treatment?"),
        (6, "The protocol stops line 1, crizotinib, for good: what next?"),
        (7, "The protocol withholds line 1, crizotinib: how to go on?"),
    ],
)
def test_the_question_names_what_is_to_be_decided(desk, number, question):
    assert desk.content_of_demo(number, kind="mdt").question == question


def shortened(content: LetterContent) -> list[LetterContent]:
    steps = []
    for step in STEPS:
        content = step(content)
        steps.append(content)
    return steps


def test_however_short_a_board_page_is_no_drug_of_two_loses_its_dose(desk):
    for one in shortened(desk.content_of_demo(1, kind="mdt")):
        assert "cisplatin 75 mg/m²" in " ".join(one.lines[0].doses)


def test_however_short_a_board_page_is_one_of_two_drugs_never_has_its_cautions_alone(desk):
    for one in shortened(desk.content_of_demo(1, kind="mdt")):
        first, second = one.next_step.options[:2]
        about = [any("(R14)" in words for words in option.cautions) for option in (first, second)]
        assert about in ([True, True], [False, False])


def test_the_board_reads_what_the_review_says_of_each_drug(desk):
    (page,) = desk.pages(desk.demo(1), DAYS[1], kind="mdt")
    assert page.count("(R14)") == 2


def test_however_short_a_board_page_is_its_last_assessment_says_something(desk):
    for number in (1, 6):
        for one in shortened(desk.content_of_demo(number, kind="mdt")):
            said = one.assessment
            assert said.responses or said.lesions or said.why


@pytest.mark.parametrize("kind", ["mdt", "pathway"])
def test_a_page_that_speaks_of_what_is_due_says_what_it_is(desk, kind):
    (page,) = desk.pages(desk.demo(4), DAYS[4], kind=kind)
    assert "Due: liver function tests, blood count, ECG, echocardiogram" in page
    assert "(28 May 2014)" in page


def test_french_has_its_space_before_a_colon_in_bold_and_between_clauses(desk):
    (page,) = desk.pages(desk.demo(7), DAYS[7], kind="mdt", language="fr")
    assert [words for words in ("Question:", "Urgent:", "Préférée:") if words in page] == []
    assert "Question :" in page
    content = desk.content_of_demo(7, kind="mdt")
    assert "one reader; 4 fields" in content.tests[0].result
    with speaking("fr"):
        assert "un lecteur\u202f; 4 champs" in desk.content_of_demo(7, kind="mdt", language="fr").tests[0].result


def test_the_dead_have_a_plan_of_nothing(desk):
    record = a_record(patient=a_patient(deceased_on="2014-06-01"))
    content = desk.letters.content(record, date(2014, 12, 1), kind="plan")
    assert content.plan.below.startswith("No check is due by the protocol.")


@pytest.mark.parametrize("number", [4, 5])
def test_a_page_half_empty_is_set_larger(desk, number):
    content = desk.content_of_demo(number, kind="pathway")
    (page,) = PdfReader(BytesIO(desk.pdf(desk.demo(number), DAYS[number], kind="pathway"))).pages
    sizes = []
    page.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sizes.append(size) if "ALK" in text else None)
    assert max(sizes) > 12
    assert content.roomy[0].height > content.course.height


def test_the_limit_at_which_treatment_is_held_has_its_name_on_the_picture(desk):
    words = [one.text for one in desk.content_of_demo(6, kind="pathway").course.shapes if isinstance(one, Text)]
    assert words.count("dashed: hold above 5") == 2
    assert "dashed: hold above 1.5" in words


@pytest.mark.parametrize("number", [4, 5, 6])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_short_letter_to_the_patient_is_one_page_and_not_in_small_print(desk, number, language):
    (page,) = PdfReader(BytesIO(desk.pdf(desk.demo(number), DAYS[number], kind="patient", language=language))).pages
    sizes = []
    page.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sizes.append(size) if "ALK" in text else None)
    assert min(sizes) > 13
