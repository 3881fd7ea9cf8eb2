"""What stands in the place of the list while it has no patient to show."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.record.names import full_name
from app.ui.palette import LARGE, sized
from app.words import _

if TYPE_CHECKING:
    from app.services.patients import Alike


class Nobody(QWidget):
    """What is shown when nobody fits: who is like what was typed, what else may be typed, and the way to a new patient.

    `opened(mrn)` when one of those is chosen.
    """

    opened = Signal(str)

    def __init__(self, new_patient: QAction) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.perhaps = QLabel()
        self.perhaps.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.perhaps.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.perhaps.linkActivated.connect(self.opened)
        self.button = button_for(new_patient)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(self.words)
        layout.addWidget(self.perhaps)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, text: str, alike: "Sequence[Alike]") -> None:
        """Say that nobody is found for what was typed, and offer who is like it."""
        from app.services.alike_words import why_alike

        links = [
            f'<a href="{escape(one.patient.mrn)}">{escape(f"{full_name(one.patient)} · {one.patient.mrn}")}</a>'
            f" – {escape(why_alike(one.likeness))}"
            for one in alike
        ]
        self.perhaps.setText("<br>".join([escape(_("Perhaps you look for:")), *links]))
        self.perhaps.setVisible(bool(links))
        words = _("Nobody is found for “{text}”.\nA name, a number or a birth date will do, also in part.")
        self.words.setText(words.format(text=text))
        self.button.setText(_("New patient “{text}”… (Ctrl+N)").format(text=text.replace("&", "&&")))


class EmptyState(QWidget):
    """What is shown while there is no patient: what will be here, and the first steps."""

    def __init__(self, actions: Mapping[str, QAction], heading: str, said: str) -> None:
        super().__init__()
        title = QLabel(heading)
        title.setFont(sized(self.font(), LARGE, bold=True))
        people = _("Name the people of the clinic once (Ctrl+Shift+U): then it is known who enters and decides.")
        words = QLabel(f"{said}\n\n{people}")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        self.buttons = [button_for(actions[name]) for name in ("new_patient", "import", "demo")]
        self.buttons[0].setProperty("main", True)
        row = QHBoxLayout()
        row.addStretch()
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words)
        layout.addLayout(row)
        layout.addStretch(3)


def button_for(action: QAction) -> QPushButton:
    """Return a button that does what an action does, under its words."""
    button = QPushButton(action.text())
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    return button
