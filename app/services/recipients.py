"""Who a letter may go to: the general practitioner, who referred or treats besides, the patient; each in a language.

The patient gets the letter in plain words, never the clinic letter: what that advises is for professionals to review.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.figures.wording import code
from app.words import LANGUAGES, _, language

if TYPE_CHECKING:
    from app.letters.content import LetterContent
    from app.record.record import PatientRecord

ADDRESSED = ("clinic", "patient")  # the kinds that go to somebody; the others are for whoever is there
PATIENT = "patient"
NOBODY = "nobody"  # no professional is recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One who may get a letter: `key` tells them apart, `role` says what they are to the patient.

    `language` is theirs, or the one spoken here where none that we write is recorded.
    """

    key: str
    name: str
    role: str = ""
    address: tuple[str, ...] = ()
    language: str

    @property
    def words(self) -> str:
        """Return the name with the role."""
        return f"{self.name} ({self.role})" if self.role and self.role != self.name else self.name


def recipients_of(record: "PatientRecord", kind: str, clinic: str = "") -> tuple[Recipient, ...]:
    """Return who a letter of this kind may go to, the usual one first; of a kind without an address nobody by name."""
    if kind == PATIENT:
        return (_patient(record),)
    if kind not in ADDRESSED:
        return (Recipient(key="", name=_("nobody by name"), language=language()),)
    found = {one.key: one for one in _professionals(record, clinic)}
    return tuple(found.values())


def recipient_of(record: "PatientRecord", kind: str, key: str, clinic: str = "") -> Recipient:
    """Return the recipient of this key, or the usual one when there is none such any more."""
    found = recipients_of(record, kind, clinic)
    return next((one for one in found if one.key == key), found[0])


def addressed(content: "LetterContent", record: "PatientRecord", recipient: Recipient) -> "LetterContent":
    """Return a letter as it goes to somebody: address, salutation, and copies to everybody else."""
    if content.kind not in ADDRESSED or content.kind == PATIENT:
        return content
    usual = recipients_of(record, content.kind, content.letterhead.name)[0]
    lines = (recipient.name, *recipient.address)
    gp = [usual] if usual.key != recipient.key and usual.key.startswith("gp") else []
    others = [one for one in _others(record) if one.key != recipient.key]
    copies = tuple(", ".join((one.words, *one.address)) for one in (*gp, *others))
    return replace(content, recipient=lines, copies=copies)


def _professionals(record: "PatientRecord", clinic: str) -> Iterator[Recipient]:
    gp, team = record.patient.gp, record.patient.team
    others = tuple(_others(record))
    if gp is not None and (gp.name or gp.address):
        role = _("General practitioner")
        yield Recipient(
            key=f"gp {_plain(gp.name)}".strip(), name=gp.name or role, role=role, address=gp.address,
            language=_spoken(gp.language),
        )  # fmt: skip
    if team is not None and (name := team.doctor or team.nurse):
        inside = (clinic,) if clinic else ()
        yield Recipient(key=f"team {_plain(name)}", name=name, role=_("team"), address=inside, language=language())
    yield from others
    if gp is None and team is None and not others:
        yield Recipient(key=NOBODY, name=_("To whom it may concern"), language=language())


def _others(record: "PatientRecord") -> Iterator[Recipient]:
    for one in record.patient.recipients:
        role = code(one.role) if one.role else ""
        if name := one.name or role:
            key = f"other {_plain(one.role)} {_plain(one.name)}"
            yield Recipient(
                key=" ".join(key.split()), name=name, role=role, address=one.address, language=_spoken(one.language)
            )


def _patient(record: "PatientRecord") -> Recipient:
    patient = record.patient
    name = f"{patient.given_name or ''} {patient.family_name}".strip()
    return Recipient(
        key=PATIENT, name=name, role=_("patient"), address=patient.address, language=_spoken(patient.language)
    )


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _spoken(recorded: str | None) -> str:
    """Return the language of ours that is recorded, however exactly ("fr-CH", "français"), or the one spoken here."""
    short = (recorded or "").strip().casefold()[:2]
    return short if short in LANGUAGES else language()
