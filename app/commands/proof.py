"""`protocol check`: the proof of a protocol's tables, on paper where it fails."""

import argparse

from app.commands.doors import DONE, NOT_MET, Doors, complain, say
from app.words import _


def check(typed: argparse.Namespace, doors: Doors) -> int:
    """Prove one protocol by id or folder, or all there are; one line per fault, with facts that show it."""
    with doors.open_desk(typed.database) as desk:
        known = desk.advising.known
        failed = False
        for name in [typed.what] if typed.what else known.ids():
            folder = known.find(name)
            protocol = known.read(folder)
            faults = known.check(folder, protocol)
            rows = [row for table in protocol.tables.values() for row in table.rows]
            for fault in faults:
                complain(f"{fault.kind}: {fault}")
            failed = failed or bool(faults)
            if not faults:
                text = _("{name} is proved: {tables} tables, {rows} rows, {facts} facts; sha256 {sha256}")
                say(
                    text.format(
                        name=protocol.ref.id,
                        tables=len(protocol.tables),
                        rows=len(rows),
                        facts=len({fact for row in rows for fact in row.facts()}),
                        sha256=protocol.ref.sha256,
                    )
                )
    return NOT_MET if failed else DONE
