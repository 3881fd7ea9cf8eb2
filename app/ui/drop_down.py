"""A drop-down that shows plainly that it has the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from app.ui.palette import colour

RING = 2  # pixels
BESIDE = 4  # pixels the style leaves free beside the words


class DropDown(QComboBox):
    """A combo box with a ring in the accent colour while it has the keyboard, as a line of text has one.

    Words that are too long for it end in three dots, not in the middle of a letter.
    """

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Say in short what stands in it where it has no room for all of it."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - BESIDE
        words = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        option.currentText = words

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring over the style's own frame, which is hard to tell from that of the others."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), RING))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 2, 2)
            painter.end()
