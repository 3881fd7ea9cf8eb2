"""Qt's own dialogs and calendars speak the language of the session."""

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QCalendarWidget, QDialogButtonBox

from app.ui.qt_words import keys_in_words, speak
from app.words import speaking


@pytest.fixture
def application(qapp):
    before = QLocale()
    yield qapp
    QLocale.setDefault(before)


def close_words():
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return buttons.buttons()[0].text().replace("&", "")


def test_a_french_session_has_french_buttons_and_months(application, qtbot):
    with speaking("fr"):
        translator = speak(application)
    assert close_words() == "Annuler"
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    assert calendar.locale().standaloneMonthName(5) == "mai"
    application.removeTranslator(translator)
    assert close_words() == "Cancel"


def test_an_english_session_is_english_whatever_the_system_speaks(application):
    QLocale.setDefault(QLocale("de_DE"))
    speak(application)
    assert QLocale().toString(QDate(2014, 5, 3), QLocale.FormatType.LongFormat) == "Saturday, 3 May 2014"


def test_keys_are_called_as_on_the_keyboards_of_the_language(application):
    keys = ("Ctrl+Shift+I", "Del", "Esc", "Ctrl+Return", "Alt+Down")
    assert [keys_in_words(one) for one in keys] == list(keys)
    with speaking("fr"):
        translator = speak(application)
        spoken = [keys_in_words(one) for one in keys]
    application.removeTranslator(translator)
    assert spoken == ["Ctrl+Maj+I", "Suppr", "Échap", "Ctrl+Entrée", "Alt+Bas"]
