"""The small labels of forms."""

from PySide6.QtWidgets import QLabel

from app.ui.palette import SMALL, sized


def small(label: QLabel, ink: str = "quiet") -> QLabel:
    """Return the label in the small size and one of the window's colours: "quiet" or "urgent"."""
    label.setFont(sized(label.font(), SMALL))
    label.setProperty("ink", ink)
    return label
