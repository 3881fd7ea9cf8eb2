"""A watch on the window's event loop: how long it was busy with one thing, in processor time of its own thread.

Processor time, so that a machine that is busy with others does not make the window look slow; and by the speed of this
machine, measured at the same moment by a piece of work that always is the same.
"""

import faulthandler
import re
import tempfile
import threading
import time
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer

TICK = 4  # milliseconds
LOOK = 0.02  # seconds between two looks of the other thread
LATE = 0.05  # seconds without a tick: what is being done is noted
# What the piece of work below takes on the machine the limits were set on, in seconds.
NOMINAL = 0.0034


def a_piece_of_work():
    """Do what always is the same, and return the processor time it took."""
    begun = time.thread_time()
    total, seen = 0, {}
    for number in range(60_000):
        seen[number & 255] = total = (total * 31 + number) & 0xFFFFFF
    assert seen
    return time.thread_time() - begun


def slowness():
    """Return how much slower this machine is now, never less than 1."""
    return max(1.0, sorted(a_piece_of_work() for _time in range(5))[2] / NOMINAL)


@dataclass
class Watch:
    """Ticks in the event loop; `busy` holds every pause between two ticks as (seconds, what was done then)."""

    busy: list[tuple[float, str]] = field(default_factory=list)
    at: str = ""

    def __post_init__(self):
        self._timer = QTimer(interval=TICK)
        self._timer.timeout.connect(self._tick)
        self._last = self._last_wall = 0.0
        self._noted = ""
        self._ends = threading.Event()
        self._main = threading.main_thread().ident

    def __enter__(self):
        self._last, self._last_wall = time.thread_time(), time.monotonic()
        self._timer.start()
        self._looker = threading.Thread(target=self._look, daemon=True)
        self._looker.start()
        return self

    def __exit__(self, *_given):
        self._ends.set()
        self._timer.stop()
        self._looker.join()

    def forget(self):
        """Begin anew: what was before does not count."""
        self._tick()
        self.busy.clear()

    def forget_after(self, do):
        """Do something that does not count."""
        self._tick()
        do()
        self._last = time.thread_time()

    def worst(self, count=5):
        """Return the longest pauses with what was done in them."""
        return sorted(self.busy, reverse=True)[:count]

    def _tick(self):
        now, wall = time.thread_time(), time.monotonic()
        self.busy.append((now - self._last, self._noted or self.at))
        self._last, self._last_wall, self._noted = now, wall, ""

    def _look(self):
        """Note beside the window what it is busy with when it has not ticked for a while."""
        while not self._ends.wait(LOOK):
            if time.monotonic() - self._last_wall > LATE:
                lines = [
                    f"{file.rpartition('/app/')[2]}:{line} {name}"
                    for file, line, name in self._what_is_done()
                    if "/app/" in file
                ]
                self._noted = " < ".join(lines[:6]) or self._noted

    def _what_is_done(self):
        """Return what the window's thread is in, innermost first, without holding on to any of it.

        Were its frames held here, this thread might be the last to hold a window, and would take it away.
        """
        with tempfile.TemporaryFile("w+") as out:
            faulthandler.dump_traceback(file=out, all_threads=True)
            out.seek(0)
            threads = out.read().split("\n\n")
        own = next((one for one in threads if f"0x{self._main:016x}" in one), "")
        return re.findall(r'File "(.+)", line (\d+) in (.+)', own)


def percentile(values, part):
    """Return the value that `part` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
