"""The life of a letter: draft, signed, kept to the byte, superseded, compared with the record of today."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.record.fields import EnteredInError
from app.record.files import json_bytes
from app.record.patient import GeneralPractitioner, Recipient, Team
from app.record.reading import NotPossible, Refused
from app.services.advice import Advising
from app.services.clinic import Clinic
from app.services.letter_archive import LetterArchive, UnsignedLetter
from app.services.letter_codes import square_of
from app.services.letters import Letters
from app.services.patients import Patients
from app.services.people import People, Person
from app.services.recipients import recipients_of
from app.services.worklist import Worklist
from builders import a_diagnosis, a_lab, a_line, a_note, a_patient, a_record, a_specimen, an_assessment
from db.store import Store

DAY = date(2014, 11, 5)
ADA = a_patient(
    address=("2 Low Street", "Town"),
    language="fr-CH",
    gp=GeneralPractitioner(name="Dr Practice", address=("1 High Street",), language="en"),
    recipients=(Recipient(name="Dr Referrer", role="referrer", language="French", address=("3 Mid Street",)),),
    team=Team(nurse="M. Keller", doctor="Dr S. Ahmed"),
)
RECORD = a_record(a_specimen(), a_line(), patient=ADA, diagnosis=a_diagnosis())
WANTED = UnsignedLetter(mrn="A-1042", kind="clinic", language="en", recipient="gp dr practice", day="2014-11-05")


class World:
    """One database with Ada in it, and a doctor and a nurse who work there."""

    def __init__(self, folder: Path) -> None:
        self.moment = "2014-11-05T10:00:00Z"
        self.store = Store(folder / "clinic.sqlite")
        self.store.save(RECORD, None, by="")
        self.people = People(self.store)
        self.nurse = self.people.put(Person(name="M. Keller", role="nurse"))
        self.doctor = self.people.put(Person(name="Dr S. Ahmed", role="doctor"))
        clinic = Clinic(folder)
        self.letters = Letters(clinic, Advising(clinic))
        self.archive = LetterArchive(self.store, self.letters, self.people, lambda: DAY, clock=lambda: self.moment)

    def sign(self, wanted=WANTED, record=RECORD, by=None):
        return self.archive.sign(record, DAY, wanted, by or self.doctor)

    def save(self, record):
        self.store.save(record, self.store.load("A-1042")[1], by="")
        return record


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.store.close()


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_a_draft_says_on_every_page_that_it_is_one_and_has_no_code(world):
    pages = text_of(world.archive.draft(RECORD, DAY, WANTED))
    assert all("DRAFT" in page and "draft, not signed" in " ".join(page.split()) for page in pages)
    assert world.archive.draft(RECORD, DAY, WANTED) == world.archive.draft(RECORD, DAY, WANTED)


def test_a_signed_letter_says_who_signed_when_and_its_code_on_every_page(world):
    letter = world.sign()
    pages = text_of(world.archive.pdf(letter))
    assert all(letter.code in page and "DRAFT" not in page for page in pages)
    assert all("signed by Dr S. Ahmed, 5 November 2014" in " ".join(page.split()) for page in pages)
    assert "signed electronically on 5 November 2014" in " ".join(pages[-1].split())
    assert (letter.signed_by, letter.signed_at) == ("Dr S. Ahmed", "2014-11-05T10:00:00Z")
    assert letter.address == ("Dr Practice", "1 High Street")
    assert (letter.record_version, letter.protocol, letter.protocol_edition) == (1, "duchemann-2015", "2015-03")


def test_what_is_kept_is_the_same_to_the_byte_whatever_happens_to_the_record(world):
    letter = world.sign()
    first = world.archive.pdf(letter)
    world.save(RECORD.with_entry(a_lab("ALT", 180, unit="U/L", date="2014-11-01")))
    again = world.archive.signed("A-1042")[0]
    assert world.archive.pdf(again) == first
    assert world.archive.of_bytes(first) == again
    assert world.archive.of_bytes(first + b"\n") is None


def test_only_a_doctor_of_the_list_signs(world):
    with pytest.raises(NotPossible, match=r"M\. Keller cannot sign"):
        world.sign(by=world.nurse)
    with pytest.raises(NotPossible, match="Dr Nobody cannot sign"):
        world.sign(by=Person(name="Dr Nobody", role="doctor"))
    world.people.put(replace(world.doctor, retired=True))
    with pytest.raises(NotPossible, match="Ahmed cannot sign"):
        world.sign()
    assert world.archive.signed("A-1042") == ()


def test_what_was_looked_at_is_what_is_signed_or_nothing(world):
    world.save(RECORD.with_entry(a_lab("ALT", 180, unit="U/L")))
    with pytest.raises(NotPossible, match="has changed since this letter was looked at"):
        world.sign()
    assert world.archive.signed("A-1042") == ()


def test_a_newer_letter_supersedes_the_older_one_of_its_kind_and_recipient_alone(world):
    first = world.sign()
    other = world.sign(replace(WANTED, recipient="other referrer dr referrer", language="fr"))
    world.moment = "2014-11-06T10:00:00Z"
    second = world.sign()
    found = {one.code: one.superseded_by for one in world.archive.signed("A-1042")}
    assert found == {first.code: second.code, other.code: "", second.code: ""}
    assert second.supersedes == first.code
    assert second.code != first.code


def test_data_that_changed_since_are_told_in_words_those_the_letter_would_say_first(world):
    letter = world.sign()
    assert not world.archive.changes(letter)
    stopped = replace(RECORD.therapy_lines[0], stopped_on="2014-10-20", stop_reason="progression")
    later = a_lab("ALT", 180, unit="U/L", date="2014-11-20")
    now = world.save(RECORD.with_entry(stopped).with_entry(later))
    changes = world.archive.changes(letter)
    assert changes == world.archive.changes(letter, now)
    assert ["line 1" in one.what.casefold() or "crizotinib" in str(one) for one in changes.seen] == [True]
    assert "20 October 2014" in str(changes.seen[0])
    assert [one.done for one in changes.later] == ["entered"]


def test_a_newer_letter_says_what_it_puts_right_of_the_one_before_it_and_nothing_that_only_came_later(world):
    first = world.archive.sign(RECORD, date(2014, 10, 25), WANTED, world.doctor)
    stopped = replace(RECORD.therapy_lines[0], stopped_on="2014-10-20", stop_reason="progression")
    now = world.save(RECORD.with_entry(stopped).with_entry(a_lab("ALT", 180, unit="U/L", date="2014-11-01")))
    text = " ".join(" ".join(text_of(world.archive.pdf(world.sign(record=now)))).split())
    lead = f"CORRECTED. Since our letter of 25 October 2014 ({first.code}), what it said of its day has changed:"
    put_right = text.partition(lead)[2].partition("Diagnosis")[0]
    assert "20 October 2014" in put_right
    assert "ALT" not in put_right
    # The second letter is the one before the next: nothing of its day has changed since.
    assert "CORRECTED" not in " ".join(text_of(world.archive.draft(now, DAY, WANTED)))


def test_what_was_put_right_is_marked_where_it_stands_in_draft_and_signed_letter(world):
    lab = a_lab("ALT", 180, unit="U/L", date="2014-10-20")
    record = world.save(RECORD.with_entry(lab))
    world.sign(record=record)
    now = world.save(record.with_entry(replace(lab, value=Decimal(108))).with_entry(a_lab("AST", 50, id="lab2")))
    drafted = text_of(world.archive.draft(now, DAY, WANTED))
    signed = text_of(world.archive.pdf(world.sign(record=now)))
    for pages in (drafted, signed):
        text = " ".join(" ".join(pages).split())
        assert "ALT 108 U/L [CORRECTED]" in text
        assert text.count("[CORRECTED]") == 1
        assert "180 → 108" in text
    # The next one has nothing to put right.
    assert "[CORRECTED]" not in " ".join(text_of(world.archive.draft(now, DAY, WANTED)))


def test_a_letter_that_puts_something_right_comes_also_where_the_picture_cannot_be_drawn(world, monkeypatch):
    world.sign()
    now = world.save(replace(RECORD, diagnosis=a_diagnosis(stage="IIIB")))
    faults = []
    letters = Letters(Clinic(None), Advising(Clinic(None)), failed=faults.append)
    archive = LetterArchive(world.store, letters, world.people, lambda: DAY, clock=lambda: world.moment)
    monkeypatch.setattr("app.letters.composing.course_figure", lambda *_given, **_more: 1 / 0)
    text = " ".join(" ".join(text_of(archive.draft(now, DAY, WANTED))).split())
    assert "Printed in plain form because the layout failed." in text
    assert "CORRECTED. Since our letter of 5 November 2014" in text
    assert "IIIB [CORRECTED]" in text
    assert [type(one) for one in faults] == [ZeroDivisionError]


@pytest.mark.parametrize("kind", ["clinic", "patient"])
def test_a_letter_comes_also_where_the_one_before_it_cannot_be_read_any_more(world, monkeypatch, kind):
    wanted = replace(WANTED, kind=kind, recipient="patient" if kind == "patient" else WANTED.recipient)
    former = world.sign(wanted)
    monkeypatch.setattr("app.services.letter_archive.LetterArchive._record_of", lambda *_given: unreadable())
    world.moment = "2014-11-06T10:00:00Z"
    text = " ".join(" ".join(text_of(world.archive.pdf(world.sign(wanted)))).split())
    assert f"This letter takes the place of our letter of 5 November 2014 ({former.code})." in text


def unreadable():
    raise NotPossible("The record cannot be compared by this version.")


def test_a_note_that_was_put_right_is_a_correction_where_letters_have_notes(world, tmp_path):
    (tmp_path / "clinic.yaml").write_text("letters: {clinic: {notes: true}}\n", encoding="utf-8")
    record = world.save(RECORD.with_entry(a_note("Seen with her son.")))
    world.sign(record=record)
    now = world.save(record.with_entry(a_note("Seen with her daughter.")))
    text = " ".join(" ".join(text_of(world.archive.draft(now, DAY, WANTED))).split())
    assert "Seen with her daughter. [CORRECTED]" in text
    assert "CORRECTED. Since our letter of 5 November 2014" in text


def test_what_was_marked_in_error_since_is_named_as_put_right(world):
    world.sign()
    wrong = replace(RECORD.therapy_lines[0], entered_in_error=EnteredInError(on="2014-11-05", reason="another patient"))
    now = world.save(RECORD.with_entry(wrong))
    text = " ".join(" ".join(text_of(world.archive.draft(now, DAY, WANTED))).split())
    assert "CORRECTED. Since our letter of 5 November 2014" in text


def test_a_letter_to_somebody_else_puts_nothing_right(world):
    world.sign()
    now = world.save(RECORD.with_entry(replace(RECORD.therapy_lines[0], stopped_on="2014-10-20")))
    other = replace(WANTED, recipient="other referrer dr referrer")
    assert "CORRECTED" not in " ".join(text_of(world.archive.draft(now, DAY, other)))


def test_a_corrected_telephone_or_note_is_no_correction_of_a_letter(world):
    world.sign()
    now = world.save(replace(RECORD, patient=replace(RECORD.patient, phone="1234")).with_entry(a_note()))
    assert "CORRECTED" not in " ".join(text_of(world.archive.draft(now, DAY, WANTED)))


def test_a_patient_is_told_that_something_was_put_right_without_the_words_of_the_record(world):
    wanted = replace(WANTED, kind="patient", recipient="patient")
    world.sign(wanted)
    now = world.save(RECORD.with_entry(replace(RECORD.therapy_lines[0], started_on="2014-02-04")))
    text = " ".join(" ".join(text_of(world.archive.draft(now, DAY, wanted))).split())
    assert "CORRECTED: something in our letter of 5 November 2014 was not right." in text


def test_a_patient_is_told_also_when_the_new_letter_is_of_something_else_by_now(world):
    wanted = replace(WANTED, kind="patient", recipient="patient")
    wrong = an_assessment(50, id="a2", date="2014-09-01", reported_response="PD")
    record = world.save(RECORD.with_entry(an_assessment(30, id="a1", date="2014-02-01")).with_entry(wrong))
    old = world.archive.draft(record, DAY, wanted)
    assert "Some of the cancer had grown" in " ".join(" ".join(text_of(old)).split())
    world.sign(wanted, record)
    # On the day of the old letter already, and entered since: it alone is what a letter of that day would tell.
    right = replace(wrong, reported_response="SD", target_lesions=record.assessments[0].target_lesions)
    newer = an_assessment(30, id="a3", date="2014-11-05", reported_response="SD")
    text = " ".join(text_of(world.archive.draft(world.save(record.with_entry(right).with_entry(newer)), DAY, wanted)))
    assert "had stayed about the same" in " ".join(text.split())
    assert "CORRECTED: something in our letter" in " ".join(text.split())


def test_a_patient_is_not_alarmed_by_what_their_letter_had_not_said(world):
    wanted = replace(WANTED, kind="patient", recipient="patient")
    lab = a_lab("weight", 62, unit="kg", date="2014-10-20")
    record = world.save(RECORD.with_entry(lab))
    world.sign(wanted, record)
    late = a_lab("AST", 30, unit="U/L", upper=40, id="lab2", date="2014-10-21")
    now = world.save(record.with_entry(replace(lab, value=Decimal(63))).with_entry(late))
    assert "CORRECTED" not in " ".join(text_of(world.archive.draft(now, DAY, wanted)))


def test_a_letter_whose_bytes_were_damaged_is_not_given_out(world):
    letter = world.sign()
    with closing(sqlite3.connect(world.store.file)) as raw, raw:
        raw.execute("DROP TRIGGER letter_as_signed")
        raw.execute("UPDATE letter SET pdf = (SELECT record FROM letter)")
    with pytest.raises(NotPossible, match="is damaged in the database"):
        world.archive.pdf(letter)


def test_a_letter_that_waited_is_no_longer_waiting_once_it_is_signed(world):
    waiting = world.archive.put_unsigned(WANTED)
    assert [one.letter for one in world.archive.unsigned(DAY)] == [waiting]
    assert [(one.nurse, one.doctor) for one in world.archive.unsigned(DAY, "A-1042")] == [("M. Keller", "Dr S. Ahmed")]
    world.sign(waiting)
    assert world.archive.unsigned(DAY) == ()
    with pytest.raises(NotPossible, match="signed or put away meanwhile"):
        world.sign(waiting)
    assert len(world.archive.signed("A-1042")) == 1


def test_a_letter_that_waits_no_more_is_not_changed_and_never_said_to_wait(world):
    waiting = world.archive.put_unsigned(WANTED)
    world.sign(waiting)
    with pytest.raises(NotPossible, match="was signed or put away meanwhile"):
        world.archive.put_unsigned(replace(waiting, closing="And well."))
    assert world.archive.unsigned(DAY) == ()


def test_a_letter_that_was_put_away_can_wait_again(world):
    waiting = world.archive.put_unsigned(WANTED)
    world.archive.put_away(waiting, "M. Keller")
    assert world.archive.unsigned(DAY) == ()
    world.archive.take_out(waiting)
    assert [one.letter for one in world.archive.unsigned(DAY)] == [waiting]


def test_a_placeholder_that_there_is_not_is_refused_and_nothing_is_signed(world):
    with pytest.raises(Refused) as refused:
        world.sign(replace(WANTED, opening="{patient.shoe_size}"))
    assert [fault.path for fault in refused.value.faults] == ["opening"]
    assert world.archive.signed("A-1042") == ()


def test_the_clinic_may_want_the_record_in_what_is_archived(world, tmp_path):
    assert "record.json" not in PdfReader(BytesIO(world.archive.pdf(world.sign()))).attachments
    (tmp_path / "clinic.yaml").write_text("attach_record: true\n", encoding="utf-8")
    attached = PdfReader(BytesIO(world.archive.pdf(world.sign()))).attachments["record.json"]
    assert b"A-1042" in attached[0]
    assert attached[0] == json_bytes(RECORD)


def test_each_recipient_has_a_language_and_the_patient_gets_plain_words_alone():
    assert [(one.words, one.language) for one in recipients_of(RECORD, "clinic")] == [
        ("Dr Practice (General practitioner)", "en"), ("Dr S. Ahmed (team)", "en"), ("Dr Referrer (referrer)", "fr"),
    ]  # fmt: skip
    assert [(one.key, one.language) for one in recipients_of(RECORD, "patient")] == [("patient", "fr")]
    assert [one.key for one in recipients_of(RECORD, "plan")] == [""]
    assert [one.name for one in recipients_of(a_record(), "clinic")] == ["To whom it may concern"]


def test_who_else_gets_a_letter_stands_under_it(world):
    to_gp = world.archive.draft(RECORD, DAY, WANTED)
    to_referrer = world.archive.draft(RECORD, DAY, replace(WANTED, recipient="other referrer dr referrer"))
    assert "Dr Referrer (referrer), 3 Mid Street" in " ".join("".join(text_of(to_gp)).split())
    said = " ".join("".join(text_of(to_referrer)).split())
    assert "Dr Practice (General practitioner), 1 High Street" in said
    assert "Dr Referrer (referrer), 3 Mid Street" not in said


def test_names_that_look_like_markup_are_printed_as_they_are(world):
    odd = replace(
        RECORD, patient=replace(ADA, family_name="<b>O'Neil & Sons", gp=GeneralPractitioner(name="<i>Dr & x"))
    )
    world.save(odd)
    letter = world.sign(replace(WANTED, recipient="gp <i>dr & x"), odd)
    said = "".join(text_of(world.archive.pdf(letter)))
    assert "<b>O'Neil & Sons" in said
    assert "<i>Dr & x" in said


def test_a_record_with_nothing_in_it_has_a_letter_too(world):
    empty = world.save(replace(a_record(), patient=a_patient()))
    letter = world.sign(replace(WANTED, recipient="nobody"), empty)
    assert letter.address == ("To whom it may concern",)


def test_the_square_of_a_letter_holds_its_code_and_seal_and_no_patient(world):
    letter = world.sign()
    said = square_of(letter.code, letter.seal)
    assert said == f"ALKPATH:{letter.code}:{letter.seal[:16].upper()}"


def test_a_letter_that_waits_stands_on_the_worklist_of_its_patients_team_from_its_day_until_it_is_signed(world):
    worklist = Worklist(world.store, Advising(Clinic(None)))
    waiting = world.archive.put_unsigned(WANTED)

    def letters_on(day):
        return [one for one in worklist.on(day) if one.kind == "letter_unsigned"]

    (item,) = letters_on(DAY)
    assert (item.mrn, item.urgency, item.nurse, item.doctor) == ("A-1042", "open", "M. Keller", "Dr S. Ahmed")
    assert item.words == "Clinic letter of 5 November 2014 waits for its signature"
    assert item.task.beside == (str(waiting.key),)
    assert letters_on(date(2014, 11, 4)) == []
    assert [one.kind for one in worklist.of_patient("A-1042", DAY)].count("letter_unsigned") == 1
    assert [one.kind for one in worklist.shown(DAY)].count("letter_unsigned") == 1
    world.sign(waiting)
    assert letters_on(DAY) == []


def test_signed_letters_go_with_their_patient_when_two_records_become_one(world):
    twin = replace(RECORD, patient=replace(ADA, mrn="B-7"))
    world.store.save(twin, None, by="")
    letter = world.sign(replace(WANTED, mrn="B-7"), twin)
    merging = Patients(world.store, lambda: DAY).merging
    assert merging.merge(merging.prepare("A-1042", "B-7"), {}) == "A-1042"
    (moved,) = world.archive.signed("A-1042")
    assert (moved.code, moved.sha256) == (letter.code, letter.sha256)
    assert world.archive.of_bytes(world.archive.pdf(moved)) == moved
    world.moment = "2014-11-06T10:00:00Z"
    newer = world.sign(record=world.store.load("A-1042")[0])
    assert world.archive.of_code(letter.code).superseded_by == newer.code


def test_after_a_merging_no_value_is_said_to_have_become_that_of_the_other_record(world):
    world.save(RECORD.with_entry(a_lab("ALT", 66, unit="U/L", date="2014-10-01")))
    absorbed = a_lab("ALT", 180, unit="U/L", date="2014-10-20")
    twin = replace(RECORD, patient=replace(ADA, mrn="B-7")).with_entry(absorbed)
    world.store.save(twin, None, by="")
    letter = world.sign(replace(WANTED, mrn="B-7"), twin)
    merging = Patients(world.store, lambda: DAY).merging
    merging.merge(merging.prepare("A-1042", "B-7"), {})
    world.moment = "2014-11-06T10:00:00Z"
    now = world.store.load("A-1042")[0]
    text = " ".join(" ".join(text_of(world.archive.draft(now, DAY, WANTED))).split())
    assert "– ALT 66 U/L of 1 October 2014: entered" in text
    assert "180 → 66" not in text
    assert "66 U/L, 1 October 2014 [CORRECTED]" not in text
    # What is put right in the merged record is that of its own entry.
    put_right = world.save(now.with_entry(replace(absorbed, id="lab2", value=Decimal(108))))
    text = " ".join(" ".join(text_of(world.archive.draft(put_right, DAY, WANTED))).split())
    assert "– ALT 108 U/L of 20 October 2014: changed (value: 180 → 108)" in text
    assert "ALT 108 U/L [CORRECTED]" in text
    (moved,) = world.archive.signed("A-1042")
    assert moved.code == letter.code
    assert "180 → 66" not in str([str(one) for one in world.archive.changes(moved, put_right).seen])
