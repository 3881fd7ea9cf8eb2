"""Words as they are compared: without case, accents and punctuation."""

from app.record.names import fold


def folded(text: str) -> str:
    """Return words in small letters, without accents, hyphens and brackets; a plus stays."""
    kept = "".join(one if one.isalnum() or one == "+" else " " for one in fold(text.replace("γ", "gamma ")))
    return " ".join(kept.split())
