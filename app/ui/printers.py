"""The printers of this computer: what each can do, what was chosen last, and one made ready for a letter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QMarginsF, QSizeF, QSysInfo
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintEngine, QPrinter, QPrinterInfo

from app.record.reading import NotPossible
from app.services.trays import SLOT, trays_of
from app.ui.settings import Settings
from app.words import _

# Of Qt's own for CUPS, which it gives no name to outside: names and values by turns, sent with the job as they are.
CUPS_OPTIONS = QPrintEngine.PrintEnginePropertyKey(0xFE00)
NOT_SCALED = ("print-scaling", "none")  # an address stays where the window of its envelope is


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintChoices:
    """How something is printed. `tray` is empty where the printer decides."""

    printer: str = ""
    both_sides: bool = False
    tray: str = ""
    grey: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a printer can do. `edges` are what it leaves blank of a sheet, in points."""

    both_sides: bool
    colours: bool
    usual: QPageSize
    papers: tuple[QPageSize, ...]
    edges: QMarginsF
    is_stopped: bool = False

    def has(self, paper: QPageSize) -> bool:
        """Return whether it knows this paper."""
        return any(one.isEquivalentTo(paper) for one in self.papers)


class Printers:
    """The printers there are now: each is asked anew, since one may be switched off or taken away meanwhile."""

    def names(self) -> tuple[str, ...]:
        """Return the names of all."""
        return tuple(QPrinterInfo.availablePrinterNames())

    def usual(self) -> str:
        """Return the name of the one that this computer prints on, or ""."""
        return QPrinterInfo.defaultPrinterName()

    def trays(self, name: str) -> tuple[str, ...]:
        """Return the trays of a printer; this may take a while."""
        return trays_of(name)

    def abilities(self, name: str, paper: QPageSize) -> Abilities:
        """Return what a printer can do, its blank edges on this paper."""
        told = self._told(name)
        printer = QPrinter(told, QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(paper)
        layout = printer.pageLayout()
        layout.setUnits(QPageLayout.Unit.Point)
        duplex = QPrinter.DuplexMode
        return Abilities(
            both_sides=any(one != duplex.DuplexNone for one in told.supportedDuplexModes()),
            colours=QPrinter.ColorMode.Color in told.supportedColorModes(), usual=told.defaultPageSize(),
            papers=tuple(told.supportedPageSizes()), edges=layout.minimumMargins(),
            is_stopped=told.state() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error),
        )  # fmt: skip

    def opened(self, name: str) -> QPrinter:
        """Return a printer to print on; raises `NotPossible` when there is none of this name."""
        return QPrinter(self._told(name), QPrinter.PrinterMode.HighResolution)

    def _told(self, name: str) -> QPrinterInfo:
        told = QPrinterInfo.printerInfo(name)
        if told.isNull():
            raise NotPossible(gone(name))
        return told


def gone(name: str) -> str:
    """Return what is said of a printer that is not there."""
    return _("The printer {name} cannot be reached: nothing was printed. Choose another one, or look "
             "whether it is switched on.").format(name=name)  # fmt: skip


def paper_of(document: QPdfDocument) -> QPageSize:
    """Return the paper that the first page of a document is made for, upright."""
    size = document.pagePointSize(0)
    upright = QSizeF(min(size.toTuple()), max(size.toTuple()))
    return QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def paper_in_words(paper: QPageSize) -> str:
    """Return the name of a paper; of one that has none its size."""
    if paper.id() != QPageSize.PageSizeId.Custom:
        return paper.name().partition(" / ")[0].partition(" (")[0]
    wide, high = paper.size(QPageSize.Unit.Millimeter).toTuple()
    return _("{width} × {height} mm").format(width=round(wide), height=round(high))


def prepared(printer: QPrinter, choices: PrintChoices, copies: int = 1) -> QPrinter:
    """Let a printer print as it is chosen."""
    printer.setDocName(_("Letter"))  # never a patient's name: it stands in print queues
    printer.setCopyCount(copies)
    duplex = QPrinter.DuplexMode
    printer.setDuplex(duplex.DuplexAuto if choices.both_sides else duplex.DuplexNone)
    printer.setColorMode(QPrinter.ColorMode.GrayScale if choices.grey else QPrinter.ColorMode.Color)
    options = [*NOT_SCALED, *((SLOT, choices.tray) if choices.tray else ())]
    printer.printEngine().setProperty(CUPS_OPTIONS, options)
    return printer


def kept_choices(settings: Settings, paper: QPageSize, printers: Printers) -> PrintChoices:
    """Return how this paper was printed last at this computer; the usual printer where that one is not there."""
    kept, first, names = _of_here(settings).get(_key(paper), {}), asdict(PrintChoices()), printers.names()
    choices = PrintChoices(**{name: kept[name] for name, one in first.items() if type(kept.get(name)) is type(one)})
    if choices.printer in names:
        return choices
    usual = printers.usual()
    return replace(choices, printer=usual if usual in names else next(iter(names), ""), tray="")


def keep_choices(settings: Settings, paper: QPageSize, choices: PrintChoices) -> None:
    """Remember how this paper is printed at this computer; how many copies is asked each time."""
    here = {**_of_here(settings), _key(paper): asdict(choices)}
    settings.choose(printing={**settings.printing, _this_computer(): here})


def _of_here(settings: Settings) -> Mapping[str, Any]:
    here = settings.printing.get(_this_computer())
    return {name: one for name, one in here.items() if isinstance(one, dict)} if isinstance(here, dict) else {}


def _this_computer() -> str:
    return QSysInfo.machineHostName() or "?"  # the user's folder may go along from desk to desk


def _key(paper: QPageSize) -> str:
    wide, high = paper.size(QPageSize.Unit.Millimeter).toTuple()
    return f"{round(wide)}x{round(high)}"
