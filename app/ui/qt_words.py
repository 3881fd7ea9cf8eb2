"""Qt's own words in the language of the session: its dialogs, its calendar, its numbers."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.words import language


def speak(application: QApplication) -> None:
    """Let Qt's dialogs and calendars speak the language of the session, whatever the system speaks."""
    spoken = language()
    QLocale.setDefault(QLocale(QLocale.Language.French if spoken == "fr" else QLocale.Language.English))
    translator = QTranslator(application)
    if spoken != "en" and translator.load(
        f"qtbase_{spoken}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
