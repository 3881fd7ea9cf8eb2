"""The commands as they may be typed: `main.py --help` is made from here."""

import argparse
import re
from datetime import date
from typing import Any, NoReturn

from app import __version__
from app.clinical.confirmation import CONFIRMATION_DAYS, MINIMUM_STABLE_DAYS
from app.commands.doors import WRONG_USAGE
from app.words import LANGUAGES, _

Parsers = Any  # argparse's own type for "the place sub-commands are added to" is private


class OneLineParser(argparse.ArgumentParser):
    """Says what was typed wrongly in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one line."""
        self.exit(WRONG_USAGE, _("{message} (see {program} --help)").format(message=message, program=self.prog) + "\n")


def a_day(text: str) -> date:
    """Return a whole date, or what argparse says of a bad one."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{text} is not a date, YYYY-MM-DD").format(text=text)) from None


def some_days(text: str) -> int:
    """Return a number of days, or what argparse says of one that is none."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise argparse.ArgumentTypeError(_("{text} is not a number of days, 0 to 9999").format(text=text))
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    database = argparse.ArgumentParser(add_help=False)
    database.add_argument(
        "--database",
        metavar="URL-or-path",
        default=argparse.SUPPRESS,
        help=_("the database to use (default: alkpath.sqlite in your own data folder)"),
    )
    parser = OneLineParser(
        prog="main.py",
        parents=[database],
        description=_("ALKPath: what comes next for a patient with ALK-positive lung cancer, and why."),
        epilog=_("With no command the window opens. Not a medical device: for evaluation only."),
    )
    parser.add_argument("--version", action="version", version=f"ALKPath {__version__}")
    commands = parser.add_subparsers(dest="command", metavar=_("command"), title=_("commands"))
    _add_records(commands, [database])
    _add_advice(commands, [database])
    _add_housekeeping(commands, [database])
    return parser


def _add_records(commands: Parsers, parents: list[Any]) -> None:
    demo = commands.add_parser(
        "demo",
        parents=parents,
        help=_("show the demonstration patients: next step and letter of each"),
        description=_("Uses a scratch database of its own; yours is not touched."),
    )
    demo.add_argument("--out", metavar="DIR", default="demo-letters", help=_("folder for the letters"))
    imports = commands.add_parser("import", parents=parents, help=_("store the records of files"))
    imports.add_argument("files", metavar="FILE", nargs="+")
    imports.add_argument("--replace", action="store_true", help=_("put a record in the place of one with its number"))
    export = commands.add_parser("export", parents=parents, help=_("write records"))
    export.add_argument("mrns", metavar="MRN", nargs="*")
    export.add_argument("--all", action="store_true", help=_("every record, as a list"))
    export.add_argument("-o", dest="out", metavar="FILE", help=_("write to FILE (default: to the terminal)"))


def _add_advice(commands: Parsers, parents: list[Any]) -> None:
    step = commands.add_parser("next-step", parents=parents, help=_("what to do next, and why"))
    step.add_argument("record", metavar="MRN|FILE")
    step.add_argument("--protocol", metavar="ID", help=_("the protocol to ask (see: protocol list)"))
    _add_as_of(step)
    _add_json(step)
    step.add_argument("--trace", action="store_true", help=_("add every fact, and every rule that fired or nearly did"))
    letter = commands.add_parser("letter", parents=parents, help=_("write a letter as a PDF, or check one"))
    letter.add_argument("record", metavar="MRN|FILE", nargs="?")
    letter.add_argument("-o", dest="out", metavar="OUT.pdf")
    letter.add_argument(
        "--check", metavar="CODE|FILE.pdf", help=_("whether a letter was signed here, and what changed since")
    )
    _add_json(letter)
    letter.add_argument("--kind", choices=("clinic", "mdt", "patient", "pathway", "plan"), default="clinic")
    letter.add_argument("--language", choices=LANGUAGES, default="en")
    letter.add_argument(
        "--attach-record", action="store_true", help=_("put the record as of that day into the PDF, as a file")
    )
    _add_as_of(letter)
    _add_response(commands, parents)
    grade = commands.add_parser("grade", parents=parents, help=_("CTCAE grades of laboratory values, from a JSON list"))
    _add_json(grade)
    grade.add_argument("--ctcae", choices=("5.0", "4.03"), default="5.0", help=_("the version (default: 5.0)"))
    worklist = commands.add_parser(
        "worklist", parents=parents, help=_("what is due, overdue, awaited and undecided, over all patients")
    )
    _add_as_of(worklist)
    _add_json(worklist)


def _add_response(commands: Parsers, parents: list[Any]) -> None:
    response = commands.add_parser(
        "response", parents=parents, help=_("RECIST 1.1 per assessment, and the best response of each line")
    )
    response.add_argument("record", metavar="MRN|FILE")
    _add_as_of(response)
    _add_json(response)
    for name, default, told in (
        ("--minimum-stable-days", MINIMUM_STABLE_DAYS, _("from when stable disease counts, after the line's start")),
        ("--confirmation-days", CONFIRMATION_DAYS, _("how much later a response must be to confirm one")),
    ):
        told = _("{told} (default: {days})").format(told=told, days=default)
        response.add_argument(name, metavar="DAYS", type=some_days, default=default, help=told)


def _add_housekeeping(commands: Parsers, parents: list[Any]) -> None:
    protocol = commands.add_parser("protocol", parents=parents, help=_("the protocols"))
    parts = protocol.add_subparsers(dest="part", metavar="list|show|check", required=True)
    parts.add_parser("list", parents=parents, help=_("the protocols there are"))
    show = parts.add_parser("show", parents=parents, help=_("a protocol: its source, drugs, tables and rules"))
    show.add_argument("id", metavar="ID")
    check = parts.add_parser("check", parents=parents, help=_("prove a protocol's tables, or show where they fail"))
    check.add_argument("what", metavar="ID|FOLDER", nargs="?")

    database = commands.add_parser("database", parents=parents, help=_("the database's own housekeeping"))
    parts = database.add_subparsers(dest="part", metavar="upgrade|check|backup|restore", required=True)
    parts.add_parser("upgrade", parents=parents, help=_("bring the database to this version, with a backup first"))
    parts.add_parser("check", parents=parents, help=_("look whether the database is whole"))
    backup = parts.add_parser("backup", parents=parents, help=_("write a copy of the database"))
    backup.add_argument("file", metavar="FILE")
    restore = parts.add_parser("restore", parents=parents, help=_("put a backup in the place of the database"))
    restore.add_argument("file", metavar="FILE")


def _add_as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=a_day,
        help=_("the day that counts as today, YYYY-MM-DD; nothing after it is seen"),
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("for programs: JSON, stable"))
