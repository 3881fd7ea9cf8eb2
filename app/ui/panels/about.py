"""What the program is, which versions it is made of, and what it is not."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from app import __version__
from app.services.notices import versions
from app.words import _

if TYPE_CHECKING:
    from app.pathway.advice import ProtocolRef


def asks_for_licences(parent: QWidget, protocol: "ProtocolRef | None") -> bool:
    """Say what the program is; return whether the licences are asked for."""
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
    words.append(versions())
    words.append(_("MIT licence. Qt and PySide6 are used under the LGPL, version 3; the others are in the list."))
    box = QMessageBox(QMessageBox.Icon.NoIcon, _("About ALKPath"), "<br><br>".join(words), parent=parent)
    licences = box.addButton(_("&Licences"), QMessageBox.ButtonRole.ActionRole)
    close = box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.exec()
    return box.clickedButton() is licences
