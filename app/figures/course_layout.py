"""Puts a course into its places: lanes over one scale of time, from tests down to laboratory values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.figures import course_axis, course_labs, course_sums, course_therapy
from app.figures.clearing import cleared
from app.figures.course import Course
from app.figures.course_events import Sign
from app.figures.course_labs import UNDER_A_RULE, Curve
from app.figures.rows import Packing, Placed, pack_all, rows_wanted
from app.figures.scale import TimeScale, scale_over
from app.figures.shapes import Figure, Line, Mark, Measure, Shape, Stop, Text, estimated_width
from app.figures.wording import date_in_words
from app.words import _

MOST_ROWS = 8
EASED_ROWS = 2  # that a lane keeps before curves are drawn that nobody has chosen
PRESSED_CURVES = 2  # that are drawn all the same where a rule speaks of them
GAP = 0.7  # between lanes, times the text size
ROW = 1.4
MARK = 0.75
SMALLER = 0.85  # the words under the name of a lane, times the text size
BREAK = 5.5
MOST_SAID = 12  # of events under one sign
Window = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Look:
    """What every part of one picture needs: its size, its scale, the size of its text and how to measure it."""

    width: float
    scale: TimeScale
    size: float
    measure: Measure
    stretch: float = 1.0  # of what is drawn as a trace


@dataclass(slots=True)
class Lane:
    """One lane of signs, and how they are packed now; of two as full, the one of the higher `rank` gives way."""

    name: str
    signs: Sequence[Sign]
    packing: Packing
    rank: int


@dataclass(slots=True)
class Picture:
    """A picture on its way: what is drawn so far, and how far down it reaches."""

    y: float
    shapes: list[Shape] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    lanes: int = 0


def course_figure(
    course: Course,
    width: float,
    height: float,
    *,
    window: Window | None = None,
    curves: Sequence[str] | None = None,
    text_size: float = 8,
    measure: Measure = estimated_width,
    tallest: float = 1.0,
) -> Figure:
    """Return the picture: `width` units wide, as high as it needs to be, at most `height` where it can.

    `window` shows some days of it alone, `curves` names the analytes; without it, those that say something and have
    room. What has no room is shortened, then shown without words, then several as one with their number. `measure`
    gives the width of a text of a size. Traces are made up to `tallest` times as high where that has room.
    """
    size = text_size
    wanted = course.telling() if curves is None else tuple(curves)
    days = list(course.days(wanted))
    if not days:
        return _empty(width, size)
    named = (
        (_("Tests"), course.tests, 1), (_("Local"), course.local, 2), (_("Response"), course.responses, 0),
        (_("Events"), course.events, 3),
    )  # fmt: skip
    day_0 = _day_0(course)
    chosen = [one for name in wanted for one in course.curves if one.analyte == name]
    names = [name for name, _signs, _rank in named] + [_("Therapy"), _("Sum, mm"), *(one.name for one in chosen)]
    left = max(measure(name, size) for name in (*names, *([day_0[1]] if day_0 else ()))) + size
    left = max([left, *(measure(one.held_at, size * SMALLER) + size for one in chosen)])
    scale = scale_over(
        days, course.as_of, left, max(width - size * 0.5, left + size), break_width=BREAK * size, window=window
    )
    look = Look(width, scale, size, measure)

    bars = course_therapy.in_rows(course_therapy.bars_of(course.lines, scale), scale, size, measure)
    lanes = []
    for name, signs, rank in named:
        seen = [one for one in signs if scale.shows(one.day, one.until)]
        lanes.append(Lane(name, seen, _packed(seen, look), rank))
    fixed = course_axis.TOP + course_axis.axis_height(with_weeks=day_0 is not None)
    fixed += len(bars) * course_therapy.ROW + GAP if bars else 0
    fixed += course_sums.height_of(course.sums) + GAP if course.sums else 0
    fixed += GAP * sum(1 for lane in lanes if lane.signs)
    if curves is None:
        chosen = [curve for curve in chosen if any(scale.shows(one.day, one.day) for one in curve.values)]
        chosen = _curves_with_room(chosen, lanes, height / size - fixed)
    fixed += len(chosen) * (course_labs.HEIGHT + GAP * 0.5)
    _squeeze(lanes, (height / size - fixed) / ROW, look)
    spare = height / size - fixed - ROW * sum(lane.packing.rows for lane in lanes)
    traced = len(chosen) * course_labs.HEIGHT + (course_sums.HEIGHT if len(course.sums) > 1 else 0)
    look = replace(look, stretch=min(max(1.0, 1 + spare / traced), tallest) if traced else 1.0)
    return _drawn(course, lanes, bars, chosen, day_0, look)


def _curves_with_room(curves: Sequence[Curve], lanes: Sequence[Lane], room: float) -> list[Curve]:
    """Return the first curves that have room beside easy lanes; those a rule speaks of now, beside tight ones too."""
    a_curve = course_labs.HEIGHT + GAP * 0.5
    easy = room - ROW * sum(min(lane.packing.rows, EASED_ROWS) for lane in lanes)
    tight = room - ROW * sum(min(lane.packing.rows, 1) for lane in lanes)
    needed = min(sum(one.weight == UNDER_A_RULE for one in curves), PRESSED_CURVES, int(tight // a_curve))
    return list(curves[: max(0, needed, int(easy // a_curve))])


def _empty(width: float, size: float) -> Figure:
    says = _("Nothing with a date is recorded yet. The course will be drawn here.")
    return Figure(width, size * 3, (Text(width / 2, size * 1.8, says, size, "faint", "middle"),), says)


def _day_0(course: Course) -> tuple[date, str] | None:
    """Return the first day of the line that runs, and what its weeks are called."""
    line = course.line_now
    if line is None or line.first is None:
        return None
    name = _("Weeks, line {number}").format(number=line.number) if line.number else _("Weeks")
    return line.first, name


def _packed(signs: Sequence[Sign], look: Look) -> Packing:
    return rows_wanted(signs, MOST_ROWS, look.scale, look.size, MARK * look.size, look.measure)


def _squeeze(lanes: Sequence[Lane], rows: float, look: Look) -> None:
    """Take rows away from the fullest lane until all lanes together have at most `rows`.

    Where signs have no room then, several become one.
    """
    wanted = {id(lane): lane.packing.rows for lane in lanes}
    while sum(wanted.values()) > rows:
        fullest = max(lanes, key=lambda lane: (wanted[id(lane)], lane.rank))
        if wanted[id(fullest)] <= 1:
            break
        wanted[id(fullest)] -= 1
    for lane in lanes:
        count = wanted[id(lane)]
        if count < lane.packing.rows or lane.packing.dropped:
            lane.packing = pack_all(lane.signs, count, look.scale, look.size, MARK * look.size, look.measure)


def _drawn(
    course: Course,
    lanes: Sequence[Lane],
    bars: list[list[course_therapy.Bar]],
    curves: Sequence[Curve],
    day_0: tuple[date, str] | None,
    look: Look,
) -> Figure:
    size, scale = look.size, look.scale
    picture = Picture(course_axis.TOP * size)
    tests, local, response, events = lanes
    _add_lane(picture, tests, look)
    if bars:
        name, top = _("Therapy"), picture.y
        picture.shapes.append(Text(0, top + size * 0.9, name, size, "faint"))
        picture.shapes += course_therapy.therapy_shapes(bars, top, scale, size, look.measure)
        picture.stops += course_therapy.therapy_stops(bars, top, scale, size, picture.lanes, name)
        picture.y += (len(bars) * course_therapy.ROW + GAP) * size
        picture.lanes += 1
    _add_lane(picture, local, look)
    _add_lane(picture, response, look)
    if course.sums:
        name, top = _("Sum, mm"), picture.y
        high = course_sums.height_of(course.sums, look.stretch)
        picture.shapes.append(Text(0, top + size * (high / 2 + 0.3), name, size, "faint"))
        picture.shapes += course_sums.sum_shapes(course.sums, top, scale, size, look.measure, look.stretch)
        picture.stops += course_sums.sum_stops(course.sums, top, scale, size, picture.lanes, name, look.stretch)
        picture.y += (high + GAP) * size
        picture.lanes += 1
    _add_lane(picture, events, look)
    for curve in curves:
        high = course_labs.HEIGHT * look.stretch
        middle = picture.y + size * (high / 2 + 0.6)
        picture.shapes.append(Text(0, middle - (size * 0.5 if curve.held_at else 0), curve.name, size, "faint"))
        if curve.held_at:
            picture.shapes.append(Text(0, middle + size * 0.5, curve.held_at, size * SMALLER, "faint"))
        picture.shapes += course_labs.curve_shapes(curve, picture.y, scale, size, look.measure, look.stretch)
        picture.stops += course_labs.curve_stops(curve, picture.y, scale, size, picture.lanes, look.stretch)
        picture.y += (high + GAP * 0.5) * size
        picture.lanes += 1
    bottom = picture.y - GAP * size * 0.5
    axis = course_axis.axis_shapes(scale, course.as_of, bottom, size, look.measure, day_0)
    beyond = course_axis.beyond_shapes(scale, *_beyond(course, scale), size)
    picture.stops += course_axis.break_stops(scale, bottom, size, picture.lanes)
    return Figure(
        look.width,
        bottom + course_axis.axis_height(with_weeks=day_0 is not None) * size,
        cleared((*axis, *beyond, *picture.shapes), look.measure),
        _says(course, scale),
        tuple(sorted(picture.stops, key=lambda one: (one.lane, one.days or (), one.x))),
    )


def _add_lane(picture: Picture, lane: Lane, look: Look) -> None:
    if not lane.signs:
        return
    size, top = look.size, picture.y
    picture.shapes.append(Text(0, top + size * 0.95, lane.name, size, "faint"))
    for one in lane.packing.placed:
        upper = top + one.row * ROW * size
        picture.shapes += _sign_shapes(one, upper, size)
        picture.stops.append(_sign_stop(one, upper, look, picture.lanes, lane.name))
    picture.y += (lane.packing.rows * ROW + GAP) * size
    picture.lanes += 1


def _sign_shapes(one: Placed, top: float, size: float) -> Iterator[Shape]:
    sign, middle = one.sign, top + size * 0.62
    if one.x_end > one.x:
        # A partial date reaches to its last day; what lasts has a thicker line.
        role = sign.role if sign.lasts else "faint"
        yield Line(one.x, middle, one.x_end, middle, role, 1.4 if sign.lasts else 0.8, not sign.lasts, sign.entry)
    yield Mark(one.x, middle, sign.form, MARK * size, sign.role, sign.filled, sign.entry)
    if one.text:
        is_progression = sign.role == "progression"
        role = "progression" if is_progression else "text"
        yield Text(one.text_x, top + size * 0.95, one.text, size, role, one.anchor, is_progression, sign.entry)


def _sign_stop(one: Placed, top: float, look: Look, lane: int, name: str) -> Stop:
    signs = one.sign.signs
    said = [sign.tip for sign in signs[:MOST_SAID]]
    if len(signs) > MOST_SAID:
        said.append(_("and {count} more").format(count=len(signs) - MOST_SAID))
    half, width = MARK * look.size / 2, look.measure(one.text, look.size)
    text_left = one.text_x - (width if one.anchor == "end" else 0)
    x, x_end = min(one.x - half, text_left), max(one.x_end + half, text_left + width)
    return Stop(
        tuple(sign.entry for sign in signs), "\n".join(said), x, top, x_end, top + ROW * look.size, lane, name,
        (min(sign.day for sign in signs), max(sign.day for sign in signs)),
    )  # fmt: skip


def _beyond(course: Course, scale: TimeScale) -> tuple[int, int]:
    """Return how many entries lie before and after the days that are shown."""
    spans = [(one.day, one.until) for one in (*course.tests, *course.local, *course.responses, *course.events)]
    spans += [(one.first or one.last, one.last) for one in course.lines]
    return sum(last < scale.first for _first, last in spans), sum(first > scale.last for first, _last in spans)


def _says(course: Course, scale: TimeScale) -> str:
    counted = (
        (_("Tests"), course.tests), (_("Therapy"), course.lines), (_("Local"), course.local),
        (_("Response"), course.responses), (_("Events"), course.events),
    )  # fmt: skip
    what = ", ".join(f"{name} {len(listed)}" for name, listed in counted if listed)
    return _("Course from {first} to {last}. {what}").format(
        first=date_in_words(scale.first.isoformat()), last=date_in_words(min(scale.last, course.as_of).isoformat()),
        what=what,
    )  # fmt: skip
