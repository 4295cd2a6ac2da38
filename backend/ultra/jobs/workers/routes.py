"""HTTP of workers, for operators."""

from typing import Any

from redis.exceptions import RedisError

from ultra.jobs.workers.schemas import WorkerList
from ultra.kit.access import Scope
from ultra.kit.errors import Unavailable
from ultra.kit.http import Routes
from ultra.kit.tasks import presence

routes = Routes("jobs", "workers", prefix="/api/jobs/workers")


@routes.route_to("get", "", access=Scope.OPERATE, returns=WorkerList)
def list_workers() -> Any:
    """Workers and dispatchers that told of themselves within the last seconds."""
    try:
        found = presence.living()
    except RedisError as error:
        raise Unavailable from error
    # A dispatcher has no pools.
    return {"items": [{"pools": [], "concurrency": None, **each} for each in found]}
