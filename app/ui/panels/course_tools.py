"""The small buttons of the course: closer, further away, which days, which laboratory curves."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.figures.course import Course
from app.words import _, later

VIEWS = (
    ("whole", later("&Whole course"), "0"),
    ("line", later("Since the start of the &line that runs"), "1"),
    ("months", later("Last &3 months"), "3"),
)


class CourseTools(QWidget):
    """`asked(view)` for other days, `curves_chosen(analytes)` for other curves; None: those that say something."""

    asked = Signal(str)
    curves_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom_out = _button("\u2212", _("Further away (−)"))
        self.zoom_in = _button("+", _("Closer (+)"))
        self.whole = _button(_("Whole"), _("Look at the whole course (0)"))
        self.whole.clicked.connect(partial(self.asked.emit, "whole"))
        self.more = _button(f"{_('View')} ▾", _("Other days, and which laboratory curves are drawn"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.more.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(2)
        for button in (self.zoom_out, self.zoom_in, self.whole, self.more):
            row.addWidget(button)
        self._drawn: tuple[str, ...] = ()
        self._shown: tuple[object, ...] = ()

    def show_course(self, course: Course, drawn: tuple[str, ...], *, whole: bool) -> None:
        """Offer what there is to see of this course."""
        self.whole.setVisible(not whole)
        names = tuple((one.analyte, one.name) for one in course.curves)
        if (names, drawn, course.line_now is None) == self._shown:
            return
        self._shown, self._drawn = (names, drawn, course.line_now is None), drawn
        self.menu.clear()
        for view, words, key in VIEWS:
            action = QAction(f"{_(words)}\t{key}", self.menu)
            action.setEnabled(view != "line" or course.line_now is not None)
            action.triggered.connect(partial(self.asked.emit, view))
            self.menu.addAction(action)
        self.menu.addSection(_("Laboratory curves"))
        if not names:
            self.menu.addAction(_("No values yet")).setEnabled(False)
        for analyte, name in names:
            action = QAction(name, self.menu)
            action.setCheckable(True)
            action.setChecked(analyte in drawn)
            action.toggled.connect(partial(self._toggle, analyte))
            self.menu.addAction(action)
        if names:
            self.menu.addAction(_("&Those that say something")).triggered.connect(self._automatic)

    def _toggle(self, analyte: str, is_drawn: bool) -> None:
        others = tuple(one for one in self._drawn if one != analyte)
        self.curves_chosen.emit((*others, analyte) if is_drawn else others)

    def _automatic(self) -> None:
        self.curves_chosen.emit(None)


def _button(words: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
