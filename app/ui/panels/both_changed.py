"""Asks which is right where a field was changed in an open form and stored otherwise meanwhile."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from app.record.field_words import field_words
from app.services.history import value_in_words
from app.ui.draft import Draft
from app.ui.flow import FlowRow
from app.ui.forms.meanwhile import data_at
from app.words import _, many


class BothChanged(QFrame):
    """One field at a time, with what is typed and what is stored; `settled(path, stored)` is called with the answer."""

    def __init__(self, settled: Callable[[str, bool], object]) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._settled = settled
        self._path = ""
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.keep_button = QPushButton(_("Keep what is typed (Alt+1)"))
        self.keep_button.setShortcut("Alt+1")
        self.keep_button.clicked.connect(self._keep)
        self.take_button = QPushButton(_("Take what is stored (Alt+2)"))
        self.take_button.setShortcut("Alt+2")
        self.take_button.clicked.connect(self._take)
        buttons = FlowRow()
        buttons.add(self.keep_button)
        buttons.add(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.hide()

    def ask(self, draft: Draft) -> bool:
        """Ask about the first field that is not settled; return whether there is one."""
        self._path, both = next(iter(draft.both.items()), ("", None))
        if both is None or draft.record is None:
            return False
        words = _("{field}: “{typed}” is typed here, and meanwhile “{stored}” was stored in the place of “{before}”. "
                  "Which is right?")  # fmt: skip
        said = words.format(
            field=_name_of(self._path),
            typed=_said(draft, self._path, both.typed),
            stored=_said(draft, self._path, both.stored),
            before=_said(draft, self._path, both.before),
        )
        if more := len(draft.both) - 1:
            said += " " + many("One more field follows.", "{count} more fields follow.", more).format(count=more)
        self.words.setText(said)
        self.setAccessibleName(said)
        return True

    def _keep(self) -> None:
        self._settled(self._path, False)

    def _take(self) -> None:
        self._settled(self._path, True)


def _name_of(path: str) -> str:
    """Return what a field is called: "Progression, extent"."""
    words = ", ".join(field_words(one) for one in re.findall("[a-z_]+", path) if one != "values")
    return words[:1].upper() + words[1:]


def _said(draft: Draft, path: str, typed: object) -> str:
    """Return a value in words, whether it is a value already or not yet."""
    assert draft.record is not None
    return value_in_words(draft.kind, path, data_at(draft.kind, path, typed, draft.today), draft.record) or _("nothing")
