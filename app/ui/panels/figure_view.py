"""A picture in a panel: as wide as the panel, scrolled up and down, with the keyboard in its canvas."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.panels.figure_canvas import Canvas


class FigureView(QScrollArea):
    """The place of one canvas."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the picture."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas = Canvas(name)
        self.canvas.setAutoFillBackground(True)
        self.canvas.setBackgroundRole(self.canvas.palette().ColorRole.Base)
        self.setWidget(self.canvas)
        self.setFocusProxy(self.canvas)
