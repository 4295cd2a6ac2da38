"""The rules of endpoints: secrets, switching off and on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit import outgoing, vault, webhooks
from ultra.kit.access import Actor
from ultra.kit.clock import now
from ultra.kit.events import announce
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.kit.paging import Cursor
from ultra.kit.vault import SealedColumn
from ultra.notifications.endpoints import repository
from ultra.notifications.endpoints.errors import (
    EndpointHasNoSecret,
    EndpointNotFound,
    TooManyEndpoints,
)
from ultra.notifications.endpoints.models import OLD_SECRET, SECRET, URL, Endpoint
from ultra.notifications.endpoints.schemas import EndpointCreate, EndpointUpdate
from ultra.notifications.endpoints.states import DisabledReason, EndpointType
from ultra.notifications.events import EndpointDisabled

log = get_logger()

LIMIT = 20
BOTH_SECRETS = timedelta(hours=24)
"""How long after a rotation messages carry signatures of both secrets."""


@dataclass(frozen=True)
class EndpointAddress:
    """Where an endpoint is reached, and what its messages are signed with."""

    url: str = field(repr=False)
    secrets: list[str] = field(repr=False)


def create(session: Session, actor: Actor, wanted: EndpointCreate) -> tuple[Endpoint, str | None]:
    """The endpoint and, for a webhook, its secret, which nobody can read again."""
    outgoing.check(wanted.url)
    if repository.count(session, actor.workspace_id) >= LIMIT:
        raise TooManyEndpoints(limit=LIMIT)
    endpoint = Endpoint(
        id=new_id(),
        workspace_id=actor.workspace_id,
        created_by=actor.user_id,
        type=wanted.type,
        name=wanted.name,
        kinds=list(wanted.kinds),
    )
    URL.write(session, endpoint, SecretStr(wanted.url))
    secret = None
    if wanted.type is EndpointType.WEBHOOK:
        secret = webhooks.make_secret()
        SECRET.write(session, endpoint, SecretStr(secret))
    session.add(endpoint)
    facts = {"type": endpoint.type, "host": _host(wanted.url), "kinds": endpoint.kinds}
    _record(session, "webhook.created", endpoint, **facts)
    return _fresh(session, endpoint), secret


def get(session: Session, actor: Actor, endpoint_id: UUID) -> Endpoint:
    """Raises EndpointNotFound, also for another workspace's."""
    return _found(repository.find(session, actor.workspace_id, endpoint_id))


def page(session: Session, actor: Actor, *, after: Cursor | None, limit: int) -> Sequence[Endpoint]:
    return repository.page(session, actor.workspace_id, after=after, limit=limit)


def change(session: Session, actor: Actor, endpoint_id: UUID, wanted: EndpointUpdate) -> Endpoint:
    if wanted.url is not None:
        # First: looking a name up takes time, and no row is to stay locked for that.
        outgoing.check(wanted.url)
    endpoint = _lock(session, actor, endpoint_id)
    before = _settings_of(endpoint)
    facts: dict[str, Any] = {}
    if wanted.url is not None and wanted.url != (old := _open(session, URL, endpoint)):
        # Also where the host stays: the rest of an address can be a secret.
        facts["hosts"] = {"from": _host(old), "to": _host(wanted.url)}
        URL.write(session, endpoint, SecretStr(wanted.url))
    if wanted.name is not None:
        endpoint.name = wanted.name
    if wanted.kinds is not None:
        endpoint.kinds = list(wanted.kinds)
    if wanted.is_enabled is True:
        _switch_on(endpoint)
    elif wanted.is_enabled is False and endpoint.is_enabled:
        _switch_off(endpoint, DisabledReason.BY_PERSON)
    _record_change(session, endpoint, before, **facts)
    return _fresh(session, endpoint)


def enable(session: Session, actor: Actor, endpoint_id: UUID) -> Endpoint:
    endpoint = _lock(session, actor, endpoint_id)
    before = _settings_of(endpoint)
    _switch_on(endpoint)
    _record_change(session, endpoint, before)
    return _fresh(session, endpoint)


def rotate(session: Session, actor: Actor, endpoint_id: UUID) -> tuple[Endpoint, str]:
    """A new secret; the old one goes on being used beside it for a day."""
    endpoint = _lock(session, actor, endpoint_id)
    if endpoint.sealed_secret is None:
        raise EndpointHasNoSecret
    old = _open(session, SECRET, endpoint)
    if old is not None:
        OLD_SECRET.write(session, endpoint, SecretStr(old))
        endpoint.old_secret_until = now() + BOTH_SECRETS
    secret = webhooks.make_secret()
    SECRET.write(session, endpoint, SecretStr(secret))
    _record(session, "webhook.secret_renewed", endpoint)
    return _fresh(session, endpoint), secret


def delete(session: Session, actor: Actor, endpoint_id: UUID) -> None:
    """Its deliveries go with it; those on their way find nobody to go to."""
    endpoint = _lock(session, actor, endpoint_id)
    facts = {"type": endpoint.type, "host": _host(_open(session, URL, endpoint))}
    _record(session, "webhook.deleted", endpoint, **facts)
    session.delete(endpoint)


def shown_url(session: Session, endpoint: Endpoint) -> str:
    """The address as people may see it; empty when it cannot be opened any more."""
    url = _open(session, URL, endpoint) or ""
    if endpoint.type is EndpointType.WEBHOOK or not url:
        return url
    return f"{urlsplit(url).hostname}/…{url[-4:]}"


def address_of(session: Session, endpoint: Endpoint) -> EndpointAddress | None:
    """None when the key of the vault is gone and nothing can be opened any more."""
    url = _open(session, URL, endpoint)
    if url is None:
        return None
    if endpoint.type is not EndpointType.WEBHOOK:
        return EndpointAddress(url, [])
    columns = [SECRET]
    if endpoint.old_secret_until and endpoint.old_secret_until > now():
        columns.append(OLD_SECRET)
    opened = [_open(session, column, endpoint) for column in columns]
    secrets = [secret for secret in opened if secret is not None]
    return EndpointAddress(url, secrets) if secrets else None


def note_attempt(endpoint: Endpoint, *, is_success: bool, status: int | None) -> None:
    """Remember how the newest attempt went."""
    endpoint.last_delivery_at = func.now()
    endpoint.last_status = status
    if is_success:
        endpoint.failing_since = None
        endpoint.last_success_at = func.now()
    elif endpoint.failing_since is None:
        endpoint.failing_since = func.now()


def disable(session: Session, endpoint: Endpoint, reason: DisabledReason) -> None:
    """Switch it off because of what the other side does, and have its people told."""
    if not endpoint.is_enabled:
        return
    _switch_off(endpoint, reason)
    session.flush()
    session.refresh(endpoint)
    assert endpoint.disabled_at is not None
    announce(
        session,
        EndpointDisabled(
            endpoint.id, endpoint.workspace_id, endpoint.name, reason.value, endpoint.disabled_at
        ),
    )
    _record(session, "webhook.switched_off", endpoint, reason=reason)
    log.info("endpoint.disabled", endpoint_id=str(endpoint.id), reason=reason)


def _host(url: str | None) -> str | None:
    """All that the audit log may hold of an address."""
    return urlsplit(url).hostname if url else None


def _settings_of(endpoint: Endpoint) -> dict[str, Any]:
    """What people set besides the address."""
    return {name: getattr(endpoint, name) for name in ("name", "kinds", "is_enabled")}


def _record_change(
    session: Session, endpoint: Endpoint, before: dict[str, Any], **facts: Any
) -> None:
    """Nothing where all is as it was."""
    facts |= auth.changes(before, _settings_of(endpoint))
    if facts:
        _record(session, "webhook.changed", endpoint, **facts)


def _record(session: Session, action: str, endpoint: Endpoint, **facts: Any) -> None:
    auth.record(
        session,
        action,
        workspace_id=endpoint.workspace_id,
        object_type="webhook",
        object_id=endpoint.id,
        facts={"name": endpoint.name, **facts},
    )


def _switch_off(endpoint: Endpoint, reason: DisabledReason) -> None:
    endpoint.is_enabled = False
    endpoint.disabled_reason = reason
    endpoint.disabled_at = func.now()


def _switch_on(endpoint: Endpoint) -> None:
    endpoint.is_enabled = True
    endpoint.disabled_reason = endpoint.disabled_at = endpoint.failing_since = None


def _open(session: Session, column: SealedColumn[Endpoint], endpoint: Endpoint) -> str | None:
    """None where nothing is sealed, or what is does not open any more."""
    if getattr(endpoint, column.name) is None:
        return None
    try:
        return column.read(session, endpoint).get_secret_value()
    except vault.SecretLost as error:
        log.warning("endpoint.secret_lost", endpoint_id=str(endpoint.id), reason=str(error))
        return None


def _fresh(session: Session, endpoint: Endpoint) -> Endpoint:
    session.flush()
    session.refresh(endpoint)
    return endpoint


def _lock(session: Session, actor: Actor, endpoint_id: UUID) -> Endpoint:
    return _found(repository.find(session, actor.workspace_id, endpoint_id, for_update=True))


def _found(endpoint: Endpoint | None) -> Endpoint:
    if endpoint is None:
        raise EndpointNotFound
    return endpoint
