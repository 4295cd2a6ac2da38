"""Codes of authenticator apps: TOTP (RFC 6238), six digits, half a minute each."""

import pyotp

from ultra.kit.clock import now

ISSUER = "Ultrarslanoğlu"
"""What the app shows beside the code."""


def new_secret() -> str:
    """160 random bits, as apps take them."""
    return pyotp.random_base32()


def uri_of(secret: str, account: str) -> str:
    """What a QR code for the app holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def matching_step(secret: str, code: str) -> int | None:
    """The present time step if this is its code.

    No neighbouring step counts: a code lives for 30 seconds (ASVS 6.5.5).
    """
    moment = now()
    totp = pyotp.TOTP(secret)
    return totp.timecode(moment) if totp.verify(code, for_time=moment, valid_window=0) else None
