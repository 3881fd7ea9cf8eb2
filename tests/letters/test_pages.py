"""The pages of letters look as they were approved; after a wanted change, `make pages` and look at what has changed."""

import pytest
from page_pictures import APPROVED, letters, pages_of
from PIL import Image, ImageChops

MOST = 0.001  # of the dots
SHADES = 8  # of 255


def part_that_differs(page, approved):
    """Return which part of the dots differs by more than some shades."""
    histogram = ImageChops.difference(page, approved).histogram()
    return sum(histogram[SHADES + 1 :]) / (page.width * page.height)


@pytest.mark.parametrize(("kind", "language", "number"), letters())
def test_every_page_looks_as_it_was_approved(desk, qapp, tmp_path, kind, language, number):
    pages = pages_of(desk, kind, language, number)
    approved = {file.name for file in APPROVED.glob(f"{kind}-{language}-{number}-*.png")}
    assert set(pages) == approved
    for name, page in pages.items():
        page.save(tmp_path / name)
        with Image.open(APPROVED / name) as before:
            assert page.size == before.size
            differs = part_that_differs(page, before)
        assert differs <= MOST, f"{differs:.2%} of {name} differ; this run's page is {tmp_path / name}"


def test_nothing_else_is_approved_and_all_of_it_is_small():
    files = list(APPROVED.iterdir())
    known = {f"{kind}-{language}-{number}" for kind, language, number in letters()}
    assert {file.stem.rpartition("-")[0] for file in files} == known
    assert sum(file.stat().st_size for file in files) < 3_000_000


def test_a_word_that_is_gone_is_seen():
    page = Image.new("L", (496, 702), "white")
    other = page.copy()
    other.paste(60, (100, 100, 130, 112))
    assert part_that_differs(page, other) > MOST
