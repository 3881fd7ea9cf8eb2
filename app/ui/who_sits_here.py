"""Who sits here: asked at the start, shown at the top right, changed there or by a key."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from app.record.reading import NotPossible
from app.services.desk import Desk
from app.services.people import Person
from app.ui.main_window import MainWindow
from app.ui.panels.people_dialog import PeopleDialog
from app.ui.panels.person_chooser import PersonChooser, person_words
from app.words import _

NUMBERED = 9  # names of the menu with a key of their own


class WhoSitsHere(QObject):
    """`changed` when somebody else sits here, or nobody. `said(text)` goes to the status bar."""

    changed = Signal()
    said = Signal(str)
    not_possible = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._people = desk.people
        self._window = window
        self._shown: Person | None = None
        self._is_asking = False
        self.dialog: PeopleDialog | None = None
        self.button = QToolButton()
        self.button.setObjectName("place")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolTip(_("Who sits here, and under whose name things are entered (Ctrl+U)"))
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.button.setMenu(self.menu)
        window.person_place.addWidget(self.button)
        self.chooser = PersonChooser()
        self.chooser.chosen.connect(self.choose)
        self.chooser.declined.connect(self._go_on)
        self.chooser.more_asked.connect(self.open_menu)
        window.header_place.insertWidget(0, self.chooser)
        self._show()

    def ask(self) -> None:
        """Ask who sits here, where the clinic has a list of its people."""
        try:
            listed, last = self._people.listed(), self._people.last()
        except NotPossible as error:
            self.not_possible.emit(str(error))
            return
        if listed and self._people.chosen is None:
            self._is_asking = True
            self.chooser.ask(listed, last)

    def show_question(self, wanted: bool) -> None:
        """Let the question be seen where there is room for it, until it is answered."""
        self.chooser.setVisible(wanted and self._is_asking)

    def choose(self, person: Person | None) -> None:
        """Let a person sit here from now on, or nobody."""
        self._people.choose(person)
        words = _("Nobody is chosen.")
        if person is not None:
            words = _("{who} sits here now.").format(who=person_words(person))
        self.said.emit(words)
        self._tell()
        self._go_on()

    def see(self) -> None:
        """Show who sits here when that was chosen in another window."""
        if self._people.chosen != self._shown:
            self._tell()
            self._go_on()

    def open_menu(self) -> None:
        """Show everybody who may be chosen, below the name."""
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.button.showMenu()

    def set_up(self) -> None:
        """Open the list of the clinic's people."""
        self.dialog = PeopleDialog(self._people, self._window)
        self.dialog.changed.connect(self._tell)
        self.dialog.open()

    def _fill_menu(self) -> None:
        self.menu.clear()
        try:
            listed = self._people.listed()
        except NotPossible as error:
            self.not_possible.emit(str(error))
            listed = ()
        for number, person in enumerate(listed, start=1):
            words = person_words(person).replace("&", "&&")
            action = self.menu.addAction(f"&{number}  {words}" if number <= NUMBERED else f"    {words}")
            action.setCheckable(True)
            action.setChecked(person == self._people.chosen)
            action.triggered.connect(partial(self._choose, person))
        if listed:
            nobody = self.menu.addAction(_("&Nobody"))
            nobody.setCheckable(True)
            nobody.setChecked(self._people.chosen is None)
            nobody.triggered.connect(partial(self._choose, None))
            self.menu.addSeparator()
        self.menu.addAction(self._window.actions_by_name["people"])

    def _choose(self, person: Person | None, _checked: bool = False) -> None:
        self.choose(person)

    def _go_on(self) -> None:
        """Give the keyboard to the page when the question had it."""
        self._is_asking = False
        page = self._window.pages.currentWidget()
        if self.chooser.isVisible() and page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            self.chooser.hide()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        person = self._shown = self._people.chosen
        words = person_words(person) if person is not None else _("Nobody chosen")
        self.button.setText(words.replace("&", "&&") + "  ▾")
        self.button.setAccessibleName(_("Who sits here: {who}").format(who=words))
