"""The letter to the patient: short sentences, no advice as an instruction, what is planned and whom to call."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.clinical.best_response import effective
from app.clinical.recist import Judgement
from app.clinical.therapy_lines import dose_now, is_held, name_of
from app.figures.wording import code, date_in_words, dose_in_words
from app.letters.content import Letterhead, PlainPart
from app.pathway.advice import Advice, Due
from app.record.dates import earliest_day
from app.record.diagnosis import Diagnosis
from app.record.record import PatientRecord
from app.record.therapy_line import TherapyLine
from app.words import _, later

LUNG_CANCERS = ("adenocarcinoma", "adenosquamous", "nsclc_nos", "large_cell", "squamous", "small_cell")
SCANS = {
    "CR": later("No tumour could be seen any more."),
    "PR": later("The tumours had become clearly smaller."),
    "SD": later("The tumours had stayed about the same."),
    "NON_CR_NON_PD": later("The tumours had stayed about the same."),
    "PD": later("Some of the cancer had grown, or had come up in a new place."),
    "NE": later("The scan did not give a clear answer."),
}
CHECKS = {
    "liver_function_tests": later("a blood test of the liver"),
    "blood_count": later("a blood count"),
    "ecg": later("an ECG (a tracing of the heart)"),
    "echocardiogram": later("an ultrasound of the heart"),
    "ophthalmological_examination": later("a check of the eyes"),
    "respiratory_examination": later("a check of the lungs and the breathing"),
    "brain_mri": later("a scan of the head (MRI)"),
    "hypogonadism_assessment": later("a blood test of hormones"),
    "assessment": later("the next scan"),
    "test_result": later("the result of a test that we wait for"),
    "rebiopsy": later("a new sample of tissue"),
    "electrolytes": later("a blood test of salts"),
}
ASKED_FOR = ("test_result", "rebiopsy")  # the team has asked for it; nothing else is so before a treatment runs
FOUND_IN = {
    "adrenal": later("an adrenal gland"), "bone": later("the bones"), "brain": later("the brain"),
    "contralateral_lung": later("the other lung"), "liver": later("the liver"),
    "leptomeninges": later("the lining of the brain"), "lymph_node": later("lymph nodes"),
    "pericardium": later("the lining of the heart"), "pleura": later("the lining of the lung"),
    "other": later("another place"),
}  # fmt: skip


def plain_parts(
    record: PatientRecord, advice: Advice, judgements: Sequence[Judgement], letterhead: Letterhead
) -> tuple[PlainPart, ...]:
    """Return the letter on a record already cut to the day of the advice; nothing advised stands in it."""
    return tuple(
        part
        for part in (
            PlainPart("", (_("This letter tells you in plain words where your treatment stands."),
                           _("Please bring it with you, and ask us about anything that is not clear."))),
            _illness(record, advice.alk_status),
            _treatment(record, advice.as_of),
            _scan(record, judgements),
            _next(advice),
            _whom_to_call(record, letterhead),
        )
        if part.sentences or part.items
    )  # fmt: skip


def _illness(record: PatientRecord, alk_status: str) -> PlainPart:
    diagnosis = record.diagnosis or Diagnosis()
    said = []
    if diagnosis.histology in LUNG_CANCERS:
        said.append(_("You have a cancer of the lung."))
        if diagnosis.histology != "nsclc_nos":
            said.append(_("Its kind is called “{kind}”.").format(kind=code(diagnosis.histology)))
    staged = [one.metastatic_sites for one in sorted(record.staging, key=lambda one: one.date) if one.metastatic_sites]
    sites = [_(FOUND_IN[one]) for one in (staged[-1] if staged else diagnosis.metastatic_sites)]
    if sites:
        said.append(_("It was also found in {places}.").format(places=_and(sites)))
    said += [_(one) for one in ALK[alk_status]]
    return PlainPart(_("Your illness"), tuple(said))


ALK: Mapping[str, tuple[str, ...]] = {
    "positive": (
        later("A test has shown a change in a gene called ALK in the cancer."),
        later("There are medicines that work against cancers with this change."),
    ),
    "negative": (later("Tests have not shown a change in the gene called ALK."),),
    "pending": (later("We do not know yet if the cancer has a change in a gene called ALK: a result is still open."),),
    "discordant": (later("The tests for a change in a gene called ALK do not agree. They are being looked at again."),),
    "unknown": (later("It is not known yet if the cancer has a change in a gene called ALK."),),
}


def _treatment(record: PatientRecord, as_of: date) -> PlainPart:
    day = as_of.isoformat()
    running = [line for line in record.therapy_lines if line.stopped_on is None or line.stopped_on > day]
    said = [sentence for line in running for sentence in _line(line, day)]
    if not said:
        said = [_("At the moment no medicine against the cancer is noted here.")]
    for one in sorted(record.local_treatments, key=lambda one: one.date):
        words = _("On {day} you had this treatment: {kind} ({place}).")
        said.append(words.format(day=date_in_words(one.date), kind=code(one.kind), place=code(one.site)))
    return PlainPart(_("Your treatment"), tuple(said))


def _line(line: TherapyLine, day: str) -> Iterator[str]:
    drugs = _and([_(drug) for drug in line.drugs])
    if line.started_on:
        yield _("You have been treated with {drugs} since {day}.").format(
            drugs=drugs, day=date_in_words(line.started_on)
        )
    else:
        yield _("You are being treated with {drugs}.").format(drugs=drugs)
    for drug in line.drugs:
        dose = dose_now(line, name_of(drug), day)
        if is_held(dose):
            yield _("At the moment {drug} is paused.").format(drug=_(drug))
        elif dose is not None and dose.amount is not None:
            yield _("The dose of {drug} that is noted here is {dose}.").format(drug=_(drug), dose=dose_in_words(dose))


def _scan(record: PatientRecord, judgements: Sequence[Judgement]) -> PlainPart:
    """Return what the last scan has shown, by the response that counts; nothing of one that is only a baseline."""
    later_ones = [one for one in judgements if not one.is_baseline]
    if not later_ones:
        return PlainPart("", ())
    last = max(enumerate(later_ones), key=lambda one: (earliest_day(one[1].date), one[0]))[1]
    said = [_("Your last scan was on {day}.").format(day=date_in_words(last.date))]
    said.append(_(SCANS.get(effective(last, record).code, SCANS["NE"])))
    return PlainPart(_("Your last scan"), tuple(said))


def _next(advice: Advice) -> PlainPart:
    """Return what comes, without anything of a treatment that only might begin: its work-up is advice as well."""
    said = [_("Your team will talk with you about the next step. You decide together.")]
    is_treated = advice.line is not None
    due = [one for one in advice.due if one.what in CHECKS and (is_treated or one.what in ASKED_FOR)]
    items = [_check(one, advice.as_of) for one in due]
    if items:
        said.append(_("This goes with your treatment:") if is_treated else _("This was asked for:"))
    return PlainPart(_("What happens next"), tuple(said), tuple(dict.fromkeys(items)))


def _check(one: Due, as_of: date) -> str:
    name = _(CHECKS[one.what])
    if one.what == "test_result":
        return name
    if one.due_on < as_of:
        return _("{check}: it was planned for {day} and is not noted here yet").format(
            check=name, day=date_in_words(one.due_on.isoformat())
        )
    return _("{check}: {day}").format(check=name, day=date_in_words(one.due_on.isoformat()))


def _whom_to_call(record: PatientRecord, letterhead: Letterhead) -> PlainPart:
    team = record.patient.team
    said = []
    if team is not None and team.nurse:
        said.append(_("Your nurse is {name}.").format(name=team.nurse))
    if team is not None and team.doctor:
        said.append(_("Your doctor is {name}.").format(name=team.doctor))
    if letterhead.phone:
        said.append(_("You can call us: {phone}.").format(phone=letterhead.phone))
    said.append(_("Please call when you feel worse, or when something new worries you."))
    said.append(_("Please talk with us before you stop or change a medicine."))
    return PlainPart(_("Whom to call"), tuple(said))


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{several} and {last}").format(several=", ".join(words[:-1]), last=words[-1])
