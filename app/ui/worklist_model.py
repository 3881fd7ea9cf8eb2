"""The worklist as lines in groups, the most urgent first, narrowed to a group or to somebody's patients."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from app.services.worklist import WorklistItem, in_order
from app.ui.palette import colour
from app.words import _, labelled, later

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
NOT_CHOSEN = Qt.ItemFlag.NoItemFlags
MARK, NAME, NUMBER, WHY, TEAM = range(5)
TITLES = ("", later("Patient"), later("Number"), later("What, and why"), later("Nurse · doctor"))


class Group(NamedTuple):
    """What stands open in one way: its name, words, mark, the colour of the mark, and what belongs to it."""

    name: str
    words: str
    mark: str
    colour: str
    tip: str


GROUPS = (
    Group("urgent", later("Urgent"), "■", "urgent", later("Cannot wait; what stops a drug stands first")),
    Group("accepted", later("Accepted"), "□", "quiet", later("Urgent advice that was accepted: to be seen through")),
    Group("due", later("Due"), "▲", "due", later("Due and overdue; listed from a week before its day")),
    Group("progressed", later("Progressed"), "◆", "due", later("Progressed, and nothing decided")),
    Group("awaited", later("Awaited"), "○", "quiet", later("Results and re-biopsies that were asked for")),
    Group("undecided", later("Undecided"), "◇", "quiet", later("A next step on which nobody has decided yet")),
    Group("unsigned", later("To sign"), "✉", "quiet", later("Letters that wait for a doctor’s signature")),
    Group("record", later("Incomplete"), "✎", "quiet", later("Nothing can be advised before the record is completed")),
)  # fmt: skip
ASIDE = (
    Group("snoozed", later("Snoozed"), "◷", "quiet", later("Comes back on its day, or when its facts change")),
    Group("done", later("Done"), "✓", "done", later("Marked as done here; comes back when its facts change")),
)
_GROUP = {one.name: one for one in (*GROUPS, *ASIDE)}
_PLACE = {one.name: place for place, one in enumerate((*GROUPS, *ASIDE))}
_OF_KIND = {
    "alert": "urgent", "due": "due", "progression": "progressed", "awaited": "awaited", "rebiopsy": "awaited",
    "undecided": "undecided", "record": "record", "letter": "unsigned",
}  # fmt: skip


def group_of(item: WorklistItem) -> str:
    """Return the name of the group an item stands in."""
    if item.aside is not None:
        return item.aside.verdict
    return "accepted" if item.task.decided_on else _OF_KIND[item.task.kind]


def is_of(item: WorklistItem, who: str | None) -> bool:
    """Return whether it is a patient of somebody; None: of anybody, "": of nobody who is named."""
    if who is None:
        return True
    named = {" ".join(one.split()).casefold() for one in (item.nurse, item.doctor)} - {""}
    return who.casefold() in named if who else not named


class WorklistModel(QAbstractTableModel):
    """A line for each item, and one above each group that says how many there are; those cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[WorklistItem, ...] = ()
        self.group = ""
        self.who: str | None = None
        self._rows: list[WorklistItem | Group] = []
        self._counts: Counter[str] = Counter()
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, items: Iterable[WorklistItem]) -> None:
        """Show these items, narrowed as before."""
        self.items = tuple(items)
        self._make()

    def show_patients(self, changed: Mapping[str, Iterable[WorklistItem]]) -> None:
        """Show other items of some patients, by number, in the place of those they had."""
        kept = (one for one in self.items if one.mrn not in changed)
        self.show(in_order([*kept, *(one for items in changed.values() for one in items)]))

    def narrow(self, group: str, who: str | None) -> None:
        """Show one group alone ("" for all that is not put aside), and the patients of one person (None: of all)."""
        if (group, who) != (self.group, self.who):
            self.group, self.who = group, who
            self._make()

    @property
    def shows_aside(self) -> bool:
        """Whether what is put aside is shown, and not what is on the list."""
        return self.group in {one.name for one in ASIDE}

    def counts(self) -> "Counter[str]":
        """Return how many items there are in each group, of the patients of whom they are narrowed to."""
        return self._counts

    def overdue(self) -> int:
        """Return how many of the due items are over their day."""
        return sum(1 for one in self.items if one.aside is None and one.overdue_days and is_of(one, self.who))

    def urgent_of_others(self) -> int:
        """Return how many urgent lines are not shown because they are of other patients than those chosen."""
        return sum(1 for one in self.items if group_of(one) == "urgent" and not is_of(one, self.who))

    def names(self) -> tuple[str, ...]:
        """Return the nurses and doctors of the patients listed, by name; one who is written in two ways, once."""
        written = sorted({" ".join(name.split()) for one in self.items for name in (one.nurse, one.doctor)} - {""})
        found = {name.casefold(): name for name in reversed(written)}
        return tuple(found[key] for key in sorted(found))

    def item(self, index: Index) -> WorklistItem | None:
        """Return the item of a line; None on the line above a group."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, WorklistItem) else None

    def row_of(self, item: WorklistItem) -> int | None:
        """Return the row of the same thing of the same patient, told perhaps of another day."""
        key = (item.mrn, item.task.facts)
        rows = enumerate(self._rows)
        return next((n for n, row in rows if isinstance(row, WorklistItem) and (row.mrn, row.task.facts) == key), None)

    def _make(self) -> None:
        grouped = [(group_of(one), one) for one in self.items if is_of(one, self.who)]
        shown = {self.group} if self.group else {one.name for one in GROUPS}
        self.beginResetModel()
        self._counts = Counter(name for name, _item in grouped)
        self._rows = []
        for name, item in sorted((one for one in grouped if one[0] in shown), key=lambda one: _PLACE[one[0]]):
            group = _GROUP[name]
            last = self._rows[-1] if self._rows else None
            if last is None or (isinstance(last, WorklistItem) and group_of(last) != name):
                self._rows.append(group)
            self._rows.append(item)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what stands over a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _("Until when, why, by whom") if section == TEAM and self.shows_aside else _(TITLES[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the line above a group cannot be chosen."""
        is_item = index.isValid() and isinstance(self._rows[index.row()], WorklistItem)
        return CHOSEN if is_item else NOT_CHOSEN  # asked for every line whenever the list is laid out

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words and look of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            return self._of_heading(row, index.column(), role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return why_of(row) if index.column() in (MARK, WHY) else _cell(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                group = _(_GROUP[group_of(row)].words)
                return labelled(labelled(group, f"{row.name}, {row.mrn}"), why_of(row))
            case Qt.ItemDataRole.ForegroundRole:
                if index.column() == MARK:
                    return colour(_GROUP[group_of(row)].colour)
                return colour("quiet") if index.column() in (NUMBER, TEAM) else None
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == MARK:
                return Qt.AlignmentFlag.AlignCenter
        return None

    def _of_heading(self, group: Group, column: int, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole if column == MARK:
                return group.mark
            case Qt.ItemDataRole.DisplayRole if column == NAME:
                return f"{_(group.words)}  {self._counts[group.name]:,}"
            case Qt.ItemDataRole.TextAlignmentRole if column == MARK:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ToolTipRole:
                return _(group.tip)
            case Qt.ItemDataRole.FontRole:
                return self._bold
            case Qt.ItemDataRole.ForegroundRole:
                return colour(group.colour if column == MARK or group.name == "urgent" else "text")
            case Qt.ItemDataRole.BackgroundRole:
                return colour("window")
        return None


def why_of(item: WorklistItem) -> str:
    """Return why an item stands there, and for how long over its day."""
    if not item.overdue_days:
        return item.words
    days = _("{days} day overdue") if item.overdue_days == 1 else _("{days} days overdue")
    return f"{item.words} · {days.format(days=item.overdue_days)}"


def aside_words(item: WorklistItem) -> str:
    """Return what was answered to an item: until when, why, by whom."""
    from app.figures.wording import date_in_words

    aside = item.aside
    if aside is None:
        return ""
    until = _("until {day}").format(day=date_in_words(aside.until)) if aside.until else ""
    since = _("on {day}").format(day=date_in_words(aside.day))
    by = _("by {name}").format(name=aside.by)
    return " · ".join(one for one in (until or since, aside.reason, by) if one)


def _cell(item: WorklistItem, column: int) -> str:
    match column:
        case 0:  # the mark: a hollow one before its day
            is_coming = item.task.kind == "due" and not item.overdue_days and item.aside is None
            return "△" if is_coming else _GROUP[group_of(item)].mark
        case 1:
            return item.name
        case 2:
            return item.mrn
        case 3:
            return why_of(item)
    return aside_words(item) if item.aside is not None else " · ".join(one for one in (item.nurse, item.doctor) if one)
