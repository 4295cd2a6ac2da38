"""The rules of API keys: making, recognising, replacing and ending them."""

import hmac
import ipaddress
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.events import ApiKeyMade
from ultra.auth.keys import repository
from ultra.auth.keys.errors import (
    KeyExpired,
    KeyNotAllowedHere,
    KeyRefused,
    KeyRotated,
    ScopeNotYours,
    TooManyKeys,
)
from ultra.auth.keys.models import ApiKey
from ultra.auth.keys.plain_keys import NewKey, is_key, new_key, public_id_of
from ultra.auth.keys.schemas import KeyCreate
from ultra.kit.access import Actor, Scope
from ultra.kit.clock import now
from ultra.kit.crypto import digest
from ultra.kit.db import one_statement, transaction
from ultra.kit.errors import NotFound
from ultra.kit.events import announce
from ultra.kit.log import get_logger
from ultra.kit.paging import Cursor
from ultra.kit.roles import scopes_of

__all__ = ["is_key"]

log = get_logger()

NEVER = frozenset(
    {Scope.PUBLIC, Scope.ACCOUNT, Scope.WORKSPACE_OWN, Scope.MEMBERS_WRITE, Scope.OPERATE}
)
"""What no key can do: touch an account, the workspace's fate, its members, the installation."""
MOST_KEYS = 50
GRACE = timedelta(hours=24)
"""How long a key that has a successor still works."""


def grantable(actor: Actor) -> frozenset[Scope]:
    """What this person may give a key."""
    return actor.scopes - NEVER


def create(session: Session, actor: Actor, wanted: KeyCreate) -> tuple[ApiKey, str]:
    """A new key and its plain text. Raises ScopeNotYours, TooManyKeys."""
    if not grantable(actor).issuperset(wanted.scopes):
        raise ScopeNotYours
    if repository.count_valid(session, actor.user_id, actor.workspace_id) >= MOST_KEYS:
        raise TooManyKeys(most=MOST_KEYS)
    made = new_key()
    key = _insert(
        session,
        made,
        actor=actor,
        name=wanted.name,
        scopes=sorted(set(wanted.scopes)),
        ip_allow=wanted.ip_allow,
        lifetime_days=wanted.expires_in_days,
    )
    _note(session, "key.created", key, scopes=key.scopes, expires_at=key.expires_at)
    announce(session, ApiKeyMade(actor.user_id, key.id, key.name, now()))
    return key, made.plain


def rotate(session: Session, actor: Actor, key_id: UUID) -> tuple[ApiKey, str]:
    """A successor that may do the same; the old one works for another day.

    Raises NotFound, KeyRotated.
    """
    old = repository.find_own(session, actor.user_id, actor.workspace_id, key_id)
    if old is None:
        raise NotFound
    if not repository.hand_over(session, old.id, GRACE):
        raise KeyRotated
    made = new_key()
    key = _insert(
        session,
        made,
        actor=actor,
        name=old.name,
        scopes=old.scopes,
        ip_allow=old.ip_allow,
        lifetime_days=old.lifetime_days,
    )
    _note(session, "key.rotated", key, replaces=str(old.id))
    announce(session, ApiKeyMade(actor.user_id, key.id, key.name, now()))
    return key, made.plain


def list_own(
    session: Session, actor: Actor, *, after: Cursor | None, limit: int
) -> Sequence[ApiKey]:
    return repository.list_own(session, actor.user_id, actor.workspace_id, after=after, limit=limit)


def end(session: Session, actor: Actor, key_id: UUID) -> None:
    """From the commit on it is refused. Raises NotFound."""
    ended = repository.end(session, actor.user_id, actor.workspace_id, key_id)
    if ended is None:
        raise NotFound
    _note(session, "key.ended", ended)


def end_all_of(session: Session, user_id: UUID, *, by: UUID | None = None) -> int:
    """End everything that acts for this person by itself; how many keys those were.

    `by` is who ends them where nobody is signed in.
    """
    ended = repository.end_all_of(session, user_id)
    for key in ended:
        _note(session, "key.ended", key, by=by)
    return len(ended)


def identify(token: str, ip: str | None) -> Actor:
    """Who is calling by this key. Raises KeyRefused, KeyExpired, KeyNotAllowedHere.

    Asks the database each time, so that whatever ends a key or narrows what its person may do holds
    from the very next request on.
    """
    public_id = public_id_of(token)
    if public_id is None:
        raise KeyRefused
    with one_statement() as session:
        found = repository.find_usable(session, public_id)
    if found is None or not hmac.compare_digest(found.key.digest, digest(token)):
        raise KeyRefused
    key = found.key
    if found.is_expired:
        raise KeyExpired
    if key.ip_allow and not _is_within(ip, key.ip_allow):
        log.warning("key.refused_here", key_id=str(key.id), ip=ip)
        raise KeyNotAllowedHere
    if found.is_seen_due:
        with transaction() as session:
            repository.touch(session, key.id)
    own = frozenset(scope for scope in Scope if scope in key.scopes)
    return Actor(
        user_id=key.user_id,
        workspace_id=key.workspace_id,
        session_id=None,
        scopes=(own & scopes_of(found.role)) - NEVER,
        key_id=key.id,
        lacks_second_factor=found.lacks_second_factor,
    )


def _insert(
    session: Session,
    made: NewKey,
    *,
    actor: Actor,
    name: str,
    scopes: Sequence[str],
    ip_allow: Sequence[str],
    lifetime_days: int,
) -> ApiKey:
    return repository.insert(
        session,
        lifetime=timedelta(days=lifetime_days),
        workspace_id=actor.workspace_id,
        user_id=actor.user_id,
        name=name,
        public_id=made.public_id,
        digest=digest(made.plain),
        last_four=made.last_four,
        scopes=list(scopes),
        ip_allow=list(ip_allow),
        lifetime_days=lifetime_days,
    )


def _is_within(ip: str | None, networks: Iterable[str]) -> bool:
    try:
        address = ipaddress.ip_address(ip or "")
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in ipaddress.ip_network(each) for each in networks)


def _note(
    session: Session, action: str, key: ApiKey, *, by: UUID | None = None, **facts: object
) -> None:
    audit.record(
        session,
        action,
        workspace_id=key.workspace_id,
        user_id=by,
        object_type="api_key",
        object_id=key.id,
        facts={"name": key.name, "public_id": key.public_id, **facts},
    )
