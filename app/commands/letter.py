"""`letter`: the PDF of a letter, whole or not at all; with `--check`, whether a paper or a file was signed here.

What this command writes is not signed: that is done in the window, by a doctor of the clinic. JSON of a check:
`genuine`, `fault` (or null), and `letter` (null when none is known): `code`, `kind`, `language`, `mrn`, `as_of`,
`recipient`, `signed_by`, `signed_at` (UTC), `sha256`, `record_version`, `record_sha256`, `protocol` (id, edition,
sha256), `supersedes` and `superseded_by` (codes, or null), `bytes` (`archived`, `other`, or null when only a code was
given), `changed_since` (lines of words, those first that the letter would say differently), `differences` (lines of
words: what the pages of a file say otherwise than those of the letter it wants to be).
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.doors import DONE, NOT_MET, Doors, WrongUsage, complain, say, say_data, the_record
from app.services.whole_file import whole_file
from app.words import _

if TYPE_CHECKING:
    from app.services.letter_check import Checked


def letter(typed: argparse.Namespace, doors: Doors) -> int:
    """Write one letter as of a day, or check one."""
    if typed.check is not None:
        if typed.record is not None or typed.out is not None or typed.attach_record:
            raise WrongUsage(_("--check takes a code or a file alone: no patient, and no -o."))
        return _check(typed, doors)
    missing = [name for name, value in (("MRN|FILE", typed.record), ("-o OUT.pdf", typed.out)) if value is None]
    if missing:
        words = _("the following arguments are required: {missing}; or --check CODE|FILE.pdf")
        raise WrongUsage(words.format(missing=", ".join(missing)))
    if typed.json:
        raise WrongUsage(_("--json goes with --check: a letter is a PDF."))
    with doors.open_desk(typed.database) as desk:
        record = the_record(desk, typed.record)
        page = desk.letters.compose(
            record, typed.as_of or desk.today(), kind=typed.kind, language=typed.language,
            attach_record=typed.attach_record,
        )  # fmt: skip
    with whole_file(Path(typed.out)) as out:
        out.write(page)
    return DONE


def _check(typed: argparse.Namespace, doors: Doors) -> int:
    from app.services.letter_check import check_letter, sentences

    with doors.open_desk(typed.database) as desk:
        checked = check_letter(desk.archive, typed.check)
        if typed.json:
            say_data(_data(checked))
        else:
            for line in sentences(checked)[bool(checked.fault) :]:
                say(line)
        if checked.fault:
            complain(checked.fault)
    return DONE if checked.is_genuine else NOT_MET


def _data(checked: "Checked") -> dict[str, Any]:
    found = checked.letter
    if found is None:
        return {"genuine": False, "fault": checked.fault or None, "letter": None}
    plain = ("code", "kind", "language", "mrn", "as_of", "signed_by", "signed_at", "sha256", "record_version",
             "record_sha256")  # fmt: skip
    about = {name: getattr(found, name) for name in plain}
    about["recipient"] = list(found.address)
    about["protocol"] = {
        "id": found.protocol, "edition": found.protocol_edition, "sha256": found.protocol_sha256,
    }  # fmt: skip
    about["supersedes"], about["superseded_by"] = found.supersedes or None, found.superseded_by or None
    about["bytes"] = None if not checked.is_file else "other" if checked.fault else "archived"
    about["changed_since"] = [str(one) for one in (*checked.changes.seen, *checked.changes.later)]
    about["differences"] = list(checked.differences)
    return {"genuine": checked.is_genuine, "fault": checked.fault or None, "letter": about}
