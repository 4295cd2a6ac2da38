"""Small cryptographic needs: random secrets, digests, derived keys, sealing."""

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ultra.settings import settings


def new_secret() -> str:
    """32 random bytes, URL-safe."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """SHA-256 of a high-entropy secret: what is stored in its place."""
    return hashlib.sha256(secret.encode()).digest()


def derive_key(purpose: str) -> bytes:
    """A 32-byte key for one purpose: HMAC-SHA-256 under the installation's secret."""
    return hmac.new(settings.secret.encode(), purpose.encode(), hashlib.sha256).digest()


def seal(key: bytes, plain: bytes, *, context: str) -> bytes:
    """Encrypt with AES-256-GCM; it opens only in the same context (whose row, which column)."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(key: bytes, sealed: bytes, *, context: str) -> bytes:
    """Undo seal. Raises cryptography.exceptions.InvalidTag for another key, context or content."""
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], context.encode())
