"""An endpoint as its people see it: without what is secret."""

from sqlalchemy.orm import Session

from ultra.notifications.endpoints import service as endpoints
from ultra.notifications.endpoints.models import Endpoint
from ultra.notifications.endpoints.schemas import EndpointRead, EndpointWithSecret


def present(session: Session, row: Endpoint) -> EndpointRead:
    plain = {name: getattr(row, name) for name in EndpointRead.model_fields if name != "url"}
    return EndpointRead.model_validate({**plain, "url": endpoints.shown_url(session, row)})


def present_with_secret(session: Session, row: Endpoint, secret: str | None) -> EndpointWithSecret:
    return EndpointWithSecret(**present(session, row).model_dump(), secret=secret)
