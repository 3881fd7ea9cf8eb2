"""The user's folder is where the system has such folders."""

from pathlib import Path

import platformdirs
import pytest

from app.paths import user_folder


@pytest.mark.parametrize("home", ["/home/nurse", "/home/nurse/", "relative", "", None])
@pytest.mark.parametrize("shared", ["/srv/shared", "/srv/my data/", "relative/path", " /srv", "", None])
def test_the_users_folder_is_the_one_that_platformdirs_names(monkeypatch, home, shared):
    for name, value in (("HOME", home), ("XDG_DATA_HOME", shared)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert user_folder() == platformdirs.user_data_path("alkpath", appauthor=False)


def test_a_folder_chosen_for_data_is_used(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/shared")
    assert user_folder() == Path("/srv/shared/alkpath")
