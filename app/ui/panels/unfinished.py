"""What typing is unfinished, as links with the patients' names: a nurse knows names, not numbers."""

from collections.abc import Sequence
from html import escape

from app.record.names import full_name
from app.record.reading import NotPossible
from app.services.patients import Patients
from app.ui.drafts import LETTER, NEW_PATIENT, DraftKey
from app.words import _


def unfinished_links(keys: Sequence[DraftKey], patients: Patients) -> str:
    """Return whose typing is unfinished, as rich text with a link `draft:` and the number each; "" for nobody's."""
    mrns = tuple(dict.fromkeys(key.mrn for key in keys))
    try:
        names = {one.mrn: full_name(one) for one in patients.numbered([mrn for mrn in mrns if mrn != NEW_PATIENT])}
    except NotPossible:
        names = {}  # the list itself says what is wrong; the numbers lead to the typing all the same
    links = []
    for mrn in mrns:
        words = _("a new patient") if mrn == NEW_PATIENT else " · ".join(filter(None, (names.get(mrn), mrn)))
        if all(key.section == LETTER for key in keys if key.mrn == mrn):
            words = _("{name} (letter)").format(name=words)
        links.append(f'<a href="draft:{escape(mrn)}">{escape(words)}</a>')
    return _("✎ Unfinished typing is kept: {who}").format(who=", ".join(links)) if links else ""
