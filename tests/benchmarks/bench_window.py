"""How long a person waits in the window: to find, to sort, to open, to see the advice after a change.

100,000 invented patients in a file, the whole window without a screen. A wait begins with the key, the click or the
call and ends when everything it changes has been painted. Wall time, the median of some; beside it the time of the
processor, as the machine may be shared. Limits are in milliseconds, and kept by the median.
"""

# ruff: noqa: E402  # it runs as a script: the folders come first

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.record.record import PatientRecord
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.desk import Desk
from app.services.letter_archive import LetterArchive
from app.services.letters import Letters
from app.services.patients import Patients
from app.services.people import People
from app.services.worklist import Worklist
from app.ui.main_window import MainWindow
from app.ui.palette import dress
from app.ui.patients_model import BLOCK
from app.ui.recent import Recent
from benchmarks import Ratio, show
from benchmarks.bench_database import a_record_of_25, fill, raw_connection, raw_find
from builders import a_lab, an_examination
from db.store import Store

PATIENTS = 100_000
ENTRIES = 200
TODAY = date(2016, 11, 5)
TYPED = ("muller12", "zak 7", "ada", "p-0991", "emil mull")
FIND, LIST, OPEN, ADVICE, BLOCK_READ = 50.0, 150.0, 150.0, 30.0, 50.0


@dataclass(frozen=True, slots=True)
class Waited:
    """How long one thing took: on the clock, and of the processor; in milliseconds."""

    wall: float
    processor: float


def waited(window: MainWindow, do: Callable[[], object], is_there: Callable[[], bool] = lambda: True) -> Waited:
    """Do something and wait until it is there and painted, and everything that follows from it too."""
    clock = Clock()
    do()
    while not is_there():
        QApplication.processEvents()
    QApplication.processEvents()
    window.repaint()
    assert window.isVisible()
    return clock.read()


class Clock:
    """Measures from when it is made, nothing being left to do for the window."""

    def __init__(self) -> None:
        QApplication.processEvents()
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def read(self) -> Waited:
        """Return how long it has been."""
        return Waited((time.perf_counter() - self._wall) * 1000, (time.process_time() - self._processor) * 1000)


def row(what: str, times: Iterable[Waited], limit: float | None, detail: str = "") -> Ratio:
    """Return the median as a row of the table, with what it took of the processor and the slowest."""
    some = list(times)
    wall, processor = statistics.median(one.wall for one in some), statistics.median(one.processor for one in some)
    slowest = max(one.wall for one in some)
    return Ratio(f"{what}, ms", wall, limit, f"processor {processor:.1f}, slowest {slowest:.1f}{detail}")


def finding(window: MainWindow, file: Path) -> list[Ratio]:
    """Type some searches, letter by letter, and wait for the rows after each."""
    page, times = window.find_page, []
    assert page.isVisible()
    for text in TYPED:
        page.box.clear()
        QApplication.processEvents()
        for end in range(1, len(text) + 1):
            expected = text[:end].strip()
            times.append(
                waited(window, partial(QTest.keyClicks, page.box, text[end - 1]), lambda: page.model.text == expected)  # noqa: B023
            )
    with closing(raw_connection(file)) as raw:
        start = time.perf_counter()
        for text in TYPED:
            raw_find(raw, f"%{text.split()[0]}%")
        alone = (time.perf_counter() - start) * 1000 / len(TYPED)
    page.box.clear()
    QApplication.processEvents()
    return [row(f"first results after a key, {PATIENTS:,} patients", times, FIND, f"; raw LIKE alone {alone:.1f}")]


def listing(window: MainWindow, patients: Patients) -> list[Ratio]:
    """Show the list anew, then sort it by every column, both ways, and scroll from block to block."""
    page = window.find_page
    assert page.table.isVisible()
    header = page.table.horizontalHeader()
    first = [waited(window, partial(page.show_patients, patients, Recent(None, patients.database))) for _ in range(11)]
    ratios = [row(f"list of {PATIENTS:,} painted", first, LIST)]
    for column in (1, 2, 3, 0):
        place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
        click = partial(QTest.mouseClick, header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        name = page.model.headerData(column, Qt.Orientation.Horizontal).lower()
        times = [waited(window, click) for _ in range(6)]
        ratios.append(row(f"sorted by {name}", times, LIST))
        rows = [PATIENTS * part // 8 + turn * BLOCK for turn in range(2) for part in range(1, 8)]
        scrolled = [waited(window, partial(page.table.verticalScrollBar().setValue, at)) for at in rows]
        ratios.append(row(f"scrolled far down, sorted by {name}", scrolled, BLOCK_READ))
    return ratios


def a_long_record(mrn: str) -> PatientRecord:
    """Return a patient with 200 entries: years of laboratory values and examinations more."""
    record = a_record_of_25(mrn)
    for number in range(ENTRIES - 25):
        day = f"{2016 - number % 8}-{number % 10 + 1:02}-{number % 27 + 1:02}"
        entry = (
            an_examination(id=f"more{number}", date=day)
            if number % 6 == 0
            else a_lab("ALT", 20 + number % 17, id=f"more{number}", date=day, unit="U/L", upper=40)
        )
        record = record.with_entry(entry)
    assert len(list(record.entries())) == ENTRIES
    return record


def opening(window: MainWindow, desk: Desk, mrns: tuple[str, str]) -> list[Ratio]:
    """Open two long records in turn; then change one, back and forth."""
    desktop = window.desktop
    assert desktop is not None
    numbers = [mrns[turn % 2] for turn in range(12)]
    opened = [waited(window, partial(desktop.open_patient, mrn)) for mrn in numbers][2:]
    record = desktop.opened
    assert record is not None
    lab = next(one for one in record.record.labs if one.analyte == "ALT")
    changes = [replace(lab, value=lab.value + turn) for turn in range(1, 12) if lab.value is not None]
    advised, changed = [], []
    for one in changes:
        clock = Clock()
        record.put(one)
        window.repaint()  # with the advice; the pictures beside it follow
        advised.append(clock.read())
        QApplication.processEvents()
        window.repaint()
        changed.append(clock.read())
    if record.record.entry(lab.id) != changes[-1] or record.advice is None:
        sys.exit("the change was not taken")
    return [
        row(f"record of {ENTRIES} entries opened, the whole page", opened, OPEN),
        row("advice on the screen after a change of it", advised[1:], ADVICE),
        row("the pictures beside it too", changed[1:], None),
    ]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clinic.sqlite"
        fill(file, PATIENTS)
        store = Store(file)
        mrns = ("LONG-1", "LONG-2")
        for mrn in mrns:
            store.save(a_long_record(mrn), None, by="")
        clinic = Clinic(None)
        advising = Advising(clinic)
        patients = Patients(store, lambda: TODAY)
        letters, people = Letters(clinic, advising), People(store, None)
        desk = Desk(
            patients=patients, advising=advising, letters=letters, clinic=clinic, people=people,
            archive=LetterArchive(store, letters, people, lambda: TODAY), worklist=Worklist(store, advising),
            today=lambda: TODAY,
        )  # fmt: skip
        application = QApplication(sys.argv[:1])
        dress(application)
        window = MainWindow()
        window.furnish()
        window.resize(1366, 768)
        window.show()
        window.take(desk, None)
        while window.desktop is None:
            QApplication.processEvents()
        window.today_page.running.cancel()  # it would take a minute, and the other half of the processor
        while window.today_page.running.is_running:
            QApplication.processEvents()
        gc.freeze()  # as the program does once it is loaded
        window.desktop.go("patients_page")
        show([*finding(window, file), *listing(window, patients), *opening(window, desk, mrns)])
        window.close()
        QThreadPool.globalInstance().waitForDone()
        store.close()


if __name__ == "__main__":
    main()
