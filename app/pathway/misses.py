"""What keeps rows from firing: near misses and open questions of a whole table at once, looked up and not tested.

Each box of the rows is a bit. Which boxes a value of a fact fails is known beforehand, so that what a state fails is a
few numbers put together, however many rows there are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from app.pathway.facts import FACTS
from app.pathway.table import Condition, Row
from app.pathway.values import Codes, Value

Values = Mapping[str, Value]
Fails = Callable[[Value], int]


class Misses:
    """The boxes of some rows, by what fails them; `asked` are the facts they ask about. Rows are told by number."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._boxes = [(number, box) for number, row in enumerate(rows) for box in row.boxes]
        asked: dict[str, list[tuple[Condition, int]]] = {}
        for place, (_number, box) in enumerate(self._boxes):
            for name, condition in box.items():
                asked.setdefault(name, []).append((condition, 1 << place))
        self.asked = frozenset(asked)
        self._fails = [(name, _failed_by(name, conditions)) for name, conditions in asked.items()]

    def near(self, values: Values) -> Iterator[tuple[int, str, Condition]]:
        """Yield each condition that alone keeps a box of a row from holding, in the order of the rows."""
        once = twice = 0
        failing = self._failing(values)
        for _name, boxes in failing:
            twice |= once & boxes
            once |= boxes
        found = {place: name for name, boxes in failing for place in _places(boxes & once & ~twice)}
        for place in sorted(found):
            number, box = self._boxes[place]
            yield number, found[place], box[found[place]]

    def possible(self, values: Values) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the unknown facts that alone keep a box of a row from holding: were they known, the row could fire."""
        known = unknown = 0
        for name, boxes in self._failing(values):
            if values[name] is None:
                unknown |= boxes
            else:
                known |= boxes
        for place in _places(unknown & ~known):
            number, box = self._boxes[place]
            yield number, tuple(name for name in box if values[name] is None and not box[name].holds(None))

    def _failing(self, values: Values) -> list[tuple[str, int]]:
        """Return the facts whose values fail some boxes, and which."""
        return [(name, boxes) for name, fails in self._fails if (boxes := fails(values[name]))]


def _failed_by(name: str, conditions: Iterable[tuple[Condition, int]]) -> Fails:
    """Return what tells which boxes a value of a fact fails; each box has one condition on it."""

    def fails(value: Value) -> int:
        return sum(box for condition, box in conditions if not condition.holds(value))

    domain = FACTS[name].domain
    return {value: fails(value) for value in domain.all}.__getitem__ if isinstance(domain, Codes) else fails


def _places(boxes: int) -> Iterator[int]:
    """Yield the places of the bits that are set, lowest first."""
    while boxes:
        lowest = boxes & -boxes
        yield lowest.bit_length() - 1
        boxes ^= lowest
