"""Where keys go, in sight: one ring around whatever control has the keyboard, the same for all of them."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

THICK = 2  # pixels
MOVING = (
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange,
    QEvent.Type.ZOrderChange,
)  # fmt: skip


class FocusRing(QObject):
    """Follows the keyboard through every window of the application. Lists that open have none: their line is chosen."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: QWidget | None = None
        self._watched: list[QWidget] = []
        self._around: QWidget | None = None
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._place)
        application.focusChanged.connect(self._moved)
        self._moved(None, application.focusWidget())

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        for one in self._watched:
            if isValid(one):
                one.removeEventFilter(self)
        self._watched, self._around = [], None
        if now is not None and not now.isWindow() and now.window().windowType() != Qt.WindowType.Popup:
            self._around = now
            above: QWidget | None = now
            while above is not None and not above.isWindow():
                self._watched.append(above)
                above.installEventFilter(self)
                above = above.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the control when it, or what it is in, moves or is shown."""
        if event.type() in MOVING:
            self._pause.start()
        return False

    def _place(self) -> None:
        around = self._around
        ring = self._ring if self._ring is not None and isValid(self._ring) else None  # gone with its window
        if around is None or not isValid(around) or not around.isVisible():
            if ring is not None:
                ring.hide()
            return
        if ring is None or ring.parentWidget() is not around.window():
            if ring is not None:
                ring.deleteLater()
            ring = self._ring = _new_ring(around.window())
        place, seen = ring_around(around)
        ring.setGeometry(place)
        inner = QRegion(place.adjusted(THICK, THICK, -THICK, -THICK))
        ring.setMask(((QRegion(place) - inner) & QRegion(seen)).translated(-place.topLeft()))
        ring.setVisible(place.intersects(seen))
        ring.raise_()


def ring_around(widget: QWidget) -> tuple[QRect, QRect]:
    """Return where the ring goes in the widget's window, and how much of it is not scrolled out of sight."""
    window = widget.window()
    seen = window.rect()
    above = widget.parentWidget()
    while above is not None and above is not window:
        seen = seen.intersected(_outside(above, window))
        above = above.parentWidget()
    return _outside(widget, window).intersected(window.rect()), seen


def _outside(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-THICK, -THICK, THICK, THICK)


def _new_ring(window: QWidget) -> QWidget:
    ring = QWidget(window)
    ring.setObjectName("focusRing")
    ring.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ring.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return ring
