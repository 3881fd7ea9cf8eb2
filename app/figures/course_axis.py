"""What stands under and over the lanes of a course: dates, weeks of the line that runs, breaks, the day asked."""

from collections.abc import Iterator
from datetime import date

from app.figures.scale import Stretch, TimeScale, duration, ticks, week_ticks, within
from app.figures.shapes import Line, Measure, Shape, Stop, Text
from app.figures.wording import date_in_words
from app.words import _

TOP = 1.5  # times the text size: the words of the day asked
DATES, WEEKS = 1.5, 1.15


def axis_height(*, with_weeks: bool) -> float:
    """Return the height under the lanes, in text sizes."""
    return DATES + (WEEKS if with_weeks else 0)


def axis_shapes(
    scale: TimeScale, as_of: date, bottom: float, size: float, measure: Measure, day_0: tuple[date, str] | None
) -> Iterator[Shape]:
    """Yield the scale, its lines through the lanes above, its breaks, and the line of the day asked."""
    top = TOP * size
    for x, x_end, broken in scale.parts(scale.left, scale.right):
        if not broken:
            yield Line(x, bottom, x_end, bottom, "grid", 0.8)
    for x, words, is_year in ticks(scale, size, measure):
        yield Line(x, top if is_year else bottom, x, bottom + size * 0.3, "grid", 0.6 if is_year else 0.5)
        middle = within(x, words, scale, size, measure)
        yield Text(middle, bottom + size * 1.25, words, size, "faint", "middle")
    for one in scale.breaks:
        yield from _break_shapes(one, top, bottom, size)
    if day_0 is not None:
        begun, name = day_0
        y = bottom + size * (DATES + WEEKS - 0.25)
        yield Text(0, y, name, size, "faint")
        for x, words in week_ticks(scale, begun, size, measure):
            yield Text(within(x, words, scale, size, measure), y, words, size, "faint", "middle")
    if scale.shows(as_of, as_of):
        x = scale.x(as_of)
        yield Line(x, size * 1.1, x, bottom, "today", 0.8, dashed=True)
        words = _("as of {date}").format(date=date_in_words(as_of.isoformat()))
        yield Text(min(x + measure(words, size) / 2, scale.right), size * 0.85, words, size, "today", "end")


def _break_shapes(one: Stretch, top: float, bottom: float, size: float) -> Iterator[Shape]:
    """Yield the two slanted strokes of a break, its lines through the lanes, and how long it is."""
    middle, half = (one.left + one.right) / 2, size * 0.45
    for x in (one.left, one.right):
        yield Line(x, top, x, bottom, "grid", 0.6, dashed=True)
        yield Line(x - half / 2, bottom + half, x + half / 2, bottom - half, "faint", 1.1)
    yield Text(middle, bottom + size * 1.25, duration(one.first, one.last), size, "faint", "middle")


def break_stops(scale: TimeScale, bottom: float, size: float, lane: int) -> Iterator[Stop]:
    """Yield the breaks: what a pointer resting on them reads."""
    for one in scale.breaks:
        words = _("No event from {first} to {last}: the scale is broken there.").format(
            first=date_in_words(one.first.isoformat()), last=date_in_words(one.last.isoformat())
        )
        yield Stop(
            (), words, one.left, bottom - size, one.right, bottom + DATES * size, lane, _("Break of the scale"),
            (one.first, one.last),
        )  # fmt: skip


def beyond_shapes(scale: TimeScale, earlier: int, later: int, size: float) -> Iterator[Shape]:
    """Yield how many entries lie before and after the days that are shown."""
    if earlier:
        yield Text(scale.left, size * 0.85, _("◂ {count} earlier").format(count=earlier), size, "faint")
    if later:
        words = _("{count} later ▸").format(count=later)
        yield Text(scale.right, size * 0.85, words, size, "faint", "end")
