"""Every page, form and dialog with texts twice as long, on a screen of 1366 by 768: prints what is cut off.

Run with ALKPATH_LANGUAGE=stretch, which counts from the first import on: a process of its own. One JSON line a place.
After the folder the parts may be named that are looked at: pages, forms, letter, dialogs, merged.
"""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from paper import A4, LETTER, PaperPrinters
from PySide6.QtCore import QPoint, QRect, QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from app.record.note import Note
from app.services.demonstration import demonstration_files
from app.services.people import Person
from app.ui.actions import ADDABLES
from app.ui.application import Start
from app.ui.main_window import MainWindow
from app.ui.palette import dress
from app.ui.panels.print_dialog import PrintDialog
from app.ui.panels.unmerge_dialog import UnmergeDialog
from app.ui.settings import Settings
from main import desk

SIZE = (1366, 768)
ROUNDING = 1  # pixels


def until(condition):
    for _time in range(800):
        if condition():
            return
        QTest.qWait(20)
    raise SystemExit("waited in vain")


def seen(window):
    """Yield what stands in a window and is shown."""
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.window() is window and one.width() > 0 and one.height() > 0:
            yield one


def cut_off(window):
    """Yield words for everything in a window that does not show all of its text, or is not in it."""
    for one in seen(window):
        if isinstance(one, QLabel) and one.text():
            yield from of_label(one)
        elif isinstance(one, QAbstractButton) and one.text():
            if one.sizeHint().width() > one.width() + ROUNDING:
                yield f"{name_of(one)}: {one.sizeHint().width()} wide, has {one.width()}"
        elif isinstance(one, QTabBar) and one.tabRect(one.count() - 1).right() > one.width() + ROUNDING:
            yield f"{name_of(one)}: tabs beside each other need {one.tabRect(one.count() - 1).right()}"
        if isinstance(one, QLabel | QAbstractButton | QComboBox) and not is_in(one, window):
            yield f"{name_of(one)}: is outside of what is shown"
    room = window.screen().availableGeometry().size()
    if window.minimumSizeHint().width() > room.width() or window.minimumSizeHint().height() > room.height():
        yield f"the window itself needs {window.minimumSizeHint().toTuple()}"


def of_label(label):
    gives_way = label.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored and label.toolTip()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + ROUNDING:
            yield f"{name_of(label)}: {needed} high, has {label.height()}"
    elif label.sizeHint().width() > label.width() + ROUNDING and not gives_way:
        yield f"{name_of(label)}: {label.sizeHint().width()} wide, has {label.width()}"
    if label.sizeHint().height() > label.height() + ROUNDING and not label.wordWrap():
        yield f"{name_of(label)}: {label.sizeHint().height()} high, has {label.height()}"


def is_in(widget, window):
    """Whether a widget lies within its window; what can be scrolled to does too."""
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            inner = above.widget()
            within = QRect(QPoint(), inner.size()).contains(QRect(widget.mapTo(inner, QPoint()), widget.size()))
            return within and (inner.width() <= above.viewport().width() + ROUNDING or above is window.centralWidget())
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return window.rect().adjusted(-ROUNDING, -ROUNDING, ROUNDING, ROUNDING).contains(place)


def name_of(widget):
    text = widget.text() if hasattr(widget, "text") else widget.accessibleName()
    return f"{type(widget).__name__} “{text[:60]}”"


class Walk:
    """Goes through the program and tells what it sees."""

    def __init__(self, folder):
        self.database = folder / "clinic.sqlite"
        with desk(self.database, None) as services:
            services.patients.import_files(list(demonstration_files()))
        self.window = MainWindow()
        self.start = Start(self.window, lambda: desk(self.database, None), folder)
        ready = []
        self.window.ready.connect(lambda: ready.append(True))
        self.window.resize(self.window.screen().availableSize().boundedTo(QSize(*SIZE)))
        self.window.show()
        until(lambda: ready)
        QTest.qWait(100)

    def look(self, place, window=None):
        QTest.qWait(60)
        found = sorted(set(cut_off(window or self.window)))
        sys.stdout.write(json.dumps({"place": place, "cut off": found}, ensure_ascii=False) + "\n")

    def do(self, name):
        self.window.actions_by_name[name].trigger()

    def pages(self):
        self.do("today_page")
        until(lambda: self.window.today_page.model.rowCount())
        self.look("today")
        self.do("snooze")
        self.look("putting a line aside")
        self.do("patients_page")
        self.look("list")
        self.window.find_page.box.setText("zebra")
        QTest.qWait(150)
        self.look("nobody found")
        self.window.find_page.box.clear()
        self.do("new_patient")
        self.look("new patient")
        self.window.desktop.new_patient.pane.form.fields["mrn"].put("DEMO-2")
        QTest.qWait(400)
        self.look("a known number")
        self.window.desktop.new_patient.pane.discard()
        self.window.desktop.open_patient("DEMO-2")
        self.look("record, today")
        self.window.desktop.opened.look_at(date(2012, 7, 10))
        self.look("record, another day")
        for picture in ("response", "map"):
            self.do(picture)
            self.look(picture)
            self.do(picture)
        self.do("why")
        self.look("why")
        self.do("why")

    def forms(self):
        forms, pane = self.window.desktop.patient_page.forms, self.window.desktop.patient_page.pane
        for one in ADDABLES:
            forms.add(one.section)
            for box in pane.form.boxes.values():
                box.setChecked(True)
            self.look(f"form of {one.section}")
            pane.form.save()
            self.look(f"faults in the form of {one.section}")
            pane.discard()
        for test in ("fish", "ihc", "rt_pcr", "gene", "ngs"):
            forms.add("tests")
            pane.form.fields["method"].put(test)
            self.look(f"form of a test by {test}")
            pane.discard()
        for verdict in ("accepted", "modified", "declined"):
            self.window.desktop.patient_page.next_step.bar.decide(verdict)
            self.look(f"decision: {verdict}")
            self.window.desktop.patient_page.next_step.bar.close_form()

    def letter(self):
        self.desk = self.window.desktop.desk
        for number in range(3):
            name = f"Professor Dr Maximiliane-Alexandra van den Bergh-Hohenlohe {number}"
            self.desk.people.put(Person(name=name, role="doctor"))
        self.do("letter_page")
        page = self.compose()
        self.look("letter")
        page.choices.texts["closing"].put("Words that are typed {nowhere}")
        QTest.qWait(500)
        self.look("letter that cannot be composed yet")
        self.do("new_letter")
        self.compose()
        self.printing(page.pdf)
        self.dialog("envelope", "envelope")
        self.dialog("envelope", "labels", lambda dialog: dialog.form.put("labels"))
        self.dialog("letterhead", "letterhead", lambda _dialog: QTest.qWait(3000))
        self.dialog("sign_letter", "signing")
        self.do("keep_unsigned")
        self.look("letter that waits")
        self.dialog("sign_all", "signing all", lambda dialog: until(lambda: dialog.pages.pdf))
        self.sign()
        self.look("letter that is signed")
        self.dialog("check_letter", "checking", self.check)
        self.dialog("merge", "merging", lambda _dialog: QTest.qWait(300))
        self.do("record_page")

    def compose(self):
        until(lambda: self.window.desktop.letter.page is not None and self.window.desktop.letter.page.pdf)
        return self.window.desktop.letter.page

    def sign(self):
        page = self.window.desktop.letter.page
        self.do("sign_letter")
        QTest.qWait(100)
        self.shown().sign.click()
        until(lambda: page.signed is not None and page.pdf)

    def check(self, dialog):
        dialog.typed.put(self.window.desktop.letter.page.signed.code)
        dialog.look()
        until(lambda: dialog.verdict.text().startswith("✓"))

    def printing(self, pdf):
        for place, printers in (
            ("printing", PaperPrinters("", trays=("Upper",))),
            ("printing on another paper", PaperPrinters("", papers=(LETTER, A4), edges=40.0)),
            ("printing without a printer", PaperPrinters("", names=())),
        ):
            dialog = PrintDialog(pdf, Settings(None), printers=printers, parent=self.window)
            dialog.open()
            self.look(place, dialog)
            dialog.close()

    def merged(self):
        """Merge two records of one person, and look at what is asked before that is taken back."""
        patients = self.window.desktop.desk.patients
        record = patients.open("DEMO-2").record
        patients.save(replace(record, patient=replace(record.patient, mrn="OTHER")), None)
        patients.merging.merge(patients.merging.prepare("OTHER", "DEMO-2"), {})
        opened = patients.open("OTHER")
        patients.save(opened.record.with_entry(Note(id="n99", date="2014-01-05", text="A call.")), opened.version)
        dialog = UnmergeDialog(patients.merging.undoing(patients.merging.into("OTHER")[0]), self.window)
        dialog.open()
        self.look("taking a merging back", dialog)
        dialog.close()

    def shown(self):
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())

    def dialog(self, action, place, do=None):
        """Open a dialog by its action, do something in it, look at it and close it."""
        self.do(action)
        until(lambda: any(isinstance(one, QDialog) and one.isVisible() for one in QApplication.topLevelWidgets()))
        dialog = self.shown()
        if do is not None:
            do(dialog)
        self.look(place, dialog)
        dialog.close()
        QTest.qWait(50)

    def look_at_history(self):
        dialog = QApplication.activeModalWidget()
        self.look("record_history", dialog)
        dialog.close()

    def dialogs(self):
        page = self.window.desktop.patient_page
        for name in ("settings", "commands", "help", "people"):
            self.do(name)
            QTest.qWait(100)
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
            for one in shown:
                if name == "settings":
                    one.language.setCurrentIndex(2)
                self.look(name, one)
                one.close()
        QTimer.singleShot(300, self.look_at_history)  # that one waits to be closed
        self.do("record_history")
        from app.ui.panels.faults import FaultsDialog
        from app.ui.panels.in_error import InErrorDialog
        from app.words import _

        entry = page.opened.record.assessments[-1]
        faults = FaultsDialog(_("Records"), _("This cannot be done now."), ["one"], self.window)
        for name, dialog in (("in error", InErrorDialog(entry, page.opened.record, page)), ("faults", faults)):
            dialog.show()
            self.look(name, dialog)
            dialog.close()


def main():
    """Walk through everything."""
    application = QApplication(sys.argv[:1])
    dress(application)
    walk = Walk(Path(sys.argv[1]))
    for part in sys.argv[2:] or ("pages", "forms", "letter", "dialogs", "merged"):
        if part != "pages" and walk.window.desktop.opened is None:
            walk.window.desktop.open_patient("DEMO-2")
        getattr(walk, part)()
    walk.window.close()
    walk.start.end()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
