"""Proof Key for Code Exchange (RFC 7636): a stolen code is worth nothing without its verifier."""

import hashlib
from base64 import urlsafe_b64encode


def challenge_of(verifier: str) -> str:
    """What the provider is shown first (S256)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
