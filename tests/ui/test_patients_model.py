"""The list of patients reads only what is looked at."""

import pytest
from PySide6.QtCore import Qt

from app.record.reading import NotPossible
from app.record.summary import PatientSummary
from app.ui.patients_model import PatientsModel


class Counted:
    """A thousand patients that note which blocks were read."""

    def __init__(self, count=1000):
        self.blocks = []
        self._all = [
            PatientSummary(
                mrn=f"A-{number:04}", family_name=f"Name{number:04}", given_name="Ada", birth_date="1964-05-02",
                sex="female", deceased_on="2014-01-01" if number == 3 else None, changed_at="2014-11-05T10:00:00Z",
            )
            for number in range(count)
        ]  # fmt: skip

    def count(self, text=""):
        return len([one for one in self._all if text in one.family_name])

    def find(self, text="", *, limit=200, offset=0, by="name", backwards=False):
        self.blocks.append(offset)
        found = [one for one in self._all if text in one.family_name]
        if by == "mrn":
            found.sort(key=lambda one: one.mrn, reverse=backwards)
        return tuple(found[offset : offset + limit])


@pytest.fixture
def patients():
    return Counted()


def test_the_model_keeps_the_rules_of_qt(patients, qtmodeltester):
    model = PatientsModel()
    model.show(patients)
    qtmodeltester.check(model)


def test_only_the_block_that_is_looked_at_is_read(patients):
    model = PatientsModel()
    model.show(patients)
    assert model.rowCount() == 1000
    assert patients.blocks == []
    assert model.index(450, 1).data() == "A-0450"
    assert model.index(599, 0).data() == "Name0599, Ada"
    assert patients.blocks == [400]


def test_a_row_says_name_number_born_and_sex(patients):
    model = PatientsModel()
    model.show(patients)
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert headers == ["Name", "Number", "Born", "Sex"]
    assert [model.index(0, column).data() for column in range(4)] == ["Name0000, Ada", "A-0000", "1964-05-02", "female"]
    assert model.index(3, 0).data() == "Name0003, Ada (died)"


def test_a_search_shows_only_who_fits(patients):
    model = PatientsModel()
    model.show(patients)
    model.search("Name012")
    assert model.rowCount() == 10
    assert model.summary(9).mrn == "A-0129"
    assert model.summary(10) is None


def test_another_order_reads_anew_only_what_is_looked_at(patients):
    model = PatientsModel()
    model.show(patients)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert patients.blocks == []
    assert [model.index(row, 1).data() for row in (0, 1)] == ["A-0999", "A-0998"]
    model.search("Name012")
    assert model.index(0, 1).data() == "A-0129"
    patients.blocks.clear()
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 1).data() == "A-0129"
    assert patients.blocks == []


def test_a_database_that_cannot_be_read_gives_an_empty_list_and_says_why(patients):
    model, told = PatientsModel(), []
    model.failed.connect(told.append)
    model.show(patients)

    def locked(text=""):
        raise NotPossible("The database is locked by another program: close it and try again.")

    patients.count = locked
    model.search("")
    assert model.rowCount() == 0
    assert [str(one) for one in told] == ["The database is locked by another program: close it and try again."]


def test_patients_removed_meanwhile_leave_empty_rows_and_no_fault(patients):
    model = PatientsModel()
    model.show(patients)
    patients._all = patients._all[:300]
    assert model.index(450, 0).data() is None
