"""HTTP of an endpoint's deliveries: its log, a test, a replay."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import PageQuery, Routes, caller_language
from ultra.kit.paging import read_cursor, write_cursor
from ultra.notifications.deliveries import repository, testing
from ultra.notifications.deliveries import service as deliveries
from ultra.notifications.deliveries.presentation import present, present_in_full
from ultra.notifications.deliveries.schemas import (
    DeliveryDetail,
    DeliveryPage,
    DeliveryPath,
    DeliveryRead,
)
from ultra.notifications.endpoints.schemas import EndpointPath

routes = Routes("notifications", "deliveries", prefix="/api/notifications")
ACCESS = Scope.WEBHOOKS_WRITE


@routes.route_to(
    "get", "/endpoints/<uuid:endpoint_id>/deliveries", access=ACCESS, returns=DeliveryPage
)
def list_deliveries(path: EndpointPath, query: PageQuery) -> Any:
    """What was sent to an endpoint, newest first."""
    with read_only() as session:
        found = deliveries.page(
            session,
            current_actor(),
            path.endpoint_id,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
    last = found[-1][0] if len(found) == query.limit else None
    return {
        "items": [present(row, due, caller_language()) for row, due in found],
        "next_cursor": write_cursor(last.created_at, last.id) if last else None,
    }


@routes.route_to(
    "post",
    "/endpoints/<uuid:endpoint_id>/test",
    access=ACCESS,
    returns=DeliveryRead,
    status=202,
)
def test_endpoint(path: EndpointPath) -> Any:
    """Send a test; the answer is its delivery, whose log tells how it went."""
    with transaction() as session:
        made = testing.to_endpoint(session, current_actor(), path.endpoint_id)
        return _read(session, made.id)


@routes.route_to("get", "/deliveries/<uuid:delivery_id>", access=ACCESS, returns=DeliveryDetail)
def get_delivery(path: DeliveryPath) -> Any:
    """One delivery, with what was sent and every attempt."""
    language = caller_language()
    with read_only() as session:
        row, due = deliveries.get(session, current_actor(), path.delivery_id)
        attempts = repository.attempts_of(session, row.id)
    return present_in_full(row, due, attempts, language)


@routes.route_to(
    "post",
    "/deliveries/<uuid:delivery_id>/replay",
    access=ACCESS,
    returns=DeliveryRead,
    status=202,
)
def replay_delivery(path: DeliveryPath) -> Any:
    """Send the same message once more, with the same id."""
    with transaction() as session:
        made = deliveries.replay(session, current_actor(), path.delivery_id)
        return _read(session, made.id)


def _read(session: Session, delivery_id: UUID) -> DeliveryRead:
    row, due = deliveries.get(session, current_actor(), delivery_id)
    return present(row, due, caller_language())
