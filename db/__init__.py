"""Storage: the only place that knows the database library."""
