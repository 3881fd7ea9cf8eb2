"""How soon the window is there: first paint, and a usable list of 1,000 patients, beside a bare PySide6 window.

The ratio is that of the clock; beside it that of the processor's time, which others on the machine change less.

Every start is a process of its own, bare and ours in turn, timed from before it is made. "Usable" is when the list
shows its rows and can be searched; a patient chosen then opens as soon as every action is ready. What Python compiles
and what the disk reads is warm, as on the second start of a day.
"""

# ruff: noqa: E402  # it runs as a script: the folders come first

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parents[1])]

from benchmarks import Ratio, show

STARTS = 11
LISTED = "a usable list of 1,000 patients"
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic(), time.process_time(), flush=True)
        QTimer.singleShot(0, QApplication.instance().quit)

application = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 720)
window.show()
application.exec()
"""
OURS = """
import resource, sys, time
sys.path.insert(0, {root!r})
sys.argv = ["main.py", "--database", {database!r}]
import main
from app.ui import application

def tell():
    print(time.monotonic(), time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)

class Timed(application.Start):
    def __init__(self, window, *given):
        super().__init__(window, *given)
        window.painted.connect(tell)
        window.listed.connect(self.tell)
        window.ready.connect(self.tell)
        window.ready.connect(window.close)

    def tell(self):
        self.window.find_page.table.grab()
        tell()

application.Start = Timed
sys.exit(main.start())
"""


def told_by(script: str) -> list[tuple[float, ...]]:
    """Start a script in a process of its own and return what it told at each moment.

    The seconds since the start, the seconds of the processor, and the largest memory in MiB where it tells that.
    """
    start = time.monotonic()
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    moments = [[float(one) for one in line.split()] for line in told.stdout.splitlines()]
    return [(clock - start, *rest) for clock, *rest in moments]


def thousand_patients(database: Path) -> None:
    """Fill a database with a thousand patients."""
    from builders import a_diagnosis, a_line, a_patient, a_record
    from db.store import Store

    store = Store(database)
    with store.saving() as saving:
        for number in range(1000):
            person = a_patient(mrn=f"A-{number:04}", family_name=f"Name {number * 7919 % 1000:03}")
            saving.save(a_record(a_line(), patient=person, diagnosis=a_diagnosis()), None, by="bench")
    store.close()


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        # As on a user's machine: what Python has compiled once it finds again at the next start.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        database = Path(folder) / "clinic.sqlite"
        thousand_patients(database)
        script = OURS.format(root=str(ROOT), database=str(database))
        told_by(BARE), told_by(script)  # the first of each warms the disk
        bare, ours = [], []
        for _ in range(STARTS):
            bare += told_by(BARE)
            ours.append(told_by(script))
    clock, processor = (statistics.median(one) for one in zip(*bare, strict=True))
    limits = (("the first paint", 1.3), (LISTED, 3.5), ("every action ready", None))
    for (what, limit), moments in zip(limits, zip(*ours, strict=True), strict=True):
        taken, worked, memory = (statistics.median(one) for one in zip(*moments, strict=True))
        times = f"{taken * 1000:.0f} ms, bare {clock * 1000:.0f} ms; of the processor {worked / processor:.2f}"
        show([Ratio(f"start to {what}", taken / clock, limit, times)])
        if what == LISTED:
            show([Ratio("memory with that list, MiB", memory, 200.0)])


if __name__ == "__main__":
    main()
