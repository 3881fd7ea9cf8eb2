"""Forms, one per kind of entry."""
