"""HTTP for signing in and out, and for one's list of sessions."""

from flask import after_this_request, request

from ultra.auth.sessions import access_tokens
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.cookies import (
    ACCESS_COOKIE,
    REFRESH_COOKIE,
    clear_cookies,
    set_cookies,
)
from ultra.auth.sessions.devices import name_device
from ultra.auth.sessions.errors import SessionEnded
from ultra.auth.sessions.models import EndReason, SignInSession
from ultra.auth.sessions.schemas import SessionPage, SessionPath, SessionRead, SignedIn
from ultra.auth.sessions.service import Device, Opened
from ultra.auth.users import passwords
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.users.schemas import Credentials, PasswordChange, UserCreate, UserRead
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.models import Workspace
from ultra.auth.workspaces.schemas import WorkspaceRead
from ultra.kit.access import Actor, Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import NotSignedIn
from ultra.kit.http import (
    PageQuery,
    Routes,
    bearer_token,
    caller_language,
    read_cursor,
    write_cursor,
)

routes = Routes("auth", "sessions", prefix="/api/auth")

UNKNOWN_DEVICE = {"tr": "Bilinmeyen cihaz", "en": "Unknown device"}


@routes.route_to("post", "/register", access=Scope.PUBLIC, returns=SignedIn, status=201)
def register(body: UserCreate) -> SignedIn:
    """Open an account, with a workspace of one's own, and sign in."""
    password_hash = passwords.hash_password(body.password)
    with transaction() as session:
        user = users.create(
            session, body, password_hash=password_hash, default_locale=Locale(caller_language())
        )
        workspace = workspaces.create_for(session, user.id, user.name)
        opened = sessions.open_session(
            session, user.id, workspace.id, _device(), methods=["password"]
        )
    return _signed_in(opened, user, workspace)


@routes.route_to("post", "/login", access=Scope.PUBLIC, returns=SignedIn)
def login(body: Credentials) -> SignedIn:
    """Sign in with e-mail address and password."""
    proof = users.prove(body.email, body.password)
    with transaction() as session:
        user = users.accept(session, proof)
        workspace = workspaces.get_first_of(session, user.id)
        opened = sessions.open_session(
            session, user.id, workspace.id, _device(), methods=["password"]
        )
    return _signed_in(opened, user, workspace)


@routes.route_to("post", "/refresh", access=Scope.PUBLIC, returns=SignedIn)
def refresh() -> SignedIn:
    """Continue the session of the refresh cookie with new tokens."""
    token = request.cookies.get(REFRESH_COOKIE)
    if not token:
        raise NotSignedIn
    with transaction() as session:
        opened = sessions.refresh(session, token)
        if opened:
            user = users.get(session, opened.user_id)
            workspace = workspaces.get_for(session, opened.user_id, opened.workspace_id)
    if opened is None:
        after_this_request(clear_cookies)
        raise SessionEnded
    return _signed_in(opened, user, workspace)


@routes.route_to("post", "/logout", access=Scope.PUBLIC)
def logout() -> None:
    """Sign out; also without a valid access token, so that one can always leave."""
    after_this_request(clear_cookies)
    with transaction() as session:
        sessions.log_out(
            session,
            refresh_token=request.cookies.get(REFRESH_COOKIE),
            access_token=bearer_token() or request.cookies.get(ACCESS_COOKIE),
        )


@routes.route_to("post", "/password", access=Scope.ACCOUNT)
def change_password(body: PasswordChange) -> None:
    """Change one's password; all other sessions end."""
    actor = current_actor()
    proof = users.prove_again(actor.user_id, body.current_password)
    password_hash = passwords.hash_password(body.new_password)
    with transaction() as session:
        users.change_password(session, proof, password_hash)
        sessions.end_others(session, actor, EndReason.PASSWORD_CHANGED)


@routes.route_to("get", "/sessions", access=Scope.ACCOUNT, returns=SessionPage)
def list_sessions(query: PageQuery) -> SessionPage:
    """Where one is signed in."""
    actor = current_actor()
    with read_only() as session:
        found = sessions.list_sessions(
            session, actor, after=read_cursor(query.cursor), limit=query.limit + 1
        )
    shown, last = found[: query.limit], None
    if len(found) > query.limit:
        last = write_cursor(shown[-1].created_at, shown[-1].id)
    return SessionPage(items=[_read(row, actor) for row in shown], next_cursor=last)


@routes.route_to("delete", "/sessions/<uuid:session_id>", access=Scope.ACCOUNT)
def end_session(path: SessionPath) -> None:
    """Sign a device out."""
    actor = current_actor()
    with transaction() as session:
        sessions.end_one(session, actor, path.session_id)
    if path.session_id == actor.own_session_id:
        after_this_request(clear_cookies)


@routes.route_to("delete", "/sessions", access=Scope.ACCOUNT)
def end_other_sessions() -> None:
    """Sign all other devices out."""
    with transaction() as session:
        sessions.end_others(session, current_actor())


def _signed_in(opened: Opened, user: User, workspace: Workspace) -> SignedIn:
    token = access_tokens.issue(opened.user_id, opened.session_id)
    after_this_request(lambda response: set_cookies(response, token, opened.refresh_token))
    return SignedIn(
        token=token,
        user=UserRead.model_validate(user),
        workspace=WorkspaceRead.model_validate(workspace),
    )


def _device() -> Device:
    user_agent = request.headers.get("User-Agent", "").replace("\0", "")
    return Device(user_agent[:400], request.remote_addr or "")


def _read(row: SignInSession, actor: Actor) -> SessionRead:
    return SessionRead(
        id=row.id,
        device=name_device(row.user_agent) or UNKNOWN_DEVICE[caller_language()],
        ip=row.ip,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        is_current=row.id == actor.session_id,
    )
