"""What a letter of one page leaves out, step by step, until it fits; what is left out is said to be."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.letters.content import LetterContent, Said
from app.words import _, apart, many

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
    if said is None or not said.responses:  # of a baseline it is all there is
        return content
    return replace(content, assessment=replace(said, why=""))


def _without_reasons_of_others(content: LetterContent) -> LetterContent:
    step = content.next_step
    options = tuple(one if one.is_preferred else replace(one, reasons=()) for one in step.options)
    return replace(content, next_step=replace(step, options=options))


def _without_cautions_said_before(content: LetterContent) -> LetterContent:
    step = content.next_step
    said: set[str] = set()
    options = []
    for one in step.options:
        options.append(replace(one, cautions=tuple(words for words in one.cautions if words not in said)))
        said.update(one.cautions)
    return replace(content, next_step=replace(step, options=tuple(options)))


def _without_what_is_due(content: LetterContent) -> LetterContent:
    step = content.next_step
    count = len(step.due)
    words = many("{count} check, in the clinic letter", "{count} checks, in the clinic letter", count)
    return replace(content, next_step=replace(step, due_in_short=(words.format(count=count),) if count else ()))


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


def _with_doses_in_a_row(content: LetterContent) -> LetterContent:
    """Return the doses of each line in one row: with one drug of two left out, the other would seem to be all."""
    return replace(
        content, lines=tuple(replace(one, doses=(apart(one.doses),) if one.doses else ()) for one in content.lines)
    )


def _without_missing(content: LetterContent) -> LetterContent:
    step = content.next_step
    left_out = len(step.missing) - 1
    if left_out <= 0:
        return content
    words = many("{count} more is in the clinic letter", "{count} more are in the clinic letter", left_out)
    return replace(content, next_step=replace(step, missing=(step.missing[0], words.format(count=left_out))))


def _with_cautions_in_a_row(content: LetterContent) -> LetterContent:
    step = content.next_step
    options = (replace(one, cautions=(" ".join(one.cautions),)) if one.cautions else one for one in step.options)
    return replace(content, next_step=replace(step, options=tuple(options)))


def _without_cautions(content: LetterContent) -> LetterContent:
    """Return it without any caution: those of one drug of two would speak for the other."""
    step = content.next_step
    if not any(one.cautions for one in step.options):
        return content
    first, *others = (replace(one, cautions=()) for one in step.options)
    words = _("The cautions of these options are in the clinic letter.")
    return replace(content, next_step=replace(step, options=(replace(first, cautions=(words,)), *others)))


def _without_reasons(content: LetterContent) -> LetterContent:
    step = content.next_step
    return replace(content, next_step=replace(step, options=tuple(replace(one, reasons=()) for one in step.options)))


def _without_what_is_not_recommended(content: LetterContent) -> LetterContent:
    step = content.next_step
    if not step.not_recommended:
        return content
    words = Said(_("See the clinic letter"), "")
    return replace(content, next_step=replace(step, not_recommended=(words,)))


def _without_the_picture(content: LetterContent) -> LetterContent:
    return replace(content, sections=tuple(one for one in content.sections if one != "course"))


STEPS: tuple[Callable[[LetterContent], LetterContent], ...] = (
    _with_the_first_values,
    _with_doses_in_a_row,
    _without_cautions_said_before,
    _without_reasons_of_others,
    _without_the_arithmetic,
    _without_what_is_due,
    _with_the_last_lines,
    _without_changes_of_the_last_assessment,
    _without_missing,
    _without_reasons,
    _with_cautions_in_a_row,
    _without_cautions,
    _without_what_is_not_recommended,
)
