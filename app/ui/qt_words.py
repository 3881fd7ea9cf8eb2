"""Qt's own words in the language of the session: its dialogs, its calendar, its numbers."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
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
