"""What we ask the REST API."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import quote

from pydantic import SecretStr, TypeAdapter

from ultra.kit.outgoing import Answer
from ultra.platforms.github.outcomes import (
    Found,
    NotModified,
    Preparing,
    Trouble,
    TryLater,
)
from ultra.platforms.github.shapes import Account, ReleaseFacts, RepositoryFacts, Week
from ultra.platforms.github.transport import Reply, get, read_json

PER_PAGE: Final = 100
_LAST_PAGE: Final = re.compile(r'<[^<>]*[?&]page=(\d{1,9})[^<>]*>;\s*rel="last"')
_NEXT: Final = re.compile(r'rel="next"')

Value = TypeVar("Value")

_account = TypeAdapter(Account).validate_python
_repository = TypeAdapter(RepositoryFacts).validate_python
_repositories = TypeAdapter(list[RepositoryFacts]).validate_python
_release = TypeAdapter(ReleaseFacts).validate_python
_releases = TypeAdapter(list[ReleaseFacts]).validate_python
_weeks = TypeAdapter(list[Week]).validate_python


@dataclass(frozen=True)
class Page:
    items: Sequence[RepositoryFacts]
    has_more: bool


def get_account(token: SecretStr) -> Found[Account] | NotModified | Preparing | Trouble:
    """Whose grant it is."""
    return _read(get(token, "/user"), lambda answer: _account(read_json(answer)))


def list_repositories(
    token: SecretStr, page: int
) -> Found[Page] | NotModified | Preparing | Trouble:
    """One page, from 1 on, of what the account may see; what was pushed to last comes first."""
    path = f"/user/repos?sort=pushed&per_page={PER_PAGE}&page={page}"
    return _read(get(token, path), _read_page)


def get_repository(
    token: SecretStr, full_name: str, etag: str | None
) -> Found[RepositoryFacts] | NotModified | Preparing | Trouble:
    reply = get(token, _path(full_name), etag=etag)
    return _read(reply, lambda answer: _repository(read_json(answer)))


def list_releases(
    token: SecretStr, full_name: str, etag: str | None, *, most: int
) -> Found[list[ReleaseFacts]] | NotModified | Preparing | Trouble:
    """The newest releases, with drafts where the grant may see them."""
    reply = get(token, f"{_path(full_name)}/releases?per_page={most}", etag=etag)
    return _read(reply, lambda answer: _releases(read_json(answer)))


def get_latest_release(
    token: SecretStr, full_name: str
) -> Found[ReleaseFacts] | NotModified | Preparing | Trouble:
    """What GitHub calls the latest: neither a draft nor a pre-release. NotThere without any."""
    reply = get(token, f"{_path(full_name)}/releases/latest")
    return _read(reply, lambda answer: _release(read_json(answer)))


def count_open_pulls(
    token: SecretStr, full_name: str, etag: str | None
) -> Found[int] | NotModified | Preparing | Trouble:
    """Open pull requests. With one on each page the number of the last page is their count."""
    reply = get(token, f"{_path(full_name)}/pulls?state=open&per_page=1", etag=etag)
    return _read(reply, _count)


def list_weeks(
    token: SecretStr, full_name: str, etag: str | None
) -> Found[list[Week]] | NotModified | Preparing | Trouble:
    """Commits by week of the last year, oldest first; Preparing when nobody asked for long."""
    reply = get(token, f"{_path(full_name)}/stats/commit_activity", etag=etag)
    return _read(reply, _read_weeks)


def _path(full_name: str) -> str:
    owner, _, name = full_name.partition("/")
    return f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"


def _read(
    reply: Reply, read: Callable[[Answer], Value]
) -> Found[Value] | NotModified | Preparing | Trouble:
    if not isinstance(reply, Found):
        return reply
    try:
        return Found(read(reply.value), reply.etag, reply.remaining)
    # pydantic's error is a ValueError too; a document that is too deep is none.
    except (ValueError, RecursionError) as error:
        return TryLater(f"unreadable: {type(error).__name__}")


def _read_page(answer: Answer) -> Page:
    return Page(_repositories(read_json(answer)), bool(_NEXT.search(_link(answer))))


def _count(answer: Answer) -> int:
    last = _LAST_PAGE.search(_link(answer))
    if last:
        return int(last[1])
    items: list[Any] = TypeAdapter(list[Any]).validate_python(read_json(answer))
    return len(items)


def _read_weeks(answer: Answer) -> list[Week]:
    # A repository without commits is answered with 204 and nothing.
    return _weeks(read_json(answer)) if answer.text.strip() else []


def _link(answer: Answer) -> str:
    return answer.headers.get("link", "")
