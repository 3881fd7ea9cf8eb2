"""A line above the list for a number whose record is part of another one."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.words import _

if TYPE_CHECKING:
    from app.services.merging import Merge

MOST = 3


class MergedNote(QLabel):
    """Says what became of the numbers that were searched. `opened(mrn)` leads to the record they are part of."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("warning")
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(self.opened)
        self.merges: tuple[Merge, ...] = ()
        self.hide()

    def show_merges(self, merges: "Sequence[Merge]") -> None:
        """Show the newest of these, or nothing."""
        from app.services.merging import said_of

        self.merges = tuple(merges[:MOST])
        lines = [
            f'{escape(said_of(one))}. <a href="{escape(one.into)}">{escape(_("Open {mrn}").format(mrn=one.into))}</a>'
            for one in self.merges
        ]
        self.setText("<br>".join(lines))
        self.setVisible(bool(lines))
