"""Lines of treatment as bars over time: drug and dose above, holds hollow, a stroke at each change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.clinical.therapy_lines import numbers_of
from app.figures.rows import Row
from app.figures.scale import TimeScale
from app.figures.shapes import Box, Line, Mark, Measure, Shape, Stop, Text, shortened
from app.figures.wording import amount, code, date_in_words, dose_in_words, drugs_of, is_held
from app.record.dates import earliest_day, latest_day
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine
from app.words import _, apart, labelled

MOST_ROWS = 4
ROW = 2.1  # times the text size: one line of words over one bar
BAR = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """A change of dose: its day, its words, and the day on which the hold that it begins ends, if it begins one."""

    day: date
    words: str
    tip: str
    held_until: date | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """One line of treatment as it is drawn.

    `first` is None where the start is not known and no line came before; `unsure` are the days of a partial start and
    of a partial stop. `doses` are the doses over time of a line of one drug: from when, in full and the amount alone.
    """

    entry: str
    number: int | None
    name: str
    first: date | None
    last: date
    runs: bool
    unsure: tuple[tuple[date, date], ...]
    doses: tuple[tuple[date, str, str], ...]
    changes: tuple[Change, ...]
    tip: str

    def names_on(self, day: date) -> tuple[str, ...]:
        """Return what stands over its bar where that begins on `day`: with the dose then, and without."""
        taken = [one for one in self.doses if one[0] <= day] or list(self.doses[:1])
        if not taken:
            return (self.name,)
        _from, full, short = taken[-1]
        return tuple(dict.fromkeys((f"{self.name} {full}", f"{self.name} {short}".rstrip(), self.name)))


def treatments_of(record: PatientRecord, as_of: date) -> tuple[Treatment, ...]:
    """Return the lines in the order they began; one without a start begins where the one before ended.

    No line goes on after death.
    """
    died = record.patient.deceased_on
    open_until = min(as_of, earliest_day(died)) if died else as_of
    numbers = numbers_of(record)
    found, before = [], None
    for line in record.therapy_lines:
        last = earliest_day(line.stopped_on) if line.stopped_on else open_until
        first = earliest_day(line.started_on) if line.started_on else min(before, last) if before else None
        before = max(first or last, last)
        found.append(_treatment(line, numbers.get(line.id), first, before, runs=line.stopped_on is None and not died))
    return tuple(sorted(found, key=lambda one: (one.first or date.min, one.entry)))


def _treatment(line: TherapyLine, number: int | None, first: date | None, last: date, *, runs: bool) -> Treatment:
    drugs = drugs_of(line)
    doses = sorted(line.doses, key=lambda dose: dose.from_)
    taken = [one for one in doses if not is_held(one)] if len(line.drugs) == 1 else []
    unsure = tuple(
        (earliest_day(one), latest_day(one)) for one in (line.started_on, line.stopped_on) if one and len(one) < 10
    )
    return Treatment(
        entry=line.id,
        number=number,
        name=f"{number} {drugs}" if number else f"{code(line.intent or '')} {drugs}".lstrip(),
        first=first,
        last=last,
        runs=runs,
        unsure=unsure,
        doses=tuple((earliest_day(one.from_), dose_in_words(one), amount(one)) for one in taken),
        changes=tuple(_changes(line, doses, last)),
        tip=_tip(line, doses),
    )


def _changes(line: TherapyLine, doses: Sequence[Dose], last: date) -> Iterator[Change]:
    alone = len(line.drugs) == 1
    taken: dict[str, Dose] = {}  # the last dose of each drug that was not a hold
    for place, dose in enumerate(doses):
        before = taken.get(dose.drug)
        if not is_held(dose):
            taken[dose.drug] = dose
        following = next((one for one in doses[place + 1 :] if one.drug == dose.drug), None)
        tip = labelled(date_in_words(dose.from_), f"{_(dose.drug)} {dose_in_words(dose)}")
        if before is not None or is_held(dose):
            words = amount(dose) if before and before.frequency == dose.frequency and amount(dose) else ""
            words = words or dose_in_words(dose)
            until = None
            if is_held(dose) and alone:
                ends = dose.to or (following.from_ if following else None)
                until = earliest_day(ends) if ends else last
            yield Change(earliest_day(dose.from_), words if alone else f"{_(dose.drug)} {words}", tip, until)
        if dose.to is not None and following is None and not is_held(dose):
            words = _("{drug} ended").format(drug=_(dose.drug))
            yield Change(earliest_day(dose.to), words, labelled(date_in_words(dose.to), words), None)


def _tip(line: TherapyLine, doses: Sequence[Dose]) -> str:
    start = date_in_words(line.started_on) if line.started_on else _("start not recorded")
    said = [_("{drugs} from {start}").format(drugs=drugs_of(line), start=start)]
    if line.stopped_on:
        said.append(_("stopped {date}").format(date=date_in_words(line.stopped_on)))
    if line.stop_reason:
        said.append(code(line.stop_reason))
    said += [f"{_(dose.drug)} {dose_in_words(dose)} ({date_in_words(dose.from_)})" for dose in doses[:6]]
    return apart(said)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line on one picture: its places, its words, longest first, and whether its ends are on the scale."""

    line: Treatment
    x: float
    x_end: float
    names: tuple[str, ...]
    begins: bool
    ends: bool


def bars_of(lines: Sequence[Treatment], scale: TimeScale) -> list[Bar]:
    """Return a bar for each line of which something is on the scale."""
    bars = []
    for line in lines:
        first = line.first or scale.first
        if scale.shows(first, line.last):
            names = line.names_on(max(first, scale.first))
            x = scale.x(first)
            bars.append(Bar(line, x, max(x, scale.x(line.last)), names, first >= scale.first, line.last <= scale.last))
    return bars


def in_rows(bars: Sequence[Bar], scale: TimeScale, size: float, measure: Measure) -> list[list[Bar]]:
    """Return the bars in rows in which neither bars nor their shortest words touch."""
    taken: list[Row] = []
    rows: list[list[Bar]] = []
    for bar in bars:
        width = measure(bar.names[-1], size)
        start, end = min(bar.x, scale.edge - width), max(bar.x_end + size * 0.1, bar.x + width + size * 0.5)
        number = next((n for n, row in enumerate(taken) if row.is_free(start, end)), len(taken))
        if number == len(taken) and number < MOST_ROWS:
            taken.append(Row())
            rows.append([])
        elif number == len(taken):
            number = min(range(number), key=lambda n: max(end for _start, end in taken[n].spans))
        taken[number].take(start, end)
        rows[number].append(bar)
    return rows


def therapy_shapes(
    rows: Sequence[Sequence[Bar]], top: float, scale: TimeScale, size: float, measure: Measure
) -> Iterator[Shape]:
    """Yield the shapes of all rows, the first with its upper border at `top`."""
    for number, row in enumerate(rows):
        upper = top + number * ROW * size
        words_end = scale.left
        for place, bar in enumerate(row):
            limit = row[place + 1].x - size * 0.5 if place + 1 < len(row) else scale.edge
            yield from _bar_shapes(bar, upper, scale, size)
            for text in _words(bar, upper, words_end, limit, scale, size, measure):
                words_end = text.x + measure(text.text, size) + size * 0.4
                yield text


def therapy_stops(
    rows: Sequence[Sequence[Bar]], top: float, scale: TimeScale, size: float, lane: int, name: str
) -> Iterator[Stop]:
    """Yield where a person can go: every bar, and every change of dose on it."""
    for number, row in enumerate(rows):
        upper = top + number * ROW * size
        for bar in row:
            line, y = bar.line, upper + BAR * size
            first = line.first or scale.first
            yield Stop(
                (line.entry,), line.tip, bar.x, upper, max(bar.x_end, bar.x + size), upper + ROW * size, lane, name,
                (first, line.last),
            )  # fmt: skip
            for change in line.changes:
                if not scale.shows(change.day, change.held_until or change.day):
                    continue
                x, x_end = scale.x(change.day), scale.x(change.held_until or change.day)
                yield Stop(
                    (line.entry,), change.tip, x - size * 0.4, y, max(x_end, x + size * 0.4), upper + ROW * size,
                    lane, name, (change.day, change.day),
                )  # fmt: skip


def _bar_shapes(bar: Bar, top: float, scale: TimeScale, size: float) -> Iterator[Shape]:
    y, height, entry = top + 1.15 * size, BAR * size, bar.line.entry
    middle = y + height / 2
    for x, x_end, broken in scale.parts(bar.x, max(bar.x_end, bar.x + 1)):
        if broken:
            yield Line(x, middle, x_end, middle, "therapy", 1.4, dashed=True, entry=entry)
        else:
            yield Box(x, y, x_end - x, height, "therapy", entry=entry)
    for first, last in bar.line.unsure:
        if last > first and scale.shows(first, last):
            yield Line(scale.x(first), middle, scale.x(last), middle, "stage", 1.4, dashed=True, entry=entry)
    for change in bar.line.changes:
        x, until = scale.x(change.day), change.held_until
        if until is not None and until > change.day and scale.shows(change.day, until):
            for start, end, broken in scale.parts(x, max(min(scale.x(until), bar.x_end), x + 1)):
                if not broken:
                    yield Box(start, y, end - start, height, "held", entry=entry)
        elif scale.shows(change.day, change.day):
            yield Line(x, y - size * 0.15, x, y + height + size * 0.15, "text", 0.8, entry=entry)
    if bar.line.runs and bar.ends:
        yield Mark(bar.x_end, middle, "arrow", size * 0.8, "therapy", entry=entry)
    elif bar.ends:
        end = max(bar.x_end, bar.x + 1)
        yield Line(end, y - size * 0.15, end, y + height + size * 0.15, "therapy", 1.2)
    if bar.begins and (bar.line.first is None or bar.line.unsure):
        yield Mark(bar.x, middle, "circle", size * 0.7, "therapy", filled=False, entry=entry)


def _words(
    bar: Bar, top: float, start: float, limit: float, scale: TimeScale, size: float, measure: Measure
) -> list[Text]:
    """Return the words over a bar: the longest name that leaves room for what changed, then the changes that fit."""
    y, entry = top + size * 0.9, bar.line.entry
    shortest = measure(bar.names[-1], size)
    x = max(start, min(bar.x, limit - shortest))
    changes = [one for one in bar.line.changes if one.words and scale.shows(one.day, one.day)]
    room = (scale.x(changes[0].day) if changes else limit) - x - size * 0.4
    name = next((one for one in bar.names if measure(one, size) <= room), bar.names[-1])
    name = shortened(name, limit - x, size, measure)
    texts = [Text(x, y, name, size, entry=entry)] if name else []
    end = x + (measure(name, size) + size * 0.4 if name else 0)
    for change in changes:
        width, place = measure(change.words, size), scale.x(change.day)
        if place >= end and place + width <= limit:
            texts.append(Text(place, y, change.words, size, "faint", entry=entry))
            end = place + width + size * 0.4
    return texts
