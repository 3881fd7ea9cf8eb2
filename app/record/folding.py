"""Words as they are compared: without case, accents and punctuation."""

import unicodedata


def folded(text: str) -> str:
    """Return words in small letters, without accents, hyphens and brackets; a plus stays."""
    plain = unicodedata.normalize("NFKD", text.replace("γ", "gamma ").casefold())
    kept = "".join(one if one.isalnum() or one == "+" else " " for one in plain if not unicodedata.combining(one))
    return " ".join(kept.split())
