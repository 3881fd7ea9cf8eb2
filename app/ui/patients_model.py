"""The patients as a table that reads only what is looked at, in blocks of 200 rows."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.record.names import full_name
from app.words import _

if TYPE_CHECKING:  # the list is painted before the record's types are loaded
    from app.record.summary import Order, PatientSummary
    from app.services.patients import Patients

BLOCK = 200
BLOCKS_KEPT = 20
ORDERS: "tuple[Order, ...]" = ("name", "mrn", "birth_date", "sex")  # of the columns
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class PatientsModel(QAbstractTableModel):
    """Name, number, born, sex of every patient that `search` finds, in the order of the name until `sort` is asked.

    `failed(error)` comes once when the database cannot be read; the table is then empty.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patients: Patients | None = None
        self._text = ""
        self._count = 0
        self._by, self._backwards = ORDERS[0], False
        self._blocks: OrderedDict[int, tuple[PatientSummary, ...]] = OrderedDict()
        self._headers = (_("Name"), _("Number"), _("Born"), _("Sex"))

    @property
    def text(self) -> str:
        """The search that the rows answer."""
        return self._text

    def show(self, patients: "Patients") -> None:
        """Show these patients from now on."""
        self._patients = patients
        self.search(self._text)

    def search(self, text: str) -> None:
        """Show the patients whose name or number fits `text`; all of them for no text."""
        count = 0
        if self._patients is not None:
            try:
                count = self._patients.count(text)
            except Exception as error:
                self._report(error)
        self.beginResetModel()
        self._text, self._count = text, count
        self._blocks.clear()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the same patients in the order of a column."""
        by, backwards = ORDERS[column], order == Qt.SortOrder.DescendingOrder
        if (by, backwards) != (self._by, self._backwards):
            self.beginResetModel()
            self._by, self._backwards = by, backwards
            self._blocks.clear()
            self.endResetModel()

    def summary(self, row: int) -> "PatientSummary | None":
        """Return the patient of a row, or None when there is none any more."""
        if not 0 <= row < self._count:
            return None
        start = row - row % BLOCK
        if start not in self._blocks:
            self._blocks[start] = self._read(start)
            while len(self._blocks) > BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(start)
        block = self._blocks[start]
        return block[row - start] if row - start < len(block) else None

    def row_of_number(self, number: str) -> int | None:
        """Return the row of the patient of this number, when it is among the first."""
        wanted = number.strip().casefold()
        first = range(min(self._count, BLOCK)) if wanted else ()
        return next((row for row in first if (one := self.summary(row)) and one.mrn.casefold() == wanted), None)

    def _read(self, start: int) -> "tuple[PatientSummary, ...]":
        assert self._patients is not None
        try:
            return self._patients.find(self._text, limit=BLOCK, offset=start, by=self._by, backwards=self._backwards)
        except Exception as error:
            self._report(error)
            return ()

    def _report(self, error: Exception) -> None:
        from app.record.reading import NotPossible

        if not isinstance(error, NotPossible):
            raise error
        self.failed.emit(error)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many patients the search finds."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands over a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headers[section] if section < len(self._headers) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        one = self.summary(index.row())
        if one is None:
            return None
        match index.column():
            case 0:
                name = full_name(one)
                return _("{name} (died)").format(name=name) if one.deceased_on else name
            case 1:
                return one.mrn
            case 2:
                return one.birth_date or ""
            case _:
                return _(one.sex) if one.sex else ""
