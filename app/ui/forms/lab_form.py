"""The form of laboratory values: one row a value, several of one draw at once."""

from typing import Any, get_args

from app.record.codes import Analyte, QtcFormula
from app.ui.draft import Draft
from app.ui.forms.editors import CodeEditor, NumberEditor, TextEditor, TypeAheadEditor
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.fields import worded
from app.ui.forms.grid import Column
from app.ui.forms.grid_field import GridField
from app.ui.forms.parts import day, grid, row, text
from app.words import _

# In UCUM, as laboratories here write them; the last value of the record wins over these.
USUAL_UNITS = {
    "ALT": "U/L", "AST": "U/L", "ALP": "U/L", "GGT": "U/L", "CK": "U/L", "LDH": "U/L", "lipase": "U/L",
    "amylase": "U/L", "total_bilirubin": "umol/L", "direct_bilirubin": "umol/L", "creatinine": "umol/L",
    "uric_acid": "umol/L", "glucose": "mmol/L", "fasting_glucose": "mmol/L", "cholesterol": "mmol/L",
    "triglycerides": "mmol/L", "LDL": "mmol/L", "HDL": "mmol/L", "phosphate": "mmol/L", "potassium": "mmol/L",
    "magnesium": "mmol/L", "calcium": "mmol/L", "haemoglobin": "g/dL", "white_cells": "10*9/L",
    "neutrophils": "10*9/L", "lymphocytes": "10*9/L", "platelets": "10*9/L", "QTc": "ms", "PR": "ms",
    "heart_rate": "/min", "systolic_bp": "mm[Hg]", "diastolic_bp": "mm[Hg]", "weight": "kg", "testosterone": "nmol/L",
}  # fmt: skip
UNITS = (*dict.fromkeys(USUAL_UNITS.values()), "ukat/L", "mg/dL", "g/L", "mmol/L", "ng/mL", "ng/dL")


class LabForm(EntryForm):
    """Values of one draw: date and sample once, then a row for each. Correcting shows the one value alone."""

    def __init__(self, draft: Draft) -> None:
        sample = _("Values of one blood draw may name the same sample; without, dates a day apart count as one.")
        most = 1 if draft.existing is not None else None
        values = _("One row a value; a value may begin with < or >.")
        parts = (
            row(day("date", _("Date of the draw")), text("sample", _("Sample"), sample)),
            row(grid("values", _("Values"), _columns(), values, most)),
        )
        self._units: dict[int, str] = {}
        super().__init__(draft, parts)
        field = self.fields["values"]
        assert isinstance(field, GridField)
        self.grid = field
        field.edited.connect(self._values_edited)
        self._values_edited()

    def show_live(self) -> None:
        """Show the last value of each analyte beside its row."""
        if not hasattr(self, "grid"):
            return
        for number, typed in enumerate(self.grid.value()):
            last = self._last(typed.get("analyte"))
            shown = f"{last.comparator or ''}{last.value} · {last.date}" if last is not None else ""
            self.grid.grid.show_info(number, "last", shown)

    def usual_unit(self, analyte: Any) -> str:
        """Return the unit the record last had for an analyte, or the usual one."""
        last = self._last(analyte)
        return (last.unit if last is not None else None) or USUAL_UNITS.get(analyte, "")

    def _last(self, analyte: Any) -> Any:
        own = self.draft.existing.id if self.draft.existing is not None else None
        there = self.draft.record.labs if self.draft.record is not None else ()
        found = [
            one
            for one in there
            if one.analyte == analyte and one.entered_in_error is None and one.id != own and one.value is not None
        ]
        return max(found, key=lambda one: one.date, default=None)

    def _values_edited(self) -> None:
        """Fill in the unit of an analyte just chosen, unless another one was typed; ask for the formula of a QTc."""
        for number, line in enumerate(self.grid.grid.rows):
            analyte, unit = line.cells["analyte"].value(), line.cells["unit"].value()
            usual = self.usual_unit(analyte)
            if usual and unit in ("", self._units.get(number)) and unit != usual:
                self._units[number] = usual
                line.cells["unit"].put(usual)
            if analyte == "QTc" and self.grid.grid.has_rare():
                self.grid.show_rare()


def _columns() -> tuple[Column, ...]:
    symptomatic = _("With symptoms or signs of it; for QTc: of a serious arrhythmia.")
    analytes = worded(get_args(Analyte))
    return (
        Column(name="analyte", title=_("Analyte"), make=lambda: CodeEditor(analytes), stretch=1),
        Column(name="value", title=_("Value"), make=TextEditor, width=60, tip=_("A number, or < or > and a number.")),
        Column(name="unit", title=_("Unit"), make=lambda: TypeAheadEditor(UNITS), width=68, tip=_("In UCUM: 10*9/L")),
        Column(name="lower", title=_("Lower"), make=NumberEditor, width=50, tip=_("Lower limit of that report.")),
        Column(name="upper", title=_("Upper"), make=NumberEditor, width=50, tip=_("Upper limit of that report.")),
        Column(
            name="symptomatic",
            title=_("Symptoms"),
            make=lambda: CodeEditor([(True, _("yes")), (False, _("no"))]),
            width=62,
            rare=True,
            tip=symptomatic,
        ),
        Column(
            name="formula",
            title=_("QTc by"),
            make=lambda: CodeEditor(worded(get_args(QtcFormula))),
            width=84,
            rare=True,
        ),
        Column(name="last", title=_("Last"), width=112, gives_way=True),
    )
