"""The window: four places (today, patients, record, letter), one patient at a time, nothing decided here."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import build_actions, fill_menus, give_keys, needs, plain_text
from app.words import _

# Nothing here may be slow to load: what is above is loaded before the first paint, everything of a record after it.
# (The name PySide6.QtCore.Qt alone takes 20 ms, all its enumerations.)
if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent

    from app.services.desk import Desk
    from app.ui.desktop import Desktop
    from app.ui.drafts import Drafts
    from app.ui.pages.find import FindPage
    from app.ui.pages.today import TodayPage

PLACES = ("today_page", "patients_page", "record_page", "letter_page")


class MainWindow(QMainWindow):
    """Paints at once, with nothing in it yet; `furnish` gives it the list, `take` the patients and everything else.

    `painted` after the first paint, `listed` when the list can be read and searched, `ready` when every action works,
    `closed` when it is closed.
    """

    painted = Signal()
    listed = Signal()
    ready = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("ALKPath")
        self.resize(1280, 720)
        self._is_painted = False
        self._asked_for = ""
        self.desktop: Desktop | None = None
        self.find_page: FindPage
        self.today_page: TodayPage
        self.actions_by_name = build_actions(self)
        fill_menus(self.menuBar(), self.actions_by_name)
        self.places: dict[str, QToolButton] = {}
        self.pages = QStackedWidget()
        self.header_place = QVBoxLayout()
        self.person_place = QHBoxLayout()  # right of the places
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._places())
        column.addLayout(self.header_place)
        column.addWidget(self.pages, 1)
        self._middle = middle
        self.setCentralWidget(middle)
        self.protocol = QLabel()
        self.protocol.setObjectName("quiet")
        self.historical = QLabel()
        self.historical.setObjectName("historical")
        self.actions_by_name["quit"].triggered.connect(self.close)
        for name, action in self.actions_by_name.items():
            action.setEnabled(name == "quit")

    def furnish(self) -> None:
        """Show the places of the lists, and give the actions their keys."""
        from app.ui.pages.find import FindPage
        from app.ui.room import Room

        # On a screen that is too small for what is shown, or with everything enlarged, nothing is out of reach.
        self.takeCentralWidget()
        self.setCentralWidget(Room(self._middle))
        give_keys(self.actions_by_name)
        self.historical.hide()
        self.statusBar().addPermanentWidget(self.protocol)
        self.statusBar().addPermanentWidget(self.historical)

        self.find_page = FindPage(self.actions_by_name)
        waiting = QLabel(_("Opening the database…"))
        waiting.setObjectName("waiting")
        self.pages.addWidget(waiting)
        self.pages.addWidget(self.find_page)
        self.find_page.opened.connect(self._remember)

    def take(self, desk: "Desk", folder: Path | None, drafts: "Drafts | None" = None) -> None:
        """Show the patients of this desk, then make everything else work.

        Unfinished typing is kept in `folder`, or shared with another window by its `drafts`.
        """
        from app.ui.recent import Recent

        self.find_page.show_patients(desk.patients, Recent(folder, desk.patients.database))
        self.listed.emit()
        self._rest = partial(self._complete, desk, folder, drafts)
        QTimer.singleShot(0, self._rest)

    def _complete(self, desk: "Desk", folder: Path | None, drafts: "Drafts | None") -> None:
        from app.ui.desktop import Desktop
        from app.ui.pages.today import TodayPage

        desk.patients.prepare()
        self.today_page = TodayPage(self.actions_by_name)
        self.pages.addWidget(self.today_page)
        self.desktop = Desktop(self, desk, folder, drafts)
        self.find_page.opened.disconnect(self._remember)
        self.ready.emit()
        if self._asked_for:
            self.desktop.open_patient(self._asked_for)

    def _remember(self, mrn: str) -> None:
        """A patient was chosen from the list before everything was loaded: open it then."""
        self._asked_for = mrn

    def show_large(self) -> None:
        """Show the window: on a small screen all over it."""
        room = self.screen().availableGeometry()
        if room.width() <= 1440 or room.height() <= 900:
            self.showMaximized()
        else:
            self.resize(min(1680, room.width() - 80), min(980, room.height() - 80))
            self.show()

    def show_beside(self, other: QWidget) -> None:
        """Show the window on a screen that the other one is not on, where there is one."""
        screens = [one for one in other.screen().virtualSiblings() if one is not other.screen()]
        if screens:
            self.setScreen(screens[0])
            self.move(screens[0].availableGeometry().topLeft())
        self.show_large()
        self.come_forward()

    def come_forward(self) -> None:
        """Let the window be in front of the others, with the keyboard."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def enable(self, place: str, has_record: bool) -> None:
        """Let only those actions be used that make sense in this place."""
        can = {
            "": True,
            "today": place == "today_page",
            "list": place == "patients_page",
            "record": has_record,
            "letter": has_record and place == "letter_page",
        }
        for name, action in self.actions_by_name.items():
            action.setEnabled(can[needs(name)])
        for name, button in self.places.items():
            button.setChecked(name == place)

    def say(self, words: str) -> None:
        """Show a sentence in the status bar for a while."""
        self.statusBar().showMessage(words, 8000)

    def show_protocol(self, words: str, historical: str) -> None:
        """Say in the status bar which protocol speaks, and loudly when it is a historical one."""
        self.protocol.setText(words)
        self.historical.setText(historical)
        self.historical.setVisible(bool(historical))

    def title(self, patient: str) -> None:
        """Put the open patient into the title bar."""
        self.setWindowTitle(f"{patient} – ALKPath" if patient else "ALKPath")

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Tell once that the window has been painted."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Let Enter press the button that has the keyboard, as in a dialog; Qt gives it Space alone."""
        from PySide6.QtCore import Qt

        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Keep what is being typed and close, once nothing is being stored any more."""
        if self.desktop is not None:
            self.desktop.keep_typing()
            if not self.desktop.may_close():
                event.ignore()
                return
            self.today_page.running.stop()
        super().closeEvent(event)
        self.closed.emit()

    def _places(self) -> QWidget:
        strip = QFrame()
        strip.setObjectName("places")
        row = QHBoxLayout(strip)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(2)
        for name in PLACES:
            button = place_button(self.actions_by_name[name])
            self.places[name] = button
            row.addWidget(button)
        row.addStretch(1)
        row.addLayout(self.person_place)
        self.places["today_page"].setChecked(True)
        return strip


def place_button(action: QAction) -> QToolButton:
    """Return the button of a place; it can be used when its action can."""
    button = QToolButton()
    button.setObjectName("place")
    button.setText(plain_text(action.text()))
    button.setToolTip(action.toolTip())
    action.changed.connect(partial(_take_icon, button, action))
    button.setCheckable(True)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    button.setEnabled(action.isEnabled())
    return button


def _take_icon(button: QToolButton, action: QAction) -> None:
    button.setToolTip(action.toolTip())
    if button.icon().cacheKey() != action.icon().cacheKey():
        from PySide6.QtCore import QSize, Qt

        button.setIconSize(QSize(22, 16))  # with room beside the words
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(action.icon())
