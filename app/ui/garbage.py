"""Garbage is collected in the window's thread alone.

Python looks for cycles that nobody holds in whichever thread happens to make the next object. In such a cycle there
may be a window that was closed, and Qt ends the program when a window is taken away in any thread but its own.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # ms


class GarbageCollector(QObject):
    """Looks for garbage as often as Python would, but never within other work and never in another thread.

    From its making to `end` Python itself collects nothing.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Begin to look, leaving alone what is loaded by now: it stays, and looking through it takes time."""
        if not self._timer.isActive():
            gc.freeze()
            self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is full."""
        counts = gc.get_count()
        full = [age for age, most in enumerate(gc.get_threshold()) if counts[age] > most]
        if full:
            gc.collect(full[-1])

    def end(self) -> None:
        """Let Python collect again as it did before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
