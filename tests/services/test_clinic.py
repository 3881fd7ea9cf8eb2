"""The clinic's own settings over the ones that come with the program."""

import pytest
from PIL import Image

from app.record.reading import NotPossible, Refused
from app.services.clinic import Clinic


def written(folder, text):
    (folder / "clinic.yaml").write_text(text, encoding="utf-8")
    return Clinic(folder)


def faults(clinic):
    with pytest.raises(Refused) as refused:
        clinic.settings()
    return [str(fault) for fault in refused.value.faults]


def test_without_a_file_the_letterhead_of_the_program_holds(tmp_path):
    for clinic in (Clinic(None), Clinic(tmp_path), Clinic(tmp_path / "not there")):
        settings = clinic.settings()
        assert settings.name == "Example Hospital"
        assert settings.address == ("1 Example Street", "00000 Exampletown")
        assert settings.accent == "#1F4E79"
        assert dict(settings.parameters) == {}


def test_a_line_of_the_clinics_own_file_replaces_that_line_only(tmp_path):
    settings = written(tmp_path, "name: Szpital św. Łazarza\naddress: [ul. Żeromskiego 5]\n").settings()
    assert settings.name == "Szpital św. Łazarza"
    assert settings.address == ("ul. Żeromskiego 5",)
    assert settings.department == "Thoracic Oncology Clinic"


def test_parameters_hold_only_what_the_clinic_has_set(tmp_path):
    clinic = written(tmp_path, "parameters: {monitoring_schedule: US, baseline_days: 28, young_age: null}\n")
    assert dict(clinic.settings().parameters) == {"monitoring_schedule": "US", "baseline_days": 28}


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(tmp_path):
    clinic = written(tmp_path, "name: Old\n")
    first = clinic.settings()
    assert clinic.settings() is first
    written(tmp_path, "name: Newer\n")
    assert clinic.settings().name == "Newer"
    (tmp_path / "clinic.yaml").unlink()
    assert clinic.settings().name == "Example Hospital"


def test_every_fault_is_named_with_the_file_and_the_setting(tmp_path):
    clinic = written(
        tmp_path,
        "naem: A\nphone: 0123\naccent: blue\nparameters: {baseline_days: -3, monitoring_schedule: UK, other: 1}\n",
    )
    file = tmp_path / "clinic.yaml"
    assert sorted(faults(clinic)) == sorted(
        [
            f"{file}: phone: must be text: put it in quotes",
            f"{file}: naem: is not a setting (is name meant?)",
            f'{file}: accent: is not a colour: write it as "#1F4E79"',
            f"{file}: parameters.baseline_days: must not be below 0",
            f"{file}: parameters.monitoring_schedule: is not one of EU, US",
            f"{file}: parameters.other: is not a setting",
        ]
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name: [unclosed\nphone: x\n", "line 2 is not valid YAML"),
        ("- a list\n", 'must be a list of settings, like "name: Our Hospital"'),
        ("a: &a [x]\nb: *a\n", "is not a plain list of settings"),
        ("[" * 30_000, "is not a plain list of settings"),
        ("name: " + "x" * 70_000, "is larger than a clinic's settings can be"),
        ("name: !!python/object/apply:os.system [ls]\n", "line 1 is not valid YAML"),
    ],
)
def test_a_file_that_is_no_settings_is_refused_in_one_sentence(tmp_path, text, sentence):
    assert faults(written(tmp_path, text)) == [f"{tmp_path / 'clinic.yaml'}: {sentence}"]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "clinic.yaml").write_bytes(b"name: \xff\xfe\n")
    assert faults(Clinic(tmp_path)) == [f"{tmp_path / 'clinic.yaml'}: is not valid YAML"]


def test_a_file_that_cannot_be_read_is_said_so(tmp_path):
    (tmp_path / "clinic.yaml").mkdir()
    with pytest.raises(NotPossible, match=r"clinic\.yaml cannot be read: Is a directory"):
        Clinic(tmp_path).settings()


def test_settings_under_a_file_are_no_settings(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotPossible, match="cannot be read: Not a directory"):
        Clinic(tmp_path / "file").settings()


# Letters


def test_a_clinic_decides_of_each_kind_of_letter_what_is_in_it(tmp_path):
    clinic = written(
        tmp_path,
        "letters: {clinic: {without: [course, sources], advice: false, opening: 'Dear {doctor}'}, plan: null}\n"
        "blocks: {call: 'Call {clinic.phone}.'}\n",
    )
    settings = clinic.settings()
    assert set(settings.letters) == {"clinic"}
    chosen = settings.letters["clinic"]
    assert (chosen.without, chosen.advice, chosen.opening) == (("course", "sources"), False, "Dear {doctor}")
    assert dict(settings.blocks) == {"call": "Call {clinic.phone}."}


def test_an_unknown_placeholder_is_refused_when_the_settings_are_read_with_the_list_of_all(tmp_path):
    clinic = written(
        tmp_path,
        "letters: {mdt: {opening: 'See {patient.weight}'}, patient: {closing: '{block.call} {block.cal}'}}\n"
        "blocks: {call: 'Call {clinic.fone}.'}\n",
    )
    said = faults(clinic)
    file = tmp_path / "clinic.yaml"
    assert [one.split(" is no placeholder")[0] for one in said] == [
        f"{file}: blocks.call: {{clinic.fone}}",
        f"{file}: letters.mdt.opening: {{patient.weight}}",
        f"{file}: letters.patient.closing: {{block.cal}}",
    ]
    assert "{patient.name}" in said[1]
    assert "{block.call}" in said[2]


def test_a_section_that_makes_a_letter_what_it_is_cannot_be_left_out(tmp_path):
    (said,) = faults(written(tmp_path, "letters: {clinic: {without: [diagnosis]}}\n"))
    assert "letters.clinic.without[0]: is not one of course, alk, treatment" in said


def test_a_kind_of_letter_that_there_is_not_is_refused(tmp_path):
    (said,) = faults(written(tmp_path, "letters: {clinik: {advice: false}}\n"))
    assert said.endswith("letters.clinik: is not a setting (is clinic meant?)")


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_is_taken_from_the_folder_of_the_settings(tmp_path, form):
    Image.new("RGB", (40, 20), "navy").save(tmp_path / "logo", form)
    settings = written(tmp_path, "logo: logo\n").settings()
    assert settings.logo == (tmp_path / "logo").read_bytes()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "logo.png cannot be read: No such file or directory"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.png is not a picture in the format PNG or JPEG"),
        (b"", "logo.png is not a picture in the format PNG or JPEG"),
        (b"x" * 5_000_001, "logo.png is larger than 5 MB"),
    ],
)
def test_a_logo_that_is_no_picture_is_refused_by_the_name_of_the_setting(tmp_path, data, sentence):
    if data is not None:
        (tmp_path / "logo.png").write_bytes(data)
    assert faults(written(tmp_path, "logo: logo.png\n")) == [f"{tmp_path / 'clinic.yaml'}: logo: {sentence}"]


def test_half_a_logo_is_refused(tmp_path):
    Image.effect_noise((300, 300), 50).save(tmp_path / "whole.png")
    whole = (tmp_path / "whole.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(whole[: len(whole) // 2])
    assert faults(written(tmp_path, "logo: logo.png\n")) == [
        f"{tmp_path / 'clinic.yaml'}: logo: logo.png is not a whole picture"
    ]


def test_a_changed_logo_is_taken_anew(tmp_path):
    clinic = written(tmp_path, "logo: logo.png\n")
    for width in (40, 60):
        Image.new("RGB", (width, 20), "navy").save(tmp_path / "logo.png")
        assert clinic.settings().logo == (tmp_path / "logo.png").read_bytes()


def test_the_letterhead_that_comes_with_the_program_names_every_setting(tmp_path):
    from dataclasses import fields

    from app.paths import RESOURCES
    from app.services.clinic_file import ClinicFile

    text = (RESOURCES / "letters" / "letterhead.yaml").read_text(encoding="utf-8")
    assert [one.name for one in fields(ClinicFile) if f"{one.name}:" not in text] == []
