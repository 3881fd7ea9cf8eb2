"""What a table with its full trace costs beside the same table in zen-engine, a decision engine written in Rust.

The progression table is written out as a decision table of zen: a rule for each box of each row, every rule that holds
is collected. Both must fire the same rows on the same states before anything is measured. Ours tells the rows that
fired and, of every other row, what one fact kept from firing; zen is measured with its own trace and without.
`make bench` installs zen-engine; without it there is nothing to compare with, and this says so.
"""

# ruff: noqa: E402  # it runs as a script: the folders come first

import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from app.pathway.engine import table_trace
from app.pathway.protocol_reading import load_protocol
from app.pathway.table import Condition, OneOf, Table
from app.pathway.values import Value
from benchmarks import Ratio, median_seconds, show
from benchmarks.bench_pathway import FOLDER, random_states

TABLE = "progression"
FASTER = 30  # how many times at least
TURNS = 9


def decision(table: Table, asked: Sequence[str]) -> str:
    """Return a table as zen reads it; an unknown fact is null there."""
    nowhere = {"position": {"x": 0, "y": 0}}
    content = {
        "hitPolicy": "first" if table.hit == "first" else "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in asked],
        "outputs": [{"id": "row", "name": "row", "field": "row"}],
        "rules": [
            {
                "_id": f"{row.id}, {number}",
                "row": json.dumps(row.id),
                **{name: cell(box[name]) if name in box else "" for name in asked},
            }
            for row in table.rows
            for number, box in enumerate(row.boxes)
        ],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", **nowhere},
        {"id": "table", "name": table.name, "type": "decisionTableNode", "content": content, **nowhere},
        {"id": "out", "name": "out", "type": "outputNode", **nowhere},
    ]
    ways = (("in", "table"), ("table", "out"))
    edges = [{"id": f"{one} {two}", "type": "edge", "sourceId": one, "targetId": two} for one, two in ways]
    return json.dumps({"nodes": nodes, "edges": edges})


def cell(condition: Condition) -> str:
    """Return a condition as a cell of zen: any of these values."""
    assert isinstance(condition, OneOf), "this table asks about facts of few values only"
    return ", ".join(json.dumps(value) for value in condition.values)


def states(table: Table) -> list[dict[str, Value]]:
    """Return states at random, those in which a row of the table fires and as many in which none does."""
    found = [one for seed in range(2015, 2020) for one in random_states(seed)]
    firing = [one for one in found if table.fired(one)]
    return firing + [one for one in found if not table.fired(one)][: len(firing)]


def measure(table: Table, asked: Sequence[str], engine: Any) -> list[Ratio]:
    """Compare what both fire, then measure them in turns."""
    some = states(table)
    given = [{name: state[name] for name in asked} for state in some]  # zen would read all the others too
    for state, theirs in zip(some, given, strict=True):
        ours = [table.rows[number].id for number in table.fired(state)]
        says = list(dict.fromkeys(one["row"] for one in engine.evaluate(theirs)["result"]))
        if ours != says or ours != table_trace(table, state)["fired"]:
            sys.exit(f"our table fires {ours}, zen's {says}: {theirs}")

    def ratio(what: str, options: dict[str, bool]) -> Ratio:
        pairs = []
        for _ in range(TURNS):
            ours = median_seconds(lambda: [table_trace(table, one) for one in some], times=11) / len(some)
            theirs = median_seconds(lambda: [engine.evaluate(one, options) for one in given], times=5) / len(some)
            pairs.append((theirs / ours, ours, theirs))
        middle = sorted(pairs)[TURNS // 2]
        times = f"zen-engine {middle[2] * 1e6:.0f}, ours {middle[1] * 1e6:.1f} µs"
        return Ratio(what, middle[0], FASTER, times, at_least=True)

    return [
        ratio(f"zen-engine on a table, {len(some)} states, to ours with full trace", {"trace": False}),
        ratio("the same, zen-engine with its own trace", {"trace": True}),
    ]


def main() -> None:
    """Measure and print."""
    if find_spec("zen") is None:
        sys.stdout.write("zen-engine is not installed; make bench does that\n")
        return
    import zen

    table = load_protocol(FOLDER).tables[TABLE]
    asked = sorted(table.misses.asked)
    show(measure(table, asked, zen.ZenEngine().create_decision(decision(table, asked))))


if __name__ == "__main__":
    main()
