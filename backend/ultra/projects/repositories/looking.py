"""One look at a repository: what GitHub is asked, and what came of it. Writes nothing."""

from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import SecretStr

from ultra.platforms.github import api
from ultra.platforms.github.outcomes import (
    Found,
    NeedsLogin,
    NotAllowed,
    NotModified,
    NotThere,
    Preparing,
    RateLimited,
    Trouble,
    TryLater,
)
from ultra.platforms.github.shapes import ReleaseFacts, RepositoryFacts, Week
from ultra.projects.repositories.states import RepositoryProblem

WEEKS: Final = 12
RELEASES: Final = 10
RESERVE: Final = 100
"""Requests that are left to people, who choose repositories while jobs look at the known ones."""

Stop = NeedsLogin | RateLimited | TryLater


@dataclass
class Seen:
    """What is to be written; what GitHub did not answer is not in it and stays as it was."""

    values: dict[str, Any] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    releases: list[dict[str, Any]] | None = None
    problem: RepositoryProblem | None = None
    stop: Stop | None = None
    """Why no more was asked, of this repository or the next."""
    is_short: bool = False
    """GitHub's limit is nearly used up."""


def look(token: SecretStr, full_name: str, etags: dict[str, str]) -> Seen:
    """Ask for facts, releases, pull requests, activity, in this order, until something stops."""
    seen = Seen()
    facts = api.get_repository(token, full_name, etags.get("repository"))
    if not _note(seen, "repository", facts):
        return seen
    if isinstance(facts, Found):
        seen.values |= _facts(facts.value)
    if not _look_at_releases(seen, token, full_name, etags.get("releases")):
        return seen
    # Without an etag: their count stands in a header, and the body may be as it was.
    pulls = api.count_open_pulls(token, full_name, None)
    if not _note(seen, None, pulls, is_needed=False):
        return seen
    seen.values["open_pulls"] = pulls.value if isinstance(pulls, Found) else None
    weeks = api.list_weeks(token, full_name, etags.get("weeks"))
    if _note(seen, "weeks", weeks, is_needed=False) and isinstance(weeks, Found):
        seen.values["activity"] = _weeks(weeks.value)
    return seen


def _look_at_releases(seen: Seen, token: SecretStr, full_name: str, etag: str | None) -> bool:
    """Note the newest ones, and the latest full one where it lies behind many pre-releases."""
    newest = api.list_releases(token, full_name, etag, most=RELEASES)
    found = list(newest.value) if isinstance(newest, Found) else []
    if len(found) == RELEASES and all(each.prerelease or each.draft for each in found):
        latest = api.get_latest_release(token, full_name)
        # Before the list is noted: its etag would keep the next look from asking again.
        if not _note(seen, None, latest, is_needed=False):
            return False
        found += [latest.value] if isinstance(latest, Found) else []
    if not _note(seen, "releases", newest, is_needed=False):
        return False
    if isinstance(newest, Found):
        seen.releases = _releases(found)
    return True


def _note(
    seen: Seen,
    name: str | None,
    outcome: Found[Any] | NotModified | Preparing | Trouble,
    *,
    is_needed: bool = True,
) -> bool:
    """Remember what matters for all questions alike; False when no more should be asked."""
    match outcome:
        case Found(etag=etag, remaining=remaining) if name:
            seen.etags |= {name: etag} if etag else {}
            seen.is_short |= remaining is not None and remaining < RESERVE
        case NeedsLogin() | RateLimited() | TryLater():
            seen.stop = outcome
            return False
        case NotThere() if is_needed:
            seen.problem = RepositoryProblem.NOT_FOUND
            return False
        case NotAllowed() if is_needed:
            seen.problem = RepositoryProblem.NOT_ALLOWED
            return False
    return True


def _facts(facts: RepositoryFacts) -> dict[str, Any]:
    return {
        "github_id": facts.id,
        "full_name": facts.full_name,
        "description": _clean(facts.description or "") or None,
        "url": facts.html_url,
        "is_private": facts.private,
        "stars": facts.stargazers_count,
        "open_total": facts.open_issues_count,
        "pushed_at": facts.pushed_at,
    }


def _releases(releases: list[ReleaseFacts]) -> list[dict[str, Any]]:
    """Those that are out; a draft of GitHub's is nobody's news yet."""
    return [
        {
            "github_id": release.id,
            "tag": _clean(release.tag_name),
            "name": _clean(release.name or "") or release.tag_name,
            "notes": _clean(release.body or ""),
            "url": release.html_url,
            "is_prerelease": release.prerelease,
            "published_at": release.published_at,
        }
        for release in releases
        if release.published_at is not None and not release.draft
    ]


def _weeks(weeks: list[Week]) -> list[dict[str, Any]]:
    newest = sorted(weeks, key=lambda week: week.week)[-WEEKS:]
    return [{"week": week.starts_on.isoformat(), "commits": week.total} for week in newest]


def _clean(text: str) -> str:
    # The one character that PostgreSQL's text cannot hold, should GitHub ever send it.
    return text.replace("\0", "").replace("\r\n", "\n").strip()
