"""Laboratory values, examinations and notes on paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from app.letters.content import LetterContent
from app.letters.findings import LabSaid
from app.letters.fonts import BOLD
from app.letters.kinds import KINDS
from app.letters.prose import Prose, marked
from app.letters.sections import Story, section
from app.letters.style import Command, Look
from app.letters.tables import table
from app.words import _, apart

NOTHING = "–"  # in a cell of a table
CHARACTERS = 60  # of a result in a line, about


def labs(content: LetterContent, look: Look) -> Story:
    """Return the notable values in a table and all others in a line a day; where there is one page, the first alone."""
    notable = [one for one in content.labs if one.is_notable]
    if KINDS[content.kind].is_one_page:
        words = " · ".join(_by_day(replace(one, limits="", before="") for one in notable))
        return [Prose(f"<b>{_('Laboratory values')}</b> {words}", look.small)] if notable else []
    if not content.labs:
        return []
    parts: list[Flowable] = [_table(notable, look)] if notable else []
    parts += [Prose(day, look.after_table) for day in _by_day(one for one in content.labs if not one.is_notable)]
    return section(_("Laboratory values"), parts, look, len(notable))


def _by_day(values: Iterable[LabSaid]) -> Iterator[str]:
    """Yield the values of each day in a line, under their day."""
    days: dict[str, list[str]] = {}
    for one in values:
        before = _("before: {value}").format(value=one.before) if one.before else ""
        more = apart(filter(None, (one.limits, one.rated, before)))
        words = f"{marked(one.analyte)} {marked(one.value)}" + (f" ({marked(more)})" if more else "")
        days.setdefault(one.date, []).append(words)
    yield from (f"<b>{marked(day)}</b> {' · '.join(said)}" for day, said in days.items())


def _table(rows: Sequence[LabSaid], look: Look) -> Flowable:
    """Return the values with their limits; a day that all have stands over them once."""
    days = {one.date for one in rows}
    (newest, dated) = (days.pop(), False) if len(days) == 1 else (_("Newest"), True)
    head = [_("Value"), newest, *([_("Date")] if dated else []), _("Limits"), _("Rated (CTCAE v5.0)"), _("Before")]
    cells = [
        (
            one.analyte,
            one.value,
            *((one.date,) if dated else ()),
            *(said or NOTHING for said in (one.limits, one.rated, one.before)),
        )
        for one in rows
    ]
    widths = [26 * mm, 24 * mm, 27 * mm, 15 * mm, 32 * mm] if dated else [31 * mm, 28 * mm, 17 * mm, 45 * mm]
    commands: list[Command] = [("FONT", (1, 1), (1, -1), BOLD, *look.cell)]
    return table(head, cells, (*widths, look.sheet.text_width - sum(widths)), look, commands=commands)


def examinations(content: LetterContent, look: Look) -> Story:
    """Return the newest examination of each kind."""
    said = content.examinations
    if not said:
        return []
    widths = (31 * mm, 46 * mm, look.sheet.text_width - 77 * mm)
    rows = []
    for one in said:
        earlier = [_("Earlier: {days}").format(days=one.earlier)] if one.earlier else []
        rows.append((one.date, one.examination, "\n".join((one.result, *earlier))))
    head = (_("Date"), _("Examination"), _("Result"))
    lines = sum(len(row[2]) // CHARACTERS + 1 for row in rows)
    return section(_("Examinations"), [table(head, rows, widths, look)], look, lines)


def unrecorded(content: LetterContent, look: Look) -> Story:
    """Return what nothing is recorded of, in a line."""
    return [Spacer(1, 2), Prose(marked(" ".join(content.unrecorded)), look.small)] if content.unrecorded else []


def notes(content: LetterContent, look: Look) -> Story:
    """Return the notes, each line of them a paragraph that may go on overleaf."""
    if not content.notes:
        return []
    story: Story = [CondPageBreak(30 * mm), Prose(_("Notes"), look.heading)]
    for one in content.notes:
        head = ", ".join(filter(None, (one.date, one.by)))
        lines = [line for line in one.text.splitlines() if line.strip()]
        story.append(Prose(f"<b>{marked(head)}</b> {marked(lines[0])}", look.after_table))
        story += [Prose(marked(line), look.small) for line in lines[1:]]
    return story
