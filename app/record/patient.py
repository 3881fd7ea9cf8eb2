"""The person: who they are, where letters go, who looks after them."""

from dataclasses import dataclass

from app.record.codes import Sex
from app.record.fields import STRICT, Address, Block, Line, Listed, OptionalLine, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralPractitioner:
    """The doctor the clinic letter goes to; `language` is that of the letter."""

    __pydantic_config__ = STRICT

    name: OptionalLine = None
    address: Address = ()
    language: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody else who gets a copy of the clinic letter."""

    __pydantic_config__ = STRICT

    name: OptionalLine = None
    address: Address = ()
    language: OptionalLine = None
    role: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who looks after the patient at this clinic."""

    __pydantic_config__ = STRICT

    nurse: OptionalLine = None
    doctor: OptionalLine = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The person; `mrn` is the clinic's own number, unique in a database."""

    __pydantic_config__ = STRICT

    mrn: Line
    family_name: Line
    given_name: OptionalLine = None
    birth_date: PartialDate | None = None
    sex: Sex | None = None
    deceased_on: PartialDate | None = None
    address: Address = ()
    phone: OptionalLine = None
    language: OptionalLine = None
    gp: Block[GeneralPractitioner] = None
    recipients: Listed[Recipient] = ()
    team: Block[Team] = None
