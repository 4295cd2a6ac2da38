"""The audit log: who did what, from where, and whether it succeeded; a chain that only grows."""
