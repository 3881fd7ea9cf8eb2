"""Editors for yes, no and not known, and for several codes at once."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QListWidget, QListWidgetItem, QRadioButton, QWidget

from app.ui.forms.editors import HEIGHT
from app.words import _, labelled


class TriStateEditor(QWidget):
    """Yes, no, or not known, which is never the same as no. One stop of the Tab key; arrows choose, Y and N too."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self._group = QButtonGroup(self)
        self._values: dict[QRadioButton, bool | None] = {}
        for value, words in ((True, _("yes")), (False, _("no")), (None, _("not known"))):
            button = QRadioButton(words)
            button.installEventFilter(self)
            self._values[button] = value
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch()
        self.put(None)
        self._group.buttonToggled.connect(self._toggled)

    def value(self) -> bool | None:
        """Return True, False, or None for not known."""
        return next((value for button, value in self._values.items() if button.isChecked()), None)

    def put(self, value: Any) -> None:
        """Choose one of the three."""
        for button, one in self._values.items():
            if one is value:
                button.setChecked(True)
                self.setFocusProxy(button)

    def name(self, words: str, description: str) -> None:
        """Let a screen reader say the question with each answer."""
        for button in self._values:
            button.setAccessibleName(labelled(words, button.text()))
            button.setAccessibleDescription(description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by the first letter of an answer."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().strip():
            for button in self._values:
                if button.text().casefold().startswith(event.text().casefold()):
                    self.put(self._values[button])
                    button.setFocus()
                    return True
        return super().eventFilter(watched, event)

    def _toggled(self, button: QRadioButton, checked: bool) -> None:
        if checked:
            self.setFocusProxy(button)
            self.edited.emit()


class CodesEditor(QListWidget):
    """Any of some codes, each with a box: one stop of the Tab key, arrows or first letters move, Space ticks."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticked: list[str] = []
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        width = max(self.fontMetrics().horizontalAdvance(words) for _code, words in choices) + 40
        self._cell = QSize(width, 24)
        self.setGridSize(self._cell)
        for code, words in choices:
            item = QListWidgetItem(words, self)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setSizeHint(self._cell)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.setCurrentRow(0)
        self.clearSelection()
        self.setFixedHeight(self._height(480))
        self.itemChanged.connect(self._tell)

    def value(self) -> list[str]:
        """Return the ticked codes: those that were there first, then the others as they were ticked."""
        return list(self._ticked)

    def put(self, value: Any) -> None:
        """Tick these codes."""
        self._ticked = [code for code in value or [] if isinstance(code, str)]
        self.blockSignals(True)
        for row in range(self.count()):
            item = self.item(row)
            on = item.data(Qt.ItemDataRole.UserRole) in self._ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.edited.emit()

    def resizeEvent(self, event: Any) -> None:
        """Be as high as the rows of boxes need at this width."""
        super().resizeEvent(event)
        self.setFixedHeight(self._height(self.viewport().width()))

    def _height(self, width: int) -> int:
        columns = max(1, width // self._cell.width())
        return -(-self.count() // columns) * self._cell.height() + 2 * self.frameWidth() + 2

    def _tell(self, item: QListWidgetItem) -> None:
        code = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() == Qt.CheckState.Checked and code not in self._ticked:
            self._ticked.append(code)
        elif item.checkState() == Qt.CheckState.Unchecked and code in self._ticked:
            self._ticked.remove(code)
        self.edited.emit()
