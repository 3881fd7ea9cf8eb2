"""The list of patients: type to find, Enter to open. Painted before the database is opened."""

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.panels.merged_note import MergedNote
from app.ui.panels.nobody import EmptyState, Nobody, button_for
from app.ui.panels.recent_list import RecentList
from app.ui.patients_model import PatientsModel
from app.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.services.patients import Patients
    from app.ui.recent import Recent

T = TypeVar("T")
SORTS = ("sort_name", "sort_number", "sort_born", "sort_sex")  # the actions that sort by the columns


class FindPage(QWidget):
    """One box for name, number or birth date over the list, the patients opened last beside it while it is empty.

    `opened(mrn)` by Enter or double click.
    `draft_asked(mrn)` for unfinished typing of the last session ("" is a new patient).
    """

    opened = Signal(str)
    draft_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, actions: "Mapping[str, QAction]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QLineEdit()
        self.box.setObjectName("search")
        self.box.setPlaceholderText(_("Find: name, number or birth date (Ctrl+F)"))
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
        self._patients: Patients | None = None
        self.recent_list = RecentList(self)
        self.recent_list.list.installEventFilter(self)
        self.recent_list.opened.connect(self.opened)
        self.merged = MergedNote()
        self.merged.opened.connect(self.opened)
        self.empty = EmptyState(
            actions,
            _("No patients yet"),
            _("The patients of this clinic will be listed here. Begin the first record, take records from files,\n"
              "or try the program with demonstration patients: they are invented."),
        )  # fmt: skip
        self.nobody = Nobody(actions["new_patient"])
        self.nobody.opened.connect(self.opened)
        self.waiting = QLabel(_("Opening the database…"))
        self.waiting.setObjectName("quiet")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.below = QStackedWidget()
        for page in (self.waiting, self.table, self.empty, self.nobody):
            self.below.addWidget(page)
        self._is_narrow = False
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
        self._listed = QWidget()
        column = QVBoxLayout(self._listed)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.unfinished)
        column.addWidget(self.merged)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.recent_list)
        row.addWidget(self.below, 1)
        column.addLayout(row, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setObjectName("list and new patient")
        self.split.addWidget(self._listed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def show_patients(self, patients: "Patients", recent: "Recent") -> None:
        """List these patients from now on, and those of them that were opened last."""
        self._patients, self.recent_list.recent = patients, recent
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

    def make_room(self, needed: bool) -> None:
        """Leave those opened last out while a form stands beside the list."""
        self._is_narrow = needed
        self._show_recent()

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
        """Return the number of the patient that is chosen, in whichever list."""
        one = self.model.summary(self.table.currentIndex().row())
        return one.mrn if one is not None else self.recent_list.current_mrn()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go between the box and the lists by arrow; type in a list to search; open by Enter."""
        if event.type() == QEvent.Type.FocusIn and watched in (self.table, self.recent_list.list):
            # One patient is chosen, never one in each list.
            other = self.table if watched is self.recent_list.list else self.recent_list.list
            other.setCurrentIndex(QModelIndex())
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.box and event.key() == Qt.Key.Key_Down:
                self._go_down()
                return True
            if watched is self.table:
                return self._key_in_list(event, self._open_current, self.table.currentIndex().row())
            if watched is self.recent_list.list:
                return self._key_in_list(event, self.recent_list.open_current, self.recent_list.current_row())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search by typing wherever nothing else takes the keys: on a button, on the page itself."""
        typing_elsewhere = not self._listed.isAncestorOf(self.focusWidget() or self)
        if typing_elsewhere or not self._begin_search(event):
            super().keyPressEvent(event)

    def _key_in_list(self, event: QKeyEvent, open_it: "Callable[[], None]", row: int) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            open_it()
        elif event.key() == Qt.Key.Key_Up and row <= 0:
            self.focus_box()
        elif event.key() == Qt.Key.Key_Right and self.recent_list.list.hasFocus():
            self._go_to_table()
        elif event.key() == Qt.Key.Key_Left and self.table.hasFocus() and self.recent_list.isVisible():
            self.recent_list.focus()
        else:
            return self._begin_search(event)
        return True

    def _begin_search(self, event: QKeyEvent) -> bool:
        """Take a letter or digit typed outside the box as the first of a search."""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not plain or not event.text().strip() or not event.text().isprintable():
            return False
        self.box.setFocus()
        self.box.setText(event.text())
        return True

    def _sorted(self) -> None:
        self.table.selectRow(0)

    def _typed(self) -> None:
        self._pause.start()

    def _go_down(self) -> None:
        """Go from the box to the patients opened last, or to those that are found."""
        if self.recent_list.isVisible():
            self.recent_list.focus()
        else:
            self._go_to_table()

    def _go_to_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _open_current(self) -> None:
        if (mrn := self.current_mrn()) is not None:
            self.opened.emit(mrn)

    def _open_first(self) -> None:
        """Open the only patient found, or the one whose number was typed; with several, go to the list."""
        self.search()
        row = 0 if self.model.rowCount() == 1 else self.model.row_of_number(self.box.text())
        if row is not None:
            self.table.selectRow(row)
            self._open_current()
        elif self.model.rowCount():
            self._go_down()
        elif len(self.merged.merges) == 1:
            self.opened.emit(self.merged.merges[0].into)

    def _show_recent(self) -> None:
        """Show who was opened last and is still there, while nothing is searched for."""
        shown = self.model.rowCount() > 0 and not self.model.text and not self._is_narrow
        self.recent_list.show_patients(self._asked(self.recent_list.still_there) if shown else ())

    def _asked(self, ask: "Callable[[Patients], Sequence[T]]") -> "Sequence[T]":
        """Return what the patients answer; nothing when the database cannot be read, which the list itself has said."""
        from app.record.reading import NotPossible

        try:
            return ask(self._patients) if self._patients is not None else ()
        except NotPossible:
            return ()

    def _show_state(self) -> None:
        count, text = self.model.rowCount(), self.model.text
        if count:
            self.below.setCurrentWidget(self.table)
            self.table.selectRow(0)
        elif text:
            self.nobody.say(text, self._asked(lambda patients: patients.alike_typed(text)))
            self.below.setCurrentWidget(self.nobody)
        else:
            self.below.setCurrentWidget(self.empty)
        self._show_recent()
        self.merged.show_merges(self._asked(lambda patients: patients.merging.searched(text)) if text else ())
        self.new_button.setVisible(bool(count))
        words = _("{count} patient") if count == 1 else _("{count} patients")
        self.found.setText(words.format(count=count) if count or text else "")

    def _follow(self, link: str) -> None:
        self.draft_asked.emit(link.removeprefix("draft:"))
