"""Colours, sizes and the one style sheet of the window. Colour means something, and never alone."""

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import RESOURCES

# The family is the system's own: in 11 px it reads better than the letters' face, which is narrower and lower.
SMALL, TEXT, LARGE, TITLE = 11, 13, 15, 20  # pixels at 100 %

COLOURS = {
    "window": "#f4f5f6",
    "base": "#ffffff",
    "stripe": "#f9fafb",
    "text": "#1b1f24",
    "quiet": "#535b65",
    "line": "#cdd3d9",
    "accent": "#0a58a6",
    "on accent": "#ffffff",
    "preferred": "#eaf2fb",
    "urgent": "#a8201a",
    "urgent ground": "#fdecea",
    "due": "#7a4b00",
    "due ground": "#fff1cf",
    "historical": "#ffd466",
    "done": "#1c6b37",
}

# What must be readable on what: a test measures each at 4.5 to 1 or more.
READABLE = (
    ("text", "window"), ("text", "base"), ("text", "stripe"), ("text", "preferred"), ("text", "historical"),
    ("quiet", "window"), ("quiet", "base"), ("quiet", "preferred"), ("accent", "base"), ("accent", "window"),
    ("accent", "preferred"), ("on accent", "accent"), ("urgent", "base"), ("urgent", "urgent ground"),
    ("due", "base"), ("due", "due ground"), ("done", "base"), ("accent", "urgent ground"), ("accent", "due ground"),
    ("quiet", "urgent ground"), ("quiet", "due ground"),
)  # fmt: skip

# What shapes of a picture stand for; the series are from the Okabe-Ito set, darkened where words are written in them.
FIGURE = {
    "text": "#1b1f24",
    "faint": "#535b65",
    "grid": "#dde2e6",
    "today": "#0a58a6",
    "test": "#0072b2",
    "rebiopsy": "#a8467f",
    "therapy": "#56b4e9",
    "held": "#e69f00",
    "local": "#00795a",
    "response": "#1b1f24",
    "progression": "#b84a00",
    "sum": "#535b65",
    "event": "#8a5a00",
    "curve": "#33475b",
    "limit": "#9aa4ae",
    "stage": "#535b65",
}


def colour(name: str) -> QColor:
    """Return a colour of the window by what it is for."""
    return QColor(COLOURS[name])


def light_palette() -> QPalette:
    """Return the light palette over Fusion."""
    palette = QPalette()
    role = QPalette.ColorRole
    for one, name in (
        (role.Window, "window"), (role.WindowText, "text"), (role.Base, "base"), (role.AlternateBase, "stripe"),
        (role.Text, "text"), (role.Button, "window"), (role.ButtonText, "text"), (role.Highlight, "accent"),
        (role.HighlightedText, "on accent"), (role.Link, "accent"), (role.LinkVisited, "accent"),
        (role.ToolTipBase, "base"), (role.ToolTipText, "text"), (role.PlaceholderText, "quiet"), (role.Mid, "line"),
        (role.Accent, "accent"),
    ):  # fmt: skip
        palette.setColor(one, colour(name))
    disabled = QPalette.ColorGroup.Disabled
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, one, QColor("#7b838c"))
    return palette


def sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """Return the font in another of the four sizes."""
    font = QFont(font)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def dress(application: QApplication) -> None:
    """Give the whole application its look."""
    application.setStyle("Fusion")
    application.setPalette(light_palette())
    application.setFont(sized(application.font(), TEXT))
    sheet = (RESOURCES / "style" / "alkpath.qss").read_text(encoding="utf-8")
    for name, value in sorted(COLOURS.items(), key=lambda pair: -len(pair[0])):
        sheet = sheet.replace(f"@{name.replace(' ', '-')};", f"{value};")
    application.setStyleSheet(sheet)
