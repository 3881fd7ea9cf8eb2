"""The form of a therapy line and its doses, with quick ways to change a dose and to stop the line."""

from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.record.codes import KNOWN_DRUGS, DoseUnit, Frequency, Intent, StopReason
from app.ui.draft import Draft
from app.ui.flow import FlowRow
from app.ui.forms.editors import CodeEditor, DateEditor, NumberEditor, TextEditor, TypeAheadEditor
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.fields import worded
from app.ui.forms.grid import Column
from app.ui.forms.grid_field import GridField
from app.ui.forms.parts import code, day, grid, known_text, row, yes_no
from app.words import _


class TherapyLineForm(EntryForm):
    """One line; a dose change is one more row of doses, so that the past days keep theirs."""

    def __init__(self, draft: Draft) -> None:
        drugs = _("International names, several parted by commas: cisplatin, pemetrexed.")
        unknown = _("▲ {text} is no drug this list knows: where rules do not know it either, nothing watches for its "
                    "effects.")  # fmt: skip
        parts = (
            row(known_text("drugs", _("Drugs"), KNOWN_DRUGS, several=True, lower=True, tip=drugs, unknown=unknown)),
            row(
                code("intent", _("Intent"), get_args(Intent), _("Blank means palliative.")),
                yes_no("in_trial", _("In a trial")),
            ),
            row(
                day("started_on", _("Started on"), _("Blank when not known: the order of the lines then counts.")),
                day("stopped_on", _("Stopped on"), _("Blank while the line runs.")),
                code("stop_reason", _("Reason for stopping"), get_args(StopReason)),
            ),
            row(grid("doses", _("Doses"), _dose_columns(draft), _("A dose holds until the next one of its drug."))),
        )
        super().__init__(draft, parts)
        buttons = FlowRow(8)
        self.change_button = QPushButton(_("Add dose change"))
        self.hold_button = QPushButton(_("Hold the drug"))
        self.stop_button = QPushButton(_("Stop line today"))
        for button, action in (
            (self.change_button, self.add_dose_change),
            (self.hold_button, self.hold),
            (self.stop_button, self.stop),
        ):
            button.clicked.connect(action)
            buttons.add(button)
        self.give_letters(self.change_button, self.hold_button, self.stop_button)
        self.page.column.insertLayout(self.page.column.count() - 1, buttons)
        self.after("doses", self.change_button, self.hold_button, self.stop_button)
        self.fields["drugs"].left.connect(self._drugs_left)

    def start(self, purpose: str) -> None:
        """Prepare a dose change (`dose_change`), a pause (`hold`) or the end of the line (`stop`), from today on."""
        {"dose_change": self.add_dose_change, "hold": self.hold, "stop": self.stop}[purpose]()
        if purpose == "stop":
            self.start_at = self.fields["stop_reason"].editor
        else:
            last = self._doses().grid.filled_rows()[-1]
            self.start_at = last.cells["amount" if purpose == "dose_change" else "reason"]

    def add_dose_change(self) -> None:
        """Add a dose from today on, of the last drug, in its unit and frequency; the amount is asked for."""
        last = self._last_dose()
        kept = {name: last[name] for name in ("drug", "unit", "frequency") if last.get(name)}
        if kept.get("frequency") == "held":
            del kept["frequency"]
        self._doses().grid.add({"from": self.draft.today.isoformat(), **kept}, "amount")

    def hold(self) -> None:
        """Add a pause of the last drug from today on; the reason is asked for."""
        kept = {name: value for name, value in self._last_dose().items() if name in ("drug", "unit")}
        held = {"from": self.draft.today.isoformat(), "amount": "0", "frequency": "held", **kept}
        self._doses().grid.add(held, "reason")

    def stop(self) -> None:
        """End the line today; the reason is asked for."""
        if not self.value_of("stopped_on"):
            self.fields["stopped_on"].put(self.draft.today.isoformat())
        self.fields["stop_reason"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _doses(self) -> GridField:
        field = self.fields["doses"]
        assert isinstance(field, GridField)
        return field

    def _last_dose(self) -> dict[str, str]:
        doses: list[dict[str, str]] = self._doses().value()
        drugs = self.value_of("drugs")
        return doses[-1] if doses else {"drug": drugs[0], "unit": "mg"} if drugs else {}

    def _drugs_left(self) -> None:
        """Offer the drugs of this line for its doses."""
        for cell_row in self._doses().grid.rows:
            completer = (
                cell_row.cells["drug"].completer() if isinstance(cell_row.cells["drug"], TypeAheadEditor) else None
            )
            model = completer.model() if completer is not None else None
            if model is not None and hasattr(model, "setStringList"):
                model.setStringList([_(one) for one in self.value_of("drugs") or KNOWN_DRUGS])


def _dose_columns(draft: Draft) -> tuple[Column, ...]:
    return (
        Column(
            name="drug", title=_("Drug"), make=lambda: TypeAheadEditor(KNOWN_DRUGS, lower=True), width=56, stretch=1
        ),
        Column(name="from", title=_("From"), make=lambda: DateEditor(draft.today), width=84),
        Column(name="amount", title=_("Amount"), make=NumberEditor, width=44),
        Column(name="unit", title=_("Unit"), make=lambda: CodeEditor(worded(get_args(DoseUnit))), width=54),
        Column(name="frequency", title=_("Frequency"), make=lambda: CodeEditor(worded(get_args(Frequency))), width=98),
        Column(name="reason", title=_("Reason"), make=TextEditor, width=44, stretch=1),
        Column(
            name="to", title=_("To"), make=lambda: DateEditor(draft.today), width=84, rare=True, tip=_("Seldom needed.")
        ),
    )
