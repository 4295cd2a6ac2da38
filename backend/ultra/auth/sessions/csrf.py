"""The token by which a page shows that it may read our cookies: no other site's page can.

It is bound to the session by a signature, so nothing has to be stored, and a token that somebody
plants in a browser, or keeps from another session, is worth nothing. It lives as long as its
session.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from uuid import UUID

from ultra.kit.crypto import derive_key
from ultra.kit.errors import Forbidden


class CsrfTokenMissing(Forbidden):
    """The website renews the token by itself, and sends the request again."""

    tr = "Sayfanın güvenlik anahtarı eksik ya da eski. Sayfayı yenileyip yeniden deneyin."
    en = "The page's security token is missing or old. Reload the page and try again."


def issue(session_id: UUID) -> str:
    """A token for one session; each is different, and all of them are right."""
    chance = secrets.token_urlsafe(16)
    return f"{_sign(session_id, chance)}.{chance}"


def check(token: str | None, session_id: UUID) -> None:
    """Raises CsrfTokenMissing."""
    signature, _, chance = (token or "").partition(".")
    # Only what is ASCII can be compared; whatever a header may hold, it is no fault of ours.
    if not hmac.compare_digest(signature.encode(), _sign(session_id, chance).encode()):
        raise CsrfTokenMissing


def _sign(session_id: UUID, chance: str) -> str:
    sid = session_id.hex
    # With their lengths: no two pairs of values make one text.
    text = f"{len(sid)}|{sid}|{len(chance)}|{chance}"
    found = hmac.digest(derive_key("csrf"), text.encode(), hashlib.sha256)
    return urlsafe_b64encode(found).decode().rstrip("=")
