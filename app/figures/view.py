"""Which days of a course are looked at: zoomed and moved over the whole scale, breaks included."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.figures.scale import TimeScale

FEWEST = 28  # days that are shown at least


@dataclass(frozen=True, slots=True)
class View:
    """The part of the whole scale that is looked at, from 0 to 1."""

    start: float = 0.0
    end: float = 1.0

    @property
    def is_whole(self) -> bool:
        """Whether everything is looked at."""
        return self.start <= 0 and self.end >= 1

    def window(self, whole: TimeScale) -> tuple[date, date] | None:
        """Return the days that are looked at; None where it is all of them."""
        if self.is_whole:
            return None
        width = whole.right - whole.left
        return whole.day_at(whole.left + self.start * width), whole.day_at(whole.left + self.end * width)

    def zoomed(self, factor: float, around: float, whole: TimeScale) -> "View":
        """Return the view `factor` times closer; what is at the share `around` of the picture stays where it is."""
        share = self.end - self.start
        wide = min(1.0, share / factor)
        start = min(max(0.0, self.start + (share - wide) * around), 1 - wide)
        closer = View(start, start + wide)
        days = closer.window(whole)
        return self if factor > 1 and days is not None and (days[1] - days[0]).days < FEWEST else closer

    def moved(self, by: float) -> "View":
        """Return the view moved by a part of what is looked at, as far as there is something."""
        wide = self.end - self.start
        start = min(max(0.0, self.start + by * wide), 1 - wide)
        return View(start, start + wide)


def view_of(first: date, last: date, whole: TimeScale) -> View:
    """Return the view of some days, or of the fewest that are shown."""
    if (last - first).days < FEWEST:
        first = last - timedelta(days=FEWEST)
    width = whole.right - whole.left
    start, end = (whole.x(first) - whole.left) / width, (whole.x(last) - whole.left) / width
    return View(max(0.0, min(start, end)), min(1.0, max(start, end) + 1e-9))
