"""The letterhead: where the clinic's own file is, what is wrong in it, and how a letter looks with it."""

from PySide6.QtCore import QFileSystemWatcher, QSize, Qt, QTime, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.record.reading import NotPossible, Refused
from app.services.desk import Desk
from app.services.sample_letter import sample_letter
from app.ui.forms.mnemonics import with_mnemonics
from app.ui.forms.small import FieldLabel, small
from app.ui.panels.letter_pages import document_of
from app.ui.panels.state_line import StateLine
from app.ui.work import in_background
from app.words import _, many

SIZE = QSize(1160, 680)
BESIDE = 380  # pixels of what stands beside the page
SETTLED = 300  # ms without another change: an editor writes a file in several steps


class LetterheadDialog(QDialog):
    """The page is composed anew whenever the clinic's file or logo changes; while they are wrong the last one stays."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_composing = self._is_wanted_again = False
        self._document: QPdfDocument | None = None
        self.setWindowTitle(_("Letterhead"))
        self.place = QLineEdit()
        self.place.setReadOnly(True)
        self.place.setAccessibleName(_("Your clinic’s file"))
        self.place_words = small(FieldLabel(_("Your clinic’s file")))
        self.place_words.setBuddy(self.place)
        self.state = StateLine(_("State of the letterhead"))
        self.no_editor = QLabel(_("No program here opens this file by itself: open it in a text editor."))
        self.no_editor.setObjectName("warning")
        self.no_editor.setWordWrap(True)
        self.no_editor.hide()
        self.faults = QPlainTextEdit()
        self.faults.setObjectName("faults")
        self.faults.setReadOnly(True)
        self.faults.setTabChangesFocus(True)
        self.faults.setAccessibleName(_("Faults"))
        self.faults.hide()
        self.words = QLabel(_("Composing the letter…"))
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.view = QPdfView(self)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(_("First page of a letter on an invented patient"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.words)
        self.stack.addWidget(self.view)
        self._lay_out()
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED)
        self._watcher.fileChanged.connect(self._settling.start)
        self._watcher.directoryChanged.connect(self._settling.start)
        self._settling.timeout.connect(self.look)
        self.finished.connect(self._end)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.look)
        self.edit.setFocus()
        self.look()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.edit = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.edit.setProperty("main", True)
        self.again = buttons.addButton(_("Look again (F5)"), QDialogButtonBox.ButtonRole.ActionRole)
        self.edit.clicked.connect(self.open_file)
        self.again.clicked.connect(self.look)
        buttons.rejected.connect(self.reject)
        how = QLabel(
            _("Change what you want in the file and save it: the page is shown anew. "
              "A line that you leave out stays as it comes with the program.")
        )  # fmt: skip
        how.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(8)
        for part in (self.place_words, self.place, self.no_editor, how, self.state):
            left.addWidget(part)
        left.addWidget(self.faults, 1)
        left.addStretch()
        beside = QWidget()
        beside.setLayout(left)
        beside.setFixedWidth(BESIDE)
        left.setContentsMargins(0, 0, 0, 0)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addWidget(beside)
        upper.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(upper, 1)
        layout.addWidget(buttons)
        self.resize(SIZE.boundedTo(self.screen().availableSize() * 0.94))
        self._show_place()

    def look(self) -> None:
        """Read the clinic's file and compose the page again."""
        if self._is_composing:
            self._is_wanted_again = True
            return
        self._is_composing = True
        desk = self._desk
        in_background(lambda _work: sample_letter(desk), self._composed, self._not_composed)

    def open_file(self) -> None:
        """Open the clinic's own file in the editor of this system, after writing one when there is none."""
        clinic = self._desk.clinic
        try:
            clinic.begin_own()
        except NotPossible as error:
            self.state.say(str(error), is_calm=False)
            return
        self._show_place()
        self.look()
        self.no_editor.setVisible(not QDesktopServices.openUrl(QUrl.fromLocalFile(str(clinic.file))))

    def _show_place(self) -> None:
        """Show where the file is, and what the button does with it."""
        file = self._desk.clinic.file
        self.edit.setEnabled(file is not None)
        self.place.setText(str(file) if file is not None else "")
        self.place.setCursorPosition(0)
        self.place.setToolTip(self.place.text())
        is_there = file is not None and file.exists()
        self.edit.setText(_("Open the file") if is_there else _("Write the file and open it"))
        with_mnemonics([self.place_words, self.edit, self.again])

    def _composed(self, pdf: bytes) -> None:
        former, place = self._document, self.view.verticalScrollBar().value()
        self._document = document_of(pdf, self)
        self.view.setDocument(self._document)
        self.stack.setCurrentWidget(self.view)
        self.view.verticalScrollBar().setValue(place)
        if former is not None:
            former.deleteLater()
        self._show_faults([])
        file = self._desk.clinic.file
        if file is not None and file.exists():
            now = QTime.currentTime().toString("HH:mm:ss")
            words = _("Read at {time}, without a fault: letters look like this.").format(time=now)
        else:
            words = _("There is no file yet: letters have the example that comes with the program.")
        self.state.say(words, is_calm=True)
        self._go_on()

    def _not_composed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            file = f"{self._desk.clinic.file}: "
            lines = [str(fault).removeprefix(file) for fault in error.faults]
        elif isinstance(error, NotPossible):
            lines = [str(error)]
        else:
            self._go_on()
            raise error
        count = len(lines)
        words = many("{count} fault: no letter is composed until it is put right.",
                     "{count} faults: no letter is composed until they are put right.", count)  # fmt: skip
        words = words.format(count=count)
        if self._document is not None:
            words += " " + _("The page is the last one without a fault.")
        else:
            self.words.setText(_("The page is shown when what is wrong is put right."))
        self.state.say(words, is_calm=False)
        self._show_faults(lines)
        self._go_on()

    def _show_faults(self, lines: list[str]) -> None:
        self.faults.setPlainText("\n".join(lines))
        self.faults.setVisible(bool(lines))

    def _go_on(self) -> None:
        """Watch what may change from now on, and look again if it has changed meanwhile."""
        self._is_composing = False
        self._show_place()
        self._watch()
        if self._is_wanted_again:
            self._is_wanted_again = False
            self.look()

    def _watch(self) -> None:
        """Watch file, logo and their folder: many editors put a new file in the place of the former one."""
        file, logo = self._desk.clinic.file, self._desk.clinic.logo
        if file is None or not self.isVisible():
            return
        watched = {*self._watcher.files(), *self._watcher.directories()}
        wanted = [str(one) for one in (file, logo, file.parent) if one is not None and one.exists()]
        if missing := [one for one in wanted if one not in watched]:
            self._watcher.addPaths(missing)

    def _end(self) -> None:
        self._settling.stop()
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
