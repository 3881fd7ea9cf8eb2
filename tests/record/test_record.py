from app.record.codes import label
from app.record.lab import Lab
from app.record.record import ID_PREFIX, KIND_OF, SECTION_OF, SECTIONS
from builders import a_lab, a_line, a_note, a_record, an_assessment


def test_an_entry_takes_the_place_of_the_one_with_its_id():
    record = a_record(a_line(), an_assessment(30), an_assessment(40, id="a2"))
    changed = record.with_entry(an_assessment(35))
    assert [(one.id, one.target_lesions[0].mm) for one in changed.assessments] == [("a1", 35), ("a2", 40)]
    assert [one.target_lesions[0].mm for one in record.assessments] == [30, 40]


def test_a_new_entry_comes_at_the_end_of_its_list():
    record = a_record(a_line()).with_entry(a_line("ceritinib", id="l2"))
    assert [one.id for one in record.therapy_lines] == ["l1", "l2"]


def test_an_entry_is_found_by_its_id_in_whatever_list_it_is():
    record = a_record(a_line(), an_assessment(30), a_note())
    assert record.entry("n1") == a_note()
    assert record.entry("zz") is None
    assert [section for section, _entry in record.entries()] == ["therapy_lines", "assessments", "notes"]


def test_the_first_free_id_is_one_that_no_entry_has():
    assert a_record(a_lab("ALT", 40), a_note(), an_assessment(30, id="lab2")).free_id(Lab) == "lab3"
    assert a_record().free_id(Lab) == "lab1"


def test_every_list_has_its_kind_of_entry_and_a_prefix_of_its_own():
    assert set(SECTION_OF.values()) == set(SECTIONS) == set(KIND_OF) == set(ID_PREFIX)
    assert len(set(ID_PREFIX.values())) == len(SECTIONS)


def test_a_code_reads_as_words():
    assert label("unequivocal_progression") == "unequivocal progression"
    assert label("rt_pcr") == "RT-PCR"
