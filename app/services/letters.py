"""Letters: composed from a record and the advice on it, and written to a file whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.record.reading import NotPossible, Refused
from app.words import LANGUAGES, _, speaking

if TYPE_CHECKING:  # the first list of patients is on the screen before these are loaded
    from app.letters.content import Aside, LetterContent, Letterhead, Section
    from app.letters.next_step import ProtocolTexts
    from app.pathway.advice import Advice, ProtocolRef
    from app.pathway.protocol import Protocol
    from app.record.record import PatientRecord
    from app.services.advice import Advising
    from app.services.clinic import Clinic, ClinicSettings
    from app.services.clinic_file import LetterChoices
    from app.services.put_aside import PutAsides

WEEKS_AHEAD = 13  # of a plan: until about the next scan but one
SAY_WHAT_IS_PUT_ASIDE = ("patient", "plan")  # the others say what the protocol asks for
KINDS = ("clinic", "mdt", "patient", "pathway", "plan")


class Letters:
    """Composes letters for the window and the commands, on the clinic's own letterhead.

    `asides` is what was put aside of the worklist, which is due to nobody. `failed` is told of a layout that failed,
    whose letter then comes in plain form; without it the error is raised.
    """

    def __init__(
        self,
        clinic: "Clinic",
        advising: "Advising",
        *,
        asides: "PutAsides | None" = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        self._clinic = clinic
        self._advising = advising
        self._asides = asides
        self._failed = failed

    def compose(
        self,
        record: "PatientRecord",
        as_of: date,
        *,
        kind: str = "clinic",
        language: str = "en",
        attach_record: bool = False,
        finish: "Callable[[LetterContent], LetterContent] | None" = None,
        **added: Any,
    ) -> bytes:
        """Return a letter on `record` as it was seen on `as_of`, as PDF; the same input gives the same bytes.

        With `attach_record` the record goes with it as a file, as it was seen on that day. `finish` may add to what it
        says before it is written; `added` is what `content` takes besides. Raises `NotPossible` for a kind or a
        language that is not in this version, and for a letter to somebody who has died.
        """
        _refuse_unknown(kind, language)
        from app.letters.pdf import in_plain_form, write_pdf  # the PDF library: only when a letter is wanted
        from app.record.files import json_bytes
        from app.record.views import up_to

        attached = json_bytes(up_to(record, as_of)) if attach_record else b""
        finish = finish or (lambda content: content)
        with speaking(language):
            try:
                content = self.content(record, as_of, kind=kind, language=language, **added)
            except (NotPossible, Refused):
                raise
            except Exception as error:
                if self._failed is None:
                    raise
                self._failed(error)
                # Perhaps it is the picture that cannot be drawn; what is wrong with the facts fails here again.
                content = self.content(record, as_of, kind=kind, language=language, is_drawn=False, **added)
                return in_plain_form(finish(content), self._failed, with_record=attach_record)
            return write_pdf(finish(content), attached, failed=self._failed)

    def content(
        self,
        record: "PatientRecord",
        as_of: date,
        *,
        kind: str = "clinic",
        language: str = "en",
        without: "frozenset[Section] | None" = None,
        opening: str | None = None,
        closing: str | None = None,
        question: str = "",
        is_drawn: bool = True,
    ) -> "LetterContent":
        """Return what a letter says, before any paper, in the language spoken here.

        `without` are sections left out, `opening` and `closing` the clinic's own words, `question` the board's; what is
        not given is as the clinic has decided for this kind of letter. Unless it `is_drawn`, there is no picture in it.
        """
        _refuse_unknown(kind, language)
        from app.letters.composing import Known, Wanted, letter_content
        from app.letters.free_text import with_blocks
        from app.letters.kinds import kind_of

        if kind == "patient" and record.patient.deceased_on is not None:  # whatever day is asked: it would be sent now
            raise NotPossible(
                _("The patient has died: nothing is written to them any more. Choose another kind of letter.")
            )
        chosen = kind_of(kind)
        advice = self._advising.advise(record, as_of)
        protocol = self._advising.protocol(advice.protocol.id)
        known = Known(
            advice=advice,
            texts=_texts(protocol),
            limits=protocol.limits,
            told=self._advising.told(record, advice),
            ahead=self._advising.ahead(record, advice, as_of + timedelta(weeks=WEEKS_AHEAD)) if kind == "plan" else (),
            aside=self._put_aside(record, advice) if kind in SAY_WHAT_IS_PUT_ASIDE else {},
        )
        letterhead, own = self._letterhead(), self._clinic.settings()
        choices = own.letters.get(kind)
        opening, closing = (
            with_blocks((chosen or "") if given is None else given, own.blocks)
            for given, chosen in ((opening, choices and choices.opening), (closing, choices and choices.closing))
        )
        wanted = Wanted(
            kind=chosen, language=language, picture=None, without=_left_out(choices, without), opening=opening,
            closing=closing, question=question,
        )  # fmt: skip
        if is_drawn:
            from app.letters.fonts import printable, width_of
            from app.letters.pdf import picture_size, roomy_sizes

            size = picture_size(chosen, letterhead)
            roomy = roomy_sizes(chosen, letterhead)
            wanted = replace(wanted, picture=size, roomy=roomy, measure=width_of, shown=printable)
        return letter_content(record, known, letterhead, wanted)

    def protocol_for(self, record: "PatientRecord", as_of: date) -> "ProtocolRef":
        """Return the protocol that speaks in a letter."""
        return self._advising.advise(record, as_of, brief=True).protocol

    def settings(self) -> "ClinicSettings":
        """Return what the clinic has decided of its letters."""
        return self._clinic.settings()

    def _put_aside(self, record: "PatientRecord", advice: "Advice") -> "dict[tuple[str, str], Aside]":
        """Return what of all that is due was put aside, by what it is and its rule; of several, what ends first."""
        from app.letters.content import Aside
        from app.pathway.resting import resting

        answers = self._asides.of_patient(record.patient.mrn, advice.as_of) if self._asides is not None else {}
        if not answers:
            return {}
        found = resting(self._advising.tasks(record, advice), answers)
        first = {due: min(several, key=lambda one: one.until or "9999") for due, several in found.items()}
        return {due: Aside(one.by, one.reason, one.until or "") for due, one in first.items()}

    def _letterhead(self) -> "Letterhead":
        from app.letters.content import Letterhead

        own = self._clinic.settings()
        return Letterhead(
            name=own.name,
            department=own.department,
            registration=own.registration,
            logo=own.logo,
            paper=own.paper,
            envelope=own.envelope,
            address=own.address,
            phone=own.phone,
            email=own.email,
            signatory=own.signatory,
            signatory_role=own.signatory_role,
            accent=own.accent,
        )


def _texts(protocol: "Protocol") -> "ProtocolTexts":
    from app.letters.next_step import ProtocolTexts

    return ProtocolTexts(
        evidence=protocol.evidence_texts(),
        sections={rule: str(entry.get("section") or "") for rule, entry in protocol.rules.items()},
        notice=_(str(protocol.about.get("notice") or "")),
    )


def _left_out(choices: "LetterChoices | None", asked: "frozenset[Section] | None") -> "frozenset[Section]":
    """Return the sections that are left out: those asked for, else those that the clinic has decided on."""
    from app.letters.content import ADVICE, NOTES

    if asked is None:
        asked = frozenset(choices.without) if choices else frozenset()
        if choices and not choices.advice:
            asked |= ADVICE
    if not (choices and choices.notes):
        asked |= NOTES  # whatever else is asked for: they were not written for who reads the letter
    return asked


def _refuse_unknown(kind: str, language: str) -> None:
    if kind not in KINDS:
        raise NotPossible(
            _("There is no letter of the kind {kind} in this version; there is: {kinds}.").format(
                kind=kind, kinds=", ".join(KINDS)
            )
        )
    if language not in LANGUAGES:
        raise NotPossible(
            _("There are no letters in the language {language} in this version; there is: {languages}.").format(
                language=language, languages=", ".join(LANGUAGES)
            )
        )
