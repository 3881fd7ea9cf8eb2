"""The window."""

from app.ui.singletons import keep_singletons

keep_singletons()
