"""HTTP of endpoints."""

from typing import Any

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import PageQuery, Routes
from ultra.kit.paging import next_cursor, read_cursor
from ultra.notifications.endpoints import service as endpoints
from ultra.notifications.endpoints.presentation import present, present_with_secret
from ultra.notifications.endpoints.schemas import (
    EndpointCreate,
    EndpointPage,
    EndpointPath,
    EndpointRead,
    EndpointUpdate,
    EndpointWithSecret,
)
from ultra.settings import settings

routes = Routes("notifications", "endpoints", prefix="/api/notifications/endpoints")
ACCESS = Scope.WEBHOOKS_WRITE


@routes.route_to("get", "", access=ACCESS, returns=EndpointPage)
def list_endpoints(query: PageQuery) -> Any:
    """The workspace's webhooks and chat channels, newest first."""
    with read_only() as session:
        rows = endpoints.page(
            session, current_actor(), after=read_cursor(query.cursor), limit=query.limit
        )
        items = [present(session, row) for row in rows]
    return {
        "items": items,
        "next_cursor": next_cursor(rows, query.limit),
        "sandbox_url": settings.sandbox_url,
    }


@routes.route_to("post", "", access=ACCESS, returns=EndpointWithSecret, status=201)
def create_endpoint(body: EndpointCreate) -> Any:
    """Add one; the answer holds a webhook's secret, for the only time."""
    with transaction() as session:
        return present_with_secret(session, *endpoints.create(session, current_actor(), body))


@routes.route_to("get", "/<uuid:endpoint_id>", access=ACCESS, returns=EndpointRead)
def get_endpoint(path: EndpointPath) -> Any:
    """One endpoint."""
    with read_only() as session:
        return present(session, endpoints.get(session, current_actor(), path.endpoint_id))


@routes.route_to("patch", "/<uuid:endpoint_id>", access=ACCESS, returns=EndpointRead)
def update_endpoint(path: EndpointPath, body: EndpointUpdate) -> Any:
    """Change its name, address or kinds; switch it off or on."""
    with transaction() as session:
        return present(session, endpoints.change(session, current_actor(), path.endpoint_id, body))


@routes.route_to("delete", "/<uuid:endpoint_id>", access=ACCESS)
def delete_endpoint(path: EndpointPath) -> None:
    """Remove it with its log."""
    with transaction() as session:
        endpoints.delete(session, current_actor(), path.endpoint_id)


@routes.route_to("post", "/<uuid:endpoint_id>/enable", access=ACCESS, returns=EndpointRead)
def enable_endpoint(path: EndpointPath) -> Any:
    """Switch it on again."""
    with transaction() as session:
        return present(session, endpoints.enable(session, current_actor(), path.endpoint_id))


@routes.route_to("post", "/<uuid:endpoint_id>/rotate", access=ACCESS, returns=EndpointWithSecret)
def rotate_secret(path: EndpointPath) -> Any:
    """Make a new secret; for a day messages are signed with both."""
    with transaction() as session:
        return present_with_secret(
            session, *endpoints.rotate(session, current_actor(), path.endpoint_id)
        )
