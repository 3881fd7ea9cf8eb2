"""The short forms: status, conditions, examinations, adverse events, notes, and what surrounds treatment."""

from typing import get_args

from app.record.codes import (
    KNOWN_ADVERSE_EVENTS,
    ConditionCode,
    ExaminationKind,
    ExcludedCause,
    LocalTreatmentKind,
    Site,
    TrialSetting,
)
from app.ui.draft import Draft
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.known import drugs_of, progressions
from app.ui.forms.parts import choice, code, codes, day, free_text, known_text, number, row, text, yes_no
from app.words import _


def status_form(draft: Draft) -> EntryForm:
    """Return the form of a performance status."""
    ecog = _("0 fully active, 1 light work, 2 up more than half of the day, 3 less than half, 4 in bed, 5 dead.")
    return EntryForm(draft, (row(day("date", _("Date")), number("ecog", _("ECOG"), _("0 to 5"), ecog)),))


def condition_form(draft: Draft) -> EntryForm:
    """Return the form of a condition that bears on treatment."""
    newest = _("The newest entry of a condition counts: enter it again when it has gone.")
    return EntryForm(
        draft,
        (
            row(day("date", _("Date")), code("code", _("Condition"), get_args(ConditionCode), newest)),
            row(yes_no("present", _("Present"), newest)),
        ),
    )


def examination_form(draft: Draft) -> EntryForm:
    """Return the form of an examination other than of the tumour."""
    return EntryForm(
        draft,
        (
            row(day("date", _("Date")), code("kind", _("Examination"), get_args(ExaminationKind))),
            row(free_text("result", _("Result"), tip=_("In your own words; “normal” will do."))),
        ),
    )


def adverse_event_form(draft: Draft) -> EntryForm:
    """Return the form of an adverse event."""
    term = _("Choose a known term where it fits; rules know those. Any other text is kept as written.")
    return EntryForm(
        draft,
        (
            row(known_text("term", _("Adverse event"), KNOWN_ADVERSE_EVENTS, tip=term)),
            row(
                number("grade", _("Grade"), _("0 to 5"), _("By CTCAE.")),
                known_text("ctcae_version", _("CTCAE version"), ("4.03", "5.0"), tip=_("For example 4.03.")),
            ),
            row(day("from", _("From")), day("to", _("To"), _("Blank while it lasts."))),
            row(
                known_text("suspected_drug", _("Suspected drug"), drugs_of(draft.record), lower=True),
                yes_no("other_causes_excluded", _("Other causes excluded"), _("The prescriber's word.")),
            ),
            row(codes("causes_excluded", _("Which causes are excluded"), get_args(ExcludedCause))),
        ),
    )


def note_form(draft: Draft) -> EntryForm:
    """Return the form of a note."""
    return EntryForm(
        draft, (row(day("date", _("Date")), text("by", _("By"))), row(free_text("text", _("Note"), height=12)))
    )


def local_treatment_form(draft: Draft) -> EntryForm:
    """Return the form of a local treatment."""
    answers = _("The progression this treatment answers; blank when there is none.")
    return EntryForm(
        draft,
        (
            row(day("date", _("Date")), code("site", _("Site"), get_args(Site))),
            row(code("kind", _("Treatment"), get_args(LocalTreatmentKind))),
            row(choice("prompted_by", _("Progression it answers"), progressions(draft.record), answers)),
        ),
    )


def access_form(draft: Draft) -> EntryForm:
    """Return the form of access to a drug."""
    unsaid = _("The newest entry of a drug counts; a drug without one counts as available.")
    return EntryForm(
        draft,
        (
            row(day("date", _("Date")), known_text("drug", _("Drug"), drugs_of(draft.record), lower=True)),
            row(yes_no("available", _("Available"), unsaid)),
            row(free_text("reason", _("Reason"), height=2, tip=_("For example: not funded."))),
        ),
    )


def trial_form(draft: Draft) -> EntryForm:
    """Return the form of a trial the patient could enter."""
    return EntryForm(
        draft,
        (
            row(text("name", _("Trial"))),
            row(day("date", _("Date")), code("setting", _("Setting"), get_args(TrialSetting))),
            row(yes_no("open", _("Open")), yes_no("requires_rebiopsy", _("Asks for a re-biopsy"))),
        ),
    )


def medicine_form(draft: Draft) -> EntryForm:
    """Return the form of another medicine."""
    return EntryForm(
        draft,
        (
            row(text("name", _("Medicine"), _("Other than the treatment of the tumour; for interactions."))),
            row(day("from", _("From")), day("to", _("To"), _("Blank while it is taken."))),
        ),
    )
