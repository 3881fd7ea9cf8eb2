"""Below the next step: which option is meant, and the three answers to it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.pathway.advice import Advice, Option
from app.record.codes import Verdict
from app.services.decisions import UNDECIDABLE, Answer, is_hold
from app.ui.drop_down import DropDown
from app.ui.flow import FlowRow
from app.ui.panels.action_words import action_words
from app.ui.panels.decision_form import DecisionForm
from app.words import _

Key = tuple[str, str | None, str]


class DecisionBar(QWidget):
    """`answered(Option, Answer)` when an option was accepted, modified or declined; `said(text)` for the status bar.

    `by` is who sits here; where nobody is chosen, the name of the first answer is kept until the program ends.
    """

    answered = Signal(object, object)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by = ""
        self.form: DecisionForm | None = None
        self._advice: Advice | None = None
        self._drugs: Sequence[str] = ()
        self.option = DropDown()
        self.option.setAccessibleName(_("Option to decide on"))
        self.option.setToolTip(_("Which option is accepted, modified or declined (F9)"))
        self.option.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.option.setMinimumHeight(28)
        self.buttons: dict[str, QPushButton] = {}
        row = FlowRow()
        words: tuple[tuple[Verdict, str, str], ...] = (
            ("accepted", _("Accept"), "Ctrl+F9"), ("modified", _("Modify…"), "Shift+F9"),
            ("declined", _("Decline…"), "Ctrl+Shift+F9"),
        )  # fmt: skip
        for verdict, name, keys in words:
            button = QPushButton(name)
            button.setToolTip(f"{name} ({keys})")
            button.clicked.connect(partial(self._clicked, verdict))
            self.buttons[verdict] = button
            row.add(button, stretch=True)
        label = QLabel(_("Decide on"))
        label.setObjectName("quiet")
        label.setBuddy(self.option)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(label)
        first.addWidget(self.option, 1)
        self._strip = QWidget()
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.setSpacing(6)
        strip.addLayout(first)
        strip.addLayout(row)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._strip)

    def show_advice(self, advice: Advice | None, drugs: Sequence[str]) -> None:
        """Offer the options of this advice; an open form stays while its option is still one of the same patient.

        The preferred option is offered unless another one was chosen: after an answer, always the preferred.
        """
        before, chosen = self._advice, self._chosen_key()
        self._advice, self._drugs = advice, drugs
        options = self._options()
        keys = [_key(one) for one in options]
        same_patient = before is not None and advice is not None and before.mrn == advice.mrn
        self.option.clear()
        for one in options:
            self.option.addItem(action_words(one.action, one.drug))
        if same_patient and chosen in keys:
            self.option.setCurrentIndex(keys.index(chosen))
        self.setEnabled(bool(options))
        self.setVisible(advice is not None)
        if self.form is not None:
            key = _key(self.form.option)
            if same_patient and key in keys:
                self.form.option = options[keys.index(key)]
            else:
                self.close_form()
                self.said.emit(_("The next step is another one now: decide on what stands here."))

    def decide(self, verdict: Verdict, option: Option | None = None, *, deliberate: bool = True) -> None:
        """Take the answer to an option, the chosen one if none is given; ask what is missing.

        A hold is not accepted by a key alone (`deliberate` False): the cursor goes to the button instead.
        """
        options = self._options()
        if not options:
            self.said.emit(_("There is nothing to decide on."))
            return
        if option is None:
            option = options[max(self.option.currentIndex(), 0)]
        elif option in options:
            self.option.setCurrentIndex(options.index(option))
        if verdict == "accepted" and not deliberate and is_hold(option):
            self.close_form()
            self.buttons["accepted"].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.said.emit(_("This stops a drug: press the button to accept it."))
        elif verdict == "accepted" and self.by:
            self.close_form()
            self.option.setCurrentIndex(-1)
            self.answered.emit(option, Answer(verdict="accepted", by=self.by))
            self._offer_preferred()
        else:
            self._open(verdict, option)

    def choose(self) -> None:
        """Put the cursor on the list of options."""
        self.close_form()
        self.option.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_form(self) -> None:
        """Close the form without an answer."""
        form, self.form = self.form, None
        if form is None:
            return
        had_keyboard = form.isAncestorOf(self.window().focusWidget() or self)
        form.hide()
        self._column.removeWidget(form)
        form.deleteLater()
        self._strip.show()
        if had_keyboard:
            self.buttons[form.verdict].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, verdict: Verdict, option: Option) -> None:
        self.close_form()
        drugs = dict.fromkeys((*(one.drug for one in self._options() if one.drug), *self._drugs))
        self.form = DecisionForm(verdict, option, tuple(drugs), self.by)
        self.form.answered.connect(self._answer)
        self.form.cancelled.connect(self.close_form)
        self._strip.hide()
        self._column.addWidget(self.form)
        self.form.show()
        self.form.focus_first()

    def _answer(self, answer: Answer) -> None:
        if self.form is not None:
            option, self.by = self.form.option, self.by or answer.by
            self.option.setCurrentIndex(-1)
            self.answered.emit(option, answer)
            self._offer_preferred()

    def _offer_preferred(self) -> None:
        """Offer the first option where none is chosen: what could not be stored, or an advice that stays the same."""
        if self.option.currentIndex() < 0 and self.option.count():
            self.option.setCurrentIndex(0)

    def _clicked(self, verdict: Verdict, _checked: bool = False) -> None:
        self.decide(verdict)

    def _options(self) -> tuple[Option, ...]:
        if self._advice is None:
            return ()
        return tuple(one for one in self._advice.options if one.action not in UNDECIDABLE)

    def _chosen_key(self) -> Key | None:
        options, row = self._options(), self.option.currentIndex()
        return _key(options[row]) if 0 <= row < len(options) else None


def _key(option: Option) -> Key:
    return option.action, option.drug, option.rule
