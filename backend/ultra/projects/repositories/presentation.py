"""Repositories as people read them."""

from collections.abc import Sequence

from ultra.projects.repositories.models import Release, Repository
from ultra.projects.repositories.schemas import ReleaseRead, RepositoryRead

WORKED_OUT = ("open_issues", "last_release", "releases")


def present(row: Repository, releases: Sequence[Release]) -> RepositoryRead:
    shown = [ReleaseRead.model_validate(release) for release in releases]
    names = [name for name in RepositoryRead.model_fields if name not in WORKED_OUT]
    issues = None
    if row.open_total is not None and row.open_pulls is not None:
        # Two questions, a moment apart: the difference may fall below nothing.
        issues = max(row.open_total - row.open_pulls, 0)
    return RepositoryRead.model_validate(
        {
            **{name: getattr(row, name) for name in names},
            "open_issues": issues,
            "last_release": next((each for each in shown if not each.is_prerelease), None),
            "releases": shown,
        }
    )
