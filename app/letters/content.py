"""What a letter says, before any paper: frozen parts, each computed from the record and the advice."""

from dataclasses import dataclass
from typing import Literal

from app.figures.shapes import Figure
from app.letters.findings import ExaminationSaid, LabSaid, NoteSaid

Kind = Literal["clinic", "mdt", "patient", "pathway", "plan"]
Paper = Literal["a4", "letter"]
Envelope = Literal["din_5008_a", "din_5008_b", "uk_dl", "us_10", "us_10_double"]
Section = Literal[
    "opening", "question", "board_summary", "diagnosis", "course", "alk", "treatment", "assessment", "labs",
    "examinations", "events", "unrecorded", "next_step", "options", "open_points", "notes", "decision", "closing",
    "sources", "greeting", "whom_to_call", "plain", "standing", "alerts", "plan",
]  # fmt: skip
# What a clinic may leave out; the others are what makes a letter the letter it is.
OptionalSection = Literal[
    "course", "alk", "treatment", "assessment", "labs", "examinations", "events", "next_step", "options", "open_points",
    "sources",
]  # fmt: skip

NOTES: frozenset[Section] = frozenset({"notes"})
ADVICE: frozenset[Section] = frozenset({"next_step", "options", "open_points", "sources", "alerts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The clinic as it stands at the head of a letter, who signs, the one colour (hex), the logo (a PNG or JPEG).

    `registration` is the line of numbers that the law wants on letters; `envelope` is what letters are posted in.
    """

    name: str
    department: str = ""
    registration: str = ""
    logo: bytes = b""
    paper: Paper = "a4"
    envelope: Envelope = "din_5008_a"
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    signatory: str = ""
    signatory_role: str = ""
    accent: str = "#1F4E79"


@dataclass(frozen=True, slots=True)
class Said:
    """A thing and what is said of it: "Smoking", "never"."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSaid:
    """Who the letter is about; `listed_name` has the family name first."""

    name: str
    listed_name: str
    mrn: str
    born: str
    sex: str
    deceased: str = ""


@dataclass(frozen=True, slots=True)
class MolecularTestSaid:
    """One test: when, what, its result with counts, and of which specimen."""

    date: str
    test: str
    result: str
    specimen: str


@dataclass(frozen=True, slots=True)
class LineSaid:
    """One line of treatment with its doses."""

    number: str
    drugs: str
    period: str
    best_response: str
    stopped: str
    doses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LesionSaid:
    """One target lesion: its size at the baseline and now, with the unit."""

    lesion: str
    site: str
    baseline: str
    now: str


@dataclass(frozen=True, slots=True)
class ResponseSaid:
    """One part of the response, as computed and as reported ("" where nothing is reported of it)."""

    part: str
    computed: str
    reported: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSaid:
    """The last assessment; `differs` says that the reader and the arithmetic disagree."""

    title: str
    baseline_date: str
    date: str
    lesions: tuple[LesionSaid, ...]
    sums: tuple[str, str]
    changes: tuple[Said, ...]
    responses: tuple[ResponseSaid, ...]
    why: str
    differs: str
    progression: str


@dataclass(frozen=True, slots=True)
class EventSaid:
    """One adverse event."""

    event: str
    grade: str
    period: str
    drug: str
    causes: str


@dataclass(frozen=True, slots=True)
class AlertSaid:
    """What cannot wait."""

    severity: str
    text: str
    rule: str
    reasons: tuple[str, ...]
    marks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionSaid:
    """One option; `marks` names the evidence and the readings that are written out below."""

    text: str
    dose: str
    rule: str
    is_preferred: bool
    is_for_prescriber: bool
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    marks: str


@dataclass(frozen=True, slots=True)
class ReadingSaid:
    """Where the source is ambiguous: what it prints, what is applied, and why."""

    id: str
    printed: str
    applied: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepSaid:
    """The next step: alerts first, the preferred option before the others; `equals` names drugs in the same place."""

    date: str
    alerts: tuple[AlertSaid, ...]
    options: tuple[OptionSaid, ...]
    equals: str
    not_recommended: tuple[Said, ...]
    missing: tuple[str, ...]
    due: tuple[Said, ...]
    due_in_short: tuple[str, ...]
    otherwise: tuple[str, ...]
    besides: tuple[Said, ...]
    evidence: tuple[Said, ...]
    readings: tuple[ReadingSaid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolSaid:
    """Which protocol spoke; `notice` is not empty while it is a historical one."""

    id: str
    title: str
    edition: str
    code: str
    status: str
    source: str
    parameters: str
    notice: str


@dataclass(frozen=True, slots=True)
class PlannedSaid:
    """One line of a plan: what is to be done, how often, on which days, by which rule."""

    what: str
    every: str
    days: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """What is due when: medicines, checks with their days, what the days rest on (or why there are none), readings."""

    medicines: tuple[Said, ...]
    rows: tuple[PlannedSaid, ...]
    below: str
    readings: tuple[ReadingSaid, ...]


@dataclass(frozen=True, slots=True)
class PlainPart:
    """One part of a letter in plain words: a heading, sentences, and a list under them; `call` is a phone number.

    Without a heading it goes on with what stands before.
    """

    heading: str
    sentences: tuple[str, ...]
    items: tuple[str, ...] = ()
    call: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """That something due was put aside: by whom and why, and until which day ("": until its facts change)."""

    by: str
    reason: str
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """A letter, all of it in words; only its `day` is written as YYYY-MM-DD.

    `sections` says which parts are printed, and in which order; `question`, `plain` with `whom_to_call`, and `plan` are
    those of the tumour board, the patient and the ward. `opening` and `closing` are the clinic's own words. `corrects`
    says that an earlier letter is put right, and `corrections` how. At the foot of every page stand
    `mark`, a short code, and `qr`, what its square says; `watermark` goes across each page, `superseded` over its head.
    """

    kind: Kind
    language: str
    title: str
    sections: tuple[Section, ...]
    letterhead: Letterhead
    salutation: str
    opening: str = ""
    closing: str = ""
    question: str = ""
    corrects: str = ""
    corrections: tuple[str, ...] = ()
    plain: tuple[PlainPart, ...] = ()
    whom_to_call: PlainPart | None = None
    plan: PlanSaid | None = None
    recipient: tuple[str, ...]
    copies: tuple[str, ...]
    date: str
    day: str
    patient: PatientSaid
    summary: tuple[str, ...]
    diagnosis: tuple[Said, ...]
    alk_status: str
    tests: tuple[MolecularTestSaid, ...]
    course: Figure
    roomy: tuple[Figure, ...] = ()
    lines: tuple[LineSaid, ...]
    local_treatments: tuple[str, ...]
    assessment: AssessmentSaid | None
    labs: tuple[LabSaid, ...] = ()
    examinations: tuple[ExaminationSaid, ...] = ()
    events: tuple[EventSaid, ...]
    unrecorded: tuple[str, ...] = ()
    notes: tuple[NoteSaid, ...] = ()
    next_step: NextStepSaid
    protocol: ProtocolSaid
    signature: tuple[str, ...]
    foot: str
    mark: str = ""
    qr: str = ""
    watermark: str = ""
    superseded: str = ""

    @property
    def has_advice(self) -> bool:
        """Whether the letter says what the protocol advises: a clinic may leave it out, and patients get none."""
        return any(one in ADVICE for one in self.sections)
