"""The keys that passwords are mixed with before they are hashed; they are not in the database.

Generation 1 comes from the installation's own secret. A further one is named in the settings, with
a secret of its own, and hashes new passwords from then on; all that are named stay readable, and
each login moves a person to the newest.
"""

import hmac
from hashlib import sha256

from ultra.settings import settings

FIRST = "1"


def newest() -> str:
    """The generation that new passwords are hashed with."""
    return max((FIRST, *settings.auth.peppers), key=int)


def find(generation: str) -> bytes | None:
    """The key of a generation; None when nobody knows it any more."""
    given = settings.auth.peppers.get(generation)
    if given is None and generation != FIRST:
        return None
    secret = given.get_secret_value() if given else settings.secret
    return hmac.new(secret.encode(), f"password pepper {generation}".encode(), sha256).digest()
