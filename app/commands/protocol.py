"""`protocol list` and `protocol show`: which protocols there are, and what one of them says."""

import argparse
from pathlib import Path
from textwrap import wrap

from app.commands.doors import DONE, Doors, say
from app.pathway.protocol import Protocol
from app.record.reading import NotPossible
from app.words import _

WIDTH = 110


def list_protocols(typed: argparse.Namespace, doors: Doors) -> int:
    """Print a line for each protocol."""
    with doors.open_desk(typed.database) as desk:
        for name in desk.advising.protocols():
            ref = desk.advising.protocol(name).ref
            say(f"{ref.id}  {_('edition {edition}').format(edition=ref.edition)}  {_status(ref.status)}  {ref.title}")
    return DONE


def show(typed: argparse.Namespace, doors: Doors) -> int:
    """Print a protocol: what it is, where it is from, its drugs, and every row of its tables with its evidence."""
    with doors.open_desk(typed.database) as desk:
        protocol = desk.advising.protocol(typed.id)
        folder = desk.advising.known.find(typed.id)
    ref = protocol.ref
    say(ref.title)
    for name, value in (
        (_("id"), ref.id),
        (_("edition"), ref.edition),
        (_("status"), _status(ref.status)),
        (_("source"), ref.source),
        ("sha256", ref.sha256),
    ):
        say(f"  {name:<9} {value}")
    _show_drugs(protocol)
    _show_tables(protocol)
    _show_evidence(protocol)
    _show_coverage(protocol, folder)
    return DONE


def _show_drugs(protocol: Protocol) -> None:
    say()
    say(_("DRUGS"))
    for drug in protocol.drugs.values():
        doses = ", ".join(drug.doses) or _("no dose shown")
        say(f"  {drug.name:<32} {_(drug.kind.replace('_', ' ')):<16} {doses}")


def _show_tables(protocol: Protocol) -> None:
    for table in protocol.tables.values():
        say()
        hit = _("the first row that holds") if table.hit == "first" else _("every row that holds")
        say(_("TABLE {name}: {title} ({hit})").format(name=table.name, title=table.title or table.name, hit=hit))
        for row in table.rows:
            evidence = f" ({', '.join(row.evidence)})" if row.evidence else ""
            does = row.says or ", ".join(dict.fromkeys(item.action for item in row.advise)) or ", ".join(row.then)
            say(f"  {row.rule:<5} {row.id:<32} {does}{evidence}")


def _show_evidence(protocol: Protocol) -> None:
    say()
    say(_("EVIDENCE"))
    for key, text in protocol.evidence_texts().items():
        say(f"  {key:<5} {' '.join(text.split())}")


def _show_coverage(protocol: Protocol, folder: Path) -> None:
    """Where every rule, study and ambiguity lives; what a clinic's own protocol leaves out is said, not hidden."""
    from app.pathway.coverage import faults, lines
    from app.pathway.yaml_file import read_if_there

    try:
        written = read_if_there(folder / "coverage.yaml")
    except ValueError as fault:
        raise NotPossible(_("coverage.yaml: {fault}").format(fault=fault)) from None
    say()
    say(_("COVERAGE"))
    for name, places in lines(protocol, written):
        told = wrap(places or _("nowhere"), WIDTH, break_on_hyphens=False, break_long_words=False)
        say(f"  {name:<8}" + f"\n{' ' * 10}".join(told))
    for gap in faults(protocol, written):
        say(_("  ! {fault}").format(fault=gap))


def _status(status: str) -> str:
    return _("HISTORICAL") if status == "historical" else _("in force")
