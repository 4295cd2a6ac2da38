"""Mails people what auth announces about their accounts; nobody stands below it to do so."""

from ultra.auth.events import (
    FactorAdded,
    FactorRemoved,
    NewDevice,
    PasswordChanged,
    RecoveryCodeUsed,
    SessionReused,
)
from ultra.auth.letters import service as letters
from ultra.auth.letters.kinds import LetterKind
from ultra.kit.db import transaction
from ultra.kit.events import on
from ultra.kit.tasks.registry import Title

TITLE: Title = {"tr": "Hesap sahibine haber ver", "en": "Tell the owner of an account"}


@on(PasswordChanged, title=TITLE)
def mail_password_changed(event: PasswordChanged) -> None:
    with transaction() as session:
        letters.send_news(
            session, LetterKind.PASSWORD_CHANGED, event.user_id, at=event.at.isoformat()
        )


@on(FactorAdded, title=TITLE)
def mail_factor_added(event: FactorAdded) -> None:
    _tell_of_factor(LetterKind.FACTOR_ADDED, event)


@on(FactorRemoved, title=TITLE)
def mail_factor_removed(event: FactorRemoved) -> None:
    _tell_of_factor(LetterKind.FACTOR_REMOVED, event)


@on(RecoveryCodeUsed, title=TITLE)
def mail_recovery_code_used(event: RecoveryCodeUsed) -> None:
    with transaction() as session:
        letters.send_news(
            session,
            LetterKind.RECOVERY_CODE_USED,
            event.user_id,
            at=event.at.isoformat(),
            left=str(event.left),
        )


@on(NewDevice, title=TITLE)
def mail_new_device(event: NewDevice) -> None:
    _tell_of_session(LetterKind.NEW_DEVICE, event)


@on(SessionReused, title=TITLE)
def mail_session_reused(event: SessionReused) -> None:
    _tell_of_session(LetterKind.SESSION_REUSED, event)


def _tell_of_factor(kind: LetterKind, event: FactorAdded | FactorRemoved) -> None:
    with transaction() as session:
        letters.send_news(
            session, kind, event.user_id, at=event.at.isoformat(), factor=event.factor
        )


def _tell_of_session(kind: LetterKind, event: NewDevice | SessionReused) -> None:
    with transaction() as session:
        letters.send_news(
            session,
            kind,
            event.user_id,
            at=event.at.isoformat(),
            session_id=str(event.session_id),
        )
