"""The parts of the letter to the patient on paper: large, whom to call in a frame, then each part under its heading."""

from reportlab.platypus import Flowable, Spacer

from app.letters.advice_sections import end_of
from app.letters.content import LetterContent, PlainPart
from app.letters.framed import Framed
from app.letters.prose import Prose, marked
from app.letters.sections import Story, section
from app.letters.style import PLAIN, Look


def greeting(content: LetterContent, look: Look) -> Story:
    """Return the salutation, and what the clinic says at the beginning of its letters."""
    story: Story = [Prose(marked(content.salutation), look.plain), Spacer(1, 4)]
    if content.opening:
        story += [Prose(marked(content.opening), look.plain), Spacer(1, 4)]
    return story


def whom_to_call(content: LetterContent, look: Look) -> Story:
    """Return whom to call, in a frame, the number large."""
    said = content.whom_to_call
    if said is None:
        return []
    parts: list[Flowable] = [Prose(said.heading, look.plain_heading)]
    if said.call:
        parts.append(Prose(f"<b>{marked(said.call)}</b>", look.call))
    is_close = look.plain.fontSize < PLAIN[0]
    frame = Framed([[*parts, *_words(said, look)]], look.accent, look.sheet.frame_height, close=is_close)
    return [frame, Spacer(1, 4)]


def plain(content: LetterContent, look: Look) -> Story:
    """Return what is said, in short parts; one without a heading stands under the heading before it.

    The last one stays together with the end of the letter.
    """
    story: Story = []
    for place, part in enumerate(content.plain, start=1):
        words = _words(part, look)
        if story and not part.heading:
            story.append(Spacer(1, 5))
        if place == len(content.plain):
            words += end_of(content, look)
        story += section(part.heading, words, look, heading=look.plain_heading)
    return story


def _words(part: PlainPart, look: Look) -> list[Flowable]:
    words: list[Flowable] = [Prose(marked(" ".join(part.sentences)), look.plain)] if part.sentences else []
    return words + [Prose(marked(one), look.plain_item, bullet="•") for one in part.items]
