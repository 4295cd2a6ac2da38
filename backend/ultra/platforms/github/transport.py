"""One request to the REST API, and what its status and headers mean.

https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api and
https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api say when to
stop and for how long.
"""

import json
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urljoin

from pydantic import SecretStr

from ultra.kit import clock
from ultra.kit.outgoing import AddressRefused, Answer, Client, NoAnswer, Unreachable
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
from ultra.platforms.github.places import known_place

VERSION: Final = "2022-11-28"
MOST_BYTES: Final = 4 * 1024 * 1024
"""Enough for a page of a hundred repositories, and for releases with long notes."""
SHORTEST_WAIT: Final = timedelta(seconds=5)
USUAL_WAIT: Final = timedelta(minutes=1)
"""What GitHub asks for where its answer names no time."""
_MOVED: Final = (301, 302, 307, 308)
_GONE: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)

Reply = Found[Answer] | NotModified | Preparing | Trouble


def get(token: SecretStr, path: str, *, etag: str | None = None) -> Reply:
    """Ask once; a repository that was renamed or moved is followed to its new place."""
    url = known_place().api_url + path
    reply = _ask(url, token, etag)
    if isinstance(reply, Answer):
        # Only to GitHub itself: whoever is named here gets the token.
        new_url = urljoin(url, reply.headers.get("location", ""))
        if not new_url.startswith(known_place().api_url + "/"):
            return TryLater("moved away from GitHub")
        reply = _ask(new_url, token, etag)
        if isinstance(reply, Answer):
            return TryLater("moved more than once")
    return reply


def read_json(answer: Answer) -> Any:
    """The body. Raises ValueError for one that is cut off or no JSON."""
    if not answer.is_complete:
        raise ValueError("the answer is cut off")
    return json.loads(answer.text)


@cache
def client() -> Client:
    return Client(most_bytes=MOST_BYTES)


def _ask(url: str, token: SecretStr, etag: str | None) -> Reply | Answer:
    """The answer itself when it says that something moved."""
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token.get_secret_value()}",
        "X-GitHub-Api-Version": VERSION,
    }
    if etag:
        headers["If-None-Match"] = etag
    try:
        answer = client().get(url, headers)
    except (AddressRefused, Unreachable, NoAnswer) as error:
        return TryLater(str(error) or type(error).__name__)
    if answer.status in _MOVED:
        return answer
    return _judge(answer)


def _judge(answer: Answer) -> Reply:
    status = answer.status
    remaining = _number(answer, "x-ratelimit-remaining")
    if status == HTTPStatus.NOT_MODIFIED:
        return NotModified(remaining)
    if status == HTTPStatus.ACCEPTED:
        return Preparing()
    if answer.is_success:
        etag = answer.headers.get("etag", "")
        # It goes back as a header, which takes no other letters.
        is_usable = etag.isascii() and etag.isprintable()
        return Found(answer, (etag or None) if is_usable else None, remaining)
    if status == HTTPStatus.UNAUTHORIZED:
        return NeedsLogin()
    if status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS):
        wait = _wait(answer, remaining)
        return RateLimited(wait) if wait else NotAllowed()
    if status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS:
        return NotAllowed()
    if status in _GONE:
        return NotThere()
    return TryLater(f"status {status}")


def _wait(answer: Answer, remaining: int | None) -> timedelta | None:
    """How long to leave GitHub alone; None when it is not about a limit at all."""
    seconds = _number(answer, "retry-after")
    if seconds is not None:
        return max(timedelta(seconds=seconds), SHORTEST_WAIT)
    reset = _number(answer, "x-ratelimit-reset")
    if remaining == 0 and reset is not None:
        # By our clock, whose error counts less than an hour in vain.
        return max(timedelta(seconds=reset - clock.now().timestamp()), SHORTEST_WAIT)
    is_limit = answer.status == HTTPStatus.TOO_MANY_REQUESTS or "rate limit" in answer.text.lower()
    return USUAL_WAIT if is_limit else None


def _number(answer: Answer, header: str) -> int | None:
    text = answer.headers.get(header, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None
