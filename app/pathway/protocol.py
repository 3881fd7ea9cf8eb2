"""A protocol as values: what it is, its drugs, its evidence, its schedules and its tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Literal

from app.pathway.advice import Ambiguity, ProtocolRef
from app.pathway.table import Box, Fired, Table
from app.pathway.values import Value
from app.words import _, language

Step = tuple[Callable[[Mapping[str, Value]], Sequence[int]], tuple[tuple[Fired, tuple[str, ...]], ...]]
SIDE_TABLES = ("alerts", "never", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """A drug of the protocol; `doses` are its levels, highest first, empty where the protocol may not show one."""

    name: str
    kind: Literal["alk_inhibitor", "chemotherapy", "regimen"]
    generation: int | None = None
    atc: str | None = None
    doses: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineItem:
    """One item of the work-up before the first ALK inhibitor, and what shows that it was done."""

    what: str
    rule: str
    labs_all: tuple[str, ...] = ()
    labs_any: tuple[str, ...] = ()
    examinations: tuple[str, ...] = ()
    imaging_of: str | None = None
    only_with: str | None = None
    completes: bool = True
    ambiguities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringItem:
    """Something checked while the first inhibitor runs; intervals by schedule, in days, or calendar months ("1 month").

    `early` holds in the first two calendar months of the line, `later` after them; without any it is due once, on the
    first day of the line, or with `only_with` from the day of that symptom. `again_with` names symptoms that ask for it
    again: conditions, and terms of adverse events.
    """

    what: str
    rule: str
    early: Mapping[str, str]
    later: Mapping[str, str]
    labs_all: tuple[str, ...] = ()
    labs_any: tuple[str, ...] = ()
    examinations: tuple[str, ...] = ()
    only_with: str | None = None
    again_with: tuple[str, ...] = ()
    ambiguities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AsAskedItem:
    """Something due on whatever day is asked, while the first inhibitor runs and the facts are as `when` says."""

    what: str
    rule: str
    when: Box
    ambiguities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """What may never be advised under some facts; with `only`, nothing but these actions may be.

    `drugs` are names or symbols; "inhibitors" stands for every ALK inhibitor, none for any drug.
    """

    id: str
    when: Box
    actions: tuple[str, ...]
    drugs: tuple[str, ...] = ()
    only: bool = False
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text of the source that is only shown: with a drug, a finding, an action or a stage; `id` is the rule's.

    `title` says what it is about; `brief` are its words on paper, after the title, where it has others there.
    """

    id: str
    title: str = ""
    drugs: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    text: str
    brief: str = ""
    ambiguities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Information:
    """What a protocol shows beside its advice; `withheld` are ambiguities whose printed words may not be shown."""

    texts: tuple[Shown, ...] = ()
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Protocol:
    """A protocol whose references all resolve; tables are compiled when first used."""

    ref: ProtocolRef
    about: Mapping[str, Any]
    parameters: Mapping[str, Any]
    drugs: Mapping[str, Drug]
    novel: tuple[str, ...]
    first_inhibitor: str
    follow_last: tuple[str, ...]
    baseline: tuple[BaselineItem, ...]
    monitoring: tuple[MonitoringItem, ...]
    as_asked: tuple[AsAskedItem, ...]
    limits: Mapping[str, Decimal]
    ambiguities: Mapping[str, Ambiguity]
    evidence: Mapping[str, Mapping[str, Any]]
    rules: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Table]
    forbidden: tuple[Forbidden, ...]
    information: Information = Information()

    @cached_property
    def inhibitors(self) -> frozenset[str]:
        """The names of all ALK inhibitors the protocol knows."""
        return frozenset(drug.name for drug in self.drugs.values() if drug.kind == "alk_inhibitor")

    @cached_property
    def later_generation(self) -> frozenset[str]:
        """The ALK inhibitors of the second generation and later."""
        return frozenset(name for name in self.inhibitors if (self.drugs[name].generation or 1) > 1)

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """What deciding walks: of each table what says which rows fire, and its rows with the tables that follow."""
        return {
            name: (table.fired, tuple((Fired(table, row), row.then) for row in table.rows))
            for name, table in self.tables.items()
        }

    def readings_of(self, evidence: Iterable[str]) -> tuple[str, ...]:
        """Return the ambiguities that go with the figures of these studies, without what may not be shown."""
        flags = (flag for one in evidence for flag in self.evidence[one].get("flag", ()))
        return tuple(dict.fromkeys(flag for flag in flags if flag not in self.information.withheld))

    def readings(self, names: Iterable[str]) -> tuple[Ambiguity, ...]:
        """Return ambiguities by their ids, in the language spoken here."""
        return tuple(_spoken(self.ambiguities[name], language()) for name in names)

    def evidence_texts(self) -> dict[str, str]:
        """Return a sentence with the figures for each evidence id."""
        return {key: _(str(entry.get("shown", ""))) for key, entry in self.evidence.items()}


@cache
def _spoken(one: Ambiguity, _language: str) -> Ambiguity:
    """Return an ambiguity in the language spoken here, which is asked for only so that each is kept apart."""
    return Ambiguity(one.id, _(one.printed), _(one.applied), _(one.why))
