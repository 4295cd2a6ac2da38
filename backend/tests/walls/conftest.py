"""Fixtures for the walls."""

from tests.jobs import toys  # noqa: F401 - hooks that are made here start its offer
from tests.walls.callers import unlimited  # noqa: F401 - a fixture, by its name
