"""Fields and grids: what the hand types, what the eye sees, what a screen reader hears."""

import pytest
from opened_form import opened, press, tab, type_
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment
from app.record.circumstances import Access
from app.record.diagnosis import Diagnosis
from app.record.note import Note
from app.record.status import Condition, PerformanceStatus
from app.ui.forms.editors import CodeEditor
from app.words import speaking


def test_what_was_typed_stays_when_the_date_is_wrong(qtbot):
    form = opened(qtbot, PerformanceStatus)
    type_(qtbot, "2014-02-30")
    date = form.fields["date"]
    assert date.fault.text() == ""  # the hand is still at work
    tab(qtbot)
    assert date.fault.text() == "is not a date: there is no such day in the calendar"
    assert date.fault.isVisible()
    assert date.editor.text() == "2014-02-30"
    assert form.draft.typed["date"] == "2014-02-30"
    assert form.draft.entry is None
    assert "no such day" in date.editor.accessibleDescription()


@pytest.mark.parametrize(
    ("typed", "shown", "words"),
    [
        ("5.3.2014", "2014-03-05", "5 March 2014"),
        ("3/2014", "2014-03", "March 2014"),
        ("-3w", "2014-10-13", "13 October 2014"),
    ],
)
def test_a_date_is_written_in_iso_once_it_is_left_and_said_in_words(qtbot, typed, shown, words):
    form = opened(qtbot, PerformanceStatus)
    type_(qtbot, typed)
    assert form.draft.typed["date"] == typed
    tab(qtbot)
    assert form.fields["date"].editor.text() == shown
    assert form.fields["date"].hint.text() == words


def test_today_is_one_key_away(qtbot):
    form = opened(qtbot, PerformanceStatus)
    press(qtbot, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert form.fields["date"].value() == "2014-11-03"


def test_today_wins_over_a_key_of_the_window_while_a_date_is_typed(qtbot):
    form = opened(qtbot, PerformanceStatus)
    window_key = QShortcut(QKeySequence("Ctrl+T"), form)
    with qtbot.assertNotEmitted(window_key.activated):
        press(qtbot, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert form.fields["date"].value() == "2014-11-03"


def test_a_number_is_written_with_a_point_once_it_is_left(qtbot):
    form = opened(qtbot, Diagnosis)
    form.fields["smoking.pack_years"].focus()
    type_(qtbot, "12,50")
    tab(qtbot)
    assert form.fields["smoking.pack_years"].editor.text() == "12.50"


def test_the_calendar_is_only_a_help(qtbot):
    form = opened(qtbot, PerformanceStatus, {"date": "2014-10-28"})
    press(qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = form.fields["date"].editor._calendar
    assert calendar.isVisible()
    assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2014-10-28"
    calendar.close()


def test_not_known_is_never_no(qtbot):
    form = opened(qtbot, Condition, {"date": "2014-01-15", "code": "long_qt"})
    form.fields["present"].focus()
    assert form.draft.faults == {"present": "is missing"}
    type_(qtbot, "n")
    assert form.draft.entry.present is False
    press(qtbot, Qt.Key.Key_Left)
    assert form.draft.entry.present is True
    form.fields["present"].put(None)
    assert form.draft.entry is None


def test_a_long_list_of_codes_is_typed_into(qtbot):
    form = opened(qtbot, Condition)
    code = form.fields["code"]
    code.focus()
    type_(qtbot, "long")
    press(qtbot, Qt.Key.Key_Escape)  # closes the list, not the form
    tab(qtbot)
    assert code.value() == "long_qt"
    assert code.editor.currentText() == "long QT"


def test_what_is_none_of_the_codes_stays_and_is_refused_in_the_words_of_the_record_format(qtbot):
    form = opened(qtbot, Diagnosis)
    form.fields["stage"].focus()
    type_(qtbot, "V9")
    tab(qtbot)
    assert form.fields["stage"].editor.currentText() == "V9"
    assert form.fields["stage"].fault.text().startswith("is not one of I, IA, IB")


def test_the_wheel_scrolls_past_a_code_without_changing_it(qtbot):
    editor = CodeEditor([("a", "A"), ("b", "B")])
    qtbot.addWidget(editor)
    editor.put("a")
    here = QPointF(5, 5)
    down = QWheelEvent(here, here, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                       Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(editor, down)
    assert editor.value() == "a"


def test_several_codes_are_ticked_with_arrows_and_space(qtbot):
    form = opened(qtbot, Diagnosis)
    form.fields["metastatic_sites"].focus()
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Space)
    type_(qtbot, "l")
    press(qtbot, Qt.Key.Key_Space)
    assert form.draft.entry.metastatic_sites == ("bone", "liver")


def test_a_drug_is_written_as_the_record_names_drugs(qtbot):
    form = opened(qtbot, Access)
    form.fields["drug"].focus()
    type_(qtbot, "Alectinib")
    press(qtbot, Qt.Key.Key_Escape)
    tab(qtbot)
    assert form.fields["drug"].editor.text() == "alectinib"


def test_known_terms_are_offered_and_any_other_text_is_kept_as_written(qtbot):
    form = opened(qtbot, AdverseEvent)
    assert form.fields["term"].editor.completer().model().rowCount() == 19
    type_(qtbot, "Hiccups")
    form.fields["from"].put("2014-06")
    assert form.draft.entry == AdverseEvent(id="e1", term="Hiccups", from_="2014-06")


def test_words_typed_in_french_are_in_the_record_as_rules_know_them(qtbot):
    with speaking("fr"):
        form = opened(qtbot, AdverseEvent)
        type_(qtbot, "Pneumopathie inflammatoire")
        form.fields["suspected_drug"].put("céritinib")
        form.fields["from"].put("2014-06")
        assert form.draft.entry == AdverseEvent(
            id="e1", term="pneumonitis", from_="2014-06", suspected_drug="ceritinib"
        )
        form.fields["term"].put("pneumonitis")
        assert form.fields["term"].editor.text() == "pneumopathie inflammatoire"


def test_enter_goes_on_and_saves_in_the_last_field(qtbot):
    form = opened(qtbot, PerformanceStatus)
    accepted = []
    form.accepted.connect(accepted.append)
    type_(qtbot, "15.1.2014")
    press(qtbot, Qt.Key.Key_Return)
    assert accepted == []
    type_(qtbot, "1")
    press(qtbot, Qt.Key.Key_Return)
    assert accepted == [PerformanceStatus(id="p1", date="2014-01-15", ecog=1)]


def test_ctrl_return_saves_from_anywhere_even_from_a_long_text(qtbot):
    form = opened(qtbot, Note, {"date": "2014-11-01"})
    accepted = []
    form.accepted.connect(accepted.append)
    form.fields["text"].focus()
    type_(qtbot, "Feels well.")
    press(qtbot, Qt.Key.Key_Return)
    type_(qtbot, "Works again.")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [note.text for note in accepted] == ["Feels well.\nWorks again."]


def test_save_with_a_fault_goes_to_it_and_keeps_everything(qtbot):
    form = opened(qtbot, PerformanceStatus, {"date": "2014-01-15", "ecog": "7"})
    accepted = []
    form.accepted.connect(accepted.append)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert accepted == []
    assert form.fields["ecog"].holds(QApplication.focusWidget())
    assert form.fields["ecog"].fault.text() == "must not be above 5"
    assert form.draft.typed == {"date": "2014-01-15", "ecog": "7"}


def test_esc_cancels_and_the_draft_keeps_the_typing(qtbot):
    form = opened(qtbot, PerformanceStatus)
    type_(qtbot, "2014")
    with qtbot.waitSignal(form.cancelled):
        press(qtbot, Qt.Key.Key_Escape)
    assert form.draft.typed == {"date": "2014"}


def test_a_grid_grows_as_it_is_typed_into_and_tab_passes_its_blank_row(qtbot):
    form = opened(qtbot, Assessment)
    grid = form.fields["new_lesions"].grid
    form.fields["new_lesions"].focus()
    assert len(grid.rows) == 1
    type_(qtbot, "brain")
    press(qtbot, Qt.Key.Key_Escape)
    assert len(grid.rows) == 2
    tab(qtbot)
    type_(qtbot, "y")
    tab(qtbot)
    assert QApplication.focusWidget() is grid.rows[1].cells["site"]
    tab(qtbot)
    assert not form.fields["new_lesions"].holds(QApplication.focusWidget())
    assert grid.value() == [{"site": "brain", "unequivocal": True}]


def test_a_row_is_removed_by_the_keyboard_and_the_others_keep_their_place(qtbot):
    lesions = [{"lesion": "T1", "site": "lung", "mm": "10"}, {"lesion": "T2", "site": "liver", "mm": "20"}]
    form = opened(qtbot, Assessment, {"date": "2014-01-20", "modality": "ct", "target_lesions": lesions})
    form.fields["target_lesions"].focus()
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert [lesion.lesion for lesion in form.draft.entry.target_lesions] == ["T2"]
    assert QApplication.focusWidget() is form.fields["target_lesions"].grid.rows[0].cells["lesion"]


def test_a_fault_in_a_grid_names_its_row_and_column(qtbot):
    lesions = [{"lesion": "T1", "site": "lung", "mm": "10"}, {"lesion": "T2", "site": "liver", "mm": "-3"}]
    form = opened(qtbot, Assessment, {"date": "2014-01-20", "modality": "ct", "target_lesions": lesions})
    form.save()
    field = form.fields["target_lesions"]
    assert field.fault.text() == "row 2, mm: must not be below 0"
    assert QApplication.focusWidget() is field.grid.rows[1].cells["mm"]
    assert QApplication.focusWidget().accessibleDescription() == "must not be below 0"


def test_a_form_can_be_closed_and_forgotten_without_a_trace(qtbot):
    from weakref import ref

    form = opened(qtbot, Assessment, {"target_lesions": [{"lesion": "T1"}]})
    gone = ref(form)
    form.close()
    form.deleteLater()
    QApplication.sendPostedEvents()
    del form
    qtbot.waitUntil(lambda: QApplication.focusWidget() is None)
    assert gone() is None or not gone().isVisible()
