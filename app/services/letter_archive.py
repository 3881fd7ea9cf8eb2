"""The life of a letter: a draft, signed by a doctor of the clinic, kept as it went out, and found again by its code.

A draft is composed anew each time and says on every page that it is one. What is signed is kept with the record it was
written from and never changes; a newer letter of the same kind to the same recipient takes its place.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.record.reading import NotPossible
from app.services.letter_codes import code_of, square_of
from app.services.recipients import Recipient, addressed, recipient_of
from app.words import _, later
from db.engine import now
from db.letters import SignedLetter, UnsignedLetter, Waiting

if TYPE_CHECKING:
    from app.letters.content import LetterContent
    from app.record.record import PatientRecord
    from app.services.history import Difference
    from app.services.letters import Letters
    from app.services.people import People, Person
    from db.store import Store

__all__ = ["Changes", "LetterArchive", "SignedLetter", "UnsignedLetter", "Waiting"]

GONE = later("This letter was signed or put away meanwhile.")
MOST_TRIES = 8  # for a code that no other letter has


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise in the record now than in the one a letter was written from.

    `seen` is what the letter would say differently, being of its day or before; `later` is what has come since.
    """

    seen: "tuple[Difference, ...]" = ()
    later: "tuple[Difference, ...]" = ()

    def __bool__(self) -> bool:
        return bool(self.seen or self.later)


class LetterArchive:
    """The letters of one database. Every method may raise `NotPossible`, saying what to do."""

    def __init__(
        self,
        store: "Store",
        letters: "Letters",
        people: "People",
        today: Callable[[], date],
        *,
        clock: Callable[[], str] = now,
    ) -> None:
        self._store = store
        self._letters = letters
        self._people = people
        self._today = today
        self._clock = clock

    def recipient(self, record: "PatientRecord", wanted: UnsignedLetter) -> Recipient:
        """Return who a letter is to go to."""
        return recipient_of(record, wanted.kind, wanted.recipient, self._letters.settings().name)

    def draft(self, record: "PatientRecord", as_of: date, wanted: UnsignedLetter) -> bytes:
        """Return the letter as it would be signed, marked on every page as a draft."""

        def finish(content: "LetterContent") -> "LetterContent":
            foot = f"{content.foot} · {_('draft, not signed')}"
            recipient = self.recipient(record, wanted)
            content = addressed(self._corrected(content, record, recipient), record, recipient)
            return replace(content, watermark=_("DRAFT"), foot=foot)

        return self._letters.compose(record, as_of, finish=finish, **_asked(wanted))

    def sign(self, record: "PatientRecord", as_of: date, wanted: UnsignedLetter, by: "Person") -> SignedLetter:
        """Sign a letter in the name of a doctor, keep it for good and return what is kept.

        Raises `NotPossible` when this person cannot sign, or when the record is not stored as it was looked at.
        """
        from app.record.files import json_bytes

        self._people.confirm_signer(by)
        stored = self._store.load(wanted.mrn)
        if stored is None or stored[0] != record:
            raise NotPossible(_("The record has changed since this letter was looked at: look at it again, then sign."))
        moment, written = self._clock(), json_bytes(record)
        protocol = self._letters.protocol_for(record, as_of)
        signed = SignedLetter(
            mrn=wanted.mrn, code="", kind=wanted.kind, language=wanted.language, recipient="", address=(),
            as_of=as_of.isoformat(), signed_by=by.name, signed_at=moment, record_version=stored[1],
            record_sha256=_sha256(written), protocol=protocol.id, protocol_edition=protocol.edition,
            protocol_sha256=protocol.sha256, seal="", sha256="", opening=wanted.opening, closing=wanted.closing,
            question=wanted.question,
        )  # fmt: skip
        sealing = _Sealing(signed, self.recipient(record, wanted), record, self._is_free, self._corrected)
        attached = self._letters.settings().attach_record
        pdf = self._letters.compose(record, as_of, finish=sealing.finish, attach_record=attached, **_asked(wanted))
        return self._keep(replace(sealing.letter, sha256=_sha256(pdf)), pdf, written, wanted)

    def _corrected(self, content: "LetterContent", record: "PatientRecord", recipient: Recipient) -> "LetterContent":
        """Return a letter with what it puts right of the one before it to the same recipient."""
        from app.services.letter_corrections import corrected, former_of, not_compared

        former = former_of(self.signed(record.patient.mrn), content.kind, recipient.key)
        if former is None:
            return content
        try:
            then = self._record_of(former)
        except NotPossible:  # nobody is without a letter because of an older one
            return not_compared(content, former)
        return corrected(content, former, then, record, self._letters.content)

    def _keep(self, letter: SignedLetter, pdf: bytes, record: bytes, wanted: UnsignedLetter) -> SignedLetter:
        from db import letters

        with self._store.cursor(writing=True) as cursor:
            if letters.version_of(cursor, letter.mrn) != letter.record_version:
                raise NotPossible(
                    _("The record has changed since this letter was looked at: look at it again, then sign.")
                )
            if wanted.key is not None and not letters.close_unsigned(
                cursor, wanted.key, self._today().isoformat(), letter.signed_by
            ):
                raise NotPossible(_(GONE))
            letters.put(cursor, letter, pdf, record)
            kept = letters.of_code(cursor, letter.code)
        assert kept is not None
        return kept

    def signed(self, mrn: str) -> tuple[SignedLetter, ...]:
        """Return the signed letters of a patient, the newest first."""
        from db import letters

        with self._store.cursor() as cursor:
            return letters.of_patient(cursor, mrn)

    def of_code(self, code: str) -> SignedLetter | None:
        """Return the letter of a code, or None."""
        from db import letters

        with self._store.cursor() as cursor:
            return letters.of_code(cursor, code)

    def of_bytes(self, pdf: bytes) -> SignedLetter | None:
        """Return the letter that these are the bytes of, or None."""
        from db import letters

        with self._store.cursor() as cursor:
            return letters.of_sha256(cursor, _sha256(pdf))

    def pdf(self, letter: SignedLetter) -> bytes:
        """Return the bytes of a letter as they were signed, looked at once more; `NotPossible` when they are not."""
        from db import letters

        with self._store.cursor() as cursor:
            pdf = letters.pdf_of(cursor, letter.code)
        if pdf is None or _sha256(pdf) != letter.sha256:
            raise NotPossible(_("The letter {code} is damaged in the database: restore the last backup.").format(
                code=letter.code))  # fmt: skip
        return pdf

    def changed(self, signed: Iterable[SignedLetter], record: "PatientRecord") -> frozenset[str]:
        """Return the codes of those letters that were written from another state of the record than this one."""
        from app.record.files import json_bytes

        state = _sha256(json_bytes(record))
        return frozenset(one.code for one in signed if one.record_sha256 != state)

    def changes(self, letter: SignedLetter, record: "PatientRecord | None" = None) -> Changes:
        """Return what is otherwise now than in the record of a letter; `record` is the present one, read if not given.

        Raises `NotPossible` when the record of the letter cannot be read by this version any more.
        """
        from app.record.files import json_bytes
        from app.record.views import up_to
        from app.services.history import differences

        if record is None:
            stored = self._store.load(letter.mrn)
            assert stored is not None
            record = stored[0]
        if _sha256(json_bytes(record)) == letter.record_sha256:
            return Changes()
        then, day = self._record_of(letter), date.fromisoformat(letter.as_of)
        seen = {one.place for one in differences(up_to(then, day), up_to(record, day))}
        found = differences(then, record)
        return Changes(
            tuple(one for one in found if one.place in seen), tuple(one for one in found if one.place not in seen)
        )

    def _record_of(self, letter: SignedLetter) -> "PatientRecord":
        from app.services.letter_records import record_of

        return record_of(self._store, letter.code, self._today())

    def put_unsigned(self, wanted: UnsignedLetter) -> UnsignedLetter:
        """Keep a letter that waits for its signature, new or changed, and return it as it is kept."""
        from db import letters

        with self._store.cursor(writing=True) as cursor:
            key = letters.put_unsigned(cursor, wanted)
        if key is None:
            nobody = _("There is no patient with the number {mrn}.").format(mrn=wanted.mrn)
            raise NotPossible(_(GONE) if wanted.key is not None else nobody)
        return replace(wanted, key=key)

    def put_away(self, wanted: UnsignedLetter, by: str) -> None:
        """Let a letter wait for its signature no more."""
        from db import letters

        assert wanted.key is not None
        with self._store.cursor(writing=True) as cursor:
            letters.close_unsigned(cursor, wanted.key, self._today().isoformat(), by)

    def take_out(self, wanted: UnsignedLetter) -> None:
        """Let a letter that was put away wait again."""
        from db import letters

        assert wanted.key is not None
        with self._store.cursor(writing=True) as cursor:
            letters.open_again(cursor, wanted.key)

    def unsigned(self, as_of: date, mrn: str | None = None) -> tuple[Waiting, ...]:
        """Return the letters that wait for their signature on a day, the oldest first: all, or of one patient."""
        from db import letters

        with self._store.cursor() as cursor:
            found = letters.waiting(cursor, as_of.isoformat())
            return tuple(one for one in found if mrn is None or one.letter.mrn == mrn)

    def _is_free(self, code: str) -> bool:
        return self.of_code(code) is None


class _Sealing:
    """Puts the signature, the short code and the square code into a letter that is about to be written."""

    def __init__(
        self,
        letter: SignedLetter,
        recipient: Recipient,
        record: "PatientRecord",
        is_free: Callable[[str], bool],
        corrected: "Callable[[LetterContent, PatientRecord, Recipient], LetterContent]",
    ) -> None:
        self.letter = letter
        self._recipient = recipient
        self._record = record
        self._is_free = is_free
        self._corrected = corrected

    def finish(self, content: "LetterContent") -> "LetterContent":
        """Return the letter as it is signed; `letter` knows its code, its seal and its address from then on."""
        from app.services.history import moment_in_words

        letter, moment = self.letter, moment_in_words(self.letter.signed_at)
        content = self._corrected(content, self._record, self._recipient)
        content = addressed(content, self._record, self._recipient)
        words = _("signed by {name}, {moment}").format(name=letter.signed_by, moment=moment)
        signature = (letter.signed_by, _("signed electronically on {moment}").format(moment=moment))
        content = replace(
            content, signature=(*signature, *_rest(content, letter.signed_by)), foot=f"{content.foot} · {words}"
        )
        seal = _sha256(repr(content).encode())
        code = next(one for one in _codes(letter, seal) if self._is_free(one))
        is_addressed = bool(self._recipient.key)
        self.letter = replace(
            letter, code=code, seal=seal, recipient=self._recipient.key,
            address=tuple(filter(None, content.recipient)) if is_addressed else (),
        )  # fmt: skip
        return replace(content, mark=code, qr=square_of(code, seal))


def _codes(letter: SignedLetter, seal: str) -> Iterator[str]:
    """Yield codes for a letter: the first that no other has is its own."""
    return (code_of(seal, letter.signed_by, letter.signed_at, str(number)) for number in range(MOST_TRIES))


def _rest(content: "LetterContent", signer: str) -> tuple[str, ...]:
    """Return what stands below the name: the role of who signs as a rule is nobody else's."""
    head = content.letterhead
    role = head.signatory_role if head.signatory in ("", signer) else ""
    return tuple(line for line in (role, head.department, head.name) if line)


def _asked(wanted: UnsignedLetter) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in ("kind", "language", "opening", "closing", "question")}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
