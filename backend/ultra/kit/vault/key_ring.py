"""The keys that open data keys: given by the settings, and one made from the instance's secret.

The latter needs no care on a laptop, and stays readable when keys of one's own are brought in.
"""

from base64 import b64decode
from typing import Final

from ultra.kit.crypto import derive_key
from ultra.settings import settings

FROM_SECRET: Final = "secret-key"  # noqa: S105 - the name of a key


class KeyMissing(LookupError):
    """The ring lacks a key that something is still sealed with."""


def current_id() -> str:
    """The key that everything new is sealed with."""
    return settings.secrets.current or FROM_SECRET


def key_of(key_id: str) -> bytes:
    """Looked up by its id; no key is ever tried out. Raises KeyMissing."""
    if key_id == FROM_SECRET:
        return derive_key("vault")
    try:
        return b64decode(settings.secrets.keys[key_id].get_secret_value())
    except KeyError as error:
        raise KeyMissing(key_id) from error
