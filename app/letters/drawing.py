"""Draws a figure's shapes on paper."""

from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.platypus import Flowable

from app.figures.shapes import Box, Figure, Line, Mark, Role, Shape, Text
from app.figures.spoken import in_words
from app.letters.canvas import LetterCanvas
from app.letters.fonts import BOLD, REGULAR, printable

# From the Okabe-Ito set, darkened until each reads on white and in grey; a form or a word always says the same.
COLOURS: dict[Role, Color] = {
    "text": HexColor("#111111"), "faint": HexColor("#555555"), "grid": HexColor("#C4C4C4"),
    "today": HexColor("#333333"), "test": HexColor("#00664B"), "rebiopsy": HexColor("#8F3F71"),
    "therapy": HexColor("#1F5F99"), "held": HexColor("#1F5F99"), "local": HexColor("#7A4B00"),
    "response": HexColor("#333333"), "progression": HexColor("#A83200"), "sum": HexColor("#333333"),
    "event": HexColor("#8A5A00"), "curve": HexColor("#333333"), "limit": HexColor("#8A8A8A"),
    "stage": HexColor("#555555"),
}  # fmt: skip
Canvas = Any


class FigureOnPaper(Flowable):
    """A figure in the flow of a letter, in its own size."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.figure = figure
        self.width, self.height = figure.width, figure.height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the figure."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw every shape, the ones further back first."""
        canvas = self.canv
        if not isinstance(canvas, LetterCanvas):
            draw_shapes(canvas, self.figure)
            return
        left, lower = canvas.absolutePosition(0, 0)
        with canvas.tagged("Figure", alt=in_words(self.figure), box=(left, lower, self.width, self.height)):
            draw_shapes(canvas, self.figure)


def draw_shapes(canvas: Canvas, figure: Figure) -> None:
    """Draw `figure` with its lower left corner at the origin of `canvas`."""
    pen = _Pen(canvas, figure.height)
    for shape in figure.shapes:
        pen.draw(shape)


class _Pen:
    """Draws with as few changes of colour, width and face as it can."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height
        self._face: tuple[str, float] | None = None
        self._stroke: tuple[Role, float, bool] | None = None
        self._fill: Color | None = None

    def draw(self, shape: Shape) -> None:
        if isinstance(shape, Text):
            self._text(shape)
        elif isinstance(shape, Mark):
            self._mark(shape)
        elif isinstance(shape, Line):
            self._use_stroke(shape.role, shape.width, shape.dashed)
            self.canvas.line(shape.x1, self.height - shape.y1, shape.x2, self.height - shape.y2)
        else:
            self._box(shape)

    def _use_fill(self, colour: Color) -> None:
        if colour is not self._fill:
            self._fill = colour
            self.canvas.setFillColor(colour)

    def _use_stroke(self, role: Role, width: float, dashed: bool = False) -> None:
        if (role, width, dashed) == self._stroke:
            return
        self._stroke = (role, width, dashed)
        self.canvas.setStrokeColor(COLOURS[role])
        self.canvas.setLineWidth(width)
        self.canvas.setDash([2, 2] if dashed else [])

    def _text(self, text: Text) -> None:
        self._use_fill(COLOURS[text.role])
        face = (BOLD if text.bold else REGULAR, text.size)
        if face != self._face:
            self._face = face
            self.canvas.setFont(*face)
        y, words = self.height - text.y, printable(text.text)
        if text.anchor == "start":
            self.canvas.drawString(text.x, y, words)
        elif text.anchor == "end":
            self.canvas.drawRightString(text.x, y, words)
        else:
            self.canvas.drawCentredString(text.x, y, words)

    def _box(self, box: Box) -> None:
        y = self.height - box.y - box.height
        held = box.role == "held" or not box.filled
        self._use_fill(white if held else COLOURS[box.role])
        if held:
            self._use_stroke(box.role, 0.8)
        self.canvas.rect(box.x, y, box.width, box.height, stroke=int(held), fill=1)

    def _mark(self, mark: Mark) -> None:
        x, y, half = mark.x, self.height - mark.y, mark.size / 2
        self._use_stroke(mark.role, 0.9)
        if mark.form == "cross":
            self.canvas.line(x - half, y - half, x + half, y + half)
            self.canvas.line(x - half, y + half, x + half, y - half)
            return
        self._use_fill(COLOURS[mark.role] if mark.filled else white)
        if mark.form == "circle":
            self.canvas.circle(x, y, half, stroke=1, fill=1)
            return
        path = self.canvas.beginPath()
        corners = CORNERS[mark.form]
        path.moveTo(x + corners[0][0] * half, y + corners[0][1] * half)
        for across, up in corners[1:]:
            path.lineTo(x + across * half, y + up * half)
        path.close()
        self.canvas.drawPath(path, stroke=1, fill=1)


CORNERS = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle_up": ((-1, -0.85), (1, -0.85), (0, 1)),
    "triangle_down": ((-1, 0.85), (1, 0.85), (0, -1)),
    "arrow": ((-0.6, -1), (0.9, 0), (-0.6, 1)),
    "arrow_left": ((0.6, -1), (-0.9, 0), (0.6, 1)),
}
