"""The words for what people prove themselves with; sessions keep them as their methods."""

from enum import StrEnum


class Way(StrEnum):
    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
