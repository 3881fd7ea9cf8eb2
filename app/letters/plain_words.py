"""The letter to the patient: short sentences, no advice as an instruction, what is planned and whom to call."""

from collections.abc import Collection, Iterator, Sequence

from app.clinical.best_response import effective
from app.clinical.recist import Judgement
from app.clinical.therapy_lines import dose_now, ended_on, is_held, name_of
from app.figures import wording
from app.figures.wording import amount, code, kept_together
from app.letters.content import Letterhead, PlainPart
from app.letters.plain_names import (
    ALK,
    CHECKS,
    ENDED,
    HOW_OFTEN,
    LOCAL_TREATMENTS,
    LUNG_CANCERS,
    PLACES,
    SCANS,
    STOPPED,
    WAITED_FOR,
)
from app.letters.plan import TAKES_AWAY
from app.pathway.advice import Advice, Due
from app.pathway.worklist import RECORD
from app.record.dates import earliest_day
from app.record.diagnosis import Diagnosis
from app.record.record import PatientRecord
from app.record.therapy_line import Dose, TherapyLine
from app.words import _, many

FEW = 2  # places in one sentence; more are a list


def plain_parts(
    record: PatientRecord, advice: Advice, judgements: Sequence[Judgement], due: Sequence[Due]
) -> tuple[PlainPart, ...]:
    """Return the letter on a record already cut to the day of the advice; nothing advised stands in it.

    `due` is what is due by the advice and was not put aside.
    """
    return tuple(
        part
        for part in (
            PlainPart("", (_("This letter says in plain words what we know about your illness and your treatment."),
                           _("You may want to read it with someone close to you."))),
            *_illness(record, advice.alk_status),
            *_treatment(record, advice),
            _scan(record, judgements),
            *_next(advice, due),
            _worried(),
        )
        if part.sentences or part.items
    )  # fmt: skip


def whom_to_call(record: PatientRecord, letterhead: Letterhead) -> PlainPart:
    """Return whom the patient may ask; how to find us where the clinic has given no number."""
    team = record.patient.team
    said = []
    if not letterhead.phone:
        said.append(_("This letter has no phone number of ours: please ask for it at the desk of the clinic."))
        said.append(_("Your family doctor can reach us too."))
    if team is not None and team.nurse:
        said.append(_("Your nurse is {name}.").format(name=team.nurse))
    if team is not None and team.doctor:
        said.append(_("Your doctor is {name}.").format(name=team.doctor))
    if letterhead.email:
        said.append(_("You can write to us: {email}.").format(email=letterhead.email))
    phone = _("Phone: {phone}").format(phone=letterhead.phone) if letterhead.phone else ""
    return PlainPart(_("Whom to call"), tuple(said), call=phone)


def _illness(record: PatientRecord, alk_status: str) -> Iterator[PlainPart]:
    diagnosis = record.diagnosis or Diagnosis()
    is_named = diagnosis.histology in LUNG_CANCERS
    said = []
    if is_named:
        said.append(_("You were found to have lung cancer."))
        if diagnosis.histology != "nsclc_nos":
            said.append(_("Doctors call this kind “{kind}”.").format(kind=code(diagnosis.histology or "")))
    if diagnosis.resected and diagnosis.resected_on:
        on_date = _on(diagnosis.resected_on)
        said.append(_("The tumour was taken out in an operation {on_date}.").format(on_date=on_date))
    elif diagnosis.resected:
        said.append(_("The tumour was taken out in an operation."))
    staged = [one.metastatic_sites for one in sorted(record.staging, key=lambda one: one.date) if one.metastatic_sites]
    sites = [_(PLACES[one]) for one in (staged[-1] if staged else diagnosis.metastatic_sites)]
    of_gene = [_(one) for one in ALK[alk_status]] if is_named or alk_status != "unknown" else []
    heading = _("Your illness")
    if len(sites) > FEW:
        said.append(_("The cancer was also found in these places:"))
        yield PlainPart(heading, tuple(said), tuple(sites))
        yield PlainPart("", tuple(of_gene))
        return
    if sites:
        said.append(_("The cancer was also found in {places}.").format(places=_and(sites)))
    nothing = _("Our notes have no result about your illness yet.")
    yield PlainPart(heading, (*said, *of_gene) or (nothing,))


def _treatment(record: PatientRecord, advice: Advice) -> Iterator[PlainPart]:
    day = advice.as_of.isoformat()
    # A dose that is about to be stopped or paused would be read as one to take.
    in_question = {name_of(one.drug) for one in advice.alerts if one.drug and one.action in TAKES_AWAY}
    lines = record.therapy_lines
    running = [line for line in lines if line.stopped_on is None or line.stopped_on > day]
    said = [sentence for line in running for sentence in _running(line, day, in_question)]
    if not said and lines:
        last = max(lines, key=lambda one: one.stopped_on or "")  # not the one that was entered last
        said = [*_ended(last), _("At the moment our notes have no other medicine against the cancer.")]
    elif not said:  # who has had nothing may not know yet that it is a cancer
        said = [_("Our notes have no medicine for you yet.")]
    yield PlainPart(_("Your treatment"), tuple(said))
    local = [
        _("{treatment}: {place}, {on_date}").format(
            treatment=_(LOCAL_TREATMENTS[one.kind]), place=_(PLACES[one.site]), on_date=_on(one.date)
        )
        for one in sorted(record.local_treatments, key=lambda one: one.date)
    ]
    if local:
        yield PlainPart("", (_("You also had:"),), tuple(local))


def _running(line: TherapyLine, day: str, in_question: Collection[str]) -> Iterator[str]:
    ended = {drug: last for drug in line.drugs if (last := ended_on(line, name_of(drug), day))}
    given = [drug for drug in line.drugs if drug not in ended]
    if given:
        words = many("Your medicine against the cancer is {drugs}.",
                     "Your medicines against the cancer are {drugs}.", len(given))  # fmt: skip
        yield words.format(drugs=_and([_(drug) for drug in given]))
    if line.started_on:
        yield _("The treatment began {on_date}.").format(on_date=_on(line.started_on))
    for drug, last in ended.items():
        yield _("In our notes {drug} ended {on_date}.").format(drug=_(drug), on_date=_on(last))
    for drug in given:
        dose = dose_now(line, name_of(drug), day)
        if is_paused := dose is not None and is_held(dose):
            yield _("At the moment {drug} is paused.").format(drug=_(drug))
        if dose is not None and not is_paused and name_of(drug) not in in_question and (taken := _taken(dose)):
            yield _("In our notes the dose of {drug} is {dose}.").format(drug=_(drug), dose=taken)


def _taken(dose: Dose) -> str:
    """Return "250 mg, twice a day"; nothing of an amount that is not that of a tablet (mg/m², AUC)."""
    how_often = _(HOW_OFTEN.get(dose.frequency, ""))
    if dose.amount is None or dose.unit != "mg":
        return ""
    return f"{kept_together(amount(dose))}, {how_often}" if how_often else kept_together(amount(dose))


def _ended(line: TherapyLine) -> Iterator[str]:
    words = many("Your last medicine against the cancer was {drugs}.",
                 "Your last medicines against the cancer were {drugs}.", len(line.drugs))  # fmt: skip
    yield words.format(drugs=_drugs(line))
    yield _(STOPPED.get(line.stop_reason or "", ENDED)).format(on_date=_on(line.stopped_on or ""))


def _scan(record: PatientRecord, judgements: Sequence[Judgement]) -> PlainPart:
    """Return what the last scan has shown, by the response that counts; nothing of one that is only a baseline."""
    later_ones = [one for one in judgements if not one.is_baseline]
    if not later_ones:
        return PlainPart("", ())
    last = max(enumerate(later_ones), key=lambda one: (earliest_day(one[1].date), one[0]))[1]
    is_scan = any(one.modality != "clinical" for one in record.assessments if one.id in last.ids)
    heading = _("Your last scan") if is_scan else _("Your last check of the cancer")
    words = _("Your last scan was {on_date}.") if is_scan else _("Your last check was {on_date}.")
    said = (
        words.format(on_date=_on(last.date)),
        _(SCANS.get(effective(last, record).code, SCANS["NE"])),
        _("You can ask your team what this means for you."),
    )
    return PlainPart(heading, said)


def _next(advice: Advice, due: Sequence[Due]) -> Iterator[PlainPart]:
    """Yield what comes, without anything of a treatment that only might begin: its work-up is advice as well."""
    said = [_("You and your team decide together what comes next.")]
    if any(one.severity == "urgent" and one.action not in RECORD for one in advice.alerts):
        said.append(_("Some of your results need a closer look, and your team wants to talk about them with you."))
        said.append(_("If you have not heard from us yet, please call us now."))
    said.append(_("This letter does not have the date of your next visit. You can ask us for it."))
    yield PlainPart(_("What happens next"), tuple(said))
    is_treated = advice.line is not None
    checks = [one for one in due if one.what in CHECKS and one.what not in WAITED_FOR] if is_treated else []
    coming = [_around(one) for one in sorted(checks, key=lambda one: one.due_on) if one.due_on >= advice.as_of]
    yield _list(_("These checks go with your treatment. The dates are a plan, they are not appointments yet."), coming)
    words = _("We have no result of these checks in our notes. They may have been done somewhere else.")
    asked = _("You can ask us which of them are still needed.")
    yield _list(f"{words} {asked}", [_(CHECKS[one.what]) for one in checks if one.due_on < advice.as_of])
    yield _list(_("We are waiting for:"), [_(CHECKS[one.what]) for one in due if one.what in WAITED_FOR])


def _worried() -> PlainPart:
    said = (
        _("You can call us when you feel worse, or when something new worries you. No question is too small."),
        _("Are you thinking of stopping or changing a medicine? We would like to talk about it with you first."),
        _("If it cannot wait, the emergency number is there for you day and night."),
    )
    return PlainPart(_("If something worries you"), said)


def _list(words: str, items: Sequence[str]) -> PlainPart:
    return PlainPart("", (words,) if items else (), tuple(dict.fromkeys(items)))


def _around(one: Due) -> str:
    return _("{check}: around {day}").format(
        check=_(CHECKS[one.what]), day=kept_together(wording.date_in_words(one.due_on.isoformat()))
    )


def _on(partial: str) -> str:
    return kept_together(wording.on_date_in_words(partial))


def _drugs(line: TherapyLine) -> str:
    return _and([_(drug) for drug in line.drugs])


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{several} and {last}").format(several=", ".join(words[:-1]), last=words[-1])
