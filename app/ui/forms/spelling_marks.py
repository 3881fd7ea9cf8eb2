"""A line under each word that is in no dictionary."""

from PySide6.QtGui import QSyntaxHighlighter, QTextBlock, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit

from app.services.spelling import Spelling
from app.ui.palette import colour


class SpellingMarks(QSyntaxHighlighter):
    """Marks the words of a text in one language; nothing where no dictionary is installed.

    A word that is being typed is marked when it is done: when the hand goes on, leaves, or rests (`settle`).
    """

    def __init__(self, editor: QPlainTextEdit, spelling: Spelling) -> None:
        super().__init__(editor.document())
        self._editor = editor
        self._spelling = spelling
        self._language = ""
        self._resting = False
        self._typed: tuple[QTextBlock, int] | None = None  # where a word is being typed, and its end in the text
        editor.cursorPositionChanged.connect(self._moved)

    def use(self, language: str) -> None:
        """Look the words up in this language from now on."""
        if language != self._language:
            self._language = language
            self.rehighlight()

    def settle(self) -> None:
        """Mark also the word that was being typed."""
        if self._typed is not None:
            (block, _end), self._typed = self._typed, None
            self._resting = True
            self.rehighlightBlock(block)
            self._resting = False

    def highlightBlock(self, text: str) -> None:
        """Mark the words of one line."""
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(colour("urgent"))
        for one in self._spelling.misspelt(text, self._language):
            end = self.currentBlock().position() + one.start + len(one.word)
            if not self._resting and self._editor.hasFocus() and self._editor.textCursor().position() == end:
                self._typed = (self.currentBlock(), end)
            else:
                self.setFormat(one.start, len(one.word), look)

    def _moved(self) -> None:
        if self._typed is not None and self._editor.textCursor().position() != self._typed[1]:
            self.settle()
