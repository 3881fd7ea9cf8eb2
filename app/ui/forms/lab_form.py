"""The form of laboratory values: one row a value, several of one draw at once."""

from collections.abc import Sequence
from typing import Any, get_args

from PySide6.QtWidgets import QDialog, QPushButton

from app.record.codes import Analyte, QtcFormula
from app.record.lab import Lab
from app.record.lab_line import PrintedValue
from app.record.lab_names import USUAL_UNITS
from app.services.lab_report import last_value, usual_unit
from app.ui.draft import Draft
from app.ui.forms.editors import CodeEditor, DateEditor, NumberEditor, TextEditor, TypeAheadEditor
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.fields import worded
from app.ui.forms.grid import Column, clipboard_text
from app.ui.forms.grid_field import GridField
from app.ui.forms.parts import day, grid, row, text
from app.ui.forms.paste_report import PasteReport
from app.words import _

UNITS = (*dict.fromkeys(USUAL_UNITS.values()), "ukat/L", "mg/dL", "g/L", "mmol/L", "ng/mL", "ng/dL")


class LabForm(EntryForm):
    """Values of one draw: date and sample once, then a row for each. Correcting shows the one value alone."""

    def __init__(self, draft: Draft) -> None:
        sample = _("Values of one blood draw may name the same sample; without, dates a day apart count as one.")
        most = 1 if draft.existing is not None else None
        values = _("One row a value; a value may begin with < or >.")
        parts = (
            row(day("date", _("Date of the draw")), text("sample", _("Sample"), sample)),
            row(grid("values", _("Values"), _columns(draft), values, most)),
        )
        self._units: dict[int, str] = {}
        self._analytes: dict[int, Any] = {}
        super().__init__(draft, parts)
        field = self.fields["values"]
        assert isinstance(field, GridField)
        self.grid = field
        if draft.existing is not None:  # what was not given on the report is not filled in behind anybody's back
            self._analytes = {number: row.get("analyte") for number, row in enumerate(field.value())}
        field.edited.connect(self._values_edited)
        self._values_edited()
        self._add_paste_button()

    def _add_paste_button(self) -> None:
        self.paste_button = QPushButton(_("Paste a report…"))
        self.paste_button.setToolTip(_("Read values from copied text or cells of a sheet (or Ctrl+V in a cell)"))
        self.paste_button.setVisible(self.draft.existing is None)
        self.paste_button.clicked.connect(self.paste)
        self.grid.grid.takes_blocks = self.draft.existing is None
        self.grid.grid.block_pasted.connect(self.paste_text)
        self.give_letters(self.paste_button)
        self.grid.head.addWidget(self.paste_button)
        self.after("values", self.paste_button)

    def paste(self) -> None:
        """Read what is on the clipboard."""
        self.paste_text(clipboard_text())

    def paste_text(self, text: str) -> None:
        """Show what a report was understood as, and type what the person takes of it after the rows that stand."""
        date_editor = self.fields["date"].editor
        dialog = PasteReport(text, self.draft.record, self.draft.today, date_editor.iso(), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.take_rows(dialog.taken())
        dialog.deleteLater()

    def take_rows(self, taken: Sequence[PrintedValue]) -> None:
        """Type these values: their day into the head when all have the same, else beside each."""
        rows = self.grid.value()
        days = {one.date for one in taken}
        own = self.fields["date"].editor.iso()
        in_head = len(days) == 1 and (own in ("", *days) or not rows)
        if in_head and taken:
            self.fields["date"].put(taken[0].date)
        for one in taken:
            row = {"analyte": one.analyte, "value": one.value, "unit": one.unit, "lower": one.lower, "upper": one.upper}
            row |= {"formula": one.formula} if one.formula else {}
            rows.append({name: value for name, value in row.items() if value} | ({} if in_head else {"date": one.date}))
        self._analytes = {number: row.get("analyte") for number, row in enumerate(rows)}
        self.grid.put(rows)
        self.grid.focus_cell("0].value")

    def show_live(self) -> None:
        """Show the last value of each analyte beside its row."""
        if not hasattr(self, "grid"):
            return
        for number, typed in enumerate(self.grid.value()):
            last = self._last(typed.get("analyte"))
            shown = f"{last.comparator or ''}{last.value} · {last.date}" if last is not None else ""
            self.grid.grid.show_info(number, "last", shown)

    def _last(self, analyte: Any) -> Lab | None:
        return last_value(analyte, self.draft.record, self._own())

    def _own(self) -> str | None:
        return self.draft.existing.id if self.draft.existing is not None else None

    def _values_edited(self) -> None:
        """Fill in the unit of an analyte just chosen, unless another one was typed; ask for the formula of a QTc."""
        for number, line in enumerate(self.grid.grid.rows):
            analyte, unit = line.cells["analyte"].value(), line.cells["unit"].value()
            if analyte == "QTc" and self.grid.grid.has_rare():
                self.grid.show_rare()
            if analyte == self._analytes.get(number):
                continue
            self._analytes[number] = analyte
            usual = usual_unit(analyte, self.draft.record, self._own())
            if usual and unit in ("", self._units.get(number)) and unit != usual:
                self._units[number] = usual
                line.cells["unit"].put(usual)


def _columns(draft: Draft) -> tuple[Column, ...]:
    symptomatic = _("With symptoms or signs of it; for QTc: of a serious arrhythmia.")
    analytes = worded(get_args(Analyte))
    return (
        Column(name="analyte", title=_("Analyte"), make=lambda: CodeEditor(analytes), stretch=1),
        Column(name="value", title=_("Value"), make=TextEditor, width=60, tip=_("A number, or < or > and a number.")),
        Column(name="unit", title=_("Unit"), make=lambda: TypeAheadEditor(UNITS), width=68, tip=_("In UCUM: 10*9/L")),
        Column(name="lower", title=_("Lower"), make=NumberEditor, width=50, tip=_("Lower limit of that report.")),
        Column(name="upper", title=_("Upper"), make=NumberEditor, width=50, tip=_("Upper limit of that report.")),
        Column(name="date", title=_("Day"), make=lambda: DateEditor(draft.today), width=84, when_filled=True),
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
