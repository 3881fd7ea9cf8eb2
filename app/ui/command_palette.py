"""Every action by a few letters, and every patient by name or number: for whoever has forgotten the key."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from app.record.names import fold, full_name
from app.record.reading import NotPossible
from app.ui.actions import MENUS, needs, plain_text
from app.ui.main_window import MainWindow
from app.ui.palette import colour
from app.ui.qt_words import keys_in_words
from app.words import _

MOST_PATIENTS = 8
PAUSE = 90  # milliseconds without a key before the patients are asked for
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be done: its words, its key, why not when it cannot; an action's name or a patient's."""

    words: str
    keys: str = ""
    why_not: str = ""
    action: str = ""
    mrn: str = ""
    tip: str = ""


def fit(typed: str, words: str) -> int | None:
    """Return how badly what was typed fits the words, 0 best; None when it does not.

    Each typed word must begin a word, or stand in one, or its letters must follow each other.
    """
    there = fold(words)
    beginnings = there.replace("-", " ").split()
    worst = 0
    for part in fold(typed).split():
        if any(one.startswith(part) for one in beginnings):
            continue
        if part in there:
            worst += 1
        elif _letters_follow(part, there):
            worst += 4
        else:
            return None
    return worst


def _fits(typed: str, line: Line) -> int | None:
    """Return how badly a line fits: by its words, or by what it says of itself before letters that are scattered."""
    by_words = fit(typed, line.words)
    is_told = bool(typed.strip()) and all(part in fold(line.tip) for part in fold(typed).split())
    return min(by_words if by_words is not None else 3, 3) if is_told else by_words


def _letters_follow(part: str, words: str) -> bool:
    rest = iter(words)
    return all(letter in rest for letter in part)


def lines_of(window: MainWindow) -> list[Line]:
    """Return every action of a window in the order of its menus."""
    lines = []
    for title, names in MENUS:
        menu = plain_text(_(title))
        for name in names:
            if (action := window.actions_by_name.get(name)) is not None and name != "commands":
                words = _("{menu}: {action}").format(menu=menu, action=plain_text(action.text()).rstrip("…"))
                lines.append(Line(words, _key_of(action), "" if action.isEnabled() else _why_not(name), action=name,
                                  tip=action.statusTip()))  # fmt: skip
    return lines


def best(lines: Iterable[Line], typed: str) -> list[Line]:
    """Return the lines that fit what was typed: the best first, what can be done before what cannot."""
    found = [(how, line) for line in lines if (how := _fits(typed, line)) is not None]
    return [line for _how, line in sorted(found, key=lambda one: (bool(one[1].why_not), one[0]))]


def _key_of(action: QAction) -> str:
    return keys_in_words(action.shortcut().toString())


def _why_not(name: str) -> str:
    match name, needs(name):
        case "undo" | "redo", _wanted:
            return _("nothing was changed")
        case "back_to_today", _wanted:
            return _("today is shown already")
        case "in_error", _wanted:
            return _("choose an entry of the open record first")
        case _name, "letter":
            return _("only on the page of the letter")
        case _name, "today":
            return _("only on the page of today")
        case _name, "list":
            return _("only on the list of patients")
        case _name, "record":
            return _("open a patient first")
    return _("not possible now")


class CommandPalette(QDialog):
    """A box to type into over the list of what fits. Enter does it, Esc leaves; it changes nothing by itself."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle(_("What to do"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._actions = lines_of(window)
        self.lines: list[Line] = []
        self.box = QLineEdit()
        self.box.setObjectName("search")
        self.box.setPlaceholderText(_("An action, or a patient’s name or number"))
        self.box.setAccessibleName(_("What to do"))
        self.box.installEventFilter(self)
        self.table = self._table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.box)
        layout.addWidget(self.table, 1)
        self.resize(min(680, window.width() - 40), min(460, window.height() - 80))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._with_patients)
        self.box.textChanged.connect(self._typed)
        self._show(best(self._actions, ""))

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 2)
        table.setAccessibleName(_("What fits"))
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay in the box; arrows move the line
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        table.horizontalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.itemClicked.connect(self._clicked)
        return table

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the line by the arrows and do it by Enter while the keys stay in the box."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVES:
                self.table.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.do_current()
                return True
        return super().eventFilter(watched, event)

    def do_current(self) -> None:
        """Close, and do what the chosen line says; a line that cannot be done says why and stays."""
        if self._pause.isActive():
            self._with_patients()
        row = self.table.currentRow()
        if not 0 <= row < len(self.lines) or self.lines[row].why_not:
            return
        line, window = self.lines[row], self._window
        self.accept()
        if line.mrn and window.desktop is not None:
            window.desktop.open_patient(line.mrn)
        elif line.action:
            window.actions_by_name[line.action].trigger()

    def _clicked(self, item: QTableWidgetItem) -> None:
        self.table.setCurrentItem(item)
        self.do_current()

    def _typed(self, text: str) -> None:
        self._show(best(self._actions, text))
        self._pause.start()

    def _with_patients(self) -> None:
        """Add the patients who fit, after the actions that begin as typed and before those that fit only loosely."""
        self._pause.stop()
        text = self.box.text().strip()
        actions = best(self._actions, text)
        close = [line for line in actions if not line.why_not and fit(text, line.words) == 0]
        self._show([*close, *self._patients(text), *(line for line in actions if line not in close)])

    def _patients(self, text: str) -> list[Line]:
        if not text or self._window.desktop is None:
            return []
        try:
            found = self._window.desktop.desk.patients.find(text, limit=MOST_PATIENTS)
        except NotPossible:
            return []
        lines = []
        for one in found:
            name = full_name(one)
            words = _("open: {name} · {number}").format(name=name, number=one.mrn)
            lines.append(Line(words, one.birth_date or "", mrn=one.mrn))
        return lines

    def _show(self, lines: list[Line]) -> None:
        if not lines:
            lines = [Line(_("Nothing is called so"), why_not=_("the help (F1) finds more words"))]
        self.lines = lines
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            words = f"{line.words} – {line.why_not}" if line.why_not else line.words
            for place, text in enumerate((words, line.keys)):
                item = QTableWidgetItem(text)
                if line.why_not or place:
                    item.setForeground(colour("disabled" if line.why_not else "quiet"))
                self.table.setItem(row, place, item)
        self.table.selectRow(0)
