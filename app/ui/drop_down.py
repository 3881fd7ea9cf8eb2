"""A drop-down that shows plainly that it has the keyboard."""

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox

from app.ui.palette import colour

RING = 2  # pixels


class DropDown(QComboBox):
    """A combo box with a ring in the accent colour while it has the keyboard, as a line of text has one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring over the style's own frame, which is hard to tell from that of the others."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), RING))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 2, 2)
            painter.end()
