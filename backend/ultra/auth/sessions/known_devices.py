"""The cookie by which a browser is known to have signed in to an account before.

It opens nothing. A known device has its own count of wrong passwords, so that nobody can lock the
owner out by guessing, and its sign-in is no news. `<device>.<account's mark>.<…>`: the marks are
made under the installation's secret for this device and one account each.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from uuid import UUID

from ultra.kit.crypto import derive_key

MOST_ACCOUNTS = 5
"""On one browser; the one that signed in longest ago is forgotten."""

_COOKIE = re.compile(r"[\w-]{22}(\.[\w-]{22}){0,5}", re.ASCII)


def id_of(cookie: str | None) -> str | None:
    """The device's own name, if the cookie looks like one of ours."""
    return cookie.partition(".")[0] if cookie and _COOKIE.fullmatch(cookie) else None


def is_known(cookie: str | None, user_id: UUID) -> bool:
    """Whether somebody signed in to this account on this device before."""
    device = id_of(cookie)
    if device is None or cookie is None:
        return False
    wanted = _mark(device, user_id)
    return any(hmac.compare_digest(each, wanted) for each in cookie.split(".")[1:])


def remember(cookie: str | None, user_id: UUID) -> str:
    """The cookie of a device that has just signed in to this account."""
    device = id_of(cookie) or secrets.token_urlsafe(16)
    wanted = _mark(device, user_id)
    others = [each for each in (cookie or "").split(".")[1:] if each != wanted]
    kept = others[: MOST_ACCOUNTS - 1] if id_of(cookie) else []
    return ".".join([device, wanted, *kept])


def _mark(device: str, user_id: UUID) -> str:
    made = hmac.new(derive_key("known devices"), f"{device}:{user_id}".encode(), hashlib.sha256)
    # 128 bits, as 22 letters.
    return urlsafe_b64encode(made.digest()[:16]).decode().rstrip("=")
