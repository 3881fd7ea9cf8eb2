"""The kinds of letters: what each is called, on what sheet, and which parts it has in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from app.letters.content import Kind, OptionalSection, Section
from app.words import later


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfLetter:
    """One kind: addressed ones go into an envelope; what is on one page is shortened until it fits."""

    title: str
    file_name: str
    sections: tuple[Section, ...]
    is_addressed: bool = False
    is_landscape: bool = False
    is_one_page: bool = False


KINDS: Mapping[Kind, KindOfLetter] = {
    "clinic": KindOfLetter(
        title=later("Clinic letter"),
        file_name="clinic-letter",
        sections=(
            "opening", "diagnosis", "course", "alk", "treatment", "assessment", "labs", "examinations", "events",
            "unrecorded", "next_step", "open_points", "notes", "closing", "sources",
        ),
        is_addressed=True,
    ),
    "mdt": KindOfLetter(
        title=later("Tumour board summary"),
        file_name="tumour-board",
        sections=("question", "board_summary", "labs", "course", "treatment", "assessment", "options", "decision"),
        is_one_page=True,
    ),
    "patient": KindOfLetter(
        title=later("Letter to the patient"),
        file_name="patient-letter",
        sections=("greeting", "whom_to_call", "plain"),
        is_addressed=True,
    ),
    "pathway": KindOfLetter(
        title=later("Pathway summary"),
        file_name="pathway-summary",
        sections=("board_summary", "course", "options"),
        is_landscape=True,
        is_one_page=True,
    ),
    "plan": KindOfLetter(
        title=later("Treatment and monitoring plan"),
        file_name="monitoring-plan",
        sections=("standing", "alerts", "plan"),
    ),
}  # fmt: skip
OPTIONAL: frozenset[Section] = frozenset(get_args(OptionalSection))


def kind_of(name: str) -> Kind:
    """Return a kind by its name; there must be one of it."""
    return next(one for one in KINDS if one == name)


def file_name(kind: str, day: str, code: str = "") -> str:
    """Return the name a file of a letter gets unless another is typed: a name of a patient has no place in it.

    The code of a signed letter tells it from every other one of its day; without one it is a draft.
    """
    return f"{KINDS[kind_of(kind)].file_name}-{day}-{code or 'draft'}.pdf"
