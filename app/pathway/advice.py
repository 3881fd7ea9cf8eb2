"""What the pathway says of one patient on one day: options, never an order, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Severity = Literal["urgent", "attention"]
PathwayStage = Literal[
    "testing", "baseline", "first_line", "on_treatment", "progression", "further_line", "off_pathway"
]
FactValue = str | bool | int | Decimal | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact an advice rests on, and the ids of the entries it came from."""

    fact: str
    value: FactValue
    from_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Where the source is ambiguous or misprinted: what it prints, what is done, and why."""

    id: str
    printed: str
    applied: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something a professional may do next."""

    action: str
    drug: str | None = None
    dose: str | None = None
    text: str
    rule: str
    preferred: bool = False
    prescriber_only: bool = False
    because: tuple[Reason, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    evidence: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What cannot wait, or needs somebody to look."""

    action: str
    drug: str | None = None
    rule: str
    severity: Severity
    text: str
    because: tuple[Reason, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is to be done by a day."""

    what: str
    due_on: date
    overdue_days: int
    rule: str
    ambiguities: tuple[Ambiguity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact that is not known and would change the answer."""

    fact: str
    needed_for: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFactAway:
    """What would be preferred if one fact were otherwise."""

    fact: str
    now: FactValue
    if_: FactValue
    rule: str
    action: str
    drug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRecommended:
    """What the protocol says not to do here."""

    action: str
    drug: str | None = None
    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRef:
    """Which protocol spoke: it goes with the advice everywhere."""

    id: str
    title: str
    edition: str
    sha256: str
    status: Literal["historical", "in force"]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNow:
    """The line that runs."""

    number: int
    drugs: tuple[str, ...]
    since: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseNow:
    """The current response on the running or last line, the best one, and the day of the current one."""

    current: str
    best: str | None
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Everything the pathway says of one record on one day."""

    as_of: date
    mrn: str
    protocol: ProtocolRef
    parameters: Mapping[str, Any]
    stage: PathwayStage
    alk_status: str
    line: LineNow | None
    response: ResponseNow | None
    options: tuple[Option, ...]
    alerts: tuple[Alert, ...] = ()
    due: tuple[Due, ...] = ()
    missing: tuple[Missing, ...] = ()
    one_fact_away: tuple[OneFactAway, ...] = ()
    not_recommended: tuple[NotRecommended, ...] = ()
    trace: Mapping[str, Any] | None = None

    @property
    def preferred(self) -> Option:
        """The first option; there is always exactly one preferred."""
        return self.options[0]


def as_data(value: Any) -> Any:
    """Return advice as JSON-like data, with the keys of the `next-step --json` contract."""
    if isinstance(value, Advice):
        data = {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
        data["protocol"] = {key: data["protocol"][key] for key in ("id", "edition", "sha256", "status")}
        if value.trace is None:
            del data["trace"]
        return data
    if isinstance(value, Mapping):
        return {key: as_data(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {field.name.rstrip("_"): as_data(getattr(value, field.name)) for field in fields(value)}
    return value
