"""A line that says how something stands: quietly, or so that it is not overlooked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class StateLine(QLabel):
    """Plain words in one of two looks of the style sheet."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(name)

    def say(self, words: str, *, is_calm: bool) -> None:
        """Say words, calmly or as a warning."""
        self.setText(words)
        self.setAccessibleDescription(words)
        self.setObjectName("quiet" if is_calm else "warning")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
