"""What can be wrong with a repository; the same in table and API."""

from enum import StrEnum


class RepositoryProblem(StrEnum):
    NOT_FOUND = "not_found"
    """Gone, renamed to nowhere, or not opened to the grant."""
    NOT_ALLOWED = "not_allowed"
    """GitHub forbids looking at it: blocked, or the organisation asks for more."""
