"""Lines of treatment as bars over time: drug and dose above, holds hollow, a stroke at each change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.clinical.therapy_lines import numbers_of
from app.figures.rows import Row
from app.figures.scale import TimeScale
from app.figures.shapes import Box, Line, Mark, Measure, Shape, Text, shortened
from app.figures.wording import amount, code, date_in_words, dose_in_words, drugs_of, is_held
from app.record.dates import earliest_day
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine
from app.words import _

MOST_ROWS = 4
ROW = 2.1  # times the text size: one line of words over one bar
BAR = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """A change of dose: where, its words, and where the hold that it begins ends (None: it begins none)."""

    x: float
    words: str
    held_until: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One line on the picture; `names` are its words, longest first."""

    entry: str
    x: float
    x_end: float
    names: tuple[str, ...]
    changes: tuple[Change, ...]
    runs: bool
    exact: bool
    tip: str


def bars_of(record: PatientRecord, as_of: date, scale: TimeScale) -> list[Bar]:
    """Return a bar for each line, in the order they began; one without a start begins where the one before ended."""
    numbers = numbers_of(record)
    bars, before = [], scale.left
    for line in record.therapy_lines:
        end = scale.x(earliest_day(line.stopped_on) if line.stopped_on else as_of)
        start = scale.x(earliest_day(line.started_on)) if line.started_on else min(before, end)
        bars.append(_bar(line, numbers.get(line.id), start, max(start, end), scale))
        before = max(start, end)
    return sorted(bars, key=lambda bar: bar.x)


def _bar(line: TherapyLine, number: int | None, x: float, x_end: float, scale: TimeScale) -> Bar:
    drugs = drugs_of(line)
    name = f"{number} {drugs}" if number else f"{code(line.intent or '')} {drugs}"
    doses = sorted(line.doses, key=lambda dose: dose.from_)
    first = next((dose for dose in doses if len(line.drugs) == 1), None)
    names: tuple[str, ...] = (name,)
    if first is not None and not is_held(first):
        names = tuple(dict.fromkeys((f"{name} {dose_in_words(first)}", f"{name} {amount(first)}".rstrip(), name)))
    return Bar(
        line.id, x, x_end, names, tuple(_changes(line, doses, x_end, scale)), line.stopped_on is None,
        all(one is None or len(one) == 10 for one in (line.started_on, line.stopped_on)) and bool(line.started_on),
        _tip(line, doses),
    )  # fmt: skip


def _changes(line: TherapyLine, doses: Sequence[Dose], x_end: float, scale: TimeScale) -> Iterator[Change]:
    alone = len(line.drugs) == 1
    taken: dict[str, Dose] = {}  # the last dose of each drug that was not a hold
    for place, dose in enumerate(doses):
        before = taken.get(dose.drug)
        if not is_held(dose):
            taken[dose.drug] = dose
        following = next((one for one in doses[place + 1 :] if one.drug == dose.drug), None)
        if before is not None or is_held(dose):
            words = amount(dose) if before and before.frequency == dose.frequency and amount(dose) else ""
            words = words or dose_in_words(dose)
            until = None
            if is_held(dose) and alone:
                ends = dose.to or (following.from_ if following else None)
                until = scale.x(earliest_day(ends)) if ends else x_end
            yield Change(scale.x(earliest_day(dose.from_)), words if alone else f"{dose.drug} {words}", until)
        if dose.to is not None and following is None and not is_held(dose):
            words = _("{drug} ended").format(drug=dose.drug)
            yield Change(scale.x(earliest_day(dose.to)), words, None)


def _tip(line: TherapyLine, doses: Sequence[Dose]) -> str:
    start = date_in_words(line.started_on) if line.started_on else _("start not recorded")
    said = [_("{drugs} from {start}").format(drugs=drugs_of(line), start=start)]
    if line.stopped_on:
        said.append(_("stopped {date}").format(date=date_in_words(line.stopped_on)))
    if line.stop_reason:
        said.append(code(line.stop_reason))
    said += [f"{dose.drug} {dose_in_words(dose)} ({date_in_words(dose.from_)})" for dose in doses[:6]]
    return "; ".join(said)


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
            yield from _bar_shapes(bar, upper, size)
            for text in _words(bar, upper, words_end, limit, size, measure):
                words_end = text.x + measure(text.text, size) + size * 0.4
                yield text


def _bar_shapes(bar: Bar, top: float, size: float) -> Iterator[Shape]:
    y, height = top + 1.15 * size, BAR * size
    width = max(bar.x_end - bar.x, 1)
    yield Box(bar.x, y, width, height, "therapy", entry=bar.entry, tip=bar.tip)
    for change in bar.changes:
        if change.held_until is not None and change.held_until > change.x:
            held = min(change.held_until, bar.x_end) - change.x
            yield Box(change.x, y, max(held, 1), height, "held", entry=bar.entry, tip=change.words)
        else:
            yield Line(change.x, y - size * 0.15, change.x, y + height + size * 0.15, "text", 0.8, entry=bar.entry)
    middle = y + height / 2
    if bar.runs:
        yield Mark(bar.x_end, middle, "arrow", size * 0.8, "therapy", entry=bar.entry, tip=bar.tip)
    else:
        yield Line(bar.x + width, y - size * 0.15, bar.x + width, y + height + size * 0.15, "therapy", 1.2)
    if not bar.exact:
        yield Mark(bar.x, middle, "circle", size * 0.7, "therapy", filled=False, entry=bar.entry, tip=bar.tip)


def _words(bar: Bar, top: float, start: float, limit: float, size: float, measure: Measure) -> list[Text]:
    """Return the words over a bar: the longest name that leaves room for what changed, then the changes that fit."""
    y = top + size * 0.9
    shortest = measure(bar.names[-1], size)
    x = max(start, min(bar.x, limit - shortest))
    changes = [one for one in bar.changes if one.words]
    room = (changes[0].x if changes else limit) - x - size * 0.4
    name = next((one for one in bar.names if measure(one, size) <= room), bar.names[-1])
    name = shortened(name, limit - x, size, measure)
    texts = [Text(x, y, name, size, entry=bar.entry, tip=bar.tip)] if name else []
    end = x + (measure(name, size) + size * 0.4 if name else 0)
    for change in changes:
        width = measure(change.words, size)
        place = min(change.x, limit - width)
        if place >= end and place <= change.x and change.x - place < width:
            texts.append(Text(place, y, change.words, size, "faint", entry=bar.entry, tip=change.words))
            end = place + width + size * 0.4
    return texts
