"""The list of entries: choose one, correct it, mark it entered in error, go back to unfinished typing."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from app.record.field_words import field_words
from app.record.record import PatientRecord
from app.ui.drafts import DraftKey
from app.ui.panels.entries_model import EntriesModel, Row, groups_of
from app.ui.panels.row_edit import DAY, WORDS, RowEditor, in_row
from app.words import _


class Entries(QTreeView):
    """Groups that fold, and stay as they were left; lines of entries. `chosen(key)` by Enter or a double click.

    `typed_in_row(key, field, text)` when a simple value was changed where it stands.
    """

    chosen = Signal(object)
    typed_in_row = Signal(object, str, str)
    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mrn = ""
        self._entries = EntriesModel(self)
        self._folded: set[str] = set()
        self._record: PatientRecord | None = None
        self._editor: RowEditor | None = None
        self._edited: tuple[DraftKey, int] | None = None  # what the editor is over
        self.setModel(self._entries)
        self.setHeaderHidden(True)
        self.setAlternatingRowColors(False)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setAccessibleName(_("Entries of the record"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        header.resizeSection(0, self.fontMetrics().horizontalAdvance(_("30 September 2014")) + 44)
        self.doubleClicked.connect(self._choose)
        self.expanded.connect(self._unfold)
        self.collapsed.connect(self._fold)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_record(self, record: PatientRecord, unfinished: Sequence[DraftKey]) -> None:
        """Show a record; what was chosen and what was folded stays so where it is still there."""
        self._mrn = record.patient.mrn
        self._record = record
        row = self.current()
        group = self._entries.group_at(self.currentIndex())
        self._entries.show(groups_of(record, unfinished))
        for number in range(self._entries.rowCount()):
            index = self._entries.index(number, 0)
            self.setFirstColumnSpanned(number, QModelIndex(), True)
            one = self._entries.group_at(index)
            self.setExpanded(index, one is not None and one.title not in self._folded)
            if row is None and group is not None and one is not None and one.title == group.title:
                self.setCurrentIndex(index)
        if row is not None:
            self.select(row.key)
        if not self.currentIndex().isValid() and self._entries.rowCount():
            self._choose_first()

    def _choose_first(self) -> None:
        """Choose the first line of the first group that has one, so that Enter does something useful at once."""
        groups = [self._entries.index(number, 0) for number in range(self._entries.rowCount())]
        group = next((one for one in groups if self._entries.rowCount(one)), groups[0])
        line = self._entries.index(0, 1, group)
        self.setCurrentIndex(line if line.isValid() else group)

    def current(self) -> Row | None:
        """Return the line that is chosen, None on a group."""
        return self._entries.row_at(self.currentIndex())

    def current_sections(self) -> tuple[str, ...]:
        """Return the lists of the group that is chosen or in which the chosen line is."""
        group = self._entries.group_at(self.currentIndex())
        return group.sections if group is not None else ()

    def select(self, key: DraftKey) -> bool:
        """Choose the line of an entry and show it; return whether there is one."""
        index = self._entries.index_of(key)
        if not index.isValid():
            return False
        self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def edit_in_row(self, column: int | None = None) -> bool:
        """Open a line over a value of the chosen row, or over its date; return whether there is one to change."""
        row = self.current()
        entry = self._record.entry(row.key.entry) if row is not None and self._record is not None else None
        if row is None or entry is None or row.unfinished or not (places := in_row(entry)):
            return False
        if column not in places:
            column = WORDS if WORDS in places else DAY
        field, text = places[column]
        index = self.currentIndex().siblingAtColumn(column)
        self.scrollTo(index)
        self._editor = RowEditor(text, field_words(field), self.viewport())
        self._editor.setGeometry(self.visualRect(index).adjusted(0, -2, 0, 2))
        self._edited = row.key, column
        self._editor.done.connect(self._typed)
        self._editor.given_up.connect(self._close_editor)
        self._editor.show()
        self._editor.setFocus()
        return True

    @property
    def is_editing(self) -> bool:
        """Whether a value is being changed in its row."""
        return self._editor is not None

    def end_editing(self) -> None:
        """Take what is being typed in a row, as when it is left: another record comes."""
        if self._editor is not None:
            self._typed(self._editor.text(), 0)

    def _typed(self, text: str, step: int) -> None:
        if self._edited is None:
            return
        (key, column), self._edited = self._edited, None
        self._close_editor()
        entry = self._record.entry(key.entry) if self._record is not None and key.mrn == self._mrn else None
        field, before = in_row(entry).get(column, ("", text)) if entry is not None else ("", text)
        if field and text.strip() != before:
            self.typed_in_row.emit(key, field, text)
        if step and self.hasFocus() and self.select(key):
            self.edit_in_row(DAY if column == WORDS else WORDS)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            if editor.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            editor.hide()
            editor.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter; fold and unfold a group by Enter too, and begin the first entry of an empty one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if self._entries.row_at(index) is not None:
                self._choose(index)
            elif index.isValid() and not self._entries.rowCount(index.siblingAtColumn(0)):
                self.chosen.emit(DraftKey(self._mrn, self.current_sections()[0]))
            elif index.isValid():
                self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        row = self._entries.row_at(index)
        if row is not None:
            self.chosen.emit(row.key)

    def _moved(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit()

    def _fold(self, index: QModelIndex) -> None:
        if (group := self._entries.group_at(index)) is not None:
            self._folded.add(group.title)

    def _unfold(self, index: QModelIndex) -> None:
        if (group := self._entries.group_at(index)) is not None:
            self._folded.discard(group.title)
