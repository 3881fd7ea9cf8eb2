"""The house itself: sizes, names, documented commands, package data, pins. Import contracts: see setup.cfg."""

import argparse
import ast
import configparser
import os
import re
import shutil
import subprocess
import tomllib
from importlib import import_module
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from app import __version__
from app.commands.cli import COMMANDS
from app.commands.parser import build_parser
from app.paths import RESOURCES

ROOT = RESOURCES.parent
TOP = {
    "app", "resources", "db", "tests", "setup.cfg", "main.py", "README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml",
    "requirements.lock", "Makefile", ".ci", ".gitignore",
}  # fmt: skip
LONG_BY_NATURE = {"db/tables.py"}  # one line for each column of the database
CODE = sorted(
    path
    for path in chain(ROOT.glob("*.py"), *((ROOT / part).rglob("*.py") for part in ("app", "db", "tests", ".ci")))
    if "__pycache__" not in path.parts
)
OURS = [path for path in CODE if "tests" not in path.relative_to(ROOT).parts]
TESTS = [path for path in CODE if path.name.startswith("test_")]
TEXTS = sorted(
    path
    for path in ROOT.rglob("*")
    if path.suffix in {".py", ".yaml", ".md", ".cfg", ".toml", ".lock", ".sh", ".txt", ".json", ".qss", ""}
    and path.is_file()
    and not any(part.startswith(".") and part != ".ci" for part in path.relative_to(ROOT).parts)
    and path.relative_to(ROOT).parts[0] in TOP
    and "__pycache__" not in path.parts
)
SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_a_module_holds_at_most_300_lines(path):
    limit = 250 if path.name == "main_window.py" else 300
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit or name_of(path) in LONG_BY_NATURE


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_a_function_holds_at_most_60_lines(path):
    long = {
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in functions(ast.parse(path.read_text(encoding="utf-8")))
        if node.end_lineno - node.lineno + 1 > 60
    }
    assert long == set()


@pytest.mark.parametrize("path", [path for path in OURS if path.name != "__init__.py"], ids=name_of)
def test_a_module_says_in_a_docstring_what_it_is(path):
    if "versions" in path.parts:
        pytest.skip("a migration")
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def asserts_something(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"raises", "warns", "fail"} or called.startswith(("assert", "expect", "check", "wait")):
                return True
    return False


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_asserts_something(path):
    tests = [node for node in functions(ast.parse(path.read_text(encoding="utf-8"))) if node.name.startswith("test_")]
    assert [test.name for test in tests if not asserts_something(test)] == []


def test_test_files_and_only_they_are_called_test():
    assert [name_of(path) for path in OURS if path.name.startswith("test_")] == []


def test_the_top_level_holds_what_was_agreed():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert {line.split("/")[0] for line in listed.stdout.splitlines()} <= TOP
    assert all((ROOT / name).exists() for name in TOP)


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_nothing_names_the_place_where_it_was_written(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    words = ("/wo" + "rk/", "simple" + "/mdurl", "pypi" + "-more", "index" + "-url", "/ro" + "ot/")
    assert [word for word in words if word in text] == []


# Commands: README, parser and what they do agree.


def parsers(parser, words=()):
    """Yield the words of every command that can be typed, with its parser."""
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in nested:
        for name, below in action.choices.items():
            yield from parsers(below, (*words, name))
    if not nested and words:
        yield " ".join(words), parser


def documented():
    """Return the commands of the README, each with the options written beside it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \|", text, re.MULTILINE) + re.findall(r"^(`.*?) can be typed", text, re.M)
    found = {}
    for row in rows:
        for part in re.split(r"`,? (?:and )?`|`", row):
            words = re.match(r"[a-z-]+(?: (?:list|show|check|upgrade|backup|restore))?", part)
            if words:
                found[words[0]] = set(re.findall(r"(?<![\w-])--?[a-z-]+", part))
    return found


def documented_as_missing():
    """Return the commands of which the README says that they are not in this version."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^(`.*) can be typed", text, re.MULTILINE)
    return re.findall(r"`([^`]+)`", told[0]) if told else []


def format_of(words):
    """Return the line of the help that tells of a command."""
    parser = build_parser()
    *above, name = words.split()
    for word in above:
        parser = dict(parsers_below(parser))[word]
    action = next(one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return next(choice.help for choice in action._choices_actions if choice.dest == name)


def parsers_below(parser):
    action = next(one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return action.choices.items()


def test_every_command_is_documented_and_every_documented_command_is_there():
    assert set(documented()) == {words for words, _parser in parsers(build_parser())}


def test_every_option_is_documented_and_every_documented_option_is_there():
    told = documented()
    for words, parser in parsers(build_parser()):
        there = {
            option
            for action in parser._actions
            for option in action.option_strings
            if option not in ("-h", "--help", "--database")
        }
        if words in COMMANDS:
            assert told[words] == there, words
    assert "--database URL-or-path" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_done_somewhere_or_said_to_be_missing():
    missing = {words for words, _parser in parsers(build_parser())} - set(COMMANDS)
    assert missing == set(documented_as_missing())
    assert all("not in this version" in " ".join(format_of(words).split()) for words in missing)
    for module, function in COMMANDS.values():
        assert callable(getattr(import_module(f"app.commands.{module}"), function))


def test_help_names_every_command():
    text = build_parser().format_help()
    assert all(re.search(rf"^ +{words.split()[0]}\b", text, re.MULTILINE) for words, _parser in parsers(build_parser()))


def test_the_readme_opens_with_the_two_commands_and_its_pictures_are_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index("make run") < text.index("make test") < text.index("![")
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)
    assert len(pictures) == 3
    assert all((ROOT / picture).read_bytes().startswith(b"\x89PNG") for picture in pictures)
    paths = re.findall(r"`(resources/[^`]+)`", text)
    assert all((ROOT / path).exists() for path in paths)


def test_make_has_every_target_that_is_told():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = re.findall(r'^\t@echo "make ([a-z]+) ', makefile, re.MULTILINE)
    assert {"run", "test", "bench", "screenshots", "lock"} <= set(told)
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in told)
    assert "exec make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# Packages: ranges, pins, versions, data.


def requirements(section, option):
    return [Requirement(line) for line in SETUP[section][option].splitlines() if line.strip()]


WANTED = requirements("options", "install_requires") + requirements("options.extras_require", "test")
LOCKED = dict(
    line.split("==")
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


PINNED = {plain(name): pin for name, pin in LOCKED.items()}


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_every_requirement_has_both_bounds_and_the_lock_keeps_them(wanted):
    assert {bound.operator for bound in wanted.specifier} == {">=", "<"}
    assert wanted.specifier.contains(PINNED[plain(wanted.name)])


def test_the_lock_pins_exact_versions_and_names_no_place():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)


@pytest.mark.parametrize("wanted", WANTED, ids=lambda one: one.name)
def test_what_runs_here_is_what_the_lock_says(wanted):
    assert version(wanted.name) == PINNED[plain(wanted.name)]


def test_pyside_comes_without_the_parts_that_are_not_used():
    assert {"pyside6-essentials", "pyside6-pdf"} <= set(PINNED)
    assert {"pyside6", "pyside6-addons"}.isdisjoint(PINNED)


def test_the_version_is_the_one_the_changelog_tells_first():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+),", changelog, re.MULTILINE)[0] == __version__
    assert SETUP["metadata"]["version"] == "attr: app.__version__"


def test_the_style_checker_and_the_package_agree_on_the_oldest_python():
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert ruff["target-version"] == "py311"
    assert SETUP["options"]["python_requires"].startswith(">=3.11")
    assert SETUP["mypy"]["python_version"] == "3.11"


@pytest.mark.parametrize(
    "pattern",
    [
        "protocols/duchemann-2015/protocol.yaml",
        "protocols/duchemann-2015/tables/*.yaml",
        "schema/alkpath-record-1.json",
        "letters/letterhead.yaml",
        "fonts/*.ttf",
        "fonts/*LICENSE*",
        "demo/demo-?.json",
        "demo/days.yaml",
    ],
)
def test_the_data_that_the_program_needs_is_there(pattern):
    assert list(RESOURCES.glob(pattern))


def test_data_is_no_code():
    assert [name_of(path) for path in RESOURCES.rglob("*.py")] == []


def test_the_licence_is_the_one_that_is_told():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "ALKPath contributors" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert SETUP["metadata"]["license"] == "MIT"


def test_no_rule_is_switched_off_without_a_reason():
    bare = re.compile(r"# (?:noqa|type: ignore)(?!.*#)")
    found = [
        f"{name_of(path)}:{number}"
        for path in OURS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line) or "TODO" in line or "FIXME" in line
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(Path(ROOT / ".ci").glob("*")), ids=name_of)
def test_the_scripts_may_be_run(path):
    assert (path.suffix not in (".sh",) and path.name != "run") or path.stat().st_mode & 0o111


# The two commands on a machine that lacks something.


@pytest.fixture
def a_machine(tmp_path):
    """A system that lacks one library, whose user and package manager are ours; returns how to run the check there."""
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    with (tmp_path / ".ci" / "libraries").open("a", encoding="utf-8") as libraries:
        libraries.write("libmissing.so.9 libmissing9 all\nmissing-tool missing-tool-package test\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(shutil.which("true"))

    def check(purpose, user, installs=0):
        programs = {"id": f"echo {user}", "apt-get": f'echo "$*" >> {tmp_path}/asked; exit {installs}'}
        (tmp_path / "programs").mkdir()
        for name, text in programs.items():
            (tmp_path / "programs" / name).write_text(f"#!/bin/sh\n{text}\n")
            (tmp_path / "programs" / name).chmod(0o755)
        environment = {**os.environ, "PATH": f"{tmp_path / 'programs'}:{os.environ['PATH']}"}
        command = ["sh", ".ci/system-packages.sh", purpose]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        asked = (tmp_path / "asked").read_text().splitlines() if (tmp_path / "asked").exists() else []
        return done, asked

    return check


def test_without_root_the_exact_line_to_type_is_shown(a_machine):
    done, asked = a_machine("run", 1000)
    assert (done.returncode, done.stdout, asked) == (1, "", [])
    assert re.search(r"^sudo apt-get install -y --no-install-recommends .*\blibmissing9$", done.stderr, re.MULTILINE)
    assert "missing-tool" not in done.stderr


def test_as_root_what_is_missing_is_installed_and_for_tests_their_tools_too(a_machine):
    done, asked = a_machine("test", 0)
    assert (done.returncode, done.stderr) == (0, "")
    assert asked[0].startswith("update")
    assert asked[1].endswith(" libmissing9 missing-tool-package")


def test_when_the_packages_cannot_be_installed_the_line_to_type_is_shown(a_machine):
    done, _asked = a_machine("run", 0, installs=100)
    assert done.returncode == 1
    assert re.search(r"^apt-get install -y --no-install-recommends .*\blibmissing9$", done.stderr, re.MULTILINE)
