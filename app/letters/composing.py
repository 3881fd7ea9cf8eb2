"""The content of a letter: what a patient, a practitioner, a board or a ward is told on a day."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.clinical.recist import Judgement, judge
from app.figures.course import course_of
from app.figures.course_labs import under_rules
from app.figures.course_layout import course_figure
from app.figures.shapes import Figure, Measure, estimated_width
from app.figures.wording import date_in_words
from app.letters.content import Aside, Kind, LetterContent, Letterhead, PatientSaid, ProtocolSaid, Section
from app.letters.disease import (
    copies_to,
    diagnosis_said,
    patient_lines,
    patient_said,
    recipient_lines,
    tests_said,
)
from app.letters.entries import Entries, value_in_words
from app.letters.free_text import filled, placeholders
from app.letters.kinds import KINDS
from app.letters.laboratory import examinations_said, labs_said, notes_said, unrecorded
from app.letters.last_assessment import assessment_said
from app.letters.next_step import ProtocolTexts, next_step_said, protocol_said
from app.letters.plain_words import plain_parts, whom_to_call
from app.letters.plan import plan_said
from app.letters.question import question_of
from app.letters.summary import summary_said
from app.letters.treatment import events_said, lines_said, local_treatments_said
from app.pathway.advice import Advice
from app.pathway.ahead import Ahead
from app.pathway.information import Told
from app.record.files import json_bytes
from app.record.record import PatientRecord
from app.record.views import up_to
from app.words import _

CODE_POINT = re.compile(r"\[U\+[0-9A-F]{4,6}\]")  # of a character that cannot be printed
COURSE_HEIGHT = 190.0  # of the picture at most, in points
TEXT_SIZE = 8  # on the picture
TALLEST = 2.0  # how much higher its traces may be where the page has room


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a letter: its kind and language, how wide its pictures may be, and what the clinic adds to it.

    Without `picture` nothing is drawn; `roomy` are heights and text sizes for a page with room, the largest first.
    `without` are sections left out; `opening` and `closing` may hold placeholders;
    `question` is asked of a board instead of the one that goes with the stage. `shown` gives a text as it is printed.
    """

    kind: Kind = "clinic"
    language: str = "en"
    picture: tuple[float, float] | None = (468.0, COURSE_HEIGHT)
    roomy: tuple[tuple[float, float], ...] = ()
    measure: Measure = estimated_width
    shown: Callable[[str], str] = str
    without: frozenset[Section] = frozenset()
    opening: str = ""
    closing: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a letter is written from beside the record: the advice, what the source tells besides, what lies ahead.

    `aside` is what of all that is due was put aside, by what it is and its rule.
    `limits` are the protocol's, which the curves of laboratory values are drawn against.
    """

    advice: Advice
    texts: ProtocolTexts = field(default_factory=ProtocolTexts)
    told: Sequence[Told] = ()
    ahead: Sequence[Ahead] = ()
    aside: Mapping[tuple[str, str], Aside] = field(default_factory=dict)
    limits: Mapping[str, Decimal] = field(default_factory=dict)


def letter_content(record: PatientRecord, known: Known, letterhead: Letterhead, wanted: Wanted) -> LetterContent:
    """Return a letter on `record` as it was seen on the day of the advice; nothing later is in it.

    Raises `Refused` where `opening` or `closing` has a placeholder that there is not.
    """
    advice, texts, kind = known.advice, known.texts, KINDS[wanted.kind]
    seen = up_to(record, advice.as_of)
    judgements = judge(seen)
    entries = Entries(seen)
    patient, protocol = patient_said(seen), protocol_said(advice.protocol, advice.parameters, texts)
    lines = lines_said(seen, judgements)
    course, roomy = _courses(seen, known, judgements, wanted)
    sections = tuple(one for one in kind.sections if one not in wanted.without)
    is_to_patient = wanted.kind == "patient"
    due = [one for one in advice.due if (one.what, one.rule) not in known.aside]
    content = LetterContent(
        kind=wanted.kind,
        language=wanted.language,
        title=_(kind.title),
        sections=sections,
        letterhead=letterhead,
        salutation=_("Dear {name},").format(name=patient.name) if is_to_patient else _("Dear colleague,"),
        recipient=patient_lines(seen) if is_to_patient else recipient_lines(seen, letterhead.name),
        copies=() if is_to_patient else copies_to(seen),
        date=date_in_words(advice.as_of.isoformat()),
        day=advice.as_of.isoformat(),
        patient=patient,
        summary=summary_said(seen, advice),
        diagnosis=diagnosis_said(seen),
        alk_status=value_in_words("alk_status", advice.alk_status),
        tests=tests_said(seen),
        course=course,
        roomy=roomy,
        lines=lines,
        local_treatments=local_treatments_said(seen, entries),
        assessment=assessment_said(seen, judgements),
        labs=labs_said(seen, under_rules(advice)),
        examinations=examinations_said(seen),
        events=events_said(seen),
        unrecorded=tuple(words for name, words in unrecorded(seen).items() if name not in wanted.without),
        notes=notes_said(seen) if "notes" in sections else (),
        next_step=next_step_said(advice, entries, texts, known.told),
        protocol=protocol,
        question=(wanted.question or question_of(advice)) if wanted.kind == "mdt" else "",
        plain=plain_parts(seen, advice, judgements, due) if is_to_patient else (),
        whom_to_call=whom_to_call(seen, letterhead) if is_to_patient else None,
        plan=plan_said(seen, known.ahead, advice, known.aside) if wanted.kind == "plan" else None,
        signature=_signature(seen, letterhead),
        foot=_foot(patient, protocol, record, is_to_patient=is_to_patient),
    )
    return _with_own_words(content, seen, advice, wanted)


def _with_own_words(content: LetterContent, record: PatientRecord, advice: Advice, wanted: Wanted) -> LetterContent:
    """Return a letter with what the clinic says in it, and with a word on signs that no font has."""
    places = placeholders(record, advice, content)
    content = replace(
        content, opening=filled("opening", wanted.opening, places), closing=filled("closing", wanted.closing, places)
    )
    head = content.letterhead
    typed = (repr(record.patient), head.name, *head.address, content.opening, content.closing, wanted.question)
    if CODE_POINT.search(wanted.shown(" ".join(typed))):
        words = _("[U+…] is a sign that no font of this letter has")
        content = replace(content, foot=f"{content.foot} · {words}")
    return content


def _courses(
    record: PatientRecord, known: Known, judgements: Sequence[Judgement], wanted: Wanted
) -> tuple[Figure, tuple[Figure, ...]]:
    """Return the picture of the course, and those for a page that has room for a higher one."""
    if wanted.picture is None:
        return Figure(0.0, 0.0, ()), ()
    under = under_rules(known.advice)
    course = course_of(record, known.advice.as_of, judgements, limits=known.limits, under=under)
    width, height = wanted.picture
    return course_figure(course, width, height, text_size=TEXT_SIZE, measure=wanted.measure), tuple(
        course_figure(course, width, high, text_size=size, measure=wanted.measure, tallest=TALLEST)
        for high, size in wanted.roomy
    )


def _signature(record: PatientRecord, letterhead: Letterhead) -> tuple[str, ...]:
    team = record.patient.team
    name = letterhead.signatory or (team.doctor if team and team.doctor else "")
    return tuple(line for line in (name, letterhead.signatory_role, letterhead.department, letterhead.name) if line)


def _foot(patient: PatientSaid, protocol: ProtocolSaid, record: PatientRecord, *, is_to_patient: bool) -> str:
    """Return the line at the foot of every page: whose letter, which protocol, which state of the record.

    That the protocol is historical is said where it advises; to a patient, whom it does not advise, it would only say
    that their treatment is out of date.
    """
    state = hashlib.sha256(json_bytes(record)).hexdigest()[:12]
    if is_to_patient:
        words = _("{name} · {mrn} · protocol edition {edition} · record {state}")
    else:
        words = _("{name} · {mrn} · protocol edition {edition} ({status}) · record {state}")
    return words.format(
        name=patient.listed_name, mrn=patient.mrn, edition=protocol.edition, status=protocol.status, state=state
    )
