"""How much stands open in each way: a row of buttons that show that group alone."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.ui.worklist_model import ASIDE, GROUPS
from app.words import _

EVERY = ""
ALWAYS = (EVERY, "urgent", "due")  # that there are none of these is worth knowing


class GroupChips(QWidget):
    """`chosen(name)` when a group is to be shown alone; "" for all of them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = EVERY
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._add(row, EVERY, _("Everything that is not put aside (Esc)"))
        for one in GROUPS:
            self._add(row, one.name, _(one.tip))
        row.addStretch(1)
        for one in ASIDE:
            self._add(row, one.name, _(one.tip))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # never widens the window
        self.show_counts({}, 0)

    def show_counts(self, counts: Mapping[str, int], overdue: int) -> None:
        """Say how many there are in each group."""
        every = sum(counts.get(one.name, 0) for one in GROUPS)
        self._show(EVERY, _("All"), "", every)
        for one in (*GROUPS, *ASIDE):
            self._show(one.name, _(one.words), one.mark, counts.get(one.name, 0))
        if overdue:
            due = self.buttons["due"]
            words = _("{words} ({count} overdue)").format(words=due.text(), count=f"{overdue:,}")
            due.setText(words)
            due.setAccessibleName(words)

    def choose(self, name: str) -> None:
        """Show a group alone, or all of them."""
        self.group = name
        for one, button in self.buttons.items():
            button.setChecked(one == name)
        self.chosen.emit(name)

    def turn(self, step: int) -> None:
        """Go to the next group in which there is something, or to the one before."""
        names = [name for name, button in self.buttons.items() if not button.isHidden()]
        self.choose(names[(names.index(self.group) + step) % len(names)])

    def _add(self, row: QHBoxLayout, name: str, tip: str) -> None:
        button = QToolButton()
        button.setObjectName("chip")
        button.setCheckable(True)
        button.setChecked(name == EVERY)
        button.setToolTip(_("{tip}. Left and right in the list turn the groups over.").format(tip=tip))
        button.clicked.connect(partial(self._clicked, name))
        self.buttons[name] = button
        row.addWidget(button)

    def _show(self, name: str, words: str, mark: str, count: int) -> None:
        button = self.buttons[name]
        button.setText(" ".join(one for one in (mark, words, f"{count:,}") if one))
        button.setAccessibleName(f"{words} {count:,}")
        button.setVisible(bool(count) or name in (*ALWAYS, self.group))

    def _clicked(self, name: str, _checked: bool = False) -> None:
        self.choose(name)
