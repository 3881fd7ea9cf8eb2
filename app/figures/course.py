"""The course of a patient as a picture: lanes over one scale of time, from tests down to adverse events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.clinical.recist import Judgement, judge
from app.figures import course_sums, course_therapy
from app.figures.course_events import Sign, adverse_events, local_treatments, responses, tests_and_specimens
from app.figures.course_sums import Sum
from app.figures.course_therapy import Bar
from app.figures.rows import Packing, Placed, pack, rows_wanted
from app.figures.scale import TimeScale, scale_over, ticks
from app.figures.shapes import Figure, Line, Mark, Measure, Shape, Text, estimated_width
from app.figures.wording import date_in_words
from app.record.dates import earliest_day
from app.record.record import PatientRecord
from app.words import _

MOST_ROWS = 8
GAP = 0.9  # between lanes, times the text size
ROW = 1.4
MARK = 0.75
TOP = BOTTOM = 1.5  # the day's words above the lanes, the scale's below


@dataclass(frozen=True, slots=True)
class Look:
    """What every part of one picture needs: its size, its scale, the size of its text and how to measure it."""

    width: float
    scale: TimeScale
    size: float
    measure: Measure


@dataclass(slots=True)
class Lane:
    """One lane of signs, and how they are packed now."""

    name: str
    signs: Sequence[Sign]
    packing: Packing


def course_figure(
    record_as_seen: PatientRecord,
    as_of: date,
    width: float,
    height: float,
    *,
    judgements: Sequence[Judgement] | None = None,
    text_size: float = 8,
    measure: Measure = estimated_width,
) -> Figure:
    """Return the course up to `as_of`: `width` units wide, as high as it needs to be, at most `height` where it can.

    `record_as_seen` is already cut to the day (`app.record.views.up_to`). What has no room is shortened, then shown
    without words, then counted under the name of its lane. `measure` gives the width of a text of a size.
    """
    judged = judge(record_as_seen) if judgements is None else judgements
    tests, local = list(tests_and_specimens(record_as_seen)), list(local_treatments(record_as_seen))
    response, events = list(responses(record_as_seen, judged)), list(adverse_events(record_as_seen))
    days = [one.day for one in (*tests, *local, *response, *events)]
    for line in record_as_seen.therapy_lines:
        days += [earliest_day(one) for one in (line.started_on, line.stopped_on) if one]
    if not days:
        return _empty(width, text_size)
    named = ((_("Tests"), tests), (_("Local"), local), (_("Response"), response), (_("Events"), events))
    names = [name for name, _signs in named] + [_("Therapy"), _("Sum, mm")]
    left = max(measure(name, text_size) for name in names) + text_size
    look = Look(width, scale_over(min(days), as_of, left, width - text_size * 0.5), text_size, measure)

    bars = course_therapy.in_rows(
        course_therapy.bars_of(record_as_seen, as_of, look.scale), look.scale, text_size, measure
    )
    sums = course_sums.sums_of(judged)
    lanes = [Lane(name, signs, _packed(signs, look)) for name, signs in named]
    fixed = TOP + BOTTOM + (len(bars) * course_therapy.ROW + GAP if bars else 0)
    fixed += course_sums.HEIGHT + GAP if sums else 0
    fixed += GAP * sum(1 for lane in lanes if lane.signs)
    _squeeze(lanes, (height / text_size - fixed) / ROW, look)
    return _drawn(lanes, bars, sums, as_of, look)


def _empty(width: float, size: float) -> Figure:
    says = _("Nothing with a date is recorded yet. The course will be drawn here.")
    return Figure(width, size * 3, (Text(width / 2, size * 1.8, says, size, "faint", "middle"),), says)


def _packed(signs: Sequence[Sign], look: Look) -> Packing:
    return rows_wanted(signs, MOST_ROWS, look.scale, look.size, MARK * look.size, look.measure)


def _squeeze(lanes: Sequence[Lane], rows: float, look: Look) -> None:
    """Take rows away from the fullest lane, the lower one first, until all lanes together have at most `rows`."""
    while sum(lane.packing.rows for lane in lanes) > rows:
        fullest = max(reversed(lanes), key=lambda lane: lane.packing.rows)
        if fullest.packing.rows <= 1:
            return
        fullest.packing = pack(
            fullest.signs, fullest.packing.rows - 1, look.scale, look.size, MARK * look.size, look.measure
        )


def _drawn(lanes: Sequence[Lane], bars: list[list[Bar]], sums: list[Sum], as_of: date, look: Look) -> Figure:
    size, y = look.size, TOP * look.size
    shapes: list[Shape] = []
    tests, local, response, events = lanes
    for part in (tests, bars, local, response, sums, events):
        if isinstance(part, Lane):
            if part.signs:
                shapes += _lane_shapes(part, y, look)
                y += (part.packing.rows * ROW + GAP) * size
        elif part is bars and bars:
            shapes.append(Text(0, y + size * 0.9, _("Therapy"), size, "faint"))
            shapes += course_therapy.therapy_shapes(bars, y, look.scale, size, look.measure)
            y += (len(bars) * course_therapy.ROW + GAP) * size
        elif part is sums and sums:
            shapes.append(Text(0, y + size * 2.4, _("Sum, mm"), size, "faint"))
            shapes += course_sums.sum_shapes(sums, y, look.scale, size, look.measure)
            y += (course_sums.HEIGHT + GAP) * size
    bottom = y - GAP * size * 0.5
    height = bottom + BOTTOM * size
    return Figure(look.width, height, (*_time_shapes(as_of, bottom, look), *shapes), _says(lanes, bars, as_of))


def _time_shapes(as_of: date, bottom: float, look: Look) -> Iterator[Shape]:
    """Yield the scale under the lanes, its lines through them, and the line of the day asked."""
    scale, size, top = look.scale, look.size, TOP * look.size
    yield Line(scale.left, bottom, scale.right, bottom, "grid", 0.8)
    for x, words, is_year in ticks(scale, size, look.measure):
        yield Line(x, top if is_year else bottom, x, bottom + size * 0.3, "grid", 0.6 if is_year else 0.5)
        half = look.measure(words, size) / 2
        yield Text(
            min(max(x, scale.left + half), scale.right - half), bottom + size * 1.25, words, size, "faint", "middle"
        )
    x = scale.x(as_of)
    yield Line(x, size * 1.1, x, bottom, "today", 0.8, dashed=True)
    words = _("as of {date}").format(date=date_in_words(as_of.isoformat()))
    yield Text(min(x + look.measure(words, size) / 2, look.width), size * 0.85, words, size, "today", "end")


def _lane_shapes(lane: Lane, top: float, look: Look) -> Iterator[Shape]:
    size = look.size
    yield Text(0, top + size * 0.95, lane.name, size, "faint")
    if lane.packing.dropped:
        more = _("+{count} more").format(count=lane.packing.dropped)
        yield Text(0, top + size * 1.85, more, size * 0.8, "faint")
    for one in lane.packing.placed:
        yield from _sign_shapes(one, top + one.row * ROW * size, size)


def _sign_shapes(one: Placed, top: float, size: float) -> Iterator[Shape]:
    sign, middle = one.sign, top + size * 0.62
    if one.x_end > one.x:
        # A partial date reaches to its last day; what lasts has a thicker line.
        role = sign.role if sign.lasts else "faint"
        yield Line(
            one.x, middle, one.x_end, middle, role, 1.4 if sign.lasts else 0.6, not sign.lasts, sign.entry, sign.tip
        )
    yield Mark(one.x, middle, sign.form, MARK * size, sign.role, sign.filled, sign.entry, sign.tip)
    if one.text:
        role = "progression" if sign.role == "progression" else "text"
        yield Text(
            one.text_x,
            top + size * 0.95,
            one.text,
            size,
            role,
            one.anchor,
            sign.role == "progression",
            sign.entry,
            sign.tip,
        )


def _says(lanes: Sequence[Lane], bars: list[list[Bar]], as_of: date) -> str:
    counted = [f"{lane.name.lower()} {len(lane.signs)}" for lane in lanes if lane.signs]
    counted.insert(1, _("therapy lines {count}").format(count=sum(map(len, bars))))
    return _("Course up to {date}: {what}").format(date=date_in_words(as_of.isoformat()), what=", ".join(counted))
