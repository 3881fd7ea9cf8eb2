"""An empty group of entries begins its first entry by Enter."""

from PySide6.QtCore import Qt

from app.record.patient import Patient
from app.record.record import PatientRecord
from app.ui.panels.entries import Entries


def test_enter_on_an_empty_group_begins_its_first_entry(qtbot):
    panel = Entries()
    qtbot.addWidget(panel)
    panel.show_record(PatientRecord(patient=Patient(mrn="A-1", family_name="Example")), ())
    panel.setCurrentIndex(panel.model().index(0, 0))
    with qtbot.waitSignal(panel.chosen) as chosen:
        qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert (chosen.args[0].mrn, chosen.args[0].section, chosen.args[0].entry) == ("A-1", "diagnosis", "")
