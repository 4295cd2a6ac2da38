"""News of people's own accounts."""
