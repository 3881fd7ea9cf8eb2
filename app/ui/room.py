"""Room for a page on any screen: as large as the window, scrolled only when the window is smaller than it can be."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class Room(QScrollArea):
    """Holds one widget. Unlike a resizable `QScrollArea` it goes by the least height, not by the wished one."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(inner.focusPolicy())  # none
        self._inner = inner
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the widget fill the window."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the widget again when something in it has changed its size."""
        result = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inner:
            self._fit()
        return result

    def _fit(self) -> None:
        room, needed = self.maximumViewportSize(), self._inner.minimumSizeHint()
        if needed.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        self._inner.resize(room.expandedTo(needed))
