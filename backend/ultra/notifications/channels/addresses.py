"""Where an endpoint is reached, for the channels that lead to one."""

from sqlalchemy.orm import Session

from ultra.notifications.channels.protocol import Order, Unsendable
from ultra.notifications.endpoints import repository
from ultra.notifications.endpoints import service as endpoints
from ultra.notifications.endpoints.service import EndpointAddress


def endpoint_address(session: Session, order: Order) -> EndpointAddress:
    """Raises Unsendable."""
    endpoint = repository.find_for_work(session, order.target)
    if endpoint is None:
        raise Unsendable("target_removed")
    address = endpoints.address_of(session, endpoint)
    if address is None:
        raise Unsendable("secret_lost")
    return address
