"""The two cookies of a signed-in browser.

In production their names carry the __Host- prefix: a browser then takes them only over TLS, from
this very host and for all paths, so that no sibling domain can plant one. Cookies are not parted by
port, so on a laptop their names carry the website's port: two instances live side by side.
"""

from flask import Response

from ultra.settings import settings

_PREFIX = "__Host-ultra" if settings.is_production else f"ultra_{settings.website_port}"
ACCESS_COOKIE = f"{_PREFIX}_at"
REFRESH_COOKIE = f"{_PREFIX}_rt"


def set_cookies(response: Response, access_token: str, refresh_token: str) -> Response:
    _set(response, ACCESS_COOKIE, access_token, settings.auth.access_minutes * 60)
    _set(response, REFRESH_COOKIE, refresh_token, settings.auth.refresh_idle_days * 86_400)
    return response


def clear_cookies(response: Response) -> Response:
    _set(response, ACCESS_COOKIE, "", 0)
    _set(response, REFRESH_COOKIE, "", 0)
    return response


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=settings.is_production,
        # Lax, also for the refresh token: whoever follows a link from an e-mail after a night must
        # arrive signed in. Changing requests are guarded by their origin (gateway/access).
        samesite="Lax",
    )
