"""The next step as a nurse reads it: preferred first with its reasons, links to the entries, nothing hidden."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from app.pathway.advice import Alert
from app.services.demonstration import demonstration_files, telling_day
from app.ui.open_record import OpenRecord
from app.ui.panels.action_words import action_words
from app.ui.panels.next_step import NextStep
from app.ui.panels.next_step_text import Shown, next_step_html


@pytest.fixture
def demo(desk):
    desk.patients.import_files(demonstration_files())

    def opened(mrn):
        one = OpenRecord(desk, desk.patients.open(mrn))
        one.look_at(telling_day(mrn))
        return one

    return opened


def words_of(opened, evidence=None, told=()):
    document = QTextDocument()
    document.setHtml(next_step_html(Shown(opened.advice, opened.record, evidence or {}, told)))
    return document.toPlainText()


def test_the_preferred_option_stands_first_with_rule_and_reasons(demo, qapp):
    words = words_of(demo("DEMO-2"))
    first = words.split("Other options")[0]
    assert "PREFERRED\nContinue crizotinib, and treat locally · 250 mg twice daily" in first
    assert "CT of 5 July 2012: current response progression (PD)" in first
    assert "sites of the progression central nervous system only" in first
    assert "rule P4" in first


def test_a_reason_links_to_the_entry_it_came_from(demo):
    opened = demo("DEMO-2")
    progression = next(one for one in opened.record.assessments if one.date == "2012-07-05")
    html = next_step_html(Shown(opened.advice, opened.record, {}))
    assert f'href="entry:{progression.id}"' in html


def test_what_the_source_prints_and_what_is_applied_stand_once_each(demo, qapp):
    words = words_of(demo("DEMO-2"), {"E7": "Ceritinib, phase I."})
    assert words.count("A29 printed:") == 1
    assert "applied: The clinician enters the category." in words
    assert "E7 Ceritinib, phase I." in words


def test_what_cannot_wait_stands_above_the_options_in_words_and_not_in_colour_alone(demo, qapp):
    opened = demo("DEMO-2")
    alert = Alert(action="withhold", drug="crizotinib", rule="X2", severity="urgent", text="Withhold crizotinib.")
    calm = Alert(action="review_discordance", rule="D9", severity="attention", text="Look at both tests.")
    opened.advice = replace(opened.advice, alerts=(calm, alert))
    words = words_of(opened)
    assert words.index("■ URGENT") < words.index("▲ ATTENTION") < words.index("PREFERRED")


def test_every_demonstration_patient_has_a_step_that_can_be_read(demo, qapp):
    for number in range(1, 8):
        words = words_of(demo(f"DEMO-{number}"))
        assert "PREFERRED" in words
        assert "None" not in words
        assert "_" not in words.split("Evidence the protocol names")[0]


def test_actions_read_as_sentences():
    assert action_words("switch", "ceritinib") == "Switch to ceritinib"
    assert action_words("rechallenge", "crizotinib") == "Rechallenge with crizotinib"
    assert action_words("continue_with_local_treatment", "crizotinib") == "Continue crizotinib, and treat locally"
    assert action_words("start", "crizotinib") == "Start crizotinib"
    assert action_words("escalate_dose", "crizotinib") == "Raise the dose of crizotinib"
    assert action_words("abrupt_stop", "crizotinib") == "Stop crizotinib abruptly"
    assert action_words("request_alk_fish", None) == "Request ALK FISH"


def test_what_the_source_says_besides_is_named_with_its_option_and_written_out_once_below(demo, qapp):
    opened = demo("DEMO-2")
    words = words_of(opened, told=opened.told())
    options, below = words.split("What the source says besides")
    preferred, others = options.split("Other options")
    assert "the source besides: approval in 2015, trials, side effects" in preferred
    assert "the source besides: first line, side effects, approval and dose in 2015, re-biopsy in its trial" in others
    assert below.count("visual effects 60-64% (0)") == 1
    assert "ceritinib\nfirst line Second-generation inhibitors in first line are for phase III trials only" in below
    assert "A25 printed: Table 2 gives two rates" in below


def test_an_option_of_a_drug_named_before_does_not_name_the_same_texts_again(demo, qapp):
    opened = demo("DEMO-2")
    html = next_step_html(Shown(opened.advice, opened.record, {}, opened.told()))
    assert sum(option.drug == "ceritinib" for option in opened.advice.options) == 1
    assert html.count('href="#X9"') == html.count('href="#X8"') == 1


def test_figures_of_a_study_and_what_is_applied_stand_under_the_mouse(demo, qapp):
    opened = demo("DEMO-2")
    html = next_step_html(Shown(opened.advice, opened.record, opened.evidence()))
    assert f'href="#E8" title="{opened.evidence()["E8"]}"' in html
    assert 'href="#A29" title="The clinician enters the category.' in html


def test_markup_in_a_record_is_shown_and_never_obeyed(demo, desk, qapp):
    opened = demo("DEMO-2")
    line = opened.record.therapy_lines[0]
    assert "<b>" not in line.drugs[0]
    html = next_step_html(Shown(opened.advice, opened.record, {"E7": "<img src=x>"}))
    assert "<img" not in html


def test_links_lead_to_entries_to_forms_and_to_the_end_of_the_text(desk, demo, qtbot):
    panel = NextStep(desk.today())
    qtbot.addWidget(panel)
    panel.show_record(demo("DEMO-2"), desk.today())
    with qtbot.waitSignal(panel.entry_asked) as asked:
        panel.text.anchorClicked.emit(QUrl("entry:a3"))
    assert asked.args == ["a3"]
    with qtbot.waitSignal(panel.fact_asked) as asked:
        panel.text.anchorClicked.emit(QUrl("missing:histology"))
    assert asked.args == ["histology"]
    with qtbot.assertNotEmitted(panel.fact_asked):
        panel.text.anchorClicked.emit(QUrl("#A29"))


def test_a_day_that_is_not_today_is_said_and_can_be_left(desk, demo, qtbot):
    panel = NextStep(desk.today())
    qtbot.addWidget(panel)
    panel.show_record(demo("DEMO-2"), desk.today())
    panel.show()
    assert panel.not_today.text() == "▲ As of 10 July 2012, not today"
    assert panel.not_today.isVisible()
    assert panel.banner.text() == "▲ HISTORICAL (2015): not today’s practice"
    assert panel.banner.isVisible()
    with qtbot.waitSignal(panel.day_chosen) as chosen:
        panel.back.click()
    assert chosen.args == [None]


def test_a_day_is_typed_as_people_say_it_and_what_is_no_day_changes_nothing(desk, demo, qtbot):
    panel = NextStep(desk.today())
    qtbot.addWidget(panel)
    panel.show_record(demo("DEMO-2"), desk.today())
    panel.day.put("1.3.2012")
    with qtbot.waitSignal(panel.day_chosen) as chosen:
        panel.day.returnPressed.emit()
    assert chosen.args == [date(2012, 3, 1)]
    panel.day.put("tomorrow week")
    with qtbot.assertNotEmitted(panel.day_chosen):
        panel.day.returnPressed.emit()
    assert panel.day.text() == "2012-07-10"
