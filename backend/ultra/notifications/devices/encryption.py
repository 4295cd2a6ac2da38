"""Encryption of push messages: only the browser can read them, not its push service.

RFC 8291 over RFC 8188: a key of our own for each message, agreed with the browser's by ECDH, mixed
with the browser's secret; AES-128-GCM; one record. Ours because it is this small; the libraries
for it bring HTTP clients of their own (docs/decisions/0023-notifications.md).
"""

import secrets
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
"""What every push service takes."""
LAST_RECORD = b"\x02"
MOST_BYTES = RECORD - (16 + 4 + 1 + 65) - len(LAST_RECORD) - 16
"""Of plain text: a record less the header, the mark of its end and the tag."""


def encrypt(
    plain: bytes,
    *,
    p256dh: bytes,
    auth: bytes,
    own_key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push message for the browser with these keys.

    `own_key` and `salt` are for tests with known answers; each message has new ones.
    """
    own_key = own_key or ec.generate_private_key(ec.SECP256R1())
    salt = salt or secrets.token_bytes(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    ours = uncompressed(own_key.public_key())
    shared = own_key.exchange(ec.ECDH(), theirs)
    material = _hkdf(auth, shared, b"WebPush: info\0" + p256dh + ours, 32)
    key = _hkdf(salt, material, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, material, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack("!IB", RECORD, len(ours)) + ours
    return header + AESGCM(key).encrypt(nonce, plain + LAST_RECORD, None)


def uncompressed(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as browsers write it: 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)
