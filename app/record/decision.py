"""What was decided on an advice, by whom and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from app.record.codes import ReasonCode, Verdict
from app.record.fields import (
    STRICT,
    Block,
    EnteredInError,
    EntryId,
    Line,
    OptionalLine,
    OptionalText,
    PartialDate,
    fault_in_text,
    refuse,
)
from app.words import _

Plain = str | int | bool | Decimal | None


def _fact(name: str, value: Any) -> Plain:
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and not value.is_finite():
        raise refuse(_("{name} is not a finite number").format(name=name))
    if isinstance(value, str) and (fault := fault_in_text(value)):
        raise refuse(f"{name} {fault}")
    if not isinstance(value, Plain):
        raise refuse(_("{name} must be a plain value or a list of them").format(name=name))
    return value


def _facts(value: Any) -> Any:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise refuse(_("must be facts by name"))
    return {
        name: tuple(_fact(name, one) for one in fact) if isinstance(fact, list | tuple) else _fact(name, fact)
        for name, fact in value.items()
    }


FactsThen = Annotated[Mapping[str, Any], BeforeValidator(_facts)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What was chosen in place of the advice."""

    __pydantic_config__ = STRICT

    action: OptionalLine = None
    drug: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision; `facts` is what the advice rested on, as it was then."""

    __pydantic_config__ = STRICT

    id: EntryId
    date: PartialDate
    as_of: PartialDate
    protocol: OptionalLine = None
    protocol_sha256: OptionalLine = None
    rule: Line
    action: Line
    drug: OptionalLine = None
    facts: FactsThen = field(default_factory=dict, hash=False)
    verdict: Verdict
    instead: Block[Instead] = None
    reason_code: ReasonCode | None = None
    reason: OptionalText = None
    by: OptionalLine = None
    entered_in_error: EnteredInError | None = None
