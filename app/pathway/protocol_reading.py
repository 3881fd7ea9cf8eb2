"""The reading of a protocol's folder of YAML: every reference resolved, every table compiled, or the first fault."""

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.pathway.advice import Ambiguity, ProtocolRef
from app.pathway.facts import FACTS
from app.pathway.protocol import SIDE_TABLES, BaselineItem, Drug, Forbidden, MonitoringItem, Protocol
from app.pathway.table import Box, Item, Never, Order, Row, Table, compile_rows, condition
from app.pathway.yaml_file import UnreadableYaml, read_yaml

ACTIONS = frozenset(
    {
        "request_alk_ihc", "request_alk_fish", "request_alk_rt_pcr", "request_ngs", "recount_fish_more_cells",
        "recount_fish_second_reader", "repeat_test", "await_result", "review_discordance", "complete_baseline",
        "complete_record", "start", "continue", "continue_with_surveillance", "continue_with_local_treatment",
        "switch", "rechallenge", "withhold", "resume", "resume_reduced", "discontinue", "symptomatic_care",
        "request_rebiopsy", "consider_rebiopsy_in_trial", "consider_plasma_test", "refer_to_board", "refer_to_trial",
        "assess_response", "adjuvant", "local_curative_treatment", "leave_pathway", "none_deceased",
        "resolve_contradiction",
    }
)  # fmt: skip
NEVER_ACTIONS = ACTIONS | {"escalate_dose", "abrupt_stop", "alk_inhibitor_without_alk", "enroll_brigatinib_with_ild"}
SYMBOLS = frozenset(
    {"current", "first_inhibitor", "novel_new", "given_before", "rechallenge", "doublet_new", "doublet_again"}
)


class ProtocolFault(Exception):
    """What is wrong in a protocol's folder: the file, the row, and the fault."""


def load_protocol(folder: Path) -> Protocol:
    """Return the protocol of a folder. Raises `ProtocolFault` naming the file and the row of the first fault."""
    try:
        return _Folder(folder).protocol()
    except OSError as error:
        raise ProtocolFault(f"{folder.name}: {error.strerror or 'cannot be read'}") from None


class _Folder:
    """The reading of one folder; its methods each read one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about: dict[str, Any] = self.yaml("protocol.yaml")
        self.rules: dict[str, Any] = self.yaml("rules.yaml")
        self.evidence: dict[str, Any] = self.yaml("evidence.yaml")
        self.ambiguities = {
            key: Ambiguity(key, *(" ".join(str(entry[part]).split()) for part in ("printed", "applied", "why")))
            for key, entry in self.yaml("ambiguities.yaml").items()
        }

    def yaml(self, name: str) -> Any:
        try:
            return read_yaml(self.folder / name)
        except UnreadableYaml as fault:
            raise ProtocolFault(f"{name}: {fault}") from None

    def protocol(self) -> Protocol:
        drugs = {
            name: Drug(name=name, **{**entry, "doses": tuple(entry.get("doses", ()))})
            for name, entry in self.yaml("drugs.yaml").items()
        }
        self.drugs = frozenset(drugs)
        tables = {table.name: table for table in (self.table(path) for path in self._table_files())}
        self._check_ways(tables)
        schedules = self.yaml("schedules.yaml")
        return Protocol(
            ref=ProtocolRef(
                id=self.about["id"],
                title=self.about["title"],
                edition=self.about["edition"],
                sha256=self.sha256(),
                status=self.about["status"],
                source=self.about["source"],
            ),
            about=self.about,
            parameters=self.about["parameters"],
            drugs=drugs,
            novel=tuple(self.about["novel"]),
            first_inhibitor=self.about["first_inhibitor"],
            follow_last=tuple(self.about["follow_last"]),
            baseline=tuple(BaselineItem(**_tuples(entry)) for entry in schedules["baseline"]),
            monitoring=tuple(MonitoringItem(**_tuples(entry)) for entry in schedules["monitoring"]),
            limits={name: Decimal(str(limit)) for name, limit in schedules["limits"].items()},
            ambiguities=self.ambiguities,
            evidence=self.evidence,
            rules=self.rules,
            tables=tables,
            forbidden=tuple(self.forbid(entry) for entry in self.yaml("forbidden.yaml")),
        )

    def _table_files(self) -> list[Path]:
        return sorted((self.folder / "tables").glob("*.yaml"))

    def sha256(self) -> str:
        """The checksum of every file of the folder with its name, in the order of the names."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*.yaml")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(self.folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def table(self, path: Path) -> Table:
        written = self.yaml(f"tables/{path.name}")
        rows: list[Row] = []
        for number, entry in enumerate(written["rows"], start=1):
            place = f"tables/{path.name}, row {entry.get('id', entry.get('rule', number))}"
            try:
                rows.append(self.row(entry))
            except (KeyError, TypeError, ValueError) as error:
                raise ProtocolFault(f"{place}: {error}") from None
            if rows[-1].id in {row.id for row in rows[:-1]}:
                raise ProtocolFault(f"{place}: the id is used twice")
        hit = written["hit"]
        ids = {row.id for row in rows}
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
        )

    def row(self, entry: dict[str, Any]) -> Row:
        rule = entry["rule"]
        self._known("rule", [rule], self.rules)
        if not (self.folder / "examples" / f"{rule}.yaml").is_file():
            raise ValueError(f"rule {rule} has no examples")
        when = entry["when"] if isinstance(entry["when"], list) else [entry["when"]]
        if unknown := set(entry) - _ROW_KEYS:
            raise ValueError(f"{sorted(unknown)} is not a key of a row")
        return Row(
            id=entry.get("id", rule),
            rule=rule,
            boxes=tuple(self.box(box) for box in when),
            advise=tuple(self.item(one, rule) for one in entry.get("advise", ())),
            then=tuple(entry.get("then", ())),
            not_recommended=tuple(self.never(one, rule) for one in entry.get("not_recommended", ())),
            severity=entry.get("severity"),
            to=_words(entry.get("to", ())),
            to_drugs=_words(entry.get("to_drugs", ())),
            because=entry.get("because", {}),
            missing=_words(entry.get("missing", ())),
            says=_text(entry.get("says", "")),
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
        drugs = _words(written.get("drug", ()))
        self._known("drug", drugs, self.drugs | SYMBOLS)
        self._known("action", [written["action"]], ACTIONS)
        own = written.get("rule", rule)
        self._known("rule", [own], self.rules)
        return Item(
            action=written["action"],
            drugs=drugs,
            rule=own,
            says=_text(written.get("says", "")),
            prescriber_only=written.get("prescriber_only", False),
            last=written.get("last", False),
            only_if=self.box(written["if"]) if "if" in written else {},
            cautions=tuple(map(_text, written.get("cautions", ()))),
            ambiguities=self._known("ambiguity", written.get("ambiguities", ()), self.ambiguities),
            evidence=self._known("evidence", written.get("evidence", ()), self.evidence),
        )

    def never(self, written: dict[str, Any], rule: str) -> Never:
        drugs = _words(written.get("drug", ()))
        self._known("drug", drugs, self.drugs | SYMBOLS)
        self._known("action", [written["action"]], NEVER_ACTIONS)
        return Never(action=written["action"], drugs=drugs, rule=written.get("rule", rule), says=_text(written["says"]))

    def forbid(self, written: dict[str, Any]) -> Forbidden:
        try:
            return Forbidden(
                id=written["id"],
                when=self.box(written["when"]),
                actions=self._known("action", _words(written["actions"]), ACTIONS),
                drugs=_words(written.get("drugs", ())),
                only=written.get("only", False),
                why=_text(written["why"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ProtocolFault(f"forbidden.yaml, {written.get('id')}: {error}") from None

    def _known(self, what: str, names: Any, known: Any) -> tuple[str, ...]:
        for name in names:
            if name not in known:
                raise ValueError(f"{name!r} is not a known {what}")
        return tuple(names)

    def _check_ways(self, tables: Mapping[str, Table]) -> None:
        """Every table that a row leads to exists, and no way leads back."""

        def ways(name: str, path: tuple[str, ...]) -> Iterator[str]:
            if name not in tables:
                raise ProtocolFault(f"tables/{path[-1]}.yaml: leads to {name}, which is not a table")
            if name in path:
                raise ProtocolFault(f"tables/{name}.yaml: {' -> '.join((*path, name))} is a cycle")
            for row in tables[name].rows:
                for following in row.then:
                    yield from ways(following, (*path, name))
            yield name

        reached = set(ways("house", ())) if "house" in tables else set()
        if unused := set(tables) - reached - set(SIDE_TABLES):
            raise ProtocolFault(f"tables/{min(unused)}.yaml: no row leads to it")


_ROW_KEYS = frozenset(
    {
        "rule", "id", "when", "advise", "then", "not_recommended", "severity", "to", "to_drugs", "because", "missing",
        "says", "section", "ambiguities", "evidence", "references", "cautions",
    }
)  # fmt: skip


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(one) if isinstance(one, list) else one for key, one in entry.items()}


def _words(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def _text(written: str) -> str:
    return " ".join(written.split())
