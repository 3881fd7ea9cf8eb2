"""ALKPath: everything but storage."""

__version__ = "0.2.0"
