"""Forms, one per kind of entry.

    draft = Draft(Assessment, record=record, today=today)            # to add
    draft = Draft(Assessment, record=record, today=today, existing=one)   # to correct
    form = form_for(Assessment, draft, record)
    form.accepted.connect(...)      # object: the entry, or a tuple of them from a blood draw
    form.cancelled.connect(...)

Quick ways in: `form_for(TherapyLine, draft, record, purpose="dose_change")`, `"hold"` or `"stop"` (all
with the line as `existing`), and `form_for(Specimen, draft, record, purpose="re-biopsy")`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.record.diagnosis import Diagnosis
from app.record.patient import Patient
from app.record.record import KIND_OF, PatientRecord

if TYPE_CHECKING:
    from app.ui.draft import Draft
    from app.ui.forms.entry_form import EntryForm

# Kind -> module and maker; a form is loaded when it is first opened, so that the window paints sooner.
_MAKERS = {
    "Patient": ("person", "patient_form"),
    "Diagnosis": ("person", "diagnosis_form"),
    "Staging": ("person", "staging_form"),
    "PerformanceStatus": ("findings", "status_form"),
    "Condition": ("findings", "condition_form"),
    "Specimen": ("tissue", "SpecimenForm"),
    "MolecularTest": ("molecular_test_form", "MolecularTestForm"),
    "TherapyLine": ("therapy_line_form", "TherapyLineForm"),
    "LocalTreatment": ("findings", "local_treatment_form"),
    "Assessment": ("assessment_form", "AssessmentForm"),
    "Lab": ("lab_form", "LabForm"),
    "Examination": ("findings", "examination_form"),
    "AdverseEvent": ("findings", "adverse_event_form"),
    "Access": ("findings", "access_form"),
    "Trial": ("findings", "trial_form"),
    "Medicine": ("findings", "medicine_form"),
    "Note": ("findings", "note_form"),
}
NAMES = frozenset(_MAKERS)


def form_for(kind: type[Any] | str, draft: "Draft", record: PatientRecord | None, *, purpose: str = "") -> "EntryForm":
    """Return the form of a kind (its class, or the name of its list in the record) over `draft`.

    Raises KeyError for a kind without a form (decisions are made in the next-step panel).
    """
    if isinstance(kind, str):
        kind = {"patient": Patient, "diagnosis": Diagnosis}.get(kind) or KIND_OF[kind]
    if record is not None and record is not draft.record:
        draft.see(record)
    module, maker = _MAKERS[kind.__name__]
    form: EntryForm = getattr(import_module(f"app.ui.forms.{module}"), maker)(draft)
    if purpose:
        form.start(purpose)
    return form
