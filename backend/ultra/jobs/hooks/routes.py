"""HTTP of hooks: people manage theirs, and systems outside call them."""

from typing import Any

from flask import Response, request

from ultra.jobs.hooks import service as hooks
from ultra.jobs.hooks.kinds import CallStatus
from ultra.jobs.hooks.presentation import present, present_call, present_with_secret
from ultra.jobs.hooks.schemas import (
    HookAnswer,
    HookCallPage,
    HookCreate,
    HookPage,
    HookPath,
    HookQuery,
    HookRead,
    HookTokenPath,
    HookUpdate,
    HookWithSecret,
)
from ultra.jobs.hooks.service import Call
from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes, caller_language
from ultra.kit.paging import next_cursor, read_cursor

routes = Routes("jobs", "hooks", prefix="/api/jobs/hooks")
READ, WRITE = Scope.JOBS_READ, Scope.WEBHOOKS_WRITE
LONGEST_BODY = 256 * 1024
ANY_BODY = {
    "description": "Whatever the hook's mapping reads; at most 256 KiB",
    "content": {"application/json": {"schema": {}}},
}


@routes.route_to("get", "", access=READ, returns=HookPage)
def list_hooks(query: HookQuery) -> Any:
    """Hooks of the workspace, newest first."""
    with read_only() as session:
        found = hooks.page(
            session, current_actor(), after=read_cursor(query.cursor), limit=query.limit
        )
    return {
        "items": [present(hook) for hook in found],
        "next_cursor": next_cursor(found, query.limit),
    }


@routes.route_to("post", "", access=WRITE, returns=HookWithSecret, status=201)
def create_hook(body: HookCreate) -> Any:
    """Make a hook; its secret is shown in this answer alone."""
    with transaction() as session:
        return present_with_secret(*hooks.create(session, current_actor(), body))


@routes.route_to("get", "/<uuid:hook>", access=READ, returns=HookRead)
def get_hook(path: HookPath) -> Any:
    """One hook."""
    with read_only() as session:
        return present(hooks.get(session, current_actor(), path.hook))


@routes.route_to("patch", "/<uuid:hook>", access=WRITE, returns=HookRead)
def update_hook(path: HookPath, body: HookUpdate) -> Any:
    """Change a hook, switch it off or on."""
    with transaction() as session:
        return present(hooks.update(session, current_actor(), path.hook, body))


@routes.route_to("delete", "/<uuid:hook>", access=WRITE)
def delete_hook(path: HookPath) -> None:
    """Delete a hook and the list of its calls."""
    with transaction() as session:
        hooks.delete(session, current_actor(), path.hook)


@routes.route_to("post", "/<uuid:hook>/rotate", access=WRITE, returns=HookWithSecret)
def rotate_hook_secret(path: HookPath) -> Any:
    """Give it a new secret; the old one is believed for another 24 hours."""
    with transaction() as session:
        return present_with_secret(*hooks.rotate(session, current_actor(), path.hook))


@routes.route_to("get", "/<uuid:hook>/calls", access=READ, returns=HookCallPage)
def list_hook_calls(path: HookPath, query: HookQuery) -> Any:
    """Calls of a hook, newest first."""
    with read_only() as session:
        found = hooks.calls(
            session, current_actor(), path.hook, after=read_cursor(query.cursor), limit=query.limit
        )
    items = [present_call(call, caller_language()) for call in found]
    return {"items": items, "next_cursor": next_cursor(found, query.limit)}


@routes.route_to(
    "post",
    "/<hook>",
    access=Scope.PUBLIC,
    returns=HookAnswer,
    status=202,
    description="The body is verified by its signature before it is read; a call that comes twice "
    "starts nothing twice and is answered with 200.",
    body=ANY_BODY,
)
def call_hook(path: HookTokenPath) -> Any:
    """Start what a hook is for."""
    request.max_content_length = LONGEST_BODY
    call = Call(dict(request.headers), request.get_data(cache=False))
    with transaction() as session:
        outcome = hooks.receive(session, path.hook, call)
    if outcome.error:
        raise outcome.error
    is_repeated = outcome.status is CallStatus.DUPLICATE
    answer = HookAnswer(job_id=outcome.job_id, duplicate=is_repeated)
    if is_repeated:
        return Response(answer.model_dump_json(), status=200, mimetype="application/json")
    return answer
