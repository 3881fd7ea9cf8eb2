"""The list of patients: type to find, Enter to open. Painted before the database is opened."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.palette import LARGE, sized
from app.ui.patients_model import PatientsModel
from app.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.services.patients import Patients

SORTS = ("sort_name", "sort_number", "sort_born", "sort_sex")  # the actions that sort by the columns


class FindPage(QWidget):
    """One box for name, number or birth date over the list. `opened(mrn)` by Enter or double click.

    `draft_asked(mrn)` for unfinished typing of the last session ("" is a new patient).
    """

    opened = Signal(str)
    draft_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, actions: "Mapping[str, QAction]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QLineEdit()
        self.box.setObjectName("search")
        self.box.setPlaceholderText(_("Find: name, number or birth date"))
        self.box.setAccessibleName(_("Find a patient"))
        self.box.setClearButtonEnabled(True)
        self.box.installEventFilter(self)
        self.found = QLabel()
        self.found.setObjectName("quiet")
        self.new_button = button_for(actions["new_patient"])
        self.unfinished = QLabel()
        self.unfinished.setObjectName("warning")
        self.unfinished.setWordWrap(True)
        self.unfinished.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.unfinished.linkActivated.connect(self._follow)
        self.unfinished.hide()
        self.model = PatientsModel(self)
        self.model.failed.connect(self.failed)
        self.table = self._table()
        for column, name in enumerate(SORTS):
            actions[name].triggered.connect(partial(self.sort_by, column))
        self.empty = EmptyState(
            actions,
            _("No patients yet"),
            _("The patients of this clinic will be listed here. Begin the first record, take records from files,\n"
              "or try the program with demonstration patients: they are invented."),
        )  # fmt: skip
        self.nobody = QLabel()
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nobody.setWordWrap(True)
        self.waiting = QLabel(_("Opening the database…"))
        self.waiting.setObjectName("quiet")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.below = QStackedWidget()
        for page in (self.waiting, self.table, self.empty, self.nobody):
            self.below.addWidget(page)
        # As soon as no further key waits: to search takes less time than to type the next letter.
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self.search)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._open_first)
        self._lay_out()
        self.setFocusProxy(self.box)

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(_("Patients"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setObjectName("patients")
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 160), (2, 140), (3, 120)):
            header.resizeSection(column, width)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(self._sorted)
        table.installEventFilter(self)
        table.doubleClicked.connect(self._open_current)
        return table

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.box, 1)
        top.addWidget(self.found)
        top.addWidget(self.new_button)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.unfinished)
        column.addWidget(self.below, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setObjectName("list and new patient")
        self.split.addWidget(listed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def show_patients(self, patients: "Patients") -> None:
        """List these patients from now on."""
        self.model.show(patients)
        self._show_state()

    def search(self) -> None:
        """Show who fits the box now; also reads the list again after something was stored."""
        self._pause.stop()
        self.model.search(self.box.text().strip())
        self._show_state()

    def show_unfinished(self, rich_text: str) -> None:
        """Say above the list what typing is unfinished; "" for nothing."""
        self.unfinished.setText(rich_text)
        self.unfinished.setVisible(bool(rich_text))

    def sort_by(self, column: int) -> None:
        """Sort the list by a column, as a click on its header does; the second time the other way round."""
        header = self.table.horizontalHeader()
        upwards = header.sortIndicatorSection() != column or header.sortIndicatorOrder() != Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, Qt.SortOrder.AscendingOrder if upwards else Qt.SortOrder.DescendingOrder)

    def focus_box(self) -> None:
        """Put the cursor into the box, ready to be typed over."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def current_mrn(self) -> str | None:
        """Return the number of the patient that is chosen."""
        one = self.model.summary(self.table.currentIndex().row())
        return one.mrn if one is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the box to the list by arrow; type in the list to search; open by Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.box and event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                if not self.table.currentIndex().isValid():
                    self.table.selectRow(0)
                return True
            if watched is self.table:
                return self._key_in_table(event)
        return super().eventFilter(watched, event)

    def _key_in_table(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
            return True
        if event.key() == Qt.Key.Key_Up and self.table.currentIndex().row() <= 0:
            self.focus_box()
            return True
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and event.text().strip():
            self.box.setFocus()
            self.box.setText(event.text())
            return True
        return False

    def _sorted(self) -> None:
        self.table.selectRow(0)

    def _typed(self) -> None:
        self._pause.start()

    def _open_current(self) -> None:
        if (mrn := self.current_mrn()) is not None:
            self.opened.emit(mrn)

    def _open_first(self) -> None:
        """Open the only patient found; with several, go to the list."""
        self.search()
        if self.model.rowCount() == 1:
            self.table.selectRow(0)
            self._open_current()
        elif self.model.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)

    def _show_state(self) -> None:
        count, text = self.model.rowCount(), self.model.text
        if count:
            self.below.setCurrentWidget(self.table)
            self.table.selectRow(0)
        elif text:
            self.nobody.setText(
                _("Nobody is found for “{text}”.\nA name, a number or a birth date will do, also in part.").format(
                    text=text
                )
            )
            self.below.setCurrentWidget(self.nobody)
        else:
            self.below.setCurrentWidget(self.empty)
        self.new_button.setVisible(bool(count or text))
        words = _("{count} patient") if count == 1 else _("{count} patients")
        self.found.setText(words.format(count=count) if count or text else "")

    def _follow(self, link: str) -> None:
        self.draft_asked.emit(link.removeprefix("draft:"))


class EmptyState(QWidget):
    """What is shown while there is no patient: what will be here, and the first steps."""

    def __init__(self, actions: "Mapping[str, QAction]", heading: str, said: str) -> None:
        super().__init__()
        title = QLabel(heading)
        title.setFont(sized(self.font(), LARGE, bold=True))
        words = QLabel(said)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        self.buttons = [button_for(actions[name]) for name in ("new_patient", "import", "demo")]
        self.buttons[0].setProperty("main", True)
        row = QHBoxLayout()
        row.addStretch()
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words)
        layout.addLayout(row)
        layout.addStretch(3)


def button_for(action: QAction) -> QPushButton:
    """Return a button that does what an action does, under its words."""
    button = QPushButton(action.text())
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    return button
