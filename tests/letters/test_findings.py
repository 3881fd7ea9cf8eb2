"""Laboratory values, examinations and notes in a letter."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from letters.conftest import DAYS
from pypdf import PdfReader

from app.figures.shapes import Line
from app.letters.kinds import KINDS
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from app.words import speaking
from builders import a_lab, a_line, a_note, a_record, an_adverse_event, an_examination

NO_BREAK = "\N{NO-BREAK SPACE}"


def with_notes(folder, settings="letters: {clinic: {notes: true}}\n"):
    (folder / "clinic.yaml").write_text(settings, encoding="utf-8")
    clinic = Clinic(folder)
    return Letters(clinic, Advising(clinic))


def the_lab(desk, *labs, **given):
    (said,) = desk.content(a_record(*labs, **given)).labs
    return said


def test_the_newest_value_stands_with_unit_day_limits_grade_and_the_one_before(desk):
    said = the_lab(
        desk,
        a_lab("ALT", 66, unit="U/L", upper=40, id="lab1", date="2014-02-18"),
        a_lab("ALT", 1260, unit="U/L", upper=40, lower=7, id="lab2", date="2014-03-04"),
        a_lab("ALT", 28, unit="U/L", upper=40, id="lab3", date="2014-02-03"),
    )
    assert (said.analyte, said.value, said.date, said.limits) == ("ALT", "1260 U/L", "4 March 2014", "7–40")
    assert (said.rated, said.before) == ("31.5 × ULN, grade 4", "66 U/L, 18 February 2014")
    assert said.is_notable


@pytest.mark.parametrize(
    ("lab", "value", "limits", "rated"),
    [
        (a_lab("haemoglobin", 13, unit="g/dL", lower=12), "13 g/dL", "≥ 12", ""),
        (a_lab("haemoglobin", 9, unit="g/dL", lower=12), "9 g/dL", "≥ 12", "below, grade 2"),
        (a_lab("creatinine", 150, unit="umol/L", upper=100), "150 µmol/L", "≤ 100", "above, grade 1"),
        (a_lab("ALT", 30), "30 (unit not recorded)", "not recorded", ""),
        (a_lab("ALT", None, unit="U/L", upper=40), "not recorded", "≤ 40", ""),
        (a_lab("platelets", 20, unit="10*9/L", comparator="<"), "<20 × 10⁹/L", "not recorded", "grade 4"),
        (a_lab("weight", 62, unit="kg"), "62 kg", "", ""),
        (a_lab("ALT", 100, upper=40), "100 (unit not recorded)", "≤ 40", "2.5 × ULN, no grade: no unit"),
        (a_lab("QTc", 510, unit="ms", formula="fridericia", symptomatic=True), "510 ms", "",
         "grade 4, criteria not verified, with symptoms"),
    ],
)  # fmt: skip
def test_what_is_known_of_a_value_is_said_and_what_is_not_too(desk, lab, value, limits, rated):
    said = the_lab(desk, lab)
    assert (said.value, said.limits.replace(NO_BREAK, " "), said.rated) == (value, limits, rated)


def test_a_partial_date_is_as_it_was_given(desk):
    assert the_lab(desk, a_lab("ALT", 30, date="2014-03")).date == "March 2014"


def test_a_qtc_by_another_formula_is_another_series(desk):
    first = a_lab("QTc", 430, unit="ms", formula="fridericia", id="lab1", sample="e1")
    second = a_lab("QTc", 470, unit="ms", formula="bazett", id="lab2", sample="e1")
    said = desk.content(a_record(first, second)).labs
    assert {(one.analyte, one.value, one.before) for one in said} == {
        ("QTc (Bazett)", "470 ms", ""),
        ("QTc (Fridericia)", "430 ms", ""),
    }


def test_a_grade_is_told_from_the_value_before_the_treatment_where_that_was_abnormal(desk):
    before = a_lab("ALT", 80, unit="U/L", upper=40, id="lab1", date="2014-01-30")
    now = a_lab("ALT", 130, unit="U/L", upper=40, id="lab2", date="2014-03-04")
    (said,) = desk.content(a_record(a_line(), before, now)).labs
    assert said.rated == "3.25 × ULN, grade 2 by the upper limit, 1 by the baseline"
    (said,) = desk.content(a_record(before, now)).labs
    assert said.rated == "3.25 × ULN, grade 2"


def test_a_value_back_within_its_limits_is_still_in_the_table_with_the_one_before(desk):
    said = the_lab(
        desk,
        a_lab("ALT", 66, unit="U/L", upper=40, id="lab1", date="2014-02-18"),
        a_lab("ALT", 30, unit="U/L", upper=40, id="lab2", date="2014-03-04"),
    )
    assert said.is_notable
    assert said.before == "66 U/L, 18 February 2014"


@pytest.mark.parametrize(("weight", "before"), [(68, "68 kg, 3 February 2014"), (63, "")])
def test_of_a_value_that_nothing_else_is_to_be_said_of_the_one_before_stands_after_a_change_alone(desk, weight, before):
    first = a_lab("weight", weight, unit="kg", id="lab1", date="2014-02-03")
    said = the_lab(desk, first, a_lab("weight", 61, unit="kg", id="lab2", date="2014-03-04"))
    assert not said.is_notable
    assert said.before == before


def test_values_within_their_limits_stand_in_a_line_for_each_day(desk):
    record = a_record(
        a_lab("ALT", 30, unit="U/L", upper=40, id="lab1"),
        a_lab("AST", 31, unit="U/L", upper=35, id="lab2"),
        a_lab("weight", 62, unit="kg", id="lab3", date="2014-02"),
    )
    text = " ".join(desk.pages(record)).replace(NO_BREAK, " ")
    assert "17 February 2014 ALT 30 U/L (≤ 40) · AST 31 U/L (≤ 35) February 2014 weight 62 kg" in text


def test_the_newest_examination_of_each_kind_stands_with_the_days_of_earlier_ones(desk):
    said = desk.content(
        a_record(
            an_examination("ecg", date="2014-01-30", id="x1", result="normal"),
            an_examination("ecg", date="2014-05", id="x2", result=None),
            an_examination("ecg", date="2013", id="x3"),
            an_examination("other", date="2014-02-01", id="x4", result="hearing normal"),
            an_examination("other", date="2014-02-02", id="x5", result="skin normal"),
        )
    ).examinations
    assert [(one.date, one.examination, one.result, one.earlier) for one in said] == [
        ("May 2014", "ECG", "not recorded", "30 January 2014, 2013"),
        ("2 February 2014", "other examination", "skin normal", ""),
        ("1 February 2014", "other examination", "hearing normal", ""),
    ]


def test_what_nothing_is_recorded_of_is_said(desk):
    text = " ".join(desk.pages(a_record()))
    assert "No laboratory value is recorded. No examination is recorded. No adverse event is recorded." in text
    text = " ".join(desk.pages(a_record(an_adverse_event()), without=frozenset({"labs"})))
    assert "No laboratory value" not in text
    assert "No examination is recorded." in text
    assert "No adverse event" not in text


@pytest.mark.parametrize("section", ["labs", "examinations"])
def test_a_clinic_may_leave_the_findings_out(tmp_path, section):
    letters = with_notes(tmp_path, f"letters: {{clinic: {{without: [{section}]}}}}\n")
    record = a_record(a_lab("ALT", 180, unit="U/L"), an_examination("ecg", result="sinus rhythm"))
    text = PdfReader(BytesIO(letters.compose(record, date(2014, 12, 1)))).pages[0].extract_text()
    assert ("180 U/L" in text, "sinus rhythm" in text) == (section != "labs", section != "examinations")


def test_the_board_reads_the_notable_values_and_is_told_how_many_more_there_are(desk):
    (page,) = desk.pages(desk.demo(6), DAYS[6], kind="mdt")
    assert "Laboratory values 4 March 2014 ALT 1260 U/L" in page
    analytes = ("ALT", "AST", "ALP", "GGT", "CK", "LDH", "lipase", "amylase", "total_bilirubin", "direct_bilirubin")
    high = [a_lab(one, 100, unit="U/L", upper=10, id=one) for one in analytes]
    lines = [a_line(id=f"l{one}", start=f"{1990 + one}", stop=f"{1990 + one}") for one in range(12)]
    events = [an_adverse_event(id=f"e{one}") for one in range(12)]
    (page,) = desk.pages(a_record(*high), kind="mdt")
    assert page.count("100 U/L (10 × ULN") == 10
    (page,) = desk.pages(a_record(*high, *lines, *events), kind="mdt")
    assert page.count("100 U/L (10 × ULN") == 4
    assert "6 more values are in the clinic letter" in page


def test_the_course_is_drawn_against_the_limit_at_which_the_protocol_holds(desk):
    for kind in ("clinic", "pathway"):
        course = desk.content_of_demo(6, kind=kind).course
        assert any(isinstance(one, Line) and one.role == "progression" and one.dashed for one in course.shapes)


# Notes


NOTE = a_note("The daughter wants to be telephoned first. <b>Not bold</b> & 5 < 6")


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_is_in_no_letter_unless_the_clinic_wants_notes(desk, kind):
    content = desk.content(a_record(NOTE), kind=kind, without=frozenset())
    assert content.notes == ()
    assert "telephoned" not in " ".join(desk.pages(a_record(NOTE), kind=kind, without=frozenset()))


def test_the_letter_to_colleagues_has_the_notes_of_a_clinic_that_wants_them(tmp_path):
    letters = with_notes(tmp_path)
    for kind in KINDS:
        pages = PdfReader(BytesIO(letters.compose(a_record(NOTE), date(2014, 12, 1), kind=kind))).pages
        text = " ".join(" ".join(page.extract_text().split()) for page in pages)
        whole = "1 November 2014 The daughter wants to be telephoned first. <b>Not bold</b> & 5 < 6"
        assert (whole in text) == (kind == "clinic")


@pytest.mark.parametrize("kind", ["mdt", "patient", "pathway", "plan"])
def test_no_other_kind_can_be_set_to_have_notes(tmp_path, kind):
    from app.record.reading import Refused

    with pytest.raises(Refused) as refused:
        with_notes(tmp_path, f"letters: {{{kind}: {{notes: true}}}}\n").settings()
    assert [one.path.endswith(f": letters.{kind}.notes") for one in refused.value.faults] == [True]


def test_a_note_of_4000_characters_is_whole_over_the_pages_it_takes(tmp_path):
    words = [f"word{number:04}" for number in range(450)]
    text = "\n".join(" ".join(words[start : start + 90]) for start in range(0, 450, 90))
    letters = with_notes(tmp_path)
    notes = [a_note(text, id="n1"), a_note("Short.", id="n2", date="2014-10-01")]
    assert len(text) > 4000
    for language in ("en", "fr"):
        with speaking(language):
            pages = PdfReader(BytesIO(letters.compose(a_record(*notes), date(2014, 12, 1), language=language))).pages
        found = [word for page in pages for word in page.extract_text().split() if word.startswith("word0")]
        assert found == words


def test_a_long_result_of_an_examination_is_whole_too(desk):
    words = [f"word{number:04}" for number in range(450)]
    text = " ".join(desk.pages(a_record(an_examination(result=" ".join(words)))))
    assert [word for word in text.split() if word.startswith("word0")] == words


def test_a_table_of_every_analyte_prints(desk):
    from typing import get_args

    from app.record.codes import Analyte

    labs = [
        a_lab(one, Decimal("1234567.8901"), unit="10*9/L", upper=1, id=one, date=day, comparator=">")
        for one in get_args(Analyte)
        for day in ("2014-02-18",)
    ]
    text = "".join("".join(desk.pages(a_record(*labs))).split())
    assert text.count(">1234567.8901") == len(labs)
