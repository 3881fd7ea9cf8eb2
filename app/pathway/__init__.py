"""What to do next: facts, tables, advice. No Qt, no database, no paper."""
