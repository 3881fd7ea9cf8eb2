"""Who the open patient is, always in sight."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.figures.wording import code, date_in_words
from app.pathway.advice import Alert
from app.record.dates import earliest_day
from app.record.names import full_name
from app.record.patient import Patient
from app.record.record import PatientRecord
from app.record.views import up_to
from app.ui.palette import LARGE, TITLE, sized
from app.ui.panels.action_words import action_words
from app.words import _, later, many

ALK = {
    "positive": later("ALK positive"),
    "negative": later("ALK negative"),
    "pending": later("ALK pending"),
    "discordant": later("ALK discordant"),
    "unknown": later("ALK not tested"),
}


def title_of(patient: Patient, alerts: Sequence[Alert]) -> str:
    """Return the patient for the title of the window: "Example, Ada · A-1042 · born 2 May 1964 · ■ 1 urgent"."""
    urgent = sum(one.severity == "urgent" for one in alerts)
    parts = [full_name(patient), patient.mrn]
    parts += [_("born {day}").format(day=date_in_words(patient.birth_date))] if patient.birth_date else []
    parts += [many("■ {count} urgent", "■ {count} urgent", urgent).format(count=urgent)] if urgent else []
    return " · ".join(parts)


def facts_of(record: PatientRecord, as_of: date, alk_status: str) -> tuple[str, ...]:
    """Return what is known of the person and the disease on a day, each as a few words."""
    patient = record.patient
    seen = up_to(record, as_of)
    stagings = sorted((one for one in seen.staging if one.stage), key=lambda one: earliest_day(one.date))
    stage = stagings[-1].stage if stagings else seen.diagnosis.stage if seen.diagnosis else None
    return tuple(
        words
        for words in (
            code(patient.sex) if patient.sex and patient.sex != "unknown" else "",
            _("born {day}").format(day=date_in_words(patient.birth_date)) if patient.birth_date else "",
            _("stage {stage}").format(stage=stage) if stage else _("stage not recorded"),
            _(ALK.get(alk_status, alk_status)),
        )
        if words
    )


def alerts_in_short(alerts: Sequence[Alert]) -> str:
    """Return "■ 1 urgent: withhold crizotinib", or how much there is to look at where nothing is urgent."""
    urgent = [one for one in alerts if one.severity == "urgent"]
    if urgent:
        what = action_words(urgent[0].action, urgent[0].drug)
        words = many("■ {count} urgent: {what}", "■ {count} urgent: {what}", len(urgent))
        return words.format(count=len(urgent), what=what[:1].lower() + what[1:])
    return _("▲ {count} to look at").format(count=len(alerts)) if alerts else ""


class Header(QWidget):
    """Name and number large, the rest beside them in one line; `alerts_asked` when what cannot wait is chosen."""

    alerts_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = QLabel()
        self.name.setFont(sized(self.font(), TITLE, bold=True))
        self.number = QLabel()
        self.number.setFont(sized(self.font(), LARGE, bold=True))
        self.facts = QLabel()
        self.facts.setFont(sized(self.font(), LARGE))
        self.alerts = QPushButton()
        self.alerts.setObjectName("alerts")
        self.alerts.clicked.connect(self.alerts_asked)
        self.alerts.hide()
        self.died = QLabel()
        self.died.setObjectName("deceased")
        for label in (self.name, self.number, self.facts, self.died):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setMinimumWidth(1)
        # A long name gives way before the number does: the number tells two of one name apart.
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.number.setMinimumWidth(60)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(16)
        layout.addWidget(self.name)
        layout.addWidget(self.number)
        layout.addWidget(self.facts, 1)
        layout.addWidget(self.alerts)
        layout.addWidget(self.died)

    def show_record(self, record: PatientRecord, as_of: date, alk_status: str, alerts: Sequence[Alert] = ()) -> None:
        """Show this patient, and what cannot wait."""
        patient = record.patient
        self.name.setText(full_name(patient))
        self.number.setText(patient.mrn)
        words = "  ·  ".join(facts_of(record, as_of, alk_status))
        self.facts.setText(words)
        self.facts.setToolTip(words)
        died = _("died {day}").format(day=date_in_words(patient.deceased_on)) if patient.deceased_on else ""
        self.died.setText(died)
        self.died.setVisible(bool(died))
        self._show_alerts(alerts)
        said = (full_name(patient), patient.mrn, words, died, self.alerts.text())
        self.setAccessibleName(", ".join(part for part in said if part))

    def _show_alerts(self, alerts: Sequence[Alert]) -> None:
        words = alerts_in_short(alerts)
        self.alerts.setText(words)
        self.alerts.setVisible(bool(words))
        self.alerts.setToolTip("\n".join([*(one.text for one in alerts), _("Click to go to the next step (F6).")]))
        self.alerts.setProperty("urgent", any(one.severity == "urgent" for one in alerts))
        self.alerts.style().polish(self.alerts)
