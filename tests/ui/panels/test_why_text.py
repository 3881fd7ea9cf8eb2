"""The view of why: in words, with links, worked out only while it is looked at."""

import pytest
from PySide6.QtGui import QTextDocument

from app.services.demonstration import demonstration_files, telling_day
from app.ui.open_record import OpenRecord
from app.ui.panels.next_step import NextStep
from app.ui.panels.why_text import WhyText


@pytest.fixture
def demo(desk):
    desk.patients.import_files(demonstration_files())

    def opened(mrn):
        one = OpenRecord(desk, desk.patients.open(mrn))
        one.look_at(telling_day(mrn))
        return one

    return opened


def words_of(opened):
    document = QTextDocument()
    document.setHtml(WhyText(opened.explain(), opened.record).html())
    return document.toPlainText()


def test_what_is_missing_says_what_each_value_would_change(demo, qapp):
    words = words_of(demo("DEMO-2"))
    assert "slow → an option more: Continue crizotinib, and watch closely" in words
    assert "moderate or rapid → nothing changes" in words


def test_one_fact_away_says_what_would_follow(demo, qapp):
    assert "extent of the progression now oligometastatic\n" in words_of(demo("DEMO-2")).replace("\u2028", "\n")
    assert "widespread → Switch to ceritinib P7" in words_of(demo("DEMO-2"))


def test_the_open_end_of_a_chain_is_said_in_words(demo, qapp):
    words = words_of(demo("DEMO-1"))
    assert "Line 2, crizotinib" in words
    assert "L1196M and C1156Y found → ▲ open: no next line yet" in words


def test_facts_link_to_the_entries_they_came_from(demo):
    opened = demo("DEMO-2")
    html = WhyText(opened.explain(), opened.record).html()
    progression = next(one for one in opened.record.assessments if one.date == "2012-07-05")
    assert f'href="entry:{progression.id}"' in html
    assert 'href="missing:progression_tempo"' in html


def test_every_demonstration_patient_reads_without_codes(demo, qapp):
    for number in range(1, 8):
        words = words_of(demo(f"DEMO-{number}"))
        assert "The facts, and where each is from" in words
        assert "_" not in words
        assert "{" not in words


def test_why_is_worked_out_only_while_it_is_looked_at(demo, desk, qtbot, monkeypatch):
    asked = []
    explain = OpenRecord.explain
    monkeypatch.setattr(OpenRecord, "explain", lambda self: asked.append(self) or explain(self))
    panel = NextStep(desk.today())
    qtbot.addWidget(panel)
    panel.show_record(demo("DEMO-2"), desk.today())
    assert asked == []
    panel.toggle_why()
    assert len(asked) == 1
    assert "How the tables answered" in panel.text.toPlainText()
    panel.toggle_why()
    assert "PREFERRED" in panel.text.toPlainText()
