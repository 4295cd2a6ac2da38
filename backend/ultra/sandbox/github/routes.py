"""`/github-app/api`: the part of the REST API that projects ask."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Response, request

from ultra.sandbox import behaviour as behaviours
from ultra.sandbox.github import repository
from ultra.sandbox.github.documents import (
    ACCOUNT_ID,
    LOGIN,
    RepositoryDocument,
    as_github_says,
    releases_as_github_says,
    weeks_as_github_says,
)
from ultra.sandbox.store import transaction

api = Blueprint("github_app_api", __name__, url_prefix="/github-app/api")

API: Final = "github:api"
_REPOSITORY: Final = "/repos/<owner>/<name>"


class _Answered(Exception):
    """Carries an answer that is none of the usual ones."""

    def __init__(self, response: Response) -> None:
        self.response = response


@api.get("/user")
def get_account() -> Response:
    return _answer(lambda _: {"id": ACCOUNT_ID, "login": LOGIN, "type": "User"})


@api.get("/user/repos")
def list_repositories() -> Response:
    def find(connection: sqlite3.Connection) -> Any:
        found = repository.list_repositories(connection)
        found = sorted((each for each in found if not each.moved_to), key=_pushed)
        return [as_github_says(each, _address()) for each in found]

    return _answer(find, is_paged=True)


@api.get(_REPOSITORY)
def get_repository(owner: str, name: str) -> Response:
    return _of_repository(owner, name, lambda found: as_github_says(found, _address()))


@api.get(f"{_REPOSITORY}/releases")
def list_releases(owner: str, name: str) -> Response:
    return _of_repository(
        owner, name, lambda found: releases_as_github_says(found, _address()), is_paged=True
    )


@api.get(f"{_REPOSITORY}/releases/latest")
def get_latest_release(owner: str, name: str) -> Response:
    """Answer with the newest full release, as GitHub does; 404 without one."""

    def say(found: RepositoryDocument) -> Any:
        full = [each for each in found.releases if not each.is_draft and not each.is_prerelease]
        if not full:
            raise _Answered(_json({"message": "Not Found"}, 404))
        newest = min(full, key=lambda release: release.days_ago)
        [latest] = releases_as_github_says(
            found.model_copy(update={"releases": [newest]}), _address()
        )
        return latest

    return _of_repository(owner, name, say)


@api.get(f"{_REPOSITORY}/pulls")
def list_pulls(owner: str, name: str) -> Response:
    return _of_repository(
        owner,
        name,
        lambda found: [{"number": number + 1, "state": "open"} for number in range(found.pulls)],
        is_paged=True,
    )


@api.get(f"{_REPOSITORY}/stats/commit_activity")
def list_weeks(owner: str, name: str) -> Response:
    """Answer 202 to the first who asks: working it out begins then."""

    def find(connection: sqlite3.Connection) -> Any:
        found = _find(connection, owner, name)
        if found.weeks_status is not None:
            raise _Answered(_json({"message": "Server Error"}, found.weeks_status))
        if not repository.is_counted(connection, found.name):
            raise _Answered(_json({}, 202))
        if not found.weeks:
            raise _Answered(Response(status=204))
        return weeks_as_github_says(found)

    return _answer(find)


def _of_repository(
    owner: str, name: str, say: Callable[[RepositoryDocument], Any], *, is_paged: bool = False
) -> Response:
    return _answer(lambda connection: say(_find(connection, owner, name)), is_paged=is_paged)


def _find(connection: sqlite3.Connection, owner: str, name: str) -> RepositoryDocument:
    found = repository.find_repository(connection, f"{owner}/{name}")
    if found is None:
        raise _Answered(_json({"message": "Not Found"}, 404))
    if found.moved_to:
        rest = request.path.partition(f"/repos/{owner}/{name}")[2]
        moved = _json({"message": "Moved Permanently"}, 301)
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        moved.headers["Location"] = (
            f"{_address()}/github-app/api/repos/{found.moved_to}{rest}{query}"
        )
        raise _Answered(moved)
    return found


def _answer(find: Callable[[sqlite3.Connection], Any], *, is_paged: bool = False) -> Response:
    path = request.path.removeprefix("/github-app/api")
    with transaction() as connection:
        behaviour = behaviours.take(connection, API)
        remaining, resets_at = repository.limit(connection)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not request.headers.get("User-Agent"):
            answer = _json({"message": "Request forbidden by administrative rules."}, 403)
        elif not repository.is_token(connection, token):
            answer = _json({"message": "Bad credentials"}, 401)
        elif remaining == 0:
            answer = _json({"message": "API rate limit exceeded for user ID 7001."}, 403)
        else:
            answer = _say(find, connection, is_paged=is_paged)
            if answer.status_code != 304:
                repository.use_limit(connection)
                remaining -= 1
        repository.note_call(connection, path, unchanged=answer.status_code == 304)
    answer.headers["X-RateLimit-Limit"] = str(repository.LIMIT)
    answer.headers["X-RateLimit-Remaining"] = str(remaining)
    answer.headers["X-RateLimit-Reset"] = str(resets_at)
    return behaviours.play(behaviour, answer)


def _say(
    find: Callable[[sqlite3.Connection], Any], connection: sqlite3.Connection, *, is_paged: bool
) -> Response:
    try:
        found = find(connection)
    except _Answered as answered:
        return answered.response
    link = None
    if is_paged:
        found, link = _page(found)
    answer = _json(found, 200)
    digest = hashlib.sha256(answer.get_data() + (link or "").encode()).hexdigest()
    etag = f'W/"{digest}"'
    if request.headers.get("If-None-Match") == etag:
        answer = Response(status=304)
    answer.headers["ETag"] = etag
    if link:
        answer.headers["Link"] = link
    return answer


def _page(items: list[Any]) -> tuple[list[Any], str | None]:
    per_page = min(max(request.args.get("per_page", 30, type=int), 1), 100)
    page = max(request.args.get("page", 1, type=int), 1)
    last = max(-(-len(items) // per_page), 1)
    given = {name: value for name, value in request.args.items() if name != "page"}
    others = "".join(f"{name}={value}&" for name, value in given.items())
    place = f"{_address()}{request.path}?{others}page="
    links = [f'<{place}{page + 1}>; rel="next"', f'<{place}{last}>; rel="last"']
    shown = items[(page - 1) * per_page : page * per_page]
    return shown, ", ".join(links) if page < last else None


def _pushed(document: RepositoryDocument) -> int:
    return document.pushed_days_ago


def _json(content: Any, status: int) -> Response:
    return Response(
        json.dumps(content, ensure_ascii=False), status, mimetype="application/json; charset=utf-8"
    )


def _address() -> str:
    return request.host_url.rstrip("/")
