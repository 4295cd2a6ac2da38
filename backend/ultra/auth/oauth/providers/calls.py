"""Requests to a provider: by the client for addresses that people give, though nobody gave these.

It follows no redirect, reads 64 KiB and ends in time, so a provider that is broken, or played by
somebody else, can neither hold a request for long nor lead it anywhere.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from ultra.auth.oauth.errors import ProviderAnswerRefused, ProviderUnavailable
from ultra.kit import outgoing
from ultra.kit.log import get_logger
from ultra.settings import settings

log = get_logger()


def get_json(url: str, headers: Mapping[str, str] | None = None) -> Any:
    """Raises ProviderUnavailable, ProviderAnswerRefused."""
    wanted = {"Accept": "application/json", **(headers or {})}
    return _read(url, lambda client: client.get(url, wanted))


def post_form(url: str, form: Mapping[str, str]) -> dict[str, Any]:
    """Raises ProviderUnavailable, ProviderAnswerRefused."""
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    content = urlencode(form).encode()
    return as_object(_read(url, lambda client: client.post(url, content, headers)))


def as_object(found: Any) -> dict[str, Any]:
    """Raises ProviderAnswerRefused for JSON that is no object."""
    if not isinstance(found, dict):
        raise refused("not an object")
    return found


def refused(reason: str) -> ProviderAnswerRefused:
    """The error to raise for an answer that is not to be believed; the log says why."""
    log.warning("oauth.answer_refused", reason=reason)
    return ProviderAnswerRefused()


def _read(url: str, send: Callable[[outgoing.Client], outgoing.Answer]) -> Any:
    place = urlsplit(url).netloc
    try:
        answer = send(outgoing.Client(total_seconds=settings.auth.provider_seconds))
    except (outgoing.AddressRefused, outgoing.Unreachable, outgoing.NoAnswer) as error:
        log.warning("oauth.provider_unreachable", place=place, error=str(error)[:200])
        raise ProviderUnavailable from error
    if answer.status >= 500 or 300 <= answer.status < 400:
        log.warning("oauth.provider_out_of_order", place=place, status=answer.status)
        raise ProviderUnavailable
    if not answer.is_complete:
        log.warning("oauth.answer_incomplete", place=place, status=answer.status)
        raise ProviderUnavailable
    try:
        # Errors come as JSON too, with a status or, at GitHub, without.
        found = json.loads(answer.text)
    except (ValueError, RecursionError):
        raise refused(f"status {answer.status}, no JSON") from None
    if not answer.is_success:
        word = found.get("error") if isinstance(found, dict) else None
        raise refused(f"status {answer.status}, {str(word)[:60]}")
    return found
