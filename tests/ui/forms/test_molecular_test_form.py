"""Molecular tests: counts and what they say while they are typed, and only the block of the method."""

from opened_form import opened, press, tab, type_
from PySide6.QtCore import Qt

from app.record.molecular_test import Fish, FishReading, Ihc, MolecularTest
from app.record.specimen import Specimen
from builders import a_record

TAKEN = a_record(Specimen(id="s1", kind="tissue", purpose="diagnosis", date="2014-01-12", site="lung"))
FINAL = {"specimen": "s1", "status": "final", "reported_on": "2014-01-22"}


def shares(form):
    return [row.infos["share"].text() for row in form.fields["fish.readings"].grid.filled_rows()]


def test_fish_percentages_appear_while_the_counts_are_typed(qtbot):
    form = opened(qtbot, MolecularTest, {**FINAL, "method": "fish"}, TAKEN)
    form.fields["fish.readings"].focus()
    type_(qtbot, "A")
    tab(qtbot, 2)
    type_(qtbot, "50")
    assert form.pooled.text() == ""
    tab(qtbot)
    type_(qtbot, "9")
    assert shares(form) == ["18 %"]
    tab(qtbot)
    type_(qtbot, "2")
    assert shares(form) == ["22 %"]
    assert form.pooled.text() == "11/50 = 22 %. From 10 to 50 % a second reader counts another 50 cells."
    tab(qtbot)
    for text, tabs in (("B", 2), ("50", 1), ("10", 1), ("1", 0)):
        type_(qtbot, text)
        tab(qtbot, tabs)
    assert shares(form) == ["22 %", "22 %"]
    assert form.pooled.text() == "2 readers together 22/100 = 22 %. The counts say: positive."
    readings = (
        FishReading(reader="A", cells=50, split=9, single_red=2),
        FishReading(reader="B", cells=50, split=10, single_red=1),
    )
    assert form.draft.entry.fish == Fish(readings=readings)


def test_a_count_of_too_few_cells_asks_for_more(qtbot):
    form = opened(
        qtbot, MolecularTest, {**FINAL, "method": "fish", "fish": {"readings": [{"cells": "30", "split": "9"}]}}, TAKEN
    )
    assert form.pooled.text() == "9/30 = 30 %. Fewer than 50 cells: more must be counted."


def test_fifteen_per_cent_of_two_readers_is_positive_and_said_to_be_at_the_cut_off(qtbot):
    readings = [{"reader": "A", "cells": "50", "split": "8"}, {"reader": "B", "cells": "50", "split": "7"}]
    form = opened(qtbot, MolecularTest, {**FINAL, "method": "fish", "fish": {"readings": readings}}, TAKEN)
    assert form.pooled.text() == (
        "2 readers together 15/100 = 15 %. The counts say: positive."
        " Exactly at the cut-off of 15 %, which counts as positive."
    )


def test_a_laboratory_that_says_otherwise_than_its_counts_is_marked_at_once(qtbot):
    typed = {"readings": [{"cells": "50", "split": "40"}], "reported": "negative"}
    form = opened(qtbot, MolecularTest, {**FINAL, "method": "fish", "fish": typed}, TAKEN)
    assert form.pooled.text() == "40/50 = 80 %. The counts say: positive. ▲ Reported as negative."
    form.fields["fish.reported"].put("positive")
    assert form.pooled.text() == "40/50 = 80 %. The counts say: positive."


def test_more_positive_cells_than_cells_are_refused_in_their_row(qtbot):
    readings = {"readings": [{"reader": "A", "cells": "50", "split": "51"}]}
    form = opened(qtbot, MolecularTest, {**FINAL, "method": "fish", "fish": readings}, TAKEN)
    form.save()
    assert form.fields["fish.readings"].fault.text() == "row 1: 51 positive of 50 cells is more than 100 %"


def test_only_the_block_of_the_method_counts_and_the_others_keep_their_typing(qtbot):
    form = opened(qtbot, MolecularTest, {**FINAL, "method": "ihc"}, TAKEN)
    form.fields["ihc.clone"].put("D5F3")
    form.fields["ihc.intensity"].put("3")
    assert form.draft.entry.ihc == Ihc(clone="D5F3", intensity=3)
    form.fields["method"].put("rt_pcr")
    form.fields["rt_pcr.reported"].put("positive")
    assert not form.fields["ihc.clone"].isVisible()
    assert form.draft.entry.ihc is None
    assert form.draft.entry.rt_pcr.reported == "positive"
    form.fields["method"].put("ihc")
    assert form.draft.entry.ihc == Ihc(clone="D5F3", intensity=3)


def test_a_final_test_without_its_result_is_refused_at_the_foot_of_the_form(qtbot):
    form = opened(qtbot, MolecularTest, {**FINAL, "method": "ngs"}, TAKEN)
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.summary.text() == "NGS: is missing: a final test has its result"


def test_a_requested_test_needs_neither_report_nor_result(qtbot):
    typed = {"specimen": "s1", "status": "requested", "method": "fish", "requested_on": "2014-01-13"}
    form = opened(qtbot, MolecularTest, typed, TAKEN)
    assert form.draft.entry == MolecularTest(
        id="t1", specimen="s1", status="requested", method="fish", requested_on="2014-01-13"
    )


def test_a_result_of_a_test_that_is_still_awaited_is_not_stored_without_a_word(qtbot):
    typed = {"specimen": "s1", "method": "ihc", "status": "requested", "requested_on": "2014-01-14"}
    form = opened(qtbot, MolecularTest, typed, TAKEN)
    accepted = []
    form.accepted.connect(accepted.append)
    assert form.awaited.isHidden()
    form.fields["ihc.reported"].put("positive")
    assert not form.awaited.isHidden()
    form.fields["reported_on"].put("2014-01-22")
    form.save()
    assert accepted == []
    assert form.fields["status"].holds(form.focusWidget())
    form.fields["status"].put("final")
    assert form.awaited.isHidden()
    form.save()
    assert [(one.status, one.ihc.reported) for one in accepted] == [("final", "positive")]
