"""The jobs people do; window and commands call only these."""
