"""The rules of second factors: adding and removing them, and proving oneself with one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from prometheus_client import Counter
from pydantic import SecretStr
from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.events import FactorAdded, FactorRemoved, RecoveryCodeUsed
from ultra.auth.factors import challenges, passkeys, recovery_codes, repository, totp, ways_in
from ultra.auth.factors.challenges import Purpose
from ultra.auth.factors.errors import (
    LastWayIn,
    NoSecondFactor,
    PasskeyKnown,
    PasskeyRefused,
    TooManyPasskeys,
    TotpOff,
    TotpOn,
    WrongCode,
    WrongRecoveryCode,
)
from ultra.auth.factors.kinds import Way
from ultra.auth.factors.models import TOTP_SECRET, Passkey, TotpSecret
from ultra.auth.factors.schemas import NewPasskeyCredential, PasskeyAssertion, SecondFactor
from ultra.auth.sessions import service as sessions
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.kit import limits, vault
from ultra.kit.clock import now
from ultra.kit.errors import NotFound
from ultra.kit.events import announce
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger

log = get_logger()

MOST_PASSKEYS = 20
COUNT_REGRESSIONS = Counter(
    "ultra_auth_passkey_count_regressions_total",
    "Passkeys that counted backwards: a copy, or a key that its owner synchronises",
)


@dataclass(frozen=True)
class Overview:
    totp_since: datetime | None
    passkeys: Sequence[Passkey]
    recovery_codes_left: int


def is_needed(session: Session, user_id: UUID) -> bool:
    """Whether a password, Google or GitHub alone does not sign this person in."""
    return bool(ways(session, user_id))


def ways(session: Session, user_id: UUID) -> list[Way]:
    """What this person can do the second step with; nothing for whoever has no second factor."""
    found = []
    if repository.totp_since(session, user_id):
        found.append(Way.TOTP)
    if repository.has_passkey(session, user_id):
        found.append(Way.PASSKEY)
    if found and repository.count_recovery_codes(session, user_id):
        found.append(Way.RECOVERY)
    return found


def overview(session: Session, user_id: UUID) -> Overview:
    return Overview(
        repository.totp_since(session, user_id),
        repository.list_passkeys(session, user_id),
        repository.count_recovery_codes(session, user_id),
    )


def prove(
    session: Session, user_id: UUID, given: SecondFactor, purpose: Purpose, *, owner: str
) -> Way:
    """Check one second factor of a known person.

    Raises WrongCode, WrongRecoveryCode, PasskeyRefused, TooMany.
    """
    if given.code is not None:
        prove_by_totp(session, user_id, given.code)
        return Way.TOTP
    if given.recovery_code is not None:
        prove_by_recovery_code(session, user_id, given.recovery_code)
        return Way.RECOVERY
    if given.passkey is None:
        raise PasskeyRefused
    prove_by_passkey(session, given.passkey, purpose, owner=owner, user_id=user_id)
    return Way.PASSKEY


def remove_added_since(session: Session, user_id: UUID, since: datetime) -> None:
    """Whatever was added while the account was in other hands, the last way in included."""
    for passkey in repository.list_passkeys(session, user_id):
        if passkey.created_at >= since:
            repository.delete_passkey(session, passkey.id)
            _note_removed(session, user_id, Way.PASSKEY)
    totp_since = repository.totp_since(session, user_id)
    if totp_since and totp_since >= since:
        repository.delete_totp(session, user_id)
        _note_removed(session, user_id, Way.TOTP)
    # Made anew for factors that stay; those of before are gone.
    if repository.delete_recovery_codes(session, user_id, since=since):
        _note_removed(session, user_id, Way.RECOVERY)


# --- Authenticator app ---


def set_up_totp(session: Session, user_id: UUID) -> str:
    """A new secret, which counts once a code of it is confirmed. Raises TotpOn."""
    secret = totp.new_secret()
    row = TotpSecret(user_id=user_id)
    TOTP_SECRET.write(session, row, SecretStr(secret))
    if not repository.put_totp(session, user_id, row.sealed_secret):
        raise TotpOn
    return secret


def confirm_totp(session: Session, user_id: UUID, code: str) -> list[str]:
    """Turn codes on; the recovery codes that belong to a first factor.

    Raises TotpOff, TotpOn, WrongCode, TooMany.
    """
    found = repository.find_totp(session, user_id)
    if found is None:
        raise TotpOff
    if found.confirmed_at:
        raise TotpOn
    _accept_code(session, user_id, code, found)
    _note_added(session, user_id, Way.TOTP)
    return _first_codes(session, user_id)


def remove_totp(session: Session, user_id: UUID) -> None:
    """Raises TotpOff."""
    if not repository.delete_totp(session, user_id):
        raise TotpOff
    _note_removed(session, user_id, Way.TOTP)


def prove_by_totp(session: Session, user_id: UUID, code: str) -> None:
    """Raises WrongCode, TooMany."""
    found = repository.find_totp(session, user_id)
    is_on = found is not None and found.confirmed_at is not None
    _accept_code(session, user_id, code, found if is_on else None)


def _accept_code(session: Session, user_id: UUID, code: str, row: TotpSecret | None) -> None:
    limits.check("second_factor", str(user_id))
    secret = _open_totp(session, row)
    step = totp.matching_step(secret, code.replace(" ", "")) if secret else None
    is_right = row and step and repository.accept_step(session, user_id, row.created_at, step)
    if not is_right:
        log.info("factor.refused", factor=Way.TOTP, user_id=str(user_id))
        raise WrongCode
    limits.forget("second_factor", str(user_id))


def _open_totp(session: Session, row: TotpSecret | None) -> str | None:
    if row is None:
        return None
    try:
        return TOTP_SECRET.read(session, row).get_secret_value()
    except vault.SecretLost as error:
        # No code can be right any more: its owner comes in with a recovery code or a passkey.
        log.warning("factor.secret_lost", user_id=str(row.user_id), reason=str(error))
        return None


# --- Recovery codes ---


def new_recovery_codes(session: Session, user_id: UUID) -> list[str]:
    """A new set in place of the one before. Raises NoSecondFactor."""
    if not is_needed(session, user_id):
        raise NoSecondFactor
    _note_added(session, user_id, Way.RECOVERY)
    return _make_codes(session, user_id)


def prove_by_recovery_code(session: Session, user_id: UUID, code: str) -> None:
    """Raises WrongRecoveryCode, TooMany."""
    limits.check("second_factor", str(user_id))
    if not repository.use_recovery_code(session, user_id, recovery_codes.digest_of(code)):
        log.info("factor.refused", factor=Way.RECOVERY, user_id=str(user_id))
        raise WrongRecoveryCode
    limits.forget("second_factor", str(user_id))
    left = repository.count_recovery_codes(session, user_id)
    announce(session, RecoveryCodeUsed(user_id, left, now()))
    audit.record(session, "recovery_code.used", user_id=user_id, facts={"left": left})


def _first_codes(session: Session, user_id: UUID) -> list[str]:
    if repository.count_recovery_codes(session, user_id):
        return []
    return _make_codes(session, user_id)


def _make_codes(session: Session, user_id: UUID) -> list[str]:
    codes = recovery_codes.new_codes()
    repository.replace_recovery_codes(session, user_id, map(recovery_codes.digest_of, codes))
    return codes


# --- Passkeys ---


def add_passkey(
    session: Session, user_id: UUID, name: str, credential: NewPasskeyCredential, *, owner: str
) -> tuple[Passkey, list[str]]:
    """The new one, and the recovery codes that belong to a first factor.

    Raises PasskeyRefused, PasskeyNotUsable, PasskeyKnown, TooManyPasskeys.
    """
    challenge = passkeys.challenge_of(credential)
    challenges.take(Purpose.REGISTER, owner, challenge)
    verified = passkeys.verify_registration(credential, challenge)
    if len(repository.list_passkeys(session, user_id)) >= MOST_PASSKEYS:
        raise TooManyPasskeys(most=MOST_PASSKEYS)
    passkey = repository.insert_passkey(
        session,
        id=new_id(),
        user_id=user_id,
        name=name,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        aaguid=UUID(verified.aaguid),
        transports=passkeys.known_transports(credential.response.transports),
        sign_count=verified.sign_count,
        is_backup_eligible=passkeys.is_backup_eligible(verified),
        is_backed_up=verified.credential_backed_up,
    )
    if passkey is None:
        raise PasskeyKnown
    _note_added(session, user_id, Way.PASSKEY)
    return passkey, _first_codes(session, user_id)


def list_passkeys(session: Session, user_id: UUID) -> Sequence[Passkey]:
    return repository.list_passkeys(session, user_id)


def rename_passkey(session: Session, user_id: UUID, passkey_id: UUID, name: str) -> Passkey:
    """Raises NotFound, also for somebody else's."""
    renamed = repository.rename_passkey(session, user_id, passkey_id, name)
    if renamed is None:
        raise NotFound
    return renamed


def remove_passkey(session: Session, user_id: UUID, passkey_id: UUID) -> None:
    """Raises NotFound, LastWayIn."""
    ways_left = ways_in.count(session, user_id)
    if passkey_id not in {each.id for each in repository.list_passkeys(session, user_id)}:
        raise NotFound
    if ways_left == 1:
        raise LastWayIn
    repository.delete_passkey(session, passkey_id)
    _note_removed(session, user_id, Way.PASSKEY)


def registration_options(session: Session, user: User, *, owner: str) -> dict[str, object]:
    challenge = challenges.make(Purpose.REGISTER, owner)
    return passkeys.registration_options(
        user, repository.list_passkeys(session, user.id), challenge
    )


def sign_in_options(*, owner: str) -> dict[str, object]:
    """For a browser of which nobody knows yet who uses it."""
    return passkeys.sign_in_options(challenges.make(Purpose.SIGN_IN, owner))


def own_options(
    session: Session, user_id: UUID, purpose: Purpose, *, owner: str
) -> dict[str, object]:
    """For somebody known, with one of their own passkeys. Raises PasskeyRefused without any."""
    known = repository.list_passkeys(session, user_id)
    if not known:
        raise PasskeyRefused
    return passkeys.sign_in_options(challenges.make(purpose, owner), known)


def prove_by_passkey(
    session: Session,
    credential: PasskeyAssertion,
    purpose: Purpose,
    *,
    owner: str,
    user_id: UUID | None = None,
) -> UUID:
    """Who it is: the given person, or without one whoever the passkey belongs to.

    Raises PasskeyRefused, with one sentence for every reason.
    """
    challenge = passkeys.challenge_of(credential)
    challenges.take(purpose, owner, challenge)
    passkey = repository.find_passkey(session, passkeys.id_of(credential))
    if passkey is None or passkey.user_id != (user_id or passkey.user_id):
        raise PasskeyRefused
    if not passkeys.names(credential, passkey.user_id, must=user_id is None):
        raise PasskeyRefused
    verified = passkeys.verify_assertion(credential, challenge, passkey)
    if verified.new_sign_count < passkey.sign_count or (
        verified.new_sign_count == passkey.sign_count != 0
    ):
        COUNT_REGRESSIONS.inc()
        log.warning(
            "passkey.count_regressed",
            passkey_id=str(passkey.id),
            user_id=str(passkey.user_id),
            known=passkey.sign_count,
            given=verified.new_sign_count,
        )
    # The person first: whoever takes the passkey away because of a thief holds them already.
    users.lock(session, passkey.user_id)
    is_there = repository.note_use(
        session,
        passkey.id,
        sign_count=max(passkey.sign_count, verified.new_sign_count),
        is_backed_up=verified.credential_backed_up,
    )
    if not is_there:
        raise PasskeyRefused
    return passkey.user_id


def _note_added(session: Session, user_id: UUID, way: Way) -> None:
    # A workspace that demands a second factor opens, or closes, with the next request.
    sessions.apply_changes_of(session, user_id)
    announce(session, FactorAdded(user_id, way, now()))
    audit.record(session, "factor.added", user_id=user_id, object_type="factor", object_id=way)


def _note_removed(session: Session, user_id: UUID, way: Way) -> None:
    if not is_needed(session, user_id):
        # Without a second factor there is nothing that they could stand in for.
        repository.delete_recovery_codes(session, user_id)
    sessions.apply_changes_of(session, user_id)
    announce(session, FactorRemoved(user_id, way, now()))
    audit.record(session, "factor.removed", user_id=user_id, object_type="factor", object_id=way)
