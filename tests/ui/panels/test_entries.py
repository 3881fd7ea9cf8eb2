"""The list of entries: groups, lines, errors struck through, unfinished typing with a way back."""

import pytest
from PySide6.QtCore import Qt

from app.record.fields import EnteredInError
from app.ui.drafts import DraftKey
from app.ui.panels.entries import Entries
from app.ui.panels.entries_model import EntriesModel, groups_of
from builders import a_diagnosis, a_line, a_record, a_specimen, an_ihc

WRONG = a_specimen("s2", "2014-02-01", entered_in_error=EnteredInError(reason="another patient"))
RECORD = a_record(a_specimen(), WRONG, an_ihc(), a_line(), diagnosis=a_diagnosis())


@pytest.fixture
def entries(qtbot):
    shown = Entries()
    qtbot.addWidget(shown)
    shown.show_record(RECORD, ())
    return shown


def titles(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_qt(qtmodeltester):
    model = EntriesModel()
    model.show(groups_of(RECORD, ()))
    qtmodeltester.check(model)


def test_groups_that_a_record_always_needs_are_there_when_empty():
    model = EntriesModel()
    model.show(groups_of(a_record(), ()))
    assert titles(model) == [
        "Diagnosis and staging: none", "Therapy lines: none", "Assessments: none", "Specimens and re-biopsies: none",
        "Tests: none",
    ]  # fmt: skip


def test_the_newest_entry_stands_first_and_what_is_wrong_is_struck_through_and_readable():
    model = EntriesModel()
    model.show(groups_of(RECORD, ()))
    index = model.index_of(DraftKey("A-1042", "specimens", "s2"))
    assert index.row() == 0
    assert index.data() == "Tissue, lung — entered in error: another patient"
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    right = model.index_of(DraftKey("A-1042", "specimens", "s1"))
    assert not right.data(Qt.ItemDataRole.FontRole).strikeOut()


def test_unfinished_typing_is_listed_with_its_entry_or_as_a_new_one():
    model = EntriesModel()
    model.show(groups_of(RECORD, (DraftKey("A-1042", "assessments"), DraftKey("A-1042", "tests", "t1"))))
    assert model.index_of(DraftKey("A-1042", "assessments")).data() == "✎ unfinished: new, being typed"
    assert model.index_of(DraftKey("A-1042", "tests", "t1")).data().startswith("✎ unfinished: IHC")


def test_enter_chooses_the_entry_and_folds_a_group(entries, qtbot):
    entries.show()
    entries.select(DraftKey("A-1042", "tests", "t1"))
    with qtbot.waitSignal(entries.chosen) as chosen:
        qtbot.keyClick(entries, Qt.Key.Key_Return)
    assert chosen.args == [DraftKey("A-1042", "tests", "t1")]
    group = entries.model().index(0, 0)
    entries.setCurrentIndex(group)
    qtbot.keyClick(entries, Qt.Key.Key_Return)
    assert not entries.isExpanded(group)


def test_what_was_folded_and_chosen_stays_so_when_the_record_changes(entries):
    entries.collapse(entries.model().index(0, 0))
    entries.select(DraftKey("A-1042", "tests", "t1"))
    entries.show_record(RECORD.with_entry(a_line(id="l2", start="2014-06-01")), ())
    assert not entries.isExpanded(entries.model().index(0, 0))
    assert entries.isExpanded(entries.model().index(1, 0))
    assert entries.current().key == DraftKey("A-1042", "tests", "t1")
