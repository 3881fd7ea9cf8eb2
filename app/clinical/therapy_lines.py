"""Lines of treatment as a course: in order, numbered, and how each of them ended. Derived from events, never typed.

A number is the line's place among the palliative ones. Doses, local treatments and progressions make none: they are
entries of their own, so that treatment beyond progression keeps its line. Maintenance keeps the number of what it
maintains, also where it was entered as a line: some of the same drugs, and no other, within six weeks of a line that
was completed and had no progression recorded until then.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.record.dates import earliest_day, is_surely_before, whole_day
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine

State = Literal["running", "failed", "toxicity", "ended", "reason_unknown"]
PLATINUM = frozenset({"cisplatin", "carboplatin"})
MAINTENANCE_WITHIN = 42  # days after the last line: two cycles of three weeks


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One palliative line with its number (1 for the first, see `numbered`), its state, and what showed its failure."""

    line: TherapyLine
    number: int
    has_inhibitor: bool
    state: State
    failed: bool
    failed_by: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether the line has not been stopped; it may have failed all the same."""
        return self.line.stopped_on is None

    @property
    def drugs(self) -> frozenset[str]:
        """The drugs of the line, in lower case."""
        return names_of(self.line.drugs)


def name_of(drug: str) -> str:
    """Return a drug's name as rules know it: case and outer spaces do not matter."""
    return drug.strip().lower()


@lru_cache(maxsize=1024)
def names_of(drugs: tuple[str, ...]) -> frozenset[str]:
    """Return the names of a line's drugs as rules know them."""
    return frozenset(map(name_of, drugs))


def palliative_lines(record: PatientRecord) -> list[TherapyLine]:
    """Return the palliative lines in the order they began; one without a start keeps its place in the list."""
    dated: list[tuple[str, TherapyLine]] = []
    latest = ""
    for line in record.therapy_lines:
        if line.intent in (None, "palliative"):
            latest = line.started_on or latest
            dated.append((latest, line))
    return [line for _, line in sorted(dated, key=lambda one: one[0])]


def numbered(record: PatientRecord) -> tuple[tuple[int, TherapyLine], ...]:
    """Return the palliative lines in the order they began, each with its number; maintenance repeats the last one."""
    result: list[tuple[int, TherapyLine]] = []
    for line in palliative_lines(record):
        number, before = result[-1] if result else (0, None)
        result.append((number if before is not None and _is_maintenance(line, before, record) else number + 1, line))
    return tuple(result)


def numbers_of(record: PatientRecord) -> dict[str, int]:
    """Return the number of each palliative line by its id."""
    return {line.id: number for number, line in numbered(record)}


def _is_maintenance(line: TherapyLine, before: TherapyLine, record: PatientRecord) -> bool:
    """Return whether `line` goes on with some of the drugs of `before`, which was completed and had not failed."""
    if before.stop_reason != "completed" or before.stopped_on is None or line.started_on is None:
        return False
    gap = (earliest_day(line.started_on) - earliest_day(before.stopped_on)).days
    drugs, whole = ({name_of(drug) for drug in one.drugs} for one in (line, before))
    if not (drugs < whole and gap <= MAINTENANCE_WITHIN):
        return False
    since = whole_day(before.started_on) if before.started_on else ""
    return not any(
        since < whole_day(one.date) <= whole_day(line.started_on)
        for one in record.assessments
        if one.progression is not None or one.reported_response == "PD"
    )


def course(
    record: PatientRecord,
    inhibitors: Collection[str],
    progressions: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]],
) -> tuple[CourseLine, ...]:
    """Return the course of a record as seen on a day.

    `progressions` holds, by line id, the day and the entries of every PD of that line, oldest first. An inhibitor has
    failed by a PD no later than its stop, chemotherapy by one until the next line starts; either by its stop reason.
    """
    result = []
    for number, line in numbered(record):
        has_inhibitor = any(name_of(drug) in inhibitors for drug in line.drugs)
        shown = [
            ids
            for day, ids in progressions.get(line.id, ())
            if not (has_inhibitor and line.stopped_on is not None and is_surely_before(line.stopped_on, day))
        ]
        failed = bool(shown) or line.stop_reason == "progression"
        failed_by = shown[-1] if shown else (line.id,) if failed else ()
        result.append(CourseLine(line, number, has_inhibitor, _state(line, failed), failed, failed_by))
    return tuple(result)


def _state(line: TherapyLine, failed: bool) -> State:
    if line.stopped_on is None:
        return "running"
    if line.stop_reason == "toxicity":  # said of the stop, whatever the last assessment showed
        return "toxicity"
    if failed:
        return "failed"
    return "reason_unknown" if line.stop_reason is None else "ended"


def is_platinum_pemetrexed(drugs: Collection[str]) -> bool:
    """Return whether a line holds a platinum and pemetrexed."""
    return "pemetrexed" in drugs and bool(PLATINUM & set(drugs))


def regimen_name(line: TherapyLine) -> str:
    """Return what a line is called: one drug, a known regimen, or its drugs joined."""
    drugs = {name_of(drug) for drug in line.drugs}
    for platinum in PLATINUM:
        if drugs == {platinum, "pemetrexed"}:
            return "platinum-pemetrexed"
        if drugs == {platinum, "pemetrexed", "bevacizumab"}:
            return "platinum-pemetrexed-bevacizumab"
    return "-".join(dict.fromkeys(name_of(drug) for drug in line.drugs))


def dose_now(line: TherapyLine, drug: str, as_of: str) -> Dose | None:
    """Return the dose of `drug` that holds on `as_of` in a line already cut to that day, or None."""
    doses = [dose for dose in line.doses if name_of(dose.drug) == drug]
    if not doses:
        return None
    newest = max(enumerate(doses), key=lambda one: (one[1].from_, one[0]))[1]
    return None if newest.to is not None and newest.to < as_of else newest


def ended_on(line: TherapyLine, drug: str, as_of: str) -> str | None:
    """Return the day on which `drug` ended in a line that goes on without it; None while it is given, or not known.

    A hold that is over ends nothing: what was taken since then is not recorded.
    """
    doses = [dose for dose in line.doses if name_of(dose.drug) == drug]
    if not doses or dose_now(line, drug, as_of) is not None:
        return None
    newest = max(doses, key=lambda dose: dose.from_)
    return None if is_held(newest) else newest.to


def is_held(dose: Dose | None) -> bool:
    """Return whether a dose means that the drug is not taken."""
    return dose is not None and (dose.frequency == "held" or dose.amount == 0)
