"""Encryption of push messages against the standard's own example and a public library."""

import secrets
from base64 import urlsafe_b64decode

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ultra.notifications.devices.encryption import MOST_BYTES, RECORD, encrypt, uncompressed

# RFC 8291 §5: everything that is random there.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)


def decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_is_what_the_standard_shows() -> None:
    number = int.from_bytes(decode(SENDER))
    made = encrypt(
        PLAIN,
        p256dh=decode(RECEIVER),
        auth=decode(AUTH),
        own_key=ec.derive_private_key(number, ec.SECP256R1()),
        salt=decode(SALT),
    )
    assert made == decode(MESSAGE)


@pytest.mark.parametrize("plain", [b"", b"a", "Videonuz hazır".encode(), bytes(MOST_BYTES)])
def test_a_public_library_opens_it(plain: bytes) -> None:
    key, auth = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
    made = encrypt(plain, p256dh=uncompressed(key.public_key()), auth=auth)
    assert len(made) <= RECORD
    opened = http_ece.decrypt(made, private_key=key, auth_secret=auth, version="aes128gcm")
    assert opened == plain
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(made, private_key=key, auth_secret=bytes(16), version="aes128gcm")
