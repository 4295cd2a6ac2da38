"""Small cryptographic needs: random secrets, their digests, and keys derived from the one secret."""

import hashlib
import hmac
import secrets

from ultra.settings import settings


def new_secret() -> str:
    """32 random bytes, URL-safe."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """SHA-256 of a high-entropy secret: what is stored in its place."""
    return hashlib.sha256(secret.encode()).digest()


def derive_key(purpose: str) -> bytes:
    """A 32-byte key for one purpose, HMAC-SHA-256 of the purpose under the installation's secret."""
    return hmac.new(settings.secret.encode(), purpose.encode(), hashlib.sha256).digest()
