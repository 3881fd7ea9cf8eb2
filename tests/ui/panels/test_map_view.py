"""The map on the screen: worked out only while it is looked at, walked by the keyboard, its rules beside it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.figures.shapes import Text
from app.services.demonstration import demonstration_files, telling_day
from app.ui.drafts import Drafts
from app.ui.open_record import OpenRecord
from app.ui.pages.patient import PatientPage
from app.ui.panels.header import Header, alerts_in_short, title_of


@pytest.fixture
def page(desk, qtbot, tmp_path):
    desk.patients.import_files(demonstration_files())
    shown = PatientPage(desk, Drafts(tmp_path / "unfinished.json"))
    qtbot.addWidget(shown)
    shown.resize(1366, 640)
    shown.show()
    return shown


def look_at(page, desk, mrn):
    opened = OpenRecord(desk, desk.patients.open(mrn), page)
    opened.look_at(telling_day(mrn))
    page.show_open(opened)
    return opened


def canvas(page):
    return page.pictures.map.canvas


def said(page):
    return {one.text for one in canvas(page).figure.shapes if isinstance(one, Text)}


def test_the_map_shows_where_the_patient_is_and_where_the_preferred_option_leads(page, desk):
    look_at(page, desk, "DEMO-2")
    page.toggle_map()
    assert {"5  Progression", "here since 5 July 2012", "Continue crizotinib, and treat locally → 4"} <= said(page)
    assert {"18 August 2011", "1 September 2011"} <= said(page)
    assert canvas(page).accessibleDescription() == (
        "Pathway: now progression. Been at: testing, baseline, first line, on treatment, progression."
    )


def test_the_way_is_worked_out_only_while_the_map_is_looked_at(page, desk):
    opened = look_at(page, desk, "DEMO-2")
    assert opened._way is None
    page.toggle_map()
    assert opened._way is not None
    opened.look_at(date(2011, 8, 20))
    assert "here since 18 August 2011" in said(page)


@pytest.mark.parametrize("number", range(1, 8))
def test_every_demonstration_patient_is_somewhere(page, desk, number):
    opened = look_at(page, desk, f"DEMO-{number}")
    page.toggle_map()
    assert sum(text.startswith("here") for text in said(page)) == 1
    assert opened.way()[-1].stage == opened.advice.stage


def test_the_keyboard_begins_where_the_patient_is_and_enter_shows_the_rules(page, desk):
    look_at(page, desk, "DEMO-2")
    page.toggle_map()
    assert canvas(page).current.lane_name == "Progression"
    QTest.keyClick(canvas(page), Qt.Key.Key_Right)
    assert canvas(page).current.names == ("P4",)
    assert canvas(page).accessibleName().startswith("Progression: Preferred: Keep crizotinib")
    QTest.keyClick(canvas(page), Qt.Key.Key_Return)
    text = page.next_step.text.toPlainText()
    assert text.startswith("Back to the next step\nP4\n")
    assert "Therapeutic strategies" in text
    QTest.keyClick(canvas(page), Qt.Key.Key_Right)
    QTest.keyClick(canvas(page), Qt.Key.Key_Return)
    assert "A28 printed:" in page.next_step.text.toPlainText()


def test_the_way_back_from_the_rules_leads_to_the_next_step(page, desk):
    look_at(page, desk, "DEMO-2")
    page.toggle_map()
    before = page.next_step.text.toPlainText()
    canvas(page).chosen.emit(canvas(page).current)
    assert page.next_step.text.toPlainText() != before
    page.next_step.text.anchorClicked.emit("back:")
    assert page.next_step.text.toPlainText() == before


def test_the_same_key_comes_back_to_the_course(page, desk):
    look_at(page, desk, "DEMO-2")
    page.toggle_map()
    assert not page.course.tools.isVisible()
    page.toggle_map()
    assert page.course.isVisible()
    assert page.course.tools.isVisible()


def test_the_header_says_what_cannot_wait_and_leads_to_it(page, desk, qtbot):
    opened = look_at(page, desk, "DEMO-7")
    header = Header()
    qtbot.addWidget(header)
    header.show_record(opened.record, opened.as_of, opened.advice.alk_status, opened.advice.alerts)
    assert header.alerts.text() == "■ 1 urgent: withhold crizotinib"
    assert "withhold crizotinib" in header.accessibleName()
    assert "Withhold crizotinib" in header.alerts.toolTip()
    with qtbot.waitSignal(header.alerts_asked):
        header.alerts.click()
    assert title_of(opened.record.patient, opened.advice.alerts).endswith("· ■ 1 urgent")


def test_the_header_is_quiet_where_nothing_waits(page, desk, qtbot):
    opened = look_at(page, desk, "DEMO-2")
    header = Header()
    qtbot.addWidget(header)
    header.show_record(opened.record, opened.as_of, opened.advice.alk_status, opened.advice.alerts)
    assert not header.alerts.isVisibleTo(header)
    assert alerts_in_short(()) == ""
    assert "urgent" not in title_of(opened.record.patient, ())


def test_going_to_the_alerts_shows_the_options_from_their_beginning(page, desk):
    look_at(page, desk, "DEMO-7")
    page.next_step.toggle_why()
    page.next_step.show_first()
    assert page.next_step.text.toPlainText().lstrip().startswith("■ URGENT")
    assert page.next_step.text.verticalScrollBar().value() == 0
