"""The lines of an address in one cell of a grid."""

from typing import Any

from app.ui.forms.editors import TextEditor


class LinesCell(TextEditor):
    """Lines parted by " / "; the value is the list of them."""

    def value(self) -> Any:
        """Return the lines; "" when there is none."""
        return [line.strip() for line in self.text().split("/") if line.strip()] or ""

    def put(self, value: Any) -> None:
        """Show lines, parted by " / "."""
        super().put(" / ".join(value) if isinstance(value, list) else value)
