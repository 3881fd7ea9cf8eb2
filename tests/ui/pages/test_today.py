"""Today, by keyboard: what is seen first, what a key does, what is said where there is nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hands import focused, name_of, press, until, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.record.patient import Team
from app.record.reading import NotPossible
from app.services.people import Person
from app.services.put_aside import PutAside
from app.ui.worklist_model import MARK, NAME, NUMBER, TEAM, WHY, WorklistModel
from builders import (
    a_diagnosis,
    a_dose,
    a_fish,
    a_lab,
    a_line,
    a_patient,
    a_progression,
    a_reading,
    a_record,
    a_specimen,
    a_test,
    an_assessment,
    an_examination,
)

LIVER = (("ALT", "U/L", 40), ("AST", "U/L", 35), ("ALP", "U/L", 120), ("total_bilirubin", "umol/L", 17))
DUE = "ALT, AST, ALP and bilirubin due since 27 October 2014: crizotinib, week 5 · 9 days overdue"
COUNT_DUE = "Neutrophils and platelets due on 6 November 2014: crizotinib, week 5"


def on_crizotinib(mrn, name, *more, alt=10, nurse=None, doctor=None):
    """A patient on crizotinib since 6 October, whose liver was last looked at on the 20th: due since the 27th."""
    labs = [
        a_lab(analyte, alt if analyte == "ALT" else 10, id=f"{analyte}-1", date="2014-10-20", unit=unit, upper=upper)
        for analyte, unit, upper in LIVER
    ]
    done = [
        an_examination(kind, date="2014-10-06", id=f"x{number}")
        for number, kind in enumerate(("echocardiogram", "ophthalmological", "respiratory"), start=1)
    ]
    line = a_line(start="2014-10-06", doses=(a_dose(from_="2014-10-06"),))
    team = Team(nurse=nurse, doctor=doctor) if nurse or doctor else None
    return a_record(
        a_specimen(), a_fish(a_reading(30)), line, *done, *labs, *more,
        patient=a_patient(mrn=mrn, family_name=name, team=team), diagnosis=a_diagnosis(),
    )  # fmt: skip


PD = an_assessment(
    30, id="a3", date="2014-10-21", reported_response="PD", progression=a_progression(extent="widespread")
)


@pytest.fixture
def clinic(desk):
    """Four patients: one urgent, one progressed, one who waits for a test, one on whom nothing is decided."""
    desk.people.put(Person(name="M. Keller", role="nurse"))
    for record in (
        on_crizotinib("A-1", "Urgent", alt=230, nurse="M. Keller", doctor="Dr S. Ahmed"),
        on_crizotinib("A-2", "Progressed", PD, nurse="P. Novak"),
        on_crizotinib("A-3", "Waiting", a_test("t9", "ngs", None, requested_on="2014-10-21"), nurse="m. keller"),
        a_record(
            a_specimen(), a_fish(a_reading(30)), patient=a_patient(mrn="A-4", family_name="Early"),
            diagnosis=a_diagnosis(stage="IB", metastatic_sites=(), resected=True),
        ),
    ):  # fmt: skip
        desk.patients.save(record, None)
    return desk


@pytest.fixture
def window(open_window, clinic):
    """The window over the clinic once the list is up to date; nobody was chosen to sit here."""
    return ready(open_window())


def ready(window):
    page = window.today_page
    until(lambda: not page.running.is_running and page.model.items, "the list to be up to date")
    if window.desktop.who.chooser.isVisible():
        press("Esc")
    return window


def settled(window):
    until(lambda: not window.today_page.running.is_running, "the list to be up to date")


def seen(window):
    """Return the lines as they are read: headings as one text, items as mark, name and why."""
    model = window.today_page.model
    lines = []
    for row in range(model.rowCount()):
        cells = [model.index(row, column).data() for column in (MARK, NAME, WHY)]
        lines.append(cells[1] if model.item(model.index(row, NAME)) is None else tuple(cells))
    return lines


def chips(window):
    return [button.text() for button in window.today_page.chips.buttons.values() if not button.isHidden()]


def current(window):
    item = window.today_page.view.current()
    return None if item is None else (item.mrn, item.what)


def go_to(window, mrn, what):
    """Press Down until a line is chosen."""
    press("Home")
    for _time in range(40):
        if current(window) == (mrn, what):
            return
        press("Down")
    raise AssertionError(f"{mrn} {what} is not in the list: {seen(window)}")


def store_aside(desk, mrn, what, verdict="snoozed", until_day="2014-11-12", **more):
    today = desk.today()
    desk.worklist.bring_up_to_date(today)
    item = next(one for one in desk.worklist.shown(today) if (one.mrn, one.what) == (mrn, what))
    words = {"reason": "An appointment is made", "by": "M. Keller"} | more
    desk.worklist.asides.put(item, PutAside(verdict=verdict, day=today.isoformat(), until=until_day, **words), today)


def test_the_window_begins_with_today_the_most_urgent_first_in_words_that_say_why(window):
    assert window.pages.currentWidget() is window.today_page
    assert window.today_page.day.text() == "Today, Wednesday 5 November 2014"
    lines = seen(window)
    assert lines[0] == "Urgent  1"
    assert lines[1][:2] == ("■", "Urgent, Ada")
    assert lines[1][2].startswith("Withhold crizotinib: ALT or AST has been above 5")
    assert lines[2] == "Due  6"
    assert ("▲", "Progressed, Ada", DUE) in lines
    assert ("△", "Waiting, Ada", COUNT_DUE) in lines
    assert [line for line in lines if isinstance(line, str)] == [
        "Urgent  1", "Due  6", "Progressed  1", "Awaited  1", "Undecided  1",
    ]  # fmt: skip
    assert lines[-5] == ("◆", "Progressed, Ada", "Progressed 15 days ago on crizotinib, no decision")
    assert lines[-3] == ("○", "Waiting, Ada", "NGS asked on 21 October 2014: result awaited")


def test_the_keyboard_is_on_the_first_line_and_passes_over_the_headings(window):
    assert focused() is window.today_page.view
    assert current(window) == ("A-1", "withhold")
    press("Down")
    assert current(window)[1] == "liver_function_tests"
    press("Up")
    assert current(window) == ("A-1", "withhold")
    press("End")
    assert current(window)[0] == "A-4"
    write("wai")
    assert current(window)[0] == "A-3"


def test_the_chosen_line_is_said_in_full_with_its_rule_below_the_list(window):
    words = window.today_page.detail.text()
    assert words.startswith("Urgent, Ada: Withhold crizotinib: ALT or AST has been above 5")
    assert words.endswith("(rule X2)")


def test_a_screen_reader_hears_the_group_the_person_and_why(window):
    index = window.today_page.model.index(1, NAME)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Urgent: Urgent, Ada, A-1: Withhold crizotinib")


def test_counts_stand_at_the_top_and_left_and_right_show_one_group_alone(window):
    assert chips(window) == [
        "All 10", "■ Urgent 1", "▲ Due 6 (3 overdue)", "◆ Progressed 1", "○ Awaited 1", "◇ Undecided 1",
    ]  # fmt: skip
    press("Right")
    assert [line if isinstance(line, str) else line[1] for line in seen(window)] == ["Urgent  1", "Urgent, Ada"]
    press("Right")
    press("Right")
    assert seen(window)[0] == "Progressed  1"
    press("Left")
    assert seen(window)[0] == "Due  6"
    press("Esc")
    assert len(seen(window)) == 15
    press("Left")
    assert seen(window)[0] == "Undecided  1"


def test_a_key_shows_only_the_patients_of_who_sits_here_whatever_the_case_of_the_name(window):
    press("Ctrl+M")
    assert "Choose first who sits here" in window.statusBar().currentMessage()
    window.desktop.who.choose(window.desktop.desk.people.listed()[0])
    press("Ctrl+M")
    assert {line[1] for line in seen(window) if not isinstance(line, str)} == {"Urgent, Ada", "Waiting, Ada"}
    assert chips(window)[0] == "All 6"
    assert window.today_page.whose.currentText() == "My patients: M. Keller"
    press("Ctrl+M")
    assert chips(window)[0] == "All 10"


def test_the_patients_of_a_named_nurse_or_doctor_or_of_nobody_are_shown_alone(window):
    whose = window.today_page.whose
    assert [whose.itemText(row) for row in range(whose.count())] == [
        "Everybody’s patients", "Dr S. Ahmed", "M. Keller", "P. Novak", "No nurse or doctor named",
    ]  # fmt: skip
    whose.setFocus()
    write("Dr")
    assert {line[1] for line in seen(window) if not isinstance(line, str)} == {"Urgent, Ada"}
    press("End")
    assert {line[1] for line in seen(window) if not isinstance(line, str)} == {"Early, Ada"}


def test_a_filter_under_which_there_is_nothing_says_so_and_the_keys_still_turn(window, clinic):
    window.today_page.whose.setCurrentIndex(4)
    press("Ctrl+1")
    press("Right")
    assert window.today_page.below.currentWidget() is window.today_page.nothing
    assert window.today_page.nothing.text().startswith("There is nothing here. Choose “All”")
    press("Esc")
    assert window.today_page.below.currentWidget() is window.today_page.view
    assert focused() is window.today_page.view


def test_what_is_urgent_of_other_patients_is_said_where_nothing_of_ones_own_is(window, clinic):
    clinic.people.put(Person(name="Nobody’s Nurse", role="nurse"))
    window.desktop.who.choose(next(one for one in clinic.people.listed() if one.name == "Nobody’s Nurse"))
    press("Ctrl+M")
    assert chips(window)[0] == "All 0"
    words = window.today_page.nothing.text()
    assert words.endswith("■ 1 urgent line stands with other patients.")
    press("Ctrl+M")
    assert seen(window)[0] == "Urgent  1"


# opening


def test_enter_on_what_is_urgent_opens_the_record_at_the_next_step(window):
    press("Return")
    assert window.windowTitle() == "Urgent, Ada · A-1 · born 2 May 1964 · ■ 1 urgent – ALKPath"
    page = window.desktop.patient_page
    assert focused() is page.next_step.text
    assert page.current_entry().analyte in ("ALT", "AST", "total_bilirubin")
    assert "F9 chooses an option" in window.statusBar().currentMessage()


def test_while_a_record_is_open_the_list_is_not_made_anew_at_every_change_but_when_it_is_seen_again(window):
    window.desktop.open_patient("A-1")
    made = []
    window.today_page.model.modelReset.connect(lambda: made.append(1))
    for line in window.desktop.opened.record.therapy_lines:
        window.desktop.opened.put(replace(line, stopped_on="2014-11-04", stop_reason="toxicity"))
    settled(window)
    assert made == []
    assert [one.what for one in window.today_page.model.items if one.mrn == "A-1" and one.urgency == "urgent"]
    window.desktop.go("today_page")
    assert made
    assert not [one.what for one in window.today_page.model.items if one.mrn == "A-1" and one.urgency == "urgent"]


def test_enter_on_what_is_due_stands_at_the_list_its_result_belongs_to_and_says_the_key(window):
    go_to(window, "A-2", "liver_function_tests")
    press("Return")
    assert window.desktop.opened.mrn == "A-2"
    assert focused() is window.desktop.patient_page.entries
    assert window.desktop.patient_page.entries.current().key.section == "labs"
    assert window.statusBar().currentMessage().endswith("Ctrl+Shift+V writes down the result.")


def test_enter_on_what_is_awaited_stands_at_that_entry_and_enter_opens_it(window):
    go_to(window, "A-3", "ngs")
    press("Return")
    assert window.desktop.patient_page.current_entry().id == "t9"
    press("Return")
    assert window.desktop.patient_page.pane.key.entry == "t9"


def test_coming_back_stands_at_the_same_line(window):
    go_to(window, "A-3", "ngs")
    press("Return")
    press("Ctrl+1")
    assert window.pages.currentWidget() is window.today_page
    assert current(window) == ("A-3", "ngs")
    assert focused() is window.today_page.view


def test_a_record_that_is_saved_is_worked_out_again_at_once_and_only_that_one(window, clinic, monkeypatch):
    asked = []
    real = clinic.worklist.of_patient
    monkeypatch.setattr(
        type(clinic.worklist), "of_patient", lambda _self, mrn, day: asked.append(mrn) or real(mrn, day)
    )
    go_to(window, "A-3", "ngs")
    press("Return")
    opened = window.desktop.opened
    opened.put(replace(opened.record.entry("t9"), status="failed"))
    settled(window)
    assert asked == ["A-3"]
    press("Ctrl+1")
    assert not any("NGS asked on" in line[2] for line in seen(window) if not isinstance(line, str))
    assert current(window)[0] in ("A-4", "A-2")  # what stands in its place now
    press("Ctrl+3")
    press("Ctrl+Z")
    settled(window)
    press("Ctrl+1")
    assert any("NGS asked on" in line[2] for line in seen(window) if not isinstance(line, str))


# done and snoozed


def test_snoozing_asks_until_when_and_why_and_the_line_is_gone_until_then(window, clinic):
    go_to(window, "A-3", "liver_function_tests")
    press("F4")
    form = window.today_page.aside.form
    assert form.fields["until"].value() == "2014-11-12"
    assert name_of(QApplication.focusWidget()) == "Until"
    write("+2w")
    press("Tab")
    write("Blood is taken by the GP")
    press("Return")
    assert form.fields["by"].fault.text() == "Say who you are."  # nobody was chosen to sit here
    assert name_of(QApplication.focusWidget()) == "Your name"
    write("O. Weiss")
    press("Return")
    settled(window)
    message = window.statusBar().currentMessage()
    assert message == "Snoozed until 19 November 2014: Waiting, Ada, A-3. Ctrl+Z takes it back."
    assert ("▲", "Waiting, Ada", DUE) not in seen(window)
    assert "◷ Snoozed 1" in chips(window)
    assert focused() is window.today_page.view
    [aside] = [one.aside for one in clinic.worklist.shown(clinic.today()) if one.aside]
    assert (aside.until, aside.reason, aside.by) == ("2014-11-19", "Blood is taken by the GP", "O. Weiss")


def test_who_sits_here_is_not_asked_for_a_name(window, clinic):
    window.desktop.who.choose(clinic.people.listed()[0])
    go_to(window, "A-3", "ngs")
    press("F3")
    form = window.today_page.aside.form
    assert list(form.fields) == ["reason"]
    assert form.said.text() == "It comes back when its facts change."
    press("Return")
    assert form.fields["reason"].fault.text() == "Say in a word why."
    press("Down")
    press("Return")
    settled(window)
    [aside] = [one.aside for one in clinic.worklist.shown(clinic.today()) if one.aside]
    assert (aside.verdict, aside.until, aside.reason, aside.by) == (
        "done", None, "Done elsewhere; the result follows", "M. Keller")  # fmt: skip


def test_what_is_due_and_done_says_that_it_comes_back_unless_the_result_is_recorded(window):
    go_to(window, "A-3", "liver_function_tests")
    press("F3")
    form = window.today_page.aside.form
    assert form.fields["until"].value() == "2014-11-19"
    assert form.said.text().startswith("It comes back on that day unless the result is recorded")
    press("Esc")
    assert window.today_page.aside.form is None
    assert focused() is window.today_page.view


def test_what_is_urgent_is_not_marked_as_done_and_the_reason_is_said(window):
    press("F3")
    assert window.today_page.aside.form is None
    assert "What is urgent is decided on in the record" in window.statusBar().currentMessage()
    press("F4")
    assert window.today_page.aside.form.fields["until"].value() == "2014-11-06"


def test_undo_takes_back_what_was_put_aside_last(window, clinic):
    window.desktop.who.choose(clinic.people.listed()[0])
    assert not window.actions_by_name["undo"].isEnabled()
    go_to(window, "A-3", "ngs")
    press("F4")
    press("Tab")
    write("Waiting for the lab")
    press("Return")
    settled(window)
    assert "○ Awaited 1" not in chips(window)
    press("Ctrl+Z")
    settled(window)
    assert "○ Awaited 1" in chips(window)
    assert "◷ Snoozed 1" not in chips(window)
    assert window.statusBar().currentMessage() == "Taken back: Waiting, Ada, A-3."
    assert not window.actions_by_name["undo"].isEnabled()


def test_undo_never_changes_a_record_that_is_not_seen(window):
    undo = window.actions_by_name["undo"]
    go_to(window, "A-3", "ngs")
    press("Return")
    window.desktop.opened.put(replace(window.desktop.opened.record.entry("t9"), status="failed"))
    settled(window)
    assert "NGS" in undo.text()
    for place in ("Ctrl+1", "Ctrl+2"):
        press(place)
        assert (undo.text(), undo.isEnabled()) == ("&Undo", False)
    press("Ctrl+3")
    assert "NGS" in undo.text()
    assert undo.isEnabled()


def test_what_is_put_aside_is_by_who_sits_here_when_it_is_stored(window, clinic):
    clinic.people.put(Person(name="P. Novak", role="nurse"))
    keller, novak = clinic.people.listed()
    window.desktop.who.choose(keller)
    go_to(window, "A-3", "ngs")
    press("F4")
    window.desktop.who.choose(novak)
    window.today_page.aside.form.fields["reason"].put("Waiting")
    window.today_page.aside.form.save()
    settled(window)
    aside = next(one.aside for one in window.today_page.model.items if (one.mrn, one.what) == ("A-3", "ngs"))
    assert aside.by == "P. Novak"


def test_what_is_snoozed_can_be_looked_at_and_put_back_on_the_list(open_window, clinic):
    store_aside(clinic, "A-3", "ngs")
    window = ready(open_window())
    assert not window.actions_by_name["put_back"].isEnabled()
    press("Left")
    assert seen(window) == ["Snoozed  1", ("◷", "Waiting, Ada", "NGS asked on 21 October 2014: result awaited")]
    index = window.today_page.model.index(1, TEAM)
    assert index.data() == "until 12 November 2014 · An appointment is made · by M. Keller"
    press("Shift+F6")
    settled(window)
    assert window.statusBar().currentMessage() == "Waiting, Ada, A-3 is on the list again."
    press("Esc")
    assert "○ Awaited 1" in chips(window)


def test_a_snoozed_line_is_back_on_its_day_though_the_window_stayed_open(open_window, clinic):
    store_aside(clinic, "A-3", "ngs")
    days = [date(2014, 11, 5)]
    window = ready(open_window(replace(clinic, today=lambda: days[0])))
    assert "○ Awaited 1" not in chips(window)
    days[0] = date(2014, 11, 12)
    window.today_page.look_at_the_clock()
    settled(window)
    assert window.today_page.day.text() == "Today, Wednesday 12 November 2014"
    assert "○ Awaited 1" in chips(window)


def test_an_answer_that_cannot_be_stored_keeps_the_typing_and_says_why(window, clinic, monkeypatch):
    window.desktop.who.choose(clinic.people.listed()[0])

    def locked(*_given):
        raise NotPossible("The database is locked.")

    monkeypatch.setattr(type(clinic.worklist.asides), "put", locked)
    go_to(window, "A-3", "ngs")
    press("F3")
    write("Phoned")
    press("Return")
    assert window.today_page.aside.form.fields["reason"].value() == "Phoned"
    assert window.desktop.notice.words.text() == "The database is locked."


# how current it is


def test_the_list_of_the_last_time_is_there_at_once_and_says_of_when(open_window, clinic, monkeypatch):
    clinic.worklist.bring_up_to_date(clinic.today())
    monkeypatch.setattr(type(clinic.worklist), "outdated", lambda _self, _day: 3)
    window = open_window()
    page = window.today_page
    told = []
    page.running.progressed.connect(lambda *_given: told.append((page.run_line.words.text(), len(seen(window)))))
    until(lambda: told, "the work to begin")
    words, lines = told[0]
    assert words.startswith("As of ")
    assert words.endswith(", being brought up to date… 0 of 3 patients")
    assert lines == 15
    settled(window)
    assert page.run_line.words.text().startswith("As of ")
    assert "," not in page.run_line.words.text()
    assert not page.run_line.cancel.isVisible()


def test_a_list_that_was_looked_at_and_is_current_is_as_of_now_though_nothing_had_changed(window, clinic):
    page = window.today_page
    page.run_line.show_run(datetime(2014, 11, 5, 1, 2), "2014-11-05", date(2014, 11, 5))
    before = f"As of {datetime.now():%H:%M}"
    press("F5")
    settled(window)
    assert page.run_line.words.text() in (before, f"As of {datetime.now():%H:%M}")


def test_working_it_out_can_be_cancelled_and_gone_on_with(open_window, clinic, monkeypatch):
    monkeypatch.setattr("app.services.worklist.AT_ONCE", 1)
    window = open_window()
    page = window.today_page
    page.running.progressed.connect(lambda done, _all: done == 1 and page.run_line.cancel.click())
    until(lambda: "F5 goes on" in page.run_line.words.text(), "the work to end")
    assert page.run_line.words.text().startswith("Not brought up to date for")
    assert 0 < clinic.worklist.outdated(clinic.today()) < 4
    press("Esc")
    page.running.progressed.disconnect()
    press("F5")
    until(lambda: not page.running.is_running and len(seen(window)) == 15, "the rest")
    assert clinic.worklist.outdated(clinic.today()) == 0


@pytest.mark.parametrize("end", ["cancelled", "failed"])
def test_who_was_saved_while_the_list_was_worked_out_is_brought_up_to_date_however_that_ended(
    window, clinic, monkeypatch, end
):
    def ends(_self, _day, report):
        if end == "failed":
            raise NotPossible("The disk is full.")
        report(1)

    monkeypatch.setattr(type(clinic.worklist), "bring_up_to_date", ends)
    opened = clinic.patients.open("A-3")
    running = window.today_page.running
    running.bring_up_to_date()
    tested = replace(opened.record.entry("t9"), status="failed")
    clinic.patients.save(opened.record.with_entry(tested), opened.version)
    running.refresh("A-3")
    if end == "cancelled":
        running.progressed.connect(running.cancel)
    settled(window)
    assert clinic.worklist.outdated(clinic.today()) == 0
    assert ("A-3", "ngs") not in {(one.mrn, one.what) for one in window.today_page.model.items}


def test_a_list_of_another_day_says_which(open_window, clinic, monkeypatch):
    clinic.worklist.bring_up_to_date(date(2014, 11, 4))
    window = open_window()
    told = []
    window.today_page.running.listed.connect(lambda _listed: told.append(window.today_page.run_line.words.text()))
    until(lambda: told, "the list")
    assert told[0].startswith("As of 4 November 2014, ")
    settled(window)


def test_a_list_that_cannot_be_read_says_why_above_the_page(open_window, clinic, monkeypatch):
    def refuse(_self, _day):
        raise NotPossible("The database is locked by another program.")

    monkeypatch.setattr(type(clinic.worklist), "shown", refuse)
    window = open_window()
    until(lambda: window.desktop.notice.isVisible(), "the notice")
    assert window.desktop.notice.words.text() == "The database is locked by another program."


def test_records_that_are_imported_are_on_the_list(window, clinic):
    window.actions_by_name["demo"].trigger()
    until(lambda: any("Liver, Hedda" in line for line in seen(window)), "the imported patients")
    settled(window)
    assert {"A-1", "DEMO-1", "DEMO-7"} <= {one.mrn for one in window.today_page.model.items}


# nothing to do


def test_a_clinic_without_patients_is_told_what_will_be_here_and_the_first_steps(open_window):
    window = open_window()
    page = window.today_page
    until(lambda: page.below.currentWidget() is page.empty, "the empty state")
    words = [button.text().replace("&", "") for button in page.empty.buttons]
    assert words == ["New patient…", "Import records…", "Load demonstration patients"]


def test_a_clinic_in_which_nothing_is_due_is_told_so(open_window, desk):
    desk.patients.save(a_record(patient=a_patient(deceased_on="2014-01-01")), None)
    window = open_window()
    page = window.today_page
    until(lambda: page.below.currentWidget() is page.nothing and not page.running.is_running, "the list")
    assert page.nothing.text().startswith("Nothing is due today.\n\nWhat is urgent, due, awaited or undecided")
    assert chips(window) == ["All 0", "■ Urgent 0", "▲ Due 0"]


# keys and size


def test_every_key_of_the_page_is_in_its_menu_and_in_the_tip_of_its_button(window):
    actions = window.actions_by_name
    keys = {name: actions[name].shortcut().toString() for name in ("done", "snooze", "put_back", "mine")}
    assert keys == {"done": "F3", "snooze": "F4", "put_back": "Shift+F6", "mine": "Ctrl+M"}
    assert all(key in actions[name].toolTip() for name, key in keys.items())
    assert [actions[name].shortcut().toString() for name in ("today_page", "patients_page", "record_page")] == [
        "Ctrl+1", "Ctrl+2", "Ctrl+3",
    ]  # fmt: skip
    press("Ctrl+2")
    assert not any(actions[name].isEnabled() for name in ("open_item", "done", "snooze", "put_back", "mine"))


def test_the_model_keeps_the_rules_of_a_model(window, qtmodeltester):
    qtmodeltester.check(window.today_page.model)
    assert window.today_page.model.rowCount() == 15


def test_ten_thousand_lines_are_one_list_without_a_widget_each(window, qtbot):
    items = window.today_page.model.items
    many = tuple(replace(one, mrn=f"{one.mrn}-{n}") for n in range(1000) for one in items)
    model = WorklistModel()
    model.show(many)
    assert model.rowCount() == len(many) + 5
    window.today_page.model.show(many)
    assert len(window.today_page.view.viewport().children()) < 10
    press("End")
    assert current(window)[0].startswith("A-4-")
    assert window.today_page.model.index(1, NUMBER).data() == "A-1-0"
