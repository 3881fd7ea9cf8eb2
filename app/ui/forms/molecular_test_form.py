"""The form of a molecular test: what every test has, and the block of its method."""

from decimal import Decimal
from typing import Any, get_args

from PySide6.QtWidgets import QLabel

from app.clinical import fish
from app.figures.wording import code as code_words
from app.figures.wording import percent
from app.record.codes import AlterationKind, Gene, GeneReported, Reported, TestMethod, TestStatus
from app.record.molecular_test import FishReading
from app.record.reading import Refused, read
from app.ui.draft import Draft
from app.ui.forms.editors import CodeEditor, DateEditor, NumberEditor, TextEditor, TypeAheadEditor
from app.ui.forms.entry_form import EntryForm
from app.ui.forms.fields import worded
from app.ui.forms.grid import Column
from app.ui.forms.grid_field import GridField
from app.ui.forms.known import IHC_CLONES, PARTNERS, specimens
from app.ui.forms.parts import Group, choice, code, day, grid, known_text, number, row, text
from app.ui.forms.small import small
from app.ui.forms.typed import data_of
from app.words import _

GENES = ("ALK", "EGFR", "KIT", "KRAS", "MET", "BRAF", "ROS1", "ERBB2", "TP53")


class MolecularTestForm(EntryForm):
    """One test of one specimen; of a FISH the percentages and what they say appear while it is typed."""

    def __init__(self, draft: Draft) -> None:
        requested = _("A test that is still awaited has this date only.")
        parts = (
            row(choice("specimen", _("Specimen"), specimens(draft.record), _("What was tested; enter it first."))),
            row(code("method", _("Method"), get_args(TestMethod)), code("status", _("Status"), get_args(TestStatus))),
            row(day("requested_on", _("Requested on"), requested), day("reported_on", _("Reported on"))),
            _ihc(),
            _fish(draft),
            _rt_pcr(),
            _ngs(),
            _gene(),
        )
        super().__init__(draft, parts)
        self.pooled = QLabel()
        self.pooled.setWordWrap(True)
        self.fields["fish.readings"].below.addWidget(self.pooled)
        self.awaited = small(QLabel(_("▲ Still awaited: a result counts only once the status is final.")), "urgent")
        self.awaited.setWordWrap(True)
        self.fields["status"].below.addWidget(self.awaited)
        self.show_live()

    def leave_out(self) -> set[str]:
        """Return the blocks of the other methods."""
        return set(get_args(TestMethod)) - {self.value_of("method")}

    def save(self) -> None:
        """Save; a test with a report is first said to be final or failed, or its result would count for nothing."""
        if self.value_of("status") == "requested" and self.draft.get("reported_on"):
            self.fields["status"].focus()
        else:
            super().save()

    def show_live(self) -> None:
        """Show each reader's percentage and what the readings say together, as information."""
        field = self.fields["fish.readings"]
        if not isinstance(field, GridField) or not hasattr(self, "awaited"):
            return
        has_result = self.draft.get("reported_on") or _says_something(self.draft.get(str(self.value_of("method"))))
        self.awaited.setVisible(self.value_of("status") == "requested" and bool(has_result))
        readings = [self._reading(typed) for typed in field.value()]
        for number_, reading in enumerate(readings):
            share = fish.count([reading]).percent if reading is not None else None
            field.grid.show_info(number_, "share", percent(share) if share is not None else "")
        counted = fish.count([one for one in readings if one is not None])
        words, reported = words_of_count(counted), self.draft.get("fish.reported")
        if {counted.verdict, reported} == {"positive", "negative"}:
            words = _("{counts} ▲ Reported as {verdict}.").format(counts=words, verdict=code_words(reported))
        self.pooled.setText(words)

    def _reading(self, typed: dict[str, Any]) -> FishReading | None:
        try:
            return read(FishReading, data_of(FishReading, typed, self.draft.today))
        except Refused:
            return None


def _says_something(typed: Any) -> bool:
    """Return whether anything at all was typed into the block of a method."""
    if isinstance(typed, dict | list):
        return any(_says_something(one) for one in (typed.values() if isinstance(typed, dict) else typed))
    return typed not in (None, "")


def words_of_count(count: fish.FishCount) -> str:
    """Return what FISH counts say, as information beside the laboratory's own word."""
    if count.verdict == "no_count":
        return ""
    share = f"{count.positive}/{count.cells} = {percent(count.percent or Decimal(0))}"
    if count.readers > 1:
        share = _("{readers} readers together {share}").format(readers=count.readers, share=share)
    words = {
        "positive": _("The counts say: positive."),
        "negative": _("The counts say: negative."),
        "second_reader_needed": _("From 10 to 50 % a second reader counts another 50 cells."),
        "short_count": _("Fewer than 50 cells: more must be counted."),
    }
    at_cut_off = " " + _("Exactly at the cut-off of 15 %, which counts as positive.") if count.is_at_cut_off else ""
    return f"{share}. {words[count.verdict]}{at_cut_off}"


def _ihc() -> Group:
    return Group(
        "ihc",
        (
            row(
                known_text("ihc.clone", _("Clone"), IHC_CLONES, tip=_("Of the antibody.")),
                number("ihc.intensity", _("Intensity"), _("0 to 3")),
                number("ihc.percent_cells", _("Cells stained"), "%"),
            ),
            row(code("ihc.reported", _("Reported as"), get_args(Reported), _("The laboratory's own word."))),
        ),
    )


def _fish(draft: Draft) -> Group:
    columns = (
        Column(name="reader", title=_("Reader"), make=TextEditor, stretch=1),
        Column(
            name="date", title=_("Date"), make=lambda: DateEditor(draft.today), width=92, tip=_("Blank: the report's.")
        ),
        Column(name="cells", title=_("Cells"), make=NumberEditor, width=56, tip=_("At least 50.")),
        Column(name="split", title=_("Split"), make=NumberEditor, width=56, tip=_("Cells with split signals.")),
        Column(
            name="single_red",
            title=_("Single red"),
            make=NumberEditor,
            tip=_("Cells with a single red signal (the green one lost)."),
        ),
        Column(name="share", title=_("Positive"), width=60),
    )
    fields = number("fish.fields", _("Fields looked at"), tip=_("At least four."))
    return Group(
        "fish",
        (
            row(grid("fish.readings", _("Readings"), columns, _("One row per reader."))),
            row(code("fish.reported", _("Reported as"), get_args(Reported), _("The laboratory's own word.")), fields),
        ),
    )


def _rt_pcr() -> Group:
    return Group("rt_pcr", (row(code("rt_pcr.reported", _("Reported as"), get_args(Reported)), *_partner("rt_pcr")),))


def _ngs() -> Group:
    columns = (
        Column(name="gene", title=_("Gene"), make=lambda: TypeAheadEditor(GENES), width=96),
        Column(
            name="kind", title=_("Alteration"), make=lambda: CodeEditor(worded(get_args(AlterationKind))), stretch=1
        ),
        Column(name="protein", title=_("Protein"), make=TextEditor, stretch=1, tip=_("In HGVS notation: p.L1196M")),
    )
    return Group(
        "ngs",
        (
            row(code("ngs.fusion.reported", _("ALK fusion"), get_args(Reported)), *_partner("ngs.fusion")),
            row(grid("ngs.alterations", _("Alterations"), columns)),
        ),
    )


def _gene() -> Group:
    return Group(
        "gene",
        (
            row(
                code("gene.gene", _("Gene"), get_args(Gene)),
                code("gene.reported", _("Reported as"), get_args(GeneReported)),
            ),
        ),
    )


def _partner(block: str) -> tuple[Any, Any]:
    return (
        known_text(f"{block}.partner", _("Fusion partner"), PARTNERS),
        text(f"{block}.variant", _("Variant")),
    )
