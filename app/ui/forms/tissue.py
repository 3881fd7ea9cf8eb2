"""The form of a specimen, which is also that of a re-biopsy."""

from typing import get_args

from app.record.codes import Histology, Preservation, SpecimenKind, SpecimenPurpose, SpecimenStatus
from app.ui.draft import Draft
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.known import FREE_SITES, progressions
from app.ui.forms.parts import choice, code, day, known_text, row, yes_no
from app.words import _


class SpecimenForm(EntryForm):
    """A specimen; as a re-biopsy linked to the progression that led to it (the newest, unless chosen)."""

    def __init__(self, draft: Draft) -> None:
        self._progressions = progressions(draft.record)
        led = _("The progression that led to this re-biopsy.")
        parts = (
            row(
                code("purpose", _("Purpose"), get_args(SpecimenPurpose)),
                code("kind", _("Kind"), get_args(SpecimenKind)),
            ),
            row(choice("prompted_by", _("Progression that led to it"), self._progressions, led)),
            row(
                code("status", _("Status"), get_args(SpecimenStatus), _("Blank means taken.")),
                known_text("site", _("Site"), FREE_SITES, tip=_("In your own words.")),
            ),
            row(day("requested_on", _("Requested on")), day("date", _("Taken on"))),
            row(
                code("preservation", _("Preservation"), get_args(Preservation)),
                yes_no("adequate", _("Adequate"), _("Enough for the tests that were asked for.")),
            ),
            row(
                code(
                    "histology", _("Histology"), get_args(Histology), _("A changed one matters: small cell carcinoma.")
                )
            ),
        )
        super().__init__(draft, parts)
        self.fields["purpose"].edited.connect(self._purpose_chosen)

    def _purpose_chosen(self) -> None:
        prompted_by = self.fields["prompted_by"]
        if self.value_of("purpose") == "re-biopsy" and prompted_by.value() is None and self._progressions:
            prompted_by.put(self._progressions[0][0])

    def start(self, purpose: str) -> None:
        """Prepare a re-biopsy that is asked for today."""
        if purpose == "re-biopsy":
            self.fields["purpose"].put("re-biopsy")
            self.fields["status"].put("requested")
            self.fields["requested_on"].put(self.draft.today.isoformat())
            self.start_at = self.fields["kind"].editor
