"""The form of an assessment: lesions beside their earlier values, the sum and its change while they are typed."""

from collections.abc import Iterator
from typing import Any, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.figures.wording import number
from app.record.assessment import Assessment
from app.record.codes import Extent, Modality, NonTarget, Response, Site, Tempo
from app.ui.draft import Draft
from app.ui.forms.editors import CodeEditor, NumberEditor, TextEditor
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.fields import worded
from app.ui.forms.grid import Column
from app.ui.forms.grid_field import GridField
from app.ui.forms.judged import Before, Compared, compared, size_in_words, words_of_computed, words_of_response
from app.ui.forms.parts import Group, code, codes, grid, row, text, yes_no
from app.ui.forms.parts import day as date_spec
from app.words import _

RIGHT = Qt.AlignmentFlag.AlignRight


class AssessmentForm(EntryForm):
    """One assessment; its presence as a progression is the clinician's judgement, never computed."""

    def __init__(self, draft: Draft) -> None:
        together = _("Assessments that name the same one are judged together: a CT on the 3rd, a brain MRI on the 5th.")
        parts = (
            row(
                date_spec("date", _("Date")),
                code("modality", _("Modality"), get_args(Modality)),
                text("timepoint", _("Timepoint"), together),
            ),
            row(
                yes_no("baseline", _("Baseline of a line"), _("What a line is measured from.")),
                code("reported_response", _("Reported response"), get_args(Response), _("The reader's own word.")),
            ),
            row(grid("target_lesions", _("Target lesions"), _target_columns(), _("Nodes by their short axis."))),
            row(grid("new_lesions", _("New lesions"), _new_columns(), _("Not there at the baseline of the line."))),
            row(code("non_target", _("Non-target lesions as a whole"), get_args(NonTarget))),
            row(grid("non_target_lesions", _("Non-target lesions, one by one"), _non_target_columns())),
            _progression(),
        )
        super().__init__(draft, parts)
        self.response = QLabel()
        self.response.setWordWrap(True)
        self.same_button = QPushButton(_("Same lesions as before"))
        self.same_button.setToolTip(
            _("Fill in the names and sites of the last assessment; the sizes are yours to type.")
        )
        self.same_button.clicked.connect(self.take_lesions)
        self.same_button.setVisible(next(self._earlier(), None) is not None)
        self.give_letters(self.same_button)
        lesions = self.fields["target_lesions"]
        lesions.head.addWidget(self.same_button)
        lesions.below.addWidget(self.response)
        self.after("target_lesions", self.same_button)
        self.show_live()

    def take_lesions(self) -> None:
        """Type the lesions of the last assessment that measured some, without their sizes, after those that stand."""
        field = self.fields["target_lesions"]
        rows: list[dict[str, Any]] = field.value()
        there = {typed.get("lesion") for typed in rows}
        for lesion in next((one.target_lesions for one in self._earlier()), ()):
            if lesion.lesion not in there:
                node = {} if lesion.lymph_node is None else {"lymph_node": lesion.lymph_node}
                rows.append({"lesion": lesion.lesion, "site": lesion.site, **node})
        field.put(rows)
        if isinstance(field, GridField) and rows:
            field.grid.rows[0].cells["mm"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_live(self) -> None:
        """Show each lesion's last size beside it, and what the sum is and how it changed."""
        field = self.fields.get("target_lesions")
        if not isinstance(field, GridField) or not hasattr(self, "response"):
            return
        found = compared(self.draft)
        self._show_before(field, found)
        words = words_of_response(self.draft, found)
        self.response.setText(words)
        self.response.setVisible(bool(words))
        self.fields["reported_response"].hint.setText(words_of_computed(found))

    def _show_before(self, field: GridField, found: Compared | None) -> None:
        """Show the sizes at the baseline and of the last time beside each lesion, and the sums below."""
        rows = field.value()
        sums = {"site": _("Sum, mm"), "mm": number(found.own.sum_mm) if found and found.own.sum_mm is not None else ""}
        for column, title, before in (
            ("at_baseline", _("Baseline"), found.baseline if found is not None else Before()),
            ("previous", _("Before"), found.previous if found is not None else Before()),
        ):
            field.grid.set_title(column, f"{title}\n{before.day}" if before.day else title)
            for place, typed in enumerate(rows):
                lesion = before.lesions.get(str(typed.get("lesion", "")).strip())
                field.grid.show_info(place, column, size_in_words(lesion))
            sums[column] = number(before.sum_mm) if before.sum_mm is not None else ""
        field.grid.show_foot(sums if any(sums[name] for name in ("mm", "at_baseline", "previous")) and rows else {})

    def _earlier(self) -> Iterator[Assessment]:
        """Yield the assessments with target lesions before this one, newest first."""
        editor = getattr(self.fields.get("date"), "editor", None)
        before = editor.iso() if editor is not None else ""
        own = self.draft.existing.id if self.draft.existing is not None else None
        there = self.draft.record.assessments if self.draft.record is not None else ()
        for one in sorted(there, key=lambda one: one.date, reverse=True):
            valid = one.entered_in_error is None and one.id != own and bool(one.target_lesions)
            if valid and (not before or one.date < before):
                yield one


def _yes_or_no() -> CodeEditor:
    return CodeEditor([(True, _("yes")), (False, _("no"))])


def _site() -> CodeEditor:
    return CodeEditor(worded(get_args(Site)))


def _target_columns() -> tuple[Column, ...]:
    other = _("The name of another lesion of this assessment.")
    return (
        Column(name="lesion", title=_("Lesion"), make=TextEditor, width=56, tip=_("Its name: T1.")),
        Column(name="site", title=_("Site"), make=_site, stretch=1),
        Column(name="lymph_node", title=_("Node"), make=_yes_or_no, width=56, tip=_("Measured by its short axis.")),
        Column(name="at_baseline", title=_("Baseline"), width=64, gives_way=True, alignment=RIGHT),
        Column(name="previous", title=_("Before"), width=64, gives_way=True, alignment=RIGHT),
        Column(name="mm", title=_("mm"), make=NumberEditor, width=52, tip=_("Blank: not measured."), alignment=RIGHT),
        Column(name="too_small_to_measure", title=_("Too small"), make=_yes_or_no, width=60, tip=_("Counts as 5 mm.")),
        Column(name="merged_with", title=_("Merged in"), make=TextEditor, width=56, rare=True, tip=other),
        Column(name="split_from", title=_("Split from"), make=TextEditor, width=56, rare=True, tip=other),
    )


def _new_columns() -> tuple[Column, ...]:
    return (
        Column(name="site", title=_("Site"), make=_site, stretch=1),
        Column(name="unequivocal", title=_("Unequivocal"), make=_yes_or_no, width=96),
    )


def _non_target_columns() -> tuple[Column, ...]:
    return (
        Column(name="lesion", title=_("Lesion"), make=TextEditor, width=72),
        Column(name="site", title=_("Site"), make=_site, stretch=1),
        Column(name="status", title=_("Status"), make=lambda: CodeEditor(worded(get_args(NonTarget))), stretch=2),
    )


def _progression() -> Group:
    return Group(
        "progression",
        (
            row(
                yes_no("progression.symptomatic", _("Symptomatic")),
                code("progression.tempo", _("Tempo"), get_args(Tempo), _("The clinician's judgement.")),
            ),
            row(
                yes_no("progression.local_treatment_possible", _("Local treatment possible")),
                code("progression.extent", _("Extent"), get_args(Extent), _("The clinician's judgement.")),
            ),
            row(yes_no("progression.well_tolerated", _("Treatment well tolerated"), _("The current treatment."))),
            row(codes("progression.sites", _("Where it progressed"), get_args(Site))),
        ),
        question=_("This is a progression"),
        tip=_("The clinician's judgement; the program never sets it."),
    )
