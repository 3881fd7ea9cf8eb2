"""Records in and out of the database: each file whole or not at all, each fault in its place."""

import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.paths import RESOURCES
from app.record.files import json_bytes
from app.record.reading import ChangedMeanwhile, NotPossible, Refused
from app.services.alike_words import alike_line
from app.services.patients import Alike, OpenedRecord, Patients
from builders import a_note, a_patient, a_record
from db.store import Store

TODAY = date(2026, 1, 1)
DEMOS = sorted((RESOURCES / "demo").glob("*.json"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "patients.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def patients(store: Store) -> Patients:
    return Patients(store, lambda: TODAY)


def a_body(mrn: str = "A-1", **more: Any) -> dict[str, Any]:
    return {"format": "alkpath-record/1", "patient": {"mrn": mrn, "family_name": "Example"}, **more}


def a_file(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def faults(patients: Patients, *paths: Path, replace: bool = False) -> list[str]:
    with pytest.raises(Refused) as refused:
        patients.import_files(paths, replace=replace)
    return [str(fault) for fault in refused.value.faults]


def exported(patients: Patients, *mrns: str) -> bytes:
    out = BytesIO()
    patients.export(mrns or None, out)
    return out.getvalue()


def test_a_saved_record_opens_with_the_version_to_save_it_against(patients: Patients) -> None:
    saved = patients.save(a_record(), None, by="nurse1")
    assert saved == OpenedRecord(a_record(), 1) == patients.open("A-1042")
    again = patients.save(a_record(a_note()), saved.version)
    assert patients.open("A-1042") == again == OpenedRecord(a_record(a_note()), 2)


def test_a_number_that_nobody_has_is_said_to_be(patients: Patients) -> None:
    with pytest.raises(NotPossible, match="There is no patient with the number A-9"):
        patients.open("A-9")


def test_what_cannot_be_true_is_not_saved(patients: Patients) -> None:
    with pytest.raises(Refused) as refused:
        patients.save(a_record(a_note(date="1960-01-01")), None)
    assert [str(fault) for fault in refused.value.faults] == [
        "notes[0].date: 1960-01-01 is before the date of birth 1964-05-02"
    ]
    assert patients.count() == 0


def test_two_who_save_against_one_version_do_not_overwrite_each_other(patients: Patients) -> None:
    first = patients.save(a_record(), None)
    patients.save(a_record(a_note()), first.version)
    with pytest.raises(ChangedMeanwhile):
        patients.save(a_record(a_note("Mine.")), first.version)


def test_a_corrected_number_is_saved_under_the_new_one(patients: Patients) -> None:
    first = patients.save(a_record(), None)
    patients.save(a_record(patient=a_patient(mrn="A-1043")), first.version, mrn="A-1042")
    assert [one.mrn for one in patients.find()] == ["A-1043"]
    assert [one.change for one in patients.history("A-1043")] == ["created", "changed"]


@pytest.mark.parametrize("path", DEMOS, ids=lambda path: path.stem)
def test_a_demonstration_patient_goes_in_and_comes_out_with_the_same_bytes(patients: Patients, path: Path) -> None:
    straight = patients.read_file(path)
    assert patients.import_files([path]) == 1
    assert patients.open(straight.patient.mrn).record == straight
    assert exported(patients, straight.patient.mrn) == json_bytes(straight)


def test_export_import_export_gives_the_same_bytes(patients: Patients, tmp_path: Path) -> None:
    assert patients.import_files(DEMOS) == 7
    everybody = exported(patients)
    assert patients.import_files([a_file(tmp_path, "all.json", everybody)], replace=True) == 7
    assert exported(patients) == everybody
    assert len(json.loads(everybody)) == 7


def test_who_is_likely_the_same_person_is_given_the_likeliest_first(patients: Patients) -> None:
    for mrn, family, born in (("A-1", "Exmaple", "1964-05-02"), ("A-2", "Example", None), ("A-3", "Other", None)):
        patients.save(a_record(patient=a_patient(mrn=mrn, family_name=family, birth_date=born)), None)
    patients.save(a_record(), None)
    assert [one.patient.mrn for one in patients.alike(a_patient(mrn="B-9"))] == ["A-1042", "A-1", "A-2"]
    assert [one.patient.mrn for one in patients.alike(a_patient(), besides="A-1042")] == ["A-1", "A-2"]
    assert [one.patient.mrn for one in patients.alike_typed("ada exampel 2.5.1964")] == ["A-1042", "A-1", "A-2"]
    assert patients.alike_typed("") == ()


def test_an_import_tells_who_may_be_here_twice_and_stores_them_all_the_same(patients: Patients, tmp_path: Path) -> None:
    patients.save(a_record(), None)
    twins = [a_body(mrn, patient={"mrn": mrn, "family_name": "Example", "given_name": "Ada"}) for mrn in ("B-1", "B-2")]
    told = []

    def tell(mrn: str, others: tuple[Alike, ...]) -> None:
        told.append(alike_line(mrn, others))

    file = a_file(tmp_path, "two.json", [*twins, a_body("C-1")])
    assert patients.import_files([file], found_alike=tell) == 3
    assert told == [
        "B-1 may be the same person as A-1042 (same name, birth date not known)",
        "B-2 may be the same person as A-1042 (same name, birth date not known); B-1 (same name, birth date not known)",
    ]
    told.clear()
    assert patients.import_files([file], replace=True, found_alike=tell) == 3
    assert told == []


def test_a_file_that_is_refused_tells_of_nobody(patients: Patients, tmp_path: Path) -> None:
    patients.save(a_record(), None)
    bad = [a_body("B-1", patient={"mrn": "B-1", "family_name": "Example", "given_name": "Ada"}), {"format": "other"}]
    with pytest.raises(Refused):
        patients.import_files([a_file(tmp_path, "bad.json", bad)], found_alike=lambda mrn, others: pytest.fail(mrn))
    assert patients.count() == 1


def test_one_number_gives_an_object_and_more_a_list_in_the_order_asked(patients: Patients) -> None:
    patients.import_files(DEMOS)
    assert json.loads(exported(patients, "DEMO-3"))["patient"]["mrn"] == "DEMO-3"
    two = json.loads(exported(patients, "DEMO-5", "DEMO-3", "DEMO-5"))
    assert [one["patient"]["mrn"] for one in two] == ["DEMO-5", "DEMO-3"]


def test_nobody_is_an_empty_list(patients: Patients) -> None:
    assert exported(patients) == b"[]\n"


def test_nothing_is_written_when_one_of_the_numbers_is_unknown(patients: Patients) -> None:
    patients.import_files(DEMOS)
    out = BytesIO()
    with pytest.raises(NotPossible, match="number DEMO-99"):
        patients.export(["DEMO-1", "DEMO-99"], out)
    assert out.getvalue() == b""


def test_a_bad_record_refuses_its_file_whole_and_says_which_it_is(patients: Patients, tmp_path: Path) -> None:
    lab = {"date": "2014-02-17", "analyte": "ALT", "value": -3}
    file = a_file(tmp_path, "ward.json", [a_body("A-1"), a_body("A-2", labs=[lab]), a_body("A-3", lab=[])])
    first, second = faults(patients, file)
    assert first == "records[1].labs[0].value: must not be below 0"
    assert second.startswith("records[2].lab: is not a field of the record format")
    assert patients.count() == 0


def test_the_fault_of_a_record_alone_has_the_path_of_the_format(patients: Patients, tmp_path: Path) -> None:
    lab = {"date": "2014-02-17", "analyte": "ALT", "value": -3}
    assert faults(patients, a_file(tmp_path, "a.json", a_body(labs=[lab]))) == ["labs[0].value: must not be below 0"]


def test_a_good_file_is_stored_though_another_is_refused(patients: Patients, tmp_path: Path) -> None:
    good, bad = a_file(tmp_path, "good.json", a_body("A-1")), a_file(tmp_path, "bad.json", a_body("A-2", x=1))
    (fault,) = faults(patients, bad, good)
    assert fault.startswith("bad.json: x: is not a field of the record format")
    assert [one.mrn for one in patients.find()] == ["A-1"]


def test_two_patients_with_one_number_in_a_file_refuse_it(patients: Patients, tmp_path: Path) -> None:
    file = a_file(tmp_path, "ward.json", [a_body("A-1"), a_body("A-2"), a_body("A-1")])
    expected = ["records[2].patient.mrn: A-1 is already the number of records[0] in this file"]
    assert faults(patients, file) == expected
    assert faults(patients, file, replace=True) == expected
    assert patients.count() == 0


def test_numbers_that_exist_are_refused_all_of_them_unless_replaced(patients: Patients, tmp_path: Path) -> None:
    patients.import_files([a_file(tmp_path, "first.json", [a_body("A-1"), a_body("A-3")])])
    changed = a_body("A-1", notes=[{"date": "2014", "text": "x"}])
    file = a_file(tmp_path, "ward.json", [changed, a_body("A-2"), a_body("A-3")])
    assert faults(patients, file) == [
        "records[0].patient.mrn: A-1 is already the number of another patient",
        "records[2].patient.mrn: A-3 is already the number of another patient",
    ]
    assert patients.count() == 2
    assert patients.import_files([file], replace=True) == 3
    assert patients.open("A-1").record.notes[0].text == "x"
    assert patients.open("A-1").version == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.4\n%\xe2\xe3", "is a PDF, not a patient record in JSON"),
        (b"\0" * 5_000_000, "is not text: it holds zero bytes"),
        (b"Dear colleague,", "is not a patient record in JSON"),
        (b'{"format": "alkpath-record/1", "pat', "is cut short (line 1)"),
    ],
    ids=["empty", "PDF", "zeros", "letter", "cut"],
)
def test_a_file_that_is_no_record_is_refused_in_one_line(
    patients: Patients, tmp_path: Path, content: bytes, says: str
) -> None:
    file = a_file(tmp_path, "x.json", content)
    assert faults(patients, file) == [f"x.json: {says}"]
    with pytest.raises(Refused) as refused:
        patients.read_file(file)
    assert [str(fault) for fault in refused.value.faults] == [f"x.json: {says}"]


def test_a_file_that_breaks_off_is_refused_with_what_was_wrong_before(patients: Patients, tmp_path: Path) -> None:
    broken = json.dumps([a_body("A-1"), a_body("A-2", x=1)])[:-1].encode() + b', {"form'
    first, last = faults(patients, a_file(tmp_path, "x.json", broken))
    assert first.startswith("records[1].x: is not a field of the record format")
    assert last == "x.json: is cut short (line 1)"
    assert patients.count() == 0


def test_a_file_that_cannot_be_read_is_said_with_the_reason(patients: Patients, tmp_path: Path) -> None:
    with pytest.raises(NotPossible, match=r"none\.json cannot be read: no such file"):
        patients.import_files([tmp_path / "none.json"])
    with pytest.raises(NotPossible, match="cannot be read: is a directory"):
        patients.read_file(tmp_path)


def test_a_file_of_several_is_not_one_record(patients: Patients, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        patients.read_file(a_file(tmp_path, "two.json", [a_body("A-1"), a_body("A-2")]))
    assert "holds several records" in str(refused.value.faults[0])
    assert patients.read_file(a_file(tmp_path, "one.json", [a_body("A-1")])).patient.mrn == "A-1"


def test_reading_a_file_stores_nothing(patients: Patients, tmp_path: Path) -> None:
    patients.read_file(DEMOS[0])
    assert not (tmp_path / "patients.sqlite").exists()


def test_progress_is_told_and_a_file_can_be_stopped_half_way(patients: Patients, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    told: list[int] = []
    file = a_file(tmp_path, "ward.json", [a_body(f"A-{number}") for number in range(5)])
    patients.import_files([file, a_file(tmp_path, "more.json", a_body("B-1"))], report=told.append)
    assert told == [1, 2, 3, 4, 5, 6]

    def stop(count: int) -> None:
        if count == 3:
            raise Stopped

    with pytest.raises(Stopped):
        patients.import_files([a_file(tmp_path, "c.json", [a_body(f"C-{n}") for n in range(5)])], report=stop)
    assert patients.count("c-") == 0


def test_a_large_file_is_read_one_record_at_a_time(patients: Patients, tmp_path: Path) -> None:
    notes = [{"date": "2014", "text": "x" * 1000} for _ in range(100)]
    file = tmp_path / "large.json"
    with file.open("wb") as out:
        for number in range(200):
            out.write(b"[" if number == 0 else b",\n")
            out.write(json.dumps(a_body(f"A-{number}", notes=notes)).encode())
        out.write(b"]")
    assert file.stat().st_size > 20_000_000
    tracemalloc.start()
    patients.import_files([file])
    patients.export(None, Nowhere())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


class Nowhere(BytesIO):
    """A file that keeps nothing."""

    def write(self, chunk: Any) -> int:
        return len(chunk)


def test_importing_the_same_again_changes_nothing_but_says_so(patients: Patients) -> None:
    patients.import_files(DEMOS)
    before = [patients.open(one.mrn) for one in patients.find()]
    assert patients.import_files(DEMOS, replace=True) == 7
    assert [patients.open(one.mrn) for one in patients.find()] == before


def test_who_imports_is_in_the_history(patients: Patients) -> None:
    patients.import_files(DEMOS[:1], by="nurse1")
    assert [(one.change, one.by) for one in patients.history("DEMO-1")] == [("created", "nurse1")]


def test_today_is_asked_each_time(store: Store) -> None:
    days = [date(2014, 1, 1), date(2014, 12, 31)]
    patients = Patients(store, lambda: days.pop(0))
    record = a_record(a_note(date="2014-11-01"))
    with pytest.raises(Refused):
        patients.save(record, None)
    assert patients.save(record, None).version == 1
