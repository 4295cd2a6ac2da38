"""HTTP for second factors and passkeys: having them, and signing in with them."""

from collections.abc import Sequence
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from ultra.auth.factors import cookies, pending, totp
from ultra.auth.factors import service as factors
from ultra.auth.factors.challenges import Purpose
from ultra.auth.factors.errors import REFUSALS, PasskeyRefused
from ultra.auth.factors.kinds import Way
from ultra.auth.factors.schemas import (
    Factors,
    PasskeyAdd,
    PasskeyAdded,
    PasskeyList,
    PasskeyOptions,
    PasskeyPath,
    PasskeyRead,
    PasskeySignIn,
    PasskeyUpdate,
    RecoveryCodes,
    SecondFactor,
    SecondFactorWays,
    TotpConfirm,
    TotpRead,
    TotpSetUp,
)
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.answering import caller_device, signed_in
from ultra.auth.sessions.schemas import SignedIn
from ultra.auth.sessions.service import Opened
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.models import Workspace
from ultra.kit import limits
from ultra.kit.access import Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes

routes = Routes("auth", "factors", prefix="/api/auth")


@routes.route_to("get", "/factors", access=Scope.ACCOUNT, returns=Factors)
def get_factors() -> Factors:
    """By which ways one signs in."""
    user_id = current_actor().user_id
    with read_only() as session:
        user = users.get(session, user_id)
        found = factors.overview(session, user_id)
    return Factors(
        has_password=user.password_hash is not None,
        totp=TotpRead(is_enabled=found.totp_since is not None, since=found.totp_since),
        passkeys=[PasskeyRead.model_validate(each) for each in found.passkeys],
        recovery_codes_left=found.recovery_codes_left,
    )


# --- The second step of signing in ---


@routes.route_to("get", "/login/second-factor", access=Scope.PUBLIC, returns=SecondFactorWays)
def get_second_factor() -> SecondFactorWays:
    """What the sign-in that has begun in this browser can go on with."""
    waiting = pending.get()
    with read_only() as session:
        return SecondFactorWays(ways=factors.ways(session, waiting.user_id))


@routes.route_to(
    "post", "/login/second-factor/options", access=Scope.PUBLIC, returns=PasskeyOptions
)
def ask_for_second_factor() -> PasskeyOptions:
    """Let the browser ask for a passkey as the second step."""
    waiting = pending.get()
    with read_only() as session:
        options = factors.own_options(
            session, waiting.user_id, Purpose.SECOND_FACTOR, owner=waiting.id
        )
    return PasskeyOptions(options=options)


@routes.route_to("post", "/login/second-factor", access=Scope.PUBLIC, returns=SignedIn)
def finish_login(body: SecondFactor) -> SignedIn:
    """Finish signing in with a code, a recovery code or a passkey."""
    waiting = pending.get()
    try:
        with transaction() as session:
            # Before the proof: whoever shuts this person out has done so by now, or waits.
            users.lock(session, waiting.user_id)
            way = factors.prove(
                session, waiting.user_id, body, Purpose.SECOND_FACTOR, owner=waiting.id
            )
            opened, user, workspace = _open(session, waiting.user_id, [*waiting.methods, way])
            pending.end(waiting, user)
    except REFUSALS:
        sessions.note_refusal(waiting.user_id, body.way)
        raise
    return signed_in(opened, user, workspace)


# --- Signing in with a passkey alone ---


@routes.route_to("post", "/passkeys/login/options", access=Scope.PUBLIC, returns=PasskeyOptions)
def ask_for_passkey() -> PasskeyOptions:
    """Let the browser offer the passkeys that it has."""
    _limit_strangers()
    return PasskeyOptions(options=factors.sign_in_options(owner=cookies.begin_browser()))


@routes.route_to("post", "/passkeys/login", access=Scope.PUBLIC, returns=SignedIn)
def log_in_by_passkey(body: PasskeySignIn) -> SignedIn:
    """Sign in with a passkey, which is two factors at once."""
    _limit_strangers()
    browser = cookies.get_browser()
    try:
        with transaction() as session:
            user_id = factors.prove_by_passkey(
                session, body.credential, Purpose.SIGN_IN, owner=browser
            )
            opened, user, workspace = _open(session, user_id, [Way.PASSKEY])
    except PasskeyRefused:
        # Nobody in particular: that somebody named a person's key proves nothing of that person.
        sessions.note_refusal(None, Way.PASSKEY)
        raise
    return signed_in(opened, user, workspace)


# --- Authenticator app and recovery codes ---


@routes.route_to("post", "/totp", access=Scope.ACCOUNT, returns=TotpSetUp)
def set_up_totp() -> TotpSetUp:
    """Begin with an authenticator app."""
    require_recent()
    user_id = current_actor().user_id
    with transaction() as session:
        user = users.get(session, user_id)
        secret = factors.set_up_totp(session, user_id)
    return TotpSetUp(secret=secret, uri=totp.uri_of(secret, user.email))


@routes.route_to("post", "/totp/confirm", access=Scope.ACCOUNT, returns=RecoveryCodes)
def confirm_totp(body: TotpConfirm) -> RecoveryCodes:
    """Turn the authenticator app on with a first code of it."""
    with transaction() as session:
        codes = factors.confirm_totp(session, current_actor().user_id, body.code)
    return RecoveryCodes(recovery_codes=codes)


@routes.route_to("delete", "/totp", access=Scope.ACCOUNT)
def remove_totp() -> None:
    """Turn the authenticator app off."""
    require_recent()
    with transaction() as session:
        factors.remove_totp(session, current_actor().user_id)


@routes.route_to("post", "/recovery-codes", access=Scope.ACCOUNT, returns=RecoveryCodes)
def make_recovery_codes() -> RecoveryCodes:
    """New recovery codes; those before count no more."""
    require_recent()
    with transaction() as session:
        codes = factors.new_recovery_codes(session, current_actor().user_id)
    return RecoveryCodes(recovery_codes=codes)


# --- Passkeys ---


@routes.route_to("get", "/passkeys", access=Scope.ACCOUNT, returns=PasskeyList)
def list_passkeys() -> PasskeyList:
    """One's passkeys."""
    with read_only() as session:
        found = factors.list_passkeys(session, current_actor().user_id)
    return PasskeyList(items=[PasskeyRead.model_validate(each) for each in found])


@routes.route_to("post", "/passkeys/options", access=Scope.ACCOUNT, returns=PasskeyOptions)
def begin_passkey() -> PasskeyOptions:
    """Let the browser make a passkey."""
    require_recent()
    actor = current_actor()
    with read_only() as session:
        user = users.get(session, actor.user_id)
        options = factors.registration_options(session, user, owner=str(actor.own_session_id))
    return PasskeyOptions(options=options)


@routes.route_to("post", "/passkeys", access=Scope.ACCOUNT, returns=PasskeyAdded, status=201)
def add_passkey(body: PasskeyAdd) -> PasskeyAdded:
    """Add the passkey that the browser made."""
    actor = current_actor()
    owner = str(actor.own_session_id)
    with transaction() as session:
        passkey, codes = factors.add_passkey(
            session, actor.user_id, body.name, body.credential, owner=owner
        )
    return PasskeyAdded(passkey=PasskeyRead.model_validate(passkey), recovery_codes=codes)


@routes.route_to("patch", "/passkeys/<uuid:passkey_id>", access=Scope.ACCOUNT, returns=PasskeyRead)
def rename_passkey(path: PasskeyPath, body: PasskeyUpdate) -> PasskeyRead:
    """Give a passkey another name."""
    user_id = current_actor().user_id
    with transaction() as session:
        renamed = factors.rename_passkey(session, user_id, path.passkey_id, body.name)
    return PasskeyRead.model_validate(renamed)


@routes.route_to("delete", "/passkeys/<uuid:passkey_id>", access=Scope.ACCOUNT)
def remove_passkey(path: PasskeyPath) -> None:
    """Remove a passkey; another way to sign in must remain."""
    require_recent()
    with transaction() as session:
        factors.remove_passkey(session, current_actor().user_id, path.passkey_id)


# --- Proving oneself again ---


@routes.route_to("post", "/step-up/options", access=Scope.ACCOUNT, returns=PasskeyOptions)
def ask_for_own_passkey() -> PasskeyOptions:
    """Let the browser ask for a passkey before something sensitive."""
    actor = current_actor()
    with read_only() as session:
        options = factors.own_options(
            session, actor.user_id, Purpose.STEP_UP, owner=str(actor.own_session_id)
        )
    return PasskeyOptions(options=options)


def _open(
    session: Session, user_id: UUID, methods: Sequence[str]
) -> tuple[Opened, User, Workspace]:
    user = users.get(session, user_id)
    workspace = workspaces.get_first_of(session, user_id)
    opened = sessions.open_session(
        session,
        user_id,
        workspace.id,
        caller_device(),
        methods=methods,
        epoch=user.credential_epoch,
    )
    return opened, user, workspace


def _limit_strangers() -> None:
    limits.check("login_address", limits.network_of(request.remote_addr))
