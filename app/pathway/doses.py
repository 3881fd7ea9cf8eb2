"""The doses of one drug in one line, on the drug's ladder of levels (0 the highest)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.clinical.therapy_lines import dose_now, is_held, name_of
from app.record.codes import label
from app.record.dates import earliest_day
from app.record.therapy_line import Dose, TherapyLine

FREQUENCY_WORDS = {
    "once_daily": "once daily",
    "twice_daily": "twice daily",
    "weekly": "weekly",
    "every_3_weeks": "every 3 weeks",
    "every_4_weeks": "every 4 weeks",
}


def dose_text(dose: Dose | None) -> str:
    """Return a dose in words, "250 mg twice daily"; empty where there is none, or a part of it is not plain."""
    if dose is None or dose.amount is None or dose.unit is None or dose.frequency not in FREQUENCY_WORDS:
        return ""
    return f"{dose.amount.normalize():f} {label(dose.unit)} {FREQUENCY_WORDS[dose.frequency]}"


@dataclass(frozen=True, slots=True)
class Doses:
    """What was recorded of `drug` in `line`, cut to `as_of`; `ladder` are the protocol's levels in words."""

    line: TherapyLine
    drug: str
    ladder: Sequence[str]
    as_of: str

    def _of_drug(self) -> list[Dose]:
        return [dose for dose in self.line.doses if name_of(dose.drug) == self.drug]

    def level_of(self, dose: Dose | None) -> int | None:
        """Return the level of a dose; None when it is held, not recorded, or none of the ladder."""
        text = dose_text(dose)
        return self.ladder.index(text) if text in self.ladder else None

    def level_before(self, day: date) -> int | None:
        """Return the level of the last dose taken that was recorded before `day`."""
        earlier = [dose for dose in self._of_drug() if earliest_day(dose.from_) < day and not is_held(dose)]
        return self.level_of(max(earlier, key=lambda one: one.from_, default=None))

    def is_lowest(self, level: int) -> bool:
        """Whether there is no lower level."""
        return level >= len(self.ladder) - 1

    def next_lower(self, level: int) -> int:
        """Return the next lower level, or the lowest itself."""
        return min(level + 1, len(self.ladder) - 1)

    @property
    def is_held_now(self) -> bool:
        """Whether the dose is recorded as held now."""
        return is_held(dose_now(self.line, self.drug, self.as_of))

    @property
    def level_now(self) -> int | None:
        """The level of the dose that holds now."""
        return self.level_of(dose_now(self.line, self.drug, self.as_of))

    def changed_after(self, day: date) -> bool:
        """Whether a dose was recorded on or after `day`."""
        return any(earliest_day(dose.from_) >= day for dose in self._of_drug())

    def text(self, level: int | None) -> str | None:
        """Return the words of a level."""
        return self.ladder[level] if level is not None else None
