"""The rules of hooks: who has which, and what a call from outside may start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.jobs.hooks import mapping as mappings
from ultra.jobs.hooks import repository
from ultra.jobs.hooks.errors import CallNotVerified, HookNotFound, TooManyHooks
from ultra.jobs.hooks.kinds import CallStatus
from ultra.jobs.hooks.models import OLD_SECRET, SECRET, Hook, HookCall
from ultra.jobs.hooks.schemas import HookCreate, HookUpdate, as_stored
from ultra.jobs.hooks.signatures import Identity, identify
from ultra.jobs.offers import service as offers
from ultra.kit import clock, vault
from ultra.kit.access import Actor
from ultra.kit.crypto import new_secret
from ultra.kit.errors import LANGUAGES, AppError
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.kit.paging import Cursor
from ultra.kit.tasks import Trigger
from ultra.kit.webhooks import BadSignature, Reason, make_secret
from ultra.settings import settings

log = get_logger()

MOST = 50
OLD_SECRET_LIVES = timedelta(hours=24)
VAIN_PER_MINUTE = 30
"""Calls of one hook that are written down although they start nothing. More of them are only
counted, lest a stranger who knows the address, or has seen a call, could fill the database."""
PURGE_BATCH = 1000

# For the people who set the hook up; a caller is not told which of them it was.
REASONS: dict[Reason, tuple[str, str]] = {
    Reason.HEADERS_MISSING: (
        "İmza başlıkları eksik.",
        "The headers of the signature are missing.",
    ),
    Reason.HEADERS_MALFORMED: (
        "İmza başlıkları anlaşılamadı.",
        "The headers of the signature could not be read.",
    ),
    Reason.TOO_OLD: (
        "Çağrı beş dakikadan eski: yinelenmiş ya da gönderenin saati geri kalmış olabilir.",
        "The call is more than five minutes old: repeated, or the sender's clock is slow.",
    ),
    Reason.TOO_NEW: (
        "Çağrının zamanı ileride: gönderenin saati ileri gidiyor.",
        "The call is from the future: the sender's clock is fast.",
    ),
    Reason.NO_MATCH: (
        "İmza bu webhook'un gizli anahtarıyla yapılmamış.",
        "The signature was not made with this webhook's secret.",
    ),
}

SECRET_LOST = {
    "tr": "Bu webhook'un gizli anahtarı artık açılamıyor; yenisini oluşturun.",
    "en": "The secret of this webhook does not open any more; make a new one.",
}


@dataclass(frozen=True)
class Call:
    """What came in, as it came."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Outcome:
    status: CallStatus
    job_id: UUID | None = None
    error: AppError | None = None
    """Raised by whoever answers, once the transaction has kept the note of it."""


def get(session: Session, actor: Actor, hook_id: UUID) -> Hook:
    """Raises HookNotFound, also for another workspace's."""
    return _found(repository.find(session, actor.workspace_id, hook_id))


def page(session: Session, actor: Actor, *, after: Cursor | None, limit: int) -> Sequence[Hook]:
    return repository.page(session, actor.workspace_id, after=after, limit=limit)


def create(session: Session, actor: Actor, wanted: HookCreate) -> tuple[Hook, str]:
    """The hook and its secret, which is shown this once."""
    if repository.count(session, actor.workspace_id) >= MOST:
        raise TooManyHooks(most=MOST)
    secret = make_secret()
    hook = Hook(
        id=new_id(),
        workspace_id=actor.workspace_id,
        created_by=actor.user_id,
        name=wanted.name,
        token=new_secret(),
        signature=wanted.signature,
        offer=wanted.offer,
        mapping=as_stored(wanted.mapping),
    )
    SECRET.write(session, hook, SecretStr(secret))
    mappings.check(offers.get(hook.offer), hook.mapping)
    session.add(hook)
    session.flush()
    session.refresh(hook)
    _record(session, "hook.created", hook, **_settings_of(hook))
    return hook, secret


def update(session: Session, actor: Actor, hook_id: UUID, change: HookUpdate) -> Hook:
    hook = _lock(session, actor, hook_id)
    before = _settings_of(hook)
    for name in ("name", "signature", "offer", "is_enabled"):
        value = getattr(change, name)
        if value is not None:
            setattr(hook, name, value)
    if change.mapping is not None:
        hook.mapping = as_stored(change.mapping)
    if change.mapping is not None or change.offer is not None:
        mappings.check(offers.get(hook.offer), hook.mapping)
    session.flush()
    session.refresh(hook)
    if changes := auth.changes(before, _settings_of(hook)):
        _record(session, "hook.changed", hook, **changes)
    return hook


def delete(session: Session, actor: Actor, hook_id: UUID) -> None:
    hook = _lock(session, actor, hook_id)
    _record(session, "hook.deleted", hook, offer=hook.offer)
    session.delete(hook)


def rotate(session: Session, actor: Actor, hook_id: UUID) -> tuple[Hook, str]:
    """A new secret; the present one is believed for another day."""
    hook = _lock(session, actor, hook_id)
    secret = make_secret()
    try:
        OLD_SECRET.write(session, hook, SECRET.read(session, hook))
        hook.old_secret_until = repository.clock(session) + OLD_SECRET_LIVES
    except vault.SecretLost as error:
        # A new secret is what mends that.
        log.warning("hook.secret_lost", hook_id=str(hook.id), reason=str(error))
    SECRET.write(session, hook, SecretStr(secret))
    session.flush()
    session.refresh(hook)
    _record(session, "hook.secret_renewed", hook)
    return hook, secret


def calls(
    session: Session, actor: Actor, hook_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[HookCall]:
    hook = get(session, actor, hook_id)
    return repository.calls(session, hook.id, after=after, limit=limit)


def receive(session: Session, token: str, call: Call) -> Outcome:
    """Verify, tell repetitions, then start what the hook is for. Raises HookNotFound."""
    hook = repository.find_enabled(session, token)
    if hook is None or not auth.lives(session, hook.workspace_id):
        # A workspace that is waiting to be removed does nothing; brought back, it hears again.
        raise HookNotFound
    secrets = _secrets(session, hook)
    if not secrets:
        return _refuse(session, hook, CallNotVerified(), code="secret_lost", reason=SECRET_LOST)
    try:
        identity = identify(hook.signature, secrets, call.headers, call.body, now=clock.now())
    except BadSignature as error:
        turkish, english = REASONS[error.reason]
        reason = {"tr": turkish, "en": english}
        return _refuse(session, hook, CallNotVerified(), code=error.reason, reason=reason)
    call_id = repository.take(session, hook, identity)
    if call_id is None:
        return _repeat(session, hook, identity)
    try:
        with session.begin_nested():
            job_id = None if identity.is_greeting else _start(session, hook, call_id, call.body)
    except AppError as error:
        # The same call may come again once the hook, or what it speaks of, has been put right.
        reason = {language: error.detail(language) for language in LANGUAGES}
        return _refuse(session, hook, error, code=error.code, reason=reason, call_id=call_id)
    repository.change_call(session, call_id, job_id=job_id)
    repository.count_call(session, hook, CallStatus.ACCEPTED)
    return Outcome(CallStatus.ACCEPTED, job_id)


def remove_old_calls(session: Session) -> int:
    """A batch of them; how many. With a call goes the memory that it must not be repeated."""
    age = timedelta(days=settings.jobs.keep_hook_calls_days)
    return repository.remove_old_calls(session, age, PURGE_BATCH)


def address_of(hook: Hook) -> str:
    return f"{settings.website_url}/api/jobs/hooks/{hook.token}"


def _settings_of(hook: Hook) -> dict[str, Any]:
    """What people set, as the audit log holds it."""
    return {
        name: getattr(hook, name)
        for name in ("name", "signature", "offer", "mapping", "is_enabled")
    }


def _record(session: Session, action: str, hook: Hook, **facts: Any) -> None:
    auth.record(
        session,
        action,
        workspace_id=hook.workspace_id,
        object_type="hook",
        object_id=hook.id,
        facts={"name": hook.name, **facts},
    )


def _start(session: Session, hook: Hook, call_id: UUID, body: bytes) -> UUID | None:
    offer = offers.get(hook.offer)
    wanted = offers.check(offer, mappings.fill(offer, hook.mapping, body))
    return offer.start(session, hook.workspace_id, wanted, Trigger.WEBHOOK, f"hook:{call_id}")


def _repeat(session: Session, hook: Hook, identity: Identity) -> Outcome:
    first = repository.find_accepted(session, hook, identity)
    _note_vain(
        session,
        hook,
        CallStatus.DUPLICATE,
        external_id=identity.external_id,
        job_id=first.job_id,
    )
    repository.count_call(session, hook, CallStatus.DUPLICATE)
    return Outcome(CallStatus.DUPLICATE, first.job_id)


def _refuse(
    session: Session,
    hook: Hook,
    error: AppError,
    *,
    code: str,
    reason: dict[str, Any],
    call_id: UUID | None = None,
) -> Outcome:
    if call_id is not None:
        repository.change_call(
            session, call_id, status=CallStatus.REFUSED, code=code, reason=reason
        )
    else:
        _note_vain(session, hook, CallStatus.REFUSED, code=code, reason=reason)
    repository.count_call(session, hook, CallStatus.REFUSED)
    return Outcome(CallStatus.REFUSED, error=error)


def _note_vain(session: Session, hook: Hook, status: CallStatus, **values: Any) -> None:
    if repository.vain_calls_lately(session, hook) < VAIN_PER_MINUTE:
        repository.add_call(session, hook, status, **values)


def _secrets(session: Session, hook: Hook) -> list[str]:
    """The present secret, and the one before while it is believed."""
    columns = [SECRET]
    until = hook.old_secret_until
    if hook.sealed_old_secret and until and until > repository.clock(session):
        columns.append(OLD_SECRET)
    found = []
    for column in columns:
        try:
            found.append(column.read(session, hook).get_secret_value())
        except vault.SecretLost as error:
            # Then nobody can prove anything, until somebody makes a new one.
            log.warning("hook.secret_lost", hook_id=str(hook.id), reason=str(error))
    return found


def _lock(session: Session, actor: Actor, hook_id: UUID) -> Hook:
    return _found(repository.find(session, actor.workspace_id, hook_id, for_update=True))


def _found(hook: Hook | None) -> Hook:
    if hook is None:
        raise HookNotFound
    return hook
