"""The entries of a record as a tree of two levels: groups, and a line for each entry in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from app.figures.wording import date_in_words
from app.record.record import PatientRecord
from app.ui.drafts import DraftKey
from app.ui.palette import colour
from app.ui.panels.entry_lines import error_words, line_of, sort_day
from app.words import _, labelled, later

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
COLUMNS = 2

# Groups in the order a nurse reads a chart, each with the lists of the record in it.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (later("Diagnosis and staging"), ("diagnosis", "staging")),
    (later("Therapy lines"), ("therapy_lines",)),
    (later("Assessments"), ("assessments",)),
    (later("Specimens and re-biopsies"), ("specimens",)),
    (later("Tests"), ("tests",)),
    (later("Local treatments"), ("local_treatments",)),
    (later("Status and conditions"), ("status", "conditions")),
    (later("Adverse events"), ("adverse_events",)),
    (later("Laboratory values"), ("labs",)),
    (later("Examinations"), ("examinations",)),
    (later("Access to drugs and trials"), ("access", "trials")),
    (later("Other medicines"), ("medicines",)),
    (later("Decisions"), ("decisions",)),
    (later("Notes"), ("notes",)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is of, its date and words; `unfinished` while there is typing that is not saved."""

    key: DraftKey
    day: str
    words: str
    error: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One group with its lines, the newest first."""

    title: str
    sections: tuple[str, ...]
    rows: tuple[Row, ...]


def groups_of(record: PatientRecord, unfinished: Sequence[DraftKey]) -> tuple[Group, ...]:
    """Return the groups of a record with what is unfinished of it; empty ones are left out, but for the first five."""
    groups = []
    for number, (title, sections) in enumerate(GROUPS):
        rows = [row for section in sections for row in _rows(record, section, unfinished)]
        if rows or number < 5:
            groups.append(Group(_(title), sections, tuple(rows)))
    return tuple(groups)


def _rows(record: PatientRecord, section: str, unfinished: Sequence[DraftKey]) -> list[Row]:
    mrn = record.patient.mrn
    new = DraftKey(mrn, section)
    if section == "diagnosis":
        if record.diagnosis is None:
            return [Row(new, "", _("being typed"), unfinished=True)] if new in unfinished else []
        day = date_in_words(record.diagnosis.date) if record.diagnosis.date else ""
        return [Row(new, day, line_of(record.diagnosis, record), unfinished=new in unfinished)]
    rows = []
    entries = sorted(getattr(record, section), key=lambda one: sort_day(one) or "9", reverse=True)
    for entry in entries:
        key = DraftKey(mrn, section, entry.id)
        day = sort_day(entry)
        words = date_in_words(day) if day else _("no date")
        rows.append(Row(key, words, line_of(entry, record), error_words(entry), key in unfinished))
    if new in unfinished:
        rows.insert(0, Row(new, "", _("new, being typed"), unfinished=True))
    return rows


class EntriesModel(QAbstractItemModel):
    """Two columns: the date, and the entry in words. Entries in error are struck through and say why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()

    def show(self, groups: tuple[Group, ...]) -> None:
        """Show these groups instead."""
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """Return the line at an index, None at a group."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def group_at(self, index: Index) -> Group | None:
        """Return the group an index is, or is in."""
        if not index.isValid():
            return None
        return self._groups[index.internalId() - 1 if index.internalId() else index.row()]

    def index_of(self, key: DraftKey) -> QModelIndex:
        """Return the index of what `key` names, or an invalid one."""
        for number, group in enumerate(self._groups):
            for row, one in enumerate(group.rows):
                if one.key == key:
                    return self.index(row, 1, self.index(number, 0))
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Return the index of a group, or of a line in one: lines carry the number of their group plus one."""
        if not (0 <= row < self.rowCount(parent) and 0 <= column < COLUMNS):  # asked often: `hasIndex` asks back
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = NOWHERE) -> Any:
        """Return the group of a line."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of groups, or of lines in one."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()].rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the date and the words."""
        return COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands over the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_("Date"), _("Entry"))[section] if section < 2 else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words and look of a cell."""
        row = self.row_at(index)
        if row is None:
            return self._of_group(self.group_at(index), index.column(), role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.day if index.column() == 0 else _shown(row)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return labelled(row.day, _shown(row)) if row.day else _shown(row)
            case Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setStrikeOut(bool(row.error))
                font.setItalic(row.unfinished)
                return font
            case Qt.ItemDataRole.ForegroundRole:
                if row.unfinished:
                    return colour("due")
                if row.error or index.column() == 0:
                    return colour("quiet")
        return None

    def _of_group(self, group: Group | None, column: int, role: int) -> Any:
        if group is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole and column == 0:
            return f"{group.title} ({len(group.rows)})" if group.rows else _("{group}: none").format(group=group.title)
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(bool(group.rows))
            return font
        if role == Qt.ItemDataRole.ForegroundRole and not group.rows:
            return colour("quiet")
        return None


def _shown(row: Row) -> str:
    words = row.words
    if row.unfinished:
        words = _("✎ unfinished: {words}").format(words=words)
    return f"{words} — {row.error}" if row.error else words
