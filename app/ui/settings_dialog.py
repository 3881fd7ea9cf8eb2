"""The settings: language, colours and size of the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.settings import SIZES, SYSTEM, Settings
from app.words import _


class SettingsDialog(QDialog):
    """Every choice counts at once and is kept; what needs a new start says so and offers it.

    `theme_chosen(theme)` to be shown now, `restart_asked` when the program is to start again.
    """

    theme_chosen = Signal(str)
    restart_asked = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self._settings = settings
        self._at_first = (settings.language, settings.size)
        as_system = _("as the system says")
        self.language = _choice((SYSTEM, as_system), ("en", "English"), ("fr", "Français"))
        self.theme = _choice(
            (SYSTEM, as_system), ("light", _("light")), ("dark", _("dark")), ("contrast", _("high contrast"))
        )
        self.scale = _choice(*((str(one), f"{one} %") for one in SIZES))
        self.later = QLabel(_("Language and size change when the program starts again. Unfinished typing is kept."))
        self.later.setObjectName("warning")
        self.later.setWordWrap(True)
        self.restart = QPushButton(_("Start &again now"))
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.restart, QDialogButtonBox.ButtonRole.ActionRole)
        close.setDefault(True)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        for words, choice, kept in (
            (_("&Language"), self.language, settings.language),
            (_("&Colours"), self.theme, settings.theme),
            (_("&Size of everything"), self.scale, str(settings.size)),
        ):
            choice.setCurrentIndex(choice.findData(kept))
            choice.setAccessibleName(words.replace("&", ""))
            form.addRow(words, choice)
            choice.currentIndexChanged.connect(self._chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.later)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)
        buttons.rejected.connect(self.reject)
        self.restart.clicked.connect(self._ask_restart)
        self._show_later()

    def _chosen(self, _index: int) -> None:
        language, theme = self.language.currentData(), self.theme.currentData()
        self._settings.choose(language=None if language == SYSTEM else language, size=int(self.scale.currentData()))
        if theme != self._settings.theme:
            self.theme_chosen.emit(theme)
        self._show_later()

    def _show_later(self) -> None:
        """Offer to start again once something was chosen that waits for it."""
        waits = (self._settings.language, self._settings.size) != self._at_first
        self.later.setVisible(waits)
        self.restart.setVisible(waits)

    def _ask_restart(self) -> None:
        self.accept()
        self.restart_asked.emit()


def _choice(*choices: tuple[str, str]) -> QComboBox:
    box = QComboBox()
    for value, words in choices:
        box.addItem(words, value)
    return box
