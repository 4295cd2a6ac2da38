"""`/github-app/sandbox`: what a real GitHub lets nobody do: change it, and make it misbehave."""

from typing import Any

from flask import Blueprint, request
from pydantic import BaseModel, ConfigDict, Field

from ultra.sandbox import behaviour as behaviours
from ultra.sandbox.behaviour import Behaviour
from ultra.sandbox.github import repository
from ultra.sandbox.github.documents import RepositoryDocument
from ultra.sandbox.github.grants import TOKENS
from ultra.sandbox.github.routes import API
from ultra.sandbox.store import transaction

control = Blueprint("github_app_control", __name__, url_prefix="/github-app/sandbox")


class Limit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    remaining: int = Field(ge=0, le=repository.LIMIT)
    seconds: float = Field(ge=0, le=repository.LIMIT_SECONDS)
    """Until it is full again."""


@control.put("/repository")
def put_repository() -> dict[str, Any]:
    """Add a repository, or put another in the place of the one with this name."""
    wanted = RepositoryDocument.model_validate_json(request.get_data())
    with transaction() as connection:
        # The first ones come by themselves, before they are added to.
        repository.list_repositories(connection)
        repository.put_repository(connection, wanted)
    return wanted.model_dump()


@control.get("/repositories")
def list_repositories() -> list[dict[str, Any]]:
    with transaction() as connection:
        return [each.model_dump() for each in repository.list_repositories(connection)]


@control.put("/behaviour/<any(api, tokens):part>")
def set_behaviour(part: str) -> dict[str, Any]:
    wanted = Behaviour.model_validate_json(request.get_data() or b"{}")
    with transaction() as connection:
        behaviours.set_for(connection, API if part == "api" else TOKENS, wanted)
    return wanted.model_dump()


@control.put("/limit")
def set_limit() -> dict[str, Any]:
    wanted = Limit.model_validate_json(request.get_data())
    with transaction() as connection:
        repository.set_limit(connection, wanted.remaining, wanted.seconds)
    return wanted.model_dump()


@control.delete("/grant")
def withdraw_grant() -> tuple[str, int]:
    """Do what its owner does on GitHub's own page: no token is worth anything any more."""
    with transaction() as connection:
        connection.execute("delete from github_tokens")
    return "", 204


@control.get("/calls")
def list_calls() -> dict[str, dict[str, int]]:
    """Tell how often each path was asked, and how often its answer had not changed."""
    with transaction() as connection:
        return repository.list_calls(connection)
