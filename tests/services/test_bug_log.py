"""What is kept of a bug."""

from app.services import bug_log


def a_bug(text):
    try:
        try:
            raise KeyError(text)
        except KeyError:
            raise ValueError(text) from None
    except ValueError as error:
        return error


def test_the_log_names_the_place_and_never_what_the_error_says(tmp_path):
    log = bug_log.note_bug(a_bug("Liver, Grace"), tmp_path / "new")
    assert log == tmp_path / "new" / "faults.log"
    text = log.read_text()
    assert "builtins.ValueError" in text
    assert "test_bug_log.py:" in text
    assert "Grace" not in text


def test_bugs_are_added_until_the_log_is_too_long(tmp_path):
    bug_log.note_bug(a_bug("one"), tmp_path)
    bug_log.note_bug(a_bug("two"), tmp_path)
    log = tmp_path / "faults.log"
    assert log.read_text().count("builtins.ValueError") == 2
    log.write_text("x" * 1_000_001)
    bug_log.note_bug(a_bug("three"), tmp_path)
    assert log.read_text().count("builtins.ValueError") == 1


def test_a_log_that_cannot_be_written_is_not_another_bug(tmp_path):
    (tmp_path / "file").touch()
    assert bug_log.note_bug(a_bug("one"), tmp_path / "file") is None
