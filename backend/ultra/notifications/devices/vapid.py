"""Who we are to push services (VAPID, RFC 8292).

The key is made of the installation's secret, so every process has the same one and none is stored.
Browsers bind a subscription to it: after a change of the secret they have to subscribe again.
"""

from base64 import urlsafe_b64encode
from datetime import timedelta
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from ultra.kit.clock import now
from ultra.kit.crypto import derive_key
from ultra.notifications.devices.encryption import uncompressed
from ultra.settings import settings

LIFETIME = timedelta(hours=12)
"""RFC 8292 allows a day; half of it leaves room for clocks that are off."""
_ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def public_key() -> str:
    """For the browser's applicationServerKey, base64url."""
    return urlsafe_b64encode(uncompressed(_key().public_key())).decode().rstrip("=")


def authorization(url: str) -> str:
    """The Authorization header for one push service."""
    parts = urlsplit(url)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now() + LIFETIME).timestamp()),
        "sub": _contact(),
    }
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, _signing_key())
    return f"vapid t={token}, k={public_key()}"


def _contact() -> str:
    # Whom the push service's people turn to; some services refuse an address of no public host.
    if settings.website_url.startswith("https://"):
        return settings.website_url
    return f"mailto:{parseaddr(settings.mail.sender)[1]}"


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    # Twice the bits that are needed, so that taking the remainder favours no number.
    material = derive_key("vapid key 1") + derive_key("vapid key 2")
    number = int.from_bytes(material) % (_ORDER_OF_P256 - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


@cache
def _signing_key() -> ECKey:
    return ECKey.import_key(_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
