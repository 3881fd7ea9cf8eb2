"""One function per section of a letter: what is said becomes what is printed. No record, no arithmetic here."""

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from app.letters.content import AssessmentSaid, LetterContent, LineSaid, Said
from app.letters.drawing import FigureOnPaper
from app.letters.fonts import BOLD
from app.letters.framed import Framed
from app.letters.prose import Prose, marked
from app.letters.read_aloud import with_names
from app.letters.style import INK, Command, Look
from app.letters.summary import in_short
from app.letters.tables import GAP, Broken, broken, in_parts, table
from app.words import _, labelled

Story = list[Flowable]
ROWS_TOGETHER = 12


def section(
    title: str, parts: Sequence[Flowable], look: Look, rows: int = 0, *, heading: ParagraphStyle | None = None
) -> Story:
    """Return a section under its heading: a short one stays together, one of many rows begins with some of them."""
    head = [Prose(title, heading or look.heading)] if title else []
    if rows <= ROWS_TOGETHER:
        return [KeepTogether([*head, *parts])]
    return [CondPageBreak(30 * mm), *head, *parts]


def opening(content: LetterContent, look: Look) -> Story:
    """Return the subject, the notice of a historical protocol, and the letter in short."""
    patient = content.patient
    facts = [_("born {date}").format(date=patient.born), patient.sex, _("number {mrn}").format(mrn=patient.mrn)]
    if patient.deceased:
        facts.append(_("died {date}").format(date=patient.deceased))
    subject = f"<b>{marked(patient.name)}</b>, {marked(', '.join(facts))}"
    story: Story = [Prose(subject, look.subject)]
    if content.protocol.notice and content.has_advice:
        story += [notice(content.protocol.notice, look), Spacer(1, 5)]
    story.append(Prose(marked(content.salutation), look.body))
    if content.opening:
        story.append(Prose(marked(content.opening), look.body))
    story.append(Prose(marked(" ".join(content.summary)), look.body))
    if not content.has_advice:
        return story
    for one in in_short(content):
        mark = f"<b>{marked(one.mark)}</b> " if one.mark else ""
        said = f"{marked(one.label)} <b>{marked(one.text)}</b>" if one.label else marked(one.text)
        story.append(Prose(mark + said, look.body))
    return story


def notice(text: str, look: Look, *, close: bool = False) -> Flowable:
    """Return the boxed warning that the protocol is not today's."""
    return Framed([[Prose(f"<b>{marked(text)}</b>", look.notice)]], INK, look.sheet.height, close=close)


def corrections(content: LetterContent, look: Look) -> Story:
    """Return what this letter puts right of the one before it, in a frame; nothing when it does not."""
    if not content.corrects:
        return []
    words = look.plain if content.kind == "patient" else look.notice
    head: list[Flowable] = [Prose(f"<b>{marked(content.corrects)}</b>", words)]
    items: list[list[Flowable]] = [[Prose(marked(one), look.item, bullet="–")] for one in content.corrections]
    if items:
        head += items.pop(0)
    return [Spacer(1, 3), Framed([head, *items], INK, look.sheet.height), Spacer(1, 3)]


def bold(label: str) -> str:
    """Return a label in bold with its colon, which in French has a space before it."""
    return f"<b>{labelled(marked(label), '').rstrip(' ')}</b>"


def named(pairs: Sequence[Said], look: Look) -> Table:
    """Return names and what is said of them: short ones two in a row, long ones across the width, without rules."""
    name, width = 30 * mm, look.sheet.text_width
    half = width / 2 - name
    size = look.cell[0]

    def cells(one: Said, room: float) -> list[tuple[str, Broken]]:
        parts = in_parts(broken(one.words, room - 2 * GAP, size=size))
        return [("" if place else broken(one.name, name - GAP, size=size), part) for place, part in enumerate(parts)]

    rows: list[tuple[str, ...]] = []
    waiting: tuple[str, Broken] | None = None
    for one in pairs:
        (short, *more) = cells(one, half)
        if more or "\n" in short[1]:
            if waiting:
                rows.append((*waiting, "", ""))
                waiting = None
            rows += [(*row, "", "") for row in cells(one, width - name)]
        elif waiting:
            rows.append((*waiting, *short))
            waiting = None
        else:
            waiting = short
    if waiting:
        rows.append((*waiting, "", ""))
    return Table(rows, colWidths=[name, half, name, half], style=look.pairs, hAlign="LEFT", renderCB=with_names)


def diagnosis(content: LetterContent, look: Look) -> Story:
    """Return the diagnosis."""
    return section(_("Diagnosis"), [named(content.diagnosis, look)], look)


def course(content: LetterContent, look: Look) -> Story:
    """Return the course as a picture."""
    return section(_("Course"), [FigureOnPaper(content.course)], look)


def alk(content: LetterContent, look: Look) -> Story:
    """Return the ALK status, and the tests that show it."""
    tests = content.tests
    title = _("ALK status: {status}").format(status=marked(content.alk_status))
    if not tests:
        return section(title, [Prose(_("No test is recorded."), look.small)], look)
    widths = (31 * mm, 22 * mm, 70 * mm, look.sheet.text_width - 123 * mm)
    head = (_("Date"), _("Test"), _("Result"), _("Specimen"))
    rows = [(one.date, one.test, one.result, one.specimen) for one in tests]
    return section(title, [table(head, rows, widths, look)], look, len(rows))


def treatment(content: LetterContent, look: Look) -> Story:
    """Return the lines of treatment, the doses of each under it, and the local treatments."""
    lines, local = content.lines, content.local_treatments
    nothing = Prose(_("No line of treatment is recorded."), look.small)
    story = section(_("Treatment"), [_lines(lines, look) if lines else nothing], look, 2 * len(lines))
    if local:
        story.append(Prose(_("Local treatments"), look.subheading))
        story += [Prose(marked(one), look.item, bullet="–") for one in local]
    return story


def _lines(lines: Sequence[LineSaid], look: Look) -> Table:
    widths = (9 * mm, 43 * mm, 54 * mm, 36 * mm, look.sheet.text_width - 142 * mm)
    rows: list[tuple[str, ...]] = []
    commands: list[Command] = []
    for line in lines:
        start = len(rows) + 1
        drugs = broken(line.drugs, widths[1] - GAP, BOLD, look.cell[0])
        rows.append((line.number, drugs, line.period, line.best_response, line.stopped))
        commands.append(("FONT", (1, start), (1, start), BOLD, *look.cell))
        if line.doses:
            # Doses run over the empty cells to their right: broken here, to the width of all of them.
            wide = broken("\n".join(line.doses), look.sheet.text_width - widths[0] - GAP, size=look.cell[0])
            rows += [("", part, "", "", "") for part in in_parts(wide)]
            commands += [
                ("TOPPADDING", (0, start + 1), (-1, len(rows)), 0),
                ("NOSPLIT", (0, start), (-1, start + 1)),
                ("BOTTOMPADDING", (0, len(rows)), (-1, len(rows)), 4),
            ]
    head = (_("Line"), _("Drugs and doses"), _("Given"), _("Best response"), _("Stopped"))
    return table(head, rows, widths, look, commands=commands)


def assessment(content: LetterContent, look: Look) -> Story:
    """Return the last assessment: lesions with sums and changes, and the response computed and reported."""
    said = content.assessment
    if said is None:
        return section(_("Last assessment"), [Prose(_("No assessment is recorded."), look.small)], look)
    parts: Story = []
    if said.lesions:
        parts.append(_lesion_table(said, look))
    if said.responses:
        parts += [*([Spacer(1, 9)] if parts else []), _response_table(said, look)]
    lines = [said.why] if said.why else []
    if said.progression:
        lines.append(_("The clinician’s judgement of the progression: {words}.").format(words=said.progression))
    if lines:
        parts.append(Prose(marked(" ".join(lines)), look.after_table))
    if said.differs:
        parts.append(Prose(f"<b>{marked(said.differs)}</b>", look.small))
    title = _("Last assessment: {what}").format(what=marked(said.title))
    return section(title, parts, look, len(said.lesions))


def _lesion_table(said: AssessmentSaid, look: Look) -> Table:
    compared = bool(said.baseline_date)
    head = [
        _("Target lesion"),
        _("Site"),
        *([_("Baseline, {date}").format(date=said.baseline_date)] if compared else []),
    ]
    head.append(said.date)
    widths = [30 * mm, 55 * mm, *([44 * mm] if compared else []), 36 * mm]
    rows = [(one.lesion, one.site, *((one.baseline,) if compared else ()), one.now) for one in said.lesions]
    # Counted from the end: a name of many lines may take more than one row above.
    last, wide = -1 - len(said.changes), widths[0] + widths[1] - GAP
    rows.append(
        (
            broken(_("Sum of diameters"), wide, BOLD, look.cell[0]),
            "",
            *((said.sums[0],) if compared else ()),
            said.sums[1],
        )
    )
    rows += [
        (broken(one.name, wide, size=look.cell[0]), "", *(("",) if compared else ()), one.words) for one in said.changes
    ]
    commands: list[Command] = [("FONT", (0, last), (-1, last), BOLD, *look.cell)]
    commands += [("LINEABOVE", (0, last), (-1, last), 0.4, look.accent)]
    commands += [("ALIGN", (2, 0), (-1, -1), "RIGHT")]
    return table(head, rows, widths, look, commands=commands)


def _response_table(said: AssessmentSaid, look: Look) -> Table:
    first = 24 * mm
    head = (_("RECIST 1.1"), *(one.part for one in said.responses))
    rows = [(_("computed"), *(one.computed for one in said.responses))]
    rows.append((_("reported"), *(one.reported for one in said.responses)))
    widths = (first, *([(look.sheet.text_width - first) / 6] * len(said.responses)))
    return table(head, rows, widths, look, commands=[("FONT", (-1, 0), (-1, -1), BOLD, *look.cell)])


def events(content: LetterContent, look: Look) -> Story:
    """Return the adverse events; nothing where none is recorded."""
    said = content.events
    if not said:
        return []
    widths = (28 * mm, 26 * mm, 35 * mm, 26 * mm, look.sheet.text_width - 115 * mm)
    head = (_("Event"), _("Grade"), _("When"), _("Suspected drug"), _("Other causes"))
    rows = [(one.event, one.grade, one.period, one.drug, one.causes) for one in said]
    return section(_("Adverse events"), [table(head, rows, widths, look)], look, len(rows))
