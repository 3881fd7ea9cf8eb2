"""Qt's own words in the language of the session: its dialogs, its calendar, its numbers, the names of keys."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from app.words import language

LOCALES = {"en": "en_GB", "fr": "fr_FR"}


def speak(application: QApplication) -> QTranslator:
    """Let Qt's dialogs and calendars speak the language of the session, whatever the system speaks."""
    spoken = language()
    QLocale.setDefault(QLocale(LOCALES[spoken]))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if spoken != "en" and translator.load(f"qtbase_{spoken}", folder):
        application.installTranslator(translator)
    return translator


def keys_in_words(keys: str) -> str:
    """Return a key or a chord as the keyboards of the language have it: of "Ctrl+Shift+I" in French "Ctrl+Maj+I"."""
    if language() == "fr":  # both are Entrée there
        keys = keys.replace("Return", "Enter")
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
