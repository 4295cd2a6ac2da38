"""What a key looks like: ultra_PublicId_secretsecret…checks.

The fixed beginning and the checksum let scanners of source code recognise one that was published by
mistake, and let us refuse nonsense without asking the database.
"""

import secrets
import zlib
from dataclasses import dataclass

PREFIX = "ultra_"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PUBLIC = 8
_SECRET = 43
"""62 to the power of 43 is a little more than 256 bits."""
_CHECK = 6
_LENGTH = len(PREFIX) + _PUBLIC + 1 + _SECRET + _CHECK


@dataclass(frozen=True, repr=False)
class NewKey:
    """A key in plain text; it is shown once and kept nowhere."""

    public_id: str
    plain: str

    @property
    def last_four(self) -> str:
        return self.plain[-4:]


def new_key() -> NewKey:
    public_id, secret = _random(_PUBLIC), _random(_SECRET)
    body = f"{PREFIX}{public_id}_{secret}"
    return NewKey(public_id, body + _checksum(body))


def is_key(token: str) -> bool:
    """Whether it wants to be an API key; access tokens never begin like this."""
    return token.startswith(PREFIX)


def public_id_of(token: str) -> str | None:
    """None for what is not written as a key is."""
    if len(token) != _LENGTH or not token.isascii():
        return None
    public_id, separator, rest = token[len(PREFIX) :].partition("_")
    is_whole = token[-_CHECK:] == _checksum(token[:-_CHECK])
    if len(public_id) != _PUBLIC or not separator or not (public_id + rest).isalnum():
        return None
    return public_id if is_whole else None


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECK):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
