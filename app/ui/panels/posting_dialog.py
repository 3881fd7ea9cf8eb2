"""An envelope or a label for a letter: the address as it will be printed, on which form, from which label on."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.record.reading import Refused
from app.services.clinic import ClinicSettings
from app.services.posting import FORMS, LABELS, LABELS_OF_A_SHEET, addresses_in, posting_pdf
from app.ui.forms.count_box import CountBox
from app.ui.forms.fields import Field, FreeTextField
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import small
from app.ui.letter_out import LetterOut
from app.ui.panels.letter_choices import Chooser
from app.ui.panels.letter_pages import document_of
from app.ui.settings import Settings
from app.words import _

SEEN = QSize(380, 300)  # pixels


class PostingDialog(QDialog):
    """What is printed is shown beside the fields."""

    def __init__(
        self, clinic: ClinicSettings, address: Sequence[str], settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self.setWindowTitle(_("Envelope or label"))
        self.pdf = b""
        self.out = LetterOut(self, settings)
        self.form = Field(_("Form"), Chooser())
        self.form.editor.offer({name: _(words) for name, words in FORMS.items()}, "c6_5")
        self.start = Field(_("First label that is free"), CountBox(1, LABELS_OF_A_SHEET))
        self.address = FreeTextField(_("Address"), lines=7, tip=_("An empty line begins another label."))
        self.address.touched = True
        self.address.put("\n".join(address))
        self.seen = QLabel()
        self.seen.setFixedSize(SEEN)
        self.seen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.print = buttons.addButton(_("Print…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.print.setProperty("main", True)
        self.save = buttons.addButton(_("Save as PDF…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        buttons.rejected.connect(self.reject)
        self.said = small(QLabel())
        self.said.setWordWrap(True)
        self.out.said.connect(self.said.setText)
        self.out.not_possible.connect(self.said.setText)
        self._lay_out(buttons)
        for signal in (self.form.edited, self.address.edited, self.start.edited):
            signal.connect(self._show)
        with_mnemonics([self.form.label, self.start.label, self.address.label, self.print, self.save])
        self._show()
        self.form.focus()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        fields = QVBoxLayout()
        fields.setSpacing(8)
        for part in (self.form, self.start, self.address):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            fields.addWidget(part)
        fields.addStretch(1)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addLayout(fields, 1)
        upper.addWidget(self.seen)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(upper)
        layout.addWidget(self.said)
        layout.addWidget(buttons)
        self.resize(760, 420)

    def _show(self) -> None:
        """Show what would be printed, or say what is missing."""
        form = self.form.value()
        self.start.setVisible(form == LABELS)
        fault, self.pdf = "", b""
        try:
            self.pdf = posting_pdf(self._clinic, addresses_in(str(self.address.value())), form, self.start.value())
        except Refused as refused:
            fault = refused.faults[0].sentence
        self.address.show_fault(fault)
        for button in (self.print, self.save):
            button.setEnabled(bool(self.pdf))
        self.seen.setPixmap(self._picture() if self.pdf else QPixmap())

    def _picture(self) -> QPixmap:
        document = document_of(self.pdf, self)
        size = document.pagePointSize(0).toSize().scaled(SEEN, Qt.AspectRatioMode.KeepAspectRatio)
        image = document.render(0, size)
        white = QPixmap(size)
        white.fill(Qt.GlobalColor.white)
        painter = QPainter(white)
        painter.drawImage(0, 0, image)
        painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
        painter.end()
        document.deleteLater()
        return white

    def _print(self) -> None:
        self.out.ask_and_print(self.pdf)

    def _save(self) -> None:
        self.out.ask_and_save(self.pdf, "labels.pdf" if self.form.value() == LABELS else "envelope.pdf")
