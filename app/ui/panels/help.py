"""The help in a window of its own: its pages beside the page, and a box that finds words in all of them."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextBlock, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.ui.panels.help_pages import HelpPages, Hit
from app.words import _, labelled

PAUSE = 150  # milliseconds without a key
HIT = Qt.ItemDataRole.UserRole


def help_by_f1(dialog: QDialog, page: str) -> None:
    """Let F1 open a page of the help over a dialog, which keeps the keys of the window behind it to itself."""
    shortcut = QShortcut(QKeySequence("F1"), dialog)
    shortcut.activated.connect(partial(_show_over, dialog, page))


def _show_over(dialog: QDialog, page: str) -> None:
    shown = dialog.findChild(HelpWindow) or HelpWindow(HelpPages(), dialog)
    shown.show_page(page)


class HelpWindow(QDialog):
    """A list of pages, or of what was found, beside the page; it stays open while you work."""

    def __init__(self, pages: HelpPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setModal(False)
        self.resize(920, 600)
        self._pages = pages
        self._shown = ""
        self.box = QLineEdit()
        self.box.setPlaceholderText(_("Find in the help, the rules, the evidence"))
        self.box.setAccessibleName(_("Find in the help"))
        self.box.setClearButtonEnabled(True)
        self.box.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Help pages"))
        self.list.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Help"))
        self.text.anchorClicked.connect(self._follow)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(2, 2, 0, 0)
        column.addWidget(self.box)
        column.addWidget(self.list, 1)
        split = QSplitter()
        split.setObjectName("help")
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.text)
        split.setSizes([260, 660])
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._find)
        self.box.textChanged.connect(self._typed)
        self.list.currentItemChanged.connect(self._show)
        self._list_pages()

    def show_page(self, name: str) -> None:
        """Open the window at a page."""
        self.box.clear()
        self._list_pages()
        for row in range(self.list.count()):
            if self.list.item(row).data(HIT).page == name:
                self.list.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the box to what was found by the arrow down or Enter."""
        down = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in down:
            if self._pause.isActive():
                self._find()
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._pause.start()

    def _find(self) -> None:
        """List what holds the words that were typed; every page again when there are none."""
        self._pause.stop()
        words = self.box.text().strip()
        if not words:
            self._list_pages()
            return
        self.list.clear()
        for hit in self._pages.find(words):
            self._add(hit, labelled(hit.title, hit.heading) if hit.heading not in ("", hit.title) else hit.title)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self.list.addItem(_("Nothing is found for “{text}”.").format(text=words))
            self.list.item(0).setFlags(Qt.ItemFlag.NoItemFlags)

    def _list_pages(self) -> None:
        if self.list.count() and all(not self.list.item(row).data(HIT).heading for row in range(self.list.count())):
            return
        self.list.clear()
        for name, title in self._pages.titles():
            self._add(Hit(name, title, ""), title)

    def _add(self, hit: Hit, words: str) -> None:
        item = QListWidgetItem(words, self.list)
        item.setData(HIT, hit)

    def _show(self, item: QListWidgetItem | None) -> None:
        hit = item.data(HIT) if item is not None else None
        if not isinstance(hit, Hit):
            return
        if hit.page != self._shown:
            self._shown = hit.page
            self.text.setMarkdown(self._pages.text(hit.page))
            self._space_paragraphs()
        self._go_to(hit.heading)

    def _space_paragraphs(self) -> None:
        """Markdown comes without room between its paragraphs."""
        block = self.text.document().begin()
        while block.isValid():
            if not QTextCursor(block).currentTable() and block.text():
                layout = block.blockFormat()
                layout.setBottomMargin(8)
                QTextCursor(block).setBlockFormat(layout)
            block = block.next()

    def _go_to(self, heading: str) -> None:
        """Put a part of the page at the top."""
        block: QTextBlock = self.text.document().begin()
        while heading and block.isValid() and not (block.blockFormat().headingLevel() and block.text() == heading):
            block = block.next()
        if not block.isValid():
            return
        self.text.setTextCursor(QTextCursor(block))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self.text.cursorRect().top())

    def _follow(self, link: QUrl) -> None:
        name = link.toString().removesuffix(".md")
        if any(name == one for one, _title in self._pages.titles()):
            self.show_page(name)
