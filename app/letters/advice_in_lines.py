"""What a letter says of the next step, in lines of text."""

from collections.abc import Iterator

from app.letters.content import LetterContent, OptionSaid, ReadingSaid
from app.letters.lines import Line, Lines, each_named, headed, plainly
from app.letters.next_step import sources_said
from app.words import _, apart, labelled


def _option(option: OptionSaid, marks: str = "") -> str:
    dose = " " + _("Dose: {dose}.").format(dose=option.dose) if option.dose else ""
    text = f"{option.text}{dose} ({option.rule})"
    if option.is_for_prescriber:
        text = labelled(_("Prescriber only"), text)
    if option.is_preferred:
        text = labelled(_("Preferred"), text)
    return " ".join((text, *_because(option.reasons, marks), *option.cautions))


def _because(reasons: tuple[str, ...], marks: str) -> Iterator[str]:
    if reasons:
        yield _("Because {reasons}.").format(reasons=apart(reasons))
    if marks:
        yield _("See {marks}.").format(marks=marks)


def next_step(content: LetterContent) -> Lines:
    """Yield the next step: what cannot wait, every option with its reasons, what is not recommended."""
    said = content.next_step
    yield Line(_("Next step, as of {date}").format(date=said.date), is_heading=True)
    if content.protocol.notice:
        words = _("By a historical protocol (edition {edition}): not today’s practice.")
        yield Line(words.format(edition=content.protocol.edition))
    for one in said.alerts:
        yield Line(" ".join((f"■ {labelled(one.severity, one.text)} ({one.rule})", *_because(one.reasons, one.marks))))
    yield from plainly(*(f"– {_option(one, one.marks)}" for one in said.options))
    if said.not_recommended:
        yield from headed(_("Not recommended"), (f"{one.name} ({one.words})" for one in said.not_recommended))


def options(content: LetterContent) -> Lines:
    """Yield the options in short, as a board has them."""
    said = content.next_step
    yield from headed(
        _("Options by the protocol, as of {date}").format(date=said.date), (_option(one) for one in said.options)
    )
    if said.not_recommended:
        yield from headed(_("Not recommended"), (one.name for one in said.not_recommended))
    if said.due_in_short:
        yield from headed(_("Due"), said.due_in_short)
    if said.missing:
        yield from headed(_("Missing"), said.missing)
    yield from protocol(content)


def protocol(content: LetterContent) -> Lines:
    """Yield which protocol spoke."""
    said = content.protocol
    yield Line(
        _("{title}, edition {edition} ({status}), checksum {code}.").format(
            title=said.title, edition=said.edition, status=said.status, code=said.code
        )
    )


def open_points(content: LetterContent) -> Lines:
    """Yield what is due, what is missing, and what would be preferred otherwise."""
    said = content.next_step
    parts = (
        (_("Due"), each_named(said.due)),
        (_("Missing in the record"), said.missing),
        (_("What would be preferred otherwise"), said.otherwise),
    )
    yield from (line for heading, texts in parts if texts for line in headed(heading, texts))


def sources(content: LetterContent) -> Lines:
    """Yield the protocol with its evidence, and where its source is ambiguous."""
    words, told = sources_said(content.protocol, content.next_step)
    yield from headed(_("Protocol and evidence"), (words, *each_named(told)))
    yield from readings(content.next_step.readings)


def readings(said: tuple[ReadingSaid, ...]) -> Lines:
    """Yield what the source prints, what is applied, and why."""
    if said:
        words = _("<b>{id}</b> Printed: {printed} <b>Applied:</b> {applied} Why: {why}")
        plain = words.replace("<b>", "").replace("</b>", "")
        texts = (plain.format(id=one.id, printed=one.printed, applied=one.applied, why=one.why) for one in said)
        yield from headed(_("Where the source is ambiguous"), texts)


def alerts(content: LetterContent) -> Lines:
    """Return what cannot wait, in short."""
    return plainly(*(f"■ {labelled(one.severity, one.text)}" for one in content.next_step.alerts))
