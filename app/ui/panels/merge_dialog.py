"""Merging two records: the other one is found, both are looked at side by side, and one is made of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.figures.wording import date_in_words
from app.record.names import full_name
from app.record.reading import ChangedMeanwhile, NotPossible, Refused
from app.record.summary import PatientSummary
from app.services.alike_words import why_alike
from app.services.merging import Prepared
from app.services.patients import Patients
from app.ui.palette import LARGE, sized
from app.ui.panels.help import help_by_f1
from app.ui.panels.merge_preview import MergePreview
from app.words import _, many

MOST = 50
PAUSE = 120  # milliseconds


class MergeDialog(QDialog):
    """Merges another record with the one of `mrn`. `merged(kept, absorbed)` when it is stored."""

    merged = Signal(str, str)

    def __init__(
        self,
        patients: Patients,
        patient: PatientSummary,
        unfinished: Callable[[str], str],
        by: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`unfinished` says of a number where there is typing that is not saved; "" when there is none."""
        super().__init__(parent)
        self._patients = patients
        self._patient = patient
        self._unfinished = unfinished
        self._by = by
        self.prepared: Prepared | None = None
        self.setWindowTitle(_("Merge with another record of this person"))
        self.resize(1180, 640)
        self.steps = QStackedWidget()
        self.steps.addWidget(self._finding())
        self.steps.addWidget(self._looking())
        layout = QVBoxLayout(self)
        layout.addWidget(self.steps)
        help_by_f1(self, "record")
        self._search()
        self.box.setFocus()

    def _finding(self) -> QWidget:
        words = QLabel(_("Which other record is of {name}, {mrn}? Type a name, a number or a birth date.").format(
            name=full_name(self._patient), mrn=self._patient.mrn))  # fmt: skip
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.box = QLineEdit()
        self.box.setObjectName("search")
        self.box.setAccessibleName(_("Find the other record"))
        self.box.installEventFilter(self)
        self.found = QTreeWidget()
        self.found.setObjectName("people")
        self.found.setAccessibleName(_("Records"))
        self.found.setRootIsDecorated(False)
        self.found.setHeaderLabels([_("Name"), _("Number"), _("Born"), _("Why it may be the same")])
        self.found.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.found.header().setStretchLastSection(False)
        for column in (1, 2, 3):
            self.found.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.found.doubleClicked.connect(self._take_index)
        self.found.installEventFilter(self)
        self.why_not = _warning()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._search)
        self.box.textChanged.connect(self._pause.start)
        take = QPushButton(_("&Look at both"))
        take.setProperty("main", True)
        take.clicked.connect(self.take_current)
        return self._step([words, self.box, self.found, self.why_not], [take])

    def _looking(self) -> QWidget:
        self.title = QLabel()
        self.title.setFont(sized(self.font(), LARGE, bold=True))
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.preview = MergePreview()
        self.preview.chosen.connect(self.judge)
        self.said = _warning()
        self.all_kept, self.all_absorbed = QPushButton(), QPushButton()
        self.all_kept.clicked.connect(self._all_kept)
        self.all_absorbed.clicked.connect(self._all_absorbed)
        self.swap_button = QPushButton()
        self.swap_button.clicked.connect(self.swap)
        self.merge_button = QPushButton()
        self.merge_button.setProperty("main", True)
        self.merge_button.clicked.connect(self.merge)
        return self._step(
            [self.title, self.preview, self.said],
            [self.all_kept, self.all_absorbed, self.swap_button, self.merge_button],
        )

    def _step(self, parts: Sequence[QWidget], buttons: Sequence[QPushButton]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in parts:
            column.addWidget(part, 1 if isinstance(part, QTreeWidget) else 0)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(_("&Cancel"))
        cancel.clicked.connect(self.reject)
        for button in (*buttons, cancel):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        return page

    def _search(self) -> None:
        """Show who is likely the same person, or who fits the box."""
        text = self.box.text().strip()
        self.found.clear()
        try:
            if text:
                found = [(one, "") for one in self._patients.find(text, limit=MOST)]
            else:
                alike = self._patients.alike(self._patient, besides=self._patient.mrn)
                found = [(one.patient, why_alike(one.likeness)) for one in alike]
        except NotPossible as error:
            self._say_why_not(str(error))
            return
        for one, why in found:
            if one.mrn != self._patient.mrn:
                born = date_in_words(one.birth_date) if one.birth_date else ""
                QTreeWidgetItem(self.found, [full_name(one), one.mrn, born, why])
        self.found.setCurrentIndex(self.found.model().index(0, 0))

    def take_current(self) -> None:
        """Look at the record that is chosen beside the patient's own."""
        item = self.found.currentItem()
        if item is not None:
            self.look_at(self._patient.mrn, item.text(1))

    def look_at(self, kept: str, absorbed: str) -> None:
        """Show both records and what would become of them."""
        try:
            prepared = self._patients.merging.prepare(kept, absorbed)
        except NotPossible as error:
            self._say_why_not(str(error))
            return
        self.prepared = prepared
        one, other = prepared.comparison.kept.patient, prepared.comparison.absorbed.patient
        words = _("{name}, {mrn}, is kept; {other}, {other_mrn}, goes into it. Nothing is stored yet.")
        names = {"name": full_name(one), "mrn": one.mrn, "other": full_name(other), "other_mrn": other.mrn}
        self.title.setText(words.format(**names))
        self.all_kept.setText(_("All as in {mrn} (Alt+1)").format(mrn=one.mrn))
        self.all_kept.setShortcut("Alt+1")
        self.all_absorbed.setText(_("All as in {mrn} (Alt+2)").format(mrn=other.mrn))
        self.all_absorbed.setShortcut("Alt+2")
        self.swap_button.setText(_("&Keep {mrn} instead").format(mrn=other.mrn))
        self.merge_button.setText(_("&Merge {other} into {mrn}").format(other=other.mrn, mrn=one.mrn))
        self.preview.show_comparison(prepared.comparison)
        for button in (self.all_kept, self.all_absorbed):
            button.setVisible(bool(prepared.comparison.conflicts))
        self.judge()
        self.steps.setCurrentIndex(1)
        self.preview.setFocus()

    def swap(self) -> None:
        """Keep the other number instead; what was chosen is chosen again."""
        if self.prepared is not None:
            comparison = self.prepared.comparison
            self.look_at(comparison.absorbed.patient.mrn, comparison.kept.patient.mrn)

    def merge(self) -> None:
        """Store one record in the place of two, or say why that cannot be."""
        self.judge()  # somebody may have begun to type in another window
        if self.prepared is None or not self.merge_button.isEnabled():
            return
        comparison = self.prepared.comparison
        try:
            kept = self._patients.merging.merge(self.prepared, self.preview.choices, by=self._by)
        except Refused as refused:
            self._say([str(one) for one in refused.faults])
        except ChangedMeanwhile:
            self.look_at(comparison.kept.patient.mrn, comparison.absorbed.patient.mrn)
            self._say([_("One of the records was changed by somebody else meanwhile. Nothing is merged; "
                         "this is how they are now.")])  # fmt: skip
        except NotPossible as error:
            self._say([str(error)])
        else:
            self.accept()
            self.merged.emit(kept, comparison.absorbed.patient.mrn)

    def judge(self) -> None:
        """Say what is still to be chosen, what is wrong with the record as chosen so far, and where typing waits."""
        if self.prepared is None:
            return
        comparison, undecided = self.prepared.comparison, self.preview.undecided()
        faults = self._patients.merging.faults(self.prepared, self.preview.choices) if not undecided else ()
        lines = [str(one) for one in faults]
        both = (comparison.kept.patient.mrn, comparison.absorbed.patient.mrn)
        typing = [words for mrn in both if (words := self._unfinished(mrn))]
        lines += typing
        if undecided:
            words = many(
                "{count} value is to be chosen.", "{count} values are to be chosen.", undecided
            ) + _(" Left takes that of {mrn}, Right that of {other}.")  # fmt: skip
            lines.append(words.format(count=undecided, mrn=both[0], other=both[1]))
        if lesions := comparison.lesions_of_both:
            words = _("Both records measure lesions of the same name ({names}), in assessments of their own: see after "
                      "merging that they are the same lesions, or rename them.")  # fmt: skip
            lines.append(words.format(names=", ".join(lesions)))
        self._say(lines)
        self.merge_button.setEnabled(not undecided and not faults and not typing)

    def _say(self, lines: Sequence[str]) -> None:
        self.said.setText("\n".join(lines))
        self.said.setVisible(bool(lines))

    def _say_why_not(self, words: str) -> None:
        target = self.why_not if self.steps.currentIndex() == 0 else self.said
        target.setText(words)
        target.show()

    def _all_kept(self) -> None:
        self.preview.choose_all("kept")

    def _all_absorbed(self) -> None:
        self.preview.choose_all("absorbed")

    def _take_index(self, _index: QModelIndex) -> None:
        self.take_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the box to the list by arrow, and look at what is chosen by Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.box and event.key() == Qt.Key.Key_Down:
                self.found.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._pause.isActive():
                    self._pause.stop()
                    self._search()
                self.take_current()
                return True
        return super().eventFilter(watched, event)


def _warning() -> QLabel:
    label = QLabel()
    label.setObjectName("warning")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label
