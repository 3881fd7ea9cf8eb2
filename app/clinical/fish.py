"""ALK break-apart FISH: what the counts of the readers say.

Bands of the kit as the protocol file settles them (A3, A4): under 10 % negative, over 50 % positive, between (both
ends included) a second reader; two readers are pooled and decide at 15 %, which is positive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.record.molecular_test import FishReading

Verdict = Literal["positive", "negative", "second_reader_needed", "short_count", "no_count"]

FEWEST_CELLS = 50
WITH_THE_REPORT = "9999"  # a reading without a date is of the day of the report, after all that have one


@dataclass(frozen=True, slots=True)
class FishCount:
    """The cells that decide and how many of them are positive; `readers` is how many readings were pooled."""

    verdict: Verdict
    cells: int = 0
    positive: int = 0
    readers: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Positive cells in per cent of those counted, unrounded; None without a count."""
        return Decimal(100 * self.positive) / self.cells if self.cells else None

    @property
    def is_at_cut_off(self) -> bool:
        """Whether two readers together give exactly 15 %, where print and practice differ (A3)."""
        return self.readers > 1 and self.positive * 100 == self.cells * 15


def positive_cells(reading: FishReading) -> int | None:
    """Return the cells with split signals or a single red one (D4); None when neither was counted."""
    if reading.split is None and reading.single_red is None:
        return None
    return (reading.split or 0) + (reading.single_red or 0)


def count(readings: Sequence[FishReading]) -> FishCount:
    """Return what the readings say together (D5, D7, D8).

    One reader counts once, with the later reading; unnamed readers are different people. Readings of fewer than 50
    cells are passed over once a full one exists.
    """
    counted = [
        (reading.reader or f"unnamed {index}", reading.cells, positive)
        for index, reading in sorted(enumerate(readings), key=lambda one: one[1].date or WITH_THE_REPORT)
        if (positive := positive_cells(reading)) is not None and reading.cells
    ]
    full = {reader: (cells, positive) for reader, cells, positive in counted if cells >= FEWEST_CELLS}
    if not full:
        if not counted:
            return FishCount("no_count")
        _, cells, positive = max(counted, key=lambda one: one[1:])
        return FishCount("short_count", cells, positive, 1)
    cells, positive = sum(one[0] for one in full.values()), sum(one[1] for one in full.values())
    return FishCount(_verdict(cells, positive, len(full)), cells, positive, len(full))


def _verdict(cells: int, positive: int, readers: int) -> Verdict:
    if readers > 1:
        return "positive" if positive * 100 >= cells * 15 else "negative"
    if positive * 10 < cells:
        return "negative"
    return "positive" if positive * 2 > cells else "second_reader_needed"
