from decimal import Decimal

import pytest

from app.clinical.recist_rules import (
    is_partial_response,
    is_target_progression,
    non_target_response,
    overall_response,
)


@pytest.mark.parametrize(
    ("nadir", "total", "progression"),
    [
        ("50", "60", True),
        ("50", "59.9", False),
        ("20", "24.9", False),
        ("20", "25", True),
        ("25", "30", True),
        ("25", "29.999999999999", False),
        ("0", "5", True),
        ("0", "4.9", False),
        ("33.3", "39.96", True),
        ("33.3", "39.95", False),
    ],
)
def test_target_progression_needs_a_fifth_and_five_millimetres_above_the_nadir(nadir, total, progression):
    assert is_target_progression(Decimal(total), Decimal(nadir)) is progression


@pytest.mark.parametrize(
    ("baseline", "total", "response"),
    [("100", "70", True), ("100", "70.1", False), ("33.3", "23.31", True), ("33.3", "23.32", False)],
)
def test_partial_response_needs_three_tenths_below_the_baseline(baseline, total, response):
    assert is_partial_response(Decimal(total), Decimal(baseline)) is response


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        (["complete_response", "unequivocal_progression", "not_evaluated"], "PD"),
        (["complete_response", "not_evaluated", "non_cr_non_pd"], "NE"),
        (["complete_response", "non_cr_non_pd"], "NON_CR_NON_PD"),
        (["complete_response", "present"], "NON_CR_NON_PD"),
        (["complete_response"], "CR"),
    ],
)
def test_non_target_disease_is_as_good_as_its_worst_lesion(statuses, code):
    assert non_target_response(statuses, is_followed=True) == code


def test_non_target_disease_that_is_not_spoken_of_was_not_evaluated():
    assert non_target_response([], is_followed=True) == "NE"
    assert non_target_response([], is_followed=False) == "NA"


TABLE_1 = """
    CR CR no CR
    CR NA no CR
    CR NON_CR_NON_PD no PR
    CR NE no PR
    PR CR no PR
    PR NON_CR_NON_PD no PR
    PR NE no PR
    PR NA no PR
    SD CR no SD
    SD NON_CR_NON_PD no SD
    SD NE no SD
    SD NA no SD
    NE CR no NE
    NE NON_CR_NON_PD no NE
    NE NE no NE
    NE NA no NE
    PD CR no PD
    PD NE no PD
    PD NA no PD
    CR PD no PD
    PR PD no PD
    SD PD no PD
    NE PD no PD
    CR CR yes PD
    PR NE yes PD
    SD NA yes PD
    NE NE yes PD
"""
TABLE_2 = """
    NA CR no CR
    NA NON_CR_NON_PD no NON_CR_NON_PD
    NA NE no NE
    NA PD no PD
    NA CR yes PD
    NA NE yes PD
    NA NA yes PD
    NA NA no NA
"""


@pytest.mark.parametrize("row", [line.split() for line in (TABLE_1 + TABLE_2).strip().splitlines() if line.strip()])
def test_the_overall_response_follows_tables_1_and_2_of_the_paper(row):
    target, non_target, new, overall = row
    assert overall_response(target, non_target, new == "yes") == overall
