"""ALKPath: everything but storage."""

__version__ = "0.3.0"
