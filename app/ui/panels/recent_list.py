"""The patients opened last, each with its key: beside the list while nothing is searched for."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.record.names import full_name
from app.ui.palette import colour
from app.words import _

if TYPE_CHECKING:
    from app.record.summary import PatientSummary
    from app.services.patients import Patients
    from app.ui.recent import Recent

KEYS = 9


class RecentList(QWidget):
    """Up to ten patients. `opened(mrn)` by Enter or a double click, or by Alt and a digit from anywhere on the page."""

    opened = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setFixedWidth(320)
        title = QLabel(_("Recently opened"))
        title.setObjectName("quiet")
        self.list = QTreeWidget()
        self.list.setObjectName("people")
        self.list.setAccessibleName(_("Recently opened patients"))
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setIndentation(0)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.list.doubleClicked.connect(self._open)
        self.setFocusProxy(self.list)
        self.recent: Recent | None = None  # until there are patients
        self._mrns: tuple[str, ...] = ()
        for number in range(KEYS):
            key = QShortcut(QKeySequence(f"Alt+{number + 1}"), page)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.open_row, number))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
        self.hide()

    def show_patients(self, patients: "Sequence[PatientSummary]") -> None:
        """Show these patients, the newest first; nothing when there is none."""
        self._mrns = tuple(one.mrn for one in patients)
        self.list.clear()
        for number, one in enumerate(patients, start=1):
            name = full_name(one)
            key = f"Alt+{number}" if number <= KEYS else ""
            item = QTreeWidgetItem(self.list, [key, name, one.mrn])
            item.setForeground(0, colour("quiet"))
            item.setToolTip(1, name)
        self.setVisible(bool(self._mrns))

    def still_there(self, patients: "Patients") -> "Sequence[PatientSummary]":
        """Return those of the patients opened last who are still there."""
        mrns = self.recent.mrns if self.recent is not None else ()
        return patients.numbered(mrns) if mrns else ()

    def note(self, mrn: str) -> None:
        """Remember that a patient was opened."""
        if self.recent is not None:
            self.recent.opened(mrn)

    def open_row(self, row: int) -> None:
        """Open one of them, where they are to be seen."""
        if self.isVisible() and row < len(self._mrns):
            self.opened.emit(self._mrns[row])

    def open_current(self) -> None:
        """Open the one that is chosen."""
        self.open_row(self.current_row())

    def current_row(self) -> int:
        """Return the row that is chosen, the first when none is."""
        return max(self.list.currentIndex().row(), 0)

    def current_mrn(self) -> str | None:
        """Return the number of the one that is chosen."""
        row = self.list.currentIndex().row()
        return self._mrns[row] if self.isVisible() and 0 <= row < len(self._mrns) else None

    def focus(self) -> None:
        """Take the keyboard, at the one that was opened last."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        self.open_row(index.row())
