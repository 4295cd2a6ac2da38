"""The receiving side of RFC 8291: a device's keys, and opening what was encrypted for it.

Written from the RFC alone, apart from the product's sending side, so that each proves the other.
"""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_HEADER = 21
"""Bytes before the key id: salt 16, record size 4, length of the key id 1."""


class CannotOpen(Exception):
    """The message is not for this device, or damaged."""


@dataclass(frozen=True)
class Keys:
    """What a browser makes when a page subscribes."""

    private: ec.EllipticCurvePrivateKey
    auth: bytes

    @property
    def public(self) -> bytes:
        return _point(self.private.public_key())

    @property
    def number(self) -> bytes:
        """The private key as it is stored."""
        return self.private.private_numbers().private_value.to_bytes(32, "big")


def make_keys() -> Keys:
    return Keys(ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16))


def read_keys(number: bytes, auth: bytes) -> Keys:
    return Keys(ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1()), auth)


def unlock(keys: Keys, body: bytes) -> bytes:
    """Return the plain message of one aes128gcm record."""
    salt, sender_size = body[:16], body[_HEADER - 1 : _HEADER]
    sender_point = body[_HEADER : _HEADER + 65]
    if sender_size != b"\x41" or len(sender_point) != 65:
        raise CannotOpen("the sender's key is missing")
    try:
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender_point)
        shared = keys.private.exchange(ec.ECDH(), sender)
        context = b"WebPush: info\x00" + keys.public + sender_point
        material = _derive(shared, keys.auth, context, 32)
        key = _derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _derive(material, salt, b"Content-Encoding: nonce\x00", 12)
        padded = AESGCM(key).decrypt(nonce, body[_HEADER + 65 :], None)
    except (ValueError, InvalidTag) as error:
        raise CannotOpen("it was not encrypted for this device") from error
    plain, mark, padding = padded.rpartition(b"\x02")
    if not mark or padding.strip(b"\x00"):
        raise CannotOpen("the last record is not marked as the last")
    return plain


def _derive(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
