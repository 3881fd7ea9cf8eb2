"""Faults of form do not hide faults of sense: a record's faults come all at once, and only its own."""

SPECIMEN = {"id": "s1", "date": "2014-01-12", "kind": "tissue", "purpose": "diagnosis"}
TEST = {"id": "t1", "specimen": "s1", "method": "ihc", "status": "requested"}
CT = {"id": "a1", "date": "2014-04-01", "modality": "ct"}


def test_faults_of_form_and_of_sense_come_together(a_file, faults):
    line = {"id": "l1", "drugs": ["crizotinib"], "started_on": "2014-05-12", "stopped_on": "2014-03-01", "zyx": 1}
    data = a_file(
        therapy_lines=[line],
        assessments=[{**CT, "date": "1950", "target_lesions": [{"lesion": "T1", "site": "lung", "mm": -3}]}],
        local_treatments=[{"date": "2014-06-01", "kind": "surgery", "site": "brain", "prompted_by": "a9"}],
    )
    assert faults(data) == [
        "therapy_lines[0].zyx: is not a field of the record format",
        "therapy_lines[0].stopped_on: 2014-03-01 is before started_on 2014-05-12",
        "local_treatments[0].prompted_by: a9 is not the id of an assessment in this record",
        "assessments[0].target_lesions[0].mm: must not be below 0",
        "assessments[0].date: 1950 is before the date of birth 1964-05-02",
    ]


def test_a_field_that_could_not_be_read_is_not_also_missing(a_file, faults):
    specimens = [SPECIMEN]
    final = {**TEST, "status": "final"}
    assert faults(a_file(specimens=specimens, tests=[{**final, "reported_on": "soon", "ihc": 3}])) == [
        "tests[0].reported_on: is not a date: write YYYY-MM-DD, YYYY-MM or YYYY",
        "tests[0].ihc: must be a group of fields",
    ]
    assert faults(a_file(specimens=specimens, tests=[{**final, "reportd_on": "2014-02-01", "ihc": {}}])) == [
        "tests[0].reportd_on: is not a field of the record format (is reported_on meant?)"
    ]
    assert faults(a_file(specimens=specimens, tests=[{**final, "reported_on": "2014-02-01", "method": "pcr"}])) == [
        "tests[0].method: is not a code of the record format (is rt_pcr meant?)"
    ]


def test_nothing_refers_to_nothing_only_because_the_other_could_not_be_read(a_file, faults):
    prompted = {**SPECIMEN, "id": "s2", "prompted_by": "a1"}
    assert faults(a_file(specimens=[{**SPECIMEN, "id": 1}, prompted], tests=[TEST], assessments=["a1"])) == [
        "specimens[0].id: must be text",
        "assessments[0]: must be a group of fields",
    ]
    misspelt = {"Id" if key == "id" else key: value for key, value in SPECIMEN.items()}
    assert faults(a_file(specimens=[misspelt], tests=[TEST])) == [
        "specimens[0].Id: is not a field of the record format (is id meant?)"
    ]
    assert faults(a_file(specimens="s1", tests=[TEST])) == ["specimens: must be a list"]


def test_a_lesion_may_refer_to_one_whose_name_could_not_be_read(a_file, faults):
    merged = {"lesion": "T1", "site": "lung", "merged_with": "T2", "mm": -1}
    unreadable = {"lesion": 2, "site": "lung"}
    assert faults(a_file(assessments=[{**CT, "target_lesions": [merged, unreadable]}])) == [
        "assessments[0].target_lesions[0].mm: must not be below 0",
        "assessments[0].target_lesions[1].lesion: must be text",
    ]
    assert faults(a_file(assessments=[{**CT, "target_lesions": [merged]}])) == [
        "assessments[0].target_lesions[0].mm: must not be below 0",
        "assessments[0].target_lesions[0].merged_with: T2 is not another target lesion of this assessment",
    ]
    other = {**CT, "id": "a2", "target_lesions": [unreadable]}
    assert len(faults(a_file(assessments=[{**CT, "target_lesions": [merged]}, other]))) == 3


def test_a_dose_is_not_compared_with_drugs_that_could_not_be_read(a_file, faults):
    dose = {"drug": "crizotinib", "from": "2014-05-12", "frequency": "twice_daily"}
    line = {"id": "l1", "started_on": "2014-05-12", "doses": [dose]}
    assert faults(a_file(therapy_lines=[{**line, "drugs": ["crizotinib", 5]}])) == [
        "therapy_lines[0].drugs[1]: must be text"
    ]
    assert faults(a_file(therapy_lines=[{**line, "drug": ["crizotinib"]}])) == [
        "therapy_lines[0].drug: is not a field of the record format (is drugs meant?)"
    ]


def test_without_a_patient_the_rest_is_still_looked_at(a_file, faults):
    data = a_file(assessments=[{**CT, "date": "2050"}])
    data["patient"] = 5
    assert faults(data) == [
        "patient: must be a group of fields",
        "assessments[0].date: 2050 is in the future (today is 2016-06-01)",
    ]


def test_a_blank_reference_refers_to_nothing(a_file, faults):
    assert faults(a_file(specimens=[{**SPECIMEN, "prompted_by": ""}], notes=[5])) == [
        "notes[0]: must be a group of fields"
    ]
