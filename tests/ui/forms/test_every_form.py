"""What holds of every form: no field of the record is lost, every field can be reached, read and named."""

from dataclasses import fields, is_dataclass

import pytest
from opened_form import WIDTH, opened
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.record.assessment import Assessment, TargetLesion
from app.record.decision import Decision
from app.record.diagnosis import Diagnosis
from app.record.lab import Lab
from app.record.molecular_test import MolecularTest
from app.record.patient import Patient
from app.record.record import SECTION_OF
from app.record.specimen import Specimen
from app.record.status import PerformanceStatus
from app.record.therapy_line import TherapyLine
from app.ui.forms.grid_field import GridField
from app.ui.forms.typed import shapes_of
from builders import a_record

# What no form types: the program gives ids and marks errors; a value's "<" is typed with the value.
NOT_TYPED = {"id", "entered_in_error", "comparator"}
KINDS = [Patient, Diagnosis, *(kind for kind in SECTION_OF if kind is not Decision)]


def paths_of(kind, before=""):
    for name, shape in shapes_of(kind).items():
        if name in NOT_TYPED and not before.endswith("]."):
            continue
        if shape.group is None:
            yield f"{before}{name}"
        else:
            yield from paths_of(shape.group, f"{before}{name}{'[]' if shape.several else ''}.")


def places_in(form):
    for path, field in form.fields.items():
        if isinstance(field, GridField):
            prefix = "" if path == "values" else f"{path}[]."
            yield from (f"{prefix}{name}" for name in field.paths())
        else:
            yield path


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_record_has_a_place_in_a_form_and_none_is_invented(qtbot, kind):
    places = list(places_in(opened(qtbot, kind)))
    if kind is Lab:  # its rows may each be of a day of their own
        places.remove("date")
    assert sorted(places) == sorted(paths_of(kind))


def test_the_walk_over_the_record_sees_groups_and_lists():
    assert {"gp.name", "team.nurse", "recipients[].address"} <= set(paths_of(Patient))
    assert {"fish.readings[].cells", "ngs.fusion.partner", "ngs.alterations[].gene"} <= set(paths_of(MolecularTest))
    assert is_dataclass(TargetLesion)
    assert len(list(paths_of(TargetLesion))) == len(fields(TargetLesion))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_name_for_a_screen_reader_and_a_letter_of_its_own(qtbot, kind):
    form = opened(qtbot, kind)
    letters = [letter_of(field.label) for field in form.fields.values() if letter_of(field.label)]
    letters += [letter_of(button) for button in form.findChildren(QPushButton) if letter_of(button)]
    assert len(letters) == len(set(letters))
    for field in form.fields.values():
        assert field.editor.accessibleName()
        assert field.label.buddy() is field.editor
        if isinstance(field, GridField):
            assert all(cell.accessibleName() for row in field.grid.rows for cell in row.cells.values())


def letter_of(label):
    return label.text().partition("&")[2][:1].casefold()


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_fits_a_pane_of_560_pixels(qtbot, kind):
    form = opened(qtbot, kind)
    for method in ("ihc", "fish", "rt_pcr", "ngs", "gene") if kind is MolecularTest else ("",):
        if method:
            form.fields["method"].put(method)
        assert form.page.minimumSizeHint().width() <= WIDTH - 16


ONE_ROW = {
    Assessment: {"target_lesions": [{"lesion": "T1", "site": "leptomeninges", "mm": "42.0"}]},
    Lab: {"values": [{"analyte": "QTc", "value": "480", "unit": "ms"}]},
    TherapyLine: {"drugs": ["crizotinib"], "doses": [{"drug": "crizotinib", "from": "2014-02-03", "amount": "250"}]},
}


@pytest.mark.parametrize("kind", list(ONE_ROW))
def test_the_rare_columns_fit_too(qtbot, kind):
    form = opened(qtbot, kind, ONE_ROW[kind])
    for field in form.fields.values():
        if isinstance(field, GridField):
            field.show_rare()
    assert form.page.minimumSizeHint().width() <= WIDTH - 16


@pytest.mark.parametrize("kind", KINDS)
def test_tab_goes_through_all_fields_in_the_order_they_are_read(qtbot, kind):
    form = opened(qtbot, kind)
    expected = [path for path, field in form.fields.items() if field.isVisibleTo(form)]
    seen = []
    for _step in range(60):
        focused = QApplication.focusWidget()
        here = next((path for path, field in form.fields.items() if field.holds(focused)), None)
        if here is not None and here not in seen:
            seen.append(here)
        if focused is form.save_button:
            break
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == expected
    assert QApplication.focusWidget() is form.save_button


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Diagnosis])  # of which nothing is required
def test_save_with_nothing_typed_shows_what_is_missing_and_goes_there(qtbot, kind):
    form = opened(qtbot, kind)
    accepted = []
    form.accepted.connect(accepted.append)
    form.save()
    assert accepted == []
    shown = [label.text() for label in form.findChildren(QLabel) if "is missing" in label.text() and label.isVisible()]
    assert shown
    faulty = {path.partition("[")[0] for path in form.draft.faults}
    assert any(form.fields[path].holds(QApplication.focusWidget()) for path in faulty)


def test_a_specimen_with_a_purpose_is_offered_by_its_date_and_kind(qtbot):
    record = a_record(Specimen(id="s1", kind="tissue", purpose="diagnosis", date="2014-01-12", site="lung"))
    form = opened(qtbot, MolecularTest, record=record)
    assert form.fields["specimen"].editor.itemText(1) == "2014-01-12 · tissue · lung · diagnosis"


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_nobody_has_typed_into_finds_nothing_missing(qtbot, kind):
    form = opened(qtbot, kind)
    for _step in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert [label.text() for label in form.findChildren(QLabel) if "is missing" in label.text()] == []


def test_what_is_missing_is_said_beside_a_field_that_was_passed_once_something_is_typed(qtbot):
    form = opened(qtbot, PerformanceStatus)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "1")
    assert form.fields["date"].fault.text() == "is missing"
    assert form.fields["date"].fault.isVisible()
