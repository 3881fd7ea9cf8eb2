"""Response by RECIST 1.1 per assessment: what was computed beside what was reported, one never over the other."""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from app.clinical.best_response import EffectiveResponse
from app.clinical.recist import Judgement
from app.figures.wording import code, date_in_words, number, percent
from app.record.record import PatientRecord
from app.services.responses import Responses, responses_of
from app.ui.palette import colour
from app.words import _, labelled, later

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Judged = tuple[Judgement, EffectiveResponse]
HEADS = (
    later("Date"), later("Line"), later("Overall"), later("Reported"), later("Target"), later("Non-target"),
    later("New"), later("Intracranial"), later("Extracranial"), later("Sum, mm"), later("Baseline"), later("Nadir"),
)  # fmt: skip
TIPS = (
    "", "", later("Computed by RECIST 1.1"), later("The word of the radiologist or investigator; never overwritten"),
    later("Computed from the target lesions"), later("Computed from the non-target lesions"),
    later("Unequivocal new lesions"), later("Computed for the brain and its coverings alone (intracranial)"),
    later("Computed for everything else (extracranial)"), later("Sum of the target lesions"),
    later("Change of the sum from the baseline"), later("Change of the sum from the nadir"),
)  # fmt: skip
MIDDLE = Qt.AlignmentFlag.AlignVCenter
REPORTED, NUMBERS = 3, (9, 10, 11)


def cells_of(judged: Judged, line: str) -> tuple[str, ...]:
    """Return the words of one row."""
    one, counts = judged
    reported = code(one.reported) if one.reported else "–"
    if counts.differ:
        reported = _("▲ {reported}, to look at").format(reported=reported)
    return (
        date_in_words(one.date),
        line,
        _("baseline") if one.is_baseline else _short(one.overall),
        reported,
        _short(one.target),
        _short(one.non_target),
        _("yes") if one.new_lesions else "–" if one.overall == "NA" else _("no"),
        _short(one.intracranial),
        _short(one.extracranial),
        number(one.sum_mm) if one.sum_mm is not None else "–",
        _change(one.change_from_baseline_percent),
        _change(one.change_from_nadir_percent),
    )


def remarks_of(judged: Judged) -> str:
    """Return why a row is judged as it is, and what differs."""
    one, counts = judged
    words = [one.why]
    if counts.differ:
        said = _("▲ To look at: {reported} was reported and {computed} computed. {counts} counts for the next step; "
                 "neither is overwritten.")  # fmt: skip
        words.insert(0, said.format(reported=counts.reported, computed=counts.computed, counts=counts.code))
    elif counts.code not in (one.overall, one.reported) and not one.is_baseline:
        words.insert(0, _("A progression is recorded here: {counts} counts.").format(counts=counts.code))
    return " ".join(words)


def _short(response: str) -> str:
    return "–" if response == "NA" else code(response)


def _change(change: Decimal | None) -> str:
    return "–" if change is None else percent(change, sign=True)


class ResponsesModel(QAbstractTableModel):
    """The judgements, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.judged: tuple[Judged, ...] = ()
        self._cells: tuple[tuple[str, ...], ...] = ()

    def show(self, found: Responses) -> None:
        """Show these instead."""
        numbers = {one.line.id: str(one.number or code(one.line.intent or "")) for one in found.lines}
        self.beginResetModel()
        self.judged = tuple(reversed(found.judged))
        self._cells = tuple(cells_of(one, numbers.get(one[0].line or "", "–")) for one in self.judged)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of judgements."""
        return 0 if parent.isValid() else len(self.judged)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands over a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft) | MIDDLE
        if role == Qt.ItemDataRole.ToolTipRole and TIPS[section]:
            return _(TIPS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words and look of a cell; a difference is said in words and stands out."""
        if not index.isValid():
            return None
        differs = self.judged[index.row()][1].differ and index.column() == REPORTED
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells[index.row()][index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return remarks_of(self.judged[index.row()])
            case Qt.ItemDataRole.AccessibleTextRole:
                return labelled(_(HEADS[index.column()]), self._cells[index.row()][index.column()])
            case Qt.ItemDataRole.TextAlignmentRole if index.column() in NUMBERS:
                return Qt.AlignmentFlag.AlignRight | MIDDLE
            case Qt.ItemDataRole.ForegroundRole if differs:
                return colour("due")
            case Qt.ItemDataRole.FontRole if differs or index.column() == 2:
                font = QFont()
                font.setBold(True)
                return font
        return None


class _Table(QTableView):
    """A table of whole rows; Enter opens the one that is chosen."""

    entered = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ResponsesView(QWidget):
    """The table with the reason of the chosen row below it. `chosen(id)` by Enter or a double click."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ResponsesModel(self)
        self.table = _Table()
        self.table.setObjectName("dense")
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Response per assessment"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        self.table.entered.connect(self._choose)
        self.table.doubleClicked.connect(self._choose)
        self.table.selectionModel().currentChanged.connect(self._moved)
        self.remarks = QLabel()
        self.remarks.setWordWrap(True)
        self.remarks.setContentsMargins(8, 2, 8, 4)
        self.remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.remarks)

    def show_record(self, record: PatientRecord, as_of: date) -> int:
        """Show the responses as of a day; return how many are to be looked at."""
        self.model.show(responses_of(record, as_of))
        if self.model.judged:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.remarks.setText(_("Assessments with their response will stand here. Ctrl+Shift+A adds the first."))
        return sum(counts.differ for _one, counts in self.model.judged)

    def select(self, entry_id: str) -> bool:
        """Choose the row an assessment is in."""
        for row, (one, _counts) in enumerate(self.model.judged):
            if entry_id in one.ids:
                self.table.setCurrentIndex(self.model.index(row, 0))
                return True
        return False

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.remarks.setText(remarks_of(self.model.judged[current.row()]) if current.isValid() else "")

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.judged[index.row()][0].ids[0])
