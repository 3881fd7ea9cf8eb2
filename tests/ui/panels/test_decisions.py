"""Decisions on options: stored with what they rested on, asked for what is missing, never taken by accident."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from app.record.decision import Decision, Instead
from app.services.decisions import Answer, changed_facts, newest_on
from app.services.demonstration import demonstration_files, telling_day
from app.ui.drafts import Drafts
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from app.ui.panels.decided_words import decided_words
from app.ui.panels.entry_lines import line_of

DECLINED = Answer(verdict="declined", by="Nurse One", reason_code="patient_preference", reason="wishes to wait")


@pytest.fixture
def page(desk, tmp_path, qtbot):
    """The record of DEMO-2 on the day of its question, which is today."""
    desk.patients.import_files(demonstration_files())
    today = telling_day("DEMO-2")
    there = replace(desk, today=lambda: today)
    shown = PatientPage(there, Drafts(tmp_path / "unfinished.json"))
    qtbot.addWidget(shown)
    shown.resize(1366, 680)
    shown.show_open(OpenRecord(there, desk.patients.open("DEMO-2"), shown))
    shown.show()
    return shown


def bar(page):
    return page.next_step.bar


def stored(page, desk):
    return desk.patients.open("DEMO-2").record.decisions


def fill(page, **typed):
    for name, value in typed.items():
        bar(page).form.fields[name].put(value)


def with_hold(page):
    """Let the preferred option be one that stops the drug."""
    advice = page.opened.advice
    hold = replace(advice.options[0], action="withhold", drug="crizotinib", rule="X2")
    page.opened.advice = replace(advice, options=(hold, *advice.options[1:]))
    bar(page).show_advice(page.opened.advice, ())
    return hold


def test_a_declined_option_is_stored_with_the_facts_it_rested_on_and_stands_behind(page, desk):
    bar(page).decide("declined")
    fill(page, reason_code="patient_preference", reason="wishes to wait", by="Nurse One")
    bar(page).form.save()
    [decision] = stored(page, desk)
    assert (decision.verdict, decision.rule, decision.action, decision.drug) == (
        "declined", "P4", "continue_with_local_treatment", "crizotinib")  # fmt: skip
    assert (decision.date, decision.as_of, decision.protocol) == ("2012-07-10", "2012-07-10", "duchemann-2015")
    assert len(decision.protocol_sha256) == 64
    assert decision.facts["progression_extent"] == "oligometastatic"
    assert decision.facts["local_treatment_possible"] is True
    assert (decision.reason_code, decision.reason, decision.by) == ("patient_preference", "wishes to wait", "Nurse One")
    last = page.opened.advice.options[-1]
    assert last.action == "continue_with_local_treatment"
    assert last.cautions[0].startswith("Declined on 10 July 2012 (patient preference: wishes to wait)")
    assert bar(page).form is None
    assert bar(page).option.currentText() == "Switch to ceritinib"


def test_a_declined_option_comes_back_when_a_fact_it_rested_on_changes_and_says_which(page):
    page.opened.decide(page.opened.advice.preferred, DECLINED)
    progression = next(one for one in page.opened.record.assessments if one.date == "2012-07-05")
    assert progression.progression.local_treatment_possible is True
    page.opened.put(
        replace(progression, progression=replace(progression.progression, sites=("brain", "lung"), tempo="slow"))
    )
    again = [one for one in page.opened.advice.options if one.action == "continue_with_local_treatment"]
    assert all(
        "sites of the progression was central nervous system only, is inside and outside the central nervous system"
        in one.cautions[0]
        for one in again
    )
    assert page.opened.advice.preferred.action == "continue_with_local_treatment"


def test_facts_are_kept_as_values_where_the_advice_words_them(page):
    option = next(one for one in page.opened.advice.options if one.drug == "ceritinib")
    assert page.opened.decide(option, Answer(verdict="accepted", by="Nurse One"))
    facts = page.opened.record.entry("d1").facts
    assert facts["response"] == "PD"
    assert facts == {name: page.opened.facts()[name] for name in facts}
    assert changed_facts(page.opened.record.entry("d1"), page.opened.facts()) == ()


def test_the_name_is_asked_for_once_and_then_accepting_takes_one_key(page, desk):
    bar(page).decide("accepted", deliberate=False)
    assert list(bar(page).form.fields) == ["by"]
    bar(page).form.save()
    assert bar(page).form.fields["by"].fault.text() == "Say who decides."
    fill(page, by="Nurse One")
    QTest.keyClick(bar(page).form.fields["by"].editor, Qt.Key.Key_Return)
    assert [one.verdict for one in stored(page, desk)] == ["accepted"]
    bar(page).decide("accepted", deliberate=False)
    assert bar(page).form is None
    assert [one.by for one in stored(page, desk)] == ["Nurse One", "Nurse One"]


def test_what_stops_a_drug_is_never_accepted_by_a_key_alone(page, desk):
    bar(page).by = "Nurse One"
    with_hold(page)
    bar(page).decide("accepted", deliberate=False)
    assert stored(page, desk) == ()
    assert bar(page).form is None
    assert bar(page).buttons["accepted"].hasFocus() or not page.isActiveWindow()
    bar(page).buttons["accepted"].click()
    assert [one.action for one in stored(page, desk)] == ["withhold"]


def test_what_stops_a_drug_is_declined_only_with_a_reason_in_words(page, desk):
    with_hold(page)
    bar(page).decide("declined")
    fill(page, reason_code="clinical_judgement", by="Nurse One")
    bar(page).form.save()
    assert bar(page).form.fields["reason"].fault.text() == "Say in words why."
    assert stored(page, desk) == ()
    fill(page, reason="Haemolysed sample, repeated the same day and normal.")
    bar(page).form.save()
    assert stored(page, desk)[0].reason == "Haemolysed sample, repeated the same day and normal."


def test_a_modified_option_says_what_was_chosen_instead(page, desk):
    bar(page).decide("modified")
    fill(page, action="continue_with_local_treatment", drug="crizotinib", by="Nurse One")
    assert bar(page).form.faults() == {"action": "This is what is advised: accept it, or choose something else."}
    fill(page, action="made up", drug="")
    assert bar(page).form.faults() == {"action": "Choose what is done instead from the list."}
    fill(page, action="switch", drug="alectinib")
    bar(page).form.save()
    [decision] = stored(page, desk)
    assert decision.instead == Instead(action="switch", drug="alectinib")
    assert line_of(decision, page.opened.record) == (
        "Modified: Continue crizotinib, and treat locally → switch to alectinib instead · by Nurse One · rule P4"
    )
    chosen = next(one for one in page.opened.advice.options if one.drug == "alectinib")
    assert decided_words(chosen, decision, page.opened.facts()) == (
        "Chosen on 10 July 2012 by Nurse One in place of: Continue crizotinib, and treat locally", True)  # fmt: skip
    assert "✓ Chosen on 10 July 2012" in page.next_step.text.toPlainText()


def test_a_decision_on_other_facts_than_now_says_so(page):
    option = page.opened.advice.preferred
    before = Decision(id="d1", date="2012-07-06", as_of="2012-07-06", rule="P4", action=option.action, drug=option.drug,
                      facts={"progression_extent": "widespread", "fish_cells": Decimal("50")}, verdict="accepted",
                      by="{Dr} Two")  # fmt: skip
    words, still = decided_words(option, before, {"progression_extent": "oligometastatic", "fish_cells": 50})
    assert words == ("Accepted on 6 July 2012 by {Dr} Two, on other facts than now: extent of the progression was "
                     "widespread, is oligometastatic")  # fmt: skip
    assert not still


def test_of_two_decisions_on_one_day_the_last_counts(page):
    option = page.opened.advice.preferred
    page.opened.decide(option, DECLINED)
    page.opened.decide(option, replace(DECLINED, verdict="modified", instead=Instead(action="assess_response")))
    assert newest_on(option, page.opened.record.decisions).id == "d2"
    assert page.opened.advice.preferred.action == "continue_with_local_treatment"
    page.opened.decide(option, DECLINED)
    assert page.opened.advice.preferred.action == "switch"


def test_each_option_has_its_three_answers_in_the_text(page):
    page.next_step.text.anchorClicked.emit(QUrl("decide:declined:1"))
    assert bar(page).form.option == page.opened.advice.options[1]
    assert bar(page).form.accessibleName() == "Decline: Switch to ceritinib"
    QTest.keyClick(bar(page).form.fields["reason"].editor, Qt.Key.Key_Escape)
    assert bar(page).form is None


def test_a_form_closes_when_its_option_is_gone(page, qtbot):
    bar(page).decide("declined")
    with qtbot.waitSignal(page.said) as said:
        page.opened.look_at(date(2011, 11, 1))
    assert bar(page).form is None
    assert said.args == ["The next step is another one now: decide on what stands here."]


def test_a_decision_taken_while_looking_at_another_day_is_of_today_and_that_is_said(page, qtbot):
    page.opened.look_at(date(2011, 11, 1))
    bar(page).by = "Nurse One"
    with qtbot.waitSignal(page.said) as said:
        bar(page).decide("accepted")
    assert said.args == ["The decision is stored under today’s date; on 1 November 2011, which you look at, it is not "
                         "seen."]  # fmt: skip
    [decision] = page.opened.record.decisions
    assert (decision.date, decision.as_of) == ("2012-07-10", "2011-11-01")
    assert line_of(decision, page.opened.record).endswith("· as of 1 November 2011")


def test_a_decision_is_marked_in_error_and_undone_but_never_changed(page, qtbot):
    page.opened.decide(page.opened.advice.preferred, DECLINED)
    with qtbot.waitSignal(page.said) as said:
        page.show_entry("d1")
    assert said.args == ["A decision is not changed: decide again, or mark it as entered in error (Del)."]
    page.opened.mark_in_error("d1", "wrong patient")
    assert page.opened.advice.preferred.action == "continue_with_local_treatment"
    page.opened.undo()
    assert page.opened.advice.preferred.action == "switch"


def test_typing_stays_when_the_decision_cannot_be_stored(page, desk):
    bar(page).decide("declined")
    fill(page, reason_code="trial", by="Nurse One")
    other = desk.patients.open("DEMO-2")
    desk.patients.save(replace(other.record, patient=replace(other.record.patient, phone="1")), other.version)
    bar(page).form.save()
    assert bar(page).form.fields["reason_code"].value() == "trial"
    assert page.notice.isVisible()
