"""The course of the patient on the screen: the shapes of `app.figures.course`, drawn with QPainter."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QWidget

from app.figures.course import course_figure
from app.figures.shapes import Box, Figure, Line, Mark, Shape, Text
from app.record.record import PatientRecord
from app.record.views import up_to
from app.ui.palette import FIGURE, SMALL, sized
from app.ui.palette import colour as ground
from app.words import _

NEAR = 5  # pixels from a shape that still mean it
_POINTS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle_up": ((0, -1.15), (1.15, 0.9), (-1.15, 0.9)),
    "triangle_down": ((0, 1.15), (1.15, -0.9), (-1.15, -0.9)),
    "arrow": ((-1, -1), (1, 0), (-1, 1)),
}


class Canvas(QWidget):
    """Draws one figure; a pointer resting on a shape shows its words, a click tells which entry it is."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = Figure(1, 1, ())
        self.setMouseTracking(True)

    def show_figure(self, figure: Figure) -> None:
        """Draw `figure` from now on."""
        self.figure = figure
        self.setMinimumHeight(int(figure.height) + 1)
        self.setAccessibleName(figure.says or _("Course of the patient"))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the figure."""
        return QSize(int(self.figure.width), int(self.figure.height) + 1)

    def shape_at(self, x: float, y: float) -> Shape | None:
        """Return the uppermost shape of an entry near a point."""
        named = [shape for shape in self.figure.shapes if shape.entry]
        return next((shape for shape in reversed(named) if self._area(shape).contains(x, y)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shapes, the ones further back first."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self.figure.shapes:
            self._draw(painter, shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the entry under the pointer."""
        shape = self.shape_at(event.position().x(), event.position().y())
        if shape is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(shape.entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        over = self.shape_at(event.position().x(), event.position().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over is not None else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Show the words of a shape as a tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            shape = self.shape_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), shape.tip if shape is not None else "", self)
            return True
        return super().event(event)

    def _area(self, shape: Shape) -> QRectF:
        match shape:
            case Line():
                area = QRectF(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2)).normalized()
            case Box():
                area = QRectF(shape.x, shape.y, shape.width, shape.height)
            case Mark():
                half = shape.size / 2
                area = QRectF(shape.x - half, shape.y - half, shape.size, shape.size)
            case Text():
                width = QFontMetricsF(self._font(shape)).horizontalAdvance(shape.text)
                area = QRectF(self._left(shape, width), shape.y - shape.size, width, shape.size * 1.3)
        return area.adjusted(-NEAR, -NEAR / 2, NEAR, NEAR / 2)

    def _font(self, shape: Text) -> QFont:
        return sized(self.font(), max(9, round(shape.size)), bold=shape.bold)

    def _left(self, shape: Text, width: float) -> float:
        return shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]

    def _draw(self, painter: QPainter, shape: Shape) -> None:
        colour = QColor(FIGURE[shape.role])
        match shape:
            case Line():
                style = Qt.PenStyle.DashLine if shape.dashed else Qt.PenStyle.SolidLine
                painter.setPen(QPen(colour, max(1.0, shape.width * 1.2), style, Qt.PenCapStyle.FlatCap))
                painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
            case Box():
                painter.setPen(QPen(colour, 1))
                painter.setBrush(QBrush(colour) if shape.filled else Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))
            case Mark():
                self._draw_mark(painter, shape, colour)
            case Text():
                painter.setFont(self._font(shape))
                painter.setPen(colour)
                width = painter.fontMetrics().horizontalAdvance(shape.text)
                painter.drawText(QPointF(self._left(shape, width), shape.y), shape.text)

    def _draw_mark(self, painter: QPainter, mark: Mark, colour: QColor) -> None:
        half = mark.size / 2
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour if mark.filled else ground("base"))
        if mark.form == "circle":
            painter.drawEllipse(QPointF(mark.x, mark.y), half, half)
        elif mark.form == "cross":
            painter.drawLine(QPointF(mark.x - half, mark.y - half), QPointF(mark.x + half, mark.y + half))
            painter.drawLine(QPointF(mark.x - half, mark.y + half), QPointF(mark.x + half, mark.y - half))
        else:
            points = [QPointF(mark.x + x * half, mark.y + y * half) for x, y in _POINTS[mark.form]]
            painter.drawPolygon(QPolygonF(points))


class CourseView(QScrollArea):
    """The course as of a day, as wide as the panel; `chosen(id)` when a sign or bar is clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Course of the patient"))
        self.canvas = Canvas()
        self.canvas.setAutoFillBackground(True)
        self.canvas.setBackgroundRole(QPalette.ColorRole.Base)
        self.canvas.chosen.connect(self.chosen)
        self.setWidget(self.canvas)
        self._seen: PatientRecord | None = None
        self._as_of = date.min

    def show_record(self, record: PatientRecord, as_of: date) -> None:
        """Draw the course of a record as it was seen on a day."""
        self._seen, self._as_of = up_to(record, as_of), as_of
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the room there is."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._seen is None or self.viewport().width() < 80:
            return
        room = self.viewport()
        figure = course_figure(
            self._seen, self._as_of, room.width() - 16, room.height() - 4, text_size=SMALL, measure=self._measure
        )
        self.canvas.show_figure(moved(figure, 8, 2))

    def _measure(self, text: str, size: float) -> float:
        return QFontMetricsF(sized(self.font(), max(9, round(size)))).horizontalAdvance(text)


def moved(figure: Figure, x: float, y: float) -> Figure:
    """Return a figure with room on its left and above."""
    from dataclasses import replace

    shapes = tuple(
        replace(one, x1=one.x1 + x, x2=one.x2 + x, y1=one.y1 + y, y2=one.y2 + y)
        if isinstance(one, Line)
        else replace(one, x=one.x + x, y=one.y + y)
        for one in figure.shapes
    )
    return replace(figure, width=figure.width + x, height=figure.height + y, shapes=shapes)
