"""Asking, before a second record exists, whether the person is here already."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.figures.wording import date_in_words
from app.record.names import full_name
from app.record.patient import Patient
from app.record.record import PatientRecord
from app.record.summary import PatientSummary
from app.ui.palette import colour
from app.ui.panels.entry_lines import line_of, sort_day
from app.words import _, labelled

NAME, NUMBER, BORN, LAST, WHY = range(5)


def last_entry(record: PatientRecord) -> str:
    """Return the newest entry that counts, in words with its date; "" when there is none."""
    counting = [one for _section, one in record.entries() if one.entered_in_error is None and sort_day(one)]
    if not counting:
        return ""
    newest = max(counting, key=sort_day)
    return labelled(date_in_words(sort_day(newest)), line_of(newest, record))


class DuplicatesDialog(QDialog):
    """Shows the person that was typed above those it may be.

    `open_asked(mrn)` when one of them is the same person, `another_person()` when none is; Esc goes back to the form.
    """

    open_asked = Signal(str)
    another_person = Signal()

    def __init__(
        self, person: Patient, found: Sequence[tuple[PatientSummary, str, PatientRecord]], parent: QWidget | None = None
    ) -> None:
        """`found` are those it may be, each with why and with the record."""
        super().__init__(parent)
        self.setWindowTitle(_("Is this person here already?"))
        self.resize(1080, 320)
        self._mrns = [one.mrn for one, _why, _record in found]
        words = QLabel(_("A person who may be the same has a record already. What differs is in bold."))
        words.setWordWrap(True)
        self.list = self._list()
        self._add(_line(person), _("being typed now"), "", None)
        for one, why, record in found:
            self._add(_line(one), last_entry(record) or _("no entries yet"), why, person)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.open_button = buttons.addButton(_("&Open this one"), role.AcceptRole)
        self.another_button = buttons.addButton(_("This is &another person"), role.ActionRole)
        self.back_button = buttons.addButton(_("&Back to the form"), role.RejectRole)
        self.open_button.setProperty("main", True)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self.open_chosen)
        self.another_button.clicked.connect(self._another)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(words)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.list.setCurrentIndex(self.list.model().index(1, 0))
        self.list.setFocus()

    def open_chosen(self) -> None:
        """Give the record that is chosen."""
        row = max(self.list.currentIndex().row(), 1)
        self.accept()
        self.open_asked.emit(self._mrns[row - 1])

    def _another(self) -> None:
        self.accept()
        self.another_person.emit()

    def _open_index(self, index: QModelIndex) -> None:
        if index.row() > 0:
            self.open_chosen()

    def _list(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setObjectName("people")
        table.setAccessibleName(_("The person being typed, and those it may be"))
        table.setHeaderLabels([_("Name"), _("Number"), _("Born"), _("Last entry"), _("Why it may be the same")])
        table.setRootIsDecorated(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAllColumnsShowFocus(True)
        header = table.header()
        for column in (NAME, NUMBER, BORN, WHY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(LAST, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(self._open_index)
        return table

    def _add(self, line: tuple[str, str, str], last: str, why: str, beside: Patient | None) -> None:
        item = QTreeWidgetItem(self.list, [*line, last, why])
        for column in range(self.list.columnCount()):
            item.setToolTip(column, item.text(column))
        if beside is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for column in range(self.list.columnCount()):
                item.setForeground(column, colour("accent"))
            return
        for column, (its, typed) in enumerate(zip(line, _line(beside), strict=True)):
            font = item.font(column)
            font.setBold(its != typed)
            item.setFont(column, font)


def _line(person: Patient | PatientSummary) -> tuple[str, str, str]:
    return full_name(person), person.mrn, date_in_words(person.birth_date) if person.birth_date else _("not known")
