"""Makes the README's two pictures: the window with a demonstration patient open, and a page of the clinic letter.

`make screenshots` runs it. It starts a screen of its own (Xvfb), so it needs none, and touches no database of anybody.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "resources" / "help" / "pictures"
DEMO, NUMBER, DAY = ROOT / "resources" / "demo", "DEMO-2", date(2012, 7, 10)
SIZE = (1366, 768)


@contextmanager
def a_screen():
    """Give the name of an X display of our own."""
    reading, writing = os.pipe()
    screen = f"{SIZE[0]}x{SIZE[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def take_pictures(folder):
    """Open the window on the demonstration patients and take it; then the first page of the letter."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.ui.application import Start
    from app.ui.main_window import MainWindow
    from app.ui.palette import dress
    from main import desk

    def open_patient():
        window.desktop.open_patient(NUMBER)
        window.desktop.opened.look_at(DAY)
        QTimer.singleShot(1500, take)

    def take():
        application.primaryScreen().grabWindow(window.winId()).save(str(PICTURES / "window.png"))
        with desk(database, None) as services:
            record = services.patients.open(NUMBER).record
            (folder / "letter.pdf").write_bytes(services.letters.compose(record, DAY))
        application.quit()

    database = folder / "demo.sqlite"
    with desk(database, None) as services:
        services.patients.import_files(sorted(DEMO.glob("demo-?.json")))
    application = QApplication(sys.argv[:1])
    dress(application)
    window = MainWindow()
    starting = Start(window, lambda: desk(database, None), folder)
    window.ready.connect(lambda: QTimer.singleShot(300, open_patient))
    window.resize(*SIZE)
    window.show()
    window.move(0, 0)
    application.exec()
    starting.end()
    page = ["pdftoppm", "-r", "90", "-png", "-singlefile", folder / "letter.pdf", PICTURES / "letter"]
    subprocess.run(page, check=True)


if __name__ == "__main__":
    if "--inside" in sys.argv:
        sys.path.insert(0, str(ROOT))
        with TemporaryDirectory() as scratch:
            take_pictures(Path(scratch))
    else:
        PICTURES.mkdir(parents=True, exist_ok=True)
        with a_screen() as display:
            environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_DATA_HOME": os.devnull}
            subprocess.run([sys.executable, __file__, "--inside"], check=True, env=environment)
        sys.stdout.write(f"The pictures are in {PICTURES}\n")
