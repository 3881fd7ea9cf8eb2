"""Typing that is not saved is kept: in memory, on the disk, over a crash."""

import json

from app.ui.drafts import DraftKey, Drafts

KEY = DraftKey("A-1042", "assessments")


def test_typing_is_on_the_disk_at_the_next_pause_and_there_after_a_crash(qtbot, tmp_path):
    file = tmp_path / "unfinished.json"
    drafts = Drafts(file)
    drafts.keep(KEY, {"date": "28.10.20", "target_lesions": [{"mm": "33,"}]})
    qtbot.waitUntil(file.exists, timeout=3000)
    assert Drafts(file).typed(KEY) == {"date": "28.10.20", "target_lesions": [{"mm": "33,"}]}


def test_the_file_is_the_users_alone_and_goes_when_nothing_is_unfinished(tmp_path):
    file = tmp_path / "folder" / "unfinished.json"
    drafts = Drafts(file)
    drafts.keep(KEY, {"date": "2014"})
    drafts.store()
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    drafts.drop(KEY)
    drafts.store()
    assert not file.exists()


def test_what_is_kept_does_not_change_with_the_hand_that_gave_it(tmp_path):
    drafts = Drafts(None)
    typed = {"target_lesions": [{"mm": "33"}]}
    drafts.keep(KEY, typed)
    typed["target_lesions"][0]["mm"] = "99"
    assert drafts.typed(KEY) == {"target_lesions": [{"mm": "33"}]}


def test_drafts_of_one_patient_are_not_those_of_another():
    drafts = Drafts(None)
    drafts.keep(KEY, {})
    drafts.keep(DraftKey("A-2", "notes", "n1"), {})
    assert drafts.of("A-2") == (DraftKey("A-2", "notes", "n1"),)
    assert drafts.everything() == (KEY, DraftKey("A-2", "notes", "n1"))


def test_unfinished_typing_follows_a_patient_whose_number_is_corrected():
    drafts = Drafts(None)
    drafts.keep(KEY, {"date": "2014"})
    drafts.renumber("A-1042", "A-1024")
    assert drafts.typed(KEY) is None
    assert drafts.typed(DraftKey("A-1024", "assessments")) == {"date": "2014"}


def test_a_damaged_file_costs_the_old_drafts_and_not_the_start(tmp_path):
    file = tmp_path / "unfinished.json"
    for text in ("{", "[1]", '[{"mrn": "A"}]', '"x"'):
        file.write_text(text)
        assert Drafts(file).everything() == ()


def test_a_disk_that_cannot_be_written_leaves_the_typing_in_memory(tmp_path):
    (tmp_path / "file").write_text("")
    drafts = Drafts(tmp_path / "file" / "unfinished.json")
    drafts.keep(KEY, {"date": "2014"})
    drafts.store()
    assert drafts.typed(KEY) == {"date": "2014"}


def test_the_file_holds_plain_typing(tmp_path):
    file = tmp_path / "unfinished.json"
    drafts = Drafts(file)
    drafts.keep(KEY, {"date": "5.11.2014"})
    drafts.store()
    assert json.loads(file.read_bytes()) == [
        {"mrn": "A-1042", "section": "assessments", "entry": "", "typed": {"date": "5.11.2014"}, "base": None}
    ]


def test_what_begins_anew_elsewhere_never_takes_the_place_of_other_typing():
    drafts, old, new = Drafts(None), DraftKey("A-1", "labs", "lab1"), DraftKey("A-1", "labs")
    drafts.keep(new, {"value": "1"})
    drafts.keep(old, {"value": "2"}, {"value": "3"})
    drafts.move(old, new)
    assert (drafts.typed(old), drafts.typed(new)) == ({"value": "2"}, {"value": "1"})
    drafts.drop(new)
    drafts.move(old, new)
    assert (drafts.typed(old), drafts.typed(new), drafts.base(new)) == (None, {"value": "2"}, None)
