"""The short code of a letter: typed by people, read by telephones."""

import pytest

from app.services.letter_codes import SIGNS, code_in, code_of, read_code, square_of

CODE = code_of("seal", "Dr S. Ahmed", "2014-11-05T10:00:00Z")


def test_the_same_texts_give_the_same_code_and_others_another():
    assert code_of("seal", "Dr S. Ahmed", "2014-11-05T10:00:00Z") == CODE
    assert len({code_of(str(number)) for number in range(2000)}) == 2000
    assert len(CODE) == 9


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), f" {CODE.replace('-', ' ')} "])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == (CODE, "")


def test_signs_that_are_misread_for_one_another_do_no_harm():
    code = next(one for one in map(code_of, map(str, range(1000))) if "0" in one and "1" in one)
    assert read_code(code.replace("0", "O").replace("1", "l")) == (code, "")


def test_any_one_mistyped_sign_is_noticed():
    plain = CODE.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in SIGNS.replace(right, ""):
            assert read_code(plain[:place] + wrong + plain[place + 1 :]) == ("", "")


@pytest.mark.parametrize("typed", ["", "A-1042", "letter.pdf", "ABCD-EFGHI"])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None


def test_the_square_says_the_code_and_the_beginning_of_the_seal_and_nothing_else():
    said = square_of(CODE, "ab" * 32)
    assert said == f"ALKPATH:{CODE}:ABABABABABABABAB"
    assert read_code(said.lower()) == (CODE, "abababababababab")


def test_a_file_may_be_named_by_a_code():
    assert code_in(f"clinic-letter-2014-11-05-{CODE}.pdf") == CODE
    assert code_in("clinic-letter-2014-11-05.pdf") == ""
