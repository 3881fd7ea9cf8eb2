"""Laboratory values, examinations and notes as a letter says them: frozen parts of its content."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LabSaid:
    """The newest value of one analyte; `rated` says how it stands to its limits, with the grade.

    `before` is the value before it, where the two tell something together. What is outside its limits, or tells for
    another reason, is notable.
    """

    analyte: str
    value: str
    date: str
    limits: str
    rated: str = ""
    before: str = ""
    is_notable: bool = False


@dataclass(frozen=True, slots=True)
class ExaminationSaid:
    """The newest examination of its kind, and on which days there were earlier ones."""

    date: str
    examination: str
    result: str
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class NoteSaid:
    """One note, its lines as they were written."""

    date: str
    by: str
    text: str
