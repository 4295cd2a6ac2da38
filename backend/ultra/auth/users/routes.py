"""HTTP for one's own profile."""

from sqlalchemy.orm import Session

from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.users.schemas import Me, UserRead, UserUpdate
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.schemas import WorkspaceRead
from ultra.kit import live
from ultra.kit.access import Actor, Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import NotFound
from ultra.kit.http import Routes

routes = Routes("auth", "users", prefix="/api/auth")


@routes.route_to("get", "/me", access=Scope.ACCOUNT, returns=Me)
def get_me() -> Me:
    """Who am I, in which workspace."""
    actor = current_actor()
    with read_only() as session:
        user = users.get(session, actor.user_id)
        return show_me(session, actor, user)


@routes.route_to("patch", "/me", access=Scope.ACCOUNT, returns=Me)
def update_me(body: UserUpdate) -> Me:
    """Change one's name, language or theme."""
    actor = current_actor()
    with transaction() as session:
        user = users.update_profile(session, actor.user_id, body)
        return show_me(session, actor, user)


def show_me(session: Session, actor: Actor, user: User) -> Me:
    """The caller as they see themselves."""
    # Before anything is read: what happens from now on comes after it.
    news_id = live.newest_id(actor.user_id)
    workspace = workspaces.get_for(session, actor.user_id, actor.workspace_id)
    standing = workspaces.standing_in(session, actor.user_id, actor.workspace_id)
    if standing is None:
        raise NotFound
    return Me(
        user=UserRead.model_validate(user),
        workspace=WorkspaceRead.model_validate(workspace),
        role=standing.role,
        permissions=sorted(actor.scopes),
        lacks_second_factor=standing.lacks_second_factor,
        session_id=actor.own_session_id,
        news_id=news_id,
    )
