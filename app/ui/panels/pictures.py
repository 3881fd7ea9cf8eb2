"""The pictures of the open record, one at a time: its course, its responses, its way over the pathway."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from app.pathway.protocol import Protocol
from app.ui.open_record import OpenRecord
from app.ui.panels.course_view import CourseView
from app.ui.panels.map_view import MapView
from app.ui.panels.responses import ResponsesView
from app.words import _

COURSE, RESPONSE, PATHWAY = range(3)


class Pictures(QTabWidget):
    """`chosen(id)` when an entry is chosen on one of them, `rules_asked(rules)` when a place on the map is."""

    chosen = Signal(str)
    rules_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setAccessibleName(_("Pictures of the record"))
        self.course, self.responses, self.map = CourseView(), ResponsesView(), MapView()
        for view, words in ((self.course, _("Course")), (self.responses, _("Response")), (self.map, _("Pathway"))):
            self.addTab(view, words)
        tip = _("Response by RECIST 1.1, computed beside reported (Ctrl+R). ▲ counts the differences to look at.")
        self.setTabToolTip(COURSE, _("Tests, treatment, responses and laboratory values over time (F11)"))
        self.setTabToolTip(RESPONSE, tip)
        self.setTabToolTip(PATHWAY, _("The stages of the protocol, and where the patient is (Ctrl+Alt+M)"))
        self.setCornerWidget(self.course.tools)
        self.course.setMinimumHeight(110)
        self.course.chosen.connect(self.chosen)
        self.responses.chosen.connect(self.chosen)
        self.map.rules_asked.connect(self.rules_asked)
        self.currentChanged.connect(self._turned)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._draw)
        self._opened: OpenRecord | None = None
        self._as_of: date | None = None
        self._protocol: Protocol | None = None

    def show_record(self, opened: OpenRecord, protocol: Protocol | None) -> None:
        """Show the open record; `protocol` is the one that speaks, if there is advice.

        The same record once it has changed is drawn a moment later: the advice beside it is there first.
        """
        has_changed = opened is self._opened and opened.as_of == self._as_of
        self._opened, self._as_of, self._protocol = opened, opened.as_of, protocol
        if has_changed:
            self._soon.start()
        else:
            self._draw()

    def _draw(self) -> None:
        self._soon.stop()
        opened, protocol = self._opened, self._protocol
        if opened is None:
            return
        limits: Mapping[str, Decimal] = protocol.limits if protocol is not None else {}
        self.course.show_record(opened.record, opened.as_of, opened.advice, limits)
        differing = self.responses.show_record(opened.record, opened.as_of)
        words = _("Response · ▲ {count}").format(count=differing) if differing else _("Response")
        self.setTabText(RESPONSE, words)
        self._show_map()

    def focus_course(self) -> None:
        """Move the keyboard to the course."""
        self.setCurrentIndex(COURSE)
        self.course.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_responses(self, entry_id: str) -> bool:
        """Turn to the responses, at the assessment of this id, or back to the course; return whether it is there."""
        if self.currentIndex() == RESPONSE:
            self.setCurrentIndex(COURSE)
            return False
        self.setCurrentIndex(RESPONSE)
        if entry_id:
            self.responses.select(entry_id)
        self.responses.table.setFocus()
        return True

    def toggle_map(self) -> bool:
        """Turn to the map, at the stage where the patient is, or back to the course; return whether it is there."""
        if self.currentIndex() == PATHWAY:
            self.setCurrentIndex(COURSE)
            return False
        self.setCurrentIndex(PATHWAY)
        self.map.focus_here()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the tools of the course out where the tabs need the room: each has a key."""
        super().resizeEvent(event)
        self._show_tools()

    def _turned(self, _index: int) -> None:
        self._show_tools()
        self._show_map()

    def _show_tools(self) -> None:
        wanted = self.tabBar().sizeHint().width() + self.course.tools.sizeHint().width()
        self.course.tools.setVisible(self.currentIndex() == COURSE and self.width() >= wanted)

    def _show_map(self) -> None:
        """Draw the map only while it is looked at: its way takes the advice of many days."""
        if self._opened is not None and self.currentIndex() == PATHWAY:
            self.map.show_record(self._opened, self._protocol)
