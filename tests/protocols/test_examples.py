"""Every example of every rule comes true; every rule has its three kinds; every row is shown to fire."""

from functools import cache

import pytest

from app.paths import RESOURCES
from app.pathway import examples
from app.pathway.examples import Example, Outcome, faults_of, outcome, read_examples
from app.pathway.facts import FACTS
from app.pathway.finding import find
from app.pathway.invariants import impossible
from app.pathway.protocol import Protocol
from app.pathway.protocol_reading import ProtocolFault, load_protocol
from app.pathway.starts import STARTS, resting
from app.pathway.values import Codes
from app.record.files import record_data

PROTOCOLS = sorted(path.parent for path in (RESOURCES / "protocols").glob("*/protocol.yaml"))
LOADED = {folder.name: load_protocol(folder) for folder in PROTOCOLS}
EXAMPLES = {folder.name: read_examples(folder) for folder in PROTOCOLS}
ALL = [(name, one) for name, rules in EXAMPLES.items() for several in rules.values() for one in several]
RULES = [(name, rule) for name, rules in EXAMPLES.items() for rule in rules]
SIDE = {"alerts", "never", "notes"}


def name_of(value):
    return f"{value.rule}: {value.name}" if isinstance(value, Example) else None


@cache
def of(protocol: str, number: int) -> Outcome:
    return outcome(ALL[number][1], LOADED[protocol])


def outcomes(protocol: str, rule: str) -> list[tuple[Example, Outcome]]:
    return [
        (one, of(name, number))
        for number, (name, one) in enumerate(ALL)
        if name == protocol and one.rule == rule
    ]  # fmt: skip


def rows_of(protocol: Protocol, rule: str):
    """The rows that carry a rule; of one that no row carries, those with an option or a warning of it."""
    every = [(table, row) for table in protocol.tables.values() for row in table.rows]
    own = [pair for pair in every if pair[1].rule == rule]
    return own or [pair for pair in every if rule in {one.rule for one in (*pair[1].advise, *pair[1].not_recommended)}]


def leading_to(protocol: Protocol, table: str) -> set[str]:
    """The facts asked on every way from the house rules to a table."""
    facts: set[str] = set()
    for one in protocol.tables.values():
        for row in one.rows:
            if table in row.then:
                facts |= {*row.facts(), *leading_to(protocol, one.name)}
    return facts


def is_unknown(fact: str, value: object) -> bool:
    return value is None or (fact == "alk_status" and value == "unknown")


@pytest.mark.parametrize(("protocol", "example"), ALL, ids=name_of)
def test_an_example_comes_true(protocol, example):
    assert faults_of(example, LOADED[protocol], of(protocol, ALL.index((protocol, example)))) == []


@pytest.mark.parametrize("number", range(len(ALL)))
def test_the_facts_of_an_example_are_ones_that_a_record_can_show(number):
    values = of(ALL[number][0], number).values
    broken = [name for name, box in impossible().items() if all(one.holds(values[fact]) for fact, one in box.items())]
    assert broken == []


@pytest.mark.parametrize(("protocol", "rule"), RULES)
def test_a_rule_fires_from_a_whole_record(protocol, rule):
    assert [one.name for one, _ in outcomes(protocol, rule) if one.fires and one.record is not None]


@pytest.mark.parametrize(("protocol", "rule"), RULES)
def test_a_rule_has_a_near_miss_that_one_condition_keeps_from_firing(protocol, rule):
    quiet = [found for one, found in outcomes(protocol, rule) if not one.fires]
    rows = [row for _, row in rows_of(LOADED[protocol], rule)]
    failing = [
        sum(not one.holds(found.values[fact]) for fact, one in box.items())
        for found in quiet
        for row in rows
        for box in row.boxes
    ]
    assert min(failing) <= 1


@pytest.mark.parametrize(("protocol", "rule"), RULES)
def test_a_rule_shows_what_comes_of_a_fact_that_is_not_known(protocol, rule):
    tables = rows_of(LOADED[protocol], rule)
    asked = {fact for table, row in tables for fact in (*row.facts(), *leading_to(LOADED[protocol], table.name))}
    can_be = {fact for fact in asked if fact == "alk_status" or FACTS[fact].domain.open}
    shown = [
        one.name
        for one, found in outcomes(protocol, rule)
        if any(is_unknown(fact, found.values[fact]) for fact in can_be)
    ]
    # Where none of the facts can be unknown, a comment of the file says so.
    text = (RESOURCES / "protocols" / protocol / "examples" / f"{rule}.yaml").read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert shown or (not can_be and "unknown" in " ".join(comments))


@pytest.mark.parametrize("protocol", LOADED)
def test_every_row_of_every_table_is_fired_by_an_example_of_its_rule(protocol):
    fired = {
        name
        for number, (of_protocol, one) in enumerate(ALL)
        if of_protocol == protocol and one.fires
        for name, row in of(protocol, number).rows.items()
        if row.rule == one.rule
    }
    every = {f"{table.name}/{row.id}" for table in LOADED[protocol].tables.values() for row in table.rows}
    assert every - fired == set()


@pytest.mark.parametrize("protocol", LOADED)
def test_every_rule_that_rows_or_options_carry_has_examples_and_no_other(protocol):
    rows = [row for table in LOADED[protocol].tables.values() for row in table.rows]
    carried = {row.rule for row in rows}
    carried |= {never.rule for row in rows for never in row.not_recommended}
    own_words = {item.rule for row in rows for item in row.advise}
    assert carried <= set(EXAMPLES[protocol]) <= carried | own_words


@pytest.mark.parametrize("start", STARTS)
def test_where_examples_begin_the_record_and_the_facts_say_the_same(start):
    protocol = LOADED["duchemann-2015"]
    example = examples._example("L2", {"name": "x", "record": {"like": start}, "as_of": "2014-03-01", "fires": None})
    found = find(example.record, protocol, example.as_of, protocol.parameters).facts.values
    assert dict(found) == {**resting(), **STARTS[start].facts}


def test_every_fact_rests_at_a_value_that_it_can_have():
    for name, value in resting().items():
        domain = FACTS[name].domain
        assert value in domain.all if isinstance(domain, Codes) else value in (None, domain.low), name


# The reading of example files.


def read(tmp_path, text, rule="P4"):
    (tmp_path / "examples").mkdir(exist_ok=True)
    (tmp_path / "examples" / f"{rule}.yaml").write_text(text, encoding="utf-8")
    return read_examples(tmp_path)[rule]


def test_facts_are_put_over_those_of_the_start_and_over_the_resting_ones(tmp_path):
    (one,) = read(
        tmp_path, "- {name: a, facts: {like: on_crizotinib, response: PD, progression_extent: unknown}, fires: P4}"
    )
    assert one.fires
    assert one.values["response"] == "PD"
    assert one.values["alk_inhibitor_running"] is True
    assert one.values["progression_extent"] is None
    assert one.values["deceased"] is False
    assert set(one.values) == set(FACTS)


def test_a_fact_that_has_the_word_unknown_keeps_it(tmp_path):
    (one,) = read(tmp_path, "- {name: a, facts: {like: positive, alk_status: unknown}, fires: null}")
    assert one.values["alk_status"] == "unknown"
    assert not one.fires


def test_a_record_takes_the_place_of_lists_and_of_single_fields_of_the_start(tmp_path):
    text = (
        "- {name: a, record: {like: on_crizotinib, diagnosis: {stage: IB}, tests: []}, as_of: 2014-03-01, fires: null}"
    )
    (one,) = read(tmp_path, text)
    data = record_data(one.record)
    assert data["diagnosis"]["stage"] == "IB"
    assert data["diagnosis"]["histology"] == "adenocarcinoma"
    assert "tests" not in data
    assert [line["id"] for line in data["therapy_lines"]] == ["l1"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1", "examples/P4.yaml: is not a list of examples"),
        ("- [", "examples/P4.yaml: is not YAML at line 2"),
        ("- {name: a}\n" * 201, "examples/P4.yaml: holds more than 200 examples"),
        ("- {name: a, facts: {like: positive}, fires: P6}", "examples/P4.yaml, a: fires is P4 or null"),
        ("- {name: a, facts: {like: positive}, fire: P4}", "examples/P4.yaml, a: ['fire'] is not a key of an example"),
        ("- {name: a, fires: P4}", "examples/P4.yaml, a: an example has either a record or facts"),
        ("- {name: a, record: {like: positive}, fires: P4}", "a: a record needs the day asked, as_of; facts have none"),
        ("- {name: a, facts: {response: PD}, fires: P4}", "examples/P4.yaml, a: like is one of untested"),
        ("- {name: a, facts: {like: ill}, fires: P4}", "a: like is one of untested, positive, on_crizotinib"),
        ("- {name: a, facts: {like: positive, respons: PD}, fires: P4}", "a: 'respons' is not a known fact"),
        ("- {name: a, facts: {like: positive, response: XX}, fires: P4}", "a: response cannot be 'XX'; it is one of"),
        ("- {name: a, facts: {like: positive, deceased: 1}, fires: P4}", "a: deceased cannot be 1; it is one of"),
        ("- {name: a, facts: {like: positive, deceased: unknown}, fires: P4}", "a: deceased cannot be 'unknown'"),
        ("- {name: a, facts: {like: positive, fish_cells: -1}, fires: P4}", "a: fish_cells is from 0 to 100000"),
        ("- {name: a, facts: {like: positive, fish_cells: many}, fires: P4}", "a: fish_cells is a number"),
        ("- {name: a, record: {like: positive, labz: []}, as_of: 2014-03-01, fires: P4}", "a: labz: "),
        (
            "- {name: a, facts: {like: positive}, fires: null}\n- {name: a, facts: {like: positive}, fires: P4}",
            "used twice",
        ),
    ],
)
def test_an_example_that_cannot_be_read_is_named_with_its_file(tmp_path, text, fault):
    with pytest.raises(ProtocolFault) as raised:
        read(tmp_path, text)
    assert fault in str(raised.value)


def test_an_example_that_does_not_come_true_says_what_came_instead(tmp_path):
    protocol = LOADED["duchemann-2015"]
    text = """
- {name: fires, facts: {like: on_crizotinib}, fires: P4}
- {name: row, facts: {like: on_crizotinib}, fires: null, rows: progression/P4, preferred: [switch], missing: [response]}
"""
    first, second = read(tmp_path, text)
    assert faults_of(first, protocol, outcome(first, protocol))[0].startswith("no row of it fires; fired: house/")
    assert faults_of(second, protocol, outcome(second, protocol)) == [
        "progression/P4 does not fire; fired: house/to-on-treatment, on_treatment/H7",
        "preferred is ('continue', 'current')",
        "response is not asked for; asked: ",
    ]
