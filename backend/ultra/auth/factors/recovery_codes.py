"""Recovery codes: ten codes on paper for the day on which the phone is gone.

Each holds 140 random bits, so SHA-256 is enough to store it, and nobody can guess one.
"""

import secrets

from ultra.kit.crypto import digest

COUNT = 10
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""That of Base32: nothing in it is taken for something else, whatever the hand that wrote it."""
_LENGTH = 28
_GROUP = 4


def new_codes() -> list[str]:
    """Such as K7QF-2MXA-…: 28 characters in groups of four."""
    return [_new_code() for _ in range(COUNT)]


def digest_of(typed: str) -> bytes:
    """What is stored of a code; upper or lower case, spaces and dashes make no difference."""
    # A Turkish keyboard offers all four of i, ı, I and İ.
    plain = typed.upper().replace("İ", "I")
    return digest("".join(character for character in plain if character.isalnum()))


def _new_code() -> str:
    plain = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))
