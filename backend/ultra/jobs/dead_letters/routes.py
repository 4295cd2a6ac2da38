"""HTTP of dead letters; the list itself is that of jobs in the states failed and dead."""

from typing import Any

from ultra.jobs.dead_letters import service as dead_letters
from ultra.jobs.dead_letters.schemas import Changed, DeadLetterChoice
from ultra.kit.access import Scope, current_actor
from ultra.kit.http import Routes

routes = Routes("jobs", "dead_letters", prefix="/api/jobs/dead-letters")


@routes.route_to("post", "/retry", access=Scope.JOBS_WRITE, returns=Changed)
def retry_dead_letters(body: DeadLetterChoice) -> Any:
    """Put many dead letters back into their queues."""
    return {"changed": dead_letters.put_back(current_actor(), body)}


@routes.route_to("post", "/drop", access=Scope.JOBS_WRITE, returns=Changed)
def drop_dead_letters(body: DeadLetterChoice) -> Any:
    """Take many dead letters off the list."""
    return {"changed": dead_letters.drop(current_actor(), body)}
