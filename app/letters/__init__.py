"""Letters: what is said, and how it looks on paper."""
