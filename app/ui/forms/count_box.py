"""A small whole number, typed or stepped."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget


class CountBox(QSpinBox):
    """From a lowest to a highest number; `edited` when it is another."""

    edited = Signal()

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.valueChanged.connect(self._tell)

    def put(self, value: int) -> None:
        """Show a number."""
        self.setValue(value)

    def _tell(self) -> None:
        self.edited.emit()
