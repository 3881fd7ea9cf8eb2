"""What was typed to find a patient, taken as the beginning of the patient's record."""

from datetime import date

from app.record.dates import SHAPE, fault_in, typed_date

OLDEST = 130  # years


def patient_fields(text: str, today: date) -> dict[str, str]:
    """Return number, names and birth date as far as they are in `text`, as somebody would type them into the form.

    A word that is a date is the birth date, another one with a digit in it the number; of what is left the first word
    is the family name, or what stands before a comma. Names typed without capitals get them.
    """
    found: dict[str, str] = {}
    names: list[str] = []
    for word in text.split():
        if _is_birth_date(word, today) and "birth_date" not in found:
            found["birth_date"] = word
        elif any(letter.isdigit() for letter in word) and "mrn" not in found:
            found["mrn"] = word
        else:
            names.append(word)
    if names and all(name.islower() for name in names):
        names = [name[:1].upper() + name[1:] for name in names]
    family, comma, given = " ".join(names).partition(",")
    if not comma:
        family, _space, given = family.partition(" ")
    named = {"family_name": family.strip(), "given_name": given.strip()}
    return found | {name: value for name, value in named.items() if value}


def _is_birth_date(word: str, today: date) -> bool:
    iso = typed_date(word, today) if word[0].isdigit() else word
    if SHAPE.fullmatch(iso) is None or fault_in(iso):
        return False
    return iso <= today.isoformat() and int(iso[:4]) >= today.year - OLDEST
