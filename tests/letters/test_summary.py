"""Whoever reads only the first lines of a letter is told the state of today, and nothing that is not so."""

from datetime import date
from io import BytesIO

import pytest
from letters.conftest import DAYS
from pypdf import PdfReader

from app.figures.course_therapy import treatments_of
from app.letters.in_lines import lines_of
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letters import Letters
from app.words import speaking
from builders import (
    a_diagnosis,
    a_dose,
    a_fish,
    a_lab,
    a_line,
    a_local_treatment,
    a_patient,
    a_reading,
    a_record,
    a_specimen,
    an_assessment,
    an_ihc,
)

TITLE = "of 2015); "  # in the English title of the source
POSITIVE = (a_specimen(), a_fish(a_reading(33)))


def now(desk, *entries, day="2014-12-01", patient=None):
    record = a_record(*POSITIVE, *entries, diagnosis=a_diagnosis(), patient=patient or a_patient())
    return desk.content(record, day).summary[1]


def test_a_dose_that_is_held_is_held_in_the_summary(desk):
    held = a_dose(from_="2014-03-04", amount=0, frequency="held", reason="hepatotoxicity")
    assert now(desk, a_line(doses=(a_dose(reason="start"), held))) == (
        "On line 1, crizotinib, since 3 February 2014. Dose since 4 March 2014: held (hepatotoxicity)."
    )


def test_a_reduced_dose_is_said_with_its_day_and_the_dose_a_line_began_with_is_not(desk):
    first = a_dose(reason="start")
    assert "Dose" not in now(desk, a_line(doses=(first,)))
    reduced = a_dose(from_="2014-03-20", amount=200)
    assert now(desk, a_line(doses=(first, reduced))).endswith("Dose since 20 March 2014: 200 mg twice daily.")


def test_a_hold_that_has_ended_is_not_said_to_last(desk):
    held = a_dose(from_="2014-03-04", to="2014-03-18", amount=0, frequency="held")
    said = now(desk, a_line(doses=(a_dose(), held)))
    assert "Crizotinib held from 4 March 2014 to 18 March 2014; nothing is recorded of its dose since then." in said


def test_a_drug_of_a_regimen_that_has_ended_is_said(desk):
    said = desk.content_of_demo(3).summary[1]
    assert "On line 2, carboplatin + pemetrexed, since 22 August 2011. Carboplatin ended 26 December 2011." in said


def test_where_nothing_runs_the_end_of_the_last_line_is_said_and_why(desk):
    stopped = a_line(stop="2014-04-01", stop_reason="toxicity")
    assert now(desk, stopped) == "No line of treatment runs. Line 1, crizotinib, ended 1 April 2014: toxicity."
    assert now(desk, a_line(stop="2014-04-01")).endswith("ended 1 April 2014: reason not recorded.")


def test_a_second_line_that_is_open_is_said(desk):
    said = now(desk, a_line(), a_line("ceritinib", id="l2", start="2014-06-01"))
    assert said == (
        "On line 2, ceritinib, since 1 June 2014. Line 1, crizotinib, has no end recorded either."
    )  # fmt: skip


def test_a_local_treatment_since_the_last_response_is_said_and_one_before_it_is_not(desk):
    surgery = a_local_treatment(kind="surgery", site="lung", date="2014-03-20")
    assert now(desk, surgery) == (
        "No line of treatment is recorded. Latest local treatment: surgery, lung, 20 March 2014."
    )
    scan = an_assessment(50, id="a9", date="2014-06-01", reported_response="SD")
    assert "local treatment" not in now(desk, a_line(), surgery, scan)


def test_another_histology_of_a_re_biopsy_stands_beside_the_first(desk):
    again = a_specimen("s2", "2014-10-08", purpose="re-biopsy", site="liver", histology="small_cell")
    content = desk.content(a_record(*POSITIVE, again, a_line(), diagnosis=a_diagnosis()))
    assert content.summary[0] == (
        "Adenocarcinoma, stage IV, ALK positive. Re-biopsy of 8 October 2014: small cell carcinoma."
    )


def test_drugs_that_the_protocol_prefers_equally_are_named_together(desk):
    assert desk.content_of_demo(1).next_step.equals == "Equally possible: alectinib."
    assert desk.content_of_demo(2).next_step.equals == ""
    text = " ".join(desk.pages(desk.demo(1), DAYS[1])[0].split())
    assert (
        "Switch to ceritinib, a novel ALK inhibitor active after crizotinib, also in the brain. Equally possible"
        in text
    )


def test_what_is_urgent_and_the_next_step_at_once_is_said_once_on_the_first_page(desk):
    first = desk.pages(desk.demo(7), DAYS[7])[0]
    assert first.count("Withhold crizotinib") == 1
    assert "Urgent. Suggested next step, for a professional to decide: Withhold crizotinib" in first
    # Where they are two things, both are said.
    both = desk.pages(desk.demo(6), DAYS[6])[0]
    assert "Urgent: ALT or AST above" in both
    assert "decide: Switch to ceritinib" in both


def test_of_the_dead_no_line_runs_and_no_next_step_is_suggested(desk):
    record = a_record(*POSITIVE, a_line(), diagnosis=a_diagnosis(), patient=a_patient(deceased_on="2014-11-01"))
    assert [one.stopped for one in desk.content(record).lines] == ["not recorded"]
    assert "Suggested next step" not in desk.pages(record)[0]
    (drawn,) = treatments_of(record, as_of=date.fromisoformat("2014-12-01"))
    assert (drawn.runs, drawn.last) == (False, date.fromisoformat("2014-11-01"))


@pytest.mark.parametrize("kind", ["clinic", "mdt", "plan"])
@pytest.mark.parametrize("number", DAYS)
def test_no_french_semicolon_or_label_stands_without_its_space(desk, number, kind):
    with speaking("fr"):
        said = [one.text for one in lines_of(desk.content_of_demo(number, kind=kind, language="fr"))]
    printed = [one for one in said if not one.startswith("– A")]  # a reading quotes what the source prints
    assert [one for one in printed if "; " in one.replace("\u202f; ", "").replace(TITLE, "")] == []
    for label in ("Préférée", "Urgent", "Attention", "Réservé au prescripteur", "Bilan hépatique"):
        assert [one for one in said if f"{label}:" in one] == []


def test_a_long_address_for_mail_is_printed_whole(desk, tmp_path):
    address = "thoracic.oncology.secretariat@university-hospital.example.org"
    (tmp_path / "clinic.yaml").write_text(f"email: {address}\n", encoding="utf-8")
    clinic = Clinic(tmp_path)
    pdf = Letters(clinic, Advising(clinic)).compose(desk.demo(5), date.fromisoformat(DAYS[5]))
    assert address in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_a_baseline_of_two_lines_is_called_that_of_both(desk):
    record = a_record(
        *POSITIVE, a_line(), a_line("ceritinib", id="l2", start="2014-06-01"),
        an_assessment(50, id="a0", date="2014-01-30", baseline=True), diagnosis=a_diagnosis(),
    )  # fmt: skip
    assert desk.content(record).assessment.title == "CT of 30 January 2014, baseline of lines 1 and 2"


def test_a_formula_of_the_qtc_has_the_name_of_its_author_and_an_empty_cell_a_dash(desk):
    qtc = a_lab("QTc", 505, unit="ms", formula="fridericia", date="2014-03-03")
    record = a_record(*POSITIVE, a_line(), qtc, diagnosis=a_diagnosis())
    assert [one.analyte for one in desk.content(record, "2014-03-04").labs] == ["QTc (Fridericia)"]
    assert "505 ms – grade 3, criteria not verified –" in " ".join(desk.pages(record, "2014-03-04"))


def test_a_reason_says_of_a_marker_only_what_can_be_so(desk):
    """A light smoker whose other genes nobody tested is not told to have them of wild type."""
    record = a_record(a_specimen(), an_ihc(0, "negative"), diagnosis=a_diagnosis())
    (reasons,) = [one.reasons for one in desk.content(record).next_step.options[:1]]
    assert any("(light smoker or other genes wild type)" in one for one in reasons)
