"""The other forms: a re-biopsy linked, doses changed and lines stopped, laboratory values, patients."""

from decimal import Decimal

import pytest
from opened_form import opened, press, tab, type_
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.record.adverse_event import AdverseEvent
from app.record.assessment import Assessment, Progression
from app.record.lab import Lab
from app.record.local_treatment import LocalTreatment
from app.record.patient import GeneralPractitioner, Patient, Recipient, Team
from app.record.specimen import Specimen
from app.record.therapy_line import Dose, TherapyLine
from builders import a_record

OLD = Assessment(id="a3", date="2014-05-02", modality="ct", reported_response="PD")
NEW = Assessment(id="a7", date="2014-10-28", modality="mri", progression=Progression(sites=("brain",)))
STABLE = Assessment(id="a9", date="2014-11-01", modality="ct", reported_response="SD")
PROGRESSED = a_record(OLD, NEW, STABLE)
LINE = TherapyLine(
    id="l1", drugs=("crizotinib",), started_on="2014-02-03",
    doses=(Dose(drug="crizotinib", from_="2014-02-03", amount=Decimal(250), unit="mg", frequency="twice_daily"),),
)  # fmt: skip


def test_a_rebiopsy_is_linked_to_the_newest_progression(qtbot):
    form = opened(qtbot, Specimen, record=PROGRESSED)
    form.fields["purpose"].put("re-biopsy")
    form.fields["kind"].put("tissue")
    offered = form.fields["prompted_by"].editor
    assert [offered.itemText(row) for row in range(offered.count())] == [
        "",
        "2014-10-28 · MRI · brain",
        "2014-05-02 · CT",
    ]
    assert form.draft.entry == Specimen(id="s1", purpose="re-biopsy", kind="tissue", prompted_by="a7")


def test_another_progression_can_be_chosen_and_stays_chosen(qtbot):
    form = opened(qtbot, Specimen, {"purpose": "re-biopsy", "kind": "tissue", "prompted_by": "a3"}, PROGRESSED)
    form.fields["purpose"].put("diagnosis")
    form.fields["purpose"].put("re-biopsy")
    assert form.draft.entry.prompted_by == "a3"


def test_a_rebiopsy_asked_for_today_needs_only_its_kind(qtbot):
    form = opened(qtbot, Specimen, record=PROGRESSED, purpose="re-biopsy")
    type_(qtbot, "p")
    assert form.draft.entry == Specimen(
        id="s1", purpose="re-biopsy", kind="plasma", prompted_by="a7", status="requested", requested_on="2014-11-03"
    )


def test_a_local_treatment_is_linked_to_the_progression_it_answers(qtbot):
    form = opened(qtbot, LocalTreatment, {"date": "2014-11-02", "kind": "stereotactic_radiotherapy"}, PROGRESSED)
    form.fields["site"].put("brain")
    form.fields["prompted_by"].put("a7")
    assert form.draft.entry.prompted_by == "a7"


def test_a_dose_change_is_one_more_row_and_the_past_days_keep_theirs(qtbot):
    form = opened(qtbot, TherapyLine, None, a_record(LINE), existing=LINE, purpose="dose_change")
    type_(qtbot, "200")
    form.fields["doses"].grid.filled_rows()[-1].cells["reason"].put("nausea")
    first, second = form.draft.entry.doses
    assert first == LINE.doses[0]
    assert second == Dose(
        drug="crizotinib", from_="2014-11-03", amount=Decimal(200), unit="mg", frequency="twice_daily", reason="nausea"
    )


def test_holding_a_drug_asks_only_for_the_reason(qtbot):
    form = opened(qtbot, TherapyLine, None, a_record(LINE), existing=LINE, purpose="hold")
    type_(qtbot, "hepatotoxicity")
    assert form.draft.entry.doses[1] == Dose(
        drug="crizotinib", from_="2014-11-03", amount=Decimal(0), unit="mg", frequency="held", reason="hepatotoxicity"
    )


def test_a_line_is_stopped_today_with_one_key_for_the_reason(qtbot):
    form = opened(qtbot, TherapyLine, None, a_record(LINE), existing=LINE, purpose="stop")
    type_(qtbot, "prog")
    assert form.draft.entry.stopped_on == "2014-11-03"
    assert form.draft.entry.stop_reason == "progression"


def test_a_line_of_several_drugs_is_typed_with_commas(qtbot):
    form = opened(qtbot, TherapyLine)
    type_(qtbot, "Cisplatin, pemetrexed,bevacizumab")
    assert form.draft.entry.drugs == ("cisplatin", "pemetrexed", "bevacizumab")


def test_the_second_drug_is_completed_too(qtbot):
    form = opened(qtbot, TherapyLine)
    type_(qtbot, "cisplatin, peme")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert form.draft.entry.drugs == ("cisplatin", "pemetrexed")


def test_the_first_letters_of_one_drug_alone_are_stored_as_its_whole_name(qtbot):
    form = opened(qtbot, TherapyLine)
    type_(qtbot, "criz")
    press(qtbot, Qt.Key.Key_Return)
    form.save()
    assert form.draft.entry.drugs == ("crizotinib",)
    assert form.fields["drugs"].near.isHidden()


def test_a_drug_that_no_list_has_is_said_to_be_unknown_with_the_one_it_may_be(qtbot):
    form = opened(qtbot, TherapyLine)
    drugs = form.fields["drugs"]
    type_(qtbot, "crizotinb, xyz-12")
    assert drugs.near.isHidden()
    tab(qtbot)
    first, second = drugs.near.text().split("\n")
    assert first.startswith("▲ crizotinb is no drug this list knows")
    assert first.endswith("Did you mean crizotinib?")
    assert second.startswith("▲ xyz-12 is no drug")
    assert "Did you mean" not in second
    assert drugs.near.isVisible()
    assert "Did you mean crizotinib?" in drugs.editor.accessibleDescription()
    assert form.draft.entry.drugs == ("crizotinb", "xyz-12")


def test_the_drug_that_was_meant_is_taken_by_tab_and_enter(qtbot):
    form = opened(qtbot, TherapyLine)
    type_(qtbot, "crizotinb, xyz-12")
    tab(qtbot)
    press(qtbot, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is form.fields["drugs"].take_near
    press(qtbot, Qt.Key.Key_Return)
    assert form.draft.entry.drugs == ("crizotinib", "xyz-12")
    assert form.fields["drugs"].holds(QApplication.focusWidget())


@pytest.mark.parametrize(
    ("kind", "field", "typed", "stored", "shown"),
    [
        (AdverseEvent, "term", "pneu", "pneumonitis", "pneumonitis"),
        (AdverseEvent, "term", "QTC prolonged", "qtc_prolonged", "QTc prolonged"),
        (AdverseEvent, "suspected_drug", "criz", "crizotinib", "crizotinib"),
        (Specimen, "site", "lymph", "lymph", "lymph"),
        (Specimen, "site", "Adre", "adrenal", "adrenal"),
    ],
)
def test_every_known_term_is_completed_when_its_field_is_left(qtbot, kind, field, typed, stored, shown):
    form = opened(qtbot, kind)
    form.fields[field].focus()
    type_(qtbot, typed)
    tab(qtbot)
    assert form.draft.typed[field] == stored
    assert form.fields[field].editor.text() == shown


@pytest.mark.parametrize(
    ("typed", "meant"), [("anemia", "anaemia"), ("diarrhea", "diarrhoea"), ("fatige", "fatigue"), ("hiccups", "")]
)
def test_an_event_close_to_a_known_term_is_pointed_out_and_stays_as_typed(qtbot, typed, meant):
    form = opened(qtbot, AdverseEvent)
    type_(qtbot, typed)
    tab(qtbot)
    term = form.fields["term"]
    assert term.value() == form.draft.typed["term"] == typed
    assert term.pointed_out() == (f"▲ “{typed}” is not one of the known terms. Did you mean {meant}?" if meant else "")
    assert term.near.isVisible() == bool(meant)


def test_a_site_of_several_words_is_offered_and_not_put_in_the_place_of_its_first(qtbot):
    form = opened(qtbot, Specimen)
    form.fields["site"].focus()
    type_(qtbot, "lymph")
    tab(qtbot)
    assert form.fields["site"].pointed_out().endswith("Did you mean lymph node?")


def test_a_dose_of_a_drug_that_is_not_in_the_line_is_refused_in_its_row(qtbot):
    form = opened(qtbot, TherapyLine, None, a_record(LINE), existing=LINE)
    form.fields["drugs"].put("ceritinib")
    form.save()
    assert form.fields["doses"].fault.text() == "row 1, Drug: crizotinib is not a drug of this line (ceritinib)"


def test_several_values_of_one_draw_are_typed_at_once_with_their_usual_units(qtbot):
    form = opened(qtbot, Lab)
    accepted = []
    form.accepted.connect(accepted.append)
    type_(qtbot, "17.2.2014")
    tab(qtbot, 2)
    for analyte, value, upper in (("ALT", "180", "40"), ("total", "9,5", "17")):
        type_(qtbot, analyte)
        tab(qtbot)
        type_(qtbot, value)
        tab(qtbot, 3)  # past the unit and the lower limit
        type_(qtbot, upper)
        tab(qtbot)
    press(qtbot, Qt.Key.Key_Return)
    day = "2014-02-17"
    assert accepted == [
        (
            Lab(id="lab1", date=day, analyte="ALT", value=Decimal(180), unit="U/L", upper=Decimal(40)),
            Lab(id="lab2", date=day, analyte="total_bilirubin", value=Decimal("9.5"), unit="umol/L", upper=Decimal(17)),
        )
    ]


def test_the_unit_the_record_last_had_wins_and_a_typed_one_stays(qtbot):
    earlier = Lab(id="lab1", date="2014-01-17", analyte="total_bilirubin", value=Decimal("0.6"), unit="mg/dL")
    form = opened(qtbot, Lab, {"date": "2014-02-17"}, a_record(earlier))
    field = form.fields["values"]
    row = field.grid.rows[0]
    row.cells["analyte"].put("total_bilirubin")
    assert row.cells["unit"].value() == "mg/dL"
    assert row.infos["last"].text() == "0.6 · 2014-01-17"
    row.cells["unit"].put("g/L")
    row.cells["analyte"].put("ALT")
    assert row.cells["unit"].value() == "g/L"


def test_a_qtc_asks_by_which_formula(qtbot):
    form = opened(qtbot, Lab, {"date": "2014-02-17"})
    assert not form.fields["values"].grid.rows[0].cells["formula"].isVisible()
    form.fields["values"].grid.rows[0].cells["analyte"].put("QTc")
    assert form.fields["values"].grid.rows[0].cells["formula"].isVisible()


def test_correcting_one_value_offers_no_second_row(qtbot):
    lab = Lab(id="lab1", date="2014-02-17", analyte="ALT", value=Decimal(180), unit="U/L")
    form = opened(qtbot, Lab, None, a_record(lab), existing=lab)
    assert len(form.fields["values"].grid.rows) == 1
    form.fields["values"].grid.rows[0].cells["value"].put("18")
    assert form.draft.entry == Lab(id="lab1", date="2014-02-17", analyte="ALT", value=Decimal(18), unit="U/L")


def test_a_patient_with_gp_recipients_and_team(qtbot):
    form = opened(qtbot, Patient, {})
    type_(qtbot, "A-1")
    form.fields["family_name"].put("Example")
    form.fields["gp.name"].put("Dr Gray")
    form.fields["gp.address"].put(["1 High Street", "Oldtown"])
    form.fields["recipients"].put([{"name": "Dr Black", "role": "referrer", "address": ["2 Low Street", "Newtown"]}])
    form.fields["team.nurse"].put("M. Keller")
    assert form.draft.entry == Patient(
        mrn="A-1", family_name="Example", team=Team(nurse="M. Keller"),
        gp=GeneralPractitioner(name="Dr Gray", address=("1 High Street", "Oldtown")),
        recipients=(Recipient(name="Dr Black", role="referrer", address=("2 Low Street", "Newtown")),),
    )  # fmt: skip


def test_what_saving_refused_is_shown_at_once(qtbot):
    from app.record.reading import Fault

    form = opened(qtbot, Patient, {"mrn": "A-1", "family_name": "Example"})
    form.save()
    form.draft.refuse([Fault("patient.mrn", "A-1 is already the number of another patient")])
    assert form.fields["mrn"].fault.text() == "A-1 is already the number of another patient"
    assert QApplication.focusWidget() is not None
