"""The map of a pathway: stages from above, what each offers, where that leads; where a patient has been and is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.figures.shapes import Box, Figure, Line, Mark, Measure, Role, Shape, Stop, Text, estimated_width, shortened

LINE = 1.55  # times the text size: one line of options
PAD = 0.75  # above and below the lines of a stage
BOX = 2.0
GAP = 0.5  # between options, and around words
MOST_DATES = 0.24  # of the width
WAYS = 0.9  # between two drawn ways
TIGHTER = 0.3  # how much closer stages may come where there is no room
COUNT = 3.6  # room for how many options have none
BOLDER = 1.13  # how much wider bold words are


@dataclass(frozen=True, slots=True)
class MapOption:
    """One thing a stage offers, in words; `leads_to` are places of stages in the map, `tip` what it says in full."""

    words: str
    rules: tuple[str, ...]
    leads_to: tuple[int, ...] = ()
    is_preferred: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class MapStage:
    """One stage in words; `dates` say when the patient was there, longest first, empty where never.

    Options say by its `number` that they lead there; it is empty where none can.
    """

    name: str
    number: str
    rules: tuple[str, ...]
    options: tuple[MapOption, ...]
    dates: tuple[str, ...] = ()
    is_here: bool = False
    is_visited: bool = False
    tip: str = ""


@dataclass(slots=True)
class _Row:
    """A stage with its options in lines; `hidden` have no room."""

    stage: MapStage
    lines: list[list[MapOption]] = field(default_factory=list)
    hidden: list[MapOption] = field(default_factory=list)
    top: float = 0
    bottom: float = 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand from left to right."""

    dates: float
    box: float
    box_end: float
    options: float
    end: float


def map_figure(
    stages: Sequence[MapStage], width: float, height: float, says: str, *, text_size: float = 8,
    measure: Measure = estimated_width,
) -> Figure:  # fmt: skip
    """Return the map: `width` units wide, as high as it needs to be, at most `height` where it can.

    The stage where the patient is has all its options; the others lose theirs where there is no room, with a count.
    """
    size = text_size
    columns = _columns(stages, width, size, measure)
    stages = [_with_arrows(place, stages) for place in range(len(stages))]
    rows = [_row(stage, columns, size, measure, most=100) for stage in stages]
    for most in (3, 2, 1):
        if _height(rows, size) <= height:
            break
        rows = [_row(one, columns, size, measure, most=100 if one.is_here else most) for one in stages]
    spare = max(-TIGHTER * size, min((height - _height(rows, size)) / max(1, len(rows)), size))
    y = size * 0.3
    for row in rows:
        row.top = y
        row.bottom = y + (max(1, len(row.lines)) * LINE + PAD) * size
        y = row.bottom + size * GAP + spare
    shapes = [*_spine(rows, columns, size), *_ways(rows, columns, size)]
    stops: list[Stop] = []
    for number, row in enumerate(rows):
        shapes += _stage_shapes(row, columns, size, measure)
        stops.append(_stage_stop(row, columns, size, number))
        for shape, stop in _option_shapes(row, columns, size, measure, number):
            shapes += shape
            stops += stop
    return Figure(width, y, tuple(shapes), says, tuple(stops))


def _with_arrows(place: int, stages: Sequence[MapStage]) -> MapStage:
    """Return a stage whose options say to which other stages they lead."""
    options = []
    for option in stages[place].options:
        numbers = [stages[one].number for one in option.leads_to if one != place and stages[one].number]
        options.append(replace(option, words=" → ".join([option.words, *numbers])))
    return replace(stages[place], options=tuple(options))


def _columns(stages: Sequence[MapStage], width: float, size: float, measure: Measure) -> _Columns:
    dates = max((measure(one.dates[0], size) for one in stages if one.dates), default=0.0)
    dates = min(dates + size, width * MOST_DATES) if dates else 0.0
    box = max(measure(_title(one), size) * BOLDER for one in stages) + 2.4 * size
    drawn = len({stage for one in stages if one.is_here for option in one.options for stage in option.leads_to})
    return _Columns(dates, dates, dates + box, dates + box + (1.5 + WAYS * drawn) * size, width)


def _title(stage: MapStage) -> str:
    return f"{stage.number}  {stage.name}" if stage.number else stage.name


def _row(stage: MapStage, columns: _Columns, size: float, measure: Measure, most: int) -> _Row:
    """Return the options of a stage in at most `most` lines, as many as have room beside one another."""
    row, x = _Row(stage), columns.end
    for place, option in enumerate(stage.options):
        width = _width(option, size, measure)
        rest = len(stage.options) - place - 1
        limit = columns.end - (COUNT * size if rest and len(row.lines) == most else 0)  # room for the count
        if not row.lines or x + width > limit:
            if len(row.lines) == most:
                row.hidden = list(stage.options[place:])
                return row
            row.lines.append([])
            x = columns.options
        row.lines[-1].append(option)
        x += width + 2 * GAP * size
    return row


def _width(option: MapOption, size: float, measure: Measure) -> float:
    return measure(option.words, size) * (BOLDER if option.is_preferred else 1) + size


def _height(rows: Sequence[_Row], size: float) -> float:
    return sum((max(1, len(row.lines)) * LINE + PAD + GAP) * size for row in rows) + size * 0.3


def _spine(rows: Sequence[_Row], columns: _Columns, size: float) -> Iterator[Shape]:
    """Yield the way from stage to stage: full where the patient has been."""
    x = columns.box + size * 0.9
    for former, row in pairwise(rows):
        been = former.stage.is_visited and row.stage.is_visited
        yield Line(x, former.bottom, x, row.top, "text" if been else "stage", 1.8 if been else 0.8, dashed=not been)


def _stage_shapes(row: _Row, columns: _Columns, size: float, measure: Measure) -> Iterator[Shape]:
    stage, baseline = row.stage, row.middle + size * 0.36
    role: Role = "today" if stage.is_here else "text" if stage.is_visited else "stage"
    width, height = columns.box_end - columns.box, BOX * size
    yield Box(columns.box, row.middle - height / 2, width, height, role, filled=False)
    if stage.is_here:
        yield Box(columns.box + 1.5, row.middle - height / 2 + 1.5, width - 3, height - 3, role, filled=False)
    yield Mark(columns.box + size * 0.9, row.middle, "circle", size * 0.75, role, filled=stage.is_visited)
    name_role: Role = "today" if stage.is_here else "text" if stage.is_visited else "faint"
    yield Text(columns.box + size * 1.8, baseline, _title(stage), size, name_role, bold=stage.is_here)
    room = columns.dates - size * 0.6
    words = next((one for one in stage.dates if measure(one, size) <= room), "")
    if stage.dates and not words:
        words = shortened(stage.dates[-1], room, size, measure)
    if words:
        yield Text(room, baseline, words, size, "today" if stage.is_here else "faint", "end")


def _stage_stop(row: _Row, columns: _Columns, size: float, lane: int) -> Stop:
    half = BOX * size / 2
    return Stop(
        row.stage.rules, row.stage.tip, columns.box, row.middle - half, columns.box_end, row.middle + half, lane,
        row.stage.name,
    )  # fmt: skip


def _option_shapes(
    row: _Row, columns: _Columns, size: float, measure: Measure, lane: int
) -> Iterator[tuple[list[Shape], list[Stop]]]:
    """Yield the shapes and the stop of each option that has room, and of the count of the others."""
    stage = row.stage
    first = row.middle - (len(row.lines) - 1) * LINE * size / 2
    for number, line in enumerate(row.lines):
        x, middle = columns.options, first + number * LINE * size
        for option in line:
            shapes: list[Shape] = []
            role: Role = "today" if option.is_preferred else "text" if stage.is_here else "faint"
            width = _width(option, size, measure)
            shapes.append(Mark(x + size * 0.35, middle, "circle", size * 0.55, role, filled=option.is_preferred))
            end = columns.end - (COUNT * size if row.hidden and number == len(row.lines) - 1 else 0)
            room = (end - x - size) / (BOLDER if option.is_preferred else 1)
            words = shortened(option.words, room, size, measure)
            shapes.append(Text(x + size, middle + size * 0.36, words, size, role, bold=option.is_preferred))
            half = LINE * size / 2
            yield shapes, [
                Stop(option.rules, option.tip or option.words, x, middle - half + 1, min(x + width, end),
                     middle + half - 1, lane, stage.name)
            ]  # fmt: skip
            x = min(x + width, end) + 2 * GAP * size
        if row.hidden and number == len(row.lines) - 1:
            words, half = f"+{len(row.hidden)}", LINE * size / 2
            rules = tuple(dict.fromkeys(rule for option in row.hidden for rule in option.rules))
            tip = "\n".join(option.tip or option.words for option in row.hidden)
            yield (
                [Text(x, middle + size * 0.36, words, size, "faint")],
                [Stop(rules, tip, x, middle - half + 1, x + measure(words, size), middle + half - 1, lane, stage.name)],
            )


def _ways(rows: Sequence[_Row], columns: _Columns, size: float) -> Iterator[Shape]:
    """Yield where the options of the stage lead at which the patient is: the preferred one full, the others thin."""
    here = next((row for row in rows if row.stage.is_here), None)
    if here is None:
        return
    own = rows.index(here)
    preferred = next((one.leads_to for one in here.stage.options if one.is_preferred), ())
    targets = dict.fromkeys(stage for option in here.stage.options for stage in option.leads_to if stage != own)
    bracket = columns.options - size * 0.5
    if here.lines:
        top = here.middle - (len(here.lines) - 1) * LINE * size / 2
        yield Line(bracket, top, bracket, 2 * here.middle - top, "stage", 0.8)
        yield Line(columns.box_end, here.middle, bracket, here.middle, "stage", 0.8)
    for place, target in enumerate(targets):
        is_preferred = target in preferred
        role: Role = "today" if is_preferred else "stage"
        width = 1.6 if is_preferred else 0.8
        x = columns.box_end + size * (1.0 + WAYS * place)
        start, end = here.middle, rows[target].middle
        yield Line(x, start, x, end, role, width, dashed=not is_preferred)
        yield Line(x, end, columns.box_end + size * 0.4, end, role, width, dashed=not is_preferred)
        yield _head(columns.box_end, end, size, role)


def _head(x: float, y: float, size: float, role: Role) -> Mark:
    return Mark(x + size * 0.3, y, "arrow_left", size * 0.6, role)
