"""A window over the database in a folder, in which somebody types a note without ever pausing: to be killed."""

import sys
from pathlib import Path

from hands import go_to, press, until, wait, write
from PySide6.QtWidgets import QApplication

from app.ui.application import Start
from app.ui.main_window import MainWindow
from main import desk


def type_for_ever(folder: Path) -> None:
    """Open the patient A-1042 and type."""
    application = QApplication([])
    start = Start(MainWindow(), lambda: desk(folder / "clinic.sqlite", None), folder)
    start.window.show()
    start.window.activateWindow()
    until(lambda: start.window.desktop is not None, "the desk to open")
    until(start.window.isActiveWindow, "the window to be active")
    start.window.desktop.open_patient("A-1042")
    press("Ctrl+Shift+N")
    go_to("Note")
    while application is not None:
        write("on and on ")
        wait(20)


if __name__ == "__main__":
    type_for_ever(Path(sys.argv[1]))
