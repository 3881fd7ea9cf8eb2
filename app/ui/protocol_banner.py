"""Which protocol speaks, in the status bar: loudly while it is a historical one."""

from PySide6.QtCore import QObject, Signal

from app.pathway.advice import ProtocolRef
from app.record.reading import NotPossible
from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.work import Work, in_background
from app.words import _


class ProtocolBanner(QObject):
    """Reads the protocol beside the window, so that the first patient opens at once and the banner is there before.

    `not_possible(text)` when the protocol cannot be used.
    """

    not_possible = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def read(self) -> None:
        """Read the protocol and show it."""
        in_background(self._read, self.show, self._failed)

    def show(self, protocol: ProtocolRef) -> None:
        """Show this protocol."""
        words = _("Protocol: {id}, edition {edition}").format(id=protocol.id, edition=protocol.edition)
        historical = _("▲ HISTORICAL: not today’s practice") if protocol.status == "historical" else ""
        self._window.show_protocol(words, historical)

    def _read(self, _work: Work) -> ProtocolRef:
        return self._desk.advising.protocol().ref

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, NotPossible):
            raise error
        self.not_possible.emit(str(error))
