"""Help in the program: short pages from `resources/help`, and every key from the one list of actions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.paths import RESOURCES
from app.ui.actions import ACTIONS, ADDABLES, plain_text
from app.words import _, later

if TYPE_CHECKING:
    from app.pathway.advice import ProtocolRef

PAGES = (
    ("start", later("Start here")),
    ("record", later("The record and its forms")),
    ("next-step", later("Reading the next step")),
    ("pathway", later("The pathway")),
    ("letter", later("The letter")),
    ("files", later("Files in and out")),
    ("keys", later("Every key")),
    ("hazards", later("What could go wrong")),
    ("architecture", later("How the program is built")),
)


def pages() -> tuple[tuple[str, str], ...]:
    """Return every page by name and title: those above in their order, then whatever else lies beside them."""
    known = tuple((name, _(title)) for name, title in PAGES)
    names = {name for name, _title in PAGES}
    others = sorted(path.stem for path in (RESOURCES / "help").glob("*.md") if path.stem not in names)
    return (*known, *((name, _(title_of(name))) for name in others))


def title_of(name: str) -> str:
    """Return the title a page gives itself in its first line."""
    return page_text(name).partition("\n")[0].lstrip("#").strip() or name


def page_text(name: str) -> str:
    """Return a help page as Markdown; the page of keys is made from the actions themselves."""
    if name == "keys":
        return keys_text()
    return (RESOURCES / "help" / f"{name}.md").read_text(encoding="utf-8")


def keys_text() -> str:
    """Return every action with its key as a Markdown table."""
    lines = [f"# {_('Every key')}", "", f"| {_('Key')} | {_('What it does')} |", "| --- | --- |"]
    lines += [f"| {one.keys} | {plain_text(_(one.text)).rstrip('…')}: {_(one.tip)} |" for one in ACTIONS if one.keys]
    lines += [
        f"| {one.keys} | {_('Add or correct: {what}').format(what=plain_text(_(one.text)))} |"
        for one in ADDABLES
        if one.keys
    ]
    lines += [
        f"| {key} | {words} |"
        for key, words in (
            ("Enter", _("In a form: go to the next field; in the list: open the entry")),
            ("Ctrl+Return", _("In a form: save")),
            ("Esc", _("In a form: close it; what was typed is kept as unfinished")),
            ("Alt+Down", _("In a date: open the calendar")),
            ("← → ↑ ↓", _("In the course or the map: from entry to entry, from lane to lane; Enter opens")),
            ("+ − 0 1 3", _("In the course: closer, further away, all of it, the line that runs, the last 3 months")),
            ("Ctrl+← Ctrl+→", _("In the course: earlier, later; Page Up and Page Down by a whole screen")),
        )
    ]
    return "\n".join(lines)


class HelpWindow(QDialog):
    """A list of pages beside the page; it stays open while you work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setModal(False)
        self.resize(860, 560)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Help pages"))
        self._pages = pages()
        for name, title in self._pages:
            item = QListWidgetItem(title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Help"))
        self.text.anchorClicked.connect(self._follow)
        split = QSplitter()
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setSizes([210, 650])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)
        self.list.currentRowChanged.connect(self._show)

    def show_page(self, name: str) -> None:
        """Open the window at a page."""
        self.list.setCurrentRow(next(row for row, (one, _title) in enumerate(self._pages) if one == name))
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def _show(self, row: int) -> None:
        self.text.setMarkdown(page_text(self._pages[row][0]))
        block = self.text.document().begin()
        while block.isValid():  # Markdown comes without room between its paragraphs
            if not QTextCursor(block).currentTable() and block.text():
                layout = block.blockFormat()
                layout.setBottomMargin(8)
                QTextCursor(block).setBlockFormat(layout)
            block = block.next()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, link: QUrl) -> None:
        name = link.toString().removesuffix(".md")
        if any(name == one for one, _title in self._pages):
            self.show_page(name)


def show_about(parent: QWidget, protocol: "ProtocolRef | None") -> None:
    """Say what the program is, which version, and what it is not."""
    words = [
        f"<b>ALKPath {__version__}</b>",
        _("A patient-pathway tracker for people with ALK-positive non-small cell lung cancer."),
        _("It shows options to professionals, with their reasons. It is not a medical device and for evaluation only."),
    ]
    if protocol is not None:
        words.append(
            _("Protocol: {title}, edition {edition}. Checksum {sum}.").format(
                title=protocol.title, edition=protocol.edition, sum=protocol.sha256[:12]
            )
        )
        words.append(_("Source: {source}").format(source=protocol.source))
    box = QMessageBox(QMessageBox.Icon.NoIcon, _("About ALKPath"), "<br><br>".join(words), parent=parent)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.exec()
