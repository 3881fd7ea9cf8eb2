"""An assessment, typed by keyboard alone, with its lesions, its sum and its progression."""

from decimal import Decimal

from opened_form import opened, press, tab, type_
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.record.assessment import Assessment, NewLesion, Progression, TargetLesion
from builders import a_line, a_record


def lesion(name, mm, site="lung"):
    return TargetLesion(lesion=name, site=site, mm=Decimal(mm))


BASELINE = Assessment(
    id="a1",
    date="2014-01-20",
    modality="ct",
    baseline=True,
    target_lesions=(lesion("T1", "42.0"), lesion("T2", "18", "liver")),
)
BEST = Assessment(
    id="a2", date="2014-04-22", modality="ct", target_lesions=(lesion("T1", "20"), lesion("T2", "10", "liver"))
)
COURSE = a_record(a_line("crizotinib", start="2014-02-03"), BASELINE, BEST)


def test_an_assessment_with_two_lesions_and_a_progression_is_typed_by_keyboard_alone(qtbot):
    form = opened(qtbot, Assessment, record=COURSE)
    accepted = []
    form.accepted.connect(accepted.append)
    type_(qtbot, "28.10.2014")
    tab(qtbot)
    type_(qtbot, "m")  # MRI
    tab(qtbot, 2)
    type_(qtbot, "n")  # not a baseline
    tab(qtbot)
    type_(qtbot, "pd")
    tab(qtbot)
    for name, site, mm in (("T1", "lung", "20,5"), ("T2", "liv", "10")):
        type_(qtbot, name)
        tab(qtbot)
        type_(qtbot, site)
        tab(qtbot, 2)
        type_(qtbot, mm)
        tab(qtbot, 2)
    tab(qtbot, 3)  # past the blank row, the rare columns and the same lesions
    assert form.fields["new_lesions"].holds(QApplication.focusWidget())
    type_(qtbot, "brain")
    tab(qtbot)
    type_(qtbot, "y")
    tab(qtbot, 2)
    type_(qtbot, "neither")
    tab(qtbot, 2)
    assert QApplication.focusWidget() is form.boxes["progression"]
    press(qtbot, Qt.Key.Key_Space)
    tab(qtbot)
    type_(qtbot, "n")
    tab(qtbot)
    type_(qtbot, "sl")
    tab(qtbot)
    type_(qtbot, "y")
    tab(qtbot)
    type_(qtbot, "o")
    tab(qtbot)
    type_(qtbot, "y")
    tab(qtbot)
    type_(qtbot, "br")
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return)
    assert accepted == [
        Assessment(
            id="a3", date="2014-10-28", modality="mri", baseline=False, reported_response="PD",
            target_lesions=(lesion("T1", "20.5"), lesion("T2", "10", "liver")),
            new_lesions=(NewLesion(site="brain", unequivocal=True),), non_target="non_cr_non_pd",
            progression=Progression(
                symptomatic=False, tempo="slow", local_treatment_possible=True, extent="oligometastatic",
                well_tolerated=True, sites=("brain",),
            ),
        )
    ]  # fmt: skip


def test_earlier_sizes_stand_beside_the_same_lesions(qtbot):
    form = opened(qtbot, Assessment, record=COURSE)
    field = form.fields["target_lesions"]
    form.same_button.click()
    assert field.value() == [{"lesion": "T1", "site": "lung"}, {"lesion": "T2", "site": "liver"}]
    assert shown(field, "at_baseline") == ["42.0", "18"]
    assert shown(field, "previous") == ["20", "10"]
    assert [field.grid.titles[name].text() for name in ("at_baseline", "previous")] == [
        "Baseline\n2014-01-20", "Before\n2014-04-22",
    ]  # fmt: skip
    assert (foot(field, "at_baseline"), foot(field, "previous"), foot(field, "mm")) == ("60.0", "30", "")
    form.fields["date"].put("1.3.2014")
    assert shown(field, "previous") == ["42.0", "18"]


def shown(field, column):
    return [row.infos[column].text() for row in field.grid.filled_rows()]


def foot(field, column):
    return field.grid._foot[column].text()


def test_the_sum_and_its_change_are_there_while_sizes_are_typed(qtbot):
    form = opened(qtbot, Assessment, {"target_lesions": [{"lesion": "T1", "site": "lung", "mm": "24"}]}, COURSE)
    assert form.response.text() == "Sum so far 24 mm · without a size: T2 · RECIST 1.1 as it stands: NE"
    form.fields["date"].put("2014-07-20")
    form.fields["target_lesions"].put(
        [{"lesion": "T1", "site": "lung", "mm": "26"}, {"lesion": "T2", "site": "liver", "mm": "12"}]
    )
    assert form.response.text() == (
        "Sum 38 mm · −36.7 % from baseline (60.0 mm) · +26.7 % from nadir (30 mm) · RECIST 1.1: PD"
    )  # the modality is still to be chosen
    assert form.fields["reported_response"].hint.text() == "computed: PD"
    assert foot(form.fields["target_lesions"], "mm") == "38"
    form.fields["reported_response"].put("SD")
    assert form.response.text().endswith("RECIST 1.1: PD · ▲ reported: SD")


def test_a_change_just_short_of_a_limit_is_not_rounded_over_it(qtbot):
    form = opened(qtbot, Assessment, {"date": "2014-07-20"}, COURSE)
    form.fields["target_lesions"].put(
        [{"lesion": "T1", "site": "lung", "mm": "23.9"}, {"lesion": "T2", "site": "liver", "mm": "12"}]
    )
    assert form.response.text().endswith("+19.7 % from nadir (30 mm) · RECIST 1.1: PR")


def test_before_anything_is_measured_nothing_is_judged(qtbot):
    form = opened(qtbot, Assessment, None, COURSE)
    assert form.response.text() == ""
    assert form.fields["reported_response"].hint.text() == ""


def test_a_baseline_shows_its_sum_and_is_compared_with_nothing(qtbot):
    form = opened(qtbot, Assessment, None, COURSE, existing=BASELINE)
    assert form.response.text() == "Sum 60.0 mm"


def test_a_new_lesion_alone_is_progression_while_the_others_are_still_to_be_typed(qtbot):
    form = opened(qtbot, Assessment, {"new_lesions": [{"site": "brain", "unequivocal": True}]}, COURSE)
    assert form.response.text() == "without a size: T1, T2 · RECIST 1.1 as it stands: PD"


def test_a_lesion_measured_twice_is_refused_beside_the_lesions(qtbot):
    twice = [{"lesion": "T1", "site": "lung", "mm": "20"}, {"lesion": "T1", "site": "lung", "mm": "21"}]
    form = opened(qtbot, Assessment, {"date": "2014-10-28", "modality": "ct", "target_lesions": twice}, COURSE)
    form.save()
    assert form.fields["target_lesions"].fault.text() == "row 2, Lesion: T1 is measured twice in this assessment"


def test_a_progression_taken_back_keeps_its_typing_in_case_it_comes_back(qtbot):
    typed = {"date": "2014-10-28", "modality": "ct", "progression": {"tempo": "slow"}}
    form = opened(qtbot, Assessment, typed, COURSE)
    form.boxes["progression"].setChecked(False)
    assert form.draft.entry.progression is None
    assert not form.fields["progression.tempo"].isVisible()
    form.boxes["progression"].setChecked(True)
    assert form.draft.entry.progression == Progression(tempo="slow")


def test_a_correction_of_one_word_leaves_all_else_as_it_was(qtbot):
    form = opened(qtbot, Assessment, None, COURSE, existing=BASELINE)
    form.fields["modality"].put("pet_ct")
    assert form.draft.entry.modality == "pet_ct"
    assert form.draft.entry.target_lesions == BASELINE.target_lesions
    form.fields["modality"].put("ct")
    assert form.draft.entry == BASELINE
