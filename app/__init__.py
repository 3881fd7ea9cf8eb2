"""ALKPath: everything but storage."""
