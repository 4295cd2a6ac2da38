"""What a browser that is sent around is answered: always the address of a page of our own."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ultra.auth.oauth.providers.kinds import Provider
from ultra.auth.oauth.schemas import ProviderPath
from ultra.auth.users.preferences import Locale
from ultra.kit import limits
from ultra.kit.errors import AppError, Unavailable
from ultra.kit.http import caller_language
from ultra.kit.log import get_logger
from ultra.settings import settings

log = get_logger()

HOME = "/dashboard"
LOGIN = "/login"
SECOND_FACTOR = "/login/second-factor"
IDENTITIES = "/settings/security"
"""The page where people link and unlink accounts."""


class Failed(Exception):
    """Something went wrong on the way; the browser is told of it on this page."""

    def __init__(self, page: str, reason: AppError) -> None:
        super().__init__(reason.code)
        self.page = page
        self.reason = reason


def walked_by_browsers(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Make every refusal of a route lead to a page that says so, and bound how often it is asked.

    Somebody looks at what these routes answer, so it is never an error as JSON.
    """

    @wraps(handler)
    def walk(path: ProviderPath, query: Any) -> Response:
        try:
            limits.check("login_address", limits.network_of(request.remote_addr))
            return handler(path, query)
        except Failed as failed:
            return _refuse(failed.page, path.provider, failed.reason)
        except AppError as error:
            return _refuse(_login_page(), path.provider, error)
        except (OperationalError, PoolTimeout, RedisError):
            log.exception("oauth.stores_unreachable")
            return _refuse(_login_page(), path.provider, Unavailable())

    return walk


def in_language(path: str, language: Locale) -> str:
    """The path of a page; Turkish stands at the root."""
    return path if language is Locale.TURKISH else f"/en{path}"


def comes_from_another_site() -> bool:
    """Whether another site's page sent the browser here; a person may not even have seen it.

    Browsers that do not say from where they come are believed.
    """
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def send_to(path: str, **query: str) -> Response:
    """Send the browser to a page of our own."""
    return send_away(settings.website_url + path + (f"?{urlencode(query)}" if query else ""))


def send_away(url: str) -> Response:
    answer = Response(status=302, headers={"Location": url})
    # The present address holds a code: neither a cache nor the next page is to know it.
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _login_page() -> str:
    return in_language(LOGIN, Locale(caller_language()))


def _refuse(page: str, provider: Provider, reason: AppError) -> Response:
    return send_to(page, error=reason.code, provider=provider)
