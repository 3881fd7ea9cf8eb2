"""The one question before a letter is signed: by whom, which letter, to whom."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.services.people import People, Person
from app.ui.forms.fields import Field
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import small
from app.ui.panels.letter_choices import Chooser
from app.words import _, many


def doctors_of(people: People) -> tuple[Person, ...]:
    """Return who may sign; raises `NotPossible`."""
    return tuple(one for one in people.listed() if one.role == "doctor")


def signer_field(doctors: Sequence[Person], *named: str) -> Field:
    """Return a field to choose who signs: at first the first one who is `named`."""
    field = Field(_("Signed by"), Chooser(), tip=_("A doctor of the clinic’s list."))
    field.editor.setAccessibleName(_("Signed by"))
    known = {one.name.casefold(): one.name for one in doctors}
    first = next((known[name.casefold()] for name in named if name.casefold() in known), doctors[0].name)
    field.editor.offer({one.name: one.name for one in doctors}, first)
    return field


def goes_along(record_goes_along: bool, letters: int) -> str:
    """Return whether the record goes out with what is about to be signed, in words."""
    if not record_goes_along:
        return _("The record does not go along: the PDF is the letter alone.")
    return many(
        "The record as of that day goes along inside the PDF (record.json): whoever gets the file can read all of it.",
        "With each letter the record as of its day goes along inside the PDF (record.json): whoever gets the file "
        "can read all of it.",
        letters,
    )


class SignDialog(QDialog):
    """`confirmed(Person)` by Enter on its button: who signs."""

    confirmed = Signal(object)

    def __init__(
        self, doctors: Sequence[Person], what: str, named: Sequence[str], along: str, parent: QWidget | None = None
    ) -> None:
        """Ask about `what`: kind, recipient, patient and day in words; `named` are who probably signs.

        `along` says whether the record goes out with it.
        """
        super().__init__(parent)
        self._doctors = doctors
        self.setWindowTitle(_("Sign letter"))
        self.setMinimumWidth(460)
        self.field = signer_field(doctors, *named)
        self.what = QLabel(what)
        self.what.setWordWrap(True)
        self.what.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.along = QLabel(along)
        self.along.setWordWrap(True)
        note = small(QLabel(_("A signed letter is kept for good and never changed. No password is asked for yet: "
                              "a password check comes with accounts.")))  # fmt: skip
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.sign = buttons.addButton(_("Sign letter"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.sign.setProperty("main", True)
        buttons.accepted.connect(self._confirm)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        self.field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.setSpacing(12)
        for part in (self.what, self.along, self.field, note, buttons):
            layout.addWidget(part)
        with_mnemonics([self.field.label, self.sign])
        self.sign.setDefault(True)  # Enter signs
        self.what.setFocus()  # never the button: a space of a sentence that is typed blindly would sign

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit(next(one for one in self._doctors if one.name == self.field.value()))
