"""What is wrong in a protocol's folder is refused before it is used, with the file, the row and the fault."""

import re
import shutil
import time
from pathlib import Path

import pytest
import yaml

from app.paths import RESOURCES
from app.pathway.protocol_reading import ProtocolFault, load_protocol
from app.pathway.yaml_file import LARGEST_FILE, UnreadableYaml, read_yaml

SHIPPED = RESOURCES / "protocols" / "duchemann-2015"
HOUSE = "tables/house.yaml"


class Copy:
    """A copy of the shipped protocol, to change by text or by its data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(SHIPPED, folder)

    def text(self, name, old, new):
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def data(self, name, edit):
        path = self.folder / name
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit(written)
        path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def row(self, table, row_id, **changed):
        def edit(written):
            row = next(one for one in written["rows"] if one.get("id", one["rule"]) == row_id)
            row.update(changed)

        self.data(f"tables/{table}.yaml", edit)

    def fault(self):
        with pytest.raises(ProtocolFault) as raised:
            load_protocol(self.folder)
        return str(raised.value)


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path / "copy")


def test_the_shipped_protocol_loads(copy):
    protocol = load_protocol(copy.folder)
    assert protocol.ref.id == "duchemann-2015"
    assert protocol.ref.status == "historical"
    assert protocol.first_inhibitor == "crizotinib"
    assert protocol.novel == ("ceritinib", "alectinib")
    assert protocol.inhibitors == {"crizotinib", "ceritinib", "alectinib", "brigatinib", "ensartinib", "lorlatinib"}
    assert protocol.later_generation == protocol.inhibitors - {"crizotinib"}
    assert protocol.drugs["crizotinib"].doses == ("250 mg twice daily", "200 mg twice daily", "250 mg once daily")
    assert protocol.drugs["ceritinib"].doses == ()


# Rows.


@pytest.mark.parametrize(
    ("table", "row_id", "changed", "fault"),
    [
        ("progression", "P4", {"when": {"respons": "PD"}}, "'respons' is not a known fact"),
        ("progression", "P4", {"when": {"response": "XX"}}, "response cannot be 'XX'; it is one of"),
        ("progression", "P4", {"when": {"response": {"more": "PD"}}}, "response cannot be {'more': 'PD'}"),
        ("progression", "P4", {"when": {"deceased": 0}}, "deceased cannot be 0"),
        ("progression", "P4", {"when": {"fish_cells": {"at_least": "many"}}}, "'many' is not a number"),
        ("progression", "P4", {"when": {}}, "a row without conditions would take everything"),
        ("progression", "P4", {"when": [{"response": "PD"}, {}]}, "a row without conditions would take everything"),
        ("progression", "P4", {"when": []}, "a row without conditions would take everything"),
        ("progression", "P4", {"rule": "P99"}, "'P99' is not a known rule"),
        ("progression", "P4", {"advise": [{"action": "prescribe"}]}, "'prescribe' is not a known action"),
        (
            "progression",
            "P4",
            {"advise": [{"action": "start", "drug": "crizotinb"}]},
            "'crizotinb' is not a known drug",
        ),
        ("progression", "P4", {"advise": [{"action": "start", "rule": "P99"}]}, "'P99' is not a known rule"),
        ("progression", "P4", {"advise": [{"action": "start", "evidence": ["E99"]}]}, "'E99' is not a known evidence"),
        (
            "progression",
            "P4",
            {"advise": [{"action": "start", "if": {"respons": "PD"}}]},
            "'respons' is not a known fact",
        ),
        (
            "progression",
            "P4",
            {"advise": [{"action": "start", "prescriber_onyl": True}]},
            "['prescriber_onyl'] is not a key of an option",
        ),
        ("progression", "P4", {"ambiguities": ["A99"]}, "'A99' is not a known ambiguity"),
        ("progression", "P4", {"evidence": ["E99"]}, "'E99' is not a known evidence"),
        ("progression", "P4", {"missing": "progression_extend"}, "'progression_extend' is not a known fact"),
        ("progression", "P4", {"because": {"respons": "x"}}, "'respons' is not a known fact"),
        ("progression", "P4", {"wen": {"response": "PD"}}, "['wen'] is not a key of a row"),
        ("progression", "P4", {"not_recommended": [{"action": "pray", "says": "x"}]}, "'pray' is not a known action"),
        (
            "progression",
            "P4",
            {"not_recommended": [{"action": "start", "rule": "P99", "says": "x"}]},
            "'P99' is not a known rule",
        ),
        (
            "progression",
            "P4",
            {"not_recommended": [{"action": "start", "drugs": "crizotinib", "says": "x"}]},
            "['drugs'] is not a key of a warning",
        ),
        ("alerts", "H15", {"severity": "loud"}, "'loud' is not a known severity"),
        ("notes", "D6-fields", {"to": "prefered"}, "'prefered' is not a known action"),
        ("notes", "H11-caution", {"to_drugs": ["crizotinb"]}, "'crizotinb' is not a known drug"),
        ("progression", "P4", {"advise": [{"drug": "current"}]}, "action is missing"),
        ("progression", "P4", {"advise": "continue"}, ""),
        ("progression", "P4", {"says": "Keep {dug}."}, "{dug} is not a known blank of a text"),
        ("progression", "P4", {"says": "Keep {}."}, "{} is not a known blank of a text"),
        ("progression", "P4", {"says": "Keep {drug!r}."}, "{drug} is not a known blank of a text"),
        ("progression", "P4", {"says": "Keep {drug:>9}."}, "{drug} is not a known blank of a text"),
        ("progression", "P4", {"says": "Keep {drug."}, "expected '}' before end of string"),
        ("progression", "P4", {"advise": [{"action": "continue", "says": "{drug.name}"}]}, "{drug.name} is not a"),
        ("progression", "P4", {"not_recommended": [{"action": "start", "says": "{dug}"}]}, "{dug} is not a known"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_file(copy, table, row_id, changed, fault):
    copy.row(table, row_id, **changed)
    said = copy.fault()
    assert said.startswith(f"tables/{table}.yaml, row {changed.get('rule', row_id)}: ")
    assert fault in said


def test_a_row_id_used_twice_is_refused(copy):
    copy.data("tables/progression.yaml", lambda table: table["rows"].append(table["rows"][-1]))
    assert copy.fault() == "tables/progression.yaml, row H4-extent: the id is used twice"


def test_a_key_written_twice_is_refused(copy):
    copy.text("tables/early.yaml", "title: Early", "hit: first\ntitle: Early")
    assert re.fullmatch(r"tables/early.yaml: has hit twice at line \d+", copy.fault())


def test_a_rule_without_examples_is_refused(copy):
    (copy.folder / "examples" / "P4.yaml").unlink()
    assert copy.fault() == "tables/progression.yaml, row P4: rule P4 has no examples"


def test_an_order_of_rows_that_are_not_there_is_refused(copy):
    copy.data(HOUSE, lambda table: table["order"].append({"first": "H1", "over": ["H99"], "why": "x"}))
    assert copy.fault() == f"{HOUSE}, order: H99 is not a row of this table"


# Tables.


def test_a_table_that_leads_nowhere_is_refused(copy):
    copy.row("house", "to-first-line", then=["second_line"])
    assert copy.fault() == "tables/house.yaml: leads to second_line, which is not a table"


def test_a_table_that_nothing_leads_to_is_refused(copy):
    copy.row("house", "to-first-line", then=["further_line"])
    assert copy.fault() == "tables/first_line.yaml: no row leads to it"


def test_a_cycle_between_tables_is_refused(copy):
    copy.row("first_line", "L2", then=["house"])
    assert copy.fault() == "tables/house.yaml: house -> first_line -> house is a cycle"


def test_a_table_of_two_files_is_refused(copy):
    shutil.copy(copy.folder / "tables" / "early.yaml", copy.folder / "tables" / "later.yaml")
    assert copy.fault() == "tables/later.yaml: early is a table already"


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("tables/early.yaml", "hit: all", "hit: some", "tables/early.yaml: hit is first or all"),
        ("tables/early.yaml", "table: early", "tabel: early", "tables/early.yaml: ['tabel'] is not a key of a table"),
        ("tables/early.yaml", "rows:", "rows:\n  - H5", "tables/early.yaml: row 1 is not a mapping of names"),
        ("tables/early.yaml", "rows:", "row:", "tables/early.yaml: ['row'] is not a key of a table"),
        ("protocol.yaml", "edition:", "editoin:", "protocol.yaml: edition is missing"),
        ("protocol.yaml", "inhibitor: crizotinib", "inhibitor: crizo", "protocol.yaml: 'crizo' is not a known drug"),
        ("protocol.yaml", "[ceritinib, alectinib]", "[ceritinib, alec]", "protocol.yaml: 'alec' is not a known drug"),
        ("protocol.yaml", "status: historical", "status: perhaps", "protocol.yaml: 'perhaps' is not a known status"),
        ("drugs.yaml", "kind: chemotherapy", "kynd: chemotherapy", "drugs.yaml: "),
        ("schedules.yaml", "rule: M1", "rule: M99", "schedules.yaml: 'M99' is not a known rule"),
        ("schedules.yaml", "qtc_hold: withhold", "qtc_hold: stop", "schedules.yaml: qtc_hold cannot be 'stop'"),
        ("schedules.yaml", "qtc_hold: withhold", "qt_hold: withhold", "schedules.yaml: 'qt_hold' is not a known fact"),
        ("schedules.yaml", "rule: X4", "rule: X99", "schedules.yaml: 'X99' is not a known rule"),
        ("schedules.yaml", "completes: false", "complete: false", "schedules.yaml: "),
        ("schedules.yaml", "bilirubin_above: 1.5", "bilirubin_above: high", "schedules.yaml: "),
        ("schedules.yaml", "  bilirubin_above: 1.5\n", "", "schedules.yaml: bilirubin_above is missing"),
        ("ambiguities.yaml", "  applied:", "  aplied:", "ambiguities.yaml: applied is missing"),
        ("forbidden.yaml", "[none_deceased]", "[none]", "forbidden.yaml, deceased: 'none' is not a known action"),
        ("forbidden.yaml", "[inhibitors]", "[all]", "forbidden.yaml, inhibitor-without-alk: 'all' is not a known drug"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named(copy, name, old, new, fault):
    copy.text(name, old, new)
    assert copy.fault().startswith(fault)


@pytest.mark.parametrize(
    "name", ["protocol.yaml", "rules.yaml", "drugs.yaml", HOUSE, "schedules.yaml", "forbidden.yaml"]
)
@pytest.mark.parametrize("text", ["", "5", "[1, 2]", "a: 1", "- [", "\x00", "- {id: 1}"])
def test_a_file_of_another_shape_is_refused_by_name(copy, name, text):
    if (name, text) == ("rules.yaml", "a: 1"):
        pytest.skip("rules may have any names; the rows that need others are refused")
    (copy.folder / name).write_text(text, encoding="utf-8")
    assert copy.fault().startswith(name)


def test_a_file_that_is_not_text_is_refused_by_name(copy):
    (copy.folder / "drugs.yaml").write_bytes(b"\xff\xfe\x00crizotinib")
    assert copy.fault().startswith("drugs.yaml: is not YAML")


@pytest.mark.parametrize("name", ["protocol.yaml", "drugs.yaml", "tables"])
def test_a_file_that_is_not_there_is_said(copy, name):
    path = copy.folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert copy.fault()


def test_code_in_a_protocol_is_not_run(copy, tmp_path):
    mark = tmp_path / "ran"
    copy.text("tables/early.yaml", "rule: H5", f"rule: !!python/object/apply:pathlib.Path.touch [{mark}]")
    assert copy.fault().startswith("tables/early.yaml: is not YAML at line ")
    assert not mark.exists()


# Size.


def test_a_file_that_is_too_large_is_refused_before_it_is_read(copy):
    path = copy.folder / "tables" / "early.yaml"
    path.write_bytes(path.read_bytes() + b"\n# " + b"x" * LARGEST_FILE)
    assert copy.fault() == "tables/early.yaml: is too large"


def bomb(levels, form):
    lines = ["a0: &a0 " + form.format(*["1"] * 9)]
    lines += [f"a{n}: &a{n} " + form.format(*[f"*a{n - 1}"] * 9) for n in range(1, levels)]
    return "\n".join(lines)


LIST = "[{}, {}, {}, {}, {}, {}, {}, {}, {}]"
MERGES = [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 30)]


@pytest.mark.parametrize(
    "text",
    [
        bomb(30, LIST),
        "\n".join(["a0: &a0 {k: 1, l: 2}", *MERGES]),
    ],
    ids=["lists", "merges"],
)  # fmt: skip
def test_aliases_that_would_grow_without_end_are_refused_at_once(tmp_path, text):
    path = tmp_path / "bomb.yaml"
    path.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    with pytest.raises(UnreadableYaml, match="is too large with its aliases written out, at line 6"):
        read_yaml(path)
    assert time.perf_counter() - start < 2


def test_an_alias_inside_itself_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("rows: &rows [1, *rows]", encoding="utf-8")
    with pytest.raises(UnreadableYaml, match="holds itself at line 1"):
        read_yaml(tmp_path / "a.yaml")


@pytest.mark.parametrize("depth", [60, 900, 5_000, 400_000])
def test_what_is_nested_too_deep_is_refused(tmp_path, depth):
    (tmp_path / "a.yaml").write_text("[" * depth + "]" * depth, encoding="utf-8")
    with pytest.raises(UnreadableYaml, match=r"nested too deep|is not YAML"):
        read_yaml(tmp_path / "a.yaml")


def test_aliases_within_reason_are_read(tmp_path):
    (tmp_path / "a.yaml").write_text("a: &a {x: 1}\nb: {<<: *a, y: 2}\nc: [*a, *a]", encoding="utf-8")
    assert read_yaml(tmp_path / "a.yaml") == {"a": {"x": 1}, "b": {"x": 1, "y": 2}, "c": [{"x": 1}, {"x": 1}]}


def test_a_lattice_of_tables_is_walked_once(copy):
    # Each of thirty tables leads to the next by two rows: 2^30 ways, and thirty tables.
    row = {"rule": "L2", "advise": [{"action": "refer_to_board"}]}
    for number in range(30):
        then = [f"t{number + 1}"] if number < 29 else []
        rows = [
            {**row, "id": f"{word}{number}", "when": {"deceased": word == "yes"}, "then": then}
            for word in ("yes", "no")
        ]
        table = {"table": f"t{number}", "title": "x", "hit": "first", "rows": rows}
        (copy.folder / "tables" / f"t{number}.yaml").write_text(yaml.safe_dump(table), encoding="utf-8")
    copy.row("house", "H1", then=["t0"])
    start = time.perf_counter()
    assert "t29" in load_protocol(copy.folder).tables
    assert time.perf_counter() - start < 5


# The checksum.


def test_the_checksum_changes_with_any_byte_of_any_file(copy):
    before = load_protocol(copy.folder).ref.sha256
    assert len(before) == 64
    assert load_protocol(copy.folder).ref.sha256 == before
    seen = {before}
    for name in ("protocol.yaml", "rules.yaml", HOUSE, "examples/P4.yaml"):
        path = copy.folder / name
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        seen.add(load_protocol(copy.folder).ref.sha256)
        path.write_bytes(content)
    assert len(seen) == 5
    assert load_protocol(copy.folder).ref.sha256 == before


def test_the_checksum_knows_which_file_holds_what(copy):
    before = load_protocol(copy.folder).ref.sha256
    first, second = copy.folder / "examples" / "P4.yaml", copy.folder / "examples" / "P6.yaml"
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    assert load_protocol(copy.folder).ref.sha256 != before
