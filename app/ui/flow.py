"""A row that becomes two when there is no room: what stands in it keeps its own width and is never cut off."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class _Part(NamedTuple):
    """One of a row that is shown: what it needs, asked for once. A wide form has many, and Qt asks often."""

    item: QLayoutItem
    stretch: bool
    width: int
    height: int
    wraps: bool
    fixed: bool

    def height_at(self, width: int) -> int:
        """Return its height at a width."""
        return self.item.heightForWidth(width) if self.wraps else self.height


class FlowRow(QLayout):
    """Lays widgets side by side, and the rest below where they do not fit; those added with `stretch` share the room.

    As wide as its widest widget at least; as high as the rows need.
    """

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self._items: list[tuple[QLayoutItem, bool]] = []
        self._stretches = False
        self._parts: list[_Part] | None = None
        self._rows_at: dict[int, list[tuple[list[tuple[_Part, int]], int]]] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add(self, widget: QWidget, *, stretch: bool = False) -> None:
        """Add a widget at the end."""
        self._stretches = stretch
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take what `add` adds."""
        self._items.append((item, self._stretches))
        self._stretches = False
        self._forget()

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one of them, None after the last."""
        return self._items[index][0] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of one of them."""
        self._forget()
        return self._items.pop(index)[0] if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that more width is of use."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that the height hangs on the width."""
        return True

    def invalidate(self) -> None:
        """Ask everything anew what it needs."""
        self._forget()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows at a width."""
        edge = self.contentsMargins()
        rows = self._rows(width - edge.left() - edge.right())
        between = self.spacing() * max(0, len(rows) - 1)
        return sum(height for _row, height in rows) + between + edge.top() + edge.bottom()

    def sizeHint(self) -> QSize:
        """Return the size of everything in one row."""
        shown = self._shown()
        width = sum(one.width for one in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((one.height for one in shown), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """Return the size of the largest."""
        shown = self._shown()
        widest = max((one.item.minimumSize().width() for one in shown), default=0)
        return QSize(widest, max((one.height for one in shown), default=0)).grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        room = rect.marginsRemoved(self.contentsMargins())
        y = room.y()
        for row, height in self._rows(room.width()):
            x = room.x()
            for part, width in row:
                own = min(part.height, height) if part.fixed else height
                part.item.setGeometry(QRect(x, y + (height - own) // 2, width, own))
                x += width + self.spacing()
            y += height + self.spacing()

    def _forget(self) -> None:
        self._parts = None
        self._rows_at.clear()

    def _shown(self) -> list[_Part]:
        if self._parts is None:
            self._parts = [_part(item, stretch) for item, stretch in self._items if not item.isEmpty()]
        return self._parts

    def _rows(self, room: int) -> list[tuple[list[tuple[_Part, int]], int]]:
        """Return the rows at a width: everything with its width there, and how high the row is."""
        if room in self._rows_at:
            return self._rows_at[room]
        rows: list[list[_Part]] = []
        used = room + 1
        for part in self._shown():
            if used + self.spacing() + part.width > room:
                rows.append([])
                used = -self.spacing()
            rows[-1].append(part)
            used += self.spacing() + part.width
        found = []
        for row in rows:
            placed = list(zip(row, self._widths(row, room), strict=True))
            found.append((placed, max(part.height_at(width) for part, width in placed)))
        self._rows_at[room] = found
        return found

    def _widths(self, row: list[_Part], room: int) -> list[int]:
        """Return the widths in a row: those that share the room are equal where none of them needs more."""
        own = [min(part.width, room) for part in row]
        sharing = [width for width, part in zip(own, row, strict=True) if part.stretch]
        free = room - self.spacing() * (len(row) - 1) - (sum(own) - sum(sharing))
        if not sharing or free <= sum(sharing):
            return own
        if max(sharing) <= free // len(sharing):
            return [free // len(sharing) if part.stretch else width for width, part in zip(own, row, strict=True)]
        more = (free - sum(sharing)) // len(sharing)
        return [width + more if part.stretch else width for width, part in zip(own, row, strict=True)]


def _part(item: QLayoutItem, stretch: bool) -> _Part:
    """Return what an item needs; one that may break its lines needs only the width of its longest word."""
    wraps = item.hasHeightForWidth()
    hint, widget = item.sizeHint(), item.widget()
    fixed = widget is not None and widget.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed
    width = item.minimumSize().width() if wraps else hint.width()
    return _Part(item, stretch, width, hint.height(), wraps, fixed)
