"""What holds of every command: exit codes, one line per fault, no traceback."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

import main
from app.commands import cli
from app.commands.doors import Doors
from app.paths import RESOURCES

ROOT = RESOURCES.parent


def start(tmp_path, *words, **options):
    """Start main.py as a process of its own."""
    return subprocess.Popen(
        [sys.executable, ROOT / "main.py", *words],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore Ctrl+C
        **options,
    )


def test_no_command_opens_the_window_on_the_users_own_database(terminal):
    assert terminal.type().code == 0
    assert terminal.windows == [terminal.database]


@pytest.mark.parametrize("words", [("--database", "other.sqlite"), ("--database=other.sqlite",)])
def test_the_window_opens_on_the_database_that_is_named(terminal, words):
    assert terminal.type(*words).code == 0
    assert terminal.windows == ["other.sqlite"]


def test_the_database_may_be_named_before_or_after_the_command(terminal, demo):
    other = terminal.home / "other.sqlite"
    assert terminal.type("--database", other, "import", demo(1)).code == 0
    assert terminal.type("export", "DEMO-1", "--database", f"sqlite:///{other}").code == 0
    assert terminal.type("database", "--database", other, "check").code == 0
    assert terminal.type("database", "check", "--database", other).code == 0
    assert terminal.type("export", "DEMO-1").code == 1
    assert other.is_file()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("next-step", "A-1", "--as-of", "2014-02-30"), "argument --as-of: 2014-02-30 is not a date, YYYY-MM-DD"),
        (("next-step", "A-1", "--as-of", "20140201"), "argument --as-of: 20140201 is not a date, YYYY-MM-DD"),
        (("next-step", "A-1", "--as-of", "2014-02"), "argument --as-of: 2014-02 is not a date, YYYY-MM-DD"),
        (("next-step",), "the following arguments are required: MRN|FILE"),
        (("letter", "A-1"), "the following arguments are required: -o"),
        (("letter", "A-1", "-o", "x.pdf", "--kind", "poem"), "argument --kind: invalid choice: 'poem'"),
        (("next-stepp", "A-1"), "argument command: invalid choice: 'next-stepp'"),
        (("next-step", "A-1", "--js"), "unrecognized arguments: --js"),
        (("import",), "the following arguments are required: FILE"),
        (("database",), "the following arguments are required: upgrade|check|backup|restore"),
        (("export",), "Name the patients' numbers, or --all."),
        (("export", "A-1", "--all"), "Name the patients' numbers, or --all."),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(terminal, words, fault):
    said = terminal.type(*words)
    assert (said.code, said.out, len(said.faults)) == (2, "", 1)
    assert said.faults[0].startswith(fault)


@pytest.mark.parametrize("words", [("--help",), ("next-step", "--help"), ("database", "backup", "--help")])
def test_help_is_printed_and_done(terminal, words):
    said = terminal.type(*words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("usage: main.py")


def test_the_version_is_printed(terminal):
    assert terminal.type("--version").out == "ALKPath 0.3.0\n"


def test_a_bug_is_one_line_with_its_place_in_a_log_and_nothing_of_a_patient(tmp_path, capsys):
    def broken(target, settings):
        raise ZeroDivisionError("Liver, Grace")

    doors = Doors(user_folder=lambda: tmp_path, desk=broken, window=broken)
    assert cli.main(["next-step", "A-1042"], doors) == 1
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert err.startswith("This is a fault of the program")
    assert str(tmp_path / "faults.log") in err
    log = (tmp_path / "faults.log").read_text()
    assert "ZeroDivisionError" in log
    assert "Grace" not in log + err


def test_a_bug_of_the_window_is_one_line(tmp_path, capsys):
    def broken(target):
        raise ZeroDivisionError("Liver, Grace")

    assert cli.main([], Doors(user_folder=lambda: tmp_path, desk=main.desk, window=broken)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert "ZeroDivisionError" in (tmp_path / "faults.log").read_text()


def test_a_system_without_the_libraries_of_the_window_is_told_what_to_type(tmp_path, capsys):
    def broken(target):
        raise ImportError("libEGL.so.1: cannot open shared object file")

    assert cli.main([], Doors(user_folder=lambda: tmp_path, desk=main.desk, window=broken)) == 1
    said = capsys.readouterr().err
    assert said == "The window cannot be opened: libEGL.so.1: cannot open shared object file. Type: make run\n"


def test_without_a_screen_the_window_is_one_line(tmp_path):
    env = {key: value for key, value in os.environ.items() if "DISPLAY" not in key and key != "QT_QPA_PLATFORM"}
    done = subprocess.run([sys.executable, ROOT / "main.py"], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no screen here for the window. Without one, type: main.py demo\n"


def test_a_bug_that_cannot_be_logged_is_still_one_line(tmp_path, capsys):
    def broken(target, settings):
        raise ZeroDivisionError

    (tmp_path / "file").touch()
    doors = Doors(user_folder=lambda: tmp_path / "file", desk=broken, window=broken)
    assert cli.main(["next-step", "A-1042"], doors) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_fault_that_quotes_a_control_character_cannot_write_to_the_terminal(terminal):
    file = terminal.file("bad.json", '{"format": "alkpath-record/1", "patient": {"mrn": "1", "\\u001b[2J\\nx": 1}}')
    said = terminal.type("import", file)
    assert said.code == 1
    assert "\x1b" not in said.err
    assert all(line.startswith(f"{file}: ") for line in said.faults)


def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path):
    os.mkfifo(tmp_path / "slow.json")
    process = start(tmp_path, "import", tmp_path / "slow.json")
    with (tmp_path / "slow.json").open("wb") as never_ending:  # opens once the command reads
        never_ending.write(b"[")
        never_ending.flush()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b""


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    process = start(tmp_path, "protocol", "show", "duchemann-2015", stdout=writing)
    os.close(writing)
    _out, err = process.communicate(timeout=30)
    assert err == b""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [("protocol", "list"), ("next-step", "demo", "--json")])
def test_output_that_cannot_be_written_is_one_line(tmp_path, demo, words):
    words = [demo(2) if word == "demo" else word for word in words]
    with Path("/dev/full").open("wb") as full:
        process = start(tmp_path, *words, stdout=full)
        _out, err = process.communicate(timeout=30)
    assert err == b"the output cannot be written: No space left on device\n"
    assert process.returncode == 1


def test_output_is_utf_8_where_the_terminal_is_not(tmp_path, demo):
    env = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, ROOT / "main.py", "next-step", demo(2), "--as-of", "2012-07-10"]
    as_text = subprocess.run(command, env=env, capture_output=True, check=True)
    assert as_text.stderr == b""
    as_json = subprocess.run([*command, "--json"], env=env, capture_output=True, check=True)
    assert "“oligometastatic”" in as_json.stdout.decode()
