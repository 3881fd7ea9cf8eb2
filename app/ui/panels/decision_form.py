"""The answer to one option: what was chosen instead, or why it was declined, and by whom."""

from collections.abc import Sequence
from typing import Any, get_args

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.pathway.advice import Option
from app.record.codes import ReasonCode, Verdict
from app.record.decision import Instead
from app.services.decisions import Answer, is_hold
from app.ui.flow import FlowRow
from app.ui.forms.fields import ChoiceField, CodeField, Field, FreeTextField, TextField
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import small
from app.ui.panels.action_words import action_words
from app.words import _, later

# What may be chosen instead, whatever the protocol lists.
ACTIONS = (
    "continue", "continue_with_surveillance", "continue_with_local_treatment", "switch", "start", "withhold",
    "discontinue", "resume", "resume_reduced", "rechallenge", "request_rebiopsy", "consider_plasma_test",
    "refer_to_board", "refer_to_trial", "assess_response",
)  # fmt: skip
_TITLES = {"accepted": later("Accept"), "modified": later("Modify"), "declined": later("Decline")}
_BUTTONS = {
    "accepted": later("Accept this option"),
    "modified": later("Store the choice"),
    "declined": later("Decline this option"),
}


class DecisionForm(QFrame):
    """Asks what has to be asked of one verdict. `answered(Answer)` when it is complete, `cancelled()` by Esc."""

    answered = Signal(object)
    cancelled = Signal()

    def __init__(
        self, verdict: Verdict, option: Option, drugs: Sequence[str], by: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("formPane")
        self.verdict: Verdict = verdict
        self.option = option
        title = _("{verdict}: {option}").format(
            verdict=_(_TITLES[verdict]), option=action_words(option.action, option.drug)
        )
        self.setAccessibleName(title)
        head = QLabel(title)
        head.setWordWrap(True)
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        self.fields = self._fields(drugs, by)
        note = small(QLabel(_("The name is that of who sits here, and is asked for once where nobody is chosen; "
                              "it is not checked: passwords come later.")))  # fmt: skip
        note.setWordWrap(True)
        self.store = QPushButton(_(_BUTTONS[verdict]))
        self.store.setProperty("main", True)
        self.store.clicked.connect(self.save)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(head)
        for row in (("action", "drug"), ("reason_code", "by"), ("reason",)):
            line = QHBoxLayout()
            line.setSpacing(12)
            for name in row:
                if name in self.fields:
                    line.addWidget(self.fields[name], 1)
            layout.addLayout(line)
        layout.addWidget(note)
        buttons = FlowRow()
        buttons.add(self.cancel)
        buttons.add(self.store)
        layout.addLayout(buttons)
        with_mnemonics([*(one.label for one in self.fields.values()), self.cancel, self.store])
        for one in (self, *self.findChildren(QWidget)):
            one.installEventFilter(self)

    def _fields(self, drugs: Sequence[str], by: str) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        if self.verdict == "modified":
            words = [(one, action_words(one, None)) for one in ACTIONS]
            fields["action"] = ChoiceField(_("Chosen instead"), words, tip=_("What is done in place of the advice."))
            fields["drug"] = ChoiceField(_("Drug"), [(one, one) for one in drugs], tip=_("Blank where there is none."))
        if self.verdict != "accepted":
            fields["reason_code"] = CodeField(_("Reason"), get_args(ReasonCode))
            words_wanted = is_hold(self.option) and self.verdict == "declined"
            name = _("In words (needed: this advice protects the patient)") if words_wanted else _("In words")
            fields["reason"] = FreeTextField(name, lines=2)
        fields["by"] = TextField(_("Your name"))
        fields["by"].put(by)
        if self.verdict == "accepted":
            fields["by"].editor.returnPressed.connect(self.save)
        return fields

    def focus_first(self) -> None:
        """Put the cursor into the first field that is to be filled."""
        empty = [one for one in self.fields.values() if not one.value()]
        (empty or [*self.fields.values()])[0].focus()

    def save(self) -> None:
        """Give the answer, or say beside the fields what is missing."""
        faults = self.faults()
        for name, field in self.fields.items():
            field.touched = True
            field.show_fault(faults.get(name, ""))
        if faults:
            self.fields[next(iter(faults))].focus()
            return
        instead = Instead(action=self._typed("action"), drug=self._typed("drug")) if "action" in self.fields else None
        self.answered.emit(
            Answer(
                verdict=self.verdict,
                by=self._typed("by") or "",
                instead=instead,
                reason_code=self._typed("reason_code"),
                reason=self._typed("reason") or "",
            )
        )

    def faults(self) -> dict[str, str]:
        """Return what is missing or cannot be, by field."""
        found: dict[str, str] = {}
        action, drug = self._typed("action"), self._typed("drug")
        if self.verdict == "modified":
            if action not in ACTIONS:
                found["action"] = _("Choose what is done instead from the list.")
            elif (action, drug) == (self.option.action, self.option.drug):
                found["action"] = _("This is what is advised: accept it, or choose something else.")
        if self.verdict == "declined":
            code = self._typed("reason_code")
            if code is None:
                found["reason_code"] = _("Choose the reason.")
            if not self._typed("reason") and (is_hold(self.option) or code == "other"):
                found["reason"] = _("Say in words why.")
        if not self._typed("by"):
            found["by"] = _("Say who decides.")
        return found

    def _typed(self, name: str) -> Any:
        value = self.fields[name].value() if name in self.fields else None
        return (value.strip() or None) if isinstance(value, str) else value

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save by Ctrl+Return and leave by Esc, wherever the cursor is."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
        return super().eventFilter(watched, event)
