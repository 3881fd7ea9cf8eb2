"""A sheet as the printer will give it back: its page, what is printed over it, the edge the printer leaves blank."""

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.palette import colour
from app.ui.printing import POINTS, drawn_sheet, edges_of

AROUND = 6  # pixels
SMALLEST = QSize(240, 300)


class SheetView(QWidget):
    """One page of a document, as large as there is room."""

    def __init__(self, document: QPdfDocument, stamp: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._stamp = stamp
        self._drawn: tuple[object, QImage] | None = None
        self.page = 0
        self.grey = False
        self.edges = QMarginsF()
        self.setMinimumSize(SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet in the middle, with a line around it and a broken one where printing begins."""
        points = self._document.pagePointSize(self.page)
        room = self.size() - QSize(2 * AROUND, 2 * AROUND)
        size = points.scaled(room.toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, AROUND, size.width(), size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._picture(round(size.width() * self.devicePixelRatioF())))
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawRect(place)
        edges = edges_of(points.width() > points.height(), self.edges) * (size.width() / points.width())
        if not edges.isNull():
            painter.setPen(QPen(Qt.GlobalColor.gray, 1, Qt.PenStyle.DotLine))  # on white paper in every theme
            painter.drawRect(place.marginsRemoved(edges))
        painter.end()

    def _picture(self, width: int) -> QImage:
        wanted = (self.page, width, self.grey)
        if self._drawn is None or self._drawn[0] != wanted:
            finer = drawn_sheet(self._document, self.page, max(width, POINTS), self._stamp)
            kept = QImage.Format.Format_Grayscale8 if self.grey else QImage.Format.Format_RGB32
            self._drawn = wanted, finer.convertToFormat(kept)
        return self._drawn[1]
