"""The proof holds for the shipped protocol, and catches each way in which a protocol can be broken."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.paths import RESOURCES
from app.pathway.boxes import Space
from app.pathway.invariants import impossible
from app.pathway.proof import ProofFault, prove
from app.pathway.protocol_reading import ProtocolFault, load_protocol
from app.pathway.table import condition

SHIPPED = RESOURCES / "protocols" / "duchemann-2015"


class Broken:
    """A copy of the shipped protocol to break."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(SHIPPED, folder)

    def change(self, table: str, edit: Callable[[dict[str, Any]], object]) -> None:
        path = self.folder / "tables" / f"{table}.yaml"
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit(written)
        path.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")

    def faults(self) -> list[ProofFault]:
        return prove(load_protocol(self.folder))

    def only_fault(self, kind: str) -> str:
        return next(str(fault) for fault in self.faults() if fault.kind == kind)


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    return Broken(tmp_path / "broken")


def row(table: dict[str, Any], row_id: str) -> dict[str, Any]:
    return next(one for one in table["rows"] if one.get("id", one["rule"]) == row_id)


def drop(row_id: str) -> Callable[[dict[str, Any]], None]:
    def edit(table: dict[str, Any]) -> None:
        table["rows"] = [one for one in table["rows"] if one.get("id", one["rule"]) != row_id]
        for order in list(table.get("order", ())):
            order["over"] = [other for other in order["over"] if other != row_id]
            if order["first"] == row_id or not order["over"]:
                table["order"].remove(order)

    return edit


def test_the_shipped_protocol_is_proved() -> None:
    assert prove(load_protocol(SHIPPED)) == []


def test_a_gap_is_shown_by_facts_that_no_row_takes(broken: Broken) -> None:
    broken.change("further_line", drop("H4-stop-reason"))
    said = broken.only_fault("gap")
    assert said.startswith("further_line: no row fires. For example:")
    assert "line_state inhibitor_reason_unknown" in said


def test_an_overlap_that_the_table_does_not_order_is_named_with_both_rows(broken: Broken) -> None:
    broken.change("progression", lambda table: table["order"].pop(3))
    said = broken.only_fault("overlap")
    assert said.startswith("progression, row P4: holds together with P2, and the table does not say which comes first.")
    assert "progression_tempo slow" in said


def test_a_listed_overlap_that_does_not_exist_is_a_fault(broken: Broken) -> None:
    broken.change("on_treatment", lambda table: table.update(order=[{"first": "H7", "over": ["H8"], "why": "none"}]))
    said = broken.only_fault("unlisted overlap")
    assert said == "on_treatment, row H7: is said to come before H8, but the two never hold together."


def test_an_order_against_the_rows_is_a_fault(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        table["order"] = [{"first": "L7", "over": ["H5"], "why": "turned round"}]

    broken.change("early", edit)
    assert "the table says that L7 comes first" in broken.only_fault("overlap")


def test_a_dead_row_is_named(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        table["rows"].append({"rule": "D9", "when": {"line_state": "none", "response": "PD"}, "says": "never"})

    (broken.folder / "examples" / "D9.yaml").write_text("[]")
    broken.change("on_treatment", edit)
    assert broken.only_fault("dead row") == "on_treatment, row D9: can never fire."


def test_a_row_hidden_by_earlier_ones_is_dead(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        table["rows"].append({**row(table, "H8"), "id": "hidden"})

    broken.change("on_treatment", edit)
    assert broken.only_fault("dead row") == "on_treatment, row hidden: can never fire."


def test_a_cycle_between_tables_does_not_load(broken: Broken) -> None:
    broken.change("baseline", lambda table: table["rows"][0].update(then=["house"]))
    with pytest.raises(ProtocolFault, match="house -> further_line -> baseline -> house is a cycle"):
        broken.faults()


def test_a_forbidden_advice_is_shown_with_the_state_that_gives_it(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        row(table, "D14")["advise"] = [{"action": "start", "drug": "crizotinib"}]

    broken.change("testing", edit)
    said = broken.only_fault("forbidden")
    assert said.startswith("testing, row D14: advises start crizotinib. No ALK inhibitor is begun while ALK is not")
    assert "ihc positive" in said


def test_a_held_drug_that_would_go_on_is_caught(broken: Broken) -> None:
    broken.change("meanwhile", lambda table: row(table, "H5")["when"].pop("treatment_hold"))
    said = broken.only_fault("forbidden")
    assert said.startswith("meanwhile, row H5: advises continue current. A drug that is held")
    assert "treatment_hold" in said


def test_what_is_not_recommended_is_not_advised_in_the_same_state(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        row(table, "P4")["advise"].append({"action": "abrupt_stop", "drug": "current"})

    broken.change("progression", edit)
    with pytest.raises(ProtocolFault, match="'abrupt_stop' is not a known action"):
        broken.faults()

    def again(table: dict[str, Any]) -> None:
        row(table, "P4")["advise"][-1] = {"action": "switch", "drug": "docetaxel"}
        row(table, "P4")["not_recommended"] = [{"action": "switch", "drug": "docetaxel", "rule": "S4", "says": "no"}]

    broken.change("progression", again)
    assert "advises switch, which S4 says not to do" in broken.only_fault("contradiction")


def test_an_unknown_fact_does_not_load(broken: Broken) -> None:
    broken.change("on_treatment", lambda table: table["rows"][0]["when"].update(mood="good"))
    with pytest.raises(ProtocolFault, match=r"tables/on_treatment.yaml, row H7: 'mood' is not a known fact"):
        broken.faults()


def test_a_rule_without_examples_does_not_load(broken: Broken) -> None:
    (broken.folder / "examples" / "P4.yaml").unlink()
    with pytest.raises(ProtocolFault, match=r"tables/progression.yaml, row P4: rule P4 has no examples"):
        broken.faults()


def test_a_row_that_takes_everything_is_a_catch_all(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        table["rows"].insert(0, {"rule": "D9", "when": {"deceased": [True, False]}, "advise": [{"action": "continue"}]})

    (broken.folder / "examples" / "D9.yaml").write_text("[]")
    broken.change("on_treatment", edit)
    assert broken.only_fault("catch-all").startswith("on_treatment, row D9: takes everything that reaches the table.")


def test_completing_the_record_is_only_asked_for_something_unknown(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        row(table, "H7")["advise"] = [{"action": "complete_record"}]

    broken.change("on_treatment", edit)
    assert "asks to complete the record, but nothing is unknown" in broken.only_fault("catch-all")


def test_a_row_that_may_leave_no_option_is_caught(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        row(table, "P7-after-failure")["advise"] = [{"action": "rechallenge", "drug": "given_before"}]

    broken.change("further_line", edit)
    said = broken.only_fault("preferred")
    assert said.startswith("further_line, row P7-after-failure: may leave no option at all. For example:")


def test_an_option_for_the_prescriber_alone_may_not_come_first(broken: Broken) -> None:
    def edit(table: dict[str, Any]) -> None:
        row(table, "H7")["advise"].insert(0, {"action": "refer_to_board", "prescriber_only": True})

    broken.change("on_treatment", edit)
    assert "may prefer a prescriber-only option" in broken.only_fault("preferred")


def test_numbers_are_cut_at_every_bound_that_a_row_names() -> None:
    low = {"alt_x_uln": condition("alt_x_uln", {"above": 3, "at_most": 5})}
    high = {"alt_x_uln": condition("alt_x_uln", {"above": 5})}
    space = Space.of([low, high])
    assert space.intersect(space.box(low), space.box(high)) is None
    rest = {"alt_x_uln": condition("alt_x_uln", {"at_most": 3})}
    unknown = {"alt_x_uln": condition("alt_x_uln", "unknown")}
    boxes = [space.box(one) for one in (low, high, rest)]
    gap = space.outside({}, boxes)
    assert gap is not None
    assert space.values(gap) == {"alt_x_uln": None}
    assert space.outside({}, [*boxes, space.box(unknown)]) is None


def test_every_invariant_says_something_of_its_own() -> None:
    space = Space.of(impossible().values())
    boxes = {name: space.box(box) for name, box in impossible().items()}
    for name, box in boxes.items():
        others = [other for key, other in boxes.items() if key != name]
        assert box
        assert space.outside(box, others) is not None, f"{name} follows from the others"
