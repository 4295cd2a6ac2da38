"""HTTP of looking after people, for the operators of an installation."""

from typing import Any

from flask import Response

from ultra.auth.people import service as people
from ultra.auth.people.schemas import (
    PeoplePage,
    PeopleQuery,
    PersonDisable,
    PersonPath,
    PersonRead,
)
from ultra.kit.access import Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes
from ultra.kit.paging import read_cursor, write_cursor

routes = Routes("auth", "people", prefix="/api/auth/operator/people")


@routes.route_to("get", "", access=Scope.OPERATE, returns=PeoplePage)
def list_people(query: PeopleQuery) -> Any:
    """Everybody who has an account here."""
    with read_only() as session:
        found = people.page(
            session,
            text=query.q,
            is_disabled=query.is_disabled,
            after=read_cursor(query.cursor),
            limit=query.limit + 1,
        )
    shown, cursor = found[: query.limit], None
    if len(found) > query.limit:
        cursor = write_cursor(shown[-1].created_at, shown[-1].user_id)
    return {"items": shown, "next_cursor": cursor}


@routes.route_to("post", "/<uuid:user_id>/disable", access=Scope.OPERATE, returns=PersonRead)
def disable_person(path: PersonPath, body: PersonDisable) -> Any:
    """Close an account: its sessions and keys end at once, and its person is told by mail."""
    require_recent()
    with transaction() as session:
        return people.close(session, current_actor(), path.user_id, body.reason)


@routes.route_to("post", "/<uuid:user_id>/enable", access=Scope.OPERATE, returns=PersonRead)
def enable_person(path: PersonPath) -> Any:
    """Open a closed account again."""
    require_recent()
    with transaction() as session:
        return people.open_again(session, current_actor(), path.user_id)


@routes.route_to("post", "/<uuid:user_id>/end-sessions", access=Scope.OPERATE, returns=PersonRead)
def end_sessions_of_person(path: PersonPath) -> Any:
    """Sign somebody out on all of their devices."""
    require_recent()
    with transaction() as session:
        return people.end_sessions(session, current_actor(), path.user_id)


@routes.route_to("post", "/<uuid:user_id>/reset-letter", access=Scope.OPERATE, status=202)
def send_reset_letter(path: PersonPath) -> Response:
    """Mail somebody the link to a new password."""
    require_recent()
    with transaction() as session:
        people.send_reset_letter(session, current_actor(), path.user_id)
    return Response(status=202)
