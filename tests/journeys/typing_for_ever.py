"""A window over the database in a folder, in which somebody types without ever pausing: to be killed."""

import sys
from pathlib import Path

from hands import fill, go_to, press, until, wait, write
from PySide6.QtWidgets import QApplication

from app.ui.application import Start
from app.ui.main_window import MainWindow
from main import desk


def begin_note(_window: MainWindow) -> None:
    """Begin a note."""
    press("Ctrl+Shift+N")
    go_to("Note")


def begin_letter(window: MainWindow) -> None:
    """Begin the words of a letter to the board's question."""
    press("Ctrl+4")
    until(lambda: bool(window.desktop.letter.page.pdf), "the letter")
    press("Ctrl+L")
    fill("Kind", "Tumour")
    go_to("Question to the board")


def type_for_ever(folder: Path, what: str) -> None:
    """Open the patient A-1042 and type."""
    application = QApplication([])
    start = Start(MainWindow(), lambda: desk(folder / "clinic.sqlite", None), folder)
    start.window.show()
    start.window.activateWindow()
    until(lambda: start.window.desktop is not None, "the desk to open")
    until(start.window.isActiveWindow, "the window to be active")
    start.window.desktop.open_patient("A-1042")
    {"note": begin_note, "letter": begin_letter}[what](start.window)
    while application is not None:
        write("on and on ")
        wait(20)


if __name__ == "__main__":
    type_for_ever(Path(sys.argv[1]), sys.argv[2])
