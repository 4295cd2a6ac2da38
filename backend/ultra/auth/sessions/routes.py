"""HTTP for going on and signing out, and for one's list of sessions.

The ways in stand above: `accounts.routes` (register, login, step-up), `oauth`, `factors`.
"""

from flask import after_this_request, request

from ultra.auth.sessions import csrf
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.answering import signed_in
from ultra.auth.sessions.cookies import (
    access_cookie,
    clear_cookies,
    refresh_cookie,
    set_csrf_cookie,
)
from ultra.auth.sessions.errors import SessionEnded
from ultra.auth.sessions.models import SignInSession
from ultra.auth.sessions.places import name_place
from ultra.auth.sessions.schemas import (
    CsrfToken,
    SessionPage,
    SessionPath,
    SessionRead,
    SignedIn,
)
from ultra.auth.users import service as users
from ultra.auth.workspaces import service as workspaces
from ultra.kit.access import Actor, Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import NotSignedIn
from ultra.kit.http import PageQuery, Routes, bearer_token, caller_language
from ultra.kit.paging import read_cursor, write_cursor

routes = Routes("auth", "sessions", prefix="/api/auth")


@routes.route_to("post", "/refresh", access=Scope.PUBLIC, returns=SignedIn)
def refresh() -> SignedIn:
    """Continue the session of the refresh cookie with new tokens."""
    token = refresh_cookie()
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
    return signed_in(opened, user, workspace)


@routes.route_to("post", "/logout", access=Scope.PUBLIC)
def logout() -> None:
    """Sign out; also without a valid access token, so that one can always leave."""
    after_this_request(clear_cookies)
    with transaction() as session:
        sessions.log_out(
            session,
            refresh_token=refresh_cookie(),
            access_token=bearer_token() or access_cookie(),
        )


@routes.route_to("get", "/csrf", access=Scope.ACCOUNT, returns=CsrfToken)
def get_csrf_token() -> CsrfToken:
    """A new CSRF token for this session, for a page that cannot find the cookie with it."""
    token = csrf.issue(current_actor().own_session_id)
    after_this_request(lambda response: set_csrf_cookie(response, token))
    return CsrfToken(token=token)


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
    """Sign a device out; a recent proof is asked for, unless it is the present one."""
    actor = current_actor()
    if path.session_id != actor.own_session_id:
        require_recent()
    with transaction() as session:
        sessions.end_one(session, actor, path.session_id)
    if path.session_id == actor.own_session_id:
        after_this_request(clear_cookies)


@routes.route_to("delete", "/sessions", access=Scope.ACCOUNT)
def end_other_sessions() -> None:
    """Sign all other devices out."""
    require_recent()
    with transaction() as session:
        sessions.end_others(session, current_actor())


def _read(row: SignInSession, actor: Actor) -> SessionRead:
    return SessionRead(
        id=row.id,
        device=sessions.name_of(row, caller_language()),
        ip=row.ip,
        place=name_place(row.ip, request.remote_addr or "", caller_language()),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        is_current=row.id == actor.session_id,
    )
