"""How a window is left: its place, its splitters, its columns, its page; found again, also on a smaller screen."""

from typing import TYPE_CHECKING, Any, TypeGuard

from PySide6.QtCore import QDataStream, QRect

from app.ui.actions import needs

if TYPE_CHECKING:  # the window is shown where it was left before its parts are there
    from PySide6.QtWidgets import QHeaderView, QSplitter

    from app.ui.main_window import MainWindow

Parts = dict[str, dict[str, list[int]]]
SMALLEST = (480, 320)


def place_of(window: "MainWindow") -> dict[str, Any]:
    """Return where the window is when it does not fill the screen, and whether it does."""
    place = window.normalGeometry()
    return {"place": [place.x(), place.y(), place.width(), place.height()], "maximized": window.isMaximized()}


def put_in_place(window: "MainWindow", kept: dict[str, Any]) -> bool:
    """Show the window where it was left; return whether that was known. What is off the screens comes back onto one."""
    place = kept.get("place")
    if not _whole_numbers(place) or len(place) != 4 or place[2] < SMALLEST[0] or place[3] < SMALLEST[1]:
        return False
    window.setGeometry(fitted(QRect(*place), [one.availableGeometry() for one in window.screen().virtualSiblings()]))
    if kept.get("maximized") is True:
        window.showMaximized()
    else:
        window.show()
    return True


def fitted(place: QRect, screens: list[QRect]) -> QRect:
    """Return a place as large as there is room, wholly on the screen that held most of it."""
    room = max(screens, key=lambda one: _area(one.intersected(place)))
    size = place.size().boundedTo(room.size())
    x = min(max(place.x(), room.x()), room.x() + room.width() - size.width())
    y = min(max(place.y(), room.y()), room.y() + room.height() - size.height())
    return QRect(x, y, size.width(), size.height())


def parts_of(window: "MainWindow") -> Parts:
    """Return the sizes of every splitter and of every column that can be pulled, by the names of their parts."""
    return {
        "splitters": {one.objectName(): _sizes_of(one) for one in _splitters(window)},
        "columns": {one.objectName(): [one.sectionSize(n) for n in range(one.count())] for one in _headers(window)},
    }


def put_parts(window: "MainWindow", kept: dict[str, Any]) -> None:
    """Give splitters and columns the sizes that were kept; what does not fit what is there now is left alone."""
    from PySide6.QtWidgets import QHeaderView

    splitters, columns = kept.get("splitters"), kept.get("columns")
    for splitter in _splitters(window):
        sizes = splitters.get(splitter.objectName()) if isinstance(splitters, dict) else None
        if _whole_numbers(sizes) and len(sizes) == splitter.count() and sum(sizes) > 0:
            parts = ((splitter.widget(number), size) for number, size in enumerate(sizes))
            if all(
                size for part, size in parts if part is not None and part.isHidden()
            ):  # a form without a width of its own would open as a slit
                splitter.setSizes(sizes)
    for header in _headers(window):
        sizes = columns.get(header.objectName()) if isinstance(columns, dict) else None
        if _whole_numbers(sizes) and len(sizes) == header.count():
            for column, size in enumerate(sizes):
                if header.sectionResizeMode(column) == QHeaderView.ResizeMode.Interactive:
                    header.resizeSection(column, max(size, header.minimumSectionSize()))


def page_of(window: "MainWindow") -> str:
    """Return the page that is shown, "" for one of a patient: a session does not begin with somebody's record."""
    place = window.desktop.place if window.desktop is not None else ""
    return place if place and not needs(place) else ""


def _splitters(window: "MainWindow") -> "list[QSplitter]":
    from PySide6.QtWidgets import QSplitter

    return [one for one in window.findChildren(QSplitter) if one.objectName()]


def _sizes_of(splitter: "QSplitter") -> list[int]:
    """Return the sizes of the parts, also of those that are hidden now: `sizes` gives these as nothing."""
    state = QDataStream(splitter.saveState())
    _mark, _version, count = state.readInt32(), state.readInt32(), state.readInt32()
    return [state.readInt32() for _part in range(count)]


def _headers(window: "MainWindow") -> "list[QHeaderView]":
    from PySide6.QtWidgets import QHeaderView

    return [one for one in window.findChildren(QHeaderView) if one.objectName()]


def _whole_numbers(kept: Any) -> TypeGuard[list[int]]:
    return isinstance(kept, list) and all(type(one) is int and 0 <= abs(one) < 100_000 for one in kept)


def _area(rectangle: QRect) -> int:
    return max(0, rectangle.width()) * max(0, rectangle.height())
