"""From a fact that is missing to the entry and the field in which it belongs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.pathway.facts import FACTS
from app.record.assessment import Assessment, Progression
from app.record.fields import EnteredInError
from app.record.lab import Lab
from app.record.therapy_line import Dose
from app.ui.draft import Draft
from app.ui.fact_places import Place, newest_progression, place_of
from app.ui.forms import form_for
from app.ui.record_forms import DraftKey, existing_of, kind_of
from builders import a_diagnosis, a_line, a_record, a_specimen

DAY = "2014-11-05"
EARLIER = Assessment(id="a1", date="2014-05-02", modality="ct", progression=Progression())
LATER = Assessment(id="a2", date="2014-10-28", modality="ct", reported_response="PD")


def lab(entry_id="lab1", analyte="ALT", **named):
    return Lab(**{"id": entry_id, "date": "2014-11-01", "analyte": analyte, "value": Decimal(180), "unit": "U/L",
                  "upper": Decimal(40), **named})  # fmt: skip


@pytest.mark.parametrize("fact", [name for name, fact in FACTS.items() if fact.ask])
def test_every_fact_that_is_asked_for_has_a_field_of_a_form(qtbot, fact):
    record = a_record(a_specimen(), a_line(), EARLIER, diagnosis=a_diagnosis())
    place = place_of(fact, record, DAY)
    key = DraftKey("A-1042", place.section, place.entry)
    existing = existing_of(record, key)
    draft = Draft(kind_of(place.section), place.typed, record=record, today=date(2014, 11, 5), existing=existing)
    form = form_for(kind_of(place.section), draft, record)
    qtbot.addWidget(form)
    assert place.field.partition("[")[0] in form.fields


def test_the_judgement_of_a_progression_belongs_to_the_newest_up_to_the_day():
    record = a_record(EARLIER, LATER)
    assert place_of("progression_extent", record, DAY) == Place("assessments", "a2", "progression.extent")
    assert place_of("tolerated", record, "2014-06-01") == Place("assessments", "a1", "progression.well_tolerated")
    assert newest_progression(a_record(replace(EARLIER, entered_in_error=EnteredInError()))) is None


def test_a_value_that_lacks_its_limit_is_completed_and_not_typed_again():
    assert place_of("alt_x_uln", a_record(lab(upper=None)), DAY) == Place("labs", "lab1", "values[0].upper")
    assert place_of("alt_x_uln", a_record(lab(unit=None, upper=None)), DAY) == Place("labs", "lab1", "values[0].unit")
    no_limit_needed = a_record(lab(analyte="neutrophils", unit="10*9/L", upper=None))
    assert place_of("neutrophils", no_limit_needed, DAY).entry == ""


def test_a_value_that_is_missed_is_a_new_one_with_its_analyte_chosen():
    assert place_of("qtc_ms", a_record(), DAY) == Place("labs", "", "date", {"values": [{"analyte": "QTc"}]})


def test_a_liver_value_that_is_missed_beside_another_is_of_the_same_draw():
    place = place_of("bilirubin_x_uln", a_record(lab(sample="S7")), DAY)
    assert place.field == "values[0].value"
    assert place.typed == {"date": "2014-11-01", "sample": "S7", "values": [{"analyte": "total_bilirubin"}]}


def test_what_a_line_lacks_is_asked_of_that_line():
    held = Dose(drug="crizotinib", from_="2014-03-10", amount=Decimal(0), frequency="held")
    first = a_line(start=None, stopped_on="2014-04-01")
    second = a_line(id="l2", start="2014-05-01", doses=(Dose(drug="crizotinib", from_="2014-05-01",
                    frequency="twice_daily"), held))  # fmt: skip
    record = a_record(first, second)
    assert place_of("line_start_known", record, DAY) == Place("therapy_lines", "l1", "started_on")
    assert place_of("stop_reason", record, DAY) == Place("therapy_lines", "l1", "stop_reason")
    assert place_of("hold_reason", record, DAY) == Place("therapy_lines", "l2", "doses[1].reason")
