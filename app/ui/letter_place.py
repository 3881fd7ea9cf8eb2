"""The page of the letters: made when the first letter is looked at, since the PDF library is not small.

Here are the actions of letters: signing one, keeping one for its signature, finding and checking those there are.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from app.record.reading import NotPossible
from app.services.desk import Desk
from app.ui.drafts import Drafts
from app.ui.letter_signing import LetterSigning
from app.ui.main_window import MainWindow
from app.ui.open_record import OpenRecord
from app.ui.settings import Settings
from app.words import _

if TYPE_CHECKING:
    from app.services.letter_archive import SignedLetter, UnsignedLetter
    from app.ui.pages.letter import LetterPage


class LetterPlace(QObject):
    """Shows the letters of a record in the window. `not_possible(text)` says why something cannot be done.

    `changed(mrn)` when a letter was signed, kept for its signature or put away.
    """

    not_possible = Signal(str)
    changed = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow, drafts: Drafts, go_there: Callable[[], object]) -> None:
        """`go_there` shows the letter of the patient that is open, if one is."""
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._drafts = drafts
        self._go_there = go_there
        self._opened: OpenRecord | None = None
        self._signing = LetterSigning(desk, window)
        self._signing.begun.connect(self._signing_begun)
        self._signing.signed.connect(self._signed)
        self._signing.not_possible.connect(self._not_signed)
        self.settings = Settings(None)  # until it is said which
        self.page: LetterPage | None = None

    def does(self) -> dict[str, Callable[[], object]]:
        """Return what the actions of letters do, by their names."""
        return {
            "save_letter": partial(self._with_letter, "save"), "print_letter": partial(self._with_letter, "print"),
            "zoom_in": partial(self._zoom, 1.25), "zoom_out": partial(self._zoom, 0.8), "zoom_fit": self._fit_width,
            "sign_letter": self.sign, "keep_unsigned": self.keep, "put_away_letter": self.put_away,
            "new_letter": self._begin_anew, "letter_choices": self._go_to_choices, "letter_list": self._go_to_list,
            "letter_changes": self._show_changes, "check_letter": self._check, "sign_all": self._sign_all,
            "envelope": self._envelope, "letterhead": self._letterhead,
        }  # fmt: skip

    def show(self, opened: OpenRecord) -> None:
        """Go to the letters of this record as of the day it is looked at."""
        page = self._made()
        self._opened = opened
        self._window.pages.setCurrentWidget(page)
        page.show_letter(opened.record, opened.as_of)
        page.setFocus()
        self.enable_actions()

    def enable_actions(self) -> None:
        """Let only what applies to the letter that is shown be used."""
        page, actions = self.page, self._window.actions_by_name
        is_here = page is not None and self._window.pages.currentWidget() is page
        is_draft = is_here and page is not None and page.is_draft
        actions["sign_letter"].setEnabled(is_draft and not self._signing.is_busy)
        actions["keep_unsigned"].setEnabled(is_draft)
        waits = is_draft and page is not None and page.choices.letter().key is not None
        actions["put_away_letter"].setEnabled(waits)
        actions["letter_changes"].setEnabled(is_here and page is not None and bool(page.changes))

    def open_waiting(self, key: int) -> None:
        """Show a letter of the open patient that waits for its signature."""
        self._go_there()
        if self._opened is None:
            return
        for one in self._waiting(self._opened.mrn) or ():
            if one.key == key:
                self._made().open_letter(one)

    def resume(self, entry: str) -> None:
        """Go on with what was typed of a letter of the open patient: a new one, or one that waits."""
        self._go_there()
        page, opened = self.page, self._opened
        if not entry or page is None or opened is None or (waiting := self._waiting(opened.mrn)) is None:
            return
        letter = next((one for one in waiting if str(one.key) == entry), None)
        page.open_letter(letter or page.typing.moved(opened.mrn, entry))  # or signed or put away meanwhile

    def sign(self) -> None:
        """Ask who signs, then sign what is shown and keep it."""
        page, opened = self.page, self._opened
        if page is not None and opened is not None and page.signed is None:
            self._signing.ask(opened, page.choices.letter(), page.choices.chosen_recipient)

    def keep(self) -> None:
        """Keep what is chosen, for its signature later."""
        page = self.page
        if page is None or page.signed is not None:
            return
        letter = page.choices.letter()
        by = self._desk.people.by or letter.by
        try:
            kept = self._desk.archive.put_unsigned(replace(letter, day=self._desk.today().isoformat(), by=by))
        except NotPossible as error:
            self.not_possible.emit(str(error))
            self._look_again()
            return
        page.keep_shown(kept)
        self._window.say(_("The letter waits for its signature: it is listed here, and on Today."))
        self.changed.emit(kept.mrn)
        self.enable_actions()

    def put_away(self) -> None:
        """Let the letter that is shown wait for its signature no more."""
        page = self.page
        if page is None or (letter := page.choices.letter()).key is None:
            return
        try:
            self._desk.archive.put_away(letter, self._desk.people.by)
        except NotPossible as error:
            self.not_possible.emit(str(error))
            return
        page.typing.drop(letter)
        page.begin_anew()
        page.refresh_list()
        self._window.say(_("The letter waits for a signature no more."))
        self.changed.emit(letter.mrn)
        self.enable_actions()

    def _signing_begun(self) -> None:
        self._window.say(_("Signing the letter…"))
        self.enable_actions()

    def _signed(self, letter: "SignedLetter", wanted: "UnsignedLetter") -> None:
        words = _("Signed as {code}: it is in the list of the patient’s letters.")
        if (page := self.page) is not None:
            page.typing.signed(wanted)
            is_open = self._opened is not None and self._opened.mrn == letter.mrn
            if is_open and page.show_as_signed(letter, wanted):
                words = _("Signed as {code}. Ctrl+P prints it, Ctrl+S saves it.")
        self._window.say(words.format(code=letter.code))
        self.changed.emit(letter.mrn)
        self.enable_actions()

    def _not_signed(self, words: str) -> None:
        self._look_again()
        self.enable_actions()
        self.not_possible.emit(words)

    def _with_letter(self, do: str) -> None:
        """Go to the letter and do something with it once it is composed."""
        if self.page is None or self._window.pages.currentWidget() is not self.page:
            self._go_there()
        if self.page is not None and self._opened is not None:
            self.page.when_ready(do)

    def _zoom(self, factor: float) -> None:
        if self.page is not None:
            self.page.zoom(factor)

    def _fit_width(self) -> None:
        if self.page is not None:
            self.page.fit_width()

    def _begin_anew(self) -> None:
        if self.page is not None:
            self.page.begin_anew()

    def _go_to_choices(self) -> None:
        if self.page is not None:
            self.page.choices.focus_first()

    def _go_to_list(self) -> None:
        if self.page is not None:
            self.page.list.setFocus()

    def _show_changes(self) -> None:
        from app.ui.panels.changes_dialog import ChangesDialog

        if self.page is not None and self.page.signed is not None:
            _open(ChangesDialog(self.page.signed, self.page.changes, self._window))

    def _envelope(self) -> None:
        from app.ui.panels.posting_dialog import PostingDialog

        page = self.page
        if page is None:
            return
        to = page.choices.chosen_recipient
        lines = page.signed.address if page.signed is not None else (to.name, *to.address) if to.key else ()
        _open(PostingDialog(self._desk.letters.settings(), lines, self.settings, self._window))

    def _letterhead(self) -> None:
        from app.ui.panels.letterhead_dialog import LetterheadDialog

        dialog = LetterheadDialog(self._desk, self._window)
        dialog.finished.connect(self._compose_again)
        _open(dialog)

    def _compose_again(self) -> None:
        """Show a draft as the clinic's letters look now."""
        page, opened = self.page, self._opened
        if page is None or opened is None or page.signed is not None:
            return
        if page.pdf:
            page.show_draft()
        else:  # it could not be composed, nor its choices be offered
            page.show_letter(opened.record, opened.as_of)

    def _sign_all(self) -> None:
        from app.ui.panels.sign_all_dialog import SignAllDialog

        try:
            waiting = self._desk.archive.unsigned(self._desk.today())
        except NotPossible as error:
            self.not_possible.emit(str(error))
            return
        if not waiting:
            self._window.say(_("No letter waits for a signature."))
            return
        dialog = SignAllDialog(self._desk, waiting, self.settings, self._window)
        dialog.changed.connect(self.changed)
        dialog.finished.connect(self._look_again)
        _open(dialog)

    def _look_again(self) -> None:
        """Show what has become of the letters of the open patient; what was typed of one that waits no more goes on."""
        page = self.page
        if page is not None and self._opened is not None:
            page.refresh_list()
            key, waiting = page.choices.letter().key, self._waiting(self._opened.mrn)
            if key is not None and waiting is not None and key not in {one.key for one in waiting}:
                page.open_letter(page.typing.moved(self._opened.mrn, str(key)))

    def _waiting(self, mrn: str) -> "list[UnsignedLetter] | None":
        """Return the letters of a patient that wait for their signature; None, and say why, when that is not known."""
        try:
            return [one.letter for one in self._desk.archive.unsigned(self._desk.today(), mrn)]
        except NotPossible as error:
            self.not_possible.emit(str(error))
            return None

    def _check(self) -> None:
        from app.ui.panels.check_dialog import CheckDialog

        _open(CheckDialog(self._desk, self._window))

    def _made(self) -> "LetterPage":
        if self.page is None:
            from app.ui.pages.letter import LetterPage

            self.page = LetterPage(self._desk, self._window.actions_by_name, self.settings, self._drafts)
            self.page.said.connect(self._window.say)
            self.page.not_possible.connect(self.not_possible)
            self.page.shown.connect(self.enable_actions)
            self._window.pages.addWidget(self.page)
        return self.page


def _open(dialog: QDialog) -> None:
    """Open a dialog that is gone once it is closed."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
