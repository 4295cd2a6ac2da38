"""Ultrarslanoğlu Core: one code base, several processes (ARCHITECTURE.md draws them)."""

__version__ = "0.1.0"
