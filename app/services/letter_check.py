"""Whether a paper or a file is a letter that was signed here, by the code at its foot, its square, or its bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.record.reading import NotPossible
from app.services.letter_archive import Changes, SignedLetter
from app.services.letter_codes import code_in, codes_in, read_code
from app.services.pdf_words import Word, differences, words_of
from app.words import _, many

if TYPE_CHECKING:
    from app.services.letter_archive import LetterArchive

MOST_SHOWN = 12  # places in which a file differs
LARGEST_FILE = 50_000_000  # bytes; a letter has some hundred thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found. `letter` is the one that is named or meant; `fault` says why it is none of ours, if it is not.

    `differences` are what the pages of a file say otherwise than those of the letter it wants to be.
    """

    letter: SignedLetter | None = None
    is_file: bool = False
    fault: str = ""
    changes: Changes = field(default_factory=Changes)
    not_compared: str = ""
    differences: tuple[str, ...] = ()

    @property
    def is_genuine(self) -> bool:
        """Whether a letter was found, and nothing speaks against it being the one."""
        return self.letter is not None and not self.fault


def check_letter(archive: "LetterArchive", typed: str) -> Checked:
    """Return what is known of a code, of the text of a square code, or of a PDF file."""
    path = Path(typed)
    if typed.lower().endswith(".pdf") or path.is_file():
        return _of_file(archive, path)
    read = read_code(typed)
    if read is None:
        raise NotPossible(
            _("“{typed}” is neither a code like 7K3M-9QXT nor a PDF file that is there.").format(typed=typed.strip())
        )
    code, seal = read
    if not code:
        return Checked(fault=_("This code has a mistyped sign: look at the foot of the letter again."))
    letter = archive.of_code(code)
    if letter is None:
        return Checked(fault=_("No letter of the code {code} was signed in this database.").format(code=code))
    if seal and not letter.seal.startswith(seal):
        words = _("The square code is not that of the letter {code}: what this paper says was not signed here.")
        return Checked(letter=letter, fault=words.format(code=code))
    return _compared(archive, letter, is_file=False)


def _of_file(archive: "LetterArchive", path: Path) -> Checked:
    try:
        with path.open("rb") as source:
            pdf = source.read(LARGEST_FILE + 1)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise NotPossible(_("{file} cannot be read: {why}.").format(file=path, why=why)) from None
    if (letter := archive.of_bytes(pdf)) is not None:
        return _compared(archive, letter, is_file=True)
    words = words_of(pdf)
    codes = codes_in(" ".join(one.text for one in words))
    named = code_in(path.stem)
    known = [one for code in (codes or (named,) * bool(named)) if (one := archive.of_code(code)) is not None]
    if known:
        return _of_other_bytes(archive, path.name, known, words)
    return Checked(is_file=True, fault=_nothing_known(path.name, codes, has_words=bool(words)))


def _of_other_bytes(
    archive: "LetterArchive", name: str, known: Sequence[SignedLetter], words: tuple[Word, ...]
) -> Checked:
    """Return what is said of a file that wants to be one of these letters and is not: the one it is likest to."""
    compared = [(one, differences(words_of(archive.pdf(one)), words) if words else ()) for one in known]
    letter, differing = min(compared, key=lambda one: len(one[1]))
    fault = _("The bytes of {file} are not those that were signed as {code}: the file was changed, or is another.")
    not_compared = ""
    if not words:
        not_compared = _("There is no text in its pages to compare: it is a scan or a picture. Look at both.")
    elif not differing:
        not_compared = _("Its words are those of the archived letter; what is drawn was not compared. It may have been "
                         "saved or printed anew by another program.")  # fmt: skip
    return Checked(
        letter=letter, is_file=True, fault=fault.format(file=name, code=letter.code), differences=differing,
        not_compared=not_compared,
    )  # fmt: skip


def _nothing_known(name: str, codes: Sequence[str], *, has_words: bool) -> str:
    if codes:
        words = _("{file} says that it is {code}: no letter of this code was signed in this database.")
        return words.format(file=name, code=", ".join(codes))
    if not has_words:
        words = _("{file} is none of the letters signed in this database, and there is no text in its pages: it is a "
                  "scan or a picture. Type the code at its foot.")  # fmt: skip
        return words.format(file=name)
    words = _("{file} is none of the letters signed in this database, and no code stands in it: a draft, or "
              "another file.")  # fmt: skip
    return words.format(file=name)


def _compared(archive: "LetterArchive", letter: SignedLetter, *, is_file: bool) -> Checked:
    archive.pdf(letter)  # what is kept is whole itself
    try:
        return Checked(letter=letter, is_file=is_file, changes=archive.changes(letter))
    except NotPossible as error:
        return Checked(letter=letter, is_file=is_file, not_compared=str(error))


def sentences(checked: Checked) -> tuple[str, ...]:
    """Return what was found in words: which letter, signed by whom, its bytes, and what has happened since."""
    said = [checked.fault] if checked.fault else []
    letter = checked.letter
    if letter is None:
        return tuple(said)
    said.append(about(letter))
    if checked.is_file and not checked.fault:
        said.append(_("The file is the archived letter, to the byte."))
    if checked.differences:
        said.append(_("Its words are not those of the archived letter:"))
        said += [f"- {one}" for one in checked.differences[:MOST_SHOWN]]
        if (more := len(checked.differences) - MOST_SHOWN) > 0:
            said.append(many("- and {count} more place", "- and {count} more places", more).format(count=more))
    if not checked.fault or not checked.is_file:
        said += state_of(letter, checked.changes)
    elif letter.superseded_by:
        said.append(_superseded(letter))
    if checked.not_compared:
        said.append(checked.not_compared)
    return tuple(said)


def about(letter: SignedLetter) -> str:
    """Return which letter it is, and who signed it when."""
    from app.figures.wording import date_in_words
    from app.letters.kinds import KINDS, kind_of
    from app.services.history import moment_in_words

    words = _("{code}: {kind} for {mrn} as of {day}, to: {recipient}; signed by {name}, {moment}.")
    if not letter.address:
        words = _("{code}: {kind} for {mrn} as of {day}; signed by {name}, {moment}.")
    return words.format(
        code=letter.code, kind=_(KINDS[kind_of(letter.kind)].title), mrn=letter.mrn, day=date_in_words(letter.as_of),
        recipient=", ".join(letter.address), name=letter.signed_by, moment=moment_in_words(letter.signed_at),
    )  # fmt: skip


def verdict(checked: Checked) -> str:
    """Return in a few words what was found, with its mark: whether it is ours, and still what is to be read."""
    letter = checked.letter
    if checked.fault or letter is None:
        return f"■ {checked.fault}"
    if letter.superseded_by:
        return "△ " + _("Signed here, but a newer letter supersedes it")
    if checked.changes.seen:
        return "△ " + _("Signed here, but data of its day have changed since")
    return "✓ " + _("Signed here")


def _superseded(letter: SignedLetter) -> str:
    return _("It is superseded by the newer letter {code}.").format(code=letter.superseded_by)


def state_of(letter: SignedLetter, changes: Changes) -> tuple[str, ...]:
    """Return what has happened since a letter was signed, one line each; what it would say differently first."""
    said = []
    if letter.superseded_by:
        said.append(_superseded(letter))
    if changes.seen:
        said.append(_("Data changed since, of its day or before:"))
        said += [f"- {one}" for one in changes.seen]
    if changes.later:
        said.append(_("Entered since, of later days or as details:"))
        said += [f"- {one}" for one in changes.later]
    if not changes:
        said.append(_("Nothing in the record has changed since."))
    return tuple(said)
