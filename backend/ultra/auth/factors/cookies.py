"""The two cookies of a browser that is about to sign in; each lives for five minutes."""

from flask import Response, after_this_request, request

from ultra.auth.factors.errors import PasskeyRefused
from ultra.kit.crypto import digest, new_secret
from ultra.settings import settings

PENDING_COOKIE = f"{settings.cookie_prefix}_pending"
"""Names a sign-in whose second step is missing."""
BROWSER_COOKIE = f"{settings.cookie_prefix}_passkey"
"""Names the browser to which a challenge for a passkey was given."""
SECONDS = 300


def begin_browser() -> str:
    """This browser's id, which all of its tabs have in common."""
    token = request.cookies.get(BROWSER_COOKIE) or new_secret()
    after_this_request(lambda answer: set_cookie(answer, BROWSER_COOKIE, token, SECONDS))
    return digest(token).hex()


def get_browser() -> str:
    """Raises PasskeyRefused when this browser was given no challenge."""
    token = request.cookies.get(BROWSER_COOKIE)
    if not token:
        raise PasskeyRefused
    return digest(token).hex()


def set_cookie(response: Response, name: str, value: str, seconds: int) -> Response:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=settings.is_https,
        # Lax: after a sign-in at Google the browser arrives from there.
        samesite="Lax",
    )
    return response
