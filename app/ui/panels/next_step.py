"""The next step beside the record: recomputed at every change, as of today or of a day that is chosen."""

from datetime import date
from typing import get_args

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QTextBrowser, QVBoxLayout, QWidget

from app.figures.wording import date_in_words
from app.record.codes import Verdict
from app.record.dates import fault_in
from app.ui.flow import FlowRow
from app.ui.forms.editors import DateEditor
from app.ui.open_record import OpenRecord
from app.ui.palette import LARGE, sized
from app.ui.panels.action_words import STAGES
from app.ui.panels.decision_bar import DecisionBar
from app.ui.panels.next_step_text import Shown, next_step_html
from app.ui.panels.rules_text import BACK
from app.ui.panels.why_text import WhyText
from app.words import _

OPTIONS, WHY = range(2)


class NextStep(QWidget):
    """Shows the advice.

    `entry_asked(id)` and `fact_asked(fact)` when a link is followed; `day_chosen(date)`, None for today.
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
        self.not_today.setWordWrap(True)
        self.back = QPushButton(_("Back to today"))
        self.back.clicked.connect(self._to_today)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(8)  # a form below it may need the room
        self.text.setAccessibleName(_("Next step and its reasons"))
        self.text.anchorClicked.connect(self._follow)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("Options"))
        self.tabs.addTab(_("Why, and what if"))
        self.tabs.setTabToolTip(WHY, _("Facts, rules that applied or nearly did, and what would change it (Ctrl+Y)"))
        self.tabs.setAccessibleName(_("Options, or why"))
        self.tabs.currentChanged.connect(self._turn)
        self.bar = DecisionBar()
        head = FlowRow(8)
        head.add(title)
        head.add(self.stage, stretch=True)
        head.add(label)
        head.add(self.day)
        self._strip = QWidget()
        strip = FlowRow()
        self._strip.setLayout(strip)
        strip.add(self.not_today, stretch=True)
        strip.add(self.back)
        self.banner = QLabel()
        self.banner.setObjectName("historical")
        self.banner.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._strip)
        layout.addWidget(self.banner)
        layout.addWidget(self.tabs)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.bar)
        self._opened: OpenRecord | None = None
        self._today = today
        self._as_of = self._today
        self._html = ""

    def show_record(self, opened: OpenRecord, today: date) -> None:
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
        self._opened = opened
        self.bar.show_advice(advice, opened.drugs())
        self._show_text()

    def toggle_why(self) -> None:
        """Turn to why, or back to the options, and put the keyboard into the text."""
        self.tabs.setCurrentIndex(OPTIONS if self.tabs.currentIndex() == WHY else WHY)
        self.text.setFocus()

    def show_first(self) -> None:
        """Show the options from their beginning, what cannot wait first, and put the keyboard there."""
        self.tabs.setCurrentIndex(OPTIONS)
        self._show_text()
        self.text.verticalScrollBar().setValue(0)
        self.text.setFocus()

    def show_rules(self, html: str) -> None:
        """Show rules of the protocol in place of the options, until the way back or another tab is taken."""
        self._html = html
        self.text.setHtml(html)

    def _turn(self, _tab: int) -> None:
        self._show_text()

    def _show_text(self) -> None:
        opened = self._opened
        if opened is None:
            return
        html = self._html_of(opened)
        if html != self._html:
            self._html = html
            self.text.setHtml(html)

    def _html_of(self, opened: OpenRecord) -> str:
        """Return what stands in the panel; what explains it is worked out only while it is looked at."""
        if opened.advice is None:
            return f"<p>{_('There is no advice now: {why}')}</p>".format(why=opened.no_advice)
        if self.tabs.currentIndex() == WHY and (why := opened.explain()) is not None:
            return WhyText(why, opened.record).html()
        facts = opened.facts() if opened.record.decisions else {}
        return next_step_html(Shown(opened.advice, opened.record, opened.evidence(), opened.told(), facts))

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
        elif link.toString() == BACK:
            self._show_text()
        elif kind == "decide":
            self._decide(*name.split(":"))
        else:
            self.fact_asked.emit(name)

    def _decide(self, verdict: str, number: str) -> None:
        """Take the answer of a link beside an option."""
        advice = self._opened.advice if self._opened is not None else None
        known = next((one for one in get_args(Verdict) if one == verdict), None)
        if advice is not None and known is not None and int(number) < len(advice.options):
            self.bar.decide(known, advice.options[int(number)])
