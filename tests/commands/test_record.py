"""`import` and `export`."""

import json

from app.record.files import json_bytes
from builders import a_patient, a_record


def test_what_is_exported_and_imported_again_is_the_same_bytes(terminal, demo):
    for number in range(1, 8):
        assert terminal.type("import", demo(number)).code == 0
    first = terminal.type("export", "--all").out
    terminal.file("all.json", first)
    again = terminal.home / "again.sqlite"
    assert terminal.type("import", terminal.home / "all.json", "--database", again).code == 0
    assert terminal.type("export", "--all", "--database", again).out == first
    assert len(json.loads(first)) == 7


def test_one_patient_alone_is_an_object_and_several_are_a_list(terminal, demo):
    terminal.type("import", demo(1), demo(2))
    assert json.loads(terminal.type("export", "DEMO-1").out)["patient"]["mrn"] == "DEMO-1"
    both = json.loads(terminal.type("export", "DEMO-2", "DEMO-1").out)
    assert [one["patient"]["mrn"] for one in both] == ["DEMO-2", "DEMO-1"]


def test_an_import_says_who_may_be_here_twice_and_refuses_nobody(terminal):
    first = terminal.file("first.json", json_bytes(a_record()))
    second = terminal.file("second.json", json_bytes(a_record(patient=a_patient(mrn="B-7", given_name="Ida"))))
    said = terminal.type("import", first, second)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"{first}: 1 stored",
        f"{second}: 1 stored",
        f"{second}: B-7 may be the same person as A-1042 (name nearly the same, same birth date)",
    ]


def test_export_writes_to_a_file_whole(terminal, demo):
    terminal.type("import", demo(1))
    said = terminal.type("export", "DEMO-1", "-o", terminal.home / "out.json")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert (terminal.home / "out.json").read_text() == terminal.type("export", "DEMO-1").out


def test_a_patient_that_is_not_there_leaves_no_file(terminal, demo):
    terminal.type("import", demo(1))
    said = terminal.type("export", "DEMO-1", "A-9", "-o", terminal.home / "out.json")
    assert (said.code, said.faults) == (1, ["There is no patient with the number A-9."])
    assert not (terminal.home / "out.json").exists()


def test_names_keep_their_letters(terminal):
    name = "Łőğ Жεệ"
    terminal.file("name.json", json_bytes(a_record(patient=a_patient(family_name=name))))
    terminal.type("import", terminal.home / "name.json")
    assert f'"family_name": "{name}"' in terminal.type("export", "A-1042").out


def test_how_many_were_stored_is_said_for_each_file(terminal, demo):
    said = terminal.type("import", demo(1), demo(2))
    assert said.out == f"{demo(1)}: 1 stored\n{demo(2)}: 1 stored\n"


def test_a_refused_file_does_not_keep_the_others_out(terminal, demo):
    bad = terminal.file("bad.json", "{")
    missing = terminal.home / "missing.json"
    said = terminal.type("import", bad, missing, demo(1))
    assert said.code == 1
    assert said.faults == [
        f"{bad}: is cut short (line 1)",
        f"{missing} cannot be read: no such file or directory.",
    ]
    assert terminal.type("export", "DEMO-1").code == 0


def test_a_known_number_is_refused_unless_it_replaces(terminal):
    file = terminal.file("a.json", json_bytes(a_record(patient=a_patient(given_name="Ada"))))
    terminal.type("import", file)
    terminal.file("a.json", json_bytes(a_record(patient=a_patient(given_name="Grace"))))
    said = terminal.type("import", file)
    assert (said.code, len(said.faults)) == (1, 1)
    assert '"given_name": "Ada"' in terminal.type("export", "A-1042").out
    assert terminal.type("import", "--replace", file).code == 0
    assert '"given_name": "Grace"' in terminal.type("export", "A-1042").out
