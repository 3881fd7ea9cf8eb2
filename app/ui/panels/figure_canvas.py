"""A figure of `app.figures` on the screen, and a way through it for the pointer and for the keyboard alone."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.figures.shapes import Box, Figure, Line, Mark, Measure, Shape, Stop, Text
from app.ui.palette import FIGURE, colour, sized
from app.words import _

NEAR = 4  # pixels from a stop that still mean it
DRAGGED = 4  # pixels of movement that make a click a drag
SMALLEST = 9  # pixels of text
_POINTS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle_up": ((0, -1.15), (1.15, 0.9), (-1.15, 0.9)),
    "triangle_down": ((0, 1.15), (1.15, -0.9), (-1.15, -0.9)),
    "arrow": ((-1, -1), (1, 0), (-1, 1)),
    "arrow_left": ((1, -1), (-1, 0), (1, 1)),
}


class Place(NamedTuple):
    """What a stop is known by when the figure is drawn anew."""

    lane_name: str
    names: tuple[str, ...]
    words: str


class Canvas(QWidget):
    """Draws one figure. A pointer resting on a stop shows its words; arrows walk from stop to stop.

    `chosen(Stop)` by click or Enter, `reached(Stop)` when the keyboard comes to one, `left(-1 or 1)` when it would go
    past the first or last of a lane, `dragged(pixels)` when the picture is pulled sideways.
    """

    chosen = Signal(object)
    reached = Signal(object)
    left = Signal(int)
    dragged = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = Figure(1, 1, ())
        self.current: Stop | None = None
        self._name = name
        self._pressed: QPointF | None = None
        self._is_dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def show_figure(self, figure: Figure) -> None:
        """Draw `figure` from now on; the keyboard stays where it was, if that is still there."""
        place = _place(self.current) if self.current is not None else None
        self.figure = figure
        self.current = next((one for one in figure.stops if _place(one) == place), None)
        if self.current is None and place is not None:
            self.current = next((one for one in figure.stops if set(one.names) & set(place.names)), None)
        self.setMinimumHeight(int(figure.height) + 1)
        self.setAccessibleDescription(figure.says)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the figure."""
        return QSize(int(self.figure.width), int(self.figure.height) + 1)

    def stop_at(self, x: float, y: float) -> Stop | None:
        """Return the uppermost stop near a point."""
        return next((one for one in reversed(self.figure.stops) if area(one).contains(x, y)), None)

    def go_to(self, stop: Stop) -> None:
        """Move the keyboard to a stop and tell a screen reader its words."""
        self.current = stop
        self._announce()
        self.update()
        self.reached.emit(stop)

    def walk(self, key: int) -> bool:
        """Go where an arrow leads; return whether the key means that."""
        stops = self.figure.stops
        if self.current is None or self.current not in stops:
            if key in _WALKS and stops:
                self.go_to(self._newest())
                return True
            return key in _WALKS
        lane = [one for one in stops if one.lane == self.current.lane]
        place = lane.index(self.current)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            if 0 <= place + step < len(lane):
                self.go_to(lane[place + step])
            else:
                self.left.emit(step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(lane[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            lanes = sorted({one.lane for one in stops})
            number = lanes.index(self.current.lane) + step
            if 0 <= number < len(lanes):
                middle = (self.current.x + self.current.x_end) / 2
                others = [one for one in stops if one.lane == lanes[number]]
                self.go_to(min(others, key=lambda one: abs((one.x + one.x_end) / 2 - middle)))
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter; what else is pressed is for whoever holds the picture."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.current is not None:
                self.chosen.emit(self.current)
        elif not (plain and self.walk(event.key())):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the newest stop when the keyboard comes here for the first time."""
        super().focusInEvent(event)
        by_keyboard = event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.current is None and self.figure.stops and by_keyboard:
            self.go_to(self._newest())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw without the mark of the keyboard."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the button went down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the picture, or show by the pointer what can be clicked."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            by = event.position().x() - self._pressed.x()
            if self._is_dragging or abs(by) > DRAGGED:
                self._is_dragging = True
                self._pressed = event.position()
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.dragged.emit(by)
            return
        over = self.stop_at(event.position().x(), event.position().y())
        can_click = over is not None and bool(over.names)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_click else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the stop under the pointer, unless the picture was pulled."""
        was_click, self._pressed = self._pressed is not None and not self._is_dragging, None
        stop = self.stop_at(event.position().x(), event.position().y())
        if was_click and stop is not None:
            self.current = stop
            self.update()
            self.chosen.emit(stop)

    def event(self, event: QEvent) -> bool:
        """Show the words of a stop as a tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            stop = self.stop_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), stop.words if stop is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shapes, the ones further back first, and a frame around where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self.figure.shapes:
            self._draw(painter, shape)
        if self.current is not None and self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area(self.current).adjusted(1, 0, -1, 0), 3, 3)

    def _newest(self) -> Stop:
        dated = [one for one in self.figure.stops if one.names] or list(self.figure.stops)
        return max(dated, key=lambda one: one.x)

    def _announce(self) -> None:
        if self.current is None:
            return
        lane = [one for one in self.figure.stops if one.lane == self.current.lane]
        said = _("{lane}: {words} ({place} of {count})").format(
            lane=self.current.lane_name or self._name, words=self.current.words,
            place=lane.index(self.current) + 1, count=len(lane),
        )  # fmt: skip
        self.setAccessibleName(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _font(self, shape: Text) -> QFont:
        return sized(self.font(), max(SMALLEST, round(shape.size)), bold=shape.bold)

    def _draw(self, painter: QPainter, shape: Shape) -> None:
        ink = QColor(FIGURE[shape.role])
        match shape:
            case Line():
                style = Qt.PenStyle.DashLine if shape.dashed else Qt.PenStyle.SolidLine
                painter.setPen(QPen(ink, max(1.0, shape.width * 1.2), style, Qt.PenCapStyle.FlatCap))
                painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
            case Box():
                painter.setPen(QPen(ink, 1))
                painter.setBrush(QBrush(ink) if shape.filled else Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))
            case Mark():
                self._draw_mark(painter, shape, ink)
            case Text():
                painter.setFont(self._font(shape))
                painter.setPen(ink)
                width = QFontMetricsF(painter.font()).horizontalAdvance(shape.text)
                left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
                painter.drawText(QPointF(left, shape.y), shape.text)

    def _draw_mark(self, painter: QPainter, mark: Mark, ink: QColor) -> None:
        half = mark.size / 2
        painter.setPen(QPen(ink, 1.4))
        painter.setBrush(ink if mark.filled else colour("base"))
        if mark.form == "circle":
            painter.drawEllipse(QPointF(mark.x, mark.y), half, half)
        elif mark.form == "cross":
            painter.drawLine(QPointF(mark.x - half, mark.y - half), QPointF(mark.x + half, mark.y + half))
            painter.drawLine(QPointF(mark.x - half, mark.y + half), QPointF(mark.x + half, mark.y - half))
        else:
            points = [QPointF(mark.x + x * half, mark.y + y * half) for x, y in _POINTS[mark.form]]
            painter.drawPolygon(QPolygonF(points))


_WALKS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


def area(stop: Stop) -> QRectF:
    """Return where on the picture a stop is, with a little room around it."""
    return QRectF(QPointF(stop.x, stop.y), QPointF(stop.x_end, stop.y_end)).adjusted(-NEAR, -NEAR / 2, NEAR, NEAR / 2)


def measuring(widget: QWidget) -> Measure:
    """Return what gives the width of a text of a figure as the canvas draws it in the font of a widget."""
    font = widget.font().toString()
    return lambda text, size: _width(font, max(SMALLEST, round(size)), text)


@lru_cache(maxsize=8192)
def _width(font: str, pixels: int, text: str) -> float:
    return _metrics(font, pixels).horizontalAdvance(text)


@lru_cache(maxsize=16)
def _metrics(font: str, pixels: int) -> QFontMetricsF:
    found = QFont()
    found.fromString(font)
    return QFontMetricsF(sized(found, pixels))


def moved(figure: Figure, x: float, y: float) -> Figure:
    """Return a figure with room on its left and above."""
    shapes = tuple(
        replace(one, x1=one.x1 + x, x2=one.x2 + x, y1=one.y1 + y, y2=one.y2 + y)
        if isinstance(one, Line)
        else replace(one, x=one.x + x, y=one.y + y)
        for one in figure.shapes
    )
    stops = tuple(
        replace(one, x=one.x + x, y=one.y + y, x_end=one.x_end + x, y_end=one.y_end + y) for one in figure.stops
    )
    return replace(figure, width=figure.width + x, height=figure.height + y, shapes=shapes, stops=stops)


def _place(stop: Stop) -> Place:
    return Place(stop.lane_name, stop.names, stop.words)
