"""YAML as a protocol may hold it: of bounded size, also when its aliases are written out; every key once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

LARGEST_FILE = 1_000_000  # bytes; a clinic's own folder is read with the same care as ours
MOST_NODES = 100_000  # with every alias written out; our largest file has 6,000
DEEPEST = 50


class UnreadableYaml(Exception):
    """What is wrong with a file, to follow its name."""


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds. Raises `UnreadableYaml`, or OSError for a file that cannot be read."""
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableYaml("is too large")
    loader_of: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loader = loader_of(path.read_text(encoding="utf-8"))
        try:
            node = loader.get_single_node()
            if node is None:
                return None
            _count(node, {}, 0)
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        raise UnreadableYaml("is not YAML" + (f" at line {where.line + 1}" if where else "")) from None


def read_if_there(path: Path) -> dict[str, Any]:
    """Return the mapping a YAML file holds, an empty one where there is no file. Raises ValueError for a bad one."""
    if not path.is_file():
        return {}
    try:
        written = read_yaml(path)
    except UnreadableYaml as fault:
        raise ValueError(str(fault)) from None
    if not isinstance(written, dict):
        raise ValueError("is not a mapping of names")
    return written


def _count(node: yaml.Node, counted: dict[int, int], depth: int) -> int:
    """Return how many nodes there are with every alias written out, each node looked at once."""
    known = counted.get(id(node))
    if known is not None:
        if known == 0:
            raise UnreadableYaml(f"holds itself at line {node.start_mark.line + 1}")
        return known
    if depth > DEEPEST:
        raise UnreadableYaml(f"is nested too deep at line {node.start_mark.line + 1}")
    counted[id(node)] = 0
    number = 1 + sum(_count(one, counted, depth + 1) for one in _parts(node))
    if number > MOST_NODES:
        raise UnreadableYaml(f"is too large with its aliases written out, at line {node.start_mark.line + 1}")
    counted[id(node)] = number
    return number


def _parts(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        keys = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value != "<<":
                if key.value in keys:
                    raise UnreadableYaml(f"has {key.value} twice at line {key.start_mark.line + 1}")
                keys.add(key.value)
            yield key
            yield value
