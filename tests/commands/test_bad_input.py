"""Bad input at the command line: one clear line for each fault, exit 1, the database exactly as it was."""

import ctypes
import ctypes.util
import json
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.paths import RESOURCES

PATIENT = {"mrn": "A-1042", "family_name": "Example", "birth_date": "1964-05-02"}
ROOT = RESOURCES.parent


def a_record(**sections):
    return {"format": "alkpath-record/1", "patient": PATIENT, **sections}


def a_lesion(mm):
    lesion = {"lesion": "T1", "site": "lung", "mm": mm}
    return a_record(assessments=[{"id": "a1", "date": "2014-03-01", "modality": "ct", "target_lesions": [lesion]}])


@pytest.fixture
def kept(terminal, demo):
    """A database with a patient in it, which must be the same at the end."""
    terminal.type("import", demo(1))
    before = terminal.dump()
    yield terminal
    assert terminal.dump() == before


FAULTY = {
    "a misspelt field": (
        a_record(assesments=[]),
        ["assesments: is not a field of the record format"],
    ),
    "a misspelt field of an entry": (
        a_record(notes=[{"date": "2014-01-01", "text": "x", "writer": "y"}]),
        ["notes[0].writer: is not a field of the record format"],
    ),
    "a date before birth": (
        a_record(diagnosis={"date": "1950-01-01"}),
        ["diagnosis.date: 1950-01-01 is before the date of birth 1964-05-02"],
    ),
    "a date in the future": (
        a_record(notes=[{"date": "2999-01-01", "text": "x"}]),
        ["notes[0].date: 2999-01-01 is in the future"],
    ),
    "a day that is not in the calendar": (
        a_record(notes=[{"date": "2014-02-30", "text": "x"}]),
        ["notes[0].date: is not a date: there is no such day in the calendar"],
    ),
    "an end before its start": (
        a_record(therapy_lines=[
            {"id": "l1", "drugs": ["crizotinib"], "started_on": "2014-05-12", "stopped_on": "2014-03-01"}
        ]),
        ["therapy_lines[0].stopped_on: 2014-03-01 is before started_on 2014-05-12"],
    ),
    "a lesion of -3 mm": (a_lesion(-3), ["assessments[0].target_lesions[0].mm: must not be below 0"]),
    "a lesion of text": (a_lesion("big"), ["assessments[0].target_lesions[0].mm: is not a number"]),
    "an id that refers to nothing": (
        a_record(tests=[{"id": "t1", "specimen": "s9", "method": "fish", "status": "requested"}]),
        ["tests[0].specimen: s9 is not the id of a specimen in this record"],
    ),
    "a code that is not in the list": (
        a_record(diagnosis={"stage": "V"}),
        ["diagnosis.stage: is not "],
    ),
    "no patient's name": (
        {"format": "alkpath-record/1", "patient": {"mrn": "A-1"}},
        ["patient.family_name: is missing"],
    ),
    "another format": ({"format": "other/2", "patient": PATIENT}, ["format: is not alkpath-record/1"]),
    "several faults": (
        a_record(assesments=[], labs=[{"date": "2014-01-01", "analyte": "ALT", "value": -1}]),
        ["labs[0].value: must not be below 0", "assesments: is not a field of the record format"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTY)
def test_a_faulty_record_is_refused_with_each_fault_and_its_path(kept, what):
    content, expected = FAULTY[what]
    file = kept.file("bad.json", content)
    said = kept.type("import", file)
    assert (said.code, said.out, len(said.faults)) == (1, "", len(expected))
    for line, fault in zip(sorted(said.faults), sorted(expected), strict=True):
        assert line.startswith(f"{file}: {fault}")
    read = kept.type("next-step", file)
    assert (read.code, read.out, len(read.faults)) == (1, "", len(expected))
    letter = kept.type("letter", file, "-o", kept.home / "letter.pdf")
    assert (letter.code, letter.err) == (1, read.err)
    assert not (kept.home / "letter.pdf").exists()


def test_two_patients_with_one_number_in_a_file_store_neither(kept):
    other = {**PATIENT, "mrn": "A-2"}
    file = kept.file("two.json", [a_record(patient=other), a_record(), a_record()])
    said = kept.type("import", file)
    assert said.code == 1
    assert len(said.faults) == 1
    assert said.faults[0].startswith(f"{file}: records[2].patient.mrn: A-1042 is already the number of records[1]")
    assert kept.type("export", "A-2").code == 1


def test_a_number_that_another_patient_has_is_refused(kept):
    file = kept.file("same.json", a_record(patient={**PATIENT, "mrn": "DEMO-1"}))
    said = kept.type("import", file)
    assert (said.code, said.faults) == (1, [f"{file}: patient.mrn: DEMO-1 is already the number of another patient"])


def test_one_bad_record_in_a_list_keeps_all_of_its_file_out(kept):
    file = kept.file("list.json", [a_record(), {**a_lesion(-3), "patient": {**PATIENT, "mrn": "A-2"}}])
    said = kept.type("import", file)
    assert said.faults == [f"{file}: records[1].assessments[0].target_lesions[0].mm: must not be below 0"]
    assert kept.type("export", "A-1042").code == 1


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF, not a patient record in JSON"),
        (b"hello", "is not a patient record in JSON"),
        (b'{"format": "alkpath-record/1", "patient": {', "is cut short (line 1)"),
        (b'{"format": "alkpath-record/1",\n "patient": x}', "is not valid JSON (line 2)"),
        (b'{"patient": {"mrn": "\xff\xfe"}}', "is not "),
        (b"\xff\xfe{\x00}\x00", "is text in UTF-16: save it as UTF-8"),
        (b"[1, 2]", "records[0]: is not a patient record: a record is a JSON object"),
        (b"[" * 100_000, "records[0]: is not a patient record: a record is a JSON object"),
        (b'{"a":' * 100_000, "holds groups in groups without end"),
    ],
)
def test_a_file_that_is_no_record_is_one_line(kept, content, fault):
    file = kept.file("bad.json", content)
    said = kept.type("import", file)
    assert said.code == 1
    assert said.faults[0].startswith(f"{file}: {fault}")
    assert len(said.faults) <= 2
    read = kept.type("next-step", file)
    assert (read.code, read.out) == (1, "")
    assert "fault of the program" not in read.err


def test_two_hundred_megabytes_of_zeros_are_refused_at_once(kept):
    file = kept.home / "zeros.json"
    with file.open("wb") as out:
        out.truncate(200_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = kept.type("import", file)
    assert (said.code, said.faults) == (1, [f"{file}: is not text: it holds zero bytes"])
    assert kept.type("next-step", file).code == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB


def test_a_record_that_never_ends_is_refused_within_bounded_memory(kept):
    file = kept.home / "endless.json"
    with file.open("wb") as out:
        out.write(b'{"format": "alkpath-record/1", "notes": [')
        for _ in range(210):
            out.write((b" " * 999_999) + b"\n")
    said = kept.type("import", file)
    assert (said.code, said.faults) == (1, [f"{file}: holds a record of more than 200 MB"])


@pytest.mark.parametrize("kind", ["folder", "dangling link", "missing", "under a file", "socket", "memory"])
def test_a_file_that_cannot_be_read_is_one_line(kept, kind, monkeypatch):
    file = kept.home / "records.json"
    if kind == "folder":
        file.mkdir()
    elif kind == "dangling link":
        file.symlink_to("nowhere")
    elif kind == "under a file":
        file.touch()
        file = file / "records.json"
    elif kind == "socket":
        server = socket.socket(socket.AF_UNIX)
        monkeypatch.chdir(kept.home)  # a socket's path is short
        server.bind("records.json")
    elif kind == "memory":
        file.symlink_to("/proc/self/mem")
    for words in (("import", file), ("next-step", file), ("letter", file, "-o", kept.home / "letter.pdf")):
        said = kept.type(*words)
        assert (said.code, said.out, len(said.faults)) == (1, "", 1)
        assert said.err.startswith(f"{file} cannot be read: ")
    assert not (kept.home / "letter.pdf").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_is_locked_away_is_one_line(kept):
    file = kept.file("records.json", a_record())
    file.chmod(0)
    said = kept.type("import", file)
    assert (said.code, said.faults) == (1, [f"{file} cannot be read: permission denied."])


@contextmanager
def locked_by_another_program(database):
    """Hold the database for writing from a process of its own."""
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        yield
        other.communicate()


def test_a_database_locked_by_another_program_is_one_line(kept, demo):
    with locked_by_another_program(kept.database):
        said = kept.type("import", demo(2), demo(3))
    assert (said.code, said.out, len(said.faults)) == (1, "", 1)
    assert said.faults[0].startswith(f"{kept.database} is locked by another program.")


def test_a_folder_that_cannot_be_written_is_one_line(terminal, demo):
    file = terminal.file("file", "a file")
    for words in (("import", demo(1)), ("export", "--all"), ("database", "upgrade"), ("next-step", "A-1")):
        said = terminal.type("--database", file / "deep" / "alkpath.sqlite", *words)
        assert (said.code, said.out, len(said.faults)) == (1, "", 1)
        assert str(file) in said.faults[0]
    assert file.read_text() == "a file"


@pytest.mark.parametrize("target", ["/proc/alkpath.sqlite", "/dev/full", "/", "postgresql://x/y", "sqlite://"])
def test_a_place_that_takes_no_database_is_one_line(terminal, demo, target):
    for words in (("import", demo(1)), ("database", "upgrade"), ("next-step", "A-1")):
        said = terminal.type("--database", target, *words)
        assert (said.code, said.out, len(said.faults)) == (1, "", 1)
        assert "fault of the program" not in said.err


@pytest.mark.parametrize("content", [b"not a database, but a long enough text", b"\0" * 10_000, b"%PDF-1.7"])
def test_a_database_that_is_none_is_one_line_and_stays(terminal, demo, content):
    file = terminal.file("other.sqlite", content)
    for words in (("import", demo(1)), ("export", "--all"), ("database", "check"), ("database", "upgrade")):
        said = terminal.type("--database", file, *words)
        assert (said.code, said.out, len(said.faults)) == (1, "", 1)
    assert file.read_bytes() == content


def test_another_programs_database_is_left_alone(terminal, demo):
    connection = sqlite3.connect(terminal.home / "other.sqlite")
    connection.execute("CREATE TABLE songs (name)")
    connection.commit()
    connection.close()
    before = (terminal.home / "other.sqlite").read_bytes()
    said = terminal.type("--database", terminal.home / "other.sqlite", "import", demo(1))
    assert (said.code, said.faults) == (1, [f"{terminal.home / 'other.sqlite'} is a database of another program."])
    assert (terminal.home / "other.sqlite").read_bytes() == before


def fill(file):
    """Write to `file` until its disk takes no more."""
    with file.open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 4096):
            pass


@contextmanager
def mounted(folder, options):
    """Give a small disk of its own at `folder`; skip where this user may not mount one."""
    folder.mkdir()
    libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, options) != 0:
        pytest.skip("this user may not mount a disk")
    try:
        yield lambda: libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 1 | 32, options)  # read-only, again
    finally:
        libc.umount2(os.fsencode(folder), 2)


def test_a_full_disk_is_one_line_and_the_records_stay(terminal, demo):
    disk = terminal.home / "disk"
    with mounted(disk, b"size=2m"):
        database = disk / "alkpath.sqlite"
        assert terminal.type("--database", database, "import", demo(1)).code == 0
        before = terminal.type("--database", database, "export", "--all").out
        with (disk / "filler").open("wb") as filler:
            filler.write(b"x" * (shutil.disk_usage(disk).free - 8192))
        many = [a_record(patient={**PATIENT, "mrn": f"A-{number}"}) for number in range(300)]
        said = terminal.type("--database", database, "import", terminal.file("many.json", many))
        assert (said.code, said.out, len(said.faults)) == (1, "", 1)
        assert "full" in said.err
        (disk / "filler").unlink()
        assert terminal.type("--database", database, "export", "--all").out == before
        fill(disk / "filler")
        for words in (("letter", demo(1), "-o", disk / "l.pdf"), ("export", "--all", "-o", disk / "e.json")):
            said = terminal.type("--database", database, *words)
            assert (said.code, len(said.faults)) == (1, 1)
            assert sorted(path.name for path in disk.iterdir() if "sqlite" not in path.name) == ["filler"]


def test_a_disk_that_is_read_only_is_one_line(terminal, demo):
    disk = terminal.home / "disk"
    with mounted(disk, b"size=2m") as make_read_only:
        database = disk / "alkpath.sqlite"
        assert terminal.type("--database", database, "import", demo(1)).code == 0
        before = database.read_bytes()
        make_read_only()
        for words in (("import", demo(2)), ("letter", demo(1), "-o", disk / "l.pdf")):
            said = terminal.type("--database", database, *words)
            assert (said.code, said.out, len(said.faults)) == (1, "", 1)
            assert str(disk) in said.err
        assert database.read_bytes() == before


def test_a_database_that_has_reached_its_limit_keeps_what_it_had(kept):
    notes = [{"date": "2014-01-01", "text": "long " * 1000}] * 20
    many = [a_record(patient={**PATIENT, "mrn": f"A-{number}"}, notes=notes) for number in range(20)]
    file = kept.file("many.json", many)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    command = [sys.executable, ROOT / "main.py", "--database", kept.database, "import", file]

    def a_small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (kept.database.stat().st_size, limit[1]))

    done = subprocess.run(command, capture_output=True, preexec_fn=a_small_disk, text=True)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_exporting_into_a_place_that_takes_no_file_is_one_line(kept):
    for place in ("folder", "file/x.json"):
        (kept.home / "folder").mkdir(exist_ok=True)
        (kept.home / "file").touch()
        said = kept.type("export", "--all", "-o", kept.home / place)
        assert (said.code, said.out, len(said.faults)) == (1, "", 1)
        assert said.err.startswith(f"{kept.home / place} cannot be written: ")


def test_a_record_of_json_is_read_the_same_with_a_mark_of_its_encoding(terminal):
    file = terminal.file("bom.json", b"\xef\xbb\xbf" + json.dumps(a_record()).encode())
    assert terminal.type("import", file).code == 0


def test_a_name_with_odd_letters_is_one_line(terminal):
    file = Path(os.fsdecode(os.fsencode(terminal.home) + b"/bad-\xff\n.json"))
    said = terminal.type("import", file)
    assert (said.code, len(said.faults)) == (1, 1)
