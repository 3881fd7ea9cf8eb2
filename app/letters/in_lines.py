"""Each section of a letter in lines of text: what its designed section says, no more and no less, without any paper."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.letters.advice_in_lines import alerts, next_step, open_points, options, protocol, readings, sources
from app.letters.content import LetterContent, PlainPart, Section
from app.letters.kinds import KINDS
from app.letters.lines import Line, Lines, each_named, headed, in_a_row, plainly
from app.letters.summary import in_short
from app.words import _, apart, labelled


def lines_of(content: LetterContent) -> Lines:
    """Yield a letter in lines: its head, then each section that is printed of it, an empty line before each."""
    yield from _head(content)
    for place, section in enumerate(content.sections):
        yield Line("")
        yield from SECTIONS[section](content)
        if place == 0 and content.corrects:
            yield Line("")
            yield from headed(content.corrects, content.corrections)


def _head(content: LetterContent) -> Lines:
    head, patient = content.letterhead, content.patient
    yield Line(head.name, is_heading=True)
    if KINDS[content.kind].is_addressed:
        yield from plainly(head.department, head.registration, *head.address, head.phone, head.email)
        yield Line("")
        yield from plainly(*content.recipient)
    else:
        yield from plainly(head.department)
    yield Line("")
    yield Line(f"{content.title}, {content.date}", is_heading=True)
    facts = [_("born {date}").format(date=patient.born), patient.sex, _("number {mrn}").format(mrn=patient.mrn)]
    if patient.deceased:
        facts.append(_("died {date}").format(date=patient.deceased))
    yield Line(", ".join((patient.name, *filter(None, facts))), is_heading=True)


def _summed_up(content: LetterContent) -> str:
    return " ".join(content.summary)


def _opening(content: LetterContent) -> Lines:
    if content.has_advice:
        yield from plainly(content.protocol.notice)
    yield from plainly(content.salutation, content.opening, _summed_up(content))
    if content.has_advice:
        yield from plainly(*(" ".join(filter(None, one)) for one in in_short(content)))


def _question(content: LetterContent) -> Lines:
    yield Line(labelled(_("Question"), content.question), is_heading=True)
    yield from plainly(content.opening)


def _board_summary(content: LetterContent) -> Lines:
    if content.has_advice:
        yield from plainly(content.protocol.notice)
    yield from plainly(_summed_up(content))
    if content.has_advice:
        yield from alerts(content)
    if content.kind == "mdt":
        yield from plainly(*each_named(content.diagnosis))
        yield from plainly(*(labelled(f"{one.test}, {one.date}", one.result) for one in content.tests))


def _diagnosis(content: LetterContent) -> Lines:
    yield from headed(_("Diagnosis"), each_named(content.diagnosis))


def _course(content: LetterContent) -> Lines:
    yield Line(_("Course"), is_heading=True)
    texts = [text for shape in content.course.shapes if (text := getattr(shape, "text", ""))]
    if texts:
        yield from plainly(content.course.says, *([] if texts == [content.course.says] else [in_a_row(*texts)]))
    else:
        yield Line(_("The picture could not be drawn. What it would show:"))
        yield from (line for section in (_treatment, _assessment) for line in section(content))


def _alk(content: LetterContent) -> Lines:
    tests = [in_a_row(one.date, one.test, one.result, one.specimen) for one in content.tests]
    heading = _("ALK status: {status}").format(status=content.alk_status)
    yield from headed(heading, tests or [_("No test is recorded.")])


def _treatment(content: LetterContent) -> Lines:
    rows = [
        text
        for one in content.lines
        for text in (in_a_row(one.number, one.drugs, one.period, one.best_response, one.stopped), *one.doses)
    ]
    yield from headed(_("Treatment"), rows or [_("No line of treatment is recorded.")])
    if content.local_treatments:
        yield from headed(_("Local treatments"), content.local_treatments)


def _assessment(content: LetterContent) -> Lines:
    said = content.assessment
    if said is None:
        yield from headed(_("Last assessment"), [_("No assessment is recorded.")])
        return
    rows = []
    if said.lesions:
        baseline = _("Baseline, {date}").format(date=said.baseline_date) if said.baseline_date else ""
        rows.append(in_a_row(_("Target lesion"), _("Site"), baseline, said.date))
        rows += [in_a_row(one.lesion, one.site, one.baseline if baseline else "", one.now) for one in said.lesions]
        rows.append(in_a_row(_("Sum of diameters"), said.sums[0] if baseline else "", said.sums[1]))
        rows += each_named(said.changes)
    for one in said.responses:
        both = labelled(_("computed"), one.computed), labelled(_("reported"), one.reported) if one.reported else ""
        rows.append(in_a_row(f"{_('RECIST 1.1')}, {one.part}", *both))
    progression = _("The clinician’s judgement of the progression: {words}.").format(words=said.progression)
    rows += [said.why, progression if said.progression else "", said.differs]
    yield from headed(_("Last assessment: {what}").format(what=said.title), rows)


def _labs(content: LetterContent) -> Lines:
    if KINDS[content.kind].is_one_page:
        said = [replace(one, limits="", before="") for one in content.labs if one.is_notable]
    else:
        said = list(content.labs)
    if said:
        rows = [
            in_a_row(
                one.date, one.analyte, one.value, one.limits, one.rated,
                _("before: {value}").format(value=one.before) if one.before else "",
            )
            for one in said
        ]  # fmt: skip
        yield from headed(_("Laboratory values"), rows)


def _examinations(content: LetterContent) -> Lines:
    if content.examinations:
        rows = [
            in_a_row(
                one.date, one.examination, one.result,
                _("Earlier: {days}").format(days=one.earlier) if one.earlier else "",
            )
            for one in content.examinations
        ]  # fmt: skip
        yield from headed(_("Examinations"), rows)


def _unrecorded(content: LetterContent) -> Lines:
    return plainly(" ".join(content.unrecorded))


def _notes(content: LetterContent) -> Lines:
    if content.notes:
        yield Line(_("Notes"), is_heading=True)
    for one in content.notes:
        head = ", ".join(filter(None, (one.date, one.by)))
        yield from plainly(head, *one.text.splitlines())


def _events(content: LetterContent) -> Lines:
    if content.events:
        rows = [in_a_row(one.event, one.grade, one.period, one.drug, one.causes) for one in content.events]
        yield from headed(_("Adverse events"), rows)


def _decision(content: LetterContent) -> Lines:
    yield from plainly(content.closing)
    room = "_" * 40
    for words in (_("Decision of the board"), _("Present"), _("Date and signature")):
        yield from (Line(""), Line(labelled(words, room)))


def _closing(content: LetterContent) -> Lines:
    yield from plainly(content.closing)
    if content.has_advice:
        yield Line(_("The options above are for a professional to review; none is an order."))
    yield Line(_("With best wishes,") if content.kind == "patient" else _("Yours sincerely,"))
    yield from (Line(""), Line(""), *plainly(*content.signature))
    if content.copies:
        yield from headed(_("Copies to"), content.copies)


def _greeting(content: LetterContent) -> Lines:
    return plainly(content.salutation, content.opening)


def _whom_to_call(content: LetterContent) -> Lines:
    if content.whom_to_call is not None:
        yield from _plain_part(content.whom_to_call)


def _plain(content: LetterContent) -> Lines:
    for part in content.plain:
        yield Line("")
        yield from _plain_part(part)
    yield Line("")
    yield from _closing(content)


def _plain_part(part: PlainPart) -> Lines:
    if part.heading:
        yield Line(part.heading, is_heading=True)
    yield from plainly(part.call, " ".join(part.sentences), *(f"– {one}" for one in part.items))


def _standing(content: LetterContent) -> Lines:
    return plainly(content.protocol.notice, _summed_up(content), content.opening)


def _plan(content: LetterContent) -> Lines:
    said = content.plan
    if said is None:
        return
    yield from headed(_("Medicines now"), each_named(said.medicines) or [_("No medicine is recorded.")])
    rows = [in_a_row(one.what, one.every, apart(one.days), one.rule) for one in said.rows]
    yield from headed(_("What is due when"), rows)
    yield from plainly(said.below)
    yield from plainly(content.closing)
    yield from protocol(content)
    yield from readings(said.readings)


SECTIONS: Mapping[Section, Callable[[LetterContent], Lines]] = {
    "opening": _opening, "question": _question, "board_summary": _board_summary, "diagnosis": _diagnosis,
    "course": _course, "alk": _alk, "treatment": _treatment, "assessment": _assessment, "labs": _labs,
    "examinations": _examinations, "events": _events, "unrecorded": _unrecorded, "next_step": next_step,
    "options": options, "open_points": open_points, "notes": _notes, "decision": _decision, "closing": _closing,
    "sources": sources, "greeting": _greeting, "whom_to_call": _whom_to_call, "plain": _plain, "standing": _standing,
    "alerts": alerts, "plan": _plan,
}  # fmt: skip
