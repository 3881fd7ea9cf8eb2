"""The course of the patient on the screen: the picture of `app.figures.course`, zoomed and moved over its days."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.figures.course import Course, course_of
from app.figures.course_labs import under_rules
from app.figures.course_layout import course_figure
from app.figures.scale import TimeScale, scale_over
from app.figures.shapes import Line, Stop
from app.figures.view import View, view_of
from app.pathway.advice import Advice
from app.record.record import PatientRecord
from app.record.views import up_to
from app.ui.palette import SMALL
from app.ui.panels.course_tools import CourseTools
from app.ui.panels.figure_canvas import measuring, moved
from app.ui.panels.figure_view import FigureView
from app.words import _

TALLEST = 1.8  # how much higher traces are where there is room
LEFT, ABOVE = 8, 2  # room around the picture
CLOSER = 1.5
A_STEP, A_HALF, A_SCREEN = 0.15, 0.5, 0.9  # of what is looked at
QUARTER, AIR = timedelta(days=91), timedelta(days=7)
BREAK_SHARE = 0.06


class CourseView(FigureView):
    """The course as of a day, as wide as the panel; `chosen(id)` when the sign or bar of an entry is chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Course of the patient"), parent)
        self.canvas.chosen.connect(self._choose)
        self.canvas.reached.connect(self._show_stop)
        self.canvas.left.connect(self._walk_on)
        self.canvas.dragged.connect(self._drag)
        self.tools = CourseTools()
        self.tools.zoom_in.clicked.connect(partial(self.zoom, CLOSER))
        self.tools.zoom_out.clicked.connect(partial(self.zoom, 1 / CLOSER))
        self.tools.asked.connect(self.look_at)
        self.tools.curves_chosen.connect(self._take_curves)
        self.view = View()
        self._course: Course | None = None
        self._whole: TimeScale | None = None
        self._curves: tuple[str, ...] | None = None  # what the user has chosen
        self._mrn = ""

    def show_record(
        self, record: PatientRecord, as_of: date, advice: Advice | None = None,
        limits: Mapping[str, Decimal] | None = None,
    ) -> None:  # fmt: skip
        """Draw the course of a record as it was seen on a day; `limits` are the protocol's."""
        under = under_rules(advice) if advice is not None else ()
        self._course = course_of(up_to(record, as_of), as_of, limits=limits, under=under)
        days = list(self._course.days(self._drawn_curves()))
        former, self._whole = self._whole, None
        if days:
            self._whole = scale_over(days, as_of, 0, 1, break_width=BREAK_SHARE)
        if record.patient.mrn != self._mrn or former != self._whole:
            self._mrn, self.view = record.patient.mrn, View()
        self._draw()

    def look_at(self, what: str) -> None:
        """Look at the "whole" course, at the "line" that runs, or at the last "months"."""
        course, whole = self._course, self._whole
        if course is None or whole is None:
            return
        self.view = View()
        if what == "months":
            self.view = view_of(course.as_of - QUARTER, course.as_of + AIR, whole)
        elif what == "line" and course.line_now is not None and course.line_now.first is not None:
            self.view = view_of(course.line_now.first - AIR, course.as_of + AIR, whole)
        self._draw()

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Look closer or from further away; the place of the keyboard, or the share `around`, stays where it is."""
        if self._whole is None:
            return
        if around is None:
            current = self.canvas.current
            around = self._share((current.x + current.x_end) / 2) if current is not None else 1.0
        self.view = self.view.zoomed(factor, around, self._whole)
        self._draw()

    def pan(self, by: float) -> None:
        """Look at other days, later or earlier by a part of what is looked at."""
        self.view = self.view.moved(by)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and move by keys."""
        key, with_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(CLOSER)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / CLOSER)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and with_control:
            self.pan(A_STEP if key == Qt.Key.Key_Right else -A_STEP)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.pan(A_SCREEN if key == Qt.Key.Key_PageDown else -A_SCREEN)
        elif what := {Qt.Key.Key_0: "whole", Qt.Key.Key_1: "line", Qt.Key.Key_3: "months"}.get(Qt.Key(key)):
            self.look_at(what)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the pointer is; move with Shift, or by a wheel that turns sideways."""
        turned, sideways = event.angleDelta().y(), event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turned, sideways = 0, sideways or turned
        if sideways:
            self.pan(-A_STEP * sideways / 120)
        elif turned:
            x = self.canvas.mapFrom(self.viewport(), event.position().toPoint()).x()
            self.zoom(float(CLOSER ** (turned / 120)), self._share(x))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the room there is."""
        super().resizeEvent(event)
        self._draw()

    def _drawn_curves(self) -> tuple[str, ...]:
        if self._course is None:
            return ()
        return self._course.telling() if self._curves is None else self._curves

    def _take_curves(self, analytes: object) -> None:
        self._curves = tuple(analytes) if isinstance(analytes, tuple) else None
        self._draw()

    def _share(self, x: float) -> float:
        """Return which part of the picture's days lies before a place."""
        left, right = self._left, self.viewport().width() - LEFT
        return min(1.0, max(0.0, (x - left) / max(1.0, right - left)))

    @property
    def _left(self) -> float:
        """The place of the first day: the axis begins there."""
        axis = next((one for one in self.canvas.figure.shapes if isinstance(one, Line) and one.role == "grid"), None)
        return axis.x1 if axis is not None else LEFT

    def _drag(self, pixels: float) -> None:
        self.pan(-pixels / max(1.0, self.viewport().width() - LEFT - self._left))

    def _walk_on(self, step: int) -> None:
        """Move on where the keyboard has come to the border of what is looked at, and go on from there."""
        begun, current = self.view, self.canvas.current
        while current is not None and current.days is not None:
            before = self.view
            self.pan(step * A_HALF)
            lane = [one for one in self.canvas.figure.stops if one.lane_name == current.lane_name]
            others = [one for one in lane if one.days and one.days != current.days]
            onward = [one for one in others if one.days and (one.days > current.days) is (step > 0)]
            if onward:
                self.canvas.go_to(onward[0] if step > 0 else onward[-1])
                return
            if self.view == before:
                self.view = begun
                self._draw()
                self.canvas.go_to(next((one for one in self.canvas.figure.stops if one == current), current))
                return

    def _show_stop(self, stop: Stop) -> None:
        self.ensureVisible(int(stop.x), int((stop.y + stop.y_end) / 2), 0, 40)

    def _choose(self, stop: Stop) -> None:
        """Open the entry of a sign; where several are one sign, look closer until they are apart."""
        whole = self._whole
        if len(stop.names) > 1 and stop.days is not None and whole is not None:
            first, last = stop.days
            closer = view_of(first - AIR, last + AIR, whole)
            if closer.end - closer.start < (self.view.end - self.view.start) * 0.9:
                self.view = closer
                self._draw()
                return
        if stop.names:
            self.chosen.emit(stop.names[-1])

    def _draw(self) -> None:
        course, room = self._course, self.viewport()
        if course is None or room.width() < 80:
            return
        figure = course_figure(
            course, room.width() - 2 * LEFT, room.height() - 2 * ABOVE, text_size=SMALL,
            window=self.view.window(self._whole) if self._whole is not None else None,
            curves=self._curves, measure=measuring(self), tallest=TALLEST,
        )  # fmt: skip
        self.canvas.show_figure(moved(figure, LEFT, ABOVE))
        self.tools.show_course(course, self._drawn_curves(), whole=self.view.is_whole)
