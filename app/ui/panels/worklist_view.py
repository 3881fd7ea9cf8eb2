"""The lines of the worklist: arrows choose, Enter opens, left and right go from group to group."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from app.services.worklist import WorklistItem
from app.ui.worklist_model import MARK, NAME, NUMBER, TEAM, WHY, WorklistModel
from app.words import _

WIDTHS = {MARK: 30, NAME: 190, NUMBER: 100, TEAM: 190}
WIDTH_OF_REASONS = 440  # until when, why and by whom, in the column of nurse and doctor


class WorklistView(QTreeView):
    """`opened(WorklistItem)` by Enter or a double click; `moved()` when another line is chosen.

    `turned(step)` by left and right, `widened()` by Esc.
    """

    opened = Signal(object)
    moved = Signal()
    turned = Signal(int)
    widened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.worklist = WorklistModel(self)
        self.setModel(self.worklist)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setAccessibleName(_("What stands open"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(False)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        self._before: tuple[WorklistItem | None, int] = (None, 0)
        self.worklist.modelAboutToBeReset.connect(self._remember)
        self.worklist.modelReset.connect(self._settle)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._tell)

    def current(self) -> WorklistItem | None:
        """Return the item of the chosen line."""
        return self.worklist.item(self.currentIndex())

    def select(self, item: WorklistItem) -> bool:
        """Choose the line of an item; return whether there is one."""
        row = self.worklist.row_of(item)
        if row is not None:
            self._go_to(row)
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; turn to another group by left and right, and to all of them by Esc."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(self.currentIndex())
            case Qt.Key.Key_Left | Qt.Key.Key_Right if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.turned.emit(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Escape:
                self.widened.emit()
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                self._go_to(0 if event.key() == Qt.Key.Key_Home else self.worklist.rowCount() - 1)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a line chosen as soon as the keyboard is here."""
        super().focusInEvent(event)
        if self.current() is None:
            self._go_to(0)

    def _remember(self) -> None:
        self._before = (self.current(), self.currentIndex().row())

    def _settle(self) -> None:
        """Choose what was chosen before, or what stands in its place now."""
        self.header().resizeSection(TEAM, WIDTH_OF_REASONS if self.worklist.shows_aside else WIDTHS[TEAM])
        item, row = self._before
        if item is None or not self.select(item):
            self._go_to(max(row, 0))

    def _go_to(self, row: int) -> None:
        """Choose the first item from a row on, or the last one before it."""
        count = self.worklist.rowCount()
        rows = [*range(row, count), *range(min(row, count) - 1, -1, -1)]
        index = next((one for one in (self.worklist.index(n, NAME) for n in rows) if self.worklist.item(one)), None)
        self.setCurrentIndex(index if index is not None else QModelIndex())
        if index is not None:
            self.scrollTo(self.worklist.index(0, NAME) if index.row() == 1 else index)  # the heading above is seen too
        self.moved.emit()

    def _open(self, index: QModelIndex) -> None:
        if (item := self.worklist.item(index)) is not None:
            self.opened.emit(item)

    def _tell(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit()
