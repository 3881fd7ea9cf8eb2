"""Makes pictures of every screen, in both sizes, light and dark, English and French; and from them the README's.

`make screenshots` runs it and says where the pictures are. It starts screens of its own (Xvfb), so it needs none, uses
invented patients only, and touches no database of anybody. One process a language: that is chosen at the start.
"""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "build" / "screens"
PICTURES = ROOT / "resources" / "help" / "pictures"
SIZES, THEMES, LANGUAGES = ((1366, 768), (1920, 1080)), ("light", "dark"), ("en", "fr")
TODAY = date(2014, 6, 2)  # after the last day of every demonstration patient
# The pictures of README and help, and the screens they are made from.
CHOSEN = {"window": "11-record", "today": "05-today", "map": "13-map"}


@contextmanager
def a_screen():
    """Give the name of an X display of our own, as large as the largest picture."""
    reading, writing = os.pipe()
    screen = f"{SIZES[-1][0]}x{SIZES[-1][1]}x24"
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


@contextmanager
def a_desk(folder):
    """Give the services over a fresh database, on a day after the demonstration patients' last."""
    from app.services.advice import Advising
    from app.services.clinic import Clinic
    from app.services.desk import Desk
    from app.services.letter_archive import LetterArchive
    from app.services.letters import Letters
    from app.services.patients import Patients
    from app.services.people import People
    from app.services.worklist import Worklist
    from db.store import Store

    store = Store(folder / "clinic.sqlite")
    clinic = Clinic(None)
    advising = Advising(clinic)
    letters, people = Letters(clinic, advising), People(store, folder)
    parts = {"patients": Patients(store, lambda: TODAY), "letters": letters, "people": people}
    parts |= {"worklist": Worklist(store, advising), "archive": LetterArchive(store, letters, people, lambda: TODAY)}
    try:
        yield Desk(advising=advising, clinic=clinic, today=lambda: TODAY, **parts)
    finally:
        store.close()


def take_pictures(folder, language):
    """Open the window on a fresh database, fill it, and take every screen in every look."""
    from PySide6.QtWidgets import QApplication
    from scenes import BRAIN, Photographer, dialogs, empty_screens, forms, lists, record

    from app.services.demonstration import telling_day
    from app.services.people import Person
    from app.ui.application import Start
    from app.ui.main_window import MainWindow
    from app.ui.palette import dress

    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    dress(application)
    start = Start(MainWindow(), lambda: a_desk(folder), folder)
    at = Photographer(start, SCREENS / language)
    start.window.resize(*SIZES[0])
    start.window.show()
    at.wait(lambda: start.window.desktop is not None)
    looks = [(theme, size) for theme in THEMES for size in SIZES]
    for look in looks:
        at.wear(*look)
        empty_screens(at)
    at.desktop.transfer.load_demonstration()
    at.wait(lambda: at.desktop.desk.patients.count() >= 7 and at.window.today_page.model.items)
    for name, role in (("A. Roth", "doctor"), ("M. Keller", "nurse")):
        at.desktop.who.choose(at.desktop.desk.people.put(Person(name=name, role=role)))
    at.open(BRAIN)
    opened = at.desktop.opened
    opened.set_patient(replace(opened.record.patient, phone="+00 000 000 001"))  # for the history
    for look in looks:
        at.wear(*look)
        for scenes in (lists, record, forms, dialogs):
            scenes(at)
    if language == LANGUAGES[0]:
        stored = at.desktop.desk.patients.open(BRAIN).record
        (folder / "letter.pdf").write_bytes(at.desktop.desk.letters.compose(stored, telling_day(BRAIN)))
        page = ["pdftoppm", "-r", "90", "-png", "-singlefile", folder / "letter.pdf", SCREENS / "letter"]
        subprocess.run(page, check=True)
    start.window.close()
    start.end()


def choose_pictures():
    """Make the pictures of README and help from the screens: 256 colours look the same and need a third of the room."""
    from PIL import Image

    PICTURES.mkdir(parents=True, exist_ok=True)
    first = SCREENS / LANGUAGES[0] / f"{THEMES[0]}-{SIZES[0][0]}"
    chosen = {name: first / f"{screen}.png" for name, screen in CHOSEN.items()} | {"letter": SCREENS / "letter.png"}
    for name, path in chosen.items():
        with Image.open(path) as picture:
            fewer = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
            fewer.save(PICTURES / f"{name}.png", optimize=True)


def main():
    """Take the pictures of every language side by side, then make the chosen ones."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    with ExitStack() as screens:
        running = []
        for language in LANGUAGES:
            environment = {**os.environ, "DISPLAY": screens.enter_context(a_screen()), "QT_QPA_PLATFORM": "xcb"}
            environment |= {"ALKPATH_LANGUAGE": language, "XDG_DATA_HOME": os.devnull}
            running.append(subprocess.Popen([sys.executable, __file__, "--inside", language], env=environment))
        failed = [one for one in running if one.wait() != 0]
    if failed:
        return 1
    choose_pictures()
    sys.stdout.write(f"Every screen is in {SCREENS}, the pictures of README and help in {PICTURES}\n")
    return 0


if __name__ == "__main__":
    if "--inside" in sys.argv:
        sys.path.insert(0, str(ROOT))
        with TemporaryDirectory() as scratch:
            take_pictures(Path(scratch), sys.argv[-1])
    else:
        sys.exit(main())
