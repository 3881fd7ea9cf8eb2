"""Laboratory values over time against their limits: which of them say something, and their curves."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log2

from app.clinical.series import Series
from app.figures.rows import Row
from app.figures.scale import TimeScale
from app.figures.shapes import Form, Line, Mark, Measure, Role, Shape, Stop, Text
from app.figures.trace import trace
from app.figures.wording import code, date_in_words, number, unit
from app.pathway.advice import Advice
from app.record.in_words import pointed
from app.record.lab import Lab
from app.record.record import PatientRecord
from app.words import _, labelled

HEIGHT = 2.4  # times the text size
UNDER_A_RULE = 3  # the weight of a curve of which an alert speaks now
# Analytes that are read as multiples of their upper limit; every other one in its own unit.
MULTIPLES = frozenset(
    {"ALT", "AST", "ALP", "GGT", "total_bilirubin", "direct_bilirubin", "CK", "LDH", "lipase", "amylase"}
)
# The limit of the protocol at which treatment is held, by analyte, and whether it is an upper one.
HOLDS: Mapping[str, tuple[str, bool]] = {
    "ALT": ("transaminases_hold_above", True), "AST": ("transaminases_hold_above", True),
    "total_bilirubin": ("bilirubin_above", True), "QTc": ("qtc_hold_above", True),
    "neutrophils": ("neutrophils_hold_below", False), "platelets": ("platelets_hold_below", False),
    "lymphocytes": ("lymphocytes_hold_below", False),
}  # fmt: skip
# Of two that tell as much, the first here is drawn first: with ALT or AST it is bilirubin that decides.
ORDER = ("ALT", "total_bilirubin", "AST", "QTc", "neutrophils", "platelets", "ALP")
UNITS = {"neutrophils": "10*9/L", "platelets": "10*9/L", "lymphocytes": "10*9/L", "QTc": "ms"}  # those of the limits


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a curve; `side` is 1 above its limit, -1 below it, 0 within or without limits."""

    day: date
    x: Decimal
    side: int
    entry: str
    words: str
    tip: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The values of one analyte; `limits` are those of the last report, `hold` the protocol's where it was crossed.

    `weight` says how much it tells: 3 under a rule that holds or warns now, 2 beyond the protocol's limit at some time,
    1 outside its limits at some time, 0 never.
    """

    analyte: str
    name: str
    values: tuple[Value, ...]
    limits: tuple[Decimal, ...]
    hold: Decimal | None
    weight: int

    @property
    def held_at(self) -> str:
        """What its dashed line is, where it has one."""
        if self.hold is None:
            return ""
        _key, is_upper = HOLDS[self.analyte]
        words = _("dashed: hold above {limit}") if is_upper else _("dashed: hold below {limit}")
        return words.format(limit=glance(self.hold))


def under_rules(advice: Advice) -> frozenset[str]:
    """Return the ids of the entries that an alert of the advice rests on."""
    return frozenset(entry for alert in advice.alerts for reason in alert.because for entry in reason.from_)


def curves_of(
    record: PatientRecord, *, limits: Mapping[str, Decimal] | None = None, under: Collection[str] = ()
) -> tuple[Curve, ...]:
    """Return a curve for each analyte with a value that can be drawn, the most telling first.

    `limits` are the protocol's, `under` the ids of entries that a rule speaks of now.
    """
    series = Series(record.labs)
    analytes = dict.fromkeys(lab.analyte for lab in record.labs)
    curves = (_curve(one, series, limits or {}, frozenset(under)) for one in analytes)
    return tuple(sorted((one for one in curves if one.values), key=lambda one: (-one.weight, _rank(one.analyte))))


def _rank(analyte: str) -> tuple[int, str]:
    return ORDER.index(analyte) if analyte in ORDER else len(ORDER), analyte


def _curve(analyte: str, series: Series, limits: Mapping[str, Decimal], under: frozenset[str]) -> Curve:
    labs = series.of(analyte)
    if analyte in MULTIPLES:
        points, measured_in, shown = series.multiples_of_uln(analyte), "", _("× ULN")
    else:
        units = Counter(lab.unit for lab in labs if lab.unit is not None and lab.value is not None)
        measured_in = UNITS.get(analyte) or (units.most_common(1)[0][0] if units else "")
        points, shown = series.in_unit(analyte, measured_in), unit(measured_in)
    key, is_upper = HOLDS.get(analyte, ("", True))
    hold = limits.get(key)
    values = []
    beyond = False
    for point in points:
        low, high = _limits_of(point.lab, measured_in)
        side = 1 if high is not None and point.is_above(high) else -1 if low is not None and point.is_below(low) else 0
        if hold is not None and (point.is_above(hold) if is_upper else point.is_below(hold)):
            side, beyond = (1 if is_upper else -1), True
        words = f"{point.lab.comparator or ''}{glance(point.x)}"
        values.append(Value(point.day, point.x, side, point.id, words, _tip(point.lab, words, analyte in MULTIPLES)))
    lines = [one for one in (_limits_of(points[-1].lab, measured_in) if points else ()) if one is not None]
    told = any(one.entry in under for one in values)
    weight = UNDER_A_RULE if told else 2 if beyond else 1 if any(one.side for one in values) else 0
    name = f"{code(analyte)} {shown}".rstrip()
    return Curve(analyte, name, tuple(values), tuple(lines), hold if beyond else None, weight)


def _limits_of(lab: Lab, measured_in: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the lower and upper limit of a report in what its curve is drawn in; none in another unit."""
    if not measured_in:
        return None, Decimal(1)
    return (lab.lower, lab.upper) if lab.unit == measured_in else (None, None)


def glance(x: Decimal) -> str:
    """Return a number with as many digits as a glance takes in."""
    digits = 0 if abs(x) >= 100 else 1 if abs(x) >= 10 else 2
    text = f"{round(x, digits):f}"
    return pointed(text.rstrip("0").rstrip(".") if "." in text else text)


def _tip(lab: Lab, words: str, is_multiple: bool) -> str:
    value = f"{lab.comparator or ''}{number(lab.value)}" if lab.value is not None else ""
    said = labelled(date_in_words(lab.date), f"{code(lab.analyte)} {value} {unit(lab.unit or '')}".rstrip())
    return _("{value}, {times} × ULN").format(value=said, times=words) if is_multiple else said


def curve_shapes(
    curve: Curve, top: float, scale: TimeScale, size: float, measure: Measure, stretch: float = 1
) -> Iterator[Shape]:
    """Yield the curve with its limits, from its upper border at `top` down `HEIGHT` text sizes, or `stretch` times."""
    heights = _Heights(curve, top, size, stretch)
    numbered: list[float] = []
    for limit in (*([curve.hold] if curve.hold is not None else ()), *curve.limits):
        y, is_hold, words = heights.y(limit), limit == curve.hold, glance(limit)
        role: Role = "progression" if is_hold else "limit"
        yield Line(scale.left, y, scale.edge, y, role, 0.7, dashed=is_hold)
        has_room = all(abs(y - other) >= size * 0.8 for other in numbered)
        if has_room and measure(words, size * 0.8) + size * 0.5 <= scale.right - scale.edge:
            numbered.append(y)
            yield Text(scale.edge + size * 0.4, y + size * 0.3, words, size * 0.8, "faint")
    places = [(scale.x(one.day), heights.y(one.x)) for one in curve.values]
    yield from trace(places, scale, "curve", 0.9)
    shown = [pair for pair in zip(curve.values, places, strict=True) if scale.shows(pair[0].day, pair[0].day)]
    for one, (x, y) in shown:
        if one.side:
            form: Form = "triangle_up" if one.side > 0 else "triangle_down"
            yield Mark(x, y, form, size * 0.5, "progression", entry=one.entry)
        else:
            yield Mark(x, y, "circle", size * 0.3, "curve", entry=one.entry)
    yield from _numbers(shown, scale, size, measure)


def curve_stops(
    curve: Curve, top: float, scale: TimeScale, size: float, lane: int, stretch: float = 1
) -> Iterator[Stop]:
    """Yield where a person can go: every value."""
    heights, half = _Heights(curve, top, size, stretch), size * 0.5
    for one in curve.values:
        if scale.shows(one.day, one.day):
            x, y = scale.x(one.day), heights.y(one.x)
            yield Stop(
                (one.entry,), one.tip, x - half, y - half, x + half, y + half, lane, curve.name, (one.day, one.day)
            )


class _Heights:
    """Puts values into the height of one curve: multiples by doublings, all else evenly."""

    def __init__(self, curve: Curve, top: float, size: float, stretch: float) -> None:
        self._doublings = curve.analyte in MULTIPLES
        self._upper, self._lower = top + size * 0.9, top + (HEIGHT * stretch - 0.25) * size
        far = [one.x for one in curve.values] + list(curve.limits)
        far += [curve.hold] if curve.hold is not None else []
        self._least, self._most = self._of(min(far)), self._of(max(far))

    def _of(self, x: Decimal) -> float:
        return log2(max(float(x), 0.125)) if self._doublings else float(x)

    def y(self, x: Decimal) -> float:
        """Return the height of a value."""
        share = (self._of(x) - self._least) / ((self._most - self._least) or 1)
        return self._lower - share * (self._lower - self._upper)


def _numbers(
    shown: Sequence[tuple[Value, tuple[float, float]]], scale: TimeScale, size: float, measure: Measure
) -> Iterator[Text]:
    """Yield the numbers that have room: the last one, the farthest ones, then others outside their limits."""
    last = len(shown) - 1

    def weight(place: int) -> tuple[int, Decimal, int]:
        value = shown[place][0]
        return (0 if place == last else 1, -value.x * value.side if value.side else Decimal(0), place)

    row = Row()
    for place in sorted((n for n in range(len(shown)) if n == last or shown[n][0].side), key=weight):
        value, (x, y) = shown[place]
        width = measure(value.words, size * 0.9) + size * 0.5
        start = min(max(x - width / 2, scale.left), scale.edge - width)
        if row.is_free(start - size, start + width + size):
            row.take(start, start + width)
            role: Role = "progression" if value.side else "faint"
            yield Text(start + size * 0.25, y - size * 0.35, value.words, size * 0.9, role, entry=value.entry)
