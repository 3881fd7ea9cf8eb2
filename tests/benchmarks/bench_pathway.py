"""What deciding costs: advice for one record, and the tables beside the same rules written by hand."""

# ruff: noqa: E402  # it runs as a script: the folders come first

import random
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

import yaml

from app.paths import RESOURCES
from app.pathway import deciding, engine
from app.pathway.examples import outcome, read_examples
from app.pathway.facts import FACTS, Facts
from app.pathway.finding import find
from app.pathway.invariants import impossible
from app.pathway.protocol import Protocol
from app.pathway.protocol_reading import load_protocol
from app.pathway.starts import STARTS, resting
from app.pathway.values import Codes, Value
from app.record.files import parsed_records, read_record
from app.record.record import PatientRecord
from benchmarks import Ratio, median_seconds, show
from benchmarks.bench_database import a_record_of_25
from benchmarks.by_hand import rows as by_hand

FOLDER = RESOURCES / "protocols" / "duchemann-2015"
CASES = Path(__file__).parents[1] / "pathway"
RANDOM_STATES = 500
LIMIT_MS = 1.0


def sample_records() -> list[tuple[PatientRecord, date]]:
    """Return every demonstration patient and every short record, on the days that tests look at them."""
    found = []
    for row in yaml.safe_load((CASES / "expected.yaml").read_text(encoding="utf-8")):
        folder = RESOURCES / "demo" if row["record"].startswith("demo") else CASES / "cases"
        with (folder / f"{row['record']}.json").open("rb") as source:
            record = read_record(next(parsed_records(source)), date(2026, 11, 25))
        found.append((record, date.fromisoformat(row["as_of"])))
    return found


def random_states(seed: int = 2015) -> list[dict[str, Value]]:
    """Return states that a record can reach, found by changing some facts of the starts of examples at random."""
    chance = random.Random(seed)
    never = list(impossible().values())
    starts = [{**resting(), **start.facts} for start in STARTS.values()]
    codes = [name for name, fact in FACTS.items() if isinstance(fact.domain, Codes)]
    found: list[dict[str, Value]] = []
    while len(found) < RANDOM_STATES:
        state = dict(chance.choice([*starts, *found[-50:]]))
        for name in chance.sample(codes, chance.randint(1, 6)):
            state[name] = chance.choice(FACTS[name].domain.all)  # type: ignore[union-attr]  # codes only
        if not any(all(one.holds(state[name]) for name, one in box.items()) for box in never):
            found.append(state)
    return found


def by_tables(protocol: Protocol, values: Mapping[str, Value]) -> list[str]:
    """Return the rows that fire by the tables, named as the ones by hand are."""
    return [f"{one.table.name}/{one.row.id}" for one in deciding.decide(protocol, values)]


def advising(protocol: Protocol, samples: list[tuple[PatientRecord, date]]) -> list[Ratio]:
    """Measure advice for one record, in milliseconds, and what the trace adds."""
    record, day = a_record_of_25("A-1042"), date(2014, 11, 5)
    plain = median_seconds(lambda: engine.advise(record, protocol, day), times=501)
    traced = median_seconds(lambda: engine.advise(record, protocol, day, trace=True), times=501)
    finding = median_seconds(lambda: find(record, protocol, day, protocol.parameters), times=501)
    each = sorted(median_seconds(lambda one=one: engine.advise(one[0], protocol, one[1]), times=21) for one in samples)
    return [
        Ratio("advice for a record of 25 entries, in ms", plain * 1000, LIMIT_MS, f"its facts {finding * 1000:.2f} ms"),
        Ratio(f"the same, median of {len(each)} sample records, in ms", each[len(each) // 2] * 1000, None,
              f"slowest {each[-1] * 1000:.2f} ms"),
        Ratio("advice with its trace, to advice without", traced / plain, None, f"{traced * 1000:.2f} ms"),
    ]  # fmt: skip


def deciding_alone(protocol: Protocol, found: list[Facts], states: list[dict[str, Value]]) -> list[Ratio]:
    """Measure the rows that fire against the rules by hand; both must name the same rows on every state."""
    for values in [*(one.values for one in found), *states]:
        tables, hand = by_tables(protocol, values), by_hand(values)
        if tables != hand:
            sys.exit(f"the tables say {tables}, by hand {hand}: {values}")

    def ratio(what: str, some: list[Mapping[str, Value]]) -> Ratio:
        # In turns, as the machine is not equally fast all the time.
        pairs = []
        for _ in range(21):
            ours = median_seconds(lambda: [deciding.decide(protocol, one) for one in some], times=11)
            theirs = median_seconds(lambda: [by_hand(one) for one in some], times=11)
            pairs.append((ours / theirs, ours / len(some), theirs / len(some)))
        middle = sorted(pairs)[len(pairs) // 2]
        return Ratio(what, middle[0], 2.0, f"{middle[1] * 1e6:.1f} / {middle[2] * 1e6:.1f} µs")

    fired = [(one, deciding.decide(protocol, one.values)) for one in found]
    number = len(found)
    alone = median_seconds(lambda: [deciding.decide(protocol, one.values) for one in found])
    near = median_seconds(lambda: [engine._trace(protocol, *one) for one in fired])
    told = [(*one, deciding.choices(protocol, one[1], one[0], one[0].values)) for one in fired]
    missing = median_seconds(lambda: [deciding.open_questions(protocol, *one) for one in told])
    away = median_seconds(lambda: [list(deciding.otherwise(protocol, *one)) for one in told])
    return [
        ratio(f"rows that fire on {number} sample records, to if/elif by hand", [one.values for one in found]),
        ratio(f"rows that fire on {len(states)} states at random, to if/elif by hand", list(states)),
        Ratio("trace and near misses, to the rows that fire", near / alone, None, f"{near / number * 1e6:.0f} µs"),
        Ratio("missing facts, to the rows that fire", missing / alone, None, f"{missing / number * 1e6:.0f} µs"),
        Ratio("what is one fact away, to the rows that fire", away / alone, None, f"{away / number * 1e6:.0f} µs"),
    ]


if __name__ == "__main__":
    the_protocol = load_protocol(FOLDER)
    records = sample_records()
    every = [find(record, the_protocol, day, the_protocol.parameters).facts for record, day in records]
    examples = [outcome(one, the_protocol).values for some in read_examples(FOLDER).values() for one in some]
    show(advising(the_protocol, records))
    show(deciding_alone(the_protocol, every, [*random_states(), *map(dict, examples)]))
