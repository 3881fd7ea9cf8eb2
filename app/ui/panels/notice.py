"""A notice above what it is about: says what happened and what to do, without standing in the way."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.words import _


class Notice(QFrame):
    """One sentence with at most one button; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.button = QPushButton()
        self.close_button = QPushButton("✕")
        self.close_button.setAccessibleName(_("Close this notice"))
        self.close_button.clicked.connect(self.hide)
        self._do: Callable[[], object] | None = None
        self.button.clicked.connect(self._act)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.hide()

    def say(self, words: str, button: str = "", do: Callable[[], object] | None = None, *, quiet: bool = False) -> None:
        """Show a sentence, with a button that does something about it; `quiet` when nothing is wrong."""
        self.setProperty("quiet", quiet)
        self.style().polish(self)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._do = do
        self.show()

    def _act(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()
