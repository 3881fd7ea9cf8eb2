"""Who sits here, asked at the start in one line above the page: one key for whoever sat here last."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.services.people import ROLE_WORDS, Person
from app.ui.forms.small import small
from app.words import _

MOST = 5  # names in one line; the others are in the menu


def person_words(person: Person) -> str:
    """Return "M. Keller · nurse"."""
    return f"{person.name} · {_(ROLE_WORDS[person.role])}"


class PersonChooser(QFrame):
    """`chosen(Person)`, `declined()` when nobody is to be chosen, `more_asked()` for the whole list."""

    chosen = Signal(object)
    declined = Signal()
    more_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("quiet", True)
        self.setAccessibleName(_("Who sits here?"))
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(8)
        self.hide()

    def ask(self, people: Sequence[Person], last: Person | None) -> None:
        """Offer these people, whoever sat here last first, and take the keyboard; what was asked before is gone."""
        self._forget()
        self._row.addWidget(QLabel(_("Who sits here?")))
        ordered = [*([last] if last is not None else []), *(one for one in people if one != last)]
        for number, person in enumerate(ordered[:MOST], start=1):
            button = self._add(f"{number}  {person_words(person)}", partial(self._choose, person))
            button.setProperty("main", person == last)
            button.setToolTip(_("Key {number}").format(number=number))
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        if len(ordered) > MOST:
            self._add(_("Others…"), self._ask_for_more)
        self._add(_("Nobody"), self._decline).setToolTip(_("Go on without a name (Esc); Ctrl+U asks again"))
        said = _("Enter: {name}, who sat here last").format(name=last.name) if last is not None else ""
        hint = small(QLabel(said))
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # gives way to the names
        self._row.addWidget(hint, 1)
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter; go on without by Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            next((one for one in self.buttons if one.hasFocus()), self.buttons[0]).click()
        elif event.key() == Qt.Key.Key_Escape:
            self.declined.emit()
        else:
            super().keyPressEvent(event)

    def _forget(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for shortcut in self.findChildren(QShortcut):
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self.buttons.clear()

    def _add(self, words: str, do: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        self.buttons.append(button)
        self._row.addWidget(button)
        return button

    def _choose(self, person: Person, _checked: bool = False) -> None:
        self.chosen.emit(person)

    def _decline(self, _checked: bool = False) -> None:
        self.declined.emit()

    def _ask_for_more(self, _checked: bool = False) -> None:
        self.more_asked.emit()
