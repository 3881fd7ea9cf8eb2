"""The next step on paper: a framed block, and under it what is missing, what is due and what it all rests on."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, KeepTogether, Spacer

from app.letters.columns import TwoColumns
from app.letters.content import AlertSaid, LetterContent, OptionSaid, ReadingSaid, Said
from app.letters.framed import Framed
from app.letters.next_step import sources_said
from app.letters.prose import Prose, marked
from app.letters.sections import Story, bold, section
from app.letters.style import QUIET, Look
from app.words import _, apart, labelled


def next_step(content: LetterContent, look: Look) -> Story:
    """Return the framed block: alerts above, the preferred option, the others, what is not recommended."""
    said = content.next_step
    first: list[Flowable] = [Prose(_("Next step, as of {date}").format(date=said.date), look.frame_heading)]
    if content.protocol.notice:
        words = _("By a historical protocol (edition {edition}): not today’s practice.")
        first.append(Prose(f"<b>{marked(words.format(edition=content.protocol.edition))}</b>", look.small))
    parts: list[list[Flowable]] = [first]
    parts += [_alert(alert, look) for alert in said.alerts]
    parts += [_option(option, look, first_of_others=place == 1) for place, option in enumerate(said.options)]
    if said.not_recommended:
        parts.append(_not_recommended(said.not_recommended, look))
    # The heading never stays alone in a frame that is continued on another page.
    parts[0] += parts.pop(1)
    return [Spacer(1, 6), Framed(parts, look.accent, look.sheet.frame_height)]


def _alert(alert: AlertSaid, look: Look) -> list[Flowable]:
    head = f"<b>■ {marked(labelled(alert.severity, alert.text))}</b> ({marked(alert.rule)})"
    parts: list[Flowable] = [Prose(head, look.option)]
    if told := _because(alert.reasons, alert.marks):
        parts.append(Prose(told, look.small))
    return parts


def _option(option: OptionSaid, look: Look, *, first_of_others: bool) -> list[Flowable]:
    parts: list[Flowable] = []
    if first_of_others:
        parts.append(Prose(_("Other options"), look.subheading))
    dose = " " + _("Dose: {dose}.").format(dose=marked(option.dose)) if option.dose else ""
    rule = f" ({marked(option.rule)})"
    if option.is_preferred:
        words = labelled(_("Preferred"), f"{marked(option.text)}{dose}")
        parts.append(Prose(f"<b>{words}</b>{rule}", look.option))
    else:
        only = f"{bold(_('Prescriber only'))} " if option.is_for_prescriber else ""
        parts.append(Prose(f"{only}{marked(option.text)}{dose}{rule}", look.other_option))
    if told := _because(option.reasons, option.marks):
        parts.append(Prose(told, look.small))
    parts += [Prose(marked(one), look.item, bullet="!") for one in option.cautions]
    return parts


def _because(reasons: Sequence[str], marks: str) -> str:
    told = []
    if reasons:
        told.append(_("Because {reasons}.").format(reasons=marked(apart(reasons))))
    if marks:
        told.append(_("See {marks}.").format(marks=marked(marks)))
    return " ".join(told)


def _not_recommended(said: Sequence[Said], look: Look) -> list[Flowable]:
    parts: list[Flowable] = [Prose(_("Not recommended"), look.subheading)]
    parts += [Prose(f"{marked(one.name)} ({marked(one.words)})", look.item, bullet="×") for one in said]
    return parts


def open_points(content: LetterContent, look: Look) -> Story:
    """Return what is missing, what is due, and what would change the answer."""
    said = content.next_step
    story: Story = []
    if said.due:
        lines = [
            labelled(f"<b>{marked(one.name[:1].upper() + one.name[1:])}</b>", marked(one.words)) for one in said.due
        ]
        story += _list(_("Due"), lines, look)
    if said.missing:
        story += _list(_("Missing in the record"), [marked(one) for one in said.missing], look)
    if said.otherwise:
        story += _list(_("What would be preferred otherwise"), [marked(one) for one in said.otherwise], look)
    return story


def _list(title: str, lines: Sequence[str], look: Look) -> Story:
    items: Story = [Prose(line, look.item, bullet="–") for line in lines]
    return section(title, items, look, len(items))


def sources(content: LetterContent, look: Look) -> Story:
    """Return the protocol, the figures of the evidence named, and every reading: printed, applied, why."""
    said = content.next_step
    words, told = sources_said(content.protocol, said)
    parts: list[Flowable] = [Prose(marked(words), look.source)]
    parts += [Prose(f"<b>{marked(one.name)}</b> {marked(one.words)}", look.source) for one in told]
    head = Prose(_("Protocol and evidence"), look.heading)
    return [CondPageBreak(30 * mm), head, TwoColumns([*parts, *readings(said.readings, look)])]


def readings(said: Sequence[ReadingSaid], look: Look) -> list[Flowable]:
    """Return every place where the source is not clear: what it prints, what is applied, and why."""
    story: list[Flowable] = [Prose(_("Where the source is ambiguous"), look.subheading)] if said else []
    for reading in said:
        text = _("<b>{id}</b> Printed: {printed} <b>Applied:</b> {applied} Why: {why}").format(
            id=marked(reading.id), printed=marked(reading.printed), applied=marked(reading.applied),
            why=marked(reading.why),
        )  # fmt: skip
        story.append(Prose(text, look.source))
    return story


def signature_line() -> Flowable:
    """Return the line to sign on."""
    return HRFlowable(width=62 * mm, thickness=0.5, color=QUIET, hAlign="LEFT", spaceBefore=0, spaceAfter=2)


def closing(content: LetterContent, look: Look) -> Story:
    """Return what the clinic says at the end, the signature, and who gets copies: together on a page."""
    return [KeepTogether(end_of(content, look))]


def end_of(content: LetterContent, look: Look) -> Story:
    """Return the end of a letter in its parts."""
    lines = content.signature
    is_to_patient = content.kind == "patient"
    block: Story = [Spacer(1, 8 if is_to_patient else 5)]
    body = look.plain if is_to_patient else look.body
    if content.closing:
        block += [Prose(marked(content.closing), body), Spacer(1, 6)]
    if content.has_advice:
        note = _("The options above are for a professional to review; none is an order.")
        block += [Prose(note, look.small), Spacer(1, 3)]
    block += [
        Prose(_("With best wishes,") if is_to_patient else _("Yours sincerely,"), body),
        Spacer(1, 24 if is_to_patient else 28),
        signature_line(),
        Prose(
            f"<b>{marked(lines[0])}</b><br/>{marked(', '.join(lines[1:]))}" if lines else "",
            look.body if is_to_patient else look.small,
        ),
    ]
    if content.copies:
        copies = "<br/>".join(marked(one) for one in content.copies)
        block += [Spacer(1, 6), Prose(f"<b>{_('Copies to')}</b>", look.small), Prose(copies, look.small)]
    return block
