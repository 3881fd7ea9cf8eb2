"""What the engine says of a protocol that another clinic has written."""

import shutil
from datetime import date

import pytest
import yaml
from pathway.course_builders import POSITIVE, course, line, protocol
from pathway.hold_cases import on_crizotinib, qtc

from app.paths import RESOURCES
from app.pathway.engine import advise
from app.pathway.protocol_reading import load_protocol

DAY = date(2014, 11, 1)
ON_CRIZOTINIB = course(POSITIVE, line("crizotinib"))


@pytest.fixture
def changed(tmp_path):
    """Return the shipped protocol with the rows of one of its tables changed."""
    folder = tmp_path / "changed"
    shutil.copytree(RESOURCES / "protocols" / "duchemann-2015", folder)

    def change(table, edit):
        path = folder / "tables" / f"{table}.yaml"
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        written["rows"] = edit(written["rows"])
        path.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")
        return load_protocol(folder)

    return change


def test_where_no_row_says_anything_nothing_is_made_up(changed):
    changed_protocol = changed("on_treatment", lambda rows: [{**row, "advise": []} for row in rows])
    with pytest.raises(RuntimeError, match="no row of duchemann-2015 advises anything"):
        advise(ON_CRIZOTINIB, changed_protocol, DAY)


def test_the_trace_says_between_which_numbers_a_row_would_have_fired(changed):
    row = {"id": "few", "rule": "H7", "when": {"line_number": {"at_least": 2, "below": 5}}, "advise": []}
    changed_protocol = changed("on_treatment", lambda rows: [*rows, row])
    traced = advise(ON_CRIZOTINIB, changed_protocol, DAY, trace=True).trace
    near = next(one["near"] for one in traced["tables"] if one["table"] == "on_treatment")
    assert {"rule": "H7", "fact": "line_number", "needs": "2 to 5"} in near


@pytest.mark.parametrize(
    ("values", "ecgs"),
    [
        ((), 0),
        ((("2014-10-01", 500),), 0),
        ((("2014-10-01", 510),), 1),
        ((("2014-10-01", 510), ("2014-10-02", 505)), 2),
        ((("2014-10-01", 510), ("2014-10-02", 490), ("2014-10-03", 505)), 2),
        ((("2014-10-01", 510), ("2014-10-15", 470)), 0),
        ((("2014-10-01", 510), ("2014-10-15", 470), ("2014-10-28", 505)), 1),
    ],
)
def test_the_ecgs_of_an_open_hold_are_counted(values, ecgs):
    record = on_crizotinib(*(qtc(day, ms) for day, ms in values))
    facts = {one["fact"]: one for one in advise(record, protocol(), DAY, trace=True).trace["facts"]}
    assert facts["ecgs_above_limit"]["value"] == ecgs
