"""What stands in the link of an invitation's mail.

The invitation's id and 160 bits that only the installation's secret can make of it: neither the
table of invitations nor a job's row holds it, and the mail can be written again.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from ultra.kit.crypto import derive_key

MARK = 20


def write(invitation_id: UUID) -> str:
    return urlsafe_b64encode(invitation_id.bytes + _mark(invitation_id)).decode()


def read(token: str) -> UUID | None:
    """The invitation's id; None for anything that we did not write."""
    try:
        plain = urlsafe_b64decode(token.encode())
        invitation_id = UUID(bytes=plain[:16])
    except ValueError:
        return None
    # Compared as a whole: base64 has several spellings of the same bytes.
    return (
        invitation_id
        if hmac.compare_digest(token.encode(), write(invitation_id).encode())
        else None
    )


def _mark(invitation_id: UUID) -> bytes:
    return hmac.digest(derive_key("invitations"), invitation_id.bytes, hashlib.sha256)[:MARK]
