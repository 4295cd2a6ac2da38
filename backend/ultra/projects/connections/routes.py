"""HTTP of the connection to GitHub."""

from typing import Any, TypeVar

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from ultra.kit import website
from ultra.kit.access import Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import Language
from ultra.kit.http import Routes, caller_language
from ultra.platforms.github.places import is_available
from ultra.projects.connections import asking as askings
from ultra.projects.connections import service as connections
from ultra.projects.connections.asking import COOKIE
from ultra.projects.connections.outcomes import Outcome
from ultra.projects.connections.schemas import CallbackQuery, ConnectAnswer, GitHubRead
from ultra.settings import settings

routes = Routes("projects", "github", prefix="/api/projects/github")
PAGE = "/settings/connections"

Answer = TypeVar("Answer", bound=AnyResponse)


@routes.route_to("get", "", access=Scope.PROJECTS_READ, returns=GitHubRead)
def get_github() -> Any:
    """How the workspace stands with GitHub."""
    with read_only() as session:
        connection = connections.find_of(session, current_actor())
    return {"is_available": is_available(), "connection": connection}


@routes.route_to("post", "/connect", access=Scope.CONNECTIONS_WRITE, returns=ConnectAnswer)
def connect_github() -> Any:
    """Begin to connect: the browser opens the answered address."""
    require_recent()
    url, name = connections.connect(current_actor(), caller_language())
    answer = Response(ConnectAnswer(url=url).model_dump_json(), mimetype="application/json")
    return _remember(answer, name, askings.SECONDS)


@routes.route_to(
    "get",
    "/callback",
    access=Scope.PUBLIC,
    status=302,
    description="Believed only with the cookie of the browser that began. Leads to the website.",
)
def finish_github(query: CallbackQuery) -> AnyResponse:
    """Come back from GitHub."""
    asking = askings.take(request.cookies.get(COOKIE, ""), query.state)
    if asking is None:
        return _leave(Outcome.EXPIRED, caller_language())
    code = "" if query.error else query.code
    return _leave(connections.finish(asking, code), asking.language)


@routes.route_to("delete", "", access=Scope.CONNECTIONS_WRITE)
def disconnect_github() -> None:
    """Give the grant back; repositories leave their projects."""
    require_recent()
    with transaction() as session:
        connections.disconnect(session, current_actor())


def _leave(outcome: Outcome, language: Language) -> AnyResponse:
    """Go to a page of our own, whatever was asked for."""
    answer = redirect(f"{website.page(PAGE, language)}?github={outcome}")
    return _remember(answer, "", 0)


def _remember(answer: Answer, name: str, seconds: int) -> Answer:
    # Lax: with Strict the browser would not bring it along from GitHub's page.
    answer.set_cookie(
        COOKIE,
        name,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=settings.is_https,
        samesite="Lax",
    )
    return answer
