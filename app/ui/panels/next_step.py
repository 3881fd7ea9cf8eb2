"""The next step beside the record: recomputed at every change, as of today or of a day that is chosen."""

from datetime import date

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from app.figures.wording import date_in_words
from app.record.dates import fault_in
from app.ui.forms.editors import DateEditor
from app.ui.open_record import OpenRecord
from app.ui.palette import LARGE, sized
from app.ui.panels.action_words import STAGES
from app.ui.panels.next_step_text import Shown, next_step_html
from app.words import _

# Where a fact that is missing is entered; what is not here belongs to the last assessment or progression.
PLACE_OF_FACT = {
    "histology": "diagnosis", "limited_sample": "diagnosis", "stage_metastatic": "diagnosis", "resected": "diagnosis",
    "predictive_marker": "diagnosis", "alk_status": "tests", "fish": "tests", "ihc": "tests",
    "fish_positive_percent": "tests", "fish_cells": "tests", "alk_molecular": "tests",
    "line_start_known": "therapy_lines", "stop_reason": "therapy_lines", "hold_reason": "therapy_lines",
    "alt_x_uln": "labs", "ast_x_uln": "labs", "alp_x_uln": "labs", "bilirubin_x_uln": "labs", "neutrophils": "labs",
    "platelets": "labs", "qtc_ms": "labs",
}  # fmt: skip


class NextStep(QWidget):
    """Shows the advice.

    `entry_asked(id)` and `fact_asked(section)` when a link is followed; `day_chosen(date)`, None for today.
    """

    entry_asked = Signal(str)
    fact_asked = Signal(str)
    day_chosen = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("Next step"))
        title.setFont(sized(self.font(), LARGE, bold=True))
        self.stage = QLabel()
        self.stage.setObjectName("quiet")
        self.day = DateEditor(today)
        self.day.setFixedWidth(112)
        self.day.setAccessibleName(_("As of"))
        self.day.setToolTip(_("See record and next step as of a day (Ctrl+D). Type a date and press Enter."))
        self.day.returnPressed.connect(self._take_day)
        self.day.editingFinished.connect(self._take_day)
        label = QLabel(_("as o&f"))
        label.setObjectName("quiet")
        label.setBuddy(self.day)
        self.not_today = QLabel()
        self.not_today.setObjectName("notToday")
        self.back = QPushButton(_("Back to today"))
        self.back.clicked.connect(self._to_today)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Next step and its reasons"))
        self.text.anchorClicked.connect(self._follow)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.stage, 1)
        head.addWidget(label)
        head.addWidget(self.day)
        self._strip = QWidget()
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.addWidget(self.not_today, 1)
        strip.addWidget(self.back)
        self.banner = QLabel()
        self.banner.setObjectName("historical")
        self.banner.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._strip)
        layout.addWidget(self.banner)
        layout.addWidget(self.text, 1)
        self._today = today
        self._as_of = self._today
        self._html = ""

    def show_record(self, opened: OpenRecord, today: date, evidence: dict[str, str] | None = None) -> None:
        """Show the advice of the open record."""
        self._today, self._as_of = today, opened.as_of
        self.day.put(opened.as_of.isoformat())
        day = date_in_words(opened.as_of.isoformat())
        self.not_today.setText(_("▲ As of {day}, not today").format(day=day))
        self._strip.setVisible(not opened.is_today)
        advice = opened.advice
        self.stage.setText(_(STAGES[advice.stage]) if advice is not None else "")
        historical = advice is not None and advice.protocol.status == "historical"
        self.banner.setVisible(historical)
        if historical and advice is not None:
            year = advice.protocol.edition[:4]
            self.banner.setText(_("▲ HISTORICAL ({year}): not today’s practice").format(year=year))
        if advice is None:
            html = f"<p>{_('There is no advice now: {why}')}</p>".format(why=opened.no_advice)
        else:
            html = next_step_html(Shown(advice, opened.record, evidence or {}))
        if html != self._html:
            self._html = html
            self.text.setHtml(html)

    def ask_for_day(self) -> None:
        """Put the cursor into the day."""
        self.day.setFocus()
        self.day.selectAll()

    def _take_day(self) -> None:
        iso = self.day.iso()
        if len(iso) != 10 or fault_in(iso):
            self.day.put(self._as_of.isoformat())
            return
        chosen = date.fromisoformat(iso)
        if chosen != self._as_of:
            self.day_chosen.emit(None if chosen == self._today else chosen)

    def _to_today(self) -> None:
        self.day_chosen.emit(None)

    def _follow(self, link: QUrl) -> None:
        if link.hasFragment():
            self.text.scrollToAnchor(link.fragment())
            return
        kind, _colon, name = link.toString().partition(":")
        if kind == "entry":
            self.entry_asked.emit(name)
        else:
            self.fact_asked.emit(PLACE_OF_FACT.get(name, "assessments"))
