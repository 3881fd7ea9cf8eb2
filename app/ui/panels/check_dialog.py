"""A box to check a paper or a file: is it a letter that was signed here, and what has happened since?"""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.record.reading import NotPossible
from app.services.desk import Desk
from app.services.letter_check import Checked, check_letter, sentences, verdict
from app.ui.forms.fields import TextField
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.panels.state_line import StateLine
from app.ui.work import Cancelled, Work, in_background
from app.words import _


class CheckDialog(QDialog):
    """A code is typed, a square code is scanned into the line, or a PDF is chosen; Enter checks it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._archive = desk.archive
        self._work: Work | None = None
        self.setWindowTitle(_("Check a letter"))
        self.resize(620, 360)
        self.typed = TextField(_("Code, square code or PDF file"), tip=_("The code is at the foot of every page."))
        self.typed.editor.setPlaceholderText("7K3M-9QXT")
        self.verdict = StateLine(_("What was found"))
        self.verdict.hide()
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setTabChangesFocus(True)
        self.found.setAccessibleName(_("What was found"))
        self.found.setPlaceholderText(_("Which letter it is, who signed it and when, and what has changed since."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.check = buttons.addButton(_("Check it"), QDialogButtonBox.ButtonRole.ActionRole)
        self.check.setProperty("main", True)
        self.check.setAutoDefault(False)
        self.browse = buttons.addButton(_("Choose a file…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.browse.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.typed.editor.returnPressed.connect(self.look)
        self.check.clicked.connect(self.look)
        self.browse.clicked.connect(self._choose)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        self.typed.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.setSpacing(8)
        for part in (self.typed, self.verdict, self.found, buttons):
            layout.addWidget(part)
        with_mnemonics([self.typed.label, self.check, self.browse])
        self.typed.focus()

    def look(self) -> None:
        """Check what is typed; what is found of anything asked before is shown no more."""
        archive, typed = self._archive, str(self.typed.value()).strip()
        if not typed:
            return
        if self._work is not None:
            self._work.cancel()

        def job(work: Work) -> Checked:
            try:
                return check_letter(archive, typed)
            finally:
                work.check()

        self.verdict.say(_("Looking…"), is_calm=True)
        self.found.clear()
        self._work = in_background(job, self._checked, self._not_checked)

    def _choose(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(self, _("Check a letter"), "", _("PDF documents (*.pdf)"))
        if name:
            self.typed.put(name)
            self.look()

    def _checked(self, checked: Checked) -> None:
        said = sentences(checked)
        self._show(verdict(checked))
        self.found.setPlainText("\n".join(said[bool(checked.fault) :]))

    def _not_checked(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return  # something else is being checked
        if not isinstance(error, NotPossible):
            raise error
        self._show(f"■ {error}")
        self.found.clear()

    def _show(self, words: str) -> None:
        self._work = None
        self.verdict.say(words, is_calm=words.startswith("✓"))
