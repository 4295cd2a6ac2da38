"""HTTP for opening an account, signing in with a password, and keeping the account one's own."""

from flask import Response, request
from sqlalchemy.orm import Session

from ultra.auth.accounts import addresses, recovery, registering, signing_in, verification
from ultra.auth.accounts.schemas import (
    EmailChange,
    FirstPassword,
    ForgottenPassword,
    LinkUse,
    PasswordReset,
    PasswordRules,
    RegistrationTaken,
    SignInSettings,
    StepUp,
)
from ultra.auth.audit import service as audit
from ultra.auth.events import PasswordChanged
from ultra.auth.factors import passkeys, pending
from ultra.auth.factors import service as factors
from ultra.auth.factors.challenges import Purpose
from ultra.auth.factors.errors import REFUSALS
from ultra.auth.factors.schemas import SecondFactor, SecondFactorNeeded, SecondFactorWays
from ultra.auth.oauth.providers import registry as providers
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.answering import caller_device, remember_device, signed_in
from ultra.auth.sessions.models import EndReason
from ultra.auth.sessions.schemas import SignedIn
from ultra.auth.sessions.service import Opened
from ultra.auth.users import passwords
from ultra.auth.users import service as users
from ultra.auth.users.errors import EmailNotVerified
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.users.schemas import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    Credentials,
    PasswordChange,
    UserCreate,
)
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.models import Workspace
from ultra.kit import limits
from ultra.kit.access import Actor, Scope, current_actor, require_recent
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.events import announce
from ultra.kit.http import Routes, caller_language
from ultra.settings import Registration, settings

routes = Routes("auth", "accounts", prefix="/api/auth")


@routes.route_to("get", "/settings", access=Scope.PUBLIC, returns=SignInSettings)
def get_sign_in_settings() -> SignInSettings:
    """By which ways one can come in here."""
    return SignInSettings(
        registration=settings.registration,
        providers=list(providers.available()),
        passkeys=passkeys.are_possible(),
        password=PasswordRules(min=SHORTEST_PASSWORD, max=LONGEST_PASSWORD),
    )


# --- Coming in ---


@routes.route_to(
    "post",
    "/register",
    access=Scope.PUBLIC,
    returns=SignedIn,
    status=201,
    also={202: RegistrationTaken},
)
def register(body: UserCreate) -> SignedIn | RegistrationTaken:
    """Open an account, with a workspace of one's own; 202 when the mail has to be read first."""
    users.refuse_weak(body.password, body.email, body.name)
    limits.check("registration", _network())
    password_hash = passwords.hash_password(body.password)
    locale = body.locale or Locale(caller_language())
    wanted = {"email": body.email, "name": body.name, "password_hash": password_hash}
    with transaction() as session:
        if settings.registration is Registration.VERIFIED:
            registering.ask(session, locale=locale, **wanted)
            return RegistrationTaken(email=body.email)
        user, workspace = registering.open_account(session, locale=locale, **wanted)
        opened = _open_session(session, user, workspace)
    return signed_in(opened, user, workspace)


@routes.route_to(
    "post", "/login", access=Scope.PUBLIC, returns=SignedIn, also={202: SecondFactorNeeded}
)
def login(body: Credentials) -> SignedIn | SecondFactorNeeded:
    """Sign in with e-mail address and password; 202 when a second step is needed."""
    proof = signing_in.prove(body.email, body.password, caller_device())
    with transaction() as session:
        user = users.accept(session, proof)
        if is_waiting := signing_in.waits_for_address(user):
            verification.send_again(session, user)
        elif ways := factors.ways(session, user.id):
            pending.begin(user, ["password"])
            return SecondFactorNeeded(second_factor=SecondFactorWays(ways=ways))
        else:
            workspace = workspaces.get_first_of(session, user.id)
            opened = _open_session(session, user, workspace)
    if is_waiting:
        raise EmailNotVerified
    return signed_in(opened, user, workspace)


@routes.route_to("post", "/step-up", access=Scope.ACCOUNT)
def step_up(body: StepUp) -> None:
    """Prove again who one is, which sensitive things ask for."""
    actor = current_actor()
    if body.password is not None:
        signing_in.prove_again(actor, body.password)
        with transaction() as session:
            sessions.note_proof(session, actor, "password")
        return
    given = SecondFactor(code=body.totp, passkey=body.passkey)
    with sessions.noting_failed_proof(given.way, *REFUSALS), transaction() as session:
        way = factors.prove(
            session, actor.user_id, given, Purpose.STEP_UP, owner=str(actor.own_session_id)
        )
        sessions.note_proof(session, actor, way)


# --- The password ---


@routes.route_to("post", "/password", access=Scope.ACCOUNT)
def change_password(body: PasswordChange) -> None:
    """Change one's password; all other sessions end, unless they are to go on."""
    actor = current_actor()
    proof = signing_in.prove_again(actor, body.current_password)
    password_hash = _hash_new(actor, body.new_password)
    with transaction() as session:
        users.change_password(session, proof, password_hash)
        _tell_of_password(session, actor, "changed")
        if body.end_others:
            sessions.end_others(session, actor, EndReason.PASSWORD_CHANGED)


@routes.route_to("put", "/password", access=Scope.ACCOUNT)
def set_first_password(body: FirstPassword) -> None:
    """Give an account a password that has none yet."""
    require_recent()
    actor = current_actor()
    password_hash = _hash_new(actor, body.new_password)
    with transaction() as session:
        users.set_first_password(session, actor.user_id, password_hash)
        _tell_of_password(session, actor, "set")


@routes.route_to("post", "/password/forgot", access=Scope.PUBLIC, status=202)
def forgot_password(body: ForgottenPassword) -> Response:
    """Ask for a mail that leads to a new password; the answer is the same for every address."""
    limits.check("reset_address", _network())
    limits.check("reset_account", users.key_of(body.email))
    with transaction() as session:
        recovery.ask(session, body.email)
    return Response(status=202)


@routes.route_to("post", "/password/reset", access=Scope.PUBLIC)
def reset_password(body: PasswordReset) -> None:
    """Choose a new password by the link of a mail; all sessions end."""
    limits.check("letter_address", _network())
    with read_only() as session:
        owner = recovery.look(session, body.token)
    users.refuse_weak(body.new_password, owner.email, owner.name)
    password_hash = passwords.hash_password(body.new_password)
    with transaction() as session:
        recovery.reset(session, body.token, password_hash)
    signing_in.let_in_again(owner.email)
    remember_device(owner.id)


# --- The address ---


@routes.route_to("post", "/verification", access=Scope.ACCOUNT, status=202)
def send_verification() -> Response:
    """Send the mail that verifies one's address again."""
    with transaction() as session:
        user = users.get(session, current_actor().user_id)
        if not user.is_email_verified:
            limits.check("verification", user.email_key)
            verification.send(session, user)
    return Response(status=202)


@routes.route_to("post", "/verification/confirm", access=Scope.PUBLIC)
def confirm_verification(body: LinkUse) -> None:
    """Show by the link of a mail that one reads it."""
    limits.check("letter_address", _network())
    with transaction() as session:
        verification.confirm(session, body.token)


@routes.route_to("post", "/email", access=Scope.ACCOUNT, status=202)
def change_email(body: EmailChange) -> Response:
    """Ask for another address; it counts once the mail sent there was read."""
    require_recent()
    actor = current_actor()
    limits.check("verification", str(actor.user_id))
    # Whose the new address is, if somebody's, lies behind the wall.
    with transaction(across_workspaces=True) as session:
        addresses.ask(session, actor, body.new_email)
    return Response(status=202)


@routes.route_to("post", "/email/confirm", access=Scope.PUBLIC)
def confirm_email(body: LinkUse) -> None:
    """Confirm one's new address by the link of a mail."""
    limits.check("letter_address", _network())
    with transaction() as session:
        addresses.confirm(session, body.token)


@routes.route_to("post", "/email/undo", access=Scope.PUBLIC)
def undo_email(body: LinkUse) -> None:
    """Take the old address back by the link of a mail; all sessions end, the password goes."""
    limits.check("letter_address", _network())
    with transaction() as session:
        addresses.undo(session, body.token)


def _open_session(session: Session, user: User, workspace: Workspace) -> Opened:
    """Let somebody in whose password was right, or has just been set."""
    return sessions.open_session(
        session,
        user.id,
        workspace.id,
        caller_device(),
        methods=["password"],
        epoch=user.credential_epoch,
    )


def _network() -> str:
    return limits.network_of(request.remote_addr)


def _hash_new(actor: Actor, password: str) -> str:
    """Raises PasswordBreached."""
    with read_only() as session:
        owner = users.get(session, actor.user_id)
    users.refuse_weak(password, owner.email, owner.name)
    return passwords.hash_password(password)


def _tell_of_password(session: Session, actor: Actor, how: str) -> None:
    announce(session, PasswordChanged(actor.user_id, how, now()))
    audit.record(session, f"password.{how}", user_id=actor.user_id)
