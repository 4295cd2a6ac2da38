"""Repositories that were chosen for projects, with figures that a job keeps fresh."""
