"""A row that becomes two when there is no room: what stands in it keeps its own width and is never cut off."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowRow(QLayout):
    """Lays widgets side by side, and the rest below where they do not fit; those added with `stretch` share the room.

    As wide as its widest widget at least; as high as the rows need.
    """

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[tuple[QLayoutItem, bool]] = []
        self._stretches = False

    def add(self, widget: QWidget, *, stretch: bool = False) -> None:
        """Add a widget at the end."""
        self._stretches = stretch
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take what `add` adds."""
        self._items.append((item, self._stretches))
        self._stretches = False

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one of them, None after the last."""
        return self._items[index][0] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of one of them."""
        return self._items.pop(index)[0] if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that more width is of use."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that the height hangs on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows at a width."""
        edge = self.contentsMargins()
        room = width - edge.left() - edge.right()
        return self._lay_out(QRect(0, 0, room, 0), move=False) + edge.top() + edge.bottom()

    def sizeHint(self) -> QSize:
        """Return the size of everything in one row."""
        shown = [item.sizeHint() for item, _stretch in self._shown()]
        width = sum(one.width() for one in shown) + self.spacing() * max(0, len(shown) - 1)
        return self._with_edge(QSize(width, max((one.height() for one in shown), default=0)))

    def minimumSize(self) -> QSize:
        """Return the size of the largest."""
        shown = [item.minimumSize() for item, _stretch in self._shown()]
        widest, highest = (
            max((one.width() for one in shown), default=0),
            max((one.height() for one in shown), default=0),
        )
        return self._with_edge(QSize(widest, highest))

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._lay_out(rect.marginsRemoved(self.contentsMargins()), move=True)

    def _with_edge(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[tuple[QLayoutItem, bool]]:
        return [(item, stretch) for item, stretch in self._items if not item.isEmpty()]

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        """Lay out, or only say how high that would be."""
        rows: list[list[tuple[QLayoutItem, bool]]] = []
        used = rect.width() + 1
        for item, stretch in self._shown():
            width = _width_of(item)
            if used + self.spacing() + width > rect.width():
                rows.append([])
                used = -self.spacing()
            rows[-1].append((item, stretch))
            used += self.spacing() + width
        y = rect.y()
        for row in rows:
            y += self._lay_out_row(row, QRect(rect.x(), y, rect.width(), 0), move=move) + self.spacing()
        return y - rect.y() - (self.spacing() if rows else 0)

    def _lay_out_row(self, row: list[tuple[QLayoutItem, bool]], rect: QRect, *, move: bool) -> int:
        widths = self._widths(row, rect.width())
        height = max(
            item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            for (item, _stretch), width in zip(row, widths, strict=True)
        )
        x = rect.x()
        for (item, _stretch), width in zip(row, widths, strict=True):
            if move:
                own = min(item.sizeHint().height(), height) if _is_fixed(item) else height
                item.setGeometry(QRect(QPoint(x, rect.y() + (height - own) // 2), QSize(width, own)))
            x += width + self.spacing()
        return height

    def _widths(self, row: list[tuple[QLayoutItem, bool]], room: int) -> list[int]:
        """Return the widths in a row: those that share the room are equal where none of them needs more."""
        own = [min(_width_of(item), room) for item, _stretch in row]
        sharing = [width for width, (_item, stretch) in zip(own, row, strict=True) if stretch]
        free = room - self.spacing() * (len(row) - 1) - (sum(own) - sum(sharing))
        if not sharing or free <= sum(sharing):
            return own
        if max(sharing) <= free // len(sharing):
            return [free // len(sharing) if stretch else width for width, (_i, stretch) in zip(own, row, strict=True)]
        more = (free - sum(sharing)) // len(sharing)
        return [width + more if stretch else width for width, (_item, stretch) in zip(own, row, strict=True)]


def _is_fixed(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Fixed


def _width_of(item: QLayoutItem) -> int:
    """Return the width an item is given at least: its own, or that of its longest word when it may break its lines."""
    return item.minimumSize().width() if item.hasHeightForWidth() else item.sizeHint().width()
