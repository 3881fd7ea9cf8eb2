"""Every action once: its words, its key, its tip. Menus, buttons and the help page read them here."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar, QWidget

from app.words import _, later


class Spec(NamedTuple):
    """One action as written down; `where` says which page must be open: "" always, else one by name."""

    name: str
    text: str
    keys: str
    tip: str
    where: str = ""


ACTIONS = (
    Spec("find", later("&Find a patient"), "Ctrl+F", later("Go to the list and type a name or number")),
    Spec("sort_name", later("Sort by n&ame"), "Shift+F3", later("Sort the list; again turns it round"), "list"),
    Spec("sort_number", later("Sort by n&umber"), "Shift+F4", later("Sort the list; again turns it round"), "list"),
    Spec("sort_born", later("Sort by birt&h date"), "Shift+F5", later("Sort the list; again turns it round"), "list"),
    Spec("sort_sex", later("Sort by se&x"), "Shift+F7", later("Sort the list; again turns it round"), "list"),
    Spec("new_patient", later("&New patient…"), "Ctrl+N", later("Begin the record of a patient")),
    Spec("import", later("&Import records…"), "Ctrl+I", later("Store records from files in the open record format")),
    Spec("export", later("&Export this record…"), "Ctrl+E", later("Write this patient's record to a file"), "record"),
    Spec("export_all", later("Export &all records…"), "Shift+F12",
         later("Write the records of all patients to one file")),
    Spec("back_up", later("&Back up the database…"), "Ctrl+Shift+F12",
         later("Write a copy of the whole database to a file, also while others work in it")),
    Spec("demo", later("Load &demonstration patients"), "Ctrl+F1", later("Invented patients to try the program with")),
    Spec("person", later("&Who sits here…"), "Ctrl+U", later("Choose under whose name things are entered and decided")),
    Spec("people", later("&People of the clinic…"), "Ctrl+Shift+U", later("Add, rename and retire who may be chosen")),
    Spec("quit", later("&Quit"), "Ctrl+Q", later("Close the program; unfinished typing is kept")),
    Spec("undo", later("&Undo"), "Ctrl+Z", later("Put the record back as it was before the last change"), "record"),
    Spec("redo", later("&Redo"), "Ctrl+Shift+Z", later("Make the last undone change again"), "record"),
    Spec("edit", later("&Edit entry…"), "F2", later("Correct the chosen entry; Enter does the same"), "record"),
    Spec("edit_in_row", later("Edit in the ro&w"), "Shift+F2",
         later("Change a date, an ECOG, a value, a result or a short note where it stands"), "record"),
    Spec(
        "in_error", later("Entered in err&or…"), "Del",
        later("Mark the chosen entry as wrong, with a reason; nothing is erased"), "record",
    ),
    Spec("history", later("&History of the entry…"), "Ctrl+H",
         later("What the chosen entry was before, who changed it and when"), "record"),
    Spec("record_history", later("History of the whole re&cord…"), "Ctrl+Alt+H",
         later("Every change of this record: who, when, and what it was before"), "record"),
    Spec(
        "rebiopsy", later("Re-&biopsy for this progression…"), "Ctrl+Shift+B",
        later("A new specimen, linked to the progression that led to it"), "record",
    ),
    Spec("change_dose", later("C&hange a dose…"), "Ctrl+Shift+H", later("A dose change in the running or chosen line"),
         "record"),
    Spec("stop_line", later("Stop a l&ine…"), "Ctrl+Shift+K", later("The end of the running or chosen line"), "record"),
    Spec("merge", later("&Merge with another record of this person…"), "Ctrl+Shift+F10",
         later("Make one record of two, after a look at both side by side")),
    Spec("unmerge", later("Ta&ke a merging back…"), "Ctrl+Alt+F10",
         later("Make two records of one again, as they were before"), "record"),
    Spec("today_page", later("&Today"), "Ctrl+1", later("What is urgent, due, awaited and undecided")),
    Spec("patients_page", later("&Patients"), "Ctrl+2", later("The list of patients")),
    Spec("record_page", later("&Record"), "Ctrl+3", later("The open patient's record"), "record"),
    Spec("letter_page", later("&Letter"), "Ctrl+4", later("A letter as it will be printed; those there are"), "record"),
    Spec("as_of", later("Look at another &day…"), "Ctrl+D", later("See record and next step as of a day"), "record"),
    Spec("back_to_today", later("&Back to today"), "Ctrl+T", later("See record and next step as of today"), "record"),
    Spec("next_step", later("Go to the &next step"), "F6", later("Move the keyboard to the next step"), "record"),
    Spec("entries", later("Go to the &entries"), "F7", later("Move the keyboard to the list of entries"), "record"),
    Spec("response", later("Respon&se or course"), "Ctrl+R", later("Computed beside reported; and back"), "record"),
    Spec("course", later("Go to the &course"), "F11", later("Move the keyboard to the picture"), "record"),
    Spec("map", later("Path&way map or course"), "Ctrl+Alt+M",
         later("The stages of the protocol, where the patient is and where each option leads; and back"), "record"),
    Spec("why", later("&Why, and what if"), "Ctrl+Y",
         later("What the next step rests on, what nearly applied and what would change it; and back"), "record"),
    Spec("decide", later("&Choose an option"), "F9", later("Move the keyboard to the option to decide on"), "record"),
    Spec("accept", later("&Accept the option"), "Ctrl+F9",
         later("Store that the chosen option is accepted; what stops a drug asks for its button"), "record"),
    Spec("modify", later("&Modify the option…"), "Shift+F9", later("Store what was chosen instead"), "record"),
    Spec("decline", later("&Decline the option…"), "Ctrl+Shift+F9", later("Store that it was declined, and why"),
         "record"),
    Spec("form", later("Go to the open for&m"), "F8", later("Move the keyboard to the form that is open"), "record"),
    Spec("save_letter", later("&Save letter as PDF…"), "Ctrl+S", later("Write the letter to a file"), "record"),
    Spec("print_letter", later("&Print letter…"), "Ctrl+P", later("Print the letter on paper"), "record"),
    Spec("sign_letter", later("Si&gn letter…"), "Ctrl+G",
         later("Sign what is shown in a doctor’s name; it is kept for good"), "letter"),
    Spec("keep_unsigned", later("&Keep for signing"), "Ctrl+B",
         later("Keep the choices; the letter waits here and on Today for its signature"), "letter"),
    Spec("put_away_letter", later("Put &away what waits"), "Ctrl+Alt+A",
         later("The letter that is shown waits for a signature no more"), "letter"),
    Spec("new_letter", later("&New letter"), "Ctrl+J", later("A new draft from the record as it is now"), "letter"),
    Spec("letter_choices", later("Go to the &choices"), "Ctrl+L",
         later("Kind, recipient, language and words of the letter"), "letter"),
    Spec("letter_list", later("Go to the list of l&etters"), "Ctrl+Alt+L",
         later("The letters of this patient, signed and waiting; Enter opens one"), "letter"),
    Spec("letter_changes", later("What has c&hanged since…"), "Ctrl+Alt+C",
         later("What is otherwise in the record now than in the signed letter"), "letter"),
    Spec("envelope", later("En&velope or label…"), "Ctrl+Alt+E",
         later("The address of this letter on an envelope, or on a sheet of labels"), "letter"),
    Spec("letterhead", later("Letterhea&d…"), "Ctrl+Alt+P",
         later("How letters look with your clinic’s own file; write it, open it, look at it again")),
    Spec("sign_all", later("Sign a&ll that wait…"), "Ctrl+Alt+G",
         later("Every patient’s letters that wait: looked at, signed and printed together")),
    Spec("check_letter", later("Check a le&tter…"), "Ctrl+Alt+K",
         later("Whether a paper or a file was signed here, by its code, square or bytes")),
    Spec("open_item", later("&Open"), "Ctrl+O", later("Go to where it is answered in the record; Enter too"), "today"),
    Spec("done", later("Mark as &done…"), "F3", later("What the record cannot know, with a word why"), "today"),
    Spec("snooze", later("&Snooze…"), "F4", later("Put the line aside until a day, with a word why"), "today"),
    Spec("put_back", later("&Put back on the list"), "Shift+F6", later("A line that is snoozed or done"), "today"),
    Spec("mine", later("Only &my patients"), "Ctrl+M", later("Those of who sits here; and everybody’s again"), "today"),
    Spec("bring_up_to_date", later("&Bring up to date"), "F5", later("Look again at every record that has changed"),
         "today"),
    Spec("zoom_in", later("Zoom &in"), "Ctrl++", later("Make the page larger"), "letter"),
    Spec("zoom_out", later("Zoom &out"), "Ctrl+-", later("Make the page smaller"), "letter"),
    Spec("zoom_fit", later("&Fit the width"), "Ctrl+0", later("Make the page as wide as the window"), "letter"),
    Spec("help", later("&Help"), "F1", later("What is where, and every key")),
    Spec("commands", later("T&ype what to do…"), "Ctrl+K",
         later("Every action by a few letters, with its key; patients by name or number")),
    Spec("settings", later("&Settings…"), "Ctrl+,", later("Language, colours and size")),
    Spec("next_theme", later("Change the &colours"), "F12", later("Light, dark, high contrast, and round again")),
    Spec("new_window", later("&New window"), "Ctrl+F11", later("A second window, for a second screen")),
    Spec("reset_layout", later("&Reset the layout"), "Shift+F11",
         later("Put window, panels and columns back as they were at first")),
    Spec("about", later("&About ALKPath"), "Shift+F1", later("Versions, licences, purpose and limits of this program")),
)  # fmt: skip


class Addable(NamedTuple):
    """A kind of entry that can be added: its list in the record, what it is called, its key.

    `patient` and `diagnosis` are not lists: the record has one of each, and it is edited.
    """

    section: str
    text: str
    keys: str = ""


ADDABLES = (
    Addable("tests", later("&Test"), "Ctrl+Shift+T"),
    Addable("specimens", later("&Specimen"), "Ctrl+Shift+S"),
    Addable("therapy_lines", later("Therapy &line"), "Ctrl+Shift+L"),
    Addable("assessments", later("&Assessment"), "Ctrl+Shift+A"),
    Addable("local_treatments", later("L&ocal treatment"), "Ctrl+Shift+O"),
    Addable("status", later("&Performance status"), "Ctrl+Shift+P"),
    Addable("conditions", later("&Condition"), "Ctrl+Shift+C"),
    Addable("examinations", later("E&xamination"), "Ctrl+Shift+X"),
    Addable("labs", later("Laboratory &values"), "Ctrl+Shift+V"),
    Addable("adverse_events", later("A&dverse event"), "Ctrl+Shift+D"),
    Addable("access", later("Access to a dru&g"), "Ctrl+Shift+G"),
    Addable("trials", later("T&rial"), "Ctrl+Shift+R"),
    Addable("medicines", later("Other &medicine"), "Ctrl+Shift+M"),
    Addable("notes", later("&Note"), "Ctrl+Shift+N"),
    Addable("staging", later("Lat&er staging"), "Ctrl+Shift+J"),
    Addable("diagnosis", later("D&iagnosis and staging"), "Ctrl+Shift+I"),
    Addable("patient", later("Patient’s &details"), "Ctrl+Shift+E"),
)

_SEPARATOR = "-"
_ADD = tuple(f"add {one.section}" for one in ADDABLES if one.section not in ("diagnosis", "patient"))
MENUS = (
    (later("&File"), ("new_patient", _SEPARATOR, "import", "export", "export_all", _SEPARATOR,
                      "back_up", _SEPARATOR, "demo", _SEPARATOR, "person", "people", _SEPARATOR, "quit")),
    (later("&Edit"), ("undo", "redo", _SEPARATOR, "add patient", "add diagnosis", _SEPARATOR,
                      "edit", "edit_in_row", "in_error", _SEPARATOR, "history", "record_history", _SEPARATOR,
                      "merge", "unmerge")),
    (later("&Add"), (*_ADD, _SEPARATOR, "rebiopsy", "change_dose", "stop_line")),
    (later("&Go"), ("find", "commands", _SEPARATOR, "today_page", "patients_page", "record_page", "letter_page",
                    _SEPARATOR, "entries", "next_step", "form", "course", "response", "map", _SEPARATOR, "as_of",
                    "back_to_today", _SEPARATOR, "sort_name", "sort_number", "sort_born", "sort_sex")),
    (later("&Today"), ("open_item", _SEPARATOR, "done", "snooze", "put_back", _SEPARATOR, "mine", "bring_up_to_date")),
    (later("&Decide"), ("why", _SEPARATOR, "decide", "accept", "modify", "decline")),
    (later("&Letter"), ("letter_choices", "new_letter", "sign_letter", "keep_unsigned", "put_away_letter", _SEPARATOR,
                        "letter_list", "letter_changes", _SEPARATOR, "save_letter", "print_letter", "envelope",
                        _SEPARATOR, "sign_all", "check_letter", "letterhead", _SEPARATOR,
                        "zoom_in", "zoom_out", "zoom_fit")),
    (later("&View"), ("settings", "next_theme", _SEPARATOR, "new_window", "reset_layout")),
    (later("&Help"), ("help", "about")),
)  # fmt: skip


def plain_text(text: str) -> str:
    """Return the words of an action without the mark of its access key."""
    return text.replace("&", "")


def build_actions(parent: QWidget) -> dict[str, QAction]:
    """Return every action by name, each with words and tip; `give_keys` gives them their keys."""
    made = {}
    for spec in ACTIONS:
        action = QAction(_(spec.text), parent)
        action.setStatusTip(_(spec.tip))
        action.setToolTip(_(spec.tip))
        action.setEnabled(not spec.where)
        made[spec.name] = action
    for one in ADDABLES:
        is_part = one.section in ("diagnosis", "patient")
        action = QAction(_(one.text) + ("…" if is_part else ""), parent)
        words = plain_text(_(one.text))
        tip = _("Correct: {what}") if is_part else _("Add to this record: {what}")
        action.setStatusTip(tip.format(what=words))
        action.setData(one.section)
        action.setEnabled(False)
        made[f"add {one.section}"] = action
    return made


def give_keys(actions: Mapping[str, QAction]) -> None:
    """Give every action its key: after the first paint, since the first key costs Qt for Python 30 ms of its own."""
    from app.ui.qt_words import keys_in_words

    for spec in ACTIONS:
        actions[spec.name].setShortcut(spec.keys)
        if spec.keys:
            actions[spec.name].setToolTip(f"{_(spec.tip)} ({keys_in_words(spec.keys)})")
    for one in ADDABLES:
        actions[f"add {one.section}"].setShortcut(one.keys)


def needs(name: str) -> str:
    """Return what an action waits for: "" nothing, "record" a patient, "today", "list" and "letter" their page."""
    if name.startswith("add "):
        return "record"
    return next(spec.where for spec in ACTIONS if spec.name == name)


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
    """Put the actions into their menus."""
    for title, names in MENUS:
        menu = bar.addMenu(_(title))
        menu.setToolTipsVisible(True)
        for name in names:
            if name == _SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(actions[name])
