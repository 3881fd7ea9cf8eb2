"""The best overall response, row by row of table 3 of the paper; days count from the start of treatment on day 0."""

from datetime import date, timedelta

import pytest

from app.clinical.confirmation import Seen, best_confirmed, best_overall

START = date(2014, 2, 3)


def seen(text):
    """Return the responses of "56 PR, 84 SD": each a day and a code."""
    return [
        Seen(START + timedelta(days=int(day)), code)
        for day, code in (part.split() for part in text.split(",") if part.strip())
    ]


def confirmed(text, since=START, minimum_stable_days=42, confirmation_days=28):
    return best_confirmed(seen(text), since, minimum_stable_days, confirmation_days)


TABLE_3 = """
    56 CR, 84 CR  : CR
    56 CR, 84 PR  : PR
    56 CR, 84 SD  : SD
    14 CR, 28 SD  : PD
    56 CR, 84 PD  : SD
    14 CR, 28 PD  : PD
    56 CR, 84 NE  : SD
    14 CR, 28 NE  : NE
    56 PR, 84 CR  : PR
    56 PR, 84 PR  : PR
    56 PR, 84 SD  : SD
    56 PR, 84 PD  : SD
    14 PR, 28 PD  : PD
    56 PR, 84 NE  : SD
    14 PR, 28 NE  : NE
    56 NE, 84 NE  : NE
"""


def rows(table):
    return [tuple(part.strip() for part in line.split(":")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("responses", "best"), rows(TABLE_3))
def test_the_best_confirmed_response_follows_table_3_of_the_paper(responses, best):
    assert confirmed(responses) == best


BEYOND_TABLE_3 = """
    56 PR             : SD
    56 CR             : SD
    56 PR, 83 PR      : SD
    56 CR, 83 CR      : SD
    56 PR, 83 PR, 84 PR : PR
    56 PR, 66 CR, 84 CR : PR
    56 PR, 66 CR, 94 CR : CR
    56 CR, 66 CR, 84 CR : CR
    56 PR, 84 NE, 112 PR : PR
    56 PR, 84 SD, 112 PR : PR
    56 PR, 84 SD, 112 CR : PR
    56 PR, 84 PD, 112 PR : SD
    14 PR, 28 PD, 56 PR  : PD
    56 CR, 84 NE, 112 CR : CR
    56 CR, 84 SD, 112 CR : SD
    56 CR, 84 SD, 112 PR : SD
    56 CR, 84 NON_CR_NON_PD, 112 CR : SD
    56 CR, 84 PR, 112 CR : PR
    56 CR, 84 PR, 112 SD : PR
    56 CR, 66 PR, 94 CR  : PR
    56 CR, 66 PR, 80 SD, 94 PR : PR
    14 CR, 20 PR, 28 SD  : NE
    14 CR, 20 PR         : NE
    14 CR, 20 NE, 28 SD  : PD
    14 CR, 20 NON_CR_NON_PD : PD
    14 CR, 50 SD      : SD
    28 SD, 56 PD      : PD
    28 SD             : NE
    28 SD, 41 SD      : NE
    28 SD, 42 SD      : SD
    42 SD, 56 PD      : SD
    42 NON_CR_NON_PD  : NON_CR_NON_PD
    41 NON_CR_NON_PD  : NE
    42 NON_CR_NON_PD, 84 SD : SD
    7 PD              : PD
    7 PD, 56 CR, 84 CR : PD
    7 NE, 14 PD       : PD
    50 NE             : NE
"""


@pytest.mark.parametrize(("responses", "best"), rows(BEYOND_TABLE_3))
def test_what_table_3_leaves_open_is_read_as_the_module_says(responses, best):
    assert confirmed(responses) == best


WITHOUT = """
    14 CR             : CR
    14 PR             : PR
    14 PR, 28 CR, 56 PD : CR
    28 SD, 56 PR, 84 PD : PR
    28 SD, 56 PD      : PD
    28 SD             : NE
    42 SD, 56 PD      : SD
    7 PD, 56 PR       : PD
    7 PD, 56 SD       : PD
    56 NE             : NE
    42 NON_CR_NON_PD, 84 PD : NON_CR_NON_PD
"""


@pytest.mark.parametrize(("responses", "best"), rows(WITHOUT))
def test_without_confirmation_the_best_response_before_progression_counts(responses, best):
    assert best_overall(seen(responses), START, 42) == best


def test_a_line_without_responses_has_no_best_one():
    assert best_overall([], START, 42) is None
    assert confirmed("") is None


def test_the_days_are_those_that_are_set():
    assert confirmed("20 PR, 34 PR", confirmation_days=14) == "PR"
    assert confirmed("20 PR, 34 PR", confirmation_days=15, minimum_stable_days=34) == "SD"
    assert confirmed("20 PR, 34 PR", confirmation_days=15, minimum_stable_days=35) == "NE"
    assert confirmed("0 SD", minimum_stable_days=0) == "SD"


def test_where_nobody_knows_since_when_no_time_is_long_enough():
    assert confirmed("56 SD", since=None) == "NE"
    assert confirmed("56 SD, 84 PD", since=None) == "PD"
    assert confirmed("56 PR, 84 PR", since=None) == "PR"
    assert best_overall(seen("56 SD"), None, 0) == "NE"


def test_a_response_that_is_not_confirmed_is_called_what_it_is_without_target_lesions():
    only_non_target = [Seen(START + timedelta(days=56), "CR", "NON_CR_NON_PD")]
    assert best_confirmed(only_non_target, START, 42, 28) == "NON_CR_NON_PD"
