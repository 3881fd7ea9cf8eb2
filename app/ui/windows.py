"""The windows over one desk: their look, how they were left, and never one patient in two of them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from app.ui import layout
from app.ui.actions import needs
from app.ui.drafts import NEW_PATIENT
from app.ui.focus_ring import FocusRing
from app.ui.icons import give_icons
from app.ui.main_window import MainWindow
from app.ui.palette import THEMES, dress, theme_of_system, theme_shown
from app.ui.settings import SYSTEM, Settings
from app.words import _, later

if TYPE_CHECKING:
    from app.pathway.protocol import Protocol
    from app.ui.panels.help import HelpWindow

HELP_OF = {"today_page": "today", "record_page": "record", "letter_page": "letter"}  # the page of the help, by place
THEME_WORDS = {"light": later("Light colours"), "dark": later("Dark colours"), "contrast": later("High contrast")}


class Windows(QObject):
    """Connects what concerns windows and not patients. `restart_wanted` when a setting asks for a new start.

    `closed` when one of them is closed, `stays_open` when one that was to be closed later, after saving, is not.
    """

    restart_wanted = Signal()
    closed = Signal()
    stays_open = Signal()

    def __init__(self, application: QApplication, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        self.settings = settings
        self.open: list[MainWindow] = []
        self._first: MainWindow | None = None  # it lives as long as the program
        self._first_parts: dict[MainWindow, layout.Parts] = {}
        self._help: dict[MainWindow, HelpWindow] = {}
        self.ring = FocusRing(application, self)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        if settings.theme == SYSTEM and theme_of_system() != theme_shown():
            self.redraw()  # it asks for contrast, and the first paint did not wait to hear that

    def add(self, window: MainWindow) -> None:
        """Let the actions of a furnished window do what they say."""
        self._first = self._first or window
        self.open.append(window)
        does: dict[str, Callable[[], object]] = {
            "settings": self.ask_settings, "next_theme": self.next_theme, "commands": partial(self._ask, window),
            "reset_layout": partial(self.reset_layout, window), "new_window": partial(self.another, window),
            "help": partial(self.show_help, window), "about": partial(self._about, window),
        }  # fmt: skip
        for name, do in does.items():
            window.actions_by_name[name].triggered.connect(partial(_run, do))
        window.ready.connect(partial(self._complete, window))
        window.closed.connect(partial(self._closed, window))

    def another(self, beside: MainWindow) -> MainWindow | None:
        """Open one more window on the same desk, for a second screen; None while the first is still loading."""
        if beside.desktop is None:
            return None
        window = MainWindow()
        window.furnish()
        self.add(window)
        window.take(beside.desktop.desk, None, beside.desktop.drafts)
        window.show_beside(beside)
        return window

    def is_elsewhere(self, window: MainWindow, mrn: str) -> bool:
        """Return whether a patient, or the beginning of a new one, is open in another window; that comes forward."""
        for other in self.open:
            desktop = other.desktop
            if other is window or desktop is None:
                continue
            if mrn == NEW_PATIENT and desktop.new_patient.pane.form is not None:
                desktop.go("patients_page")
            elif mrn != NEW_PATIENT and desktop.opened is not None and desktop.opened.mrn == mrn:
                desktop.go("record_page")
            else:
                continue
            other.come_forward()
            window.say(_("This is open in the other window already: go on there."))
            return True
        return False

    def is_typed_into(self, window: MainWindow, mrn: str) -> bool:
        """Return whether a patient is open in another window, with typing that is not saved."""
        others = [one.desktop for one in self.open if one is not window and one.desktop is not None]
        return any(one.patient_page.is_typed_into(mrn) for one in others)

    def use_theme(self, theme: str) -> None:
        """Show every window in a theme from now on, and keep that."""
        self.settings.choose(theme=None if theme == SYSTEM else theme)
        self.redraw()

    def next_theme(self) -> None:
        """Go from light to dark to high contrast and round again, and say which it is."""
        theme = THEMES[(THEMES.index(theme_shown()) + 1) % len(THEMES)]
        self.use_theme(theme)
        for window in self.open:
            window.say(_(THEME_WORDS[theme]))

    def redraw(self) -> None:
        """Draw everything in the colours that are chosen; what is written in colours is written again."""
        dress(self._application, self.settings.theme)
        for window in self.open:
            give_icons(window.actions_by_name)
            for label in window.findChildren(QLabel):
                if "<a " in (words := label.text()):  # a link keeps the colour it was read with
                    label.clear()
                    label.setText(words)
            if window.desktop is not None and window.desktop.opened is not None:
                window.desktop.opened.looked.emit()

    def ask_settings(self) -> None:
        """Open the settings."""
        from app.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.settings, self._application.activeWindow())
        dialog.theme_chosen.connect(self.use_theme)
        dialog.restart_asked.connect(self.restart_wanted)
        dialog.open()

    def reset_layout(self, window: MainWindow) -> None:
        """Put splitters, columns and window back as they are at first."""
        self.settings.choose(layout=None)
        if (parts := self._first_parts.get(window)) is not None:
            layout.put_parts(window, parts)
        window.showNormal()
        window.show_large()
        window.say(_("The window is as it was at first."))

    def show_help(self, window: MainWindow, page: str = "") -> None:
        """Open the help at a page, or at the one that fits what is shown."""
        from app.ui.panels.help import HelpWindow
        from app.ui.panels.help_pages import HelpPages

        if window not in self._help:
            self._help[window] = HelpWindow(HelpPages(_protocol_of(window)), window)
        place = window.desktop.place if window.desktop is not None else ""
        self._help[window].show_page(page or HELP_OF.get(place, "start"))

    def _about(self, window: MainWindow) -> None:
        from app.ui.panels.about import asks_for_licences

        protocol = _protocol_of(window)
        if asks_for_licences(window, protocol.ref if protocol is not None else None):
            self.show_help(window, "licences")

    def _ask(self, window: MainWindow) -> None:
        from app.ui.command_palette import CommandPalette

        CommandPalette(window).open()

    def _complete(self, window: MainWindow) -> None:
        """Let a window that can do everything now be as it was left."""
        desktop = window.desktop
        if desktop is None:
            return
        give_icons(window.actions_by_name)
        desktop.is_elsewhere = partial(self.is_elsewhere, window)
        desktop.letter.settings = self.settings
        desktop.mergings.is_typed_elsewhere = partial(self.is_typed_into, window)
        desktop.keeping_up.stored.connect(partial(self._stored, window))
        desktop.who.changed.connect(self._person_changed)
        desktop.after_saving.given_up.connect(self.stays_open)
        self._first_parts[window] = layout.parts_of(window)
        kept = self.settings.layout
        layout.put_parts(window, kept)
        page = kept.get("page")
        if isinstance(page, str) and page in window.places and not needs(page) and window is self.open[0]:
            desktop.go(page)

    def _stored(self, window: MainWindow, mrn: str) -> None:
        for other in self.open:
            if other is not window and other.desktop is not None:
                other.desktop.keeping_up.see(mrn)

    def _person_changed(self) -> None:
        for window in self.open:
            if window.desktop is not None:
                window.desktop.who.see()

    def _closed(self, window: MainWindow) -> None:
        if window not in self.open:
            return
        self.open.remove(window)
        if (help_window := self._help.pop(window, None)) is not None:
            help_window.close()
        if self._first_parts.pop(window, None) is not None:
            kept = {**layout.place_of(window), **layout.parts_of(window), "page": layout.page_of(window)}
            self.settings.choose(layout=kept)
        if window is not self._first:
            window.deleteLater()
        self.closed.emit()

    def _system_changed(self) -> None:
        if self.settings.theme == SYSTEM:
            self.redraw()


def _protocol_of(window: MainWindow) -> "Protocol | None":
    """Return the protocol in force, or the one by which the open record is advised."""
    from app.record.reading import NotPossible

    desktop = window.desktop
    if desktop is None:
        return None
    advice = desktop.opened.advice if desktop.opened is not None else None
    try:
        return desktop.desk.advising.protocol(advice.protocol.id if advice is not None else None)
    except NotPossible:
        return None


def _run(do: Callable[[], object], _checked: bool = False) -> None:
    do()
