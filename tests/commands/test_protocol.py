"""`protocol list` and `protocol show`."""

import re


def test_the_list_says_edition_and_that_it_is_historical(terminal):
    said = terminal.type("protocol", "list")
    assert said.code == 0
    assert said.out.startswith("duchemann-2015  edition 2015-03  HISTORICAL  ")


def test_a_protocol_is_shown_with_its_source_checksum_drugs_rows_and_evidence(terminal):
    said = terminal.type("protocol", "show", "duchemann-2015")
    assert said.code == 0
    assert re.search(r"sha256 +[0-9a-f]{64}\n", said.out)
    assert "Duchemann B, Friboulet L, Besse B." in said.out
    assert re.search(r"crizotinib +alk inhibitor +250 mg twice daily, 200 mg twice daily", said.out)
    assert re.search(r"ceritinib +alk inhibitor +no dose shown", said.out)
    progression = said.out[said.out.index("TABLE progression") :]
    assert re.search(r"^  P4 ", progression, re.MULTILINE)
    assert re.search(r"\(E4, E2\)$", said.out, re.MULTILINE)
    assert re.search(r"^  E4 ", said.out[said.out.index("EVIDENCE") :], re.MULTILINE)
    assert not terminal.database.exists()


def test_a_protocol_that_is_not_there_is_one_line(terminal):
    said = terminal.type("protocol", "show", "nobody-1999")
    assert (said.code, said.faults) == (1, ["There is no protocol nobody-1999; there is duchemann-2015."])
