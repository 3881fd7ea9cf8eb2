"""What a letter puts right of the one before it: whoever holds the older paper must not go on believing it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from app.words import _

if TYPE_CHECKING:
    from app.letters.content import LetterContent
    from app.record.patient import Patient
    from app.record.record import PatientRecord
    from app.services.history import Difference
    from db.letters import SignedLetter

MOST = 12  # of one letter; whoever has more to put right reads the whole letter
UNPRINTED = frozenset({"notes", "decisions"})  # the first only where the clinic wants them
# What a letter to the patient tells whatever it is; of the others only what calls for a closer look.
SPOKEN_OF = frozenset(
    {"patient", "diagnosis", "staging", "tests", "therapy_lines", "local_treatments", "assessments"}
)  # fmt: skip
WHO = ("mrn", "family_name", "given_name", "birth_date", "sex", "deceased_on")  # of a patient's details


def former_of(signed: "Iterable[SignedLetter]", kind: str, recipient: str) -> "SignedLetter | None":
    """Return the letter that a new one of this kind to this recipient takes the place of, or None."""
    to_the_same = (one for one in signed if (one.kind, one.recipient) == (kind, recipient) and not one.superseded_by)
    return next(to_the_same, None)


def not_compared(content: "LetterContent", former: "SignedLetter") -> "LetterContent":
    """Return a letter that says that the one before it cannot be compared with it any more, and which one counts."""
    from app.figures.wording import date_in_words

    words = _("This letter takes the place of our letter of {day} ({code}). We could not compare the two: please go by "
              "this one.")  # fmt: skip
    return replace(content, corrects=words.format(day=date_in_words(former.as_of), code=former.code))


def corrected(
    content: "LetterContent",
    former: "SignedLetter",
    then: "PatientRecord",
    now: "PatientRecord",
    compose: "Callable[..., LetterContent]",
) -> "LetterContent":
    """Return a letter that says what the one before it, written from `then`, would say otherwise today.

    That is what was of its day or before and has been changed, taken back or entered since; what came later is no
    correction. Each is listed, and CORRECTED stands beside whatever of the letter it has changed: `compose` says
    what the same letter would be without. A letter to the patient says that there is one, and not which: its words
    are not everybody's; and it says so only of what it had said itself, or it would alarm for nothing.
    """
    from app.figures.wording import date_in_words
    from app.letters.corrected import with_marks
    from app.record.uncorrected import uncorrected
    from app.record.views import up_to
    from app.services.history import differences

    day = date.fromisoformat(former.as_of)
    before, after = up_to(then, day), up_to(now, day)
    found = [
        one
        for one in differences(before, after)
        if one.place[0] not in UNPRINTED.difference(content.sections)
        and (one.place[0] != "patient" or _is_who(before.patient) != _is_who(after.patient))
    ]
    if not found:
        return content
    # Only words are compared; and where it is the picture that fails, there must be a letter all the same.
    composed = partial(compose, kind=content.kind, language=content.language, is_drawn=False)
    as_it_was = uncorrected(now, then, day)
    named = {"day": date_in_words(former.as_of), "code": former.code}
    if content.kind == "patient":
        was_said, to_be_said = (composed(one, day) for one in (as_it_was, now))
        if was_said.plain == to_be_said.plain and not any(_is_spoken_of(one, before) for one in found):
            return content
        words = _("CORRECTED: something in our letter of {day} was not right. It is put right here. Please ask us.")
        return replace(content, corrects=words.format(**named))
    said = [str(one) for one in found[:MOST]]
    if len(found) > MOST:
        said.append(_("… and {count} more").format(count=len(found) - MOST))
    words = _("CORRECTED. Since our letter of {day} ({code}), what it said of its day has changed:")
    content = with_marks(content, composed(as_it_was, date.fromisoformat(content.day)))
    return replace(content, corrects=words.format(**named), corrections=tuple(said))


def _is_spoken_of(one: "Difference", before: "PatientRecord") -> bool:
    """Return whether something was put right of which a letter to the patient speaks; what was entered late was not."""
    section, entry = one.place
    return section in SPOKEN_OF and (not entry or before.entry(entry) is not None)


def _is_who(patient: "Patient") -> tuple[object, ...]:
    return tuple(getattr(patient, name) for name in WHO)
