"""The map of the pathway on the screen: where the patient has been, is, and where each option leads."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.figures.pathway_map import MapStage, map_figure
from app.figures.shapes import Stop
from app.pathway.protocol import Protocol
from app.ui.open_record import OpenRecord
from app.ui.palette import SMALL
from app.ui.panels.figure_canvas import measuring, moved
from app.ui.panels.figure_view import FigureView
from app.ui.panels.map_words import MapWords
from app.words import _

LEFT, ABOVE = 8, 4


class MapView(FigureView):
    """The map as of a day; `rules_asked(rules)` when a stage or an option is chosen."""

    rules_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Map of the pathway"), parent)
        self.canvas.chosen.connect(self._choose)
        self.canvas.reached.connect(self._show_stop)
        self._stages: list[MapStage] = []
        self._says = ""

    def show_record(self, opened: OpenRecord, protocol: Protocol | None) -> None:
        """Draw the map of the protocol with this patient's way; without advice there is none."""
        self._stages, self._says = [], _("There is no advice now, and so no map.")
        if opened.advice is not None and protocol is not None:
            words = MapWords(protocol, opened.advice, opened.way())
            self._stages, self._says = words.stages(), words.says()
        self._draw()

    def focus_here(self) -> None:
        """Move the keyboard to the stage where the patient is."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        here = next((number for number, one in enumerate(self._stages) if one.is_here), None)
        stop = next((one for one in self.canvas.figure.stops if one.lane == here), None)
        if stop is not None:
            self.canvas.go_to(stop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the room there is."""
        super().resizeEvent(event)
        self._draw()

    def _choose(self, stop: Stop) -> None:
        self.rules_asked.emit(stop.names)

    def _show_stop(self, stop: Stop) -> None:
        self.ensureVisible(int(stop.x), int((stop.y + stop.y_end) / 2), 0, 40)

    def _draw(self) -> None:
        room = self.viewport()
        if not self._stages or room.width() < 80:
            return
        figure = map_figure(
            self._stages, room.width() - 2 * LEFT, room.height() - 2 * ABOVE, self._says, text_size=SMALL,
            measure=measuring(self),
        )  # fmt: skip
        self.canvas.show_figure(moved(figure, LEFT, ABOVE))
