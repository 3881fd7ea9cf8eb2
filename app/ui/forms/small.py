"""The small labels of forms."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from app.ui.palette import SMALL, sized

UNDERLINED = QSize(3, 0)  # what a label with an underlined letter takes more than Qt measures


class FieldLabel(QLabel):
    """The name of a field, with room for its underlined letter."""

    def sizeHint(self) -> QSize:
        """Return what the whole name needs."""
        return super().sizeHint() + UNDERLINED

    def minimumSizeHint(self) -> QSize:
        """Return the same: a name is never cut."""
        return super().minimumSizeHint() + UNDERLINED


def small(label: QLabel, ink: str = "quiet") -> QLabel:
    """Return the label in the small size and one of the window's colours: "quiet" or "urgent"."""
    label.setFont(sized(label.font(), SMALL))
    label.setProperty("ink", ink)
    return label
