"""What is taken of the window, screen by screen, and how: it is driven by its own actions, like a person would."""

from time import monotonic

BRAIN, READERS, LIVER, RESISTANT = "DEMO-2", "DEMO-4", "DEMO-6", "DEMO-1"
PAUSE = 250  # milliseconds until what was asked for is painted
REPORT = """Collected 2 June 2014
ALT\t212\tU/L\t< 40
AST\t158\tU/L\t< 35
Alkaline phosphatase\t96\tU/L\t30 - 120
Total bilirubin\t14\tumol/L\t< 21
Ferritin\t180\tug/L\t30 - 400
"""


class Photographer:
    """Drives the window by its own actions, and takes what is on the screen."""

    def __init__(self, start, folder):
        """Keep the pictures in `folder`, by the look the window has then."""
        self.start, self.window, self.folder = start, start.window, folder
        self.theme, self.size = "", (0, 0)

    @property
    def desktop(self):
        return self.window.desktop

    @property
    def page(self):
        return self.desktop.patient_page

    def wait(self, until=lambda: True, most=20):
        """Let the window work until something is so, and be painted."""
        from PySide6.QtTest import QTest

        end = monotonic() + most
        while not until():
            assert monotonic() < end
            QTest.qWait(20)
        QTest.qWait(PAUSE)

    def wear(self, theme, size):
        """Show the window in these colours and this size."""
        self.theme, self.size = theme, size
        if theme != self.start.settings.theme:
            self.start.windows.use_theme(theme)
        self.window.setGeometry(0, 0, *size)
        self.wait()

    def do(self, name):
        """Do what an action of the window does."""
        self.window.actions_by_name[name].trigger()
        self.wait()

    def take(self, name):
        """Keep what is on the screen."""
        self.wait()
        path = self.path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = self.window.screen().grabWindow(0, 0, 0, *self.size)
        assert picture.save(str(path))

    def path_of(self, name):
        """Return where a picture is kept."""
        return self.folder / f"{self.theme}-{self.size[0]}" / f"{name}.png"

    def take_dialog(self, name, open_it):
        """Open a dialog, take it over the window, and close it."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication, QDialog, QMenu

        def shown():
            kinds = QDialog | QMenu
            return [one for one in QApplication.topLevelWidgets() if one.isVisible() and isinstance(one, kinds)]

        def look():
            self.wait(shown)
            self.take(name)
            for dialog in shown():
                dialog.close()

        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        QTimer.singleShot(0, look)
        open_it()
        self.wait(lambda: not shown())
        assert self.path_of(name).exists(), f"{name} has not opened"

    def open(self, mrn):
        """Open a demonstration patient on the day on which the course asks a question."""
        from app.services.demonstration import telling_day

        self.desktop.open_patient(mrn)
        self.desktop.opened.look_at(telling_day(mrn))
        self.wait()

    def edit(self, section, number=0):
        """Open the form of an entry."""
        self.page.show_entry(getattr(self.desktop.opened.record, section)[number].id)
        self.wait()

    def leave(self):
        """Close the open form and forget its typing."""
        self.page.pane.discard()
        self.wait()


def empty_screens(at):
    """Before there is any patient."""
    at.do("today_page")
    at.take("01-today-empty")
    at.do("patients_page")
    at.take("02-patients-empty")


def lists(at):
    """The places of all patients."""
    at.do("today_page")
    at.desktop.who.choose(None)
    at.desktop.who.ask()
    at.desktop.who.show_question(True)
    at.take("04-who-sits-here")
    at.desktop.who.choose(at.desktop.desk.people.listed()[-1])
    at.take("05-today")
    at.do("snooze")
    at.take("06-snooze")
    at.window.today_page.aside.close_form()
    at.do("patients_page")
    at.take("07-patients")
    at.do("new_patient")
    pane = at.desktop.new_patient.pane
    for name, text in {"mrn": "A-2001", "family_name": "Brainonly", "given_name": "Clara"}.items():
        pane.form.fields[name].put(text)
        pane.draft.put(name, text)
    at.wait()
    at.take("08-new-patient-known-already")
    pane.discard()


def record(at):
    """One patient: course, responses, map, the reasons; then the letter."""
    at.open(BRAIN)
    at.take("11-record")
    at.do("response")
    at.take("12-response")
    at.do("map")
    at.take("13-map")
    at.do("map")
    at.do("why")
    at.take("14-why")
    at.do("why")
    at.do("decline")
    at.take("15-decision")
    at.page.next_step.bar.close_form()
    at.take_dialog("16-history", lambda: at.window.actions_by_name["record_history"].trigger())
    at.edit("assessments", -1)
    at.take("17-assessment")
    at.leave()
    at.edit("therapy_lines")
    at.take("18-therapy-line")
    at.leave()
    at.do("letter_page")
    at.wait(lambda: at.desktop.letter.page.pdf)
    at.take("19-letter")


def forms(at):
    """Each other form once, filled where the demonstration patients fill it."""
    at.open(READERS)
    at.take("21-record-second-reader")
    at.edit("tests")
    at.take("22-test")
    at.leave()
    for number, section in enumerate(("patient", "diagnosis", "specimens", "local_treatments", "access"), start=23):
        at.do(f"add {section}")
        at.take(f"{number}-{section}")
        at.leave()
    at.open(LIVER)
    at.take("31-record-on-hold")
    at.edit("adverse_events")
    at.take("32-adverse-event")
    at.leave()
    at.do("add labs")
    at.take("33-labs")
    form = at.page.pane.form
    at.take_dialog("34-pasted-report", lambda: form.paste_text(REPORT))
    at.leave()
    at.do("rebiopsy")
    at.take("35-re-biopsy")
    at.leave()
    at.open(RESISTANT)
    at.take("36-record-resistance")


def dialogs(at):
    """What opens over the window."""
    actions = at.window.actions_by_name
    at.take_dialog("41-settings", actions["settings"].trigger)
    at.take_dialog("42-commands", actions["commands"].trigger)
    at.take_dialog("43-help", actions["help"].trigger)
    at.take_dialog("44-about", actions["about"].trigger)
    at.take_dialog("45-people", actions["people"].trigger)
    menu = at.window.menuBar().actions()[2].menu()
    at.take_dialog(
        "46-menu", lambda: menu.popup(at.window.menuBar().mapToGlobal(at.window.menuBar().rect().bottomLeft()))
    )
