"""Every icon is used, is there, and is drawn in the theme's colour."""

from PySide6.QtGui import QIcon

from app.paths import RESOURCES
from app.ui.actions import ACTIONS, ADDABLES
from app.ui.icons import ICONS, icon


def test_only_what_is_used_is_shipped_and_all_of_it_is_there():
    assert {path.stem for path in (RESOURCES / "icons").glob("*.svg")} == set(ICONS.values())
    assert set(ICONS) <= {one.name for one in ACTIONS} | {f"add {one.section}" for one in ADDABLES}


def test_no_sign_means_two_things():
    assert len(set(ICONS.values())) == len(ICONS)


def test_a_drawing_has_words_ground_and_disabled_colours(qapp):
    drawn = icon("search")
    images = [drawn.pixmap(16, 16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)]
    assert images[0] != images[1]
    assert any(images[0].pixelColor(x, y).alpha() > 200 for x in range(16) for y in range(16))
