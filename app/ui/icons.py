"""Icons of actions: drawings of Lucide in the colours of the theme, sharp at every size a screen asks for."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import RESOURCES
from app.ui.palette import COLOURS

# Only where a sign is found faster than the words beside it; an action without one is no poorer.
ICONS = {
    "find": "search", "new_patient": "user-plus", "import": "download", "export": "upload", "quit": "log-out",
    "undo": "undo-2", "redo": "redo-2", "edit": "pencil", "in_error": "ban", "patients_page": "users",
    "record_page": "clipboard-list", "letter_page": "file-text", "as_of": "calendar", "today_page": "calendar-check",
    "save_letter": "save", "print_letter": "printer", "zoom_in": "zoom-in", "zoom_out": "zoom-out",
    "zoom_fit": "move-horizontal", "entries": "list", "accept": "check", "modify": "pencil-line", "decline": "x",
    "commands": "arrow-right-left", "settings": "settings", "next_theme": "sun-moon", "new_window": "app-window",
    "help": "circle-help", "about": "info", "add tests": "dna", "add specimens": "microscope",
    "add therapy_lines": "pill", "add assessments": "scan-line", "add labs": "flask-conical",
    "add notes": "sticky-note",
}  # fmt: skip
SIZE = 16  # pixels at 100 %
# Beside words that are chosen in a menu the ground has the accent's colour.
INKS = ((QIcon.Mode.Normal, "text"), (QIcon.Mode.Active, "on accent"), (QIcon.Mode.Disabled, "disabled"))


def icon(name: str) -> QIcon:
    """Return a drawing of `resources/icons` in the colours that are shown now, for every screen there is."""
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, ink in INKS:
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", COLOURS[ink]).encode()))
        for ratio in {one.devicePixelRatio() for one in QGuiApplication.screens()}:
            made.addPixmap(_drawn(renderer, ratio), mode)
    return made


def give_icons(actions: Mapping[str, QAction]) -> None:
    """Give the actions their icons in the colours that are shown now."""
    for action, name in ICONS.items():
        if action in actions:
            actions[action].setIcon(icon(name))


def _drawn(renderer: QSvgRenderer, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(SIZE * ratio), round(SIZE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, SIZE, SIZE))
    painter.end()
    return pixmap
