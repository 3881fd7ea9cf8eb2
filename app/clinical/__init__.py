"""The field's arithmetic, one standard a module; pure."""
