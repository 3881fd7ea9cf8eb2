"""What RECIST says of an assessment while it is typed: information beside the reader's own word."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.clinical.recist import Judgement, judge
from app.clinical.timepoints import is_measured, timepoints_of
from app.figures.wording import number, percent
from app.record.assessment import Assessment, NewLesion, NonTargetLesion, TargetLesion
from app.record.codes import label
from app.record.dates import fault_in, latest_day
from app.record.reading import Refused, read
from app.record.views import up_to
from app.ui.draft import Draft
from app.ui.forms.typed import data_of, number_of
from app.words import _

_LISTS: Mapping[str, type[Any]] = {
    "target_lesions": TargetLesion, "new_lesions": NewLesion, "non_target_lesions": NonTargetLesion,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """Lesions as they were measured at one time: the day, the sizes by the lesion's name, their sum."""

    day: str = ""
    lesions: Mapping[str, TargetLesion] = field(default_factory=dict)
    sum_mm: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """An assessment that is being typed, judged beside what came before it."""

    own: Judgement
    baseline: Before
    previous: Before
    without_size: tuple[str, ...]
    has_content: bool


def compared(draft: Draft) -> Compared | None:
    """Return what the typing says so far, what is not whole left out; None without a record or when nothing fits."""
    record = draft.record
    entry = _provisional(draft)
    if record is None or entry is None:
        return None
    seen = up_to(record.with_entry(entry), latest_day(entry.date))
    judgements = judge(seen)
    at = next((place for place, one in enumerate(judgements) if entry.id in one.ids), None)
    if at is None:
        return None
    own = judgements[at]
    lesions = {one.ids: one.lesions for one in timepoints_of(seen.assessments)}
    earlier = [one for one in judgements[:at] if lesions[one.ids]]
    measured_from = [one for one in judgements if own.line is not None and own.line in one.baseline_of]
    baseline = {name: lesion for one in reversed(measured_from) for name, lesion in lesions[one.ids].items()}
    day = min((one.date for one in measured_from), default="")
    last = earlier[-1] if earlier else None
    return Compared(
        own,
        Before(day, baseline, own.baseline_mm) if not own.is_baseline else Before(),
        Before(last.date, lesions[last.ids], last.sum_mm) if last is not None else Before(),
        _unmeasured(lesions[own.ids], baseline if not own.is_baseline else {}),
        bool(entry.target_lesions or entry.new_lesions or entry.non_target or entry.non_target_lesions),
    )


def words_of_response(draft: Draft, found: Compared | None) -> str:
    """Return the sum of the target lesions, what became of it, and the response beside the one that was reported."""
    if found is None or not found.has_content:
        return ""
    one, parts = found.own, []
    if one.sum_mm is not None:
        parts.append(_("Sum {sum} mm").format(sum=number(one.sum_mm)))
    elif sizes := [size for size in _sizes(draft) if size is not None]:
        parts.append(_("Sum so far {sum} mm").format(sum=number(sum(sizes, Decimal(0)))))
    if one.change_from_baseline_percent is not None and not one.is_baseline:
        change, mm = percent(one.change_from_baseline_percent, sign=True), number(one.baseline_mm or 0)
        parts.append(_("{change} from baseline ({mm} mm)").format(change=change, mm=mm))
    if one.change_from_nadir_percent is not None and not one.is_baseline:
        change, mm = percent(one.change_from_nadir_percent, sign=True), number(one.nadir_mm or 0)
        parts.append(_("{change} from nadir ({mm} mm)").format(change=change, mm=mm))
    if found.without_size:
        parts.append(_("without a size: {lesions}").format(lesions=", ".join(found.without_size)))
    if not one.is_baseline and one.overall != "NA":
        words = _("RECIST 1.1 as it stands: {response}") if found.without_size else _("RECIST 1.1: {response}")
        parts.append(words.format(response=_(label(one.overall))))
    reported = draft.get("reported_response")
    if not found.without_size and reported and not one.is_baseline and one.overall not in ("NA", reported):
        parts.append(_("▲ reported: {response}").format(response=_(label(str(reported)))))
    return " · ".join(parts)


def words_of_computed(found: Compared | None) -> str:
    """Return the computed response, to stand beside the reported one; "" while there is nothing to judge."""
    if found is None or not found.has_content or found.own.is_baseline:
        return ""
    if found.own.overall == "NA" or (found.without_size and found.own.overall == "NE"):
        return ""
    return _("computed: {response}").format(response=_(label(found.own.overall)))


def size_in_words(lesion: TargetLesion | None) -> str:
    """Return the size of a lesion for a narrow column."""
    if lesion is None:
        return ""
    if lesion.mm is not None:
        return number(lesion.mm)
    if lesion.too_small_to_measure:
        return _("small")
    return f"→ {lesion.merged_with}" if lesion.merged_with else "–"


def _unmeasured(lesions: Mapping[str, TargetLesion], baseline: Mapping[str, TargetLesion]) -> tuple[str, ...]:
    """Return the lesions that have no size: those listed, and those of the baseline that are not listed yet."""
    listed = [name for name, lesion in lesions.items() if not is_measured(lesion)]
    return (*listed, *(name for name in baseline if name not in lesions))


def _sizes(draft: Draft) -> Iterator[Decimal | None]:
    """Yield the sizes that stand in the rows, whatever else is still to be typed."""
    for row in _rows(draft.get("target_lesions")):
        size = number_of(str(row.get("mm", "")))
        yield size if isinstance(size, Decimal) and size >= 0 else None


def _provisional(draft: Draft) -> Assessment | None:
    """Return the entry, or what of it can be read: today where there is no date yet, rows that are whole."""
    if isinstance(draft.entry, Assessment):
        return draft.entry
    if draft.record is None:
        return None
    data = data_of(Assessment, draft.typed, draft.today)
    for name, kind in _LISTS.items():
        data[name] = [row for row in _rows(data.get(name)) if _can_be_read(kind, row)]
    written = str(data.get("date", ""))
    entry_id = draft.existing.id if draft.existing is not None else draft.record.free_id(Assessment)
    data |= {"id": entry_id, "date": draft.today.isoformat() if fault_in(written) else written}
    data.setdefault("modality", "ct")
    for fault in draft.faults:
        if fault.partition(".")[0].partition("[")[0] not in (*_LISTS, "date", "modality", ""):
            data.pop(fault.partition(".")[0], None)
    try:
        return read(Assessment, data)
    except Refused:
        return None


def _rows(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _can_be_read(kind: type[Any], row: Any) -> bool:
    try:
        read(kind, row)
    except Refused:
        return False
    return True
