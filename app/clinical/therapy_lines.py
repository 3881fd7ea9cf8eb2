"""Lines of treatment as a course: in order, numbered, and how each of them ended. Derived from events, never typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.record.dates import is_surely_before
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine

State = Literal["running", "failed", "toxicity", "ended", "reason_unknown"]
PLATINUM = frozenset({"cisplatin", "carboplatin"})


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One palliative line with its number (1 for the first), its state, and what showed that it failed."""

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
        return frozenset(name_of(drug) for drug in self.line.drugs)


def name_of(drug: str) -> str:
    """Return a drug's name as rules know it: case and outer spaces do not matter."""
    return drug.strip().lower()


def palliative_lines(record: PatientRecord) -> list[TherapyLine]:
    """Return the palliative lines in the order they began; one without a start keeps its place in the list."""
    keyed: list[tuple[str, int, TherapyLine]] = []
    latest = ""
    for index, line in enumerate(record.therapy_lines):
        if line.intent in (None, "palliative"):
            latest = line.started_on or latest
            keyed.append((latest, index, line))
    return [line for _, _, line in sorted(keyed, key=lambda one: one[:2])]


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
    for number, line in enumerate(palliative_lines(record), start=1):
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
    if failed:
        return "failed"
    if line.stop_reason == "toxicity":
        return "toxicity"
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


def is_held(dose: Dose | None) -> bool:
    """Return whether a dose means that the drug is not taken."""
    return dose is not None and (dose.frequency == "held" or dose.amount == 0)
