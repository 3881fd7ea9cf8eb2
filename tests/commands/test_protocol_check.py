"""`protocol check`: the proof, as a person meets it."""

import shutil

from app.paths import RESOURCES


def test_every_protocol_there_is_gets_proved_and_says_its_checksum(terminal):
    said = terminal.type("protocol", "check")
    assert (said.code, said.faults) == (0, [])
    assert said.out.startswith("duchemann-2015 is proved: 18 tables, ")
    assert "sha256 " in said.out


def test_a_folder_that_is_not_proved_says_the_row_and_facts_that_show_it(terminal, tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(RESOURCES / "protocols" / "duchemann-2015", folder)
    table = folder / "tables" / "early.yaml"
    text = table.read_text(encoding="utf-8")
    table.write_text(text[: text.index("order:")] + text[text.index("rows:") :], encoding="utf-8")
    said = terminal.type("protocol", "check", str(folder))
    assert (said.code, said.out) == (1, "")
    assert said.faults[0].startswith("overlap: early, row H5: holds together with L7")


def test_a_protocol_that_is_not_there_is_named_with_those_that_are(terminal):
    said = terminal.type("protocol", "check", "tomorrow")
    assert (said.code, said.faults) == (1, ["There is no protocol tomorrow; there is duchemann-2015."])


def test_a_folder_that_cannot_be_read_says_the_file_and_the_row(terminal, tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(RESOURCES / "protocols" / "duchemann-2015", folder)
    table = folder / "tables" / "early.yaml"
    table.write_text(table.read_text(encoding="utf-8").replace("over: [L7]", "over: [H5]"), encoding="utf-8")
    said = terminal.type("protocol", "check", str(folder))
    fault = "The protocol ours cannot be used: tables/early.yaml, order: H5 cannot come before itself"
    assert (said.code, said.faults) == (1, [fault])


def test_an_example_that_does_not_come_true_is_named(terminal, tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(RESOURCES / "protocols" / "duchemann-2015", folder)
    examples = folder / "examples" / "L4.yaml"
    text = examples.read_text(encoding="utf-8")
    wrong = text.replace("preferred: [start, platinum-pemetrexed]", "preferred: [start, crizotinib]")
    examples.write_text(wrong, encoding="utf-8")
    said = terminal.type("protocol", "check", str(folder))
    assert (said.code, said.out) == (1, "")
    assert all(fault.startswith("example: examples/L4.yaml, ") for fault in said.faults)
    assert "preferred is ('start', 'platinum-pemetrexed')" in said.faults[0]
