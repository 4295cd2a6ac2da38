"""The repositories that there are at first, and the shape in which the sandbox keeps one."""

from datetime import timedelta
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from ultra.kit import clock

LOGIN: Final = "deniz-yapim"
ACCOUNT_ID: Final = 7001


class ReleaseDocument(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: int
    tag: str
    name: str | None = None
    notes: str | None = None
    is_draft: bool = False
    is_prerelease: bool = False
    days_ago: int = Field(default=0, ge=0)


class RepositoryDocument(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: int
    name: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    description: str | None = None
    is_private: bool = False
    stars: int = 0
    issues: int = 0
    pulls: int = 0
    pushed_days_ago: int = Field(default=0, ge=0)
    weeks: list[int] = Field(default=[], max_length=52)
    """Commits by week, the present one last; none before the first."""
    weeks_status: int | None = Field(default=None, ge=400, le=599)
    """How the question for its activity fails, when it does: GitHub's own trouble with one."""
    releases: list[ReleaseDocument] = []
    moved_to: str | None = None
    """The new name, when it was renamed."""


FIRST: Final = [
    RepositoryDocument(
        id=7101,
        name=f"{LOGIN}/kamera-ipi",
        description="Sokak çekimleri için küçük bir gimbal denetleyicisi",
        stars=482,
        issues=7,
        pulls=2,
        pushed_days_ago=1,
        weeks=[4, 9, 3, 0, 6, 12, 8, 5, 14, 7, 10, 3],
        releases=[
            ReleaseDocument(
                id=7201,
                tag="v2.1.0",
                name="2.1: Daha sakin görüntü",
                notes="## Yenilikler\n\n- Titreme süzgeci yeniden yazıldı\n- Pil göstergesi "
                "artık yüzde gösteriyor ([#41](https://github.com/x/y/pull/41))\n\n"
                "## Düzeltmeler\n\n- Soğukta açılmama sorunu giderildi\n",
                days_ago=3,
            ),
            ReleaseDocument(
                id=7202, tag="v2.0.0", name="2.0", notes="* Yeni gövde\n* USB-C\n", days_ago=80
            ),
            ReleaseDocument(id=7203, tag="v2.2.0-beta.1", is_prerelease=True, days_ago=1),
        ],
    ),
    RepositoryDocument(
        id=7102,
        name=f"{LOGIN}/renk-kutusu",
        description="Colour tables for evening light",
        stars=53,
        issues=1,
        pushed_days_ago=12,
        weeks=[0, 0, 1, 5, 2, 0, 0, 3, 0, 1, 4, 0],
        releases=[ReleaseDocument(id=7204, tag="1.0", name="First tables", days_ago=12)],
    ),
    RepositoryDocument(
        id=7103, name=f"{LOGIN}/taslaklar", is_private=True, issues=3, pushed_days_ago=200
    ),
]


def as_github_says(document: RepositoryDocument, address: str) -> dict[str, Any]:
    """One repository as the REST API answers it, as far as anybody here asks."""
    owner, _, name = document.name.partition("/")
    return {
        "id": document.id,
        "name": name,
        "full_name": document.name,
        "private": document.is_private,
        "owner": {"id": ACCOUNT_ID, "login": owner},
        "html_url": f"{address}/github-app/{document.name}",
        "description": document.description,
        "fork": False,
        "stargazers_count": document.stars,
        # GitHub counts pull requests as issues.
        "open_issues_count": document.issues + document.pulls,
        "pushed_at": _ago(document.pushed_days_ago),
    }


def releases_as_github_says(document: RepositoryDocument, address: str) -> list[dict[str, Any]]:
    return [
        {
            "id": release.id,
            "tag_name": release.tag,
            "name": release.name,
            "body": release.notes,
            "draft": release.is_draft,
            "prerelease": release.is_prerelease,
            "html_url": f"{address}/github-app/{document.name}/releases/{release.tag}",
            "published_at": None if release.is_draft else _ago(release.days_ago),
        }
        for release in document.releases
    ]


def weeks_as_github_says(document: RepositoryDocument) -> list[dict[str, Any]]:
    """The weeks of a year; each begins on a Sunday."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    counts = [0] * (52 - len(document.weeks)) + document.weeks
    return [
        {
            "week": int((sunday - timedelta(weeks=51 - number)).timestamp()),
            "total": count,
            "days": [count, 0, 0, 0, 0, 0, 0],
        }
        for number, count in enumerate(counts)
    ]


def _ago(days: int) -> str:
    # By the day: an answer that nothing changed in keeps its etag.
    moment = clock.now().replace(hour=9, minute=0, second=0) - timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
