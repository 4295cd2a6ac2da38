"""Links by which a mail can be stopped without signing in (RFC 8058).

The link itself says whose mails of which kinds it stops, and a signature under the installation's
secret that we wrote it. It has no end: mails lie around for years.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit.crypto import derive_key
from ultra.kit.errors import Language, NotFound
from ultra.notifications.kinds import CHOOSABLE, KINDS, ChannelName, Kind
from ultra.notifications.preferences import service as preferences
from ultra.notifications.preferences.errors import UnsubscribeLinkInvalid
from ultra.notifications.preferences.schemas import SubscriptionRead

_MAC_BYTES = 18


@dataclass(frozen=True)
class Subscription:
    """The mails that one link stands for; of several kinds when it is a digest's."""

    user_id: UUID
    kinds: list[Kind]


def write_token(user_id: UUID, kinds: Iterable[Kind]) -> str:
    plain = user_id.bytes + ",".join(sorted(set(kinds))).encode()
    # No dot in it: in a path that looks like a file's ending, and servers treat those apart.
    return urlsafe_b64encode(_sign(plain) + plain).decode().rstrip("=")


def read_token(token: str) -> Subscription:
    """Raises UnsubscribeLinkInvalid for anything that we did not write."""
    try:
        data = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        raise UnsubscribeLinkInvalid from None
    mac, plain = data[:_MAC_BYTES], data[_MAC_BYTES:]
    if not hmac.compare_digest(_sign(plain), mac):
        raise UnsubscribeLinkInvalid
    # A kind that a later version dropped has no mails to stop.
    names = plain[16:].decode().split(",")
    kinds = [kind for kind in CHOOSABLE if kind in names]
    return Subscription(UUID(bytes=plain[:16]), kinds)


def describe(session: Session, token: str, language: Language) -> SubscriptionRead:
    """What the page shows to whoever holds the link."""
    found = read_token(token)
    try:
        person = auth.get_person(session, found.user_id)
    except NotFound:
        raise UnsubscribeLinkInvalid from None
    is_one = len(found.kinds) == 1
    wanted = preferences.get(session, found.user_id)
    return SubscriptionRead(
        email=mask(person.email),
        kind=found.kinds[0] if is_one else "digest",
        title=", ".join(KINDS[kind].title[language] for kind in found.kinds),
        is_subscribed=any(wanted.wants(kind, ChannelName.EMAIL) for kind in found.kinds),
    )


def change(session: Session, token: str, *, is_subscribed: bool) -> None:
    """Stop the mails, or undo that."""
    found = read_token(token)
    try:
        preferences.set_email(session, found.user_id, found.kinds, is_wanted=is_subscribed)
    except NotFound:
        raise UnsubscribeLinkInvalid from None


def mask(email: str) -> str:
    """Enough to know one's own address, too little to learn somebody else's: `a•••@example.com`."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}•••@{host}"


def _sign(plain: bytes) -> bytes:
    return hmac.digest(derive_key("unsubscribe"), plain, "sha256")[:_MAC_BYTES]
