"""The small labels of forms."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from app.ui.palette import SMALL, colour, sized


def small(label: QLabel, colour_name: str = "quiet") -> QLabel:
    """Return the label in the small size and one of the window's colours."""
    label.setFont(sized(label.font(), SMALL))
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, colour(colour_name))
    label.setPalette(palette)
    return label
