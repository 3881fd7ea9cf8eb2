"""Two records side by side, every value and every entry, and what becomes of them; what differs is chosen here."""

from typing import Any, get_args

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.record.merging import Comparison, Side, SingleValue
from app.ui.palette import colour
from app.ui.panels.entries_model import GROUPS
from app.ui.panels.merge_words import entry_words, label_of, origin_words, value_origin, value_words
from app.words import _

WHAT, KEPT, ABSORBED, BECOMES = range(4)
SIDES: tuple[Side, ...] = get_args(Side)
PATH = Qt.ItemDataRole.UserRole
COLUMN_OF: dict[Side, int] = {"kept": KEPT, "absorbed": ABSORBED}


class MergePreview(QTreeWidget):
    """Left and Right choose a value where the records differ, as a click on it does. `chosen()` after each choice."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("people")
        self.setAccessibleName(_("Both records, and what becomes of them"))
        self.setColumnCount(4)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.ResizeToContents)
        for column in (KEPT, ABSORBED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(BECOMES, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(BECOMES, 220)
        self.clicked.connect(self._clicked)
        self.choices: dict[str, Side] = {}
        self._comparison: Comparison | None = None
        self._to_choose: dict[str, tuple[SingleValue, QTreeWidgetItem]] = {}

    def show_comparison(self, comparison: Comparison) -> None:
        """Show two records; nothing is chosen yet."""
        self.clear()
        self.choices.clear()
        self._to_choose.clear()
        self._comparison = comparison
        kept, absorbed = comparison.kept.patient.mrn, comparison.absorbed.patient.mrn
        self.setHeaderLabels([
            "", _("{mrn}, kept").format(mrn=kept), _("{mrn}, goes into it").format(mrn=absorbed), _("Becomes"),
        ])  # fmt: skip
        self._add_conflicts(comparison)
        self._add_settled(comparison)
        self._add_entries(comparison)
        self.expandAll()
        for number in range(self.topLevelItemCount()):
            self.setFirstColumnSpanned(number, QModelIndex(), True)
        first = self.model().index(0, 0)
        self.setCurrentIndex(self.model().index(0, 0, first) if self.model().rowCount(first) else first)

    def undecided(self) -> int:
        """Return how many values are still to be chosen."""
        return len(self._to_choose) - len(self.choices)

    def choose_all(self, side: Side) -> None:
        """Choose the values of one record wherever the two differ."""
        for path in self._to_choose:
            self._choose(path, side)
        self.chosen.emit()

    def choose(self, path: str, side: Side) -> None:
        """Choose one value, and go on to the next that is to be chosen."""
        self._choose(path, side)
        following = next((item for name, (_one, item) in self._to_choose.items() if name not in self.choices), None)
        if following is not None:
            self.setCurrentItem(following)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Left and Right; everything else is as in any list."""
        path = self._path_at(self.currentIndex())
        side: Side | None = {Qt.Key.Key_Left: SIDES[0], Qt.Key.Key_Right: SIDES[1]}.get(Qt.Key(event.key()))
        if path and side is not None:
            self.choose(path, side)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        path = self._path_at(index)
        if path and index.column() in (KEPT, ABSORBED):
            self.choose(path, SIDES[index.column() - KEPT])

    def _path_at(self, index: QModelIndex) -> str:
        return str(index.siblingAtColumn(WHAT).data(PATH) or "")

    def _choose(self, path: str, side: Side) -> None:
        self.choices[path] = side
        self._show_choice(*self._to_choose[path])

    def _show_choice(self, one: SingleValue, item: QTreeWidgetItem) -> None:
        side = self.choices.get(one.path)
        for name, column, values in (("kept", KEPT, one.kept), ("absorbed", ABSORBED, one.absorbed)):
            item.setText(column, f"{'●' if name == side else '○'} {value_words(one.unit, values)}")
            item.setFont(column, _bold(item, name == side))
            item.setToolTip(column, item.text(column))
        item.setForeground(BECOMES, colour("due" if side is None else "text"))
        item.setText(
            BECOMES, _("▲ choose: ← or →") if side is None else value_words(one.unit, one.chosen(self.choices))
        )

    def _add_conflicts(self, comparison: Comparison) -> None:
        if not comparison.conflicts:
            return
        group = self._group(_("To be chosen: the records differ ({count})"), len(comparison.conflicts))
        for one in comparison.conflicts:
            item = QTreeWidgetItem(group, [label_of(one.unit)])
            item.setData(WHAT, PATH, one.path)
            self._to_choose[one.path] = (one, item)
            self._show_choice(one, item)

    def _add_settled(self, comparison: Comparison) -> None:
        settled = [one for one in comparison.values if not one.differs]
        group = self._group(_("Person and diagnosis ({count})"), len(settled))
        for one in settled:
            words = [value_words(one.unit, values) for values in (one.kept, one.absorbed)]
            self._line(group, [label_of(one.unit), *words, value_origin(one, comparison)])

    def _add_entries(self, comparison: Comparison) -> None:
        """Add every entry in the groups of the record's own page, in the words it will have."""
        record = comparison.record({})
        for title, sections in GROUPS:
            found = [one for section in sections for one in comparison.entries if one.section == section]
            if not found:
                continue
            group = self._group(f"{_(title)} ({{count}})", len(found))
            for one in found:
                words = entry_words(one.entry, record)
                sides = [words if one.origin != "absorbed" else "", words if one.origin != "kept" else ""]
                item = self._line(group, ["", *sides, origin_words(one, comparison)])
                if one.entry.entered_in_error is not None:
                    for column in (KEPT, ABSORBED):
                        font = item.font(column)
                        font.setStrikeOut(True)
                        item.setFont(column, font)
                        item.setForeground(column, colour("quiet"))

    def _group(self, title: str, count: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [title.format(count=count)])
        item.setFont(WHAT, _bold(item, True))
        return item

    def _line(self, group: QTreeWidgetItem, texts: list[str]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(group, texts)
        item.setForeground(BECOMES, colour("quiet"))
        for column, text in enumerate(texts):
            item.setToolTip(column, text)
        return item


def _bold(item: Any, is_bold: bool) -> QFont:
    font = QFont(item.font(WHAT))
    font.setBold(is_bold)
    return font
