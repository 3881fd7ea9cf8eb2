"""ALKPath: everything but storage."""

__version__ = "0.1.0"
