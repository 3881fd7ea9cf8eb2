"""The trays of a printer, read from what CUPS prints of it."""

from app.services.trays import trays_in, trays_of

TOLD = """PageSize/Media Size: Letter *A4 A5
InputSlot/Media Source: *Default Upper Manual
Duplex/2-Sided Printing: *None DuplexNoTumble
"""


def test_the_trays_are_named_as_the_printer_names_them():
    assert trays_in(TOLD) == ("Default", "Upper", "Manual")
    assert trays_in("InputSlot: *Auto Tray-1\n") == ("Auto", "Tray-1")


def test_a_printer_with_one_tray_has_none_to_choose():
    assert trays_in("PageSize/Media Size: *A4\n") == ()


def test_without_cups_there_are_none(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert trays_of("Ward 4") == ()


def test_a_command_that_fails_or_hangs_gives_none(monkeypatch, tmp_path):
    fake = tmp_path / "lpoptions"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert trays_of("Ward 4") == ()
