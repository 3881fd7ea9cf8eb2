"""Each section of a letter in lines of text: what its designed section says, no more and no less, without any paper."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from app.letters.content import LetterContent, OptionSaid, ReadingSaid, Said, Section
from app.letters.kinds import KINDS
from app.words import _


class Line(NamedTuple):
    """One line, as long as it is; a heading stands in bold."""

    text: str
    is_heading: bool = False


Lines = Iterator[Line]


def lines_of(content: LetterContent) -> Lines:
    """Yield a letter in lines: its head, then each section that is printed of it, an empty line before each."""
    yield from _head(content)
    for place, section in enumerate(content.sections):
        yield Line("")
        yield from SECTIONS[section](content)
        if place == 0 and content.corrects:
            yield Line("")
            yield from _part(content.corrects, content.corrections)


def _head(content: LetterContent) -> Lines:
    head, patient = content.letterhead, content.patient
    yield Line(head.name, is_heading=True)
    if KINDS[content.kind].is_addressed:
        yield from _texts(head.department, head.registration, *head.address, head.phone, head.email)
        yield Line("")
        yield from _texts(*content.recipient)
    else:
        yield from _texts(head.department)
    yield Line("")
    yield Line(f"{content.title}, {content.date}", is_heading=True)
    facts = [_("born {date}").format(date=patient.born), patient.sex, _("number {mrn}").format(mrn=patient.mrn)]
    if patient.deceased:
        facts.append(_("died {date}").format(date=patient.deceased))
    yield Line(", ".join((patient.name, *filter(None, facts))), is_heading=True)


def _texts(*texts: str) -> Lines:
    return (Line(one) for one in texts if one)


def _part(heading: str, texts: Iterable[str]) -> Lines:
    yield Line(heading, is_heading=True)
    yield from _texts(*(f"– {one}" for one in texts if one))


def _beside(*cells: str) -> str:
    """Return what stands in one row of a table."""
    return " · ".join(one.replace("\n", "; ") for one in cells if one)


def _named(said: Iterable[Said]) -> list[str]:
    return [f"{one.name}: {one.words}" for one in said]


def _summed_up(content: LetterContent) -> str:
    return " ".join(content.summary)


def _opening(content: LetterContent) -> Lines:
    if content.has_advice:
        yield from _texts(content.protocol.notice)
    yield from _texts(content.salutation, content.opening, _summed_up(content))
    if content.has_advice:
        yield from _alerts(content)
        words = _("Suggested next step, for a professional to decide:")
        yield from _texts(*(f"{words} {one.text}" for one in content.next_step.options[:1]))


def _question(content: LetterContent) -> Lines:
    yield Line(f"{_('Question')}: {content.question}", is_heading=True)
    yield from _texts(content.opening)


def _board_summary(content: LetterContent) -> Lines:
    if content.has_advice:
        yield from _texts(content.protocol.notice)
    yield from _texts(_summed_up(content))
    if content.has_advice:
        yield from _alerts(content)
    if content.kind == "mdt":
        yield from _texts(*_named(content.diagnosis))
        yield from _texts(*(f"{one.test}, {one.date}: {one.result}" for one in content.tests))


def _diagnosis(content: LetterContent) -> Lines:
    yield from _part(_("Diagnosis"), _named(content.diagnosis))


def _course(content: LetterContent) -> Lines:
    yield Line(_("Course"), is_heading=True)
    texts = [text for shape in content.course.shapes if (text := getattr(shape, "text", ""))]
    if texts:
        yield from _texts(content.course.says, *([] if texts == [content.course.says] else [_beside(*texts)]))
    else:
        yield Line(_("The picture could not be drawn. What it would show:"))
        yield from (line for part in (_treatment, _assessment) for line in part(content))


def _alk(content: LetterContent) -> Lines:
    tests = [_beside(one.date, one.test, one.result, one.specimen) for one in content.tests]
    heading = _("ALK status: {status}").format(status=content.alk_status)
    yield from _part(heading, tests or [_("No test is recorded.")])


def _treatment(content: LetterContent) -> Lines:
    rows = [
        text
        for one in content.lines
        for text in (_beside(one.number, one.drugs, one.period, one.best_response, one.stopped), *one.doses)
    ]
    yield from _part(_("Treatment"), rows or [_("No line of treatment is recorded.")])
    if content.local_treatments:
        yield from _part(_("Local treatments"), content.local_treatments)


def _assessment(content: LetterContent) -> Lines:
    said = content.assessment
    if said is None:
        yield from _part(_("Last assessment"), [_("No assessment is recorded.")])
        return
    rows = []
    if said.lesions:
        baseline = _("Baseline, {date}").format(date=said.baseline_date) if said.baseline_date else ""
        rows.append(_beside(_("Target lesion"), _("Site"), baseline, said.date))
        rows += [_beside(one.lesion, one.site, one.baseline if baseline else "", one.now) for one in said.lesions]
        rows.append(_beside(_("Sum of diameters"), said.sums[0] if baseline else "", said.sums[1]))
        rows += _named(said.changes)
    for one in said.responses:
        both = f"{_('computed')}: {one.computed}", f"{_('reported')}: {one.reported}" if one.reported else ""
        rows.append(_beside(f"{_('RECIST 1.1')}, {one.part}", *both))
    progression = _("The clinician’s judgement of the progression: {words}.").format(words=said.progression)
    rows += [said.why, progression if said.progression else "", said.differs]
    yield from _part(_("Last assessment: {what}").format(what=said.title), rows)


def _events(content: LetterContent) -> Lines:
    if content.events:
        rows = [_beside(one.event, one.grade, one.period, one.drug, one.causes) for one in content.events]
        yield from _part(_("Adverse events"), rows)


def _option(option: OptionSaid, marks: str = "") -> str:
    mark = f"{_('Preferred')}: " if option.is_preferred else ""
    only = f"{_('Prescriber only')}: " if option.is_for_prescriber else ""
    dose = " " + _("Dose: {dose}.").format(dose=option.dose) if option.dose else ""
    text = f"{mark}{only}{option.text}{dose} ({option.rule})"
    return " ".join((text, *_because(option.reasons, marks), *option.cautions))


def _because(reasons: tuple[str, ...], marks: str) -> Iterator[str]:
    if reasons:
        yield _("Because {reasons}.").format(reasons="; ".join(reasons))
    if marks:
        yield _("See {marks}.").format(marks=marks)


def _next_step(content: LetterContent) -> Lines:
    said = content.next_step
    yield Line(_("Next step, as of {date}").format(date=said.date), is_heading=True)
    if content.protocol.notice:
        words = _("By a historical protocol (edition {edition}): not today’s practice.")
        yield Line(words.format(edition=content.protocol.edition))
    for one in said.alerts:
        yield Line(" ".join((f"■ {one.severity}: {one.text} ({one.rule})", *_because(one.reasons, one.marks))))
    yield from _texts(*(f"– {_option(one, one.marks)}" for one in said.options))
    if said.not_recommended:
        yield from _part(_("Not recommended"), (f"{one.name} ({one.words})" for one in said.not_recommended))


def _options(content: LetterContent) -> Lines:
    said = content.next_step
    yield from _part(
        _("Options by the protocol, as of {date}").format(date=said.date), (_option(one) for one in said.options)
    )
    if said.not_recommended:
        yield from _part(_("Not recommended"), (one.name for one in said.not_recommended))
    if said.missing:
        yield from _part(_("Missing"), said.missing)
    yield from _protocol(content)


def _protocol(content: LetterContent) -> Lines:
    said = content.protocol
    yield Line(
        _("{title}, edition {edition} ({status}), checksum {code}.").format(
            title=said.title, edition=said.edition, status=said.status, code=said.code
        )
    )


def _open_points(content: LetterContent) -> Lines:
    said = content.next_step
    parts = (
        (_("Due"), _named(said.due)),
        (_("Missing in the record"), said.missing),
        (_("What would be preferred otherwise"), said.otherwise),
    )
    yield from (line for heading, texts in parts if texts for line in _part(heading, texts))


def _decision(content: LetterContent) -> Lines:
    yield from _texts(content.closing)
    room = "_" * 40
    for words in (_("Decision of the board"), _("Present"), _("Date and signature")):
        yield from (Line(""), Line(f"{words}: {room}"))


def _closing(content: LetterContent) -> Lines:
    yield from _texts(content.closing)
    if content.has_advice:
        yield Line(_("The options above are for a professional to review; none is an order."))
    yield Line(_("With best wishes,") if content.kind == "patient" else _("Yours sincerely,"))
    yield from (Line(""), Line(""), *_texts(*content.signature))
    if content.copies:
        yield from _part(_("Copies to"), content.copies)


def _sources(content: LetterContent) -> Lines:
    said, protocol = content.next_step, content.protocol
    words = _("{title}; {id}, edition {edition}, {status}, checksum {code}. Source: {source}").format(
        title=protocol.title, id=protocol.id, edition=protocol.edition, status=protocol.status, code=protocol.code,
        source=protocol.source,
    )  # fmt: skip
    if protocol.parameters:
        words += " " + _("Set for this clinic: {parameters}.").format(parameters=protocol.parameters)
    unknown = _("figures not given by the protocol")
    evidence = (Said(one.name, one.words or unknown) for one in said.evidence)
    yield from _part(_("Protocol and evidence"), (words, *_named((*said.besides, *evidence))))
    yield from _readings(said.readings)


def _readings(said: tuple[ReadingSaid, ...]) -> Lines:
    if said:
        words = _("<b>{id}</b> Printed: {printed} <b>Applied:</b> {applied} Why: {why}")
        plain = words.replace("<b>", "").replace("</b>", "")
        texts = (plain.format(id=one.id, printed=one.printed, applied=one.applied, why=one.why) for one in said)
        yield from _part(_("Where the source is ambiguous"), texts)


def _plain(content: LetterContent) -> Lines:
    yield from _texts(content.salutation, content.opening)
    for part in content.plain:
        yield Line("")
        if part.heading:
            yield Line(part.heading, is_heading=True)
        yield from _texts(" ".join(part.sentences), *(f"– {one}" for one in part.items))


def _standing(content: LetterContent) -> Lines:
    return _texts(content.protocol.notice, _summed_up(content), content.opening)


def _alerts(content: LetterContent) -> Lines:
    return _texts(*(f"■ {one.severity}: {one.text}" for one in content.next_step.alerts))


def _plan(content: LetterContent) -> Lines:
    said = content.plan
    if said is None:
        return
    yield from _part(_("Medicines now"), _named(said.medicines) or [_("No medicine is recorded.")])
    rows = [_beside(one.what, one.every, "; ".join(one.days), one.rule) for one in said.rows]
    yield from _part(_("What is due when"), rows or [_("Nothing is due by the protocol.")])
    if rows:
        yield Line(_("The days after the first suppose that each check is done on its day."))
    yield from _texts(content.closing)
    yield from _protocol(content)
    yield from _readings(said.readings)


SECTIONS: Mapping[Section, Callable[[LetterContent], Lines]] = {
    "opening": _opening, "question": _question, "board_summary": _board_summary, "diagnosis": _diagnosis,
    "course": _course, "alk": _alk, "treatment": _treatment, "assessment": _assessment, "events": _events,
    "next_step": _next_step, "options": _options, "open_points": _open_points, "decision": _decision,
    "closing": _closing, "sources": _sources, "plain": _plain, "standing": _standing, "alerts": _alerts, "plan": _plan,
}  # fmt: skip
