"""Colours in three themes, sizes and the one style sheet of the window. Colour means something, and never alone."""

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import RESOURCES

# The family is the system's own: in 11 px it reads better than the letters' face, which is narrower and lower.
SMALL, TEXT, LARGE, TITLE = 11, 13, 15, 20  # pixels at 100 %

# Light, dark, and for eyes that need it black with the strongest colours there are.
THEMES = ("light", "dark", "contrast")

_COLOURS = {
    "light": {
        "window": "#f4f5f6", "base": "#ffffff", "stripe": "#f9fafb", "text": "#1b1f24", "quiet": "#535b65",
        "disabled": "#697079", "line": "#cdd3d9", "edge": "#848d97", "accent": "#0a58a6", "on accent": "#ffffff",
        "preferred": "#eaf2fb",
        "urgent": "#a8201a", "urgent ground": "#fdecea", "due": "#7a4b00", "due ground": "#fff1cf",
        "historical": "#ffd466", "on historical": "#1b1f24", "done": "#1c6b37", "focus": "#0a58a6",
    },
    "dark": {
        "window": "#20242a", "base": "#171a1f", "stripe": "#1b1f25", "text": "#e6e9ed", "quiet": "#aab2bc",
        "disabled": "#8f98a3", "line": "#424a54", "edge": "#747e8a", "accent": "#74b6f7", "on accent": "#0c1b2b",
        "preferred": "#182c41",
        "urgent": "#ff9d94", "urgent ground": "#3b1816", "due": "#f3c56f", "due ground": "#35290f",
        "historical": "#ffd466", "on historical": "#1b1f24", "done": "#80d49a", "focus": "#ffc861",
    },
    "contrast": {
        "window": "#000000", "base": "#000000", "stripe": "#000000", "text": "#ffffff", "quiet": "#e4e4e4",
        "disabled": "#b8b8b8", "line": "#ffffff", "edge": "#b6b6b6", "accent": "#66d9ff", "on accent": "#000000",
        "preferred": "#000000",
        "urgent": "#ff8f8f", "urgent ground": "#000000", "due": "#ffd84d", "due ground": "#000000",
        "historical": "#ffe14d", "on historical": "#000000", "done": "#66ff8f", "focus": "#ffff00",
    },
}  # fmt: skip

# What must be readable on what: a test measures each at 4.5 to 1 or more in every theme.
READABLE = (
    ("text", "window"), ("text", "base"), ("text", "stripe"), ("text", "preferred"), ("text", "due ground"),
    ("text", "urgent ground"), ("on historical", "historical"), ("disabled", "window"), ("disabled", "base"),
    ("quiet", "window"), ("quiet", "base"), ("quiet", "preferred"), ("accent", "base"), ("accent", "window"),
    ("accent", "preferred"), ("on accent", "accent"), ("urgent", "base"), ("urgent", "window"),
    ("urgent", "urgent ground"), ("due", "base"), ("due", "window"), ("due", "preferred"), ("due", "due ground"),
    ("done", "base"), ("done", "window"), ("done", "preferred"), ("accent", "urgent ground"),
    ("accent", "due ground"), ("quiet", "urgent ground"), ("quiet", "due ground"),
)  # fmt: skip

# What must be seen beside what: 3 to 1.
VISIBLE = (("edge", "base"), ("edge", "window"), ("focus", "base"), ("focus", "window"), ("accent", "base"))

# What shapes of a picture stand for; the series are from the Okabe-Ito set, darker or lighter where words are written
# in them.
_FIGURES = {
    "light": {
        "text": "#1b1f24", "faint": "#535b65", "grid": "#dde2e6", "today": "#0a58a6", "test": "#0072b2",
        "rebiopsy": "#a8467f", "therapy": "#56b4e9", "held": "#e69f00", "local": "#00795a", "response": "#1b1f24",
        "progression": "#b84a00", "sum": "#535b65", "event": "#8a5a00",
            "curve": "#33475b", "limit": "#9aa4ae", "stage": "#535b65",
    },
    "dark": {
        "text": "#e6e9ed", "faint": "#aab2bc", "grid": "#343b44", "today": "#74b6f7", "test": "#56b4e9",
        "rebiopsy": "#cc79a7", "therapy": "#0f86c9", "held": "#e69f00", "local": "#1fb58a", "response": "#e6e9ed",
        "progression": "#f5853f", "sum": "#aab2bc", "event": "#f0e442",
            "curve": "#b9c9da", "limit": "#6d7782", "stage": "#aab2bc",
    },
    "contrast": {
        "text": "#ffffff", "faint": "#e4e4e4", "grid": "#6a6a6a", "today": "#66d9ff", "test": "#56b4e9",
        "rebiopsy": "#f0a3cc", "therapy": "#56b4e9", "held": "#e69f00", "local": "#2fe0a8", "response": "#ffffff",
        "progression": "#ff9a52", "sum": "#e4e4e4", "event": "#f0e442",
            "curve": "#ffffff", "limit": "#b6b6b6", "stage": "#e4e4e4",
    },
}  # fmt: skip

# The colours of the theme that is shown now: looked up by name while drawing, never kept.
COLOURS = dict(_COLOURS["light"])
FIGURE = dict(_FIGURES["light"])


def use_theme(theme: str) -> None:
    """Let `COLOURS` and `FIGURE` hold the colours of a theme."""
    COLOURS.update(_COLOURS[theme])
    FIGURE.update(_FIGURES[theme])


def theme_shown() -> str:
    """Return the theme whose colours are shown now."""
    return next(theme for theme in THEMES if _COLOURS[theme] == COLOURS)


def theme_of_system() -> str:
    """Return the theme that the system asks for."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference().name == "HighContrast":
        return "contrast"
    return "dark" if hints.colorScheme().name == "Dark" else "light"


def shade_of_system(application: QApplication) -> str:
    """Return "dark" or "light" as the system's own colours are; whether it asks for contrast takes 14 ms to ask."""
    return "light" if application.palette().color(QPalette.ColorRole.Window).lightness() >= 128 else "dark"


def colour(name: str) -> QColor:
    """Return a colour of the window by what it is for."""
    return QColor(COLOURS[name])


def palette_of_theme() -> QPalette:
    """Return the palette over Fusion in the colours of the theme."""
    palette = QPalette(colour("window"), colour("window"))  # with what is light and dark beside it
    role = QPalette.ColorRole
    for one, name in (
        (role.Window, "window"), (role.WindowText, "text"), (role.Base, "base"), (role.AlternateBase, "stripe"),
        (role.Text, "text"), (role.Button, "window"), (role.ButtonText, "text"), (role.Highlight, "accent"),
        (role.HighlightedText, "on accent"), (role.Link, "accent"), (role.LinkVisited, "accent"),
        (role.ToolTipBase, "base"), (role.ToolTipText, "text"), (role.PlaceholderText, "quiet"), (role.Mid, "line"),
        (role.Accent, "accent"), (role.BrightText, "urgent"),
    ):  # fmt: skip
        palette.setColor(one, colour(name))
    disabled = QPalette.ColorGroup.Disabled
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, one, colour("disabled"))
    return palette


def palette_of_controls() -> QPalette:
    """Return the palette of what is typed into and pressed: Fusion draws its edge in a darker colour of the window."""
    palette = palette_of_theme()
    palette.setColor(QPalette.ColorRole.Window, colour("edge").lighter(140))
    return palette


def sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """Return the font in another of the four sizes."""
    font = QFont(font)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def dress(application: QApplication, theme: str = "light") -> None:
    """Give the whole application its look in a theme, or in the one the system asks for ("system"), over Fusion."""
    use_theme(theme if theme in THEMES else theme_of_system())
    if application.styleSheet():
        application.setStyleSheet("")  # one sheet in place of another costs Qt four times as much as none in between
    application.setPalette(palette_of_theme())
    for kind in ("QLineEdit", "QComboBox", "QAbstractButton"):
        application.setPalette(palette_of_controls(), kind)  # type: ignore[arg-type]  # text is what it takes
    application.setFont(sized(application.font(), TEXT))
    sheet = (RESOURCES / "style" / "alkpath.qss").read_text(encoding="utf-8")
    for name, value in sorted(COLOURS.items(), key=lambda pair: -len(pair[0])):
        sheet = sheet.replace(f"@{name.replace(' ', '-')};", f"{value};")
    application.setStyleSheet(sheet)
