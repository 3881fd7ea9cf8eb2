"""One function per section of a letter: what is said becomes what is printed. No record, no arithmetic here."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.letters.content import AssessmentSaid, EventSaid, LetterContent, LineSaid, Said, TestSaid
from app.letters.drawing import FigureOnPaper
from app.letters.fonts import BOLD
from app.letters.framed import Framed
from app.letters.prose import Prose, marked
from app.letters.style import INK, PAGE_HEIGHT, SMALL, TEXT_WIDTH, Command, Look
from app.letters.tables import GAP, broken, table
from app.words import _

Story = list[Flowable]


def heading(text: str, look: Look) -> Prose:
    """Return the heading of a section; it never stands last on a page."""
    return Prose(text, look.heading)


def opening(content: LetterContent, look: Look) -> Story:
    """Return the subject, the notice of a historical protocol, and the letter in short."""
    patient = content.patient
    facts = [_("born {date}").format(date=patient.born), patient.sex, _("number {mrn}").format(mrn=patient.mrn)]
    if patient.deceased:
        facts.append(_("died {date}").format(date=patient.deceased))
    subject = f"<b>{marked(patient.name)}</b>, {marked(', '.join(facts))}"
    story: Story = [Prose(subject, look.subject)]
    if content.protocol.notice:
        story += [notice(content.protocol.notice, look), Spacer(1, 5)]
    story.append(Prose(_("Dear colleague,"), look.body))
    story.append(Prose(marked(" ".join(content.summary)), look.body))
    for alert in content.next_step.alerts:
        story.append(Prose(f"<b>{marked(alert.severity)}:</b> {marked(alert.text)}", look.body))
    preferred = content.next_step.options[0]
    words = _("Suggested next step, for a professional to decide:")
    story.append(Prose(f"{words} <b>{marked(preferred.text)}</b>", look.body))
    return story


def notice(text: str, look: Look) -> Flowable:
    """Return the boxed warning that the protocol is not today's."""
    return Framed([[Prose(f"<b>{marked(text)}</b>", look.notice)]], INK, PAGE_HEIGHT)


def named(pairs: Sequence[Said], look: Look) -> Table:
    """Return names and what is said of them, in two columns without rules."""
    width = 38 * mm
    cells = [[broken(one.name, width - GAP), broken(one.words, TEXT_WIDTH - width)] for one in pairs]
    return Table(cells, colWidths=[width, TEXT_WIDTH - width], style=look.pairs, hAlign="LEFT")


def diagnosis(content: LetterContent, look: Look) -> Story:
    """Return the diagnosis, and the course as a picture under it."""
    story: Story = [heading(_("Diagnosis"), look), named(content.diagnosis, look)]
    story.append(KeepTogether([heading(_("Course"), look), FigureOnPaper(content.course)]))
    return story


def alk(status: str, tests: Sequence[TestSaid], look: Look) -> Story:
    """Return the ALK status, and the tests that show it."""
    title = heading(_("ALK status: {status}").format(status=marked(status)), look)
    if not tests:
        return [title, Prose(_("No test is recorded."), look.small)]
    widths = (32 * mm, 27 * mm, 62 * mm, TEXT_WIDTH - 121 * mm)
    head = (_("Reported"), _("Test"), _("Result"), _("Specimen"))
    return [title, table(head, [(one.date, one.test, one.result, one.specimen) for one in tests], widths, look)]


def treatment(lines: Sequence[LineSaid], local: Sequence[str], look: Look) -> Story:
    """Return the lines of treatment, the doses of each under it, and the local treatments."""
    title = heading(_("Treatment"), look)
    if not lines:
        story: Story = [title, Prose(_("No line of treatment is recorded."), look.small)]
    else:
        story = [title, _lines(lines, look)]
    if local:
        story.append(Prose(_("Local treatments"), look.subheading))
        story += [Prose(marked(one), look.item, bulletText="–") for one in local]
    return story


def _lines(lines: Sequence[LineSaid], look: Look) -> Table:
    widths = (9 * mm, 43 * mm, 54 * mm, 36 * mm, TEXT_WIDTH - 142 * mm)
    rows: list[tuple[str, ...]] = []
    commands: list[Command] = []
    for line in lines:
        start = len(rows) + 1
        drugs = broken(line.drugs, widths[1] - GAP, BOLD)
        rows.append((line.number, drugs, line.period, line.best_response, line.stopped))
        commands.append(("FONT", (1, start), (1, start), BOLD, *SMALL))
        if line.doses:
            # Doses run over the empty cells to their right: broken here, to the width of all of them.
            wide = broken("\n".join(line.doses), TEXT_WIDTH - widths[0] - GAP)
            rows.append(("", wide, "", "", ""))
            place = len(rows)
            commands += [
                ("TOPPADDING", (0, place), (-1, place), 0),
                ("NOSPLIT", (0, start), (-1, place)),
                ("BOTTOMPADDING", (0, place), (-1, place), 4),
            ]
    head = (_("Line"), _("Drugs and doses"), _("Given"), _("Best response"), _("Stopped"))
    return table(head, rows, widths, look, commands=commands)


def assessment(said: AssessmentSaid | None, look: Look) -> Story:
    """Return the last assessment: lesions with sums and changes, and the response computed and reported."""
    if said is None:
        return [heading(_("Last assessment"), look), Prose(_("No assessment is recorded."), look.small)]
    parts: Story = [heading(_("Last assessment: {what}").format(what=marked(said.title)), look)]
    if said.lesions:
        parts.append(_lesion_table(said, look))
    if said.responses:
        parts += [Spacer(1, 9), _response_table(said, look)]
    lines = [said.why]
    if said.progression:
        lines.append(_("The clinician’s judgement of the progression: {words}.").format(words=said.progression))
    parts.append(Prose(marked(" ".join(lines)), look.after_table))
    if said.differs:
        parts.append(Prose(f"<b>{marked(said.differs)}</b>", look.small))
    return [KeepTogether(parts)] if len(said.lesions) < 25 else parts


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
    last, wide = len(rows) + 1, widths[0] + widths[1] - GAP
    rows.append((broken(_("Sum of diameters"), wide, BOLD), "", *((said.sums[0],) if compared else ()), said.sums[1]))
    rows += [(broken(one.name, wide), "", *(("",) if compared else ()), one.words) for one in said.changes]
    commands: list[Command] = [("FONT", (0, last), (-1, last), BOLD, *SMALL)]
    commands += [("LINEABOVE", (0, last), (-1, last), 0.4, look.accent)]
    commands += [("ALIGN", (2, 0), (-1, -1), "RIGHT")]
    return table(head, rows, widths, look, commands=commands)


def _response_table(said: AssessmentSaid, look: Look) -> Table:
    head = (_("Response (RECIST 1.1)"), _("Computed"), _("Reported"))
    rows = [(one.part, one.computed, one.reported) for one in said.responses]
    commands: list[Command] = [("FONT", (0, len(rows)), (-1, len(rows)), BOLD, *SMALL)]
    return table(head, rows, (50 * mm, 60 * mm, 55 * mm), look, commands=commands)


def events(said: Sequence[EventSaid], look: Look) -> Story:
    """Return the adverse events; nothing where none is recorded."""
    if not said:
        return []
    widths = (32 * mm, 30 * mm, 43 * mm, 25 * mm, TEXT_WIDTH - 130 * mm)
    head = (_("Event"), _("Grade"), _("When"), _("Suspected drug"), _("Other causes"))
    rows = [(one.event, one.grade, one.period, one.drug, one.causes) for one in said]
    return [heading(_("Adverse events"), look), table(head, rows, widths, look)]
