"""Laboratory values over time: as multiples of their limit or in one unit, comparators respected, in order of day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from app.record.dates import earliest_day
from app.record.lab import Lab

ONE_DAY = 1


@dataclass(frozen=True, slots=True)
class Point:
    """One value: `x` in the unit the series is in; `comparator` as the report has it ("<" or ">")."""

    day: date
    x: Decimal
    lab: Lab

    @property
    def id(self) -> str:
        """The id of the laboratory entry."""
        return self.lab.id

    def is_above(self, limit: Decimal) -> bool:
        """Whether the value is surely above `limit`."""
        if self.lab.comparator == "<":
            return False
        return self.x > limit or (self.lab.comparator == ">" and self.x >= limit)

    def is_below(self, limit: Decimal) -> bool:
        """Whether the value is surely below `limit`."""
        if self.lab.comparator == ">":
            return False
        return self.x < limit or (self.lab.comparator == "<" and self.x <= limit)

    def is_at_most(self, limit: Decimal) -> bool:
        """Whether the value is surely not above `limit`."""
        return self.x <= limit and self.lab.comparator != ">"

    def is_at_least(self, limit: Decimal) -> bool:
        """Whether the value is surely not below `limit`."""
        return self.x >= limit and self.lab.comparator != "<"


class Series:
    """The laboratory values of one record by analyte, each series made once however many rules ask for it."""

    def __init__(self, labs: Iterable[Lab]) -> None:
        self._labs: dict[str, list[Lab]] = {}
        for lab in labs:
            self._labs.setdefault(lab.analyte, []).append(lab)
        self._made: dict[tuple[str, str], list[Point]] = {}

    def of(self, analyte: str) -> list[Lab]:
        """Return the values of `analyte` as they were reported, in the order of the record."""
        return self._labs.get(analyte, [])

    def multiples_of_uln(self, analyte: str) -> list[Point]:
        """Return the values of `analyte` in multiples of the upper limit of each report."""
        if analyte not in self._labs:
            return []
        if (made := self._made.get((analyte, "ULN"))) is None:
            made = self._made[analyte, "ULN"] = multiples_of_uln(self._labs[analyte], analyte)
        return made

    def in_unit(self, analyte: str, unit: str) -> list[Point]:
        """Return the values of `analyte` in `unit` (UCUM)."""
        if analyte not in self._labs:
            return []
        if (made := self._made.get((analyte, unit))) is None:
            made = self._made[analyte, unit] = in_unit(self._labs[analyte], analyte, unit)
        return made


def multiples_of_uln(labs: Iterable[Lab], analyte: str) -> list[Point]:
    """Return the values of `analyte` in multiples of the upper limit of each report; those without one are left out."""
    return _sorted(
        Point(earliest_day(lab.date), lab.value / lab.upper, lab)
        for lab in labs
        if lab.analyte == analyte and lab.value is not None and lab.unit is not None and lab.upper
    )


def in_unit(labs: Iterable[Lab], analyte: str, unit: str) -> list[Point]:
    """Return the values of `analyte` in `unit` (UCUM); those in a unit that cannot be converted are left out."""
    points = []
    for lab in labs:
        if lab.analyte == analyte and lab.value is not None and lab.unit is not None:
            x = lab.value if lab.unit == unit else _converted(lab.value, lab.unit, unit, analyte)
            if x is not None:
                points.append(Point(earliest_day(lab.date), x, lab))
    return _sorted(points)


def _converted(value: Decimal, unit: str, wanted: str, analyte: str) -> Decimal | None:
    from app.clinical.units import converted

    return converted(value, unit, wanted, analyte)


_day = attrgetter("day")


def _sorted(points: Iterable[Point]) -> list[Point]:
    return sorted(points, key=_day)


def same_sample(first: Point, second: Point) -> bool:
    """Return whether two values are of one blood draw: the same `sample`, else at most one calendar day apart."""
    if first.lab.sample is not None and second.lab.sample is not None:
        return first.lab.sample == second.lab.sample
    return abs((first.day - second.day).days) <= ONE_DAY
