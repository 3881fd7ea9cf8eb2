"""Starting the window: it paints first, and only then are database, record and pathway loaded."""

import gc
import os
import sys
from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.paths import user_folder
from app.ui.garbage import GarbageCollector
from app.ui.layout import put_in_place
from app.ui.main_window import MainWindow
from app.ui.palette import dress, shade_of_system
from app.ui.settings import SYSTEM, Settings
from app.words import _

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.ui.windows import Windows

SETTINGS_FILE = "window.json"
SCALE, OURS = "QT_SCALE_FACTOR", "ALKPATH_SCALE"  # of Qt; and what of it is ours

OpenDesk = Callable[[], "AbstractContextManager[Desk]"]


def run(open_desk: OpenDesk, *, folder: Path | None = None) -> int:
    """Open the window and return when the last one is closed; `open_desk` is called after the first paint.

    Unfinished typing, the settings and the log of faults are kept in `folder`, or where the user's data are.
    """
    gc.disable()  # what is loaded at the start stays: looking through it for garbage takes a tenth of the time
    folder = folder or user_folder()
    settings = Settings(folder / SETTINGS_FILE)
    enlarge(settings.size, os.environ)
    # The style by its option: `setStyle` gives it back, and to make that a value of Python takes 4 ms.
    application = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("ALKPath")
    dress(application, shade_of_system(application) if settings.theme == SYSTEM else settings.theme)
    starting = Start(MainWindow(), open_desk, folder, settings)
    sys.excepthook = starting.say_bug
    starting.show()
    try:
        return application.exec()
    finally:
        starting.end()
        sys.excepthook = sys.__excepthook__
        if starting.restarts:
            start_again()


def enlarge(size: int, environment: MutableMapping[str, str]) -> None:
    """Let Qt draw everything larger, in per cent of what it would be, unless the system says how large."""
    if size != 100 and environment.get(SCALE) in (None, environment.get(OURS)):
        environment[SCALE] = environment[OURS] = str(size / 100)
    elif size == 100 and environment.get(SCALE) == environment.get(OURS):
        environment.pop(SCALE, None)  # of a start before this one


def start_again() -> None:
    """Start the program as it was started, with the settings as they are now."""
    import subprocess

    subprocess.Popen([sys.executable, *sys.orig_argv[1:]], start_new_session=True)


class Start(QObject):
    """Builds the desk once the window is painted, and is there when something goes wrong."""

    def __init__(self, window: MainWindow, open_desk: OpenDesk, folder: Path, settings: Settings | None = None) -> None:
        super().__init__(window)
        self.window = window
        self._open_desk = open_desk
        self._folder = folder
        self._open = ExitStack()
        self._saying = False
        self.settings = settings or Settings(folder / SETTINGS_FILE)
        self.windows: Windows | None = None
        self.restarts = False
        window.painted.connect(self._painted)
        self._garbage = GarbageCollector(self)
        window.ready.connect(self._garbage.begin)

    def show(self) -> None:
        """Show the window as it was left, or large when it is the first time."""
        if not put_in_place(self.window, self.settings.layout):
            self.window.show_large()

    def furnish(self) -> None:
        """Show where the list will be, and open the database when that is painted."""
        from app.ui.qt_words import speak
        from app.ui.windows import Windows

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        speak(application)
        self.window.furnish()
        self.windows = Windows(application, self.settings, self)
        self.windows.restart_wanted.connect(self._restart)
        self.windows.closed.connect(self._close_others)
        self.windows.stays_open.connect(self._stay)
        self.windows.add(self.window)
        QTimer.singleShot(0, self.load)

    def load(self) -> None:
        """Open the database; say why when that is not possible, and offer to try again."""
        from app.record.reading import NotPossible, Refused

        try:
            desk = self._open.enter_context(self._open_desk())
            desk.patients.count()
        except (NotPossible, Refused) as error:
            self._open.close()
            self._garbage.begin()
            words = str(error) if isinstance(error, NotPossible) else "\n".join(str(one) for one in error.faults)
            self._say_closed(words)
            return
        self.window.take(desk, self._folder)

    def end(self) -> None:
        """Close the database, after the work that still runs."""
        from PySide6.QtCore import QThreadPool

        QThreadPool.globalInstance().waitForDone(5000)
        self._open.close()
        self._garbage.end()

    def say_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Keep what was typed, note where it happened without any patient's data, tell the person, go on."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        import logging

        from app.services.bug_log import note_bug

        if self.window.desktop is not None:
            self.window.desktop.keep_typing()
        log = note_bug(error, self._folder)
        logging.getLogger(__name__).error("a fault of the program: %s", kind.__name__)
        if self._saying:
            return
        self._saying = True
        try:
            self._tell(log)
        finally:
            self._saying = False

    def _tell(self, log: Path | None) -> None:
        from PySide6.QtWidgets import QMessageBox

        words = _("Something went wrong in the program. Nothing that was saved is lost, and your typing is kept.")
        where = _("Where it happened, without any patient’s data, is noted in {file}.").format(file=log) if log else ""
        box = QMessageBox(QMessageBox.Icon.Warning, _("A fault of the program"), words, parent=self.window)
        box.setInformativeText(where)
        go_on = box.addButton(_("Go on"), QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton(_("Close the program"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(go_on)
        box.exec()
        if box.clickedButton() is stop:
            self.window.close()

    def _painted(self) -> None:
        QTimer.singleShot(0, self.furnish)

    def _say_closed(self, words: str) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Warning, _("The database cannot be opened"), words, parent=self.window)
        again = box.addButton(_("Try again"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Close the program"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is again:
            QTimer.singleShot(0, self.load)
        else:
            self.window.close()

    def _restart(self) -> None:
        self.restarts = True
        QApplication.closeAllWindows()

    def _close_others(self) -> None:
        """Go on with a restart for which one window had to wait until its record was stored."""
        if self.restarts:
            QTimer.singleShot(0, QApplication.closeAllWindows)

    def _stay(self) -> None:
        """Forget the restart: a window could not be closed for it, and is closed another time for other reasons."""
        self.restarts = False
