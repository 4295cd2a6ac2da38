"""Addresses and secrets of other people's systems, encrypted where they lie in the database."""

from cryptography.exceptions import InvalidTag

from ultra.kit.crypto import derive_key, seal, unseal


def seal_text(plain: str, context: str) -> bytes:
    """Encrypt for one column of one row, named by `context`: elsewhere it does not open."""
    return seal(_key(), plain.encode(), context=context)


def open_text(sealed: bytes, context: str) -> str | None:
    """The plain text; None when the installation's secret has been changed since."""
    try:
        return unseal(_key(), sealed, context=context).decode()
    except InvalidTag:
        return None


def _key() -> bytes:
    return derive_key("notifications")
