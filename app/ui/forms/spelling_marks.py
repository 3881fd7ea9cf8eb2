"""A line under each word that is in no dictionary."""

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.services.spelling import misspelt
from app.ui.palette import colour


class SpellingMarks(QSyntaxHighlighter):
    """Marks the words of a text in one language; nothing where no dictionary is installed."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._language = ""

    def use(self, language: str) -> None:
        """Look the words up in this language from now on."""
        if language != self._language:
            self._language = language
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Mark the words of one line."""
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(colour("urgent"))
        for one in misspelt(text, self._language):
            self.setFormat(one.start, len(one.word), look)
