"""The patient record: immutable values, their reading and their sense."""
