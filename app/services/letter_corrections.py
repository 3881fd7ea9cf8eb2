"""What a letter puts right of the one before it: whoever holds the older paper must not go on believing it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.words import _

if TYPE_CHECKING:
    from app.letters.content import LetterContent
    from app.record.patient import Patient
    from app.record.record import PatientRecord
    from db.letters import SignedLetter

MOST = 12  # of one letter; whoever has more to put right reads the whole letter
UNPRINTED = frozenset({"notes", "decisions"})  # the first only where the clinic wants them
WHO = ("mrn", "family_name", "given_name", "birth_date", "sex", "deceased_on")  # of a patient's details


def former_of(signed: "Iterable[SignedLetter]", kind: str, recipient: str) -> "SignedLetter | None":
    """Return the letter that a new one of this kind to this recipient takes the place of, or None."""
    to_the_same = (one for one in signed if (one.kind, one.recipient) == (kind, recipient) and not one.superseded_by)
    return next(to_the_same, None)


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
    are not everybody's.
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
    named = {"day": date_in_words(former.as_of), "code": former.code}
    if content.kind == "patient":
        words = _("CORRECTED: something in our letter of {day} was not right. It is put right here. Please ask us.")
        return replace(content, corrects=words.format(**named))
    said = [str(one) for one in found[:MOST]]
    if len(found) > MOST:
        said.append(_("… and {count} more").format(count=len(found) - MOST))
    words = _("CORRECTED. Since our letter of {day} ({code}), what it said of its day has changed:")
    as_of = date.fromisoformat(content.day)
    # Only words are compared; and where it is the picture that fails, there must be a letter all the same.
    as_it_was = compose(
        uncorrected(now, then, day), as_of, kind=content.kind, language=content.language, is_drawn=False
    )
    content = with_marks(content, as_it_was)
    return replace(content, corrects=words.format(**named), corrections=tuple(said))


def _is_who(patient: "Patient") -> tuple[object, ...]:
    return tuple(getattr(patient, name) for name in WHO)
