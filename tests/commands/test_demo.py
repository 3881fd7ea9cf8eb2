"""`demo`: all demonstration patients, without a screen and without touching the user's database."""

from datetime import date

from app.services.demonstration import demonstration_files, telling_day


def test_each_demonstration_patient_is_printed_with_the_next_step_and_has_a_letter(terminal):
    out = terminal.home / "letters"
    said = terminal.type("demo", "--out", out)
    assert (said.code, said.err) == (0, "")
    assert said.out.count("NEXT STEP") == 7
    assert said.out.rstrip().endswith(f"7 letters are in {out}")
    assert "Keep crizotinib and treat the brain lesions locally" in said.out
    letters = sorted(out.iterdir())
    assert [letter.name for letter in letters] == [f"demo-{number}.pdf" for number in range(1, 8)]
    assert all(letter.read_bytes().startswith(b"%PDF-") for letter in letters)


def test_the_users_own_database_and_settings_are_not_touched(terminal):
    (terminal.home / "user").mkdir()
    terminal.file("user/clinic.yaml", "this is not: [a settings file")
    terminal.file("user/alkpath.sqlite", b"not a database")
    assert terminal.type("demo", "--out", terminal.home / "letters").code == 0
    assert terminal.database.read_bytes() == b"not a database"


def test_a_folder_that_cannot_be_made_is_one_line(terminal):
    file = terminal.file("file", "")
    said = terminal.type("demo", "--out", file / "letters")
    assert (said.code, said.out) == (1, "")
    assert said.faults == [f"The folder {file / 'letters'} cannot be made: Not a directory"]


def test_each_demonstration_patient_has_its_day():
    days = [telling_day(file.stem.upper()) for file in demonstration_files()]
    assert len(days) == 7
    assert days[1] == date(2012, 7, 10)
    assert None not in days
