"""Hooks: addresses at which systems outside may have something started, and their calls."""
