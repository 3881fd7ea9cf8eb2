"""What RECIST says of an assessment while it is typed: information beside the reader's own word."""

from decimal import Decimal

from app.clinical.recist import Judgement, judge
from app.record.assessment import Assessment
from app.record.codes import label
from app.record.dates import latest_day
from app.record.views import up_to
from app.ui.draft import Draft
from app.ui.forms.typed import number_of
from app.words import _


def words_of_response(draft: Draft) -> str:
    """Return the sum of the target lesions and what became of it; only the sum while the entry is not whole."""
    judgement = _judgement(draft)
    if judgement is None:
        sizes = [number_of(str(one.get("mm", ""))) for one in draft.typed.get("target_lesions") or []]
        known = [size for size in sizes if isinstance(size, Decimal) and size >= 0]
        return _("Sum {sum} mm").format(sum=sum(known)) if known else ""
    parts = []
    if judgement.sum_mm is not None:
        parts.append(_("Sum {sum} mm").format(sum=judgement.sum_mm))
    if judgement.change_from_baseline_percent is not None and not judgement.is_baseline:
        change = _change(judgement.change_from_baseline_percent)
        parts.append(_("{change} from baseline ({mm} mm)").format(change=change, mm=judgement.baseline_mm))
    if judgement.change_from_nadir_percent is not None and not judgement.is_baseline:
        change = _change(judgement.change_from_nadir_percent)
        parts.append(_("{change} from nadir ({mm} mm)").format(change=change, mm=judgement.nadir_mm))
    if not judgement.is_baseline and judgement.overall:
        parts.append(_("RECIST 1.1: {response}").format(response=_(label(judgement.overall))))
    return " · ".join(parts)


def _judgement(draft: Draft) -> Judgement | None:
    if not isinstance(draft.entry, Assessment) or draft.record is None:
        return None
    entry = draft.entry
    seen = up_to(draft.record.with_entry(entry), latest_day(entry.date))
    return next((one for one in judge(seen) if entry.id in one.ids), None)


def _change(percent: Decimal) -> str:
    return f"{percent:+.0f} %".replace("-", "−")
