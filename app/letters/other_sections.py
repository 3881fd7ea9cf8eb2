"""The parts that only some kinds of letters have: the question of a board, a plan, a place to decide."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from app.letters.advice_sections import readings
from app.letters.columns import TwoColumns
from app.letters.content import LetterContent, OptionSaid, PlanSaid, Said
from app.letters.framed import Framed
from app.letters.prose import Prose, marked
from app.letters.read_aloud import with_names
from app.letters.sections import Story, bold, named, notice, section
from app.letters.style import HAIR, QUIET, Look
from app.letters.tables import table
from app.words import _, apart


def question(content: LetterContent, look: Look) -> Story:
    """Return the question in a frame, first of all."""
    words = Prose(f"{bold(_('Question'))} {marked(content.question)}", look.subject)
    story: Story = [Framed([[words]], look.accent, look.sheet.frame_height, close=True)]
    if content.opening:
        story.append(Prose(marked(content.opening), look.body))
    return story


def board_summary(content: LetterContent, look: Look) -> Story:
    """Return the patient in a few lines: the summary, what bears on treatment, what cannot wait."""
    story: Story = []
    if content.protocol.notice and content.has_advice:
        story += [notice(content.protocol.notice, look, close=True), Spacer(1, 3)]
    story.append(Prose(marked(" ".join(content.summary)), look.body))
    if content.has_advice:
        story += alerts(content, look)
    if content.kind == "mdt":
        said = [*content.diagnosis, *(Said(f"{one.test}, {one.date}", one.result) for one in content.tests)]
        story.append(Prose(" · ".join(f"<b>{marked(one.name)}</b> {marked(one.words)}" for one in said), look.small))
    return story


def options(content: LetterContent, look: Look) -> Story:
    """Return the options in short, each with its rule; the reasons only where they were left."""
    step = content.next_step
    title = _("Options by the protocol, as of {date}").format(date=step.date)
    parts: list[list[Flowable]] = [[Prose(title, look.frame_heading), *_option(step.options[0], look)]]
    parts += [_option(one, look) for one in step.options[1:]]
    for label, words in (
        (_("Not recommended"), " ".join(f"{one.name.rstrip('.')}." for one in step.not_recommended)),
        (_("Due"), apart(step.due_in_short)),
        (_("Missing"), apart(step.missing)),
    ):
        if words:
            parts.append([Prose(f"{bold(label)} {marked(words)}", look.small)])
    parts.append([_protocol(content, look)])
    return [Spacer(1, 4), Framed(parts, look.accent, look.sheet.frame_height, close=True)]


def _protocol(content: LetterContent, look: Look) -> Flowable:
    """Return the line that says which protocol spoke."""
    source = _("{title}, edition {edition} ({status}), checksum {code}.").format(
        title=content.protocol.title, edition=content.protocol.edition, status=content.protocol.status,
        code=content.protocol.code,
    )  # fmt: skip
    return Prose(marked(source), look.source)


def _option(option: OptionSaid, look: Look) -> list[Flowable]:
    mark = f"{bold(_('Preferred'))} " if option.is_preferred else ""
    only = f"{bold(_('Prescriber only'))} " if option.is_for_prescriber else ""
    dose = " " + _("Dose: {dose}.").format(dose=marked(option.dose)) if option.dose else ""
    text = f"{mark}{only}{marked(option.text)}{dose} ({marked(option.rule)})"
    bullet = "" if option.is_preferred else "–"
    parts: list[Flowable] = [Prose(text, look.small if option.is_preferred else look.item, bullet=bullet)]
    if option.reasons:
        parts.append(Prose(_("Because {reasons}.").format(reasons=marked(apart(option.reasons))), look.source))
    parts += [Prose(marked(one), look.item, bullet="!") for one in option.cautions]
    return parts


def decision(content: LetterContent, look: Look) -> Story:
    """Return room for what the board decides, by hand."""
    rows = [[_("Decision of the board"), ""], [_("Present"), ""], [_("Date and signature"), ""]]
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), look.small.fontName, *look.cell),
            ("TEXTCOLOR", (0, 0), (0, -1), QUIET),
            ("LINEBELOW", (1, 0), (1, -1), 0.5, HAIR),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ]
    )
    width = 40 * mm
    room = Table(
        rows, colWidths=[width, look.sheet.text_width - width], rowHeights=[11 * mm, 8 * mm, 8 * mm], style=style,
        renderCB=with_names,
    )  # fmt: skip
    closing = [Prose(marked(content.closing), look.body)] if content.closing else []
    return [Spacer(1, 2), KeepTogether([*closing, room])]


def standing(content: LetterContent, look: Look) -> Story:
    """Return where the patient stands, for a ward that acts on it."""
    story: Story = []
    if content.protocol.notice:
        story += [notice(content.protocol.notice, look), Spacer(1, 4)]
    story.append(Prose(marked(" ".join(content.summary)), look.body))
    if content.opening:
        story.append(Prose(marked(content.opening), look.body))
    return story


def alerts(content: LetterContent, look: Look) -> Story:
    """Return what cannot wait."""
    return [Prose(f"{bold(f'■ {one.severity}')} {marked(one.text)}", look.body) for one in content.next_step.alerts]


def plan(content: LetterContent, look: Look) -> Story:
    """Return the plan: the medicines, and the checks with room to note that they were done."""
    said = content.plan
    if said is None:
        return []
    story: Story = []
    medicines: list[Flowable] = [
        named(said.medicines, look) if said.medicines else Prose(_("No medicine is recorded."), look.small)
    ]
    story += section(_("Medicines now"), medicines, look)
    below: list[Flowable] = [Prose(marked(said.below), look.after_table if said.rows else look.small)]
    story += section(_("What is due when"), [_planned(said, look)] if said.rows else below, look, len(said.rows))
    story += below if said.rows and said.below else []
    if content.closing:
        story.append(Prose(marked(content.closing), look.body))
    story += [Spacer(1, 8), _protocol(content, look)]
    if said.readings:
        heading, *each = readings(said.readings, look)
        story += [heading, TwoColumns(each)]
    return story


def _planned(said: PlanSaid, look: Look) -> Flowable:
    widths = _shares(look.sheet.text_width, (36, 32, 66, 20, 26))
    head = (_("Check"), _("How often"), _("Due on"), _("Rule"), _("Done on, by"))
    cells = [(one.what[:1].upper() + one.what[1:], one.every, "\n".join(one.days), one.rule, "") for one in said.rows]
    commands = [("LINEBELOW", (0, 1), (-1, -1), 0.3, HAIR)]
    return table(head, cells, widths, look, commands=commands)


def _shares(width: float, parts: Sequence[float]) -> tuple[float, ...]:
    return tuple(width * one / sum(parts) for one in parts)
