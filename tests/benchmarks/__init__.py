"""What costs what, as ratios in one run: times of a shared machine mean little, two of the same run compare well.

Each `bench_*.py` is a script that measures one thing and hands `show` its ratios; `make bench` runs all of them.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measurement: how many times the plain way it costs, and how many it may. `detail` says the times.

    `at_least`: it is the other way that is measured, which is to cost that many times ours or more.
    """

    what: str
    ratio: float
    limit: float | None
    detail: str = ""
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the limit is kept."""
        if self.limit is None:
            return ""
        if self.at_least:
            return "kept" if self.ratio >= self.limit else "BELOW"
        return "kept" if self.ratio <= self.limit else "ABOVE"


def show(ratios: Iterable[Ratio]) -> None:
    """Print a row of the table for each ratio."""
    for one in ratios:
        limit = f"{one.limit:5.1f}" if one.limit is not None else "    -"
        sys.stdout.write(f"{one.what:<58} {one.ratio:6.2f} {limit}  {one.verdict:<6} {one.detail}\n")
    sys.stdout.flush()


def median_seconds(
    job: Callable[[], object], *, times: int = 51, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the median time of one call, after one call that does not count; `time.process_time` counts CPU alone."""
    job()
    taken = []
    for _ in range(times):
        start = clock()
        job()
        taken.append(clock() - start)
    return statistics.median(taken)
