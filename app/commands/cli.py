"""The command line: what was typed goes to its command; whatever happens ends in an exit code and plain lines."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from app.commands.doors import NOT_MET, STOPPED, WRONG_USAGE, Doors, WrongUsage, complain
from app.words import _

if TYPE_CHECKING:
    from argparse import Namespace

# What may be typed, by module and function; what the parser knows and this does not is not in this version.
COMMANDS = {
    "demo": ("demo", "demo"),
    "import": ("record", "import_files"),
    "export": ("record", "export"),
    "next-step": ("next_step", "next_step"),
    "letter": ("letter", "letter"),
    "response": ("response", "response"),
    "grade": ("grade", "grade"),
    "worklist": ("worklist", "worklist"),
    "protocol list": ("protocol", "list_protocols"),
    "protocol show": ("protocol", "show"),
    "protocol check": ("proof", "check"),
    "database upgrade": ("database", "upgrade"),
    "database check": ("database", "check"),
    "database backup": ("database", "backup"),
    "database restore": ("database", "restore"),
}


def main(arguments: Sequence[str], doors: Doors) -> int:
    """Do what was typed and return the exit code: 0 done, 1 not possible, 2 wrong usage or not in this version."""
    _any_text_can_be_printed()
    try:
        try:
            code = _run(arguments, doors)
            sys.stdout.flush()
        except SystemExit as end:  # argparse, for --help and for wrong usage
            sys.stdout.flush()
            return end.code if isinstance(end.code, int) else WRONG_USAGE
    except BrokenPipeError:  # who read our output has seen enough
        _leave_quietly()
        return NOT_MET
    except KeyboardInterrupt:
        _leave_quietly()
        return STOPPED
    except OSError as error:
        _leave_quietly()
        complain(_("the output cannot be written: {why}").format(why=error.strerror or type(error).__name__))
        return NOT_MET
    return code


def _run(arguments: Sequence[str], doors: Doors) -> int:
    if not arguments:  # the window does not wait for the parser
        return _open_window(doors, None)
    from app.commands.parser import build_parser

    typed = build_parser().parse_args(arguments)
    typed.database = getattr(typed, "database", None)
    if typed.command is None:
        return _open_window(doors, typed.database)
    return _do(typed, doors)


def _open_window(doors: Doors, database: str | None) -> int:
    try:
        return doors.window(doors.database(database))
    except WrongUsage as wrong:
        complain(str(wrong))
    except ImportError as error:  # Qt, on a system that lacks its libraries
        complain(_("The window cannot be opened: {why}. Type: make run").format(why=error.msg))
    except Exception as error:  # a bug: the one place that may catch everything
        _say_bug(error, doors)
    return NOT_MET


def _do(typed: "Namespace", doors: Doors) -> int:
    """Do one command; every fault it meets becomes lines on stderr."""
    from app.record.reading import ChangedMeanwhile, NotPossible, Refused

    try:
        return _command(typed)(typed, doors)
    except WrongUsage as wrong:
        complain(str(wrong))
        return WRONG_USAGE
    except Refused as refused:
        for fault in refused.faults:
            complain(str(fault))
    except NotPossible as refused:
        complain(str(refused))
    except ChangedMeanwhile:
        complain(_("The record was changed by somebody else meanwhile; nothing was stored. Try again."))
    except OSError as error:
        if error.filename is None:  # the output, and not a file that was asked for
            raise
        complain(f"{error.filename}: {error.strerror}")
    except Exception as error:  # a bug: the one place that may catch everything
        _say_bug(error, doors)
    return NOT_MET


def _command(typed: "Namespace") -> "Callable[[Namespace, Doors], int]":
    """Return the function of a command; no command loads what another one needs."""
    from importlib import import_module

    name = f"{typed.command} {typed.part}" if hasattr(typed, "part") else typed.command
    if name not in COMMANDS:
        raise WrongUsage(_("“{command}” is not in this version of ALKPath.").format(command=name))
    module, function = COMMANDS[name]
    command: Callable[[Namespace, Doors], int] = getattr(import_module(f"app.commands.{module}"), function)
    return command


def _say_bug(error: Exception, doors: Doors) -> None:
    from app.services.bug_log import note_bug

    log = note_bug(error, doors.user_folder())
    where = _("Where it happened, without any patient's data, is in {log}.").format(log=log) if log else ""
    complain(_("This is a fault of the program, not of what you typed. {where}").format(where=where))


def _any_text_can_be_printed() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # absent under a test's capture


def _leave_quietly() -> None:
    """Let nothing more be written to a broken output when the interpreter ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
