"""The cookies of a browser: those that no script can read, and one that our own must read."""

from uuid import UUID

from flask import Response, request

from ultra.auth.sessions import csrf
from ultra.settings import settings

ACCESS_COOKIE = f"{settings.cookie_prefix}_at"
REFRESH_COOKIE = f"{settings.cookie_prefix}_rt"
CSRF_COOKIE = f"{settings.cookie_prefix}_csrf"
DEVICE_COOKIE = f"{settings.cookie_prefix}_device"
DEVICE_DAYS = 400
"""As long as browsers keep a cookie at most."""
# An installation that got a certificate has new names; whoever was signed in stays signed in.
OLD_ACCESS_COOKIE = f"{settings.plain_cookie_prefix}_at"
OLD_REFRESH_COOKIE = f"{settings.plain_cookie_prefix}_rt"


def access_cookie() -> str | None:
    """The access token that this request's cookies bring."""
    return request.cookies.get(ACCESS_COOKIE) or request.cookies.get(OLD_ACCESS_COOKIE)


def refresh_cookie() -> str | None:
    """The refresh token that this request's cookies bring."""
    return request.cookies.get(REFRESH_COOKIE) or request.cookies.get(OLD_REFRESH_COOKIE)


def set_cookies(
    response: Response, access_token: str, refresh_token: str, session_id: UUID
) -> Response:
    _set(response, ACCESS_COOKIE, access_token, settings.auth.access_minutes * 60)
    _set(response, REFRESH_COOKIE, refresh_token, _refresh_seconds())
    set_csrf_cookie(response, csrf.issue(session_id))
    if settings.cookie_prefix != settings.plain_cookie_prefix:
        for old in (OLD_ACCESS_COOKIE, OLD_REFRESH_COOKIE):
            if old in request.cookies:
                _set(response, old, "", 0)
    return response


def set_csrf_cookie(response: Response, token: str) -> Response:
    # Readable by our own pages: that they can read it is what shows that they are ours.
    _set(response, CSRF_COOKIE, token, _refresh_seconds(), httponly=False)
    return response


def set_device_cookie(response: Response, mark: str) -> Response:
    """It stays when somebody signs out: it says that the device is known, not who uses it."""
    _set(response, DEVICE_COOKIE, mark, DEVICE_DAYS * 86_400)
    return response


def clear_cookies(response: Response) -> Response:
    names = {ACCESS_COOKIE, REFRESH_COOKIE, OLD_ACCESS_COOKIE, OLD_REFRESH_COOKIE}
    for name in sorted(names):
        _set(response, name, "", 0)
    _set(response, CSRF_COOKIE, "", 0, httponly=False)
    return response


def _refresh_seconds() -> int:
    return settings.auth.refresh_idle_days * 86_400


def _set(response: Response, name: str, value: str, seconds: int, *, httponly: bool = True) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=httponly,
        secure=settings.is_https,
        # Lax, also for the refresh token: whoever follows a link from an e-mail after a night must
        # arrive signed in. Changing requests are guarded by their origin and by the CSRF token.
        samesite="Lax",
    )
