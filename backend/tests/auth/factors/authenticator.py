"""An authenticator in software: what a phone or a security key does, by the letter of WebAuthn.

It knows nothing of our code and shares nothing with the library that checks its answers but CBOR.
"""

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, HAS_KEY = 1, 4, 8, 16, 64


def encode(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")


def decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One credential for one site, and the browser around it."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user_handle: bytes = b""
    count: int = 0
    is_person_verified: bool = True
    is_synchronised: bool = False
    is_framed: bool = False
    """Whether the page stands in a frame of another site."""

    def create(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """navigator.credentials.create() with attestation `none`."""
        self.user_handle = decode(options["user"]["id"])
        client_data = self._client_data("webauthn.create", options["challenge"])
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._data(options["rp"]["id"], HAS_KEY),
        }
        return {
            "id": encode(self.credential_id),
            "rawId": encode(self.credential_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(client_data),
                "attestationObject": encode(cbor2.dumps(attestation)),
                "transports": ["internal", "hybrid", "telepathy"],
                **changes,
            },
        }

    def get(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """navigator.credentials.get()."""
        if not self.is_synchronised:
            self.count += 1
        client_data = self._client_data("webauthn.get", options["challenge"])
        data = self._data(options["rpId"])
        signed = data + hashlib.sha256(client_data).digest()
        return {
            "id": encode(self.credential_id),
            "rawId": encode(self.credential_id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(client_data),
                "authenticatorData": encode(data),
                "signature": encode(self.key.sign(signed, ec.ECDSA(SHA256()))),
                "userHandle": encode(self.user_handle),
                **changes,
            },
        }

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps(
            {
                "type": kind,
                "challenge": challenge,
                "origin": self.origin,
                "crossOrigin": self.is_framed,
            }
        ).encode()

    def _data(self, site: str, more: int = 0) -> bytes:
        flags = PRESENT | more
        if self.is_person_verified:
            flags |= VERIFIED
        if self.is_synchronised:
            flags |= BACKUP_ELIGIBLE | BACKED_UP
        plain = hashlib.sha256(site.encode()).digest() + struct.pack(">BI", flags, self.count)
        if more & HAS_KEY:
            plain += bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id
            plain += cbor2.dumps(self._public_key())
        return plain

    def _public_key(self) -> dict[int, Any]:
        numbers = self.key.public_key().public_numbers()
        return {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
