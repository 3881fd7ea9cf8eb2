"""The reading of a protocol's folder of YAML: every reference resolved, every table compiled, or the first fault."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from app.pathway import protocol_words as words
from app.pathway.advice import Ambiguity, ProtocolRef
from app.pathway.compiling import compile_rows
from app.pathway.facts import FACTS
from app.pathway.information import read_information
from app.pathway.misses import Misses
from app.pathway.protocol import SIDE_TABLES, AsAskedItem, BaselineItem, Drug, Forbidden, MonitoringItem, Protocol
from app.pathway.table import Box, Item, Never, Order, Row, Table, condition
from app.pathway.yaml_file import UnreadableYaml, read_if_there, read_yaml


class ProtocolFault(Exception):
    """What is wrong in a protocol's folder: the file, the row, and the fault."""


def load_protocol(folder: Path) -> Protocol:
    """Return the protocol of a folder. Raises `ProtocolFault` naming the file and the row of the first fault."""
    try:
        return _Folder(folder).protocol()
    except OSError as error:
        raise ProtocolFault(f"{folder.name}: {error.strerror or 'cannot be read'}") from None


@contextmanager
def _reading(place: str) -> Iterator[None]:
    """Say where in the folder what is not as it should be was found."""
    try:
        yield
    except KeyError as error:
        raise ProtocolFault(f"{place}: {error.args[0]} is missing") from None
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        raise ProtocolFault(f"{place}: {error}") from None


class _Folder:
    """The reading of one folder; its methods each read one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about = self.mapping("protocol.yaml")
        self.rules = self.mapping("rules.yaml")
        self.evidence = self.mapping("evidence.yaml")
        with _reading("ambiguities.yaml"):
            self.ambiguities = {
                key: Ambiguity(key, *(" ".join(str(entry[part]).split()) for part in ("printed", "applied", "why")))
                for key, entry in self.mapping("ambiguities.yaml").items()
            }

        with _reading("information.yaml"):
            self.information = read_information(read_if_there(folder / "information.yaml"), self.rules, self.evidence)

    def yaml(self, name: str) -> Any:
        try:
            return read_yaml(self.folder / name)
        except UnreadableYaml as fault:
            raise ProtocolFault(f"{name}: {fault}") from None

    def mapping(self, name: str) -> dict[str, Any]:
        written = self.yaml(name)
        if not isinstance(written, dict):
            raise ProtocolFault(f"{name}: is not a mapping of names")
        return written

    def protocol(self) -> Protocol:
        with _reading("drugs.yaml"):
            drugs = {
                name: Drug(name=name, **{**entry, "doses": tuple(entry.get("doses", ()))})
                for name, entry in self.mapping("drugs.yaml").items()
            }
            self._known("kind of drug", [drug.kind for drug in drugs.values()], get_args(Drug.__annotations__["kind"]))
        self.drugs = frozenset(drugs)
        tables: dict[str, Table] = {}
        for path in sorted((self.folder / "tables").glob("*.yaml")):
            with _reading(f"tables/{path.name}"):
                table = self.table(path)
            if table.name in tables:
                raise ProtocolFault(f"tables/{path.name}: {table.name} is a table already")
            tables[table.name] = table
        self._check_ways(tables)
        schedules = self.schedules()
        forbidden = self.yaml("forbidden.yaml")
        if not isinstance(forbidden, list) or not all(isinstance(one, dict) for one in forbidden):
            raise ProtocolFault("forbidden.yaml: is not a list of what is forbidden")
        with _reading("protocol.yaml"):
            about = self.about
            self._known("status", [about["status"]], ("historical", "in force"))
            self._known("drug", [*about["novel"], about["first_inhibitor"]], self.drugs)
            self._known("drug or action", about["follow_last"], self.drugs | words.ACTIONS)
            return Protocol(
                ref=ProtocolRef(
                    id=about["id"],
                    title=about["title"],
                    edition=about["edition"],
                    sha256=self.sha256(),
                    status=about["status"],
                    source=about["source"],
                ),
                about=about,
                parameters=about["parameters"],
                drugs=drugs,
                novel=tuple(about["novel"]),
                first_inhibitor=about["first_inhibitor"],
                follow_last=tuple(about["follow_last"]),
                **schedules,
                ambiguities=self.ambiguities,
                evidence=self.evidence,
                rules=self.rules,
                tables=tables,
                forbidden=tuple(self.forbid(entry) for entry in forbidden),
                information=self.information,
            )

    def schedules(self) -> dict[str, Any]:
        """Return what is done when, and the limits of holds, by the names they have in a protocol."""
        with _reading("schedules.yaml"):
            written = self.mapping("schedules.yaml")
            as_asked = written.get("as_asked", ())
            for entry in (*written["baseline"], *written["monitoring"], *as_asked):
                self._known("rule", [entry["rule"]], self.rules)
                self._known("ambiguity", entry.get("ambiguities", ()), self.ambiguities)
                self._known("code", words.scheduled(entry), words.SCHEDULED)
            return {
                "baseline": tuple(BaselineItem(**_tuples(entry)) for entry in written["baseline"]),
                "monitoring": tuple(MonitoringItem(**_tuples(entry)) for entry in written["monitoring"]),
                "as_asked": tuple(self.as_asked(entry) for entry in as_asked),
                "limits": {name: Decimal(str(written["limits"][name])) for name in words.LIMITS},
            }

    def as_asked(self, written: dict[str, Any]) -> AsAskedItem:
        return AsAskedItem(**_tuples(written | {"when": self.box(written["when"])}))

    def sha256(self) -> str:
        """The checksum of every file of the folder with its name, in the order of the names."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*.yaml")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(self.folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def table(self, path: Path) -> Table:
        written = self.mapping(f"tables/{path.name}")
        words.only(written, words.TABLE_KEYS, "a table")
        if written["hit"] not in ("first", "all"):
            raise ValueError("hit is first or all")
        rows: list[Row] = []
        for number, entry in enumerate(written["rows"], start=1):
            if not isinstance(entry, dict):
                raise ValueError(f"row {number} is not a mapping of names")
            place = f"tables/{path.name}, row {entry.get('id', entry.get('rule', number))}"
            with _reading(place):
                rows.append(self.row(entry))
            if rows[-1].id in {row.id for row in rows[:-1]}:
                raise ProtocolFault(f"{place}: the id is used twice")
        hit, ids = written["hit"], {row.id for row in rows}
        order = tuple(Order(one["first"], _words(one["over"]), _text(one["why"])) for one in written.get("order", ()))
        for one in order:
            if one.first in one.over:
                raise ProtocolFault(f"tables/{path.name}, order: {one.first} cannot come before itself")
        for name in (name for one in order for name in (one.first, *one.over)):
            if name not in ids:
                raise ProtocolFault(f"tables/{path.name}, order: {name} is not a row of this table")
        return Table(
            name=written["table"],
            title=written.get("title", ""),
            hit=hit,
            rows=tuple(rows),
            order=order,
            side_by_side=_text(written.get("side_by_side", "")),
            fired=compile_rows(path.stem, hit, rows),
            misses=Misses(rows),
        )

    def row(self, entry: dict[str, Any]) -> Row:
        rule = entry["rule"]
        self._known("rule", [rule], self.rules)
        if not (self.folder / "examples" / f"{rule}.yaml").is_file():
            raise ValueError(f"rule {rule} has no examples")
        when = entry["when"] if isinstance(entry["when"], list) else [entry["when"]]
        if not when:
            raise ValueError("a row without conditions would take everything")
        words.only(entry, words.ROW_KEYS, "a row")
        if "severity" in entry:
            self._known("severity", [entry["severity"]], ("urgent", "attention"))
        return Row(
            id=entry.get("id", rule),
            rule=rule,
            boxes=tuple(self.box(box) for box in when),
            advise=tuple(self.item(one, rule) for one in entry.get("advise", ())),
            then=tuple(entry.get("then", ())),
            not_recommended=tuple(self.never(one, rule) for one in entry.get("not_recommended", ())),
            severity=entry.get("severity"),
            to=self._known("action", _words(entry.get("to", ())), words.ACTIONS | {"preferred"}),
            to_drugs=self._known("drug", _words(entry.get("to_drugs", ())), self.drugs | words.SYMBOLS),
            because={name: entry["because"][name] for name in self._known("fact", entry.get("because", ()), FACTS)},
            missing=self._known("fact", _words(entry.get("missing", ())), FACTS),
            says=words.said(entry.get("says", "")),
            section=entry.get("section", ""),
            ambiguities=self._known("ambiguity", entry.get("ambiguities", ()), self.ambiguities),
            evidence=self._known("evidence", entry.get("evidence", ()), self.evidence),
            references=tuple(entry.get("references", ())),
            cautions=tuple(map(_text, entry.get("cautions", ()))),
        )

    def box(self, written: dict[str, Any]) -> Box:
        if not written:
            raise ValueError("a row without conditions would take everything")
        self._known("fact", list(written), FACTS)
        return {name: condition(name, one) for name, one in written.items()}

    def item(self, written: dict[str, Any], rule: str) -> Item:
        words.only(written, words.ITEM_KEYS, "an option")
        drugs = _words(written.get("drug", ()))
        self._known("drug", drugs, self.drugs | words.SYMBOLS)
        self._known("action", [written["action"]], words.ACTIONS)
        own = written.get("rule", rule)
        self._known("rule", [own], self.rules)
        return Item(
            action=written["action"],
            drugs=drugs,
            rule=own,
            says=words.said(written.get("says", "")),
            prescriber_only=written.get("prescriber_only", False),
            last=written.get("last", False),
            only_if=self.box(written["if"]) if "if" in written else {},
            cautions=tuple(map(_text, written.get("cautions", ()))),
            ambiguities=self._known("ambiguity", written.get("ambiguities", ()), self.ambiguities),
            evidence=self._known("evidence", written.get("evidence", ()), self.evidence),
        )

    def never(self, written: dict[str, Any], rule: str) -> Never:
        words.only(written, words.NEVER_KEYS, "a warning")
        drugs = _words(written.get("drug", ()))
        self._known("drug", drugs, self.drugs | words.SYMBOLS)
        self._known("action", [written["action"]], words.NEVER_ACTIONS)
        own = written.get("rule", rule)
        self._known("rule", [own], self.rules)
        return Never(action=written["action"], drugs=drugs, rule=own, says=words.said(written["says"]))

    def forbid(self, written: dict[str, Any]) -> Forbidden:
        with _reading(f"forbidden.yaml, {written.get('id')}"):
            words.only(written, words.FORBIDDEN_KEYS, "what is forbidden")
            drugs = _words(written.get("drugs", ()))
            return Forbidden(
                id=written["id"],
                when=self.box(written["when"]),
                actions=self._known("action", _words(written["actions"]), words.ACTIONS),
                drugs=self._known("drug", drugs, self.drugs | words.SYMBOLS | {"inhibitors"}),
                only=written.get("only", False),
                why=_text(written["why"]),
            )

    def _known(self, what: str, names: Any, known: Any) -> tuple[str, ...]:
        for name in names:
            if name not in known:
                raise ValueError(f"{name!r} is not a known {what}")
        return tuple(names)

    def _check_ways(self, tables: Mapping[str, Table]) -> None:
        """Every table that a row leads to exists, and no way leads back."""

        reached: set[str] = set()

        def follow(name: str, path: tuple[str, ...]) -> None:
            if name not in tables:
                raise ProtocolFault(f"tables/{path[-1]}.yaml: leads to {name}, which is not a table")
            if name in path:
                raise ProtocolFault(f"tables/{name}.yaml: {' -> '.join((*path, name))} is a cycle")
            if name not in reached:
                for following in dict.fromkeys(one for row in tables[name].rows for one in row.then):
                    follow(following, (*path, name))
                reached.add(name)

        if absent := {"house", *SIDE_TABLES} - set(tables):
            raise ProtocolFault(f"tables: there is no table {min(absent)}")
        follow("house", ())
        if unused := set(tables) - reached - set(SIDE_TABLES):
            raise ProtocolFault(f"tables/{min(unused)}.yaml: no row leads to it")


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(one) if isinstance(one, list) else one for key, one in entry.items()}


def _words(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def _text(written: str) -> str:
    return " ".join(written.split())
