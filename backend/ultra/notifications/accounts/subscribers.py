"""People are told what happens to their own account, besides the mails that auth itself sends.

On the page and by push alone: whoever reads the mails of an account need not be its owner any more,
and nobody is to get two of them.
"""

from datetime import datetime
from uuid import UUID

from ultra.auth import public as auth
from ultra.auth.events import (
    ApiKeyMade,
    CameInAfterRefusals,
    EmailChanged,
    FactorAdded,
    FactorRemoved,
    NewDevice,
    PasswordChanged,
    RecoveryCodeUsed,
    SessionReused,
)
from ultra.kit.db import transaction
from ultra.kit.events import on
from ultra.kit.tasks.registry import Title
from ultra.notifications.kinds import Kind
from ultra.notifications.news import service as news
from ultra.notifications.news.service import News
from ultra.notifications.preferences import service as preferences

TITLE: Title = {"tr": "Hesap sahibine bildir", "en": "Notify the owner of an account"}


@on(PasswordChanged, title=TITLE)
def tell_of_changed_password(event: PasswordChanged) -> None:
    _tell(event.user_id, "password_changed", event.at, how=event.how)


@on(EmailChanged, title=TITLE)
def tell_of_changed_address(event: EmailChanged) -> None:
    _tell(event.user_id, "email_changed", event.at, how=event.how)


@on(FactorAdded, title=TITLE)
def tell_of_added_factor(event: FactorAdded) -> None:
    _tell(event.user_id, "factor_added", event.at, factor=event.factor)


@on(FactorRemoved, title=TITLE)
def tell_of_removed_factor(event: FactorRemoved) -> None:
    _tell(event.user_id, "factor_removed", event.at, factor=event.factor)


@on(RecoveryCodeUsed, title=TITLE)
def tell_of_used_recovery_code(event: RecoveryCodeUsed) -> None:
    _tell(event.user_id, "recovery_code_used", event.at, left=event.left)


@on(NewDevice, title=TITLE)
def tell_of_new_device(event: NewDevice) -> None:
    _tell_of_session("new_device", event)


@on(SessionReused, title=TITLE)
def tell_of_reused_session(event: SessionReused) -> None:
    _tell_of_session("session_reused", event)


@on(ApiKeyMade, title=TITLE)
def tell_of_made_key(event: ApiKeyMade) -> None:
    _tell(event.user_id, "key_made", event.at, name=event.name, key_id=str(event.key_id))


@on(CameInAfterRefusals, title=TITLE)
def tell_of_refused_tries(event: CameInAfterRefusals) -> None:
    with transaction() as session:
        zone = preferences.get(session, event.user_id).zone
    # As the owner's clock showed it.
    since = event.since.astimezone(zone).isoformat()
    _tell(event.user_id, "came_in_after_refusals", event.at, count=event.count, since=since)


def _tell_of_session(what: str, event: NewDevice | SessionReused) -> None:
    with transaction() as session:
        language = auth.get_person(session, event.user_id).locale
        device = auth.find_device(session, event.session_id, language)
    if device is not None:
        _tell(event.user_id, what, event.at, device=device.name, ip=device.ip)


def _tell(user_id: UUID, what: str, at: datetime, **facts: str | int) -> None:
    told = News(
        key=f"account:{what}:{user_id}:{at.isoformat()}",
        kind=Kind.ACCOUNT_SECURITY,
        facts={"what": what, **facts},
        # It is nobody's business in whatever workspace they are.
        workspace_id=None,
    )
    with transaction() as session:
        news.spread(session, told, [user_id])
