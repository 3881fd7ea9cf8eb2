"""A patient in a list: enough to know the person, without opening the record."""

from dataclasses import dataclass
from typing import Literal

Order = Literal["name", "mrn", "birth_date", "sex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSummary:
    """One row of a patient list; `changed_at` is the UTC moment of the last saving, for sorting."""

    mrn: str
    family_name: str
    given_name: str | None
    birth_date: str | None
    sex: str | None
    deceased_on: str | None
    changed_at: str
