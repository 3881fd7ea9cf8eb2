"""The people of the clinic: added, renamed, retired, brought back; the last change can be taken back."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.record.reading import NotPossible, Refused
from app.services.people import ROLE_WORDS, ROLES, People, Person
from app.ui.forms.fields import ChoiceField, TextField
from app.ui.palette import colour
from app.ui.panels.help import help_by_f1
from app.ui.qt_words import keys_in_words
from app.words import _

PERSON = Qt.ItemDataRole.UserRole


class PeopleDialog(QDialog):
    """`changed` after every change of the list."""

    changed = Signal()

    def __init__(self, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self._editing: Person | None = None
        self._undo: list[Person] = []
        self.setWindowTitle(_("People of the clinic"))
        self.resize(620, 460)
        warning = QLabel(
            _("No passwords yet: anybody at this machine can choose any name; they come with encryption.\n"
              "Nobody is removed: who works here no more is retired, and stays named in the history.")
        )  # fmt: skip
        warning.setObjectName("warning")
        warning.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("People of the clinic"))
        self.list.setHeaderLabels([_("Name"), _("Role"), _("State")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.currentItemChanged.connect(self._moved)
        self.list.itemActivated.connect(self._edit)
        self.name = TextField(_("&Name"), tip=_("As it is to stand in records and letters, for example M. Keller"))
        self.role = ChoiceField(_("&Role"), [(one, _(ROLE_WORDS[one])) for one in ROLES])
        self.fault = QLabel()
        self.fault.setObjectName("warning")
        self.fault.hide()
        self.save = self._button(_("&Add person"), self._save)
        self.save.setProperty("main", True)
        self.cancel = self._button(_("&Leave as it was"), self._begin_new)
        self.edit = self._button(_("&Change…"), self._edit)
        self.retire = self._button(_("Re&tire"), self._retire)
        self.undo = self._button(_("&Undo"), self._take_back)
        for keys, button in (("Ctrl+Z", self.undo), ("F2", self.edit), ("Del", self.retire)):
            button.setToolTip(keys_in_words(keys))
            shortcut = QShortcut(QKeySequence(keys), self if keys == "Ctrl+Z" else self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        self.name.editor.returnPressed.connect(self._save)
        self.name.editor.installEventFilter(self)
        help_by_f1(self, "start")
        self._lay_out(warning)
        self._read()
        self._begin_new()
        self.name.focus()

    def _lay_out(self, warning: QLabel) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        beside = QVBoxLayout()
        for button in (self.edit, self.retire, self.undo):
            beside.addWidget(button)
        beside.addStretch(1)
        upper = QHBoxLayout()
        upper.addWidget(self.list, 1)
        upper.addLayout(beside)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.name, 3)
        fields.addWidget(self.role, 1)
        entry = QHBoxLayout()
        entry.addStretch(1)
        entry.addWidget(self.cancel)
        entry.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(warning)
        layout.addLayout(upper, 1)
        layout.addLayout(fields)
        layout.addWidget(self.fault)
        layout.addLayout(entry)
        layout.addWidget(buttons)

    def current(self) -> Person | None:
        """Return the person that is chosen in the list."""
        item = self.list.currentItem()
        return item.data(0, PERSON) if item is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take back the last change by Ctrl+Z in the field of the name too, when nothing was typed into it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            editor = self.name.editor
            if not editor.isUndoAvailable() and watched is editor and event.matches(QKeySequence.StandardKey.Undo):
                self._take_back()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keyboard by Enter, or store the person from the role too."""
        focused = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused, QPushButton):
            focused.click()
        elif focused is self.role.editor:
            self._save()

    def reject(self) -> None:
        """Close; a name that was typed and not stored is asked about once."""
        former = self._editing.name if self._editing is not None else ""
        unsaved = _("This name is not stored yet: Enter stores it, Esc again leaves it.")
        if self.name.value().strip() in ("", former) or self.fault.text() == unsaved:
            super().reject()
            return
        self._say(unsaved)
        self.name.focus()

    def _button(self, words: str, do: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _read(self, chosen: Person | None = None) -> None:
        """Show the list as it is stored."""
        try:
            listed = self._people.listed(retired=True)
        except NotPossible as error:
            self._say(str(error))
            return
        self.list.clear()
        for person in listed:
            state = _("retired") if person.retired else ""
            item = QTreeWidgetItem([person.name, _(ROLE_WORDS[person.role]), state])
            item.setData(0, PERSON, person)
            if person.retired:
                for column in range(3):
                    item.setForeground(column, colour("quiet"))
            self.list.addTopLevelItem(item)
            if chosen is not None and person.key == chosen.key:
                self.list.setCurrentItem(item)
        self._moved()

    def _moved(self) -> None:
        person = self.current()
        self.edit.setEnabled(person is not None)
        self.retire.setEnabled(person is not None)
        self.retire.setText(_("&Bring back") if person is not None and person.retired else _("Re&tire"))
        self.undo.setEnabled(bool(self._undo))

    def _begin_new(self) -> None:
        """Let the fields be for somebody new."""
        self._show_fields(None)

    def _edit(self) -> None:
        """Put the chosen person into the fields."""
        if (person := self.current()) is not None:
            self._show_fields(person)
            self.name.focus()

    def _show_fields(self, person: Person | None) -> None:
        self._editing = person
        self.name.put(person.name if person is not None else "")
        self.role.put(person.role if person is not None else ROLES[0])
        self.save.setText(_("&Save the change") if person is not None else _("&Add person"))
        self.cancel.setVisible(person is not None)
        self._say("")

    def _save(self) -> None:
        role = self.role.value() if self.role.value() in ROLES else ROLES[0]
        person = replace(self._editing or Person(name="", role=role), name=self.name.value(), role=role)
        if self._put(person, self._editing):
            self._begin_new()
            self.name.focus()

    def _retire(self) -> None:
        if (person := self.current()) is not None:
            self._put(replace(person, retired=not person.retired), person)

    def _take_back(self) -> None:
        """Put the person of the last change back as before it; somebody added is retired."""
        if self._undo:
            former = self._undo.pop()
            if not self._put(former, None, can_undo=False):
                self._undo.append(former)

    def _put(self, person: Person, former: Person | None, *, can_undo: bool = True) -> bool:
        try:
            stored = self._people.put(person)
        except Refused as refused:
            self._say(" ".join(fault.sentence for fault in refused.faults))
            return False
        except NotPossible as error:
            self._say(str(error))
            return False
        if can_undo:
            self._undo.append(former or replace(stored, retired=True))
        self._say("")
        self._read(stored)
        self.changed.emit()
        return True

    def _say(self, words: str) -> None:
        self.fault.setText(words[:1].upper() + words[1:])
        self.fault.setVisible(bool(words))
