"""What was decided stays decided until a fact it rested on changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from app.paths import RESOURCES
from app.pathway.advice import Advice
from app.pathway.engine import advise
from app.pathway.protocol import Protocol
from app.pathway.protocol_reading import load_protocol
from app.record.assessment import Assessment, NewLesion, Progression
from app.record.decision import Decision, Instead
from app.record.diagnosis import Diagnosis
from app.record.molecular_test import Fish, FishReading, MolecularTest
from app.record.patient import Patient
from app.record.record import PatientRecord
from app.record.specimen import Specimen
from app.record.therapy_line import TherapyLine

DAY = date(2014, 11, 5)
BRAIN = Progression(extent="oligometastatic", sites=("brain",), local_treatment_possible=True)


@cache
def protocol() -> Protocol:
    return load_protocol(RESOURCES / "protocols" / "duchemann-2015")


def progressing(*decisions: Decision, progression: Progression = BRAIN) -> PatientRecord:
    """A patient with a new brain lesion on crizotinib since 28 October 2014."""
    return PatientRecord(
        patient=Patient(mrn="D-1", family_name="Decided"),
        diagnosis=Diagnosis(date="2014-01-10", histology="adenocarcinoma", stage="IV"),
        specimens=(Specimen(id="s1", date="2014-01-10", kind="tissue", purpose="diagnosis"),),
        tests=(
            MolecularTest(
                id="t1",
                specimen="s1",
                method="fish",
                status="final",
                reported_on="2014-01-24",
                fish=Fish(readings=(FishReading(reader="A", cells=50, split=40),)),
            ),
        ),
        therapy_lines=(TherapyLine(id="l1", drugs=("crizotinib",), started_on="2014-02-03"),),
        assessments=(
            Assessment(
                id="a1",
                date="2014-10-28",
                modality="mri",
                new_lesions=(NewLesion(site="brain", unequivocal=True),),
                reported_response="PD",
                progression=progression,
            ),
        ),
        decisions=decisions,
    )


def decided(verdict: str, action: str, drug: str | None, **more: object) -> Decision:
    values = {"id": "d1", "date": "2014-11-01", "as_of": "2014-11-01", "rule": "P4", **more}
    return Decision(verdict=verdict, action=action, drug=drug, **values)  # type: ignore[arg-type]


def first(advice: Advice) -> tuple[str, str | None]:
    return advice.options[0].action, advice.options[0].drug


def test_a_declined_option_stands_behind_the_others_and_says_when_and_why() -> None:
    no = decided(
        "declined",
        "continue_with_local_treatment",
        "crizotinib",
        facts={"progression_extent": "oligometastatic"},
        reason_code="patient_preference",
        reason="no more radiotherapy",
    )
    advice = advise(progressing(no), protocol(), DAY)
    assert first(advice) == ("switch", "ceritinib")
    declined = next(one for one in advice.options if one.action == "continue_with_local_treatment")
    assert declined.cautions[0] == (
        "Declined on 1 November 2014 (patient preference: no more radiotherapy); "
        "it comes back when a fact it rested on changes."
    )


def test_a_declined_option_returns_when_a_fact_it_rested_on_changes_and_says_which() -> None:
    no = decided("declined", "continue_with_local_treatment", "crizotinib", facts={"local_treatment_possible": False})
    advice = advise(progressing(no), protocol(), DAY)
    assert first(advice) == ("continue_with_local_treatment", "crizotinib")
    assert advice.options[0].cautions[0] == (
        "Declined on 1 November 2014 (no reason given); asked again because a fact has changed: "
        "local treatment possible was no, is yes."
    )


def test_a_fact_that_was_not_known_then_counts_as_changed() -> None:
    no = decided("declined", "continue_with_local_treatment", "crizotinib", facts={"progression_extent": None})
    caution = advise(progressing(no), protocol(), DAY).options[0].cautions[0]
    assert "extent of the progression was not known, is oligometastatic" in caution


@pytest.mark.parametrize("then", [{"line_number": 1}, {"fish_positive_percent": Decimal("80.0")}, {"line_number": 1.0}])
def test_a_number_that_is_as_it_was_keeps_an_option_declined(then) -> None:
    no = decided("declined", "continue_with_local_treatment", "crizotinib", facts=then)
    assert first(advise(progressing(no), protocol(), DAY)) == ("switch", "ceritinib")


def test_a_number_that_has_changed_brings_a_declined_option_back() -> None:
    no = decided("declined", "continue_with_local_treatment", "crizotinib", facts={"fish_positive_percent": 79})
    option = advise(progressing(no), protocol(), DAY).options[0]
    assert option.action == "continue_with_local_treatment"
    assert option.cautions[0].endswith(": positive cells by FISH was 79, is 80.")


def test_every_fact_that_has_changed_is_said() -> None:
    then = {"local_treatment_possible": False, "progression_extent": "widespread", "progression_sites": "cns_only"}
    no = decided("declined", "continue_with_local_treatment", "crizotinib", facts=then)
    caution = advise(progressing(no), protocol(), DAY).options[0].cautions[0]
    assert caution.endswith(
        ": local treatment possible was no, is yes, extent of the progression was widespread, is oligometastatic."
    )


def test_several_words_of_a_fact_are_said_in_their_order() -> None:
    no = decided(
        "declined", "continue_with_local_treatment", "crizotinib", facts={"progression_sites": ("brain", "bone")}
    )
    caution = advise(progressing(no), protocol(), DAY).options[0].cautions[0]
    assert caution.endswith(": sites of the progression was brain, bone, is central nervous system only.")


def test_when_every_option_is_declined_the_order_stays() -> None:
    no = [
        decided("declined", "continue_with_local_treatment", "crizotinib", facts={}),
        replace(decided("declined", "switch", "ceritinib"), id="d2"),
        replace(decided("declined", "switch", "alectinib"), id="d3"),
    ]
    advice = advise(progressing(*no), protocol(), DAY)
    assert first(advice) == ("continue_with_local_treatment", "crizotinib")


def test_a_later_acceptance_ends_a_decline() -> None:
    no = decided("declined", "switch", "ceritinib")
    yes = replace(decided("accepted", "switch", "ceritinib"), id="d2", date="2014-11-04")
    advice = advise(progressing(no, yes), protocol(), DAY)
    assert first(advice) == ("switch", "ceritinib")
    assert not [one for one in advice.options[0].cautions if "Declined" in one]


def test_what_was_done_instead_of_another_advice_ends_a_decline_too() -> None:
    no = decided("declined", "switch", "ceritinib")
    other = replace(
        decided("modified", "switch", "alectinib", instead=Instead(action="switch", drug="ceritinib")),
        id="d2", date="2014-11-04",
    )  # fmt: skip
    option = advise(progressing(no, other), protocol(), DAY).options[0]
    assert (option.action, option.drug, [one for one in option.cautions if "Declined" in one]) == (
        "switch", "ceritinib", [],
    )  # fmt: skip


def test_advice_that_was_followed_otherwise_is_no_longer_declined() -> None:
    no = decided("declined", "switch", "alectinib")
    other = replace(
        decided("modified", "switch", "alectinib", instead=Instead(action="switch", drug="ceritinib")),
        id="d2", date="2014-11-04",
    )  # fmt: skip
    options = advise(progressing(no, other), protocol(), DAY).options
    assert not [one for option in options for one in option.cautions if "Declined" in one]


def test_an_accepted_option_of_the_progression_comes_first() -> None:
    yes = decided("accepted", "switch", "alectinib")
    assert first(advise(progressing(yes), protocol(), DAY)) == ("switch", "alectinib")


def test_what_was_done_instead_comes_first_when_it_is_listed() -> None:
    other = decided(
        "modified", "continue_with_local_treatment", "crizotinib", instead=Instead(action="switch", drug="alectinib")
    )
    assert first(advise(progressing(other), protocol(), DAY)) == ("switch", "alectinib")


def test_an_accepted_option_that_is_not_listed_changes_nothing() -> None:
    yes = decided("accepted", "refer_to_board", None)
    assert first(advise(progressing(yes), protocol(), DAY)) == ("continue_with_local_treatment", "crizotinib")


def test_an_option_for_the_prescriber_alone_is_never_put_first() -> None:
    widespread = Progression(extent="widespread", local_treatment_possible=False)
    record = progressing(decided("accepted", "switch", "platinum-pemetrexed-bevacizumab"), progression=widespread)
    record = replace(record, therapy_lines=(TherapyLine(id="l1", drugs=("ceritinib",), started_on="2014-02-03"),))
    assert first(advise(record, protocol(), DAY)) == ("switch", "platinum-pemetrexed")


def test_an_accepted_continuation_answers_the_progression() -> None:
    yes = decided("accepted", "continue_with_local_treatment", "crizotinib")
    advice = advise(progressing(yes), protocol(), DAY)
    assert (first(advice), advice.options[0].rule) == (("continue_with_surveillance", "crizotinib"), "H14")


def test_a_later_acceptance_of_something_else_takes_the_answer_back() -> None:
    goes_on = decided("accepted", "continue_with_local_treatment", "crizotinib")
    changes = replace(decided("accepted", "switch", "ceritinib"), id="d2", date="2014-11-04")
    advice = advise(progressing(goes_on, changes), protocol(), DAY)
    assert first(advice) == ("switch", "ceritinib")
    assert "continue_with_local_treatment" in {one.action for one in advice.options}
