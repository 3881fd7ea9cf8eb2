"""What stands beside the advice in `next-step`: each progression to its next line, and what the source says besides."""

import json

from app.paths import RESOURCES

DEMO = RESOURCES / "demo"


def test_the_chain_from_progression_to_next_line_is_one_line_with_its_open_end(terminal):
    said = terminal.type("next-step", DEMO / "demo-1.json", "--as-of", "2009-05-20")
    assert said.code == 0
    words = " ".join(said.out.split())
    assert (
        "FROM PROGRESSION TO THE NEXT LINE - line 2, crizotinib: progressed on 2 May 2009; re-biopsy taken on "
        "10 May 2009; L1196M and C1156Y found; no next line yet"
    ) in words


def test_what_was_not_there_on_the_day_is_not_in_the_chain(terminal):
    said = terminal.type("next-step", DEMO / "demo-1.json", "--as-of", "2009-05-05")
    words = " ".join(said.out.split())
    assert "progressed on 2 May 2009; no re-biopsy and no plasma test recorded; no next line yet" in words
    assert "L1196M" not in words


def test_what_the_source_says_besides_names_its_place_and_its_id(terminal):
    said = terminal.type("next-step", DEMO / "demo-1.json", "--as-of", "2009-05-20")
    besides = " ".join(said.out[said.out.index("WHAT THE SOURCE SAYS BESIDES") :].split())
    assert "- L1196M found: L1196M, the most studied mutation" in besides
    assert "[R7]" in besides
    assert "- ceritinib: History, not a dose to give: the review recommended ceritinib 750 mg/day" in besides


def test_before_any_progression_there_is_no_chain(terminal):
    said = terminal.type("next-step", DEMO / "demo-4.json", "--as-of", "2014-05-28")
    assert "FROM PROGRESSION" not in said.out
    assert "crizotinib, rates in two studies" in said.out.replace("\n    ", " ").lower()


def test_the_json_has_no_keys_but_those_agreed(terminal):
    said = terminal.type("next-step", DEMO / "demo-1.json", "--as-of", "2009-05-20", "--json")
    assert "FROM PROGRESSION" not in said.out
    assert not {"chains", "information"} & set(json.loads(said.out))


def test_every_id_of_the_source_is_listed_with_where_it_lives(terminal):
    said = terminal.type("protocol", "show", "duchemann-2015")
    listed = said.out[said.out.index("COVERAGE") :]
    assert "  M1      schedule monitoring/liver_function_tests\n" in listed
    assert "  T6      information only, with testing\n" in listed
    assert "  E1      evidence notes/L1-dose\n" in listed
    assert "nowhere" not in listed
    assert "!" not in listed


def test_a_protocol_of_the_clinics_own_that_leaves_something_out_says_so(terminal):
    folder = terminal.home / "user" / "protocols" / "ours-2026"
    for path in (RESOURCES / "protocols" / "duchemann-2015").rglob("*.yaml"):
        there = folder / path.relative_to(RESOURCES / "protocols" / "duchemann-2015")
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(path.read_bytes())
    (folder / "coverage.yaml").write_text("acts: {}\n", encoding="utf-8")
    said = terminal.type("protocol", "show", "ours-2026")
    assert said.code == 0
    assert "  D17     nowhere\n" in said.out
    assert "  ! D17 is nowhere\n" in said.out
    (folder / "coverage.yaml").write_text("- 1\n", encoding="utf-8")
    said = terminal.type("protocol", "show", "ours-2026")
    assert (said.code, said.faults) == (1, ["coverage.yaml: is not a mapping of names"])
