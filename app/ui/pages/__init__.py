"""Whole pages of the window."""
