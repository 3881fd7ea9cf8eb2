"""Facts that no option rests on: what a note beside one asks for (T4, D13)."""

from app.pathway.facts import Found
from app.pathway.facts_alk import is_light_smoker
from app.record.record import PatientRecord

MODERATE = 2  # of 0 to 3
SUGGESTIVE_PERCENT = 5  # the lower end of what D13 prints; A7 settles it


def noted_facts(seen: PatientRecord, found: Found) -> Found:
    """Return the facts about smoking and staining; `found` already holds which IHC counts."""
    light = is_light_smoker(seen)
    return {
        "light_smoker": (light, ("diagnosis",) if light is not None else ()),
        "ihc_suggests_positive": _suggestive(seen, found),
    }


def _suggestive(seen: PatientRecord, found: Found) -> tuple[bool, tuple[str, ...]]:
    """Moderate or intense staining of at least 5 % of the cells that the pathologist has not called positive (A7)."""
    state, ids = found["ihc"]
    if state not in ("negative", "uncalled"):
        return False, ()
    stain = next(test.ihc for test in seen.tests if test.id in ids)
    suggests = (
        stain is not None
        and stain.intensity is not None
        and stain.intensity >= MODERATE
        and stain.percent_cells is not None
        and stain.percent_cells >= SUGGESTIVE_PERCENT
    )
    return suggests, ids if suggests else ()
