"""What a letter of one page leaves out, step by step, until it fits; what is left out is said to be."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.letters.content import LetterContent
from app.words import many

FEWEST_LINES = 3
FEWEST_VALUES = 4


def _closer(content: LetterContent) -> Iterator[tuple[LetterContent, float]]:
    """Yield a content with scales to print it at, each closer than the one before."""
    for scale in (0.95, 0.9):
        yield content, scale


def shorter(content: LetterContent) -> Iterator[tuple[LetterContent, float]]:
    """Yield a content again and again, each time closer or with less in it; the picture is the last to go."""
    yield from _closer(content)
    for step in STEPS:
        content = step(content)
        yield from _closer(content)
    yield content, 0.85
    yield from _closer(_without_the_picture(content))


def _without_changes_of_the_last_assessment(content: LetterContent) -> LetterContent:
    said = content.assessment
    return content if said is None else replace(content, assessment=replace(said, lesions=(), changes=()))


def _without_the_arithmetic(content: LetterContent) -> LetterContent:
    said = content.assessment
    return content if said is None else replace(content, assessment=replace(said, why=""))


def _without_reasons_of_others(content: LetterContent) -> LetterContent:
    step = content.next_step
    options = tuple(one if one.is_preferred else replace(one, reasons=(), cautions=()) for one in step.options)
    return replace(content, next_step=replace(step, options=options))


def _with_the_last_lines(content: LetterContent) -> LetterContent:
    left_out = len(content.lines) - FEWEST_LINES
    if left_out <= 0:
        return content
    words = many(
        "{count} earlier line is in the clinic letter", "{count} earlier lines are in the clinic letter", left_out
    )
    first = replace(
        content.lines[0],
        number="…",
        drugs=words.format(count=left_out),
        period="",
        best_response="",
        stopped="",
        doses=(),
    )
    return replace(content, lines=(first, *content.lines[-FEWEST_LINES:]))


def _with_the_first_values(content: LetterContent) -> LetterContent:
    notable = [one for one in content.labs if one.is_notable]
    left_out = notable[FEWEST_VALUES:]
    if not left_out:
        return content
    words = many(
        "{count} more value is in the clinic letter", "{count} more values are in the clinic letter", len(left_out)
    )
    rest = replace(
        left_out[0], analyte="…", value=words.format(count=len(left_out)), date=notable[FEWEST_VALUES - 1].date,
        limits="", rated="", before="",
    )  # fmt: skip
    return replace(content, labs=(*notable[:FEWEST_VALUES], rest))


def _without_doses(content: LetterContent) -> LetterContent:
    return replace(
        content, lines=tuple(replace(one, doses=one.doses[-1:]) for one in content.lines[:-1]) + content.lines[-1:]
    )


def _without_missing(content: LetterContent) -> LetterContent:
    step = content.next_step
    return replace(content, next_step=replace(step, missing=step.missing[:1], not_recommended=()))


def _without_the_picture(content: LetterContent) -> LetterContent:
    return replace(content, sections=tuple(one for one in content.sections if one != "course"))


STEPS: tuple[Callable[[LetterContent], LetterContent], ...] = (
    _with_the_first_values,
    _without_reasons_of_others,
    _with_the_last_lines,
    _without_doses,
    _without_missing,
    _without_changes_of_the_last_assessment,
    _without_the_arithmetic,
)
