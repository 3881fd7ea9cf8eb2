"""Today: what stands open over all patients, the most urgent first; open it, mark it as done, or snooze it."""

from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.ui.palette import LARGE, sized
from app.ui.panels.group_chips import EVERY, GroupChips
from app.ui.panels.nobody import EmptyState, button_for
from app.ui.panels.whose import Whose
from app.ui.panels.worklist_view import WorklistView
from app.ui.worklist_model import aside_words, why_of
from app.words import _, many

if TYPE_CHECKING:  # the window is painted before the list is read
    from app.services.desk import Desk
    from app.services.put_aside import Verdict
    from app.services.worklist import WorklistItem
    from app.ui.panels.run_line import RunLine
    from app.ui.putting_aside import PuttingAside
    from app.ui.worklist_running import Listed, WorklistRunning

EACH = 30_000  # milliseconds after which the clock is looked at
FRESH = 300  # seconds for which a list that is being looked at is left as it is


class TodayPage(QWidget):
    """`opened(WorklistItem)` by Enter; `said(text)` for the status bar; `failed(text)` when something cannot be done.

    `selection_changed` when other actions apply.
    """

    opened = Signal(object)
    said = Signal(str)
    failed = Signal(str)
    selection_changed = Signal()

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._desk: Desk | None = None
        self._patients = -1  # not known yet
        self._brought_at = 0.0
        self._changed: dict[str, tuple[WorklistItem, ...]] = {}
        self.running: WorklistRunning
        self.aside: PuttingAside
        self.run_line: RunLine
        self.day = QLabel(_("Today"))
        self.day.setFont(sized(self.font(), LARGE, bold=True))
        self.chips = GroupChips()
        self.whose = Whose()
        self.view = WorklistView()
        self.model = self.view.worklist
        self.nothing = QLabel(_("Reading the worklist…"))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty = EmptyState(
            actions,
            _("Nothing is due today"),
            _("There are no patients yet. What is urgent, due, awaited or undecided will be listed here, worked out\n"
              "from their records. Begin the first record, take records from files, or try it with invented ones."),
        )  # fmt: skip
        self.below = QStackedWidget()
        for page in (self.nothing, self.view, self.empty):
            self.below.addWidget(page)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setMinimumHeight(34)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self._clock = QTimer(self, interval=EACH)
        self._clock.timeout.connect(self.look_at_the_clock)
        self._lay_out()
        self.chips.chosen.connect(self._narrow)
        self.whose.chosen.connect(self._narrow)
        self.view.opened.connect(self.opened)
        self.view.moved.connect(self._moved)
        self.view.turned.connect(self.chips.turn)
        self.view.widened.connect(partial(self.chips.choose, EVERY))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Today"))

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addWidget(self.day)
        self._head.addWidget(self.whose)
        self._head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.detail, 1)
        for name in ("open_item", "done", "snooze", "put_back"):
            button = button_for(self._actions[name])
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has a key; Tab is for the list and its filters
            button.setVisible(False)
            self._actions[name].enabledChanged.connect(button.setVisible)
            self.view.addAction(self._actions[name])
            foot.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 6)
        self._column.setSpacing(6)
        self._column.addLayout(self._head)
        self._column.addWidget(self.chips)
        self._column.addWidget(self.below, 1)
        self._column.addLayout(foot)

    def show_desk(self, desk: "Desk") -> None:
        """Show the worklist of this desk from now on: what is kept at once, then brought up to date."""
        from app.ui.panels.run_line import RunLine
        from app.ui.putting_aside import PuttingAside
        from app.ui.worklist_running import WorklistRunning

        self._desk = desk
        self.run_line = RunLine()
        self._head.addWidget(self.run_line)
        self.aside = PuttingAside(desk, self._column, self)
        self.running = WorklistRunning(desk, self)
        self.aside.changed.connect(self.running.refresh)
        self.aside.closed.connect(self.setFocus)
        self.aside.said.connect(self.said)
        self.aside.failed.connect(self.failed)
        self.running.listed.connect(self._show_listed)
        self.running.patient_listed.connect(self._show_patient)
        self.running.progressed.connect(self.run_line.show_progress)
        self.running.ended.connect(self._ended)
        self.running.failed.connect(self.failed)
        self.run_line.cancelled.connect(self.running.cancel)
        self.running.bring_up_to_date()
        self._clock.start()

    def showEvent(self, event: QShowEvent) -> None:
        """List what has changed since the page was seen last."""
        super().showEvent(event)
        self._take_changed()

    def enter(self) -> None:
        """Look whether the list is still of today, now that it is looked at."""
        self.look_at_the_clock()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the list as soon as there is one."""
        super().focusInEvent(event)
        if self.view.isVisible():
            self.view.setFocus(event.reason())

    def look_at_the_clock(self) -> None:
        """Bring the list up to date on a new day, and now and then: others save records too."""
        if self._desk is None or self.running.is_running:
            return
        is_old = self.isVisible() and monotonic() - self._brought_at > FRESH
        if is_old or self.running.as_of != self._desk.today():
            self.running.bring_up_to_date()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the groups over where there is no list to do it."""
        if self.hasFocus():
            self.view.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def show_person(self) -> None:
        """Offer the patients of who sits here as theirs."""
        self.whose.show_names(self.model.names(), self._desk.people.by if self._desk is not None else "")

    def does(self) -> dict[str, Callable[[], object]]:
        """Return what the actions of this page do, by the names they have."""
        return {
            "open_item": self._open, "done": partial(self.ask, "done"), "snooze": partial(self.ask, "snoozed"),
            "put_back": self.put_back, "mine": self.toggle_mine, "bring_up_to_date": self.running.bring_up_to_date,
        }  # fmt: skip

    def enable_actions(self) -> None:
        """Let only what applies to the chosen line be used."""
        item = self.view.current()
        self._actions["open_item"].setEnabled(item is not None)
        self._actions["snooze"].setEnabled(item is not None)
        self._actions["done"].setEnabled(item is not None and (item.aside is None or item.aside.verdict != "done"))
        self._actions["put_back"].setEnabled(item is not None and item.aside is not None)
        self._actions["undo"].setEnabled(self._desk is not None and self.aside.can_undo)
        self._actions["redo"].setEnabled(False)

    def current_mrn(self) -> str | None:
        """Return the number of the patient whose line is chosen."""
        item = self.view.current()
        return item.mrn if item is not None else None

    def ask(self, verdict: "Verdict") -> None:
        """Ask why, and until when, the chosen line is put aside; what is urgent is never merely done."""
        from app.services.put_aside import cannot_be_done

        item = self.view.current()
        if item is None:
            return
        if verdict == "done" and (why := cannot_be_done(item)):
            self.said.emit(why)
            return
        self.aside.ask(verdict, item)

    def put_back(self) -> None:
        """Put the chosen line, snoozed or done, back on the list."""
        item = self.view.current()
        if item is not None and item.aside is not None:
            self.aside.put_back(item)

    def toggle_mine(self) -> None:
        """Show only the patients of who sits here, or those of everybody again."""
        if not self.whose.toggle_mine():
            self.said.emit(_("Choose first who sits here (Ctrl+U): then your patients can be shown alone."))

    def _open(self) -> None:
        if (item := self.view.current()) is not None:
            self.opened.emit(item)

    def _show_listed(self, listed: "Listed") -> None:
        from app.figures.wording import day_in_words

        self._patients, self._changed = listed.patients, {}
        self.day.setText(_("Today, {day}").format(day=day_in_words(listed.as_of)))
        self.run_line.show_run(listed.run_at, listed.run_of, listed.as_of)
        self.model.show(listed.items)
        self.show_person()
        self._show_state()

    def _show_patient(self, mrn: str, items: "tuple[WorklistItem, ...]") -> None:
        self._patients = max(self._patients, 1)
        self._changed[mrn] = items
        if self.isVisible():
            self._take_changed()

    def _take_changed(self) -> None:
        """Show what has changed of patients; while another page is shown nothing is listed anew at every entry."""
        if self._changed:
            self.model.show_patients(self._changed)
            self._changed = {}
            self.show_person()
            self._show_state()

    def _ended(self, is_complete: bool) -> None:
        self._brought_at = monotonic()
        self.run_line.show_ended(is_complete)
        self._show_state()

    def _narrow(self) -> None:
        self.model.narrow(self.chips.group, self.whose.who)
        self._show_state()

    def _show_state(self) -> None:
        """Show the list, or say why there is nothing in it."""
        self.chips.show_counts(self.model.counts(), self.model.overdue())
        if self.model.rowCount():
            self._turn_to(self.view)
        elif not self._patients:
            self._turn_to(self.empty)
        else:
            self.nothing.setText(self._nothing_words())
            self._turn_to(self.nothing)
        self._moved()

    def _turn_to(self, page: QWidget) -> None:
        """Show the list or what stands in its place; the keyboard stays here if it was here."""
        had_keyboard = self.hasFocus() or self.view.hasFocus()
        self.below.setCurrentWidget(page)
        if had_keyboard:
            (self.view if page is self.view else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _nothing_words(self) -> str:
        if self._desk is None or (not self.model.items and self.running.is_running):
            return _("Reading the worklist…")
        if self.chips.group or self.whose.who is not None:
            words = _("There is nothing here. Choose “All” and “Everybody’s patients” to see everything.")
            urgent = self.model.urgent_of_others()
            more = many("■ {count} urgent line stands with other patients.",
                        "■ {count} urgent lines stand with other patients.", urgent).format(count=urgent)  # fmt: skip
            return f"{words}\n\n{more}" if urgent else words
        return _("Nothing is due today.\n\nWhat is urgent, due, awaited or undecided will be listed here, from a week "
                 "before its day, as the records say it.")  # fmt: skip

    def _moved(self) -> None:
        item = self.view.current()
        self.detail.setText("" if item is None else _detail(item))
        self.selection_changed.emit()


def _detail(item: "WorklistItem") -> str:
    """Return in full what the chosen line says, and the rule that asks for it."""
    words = _("{name}: {why} (rule {rule})") if item.rule else _("{name}: {why}")
    words = words.format(name=item.name, why=why_of(item), rule=item.rule)
    return f"{words} · {aside_words(item)}" if item.aside is not None else words
