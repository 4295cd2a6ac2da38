"""Schedules: what starts by the clock, made by people or by the product itself."""
