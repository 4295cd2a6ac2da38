"""Facts that a service announces and services above it react to.

    announce(session, VideoReady(video_id=…))        in the service below
    @on(VideoReady) def notify_owner(event): …       in `subscribers.py` of a service above

Each reaction becomes its own job in the announcer's transaction: it happens exactly if the fact
does, and one that fails hurts no other.
"""

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from ultra.kit.tasks.models import Trigger
from ultra.kit.tasks.queue import enqueue
from ultra.kit.tasks.registry import Queue, Task, Title, task

Event = TypeVar("Event")

_reactions: dict[type[Any], list[Task]] = {}


def on(
    kind: type[Event], *, title: Title, queue: Queue = Queue.GENERAL
) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Make a function react to every event of this kind."""
    read = TypeAdapter(kind).validate_python

    def register(react: Callable[[Event], None]) -> Callable[[Event], None]:
        service = react.__module__.split(".")[1]
        run: Callable[[dict[str, Any]], None] = lambda data: react(read(data))  # noqa: E731
        made = task(f"{service}.{react.__name__}", queue=queue, title=title)(run)
        _reactions.setdefault(kind, []).append(made)
        return react

    return register


def announce(session: Session, event: Any, *, key: str | None = None) -> None:
    """Tell the services above; `event` is a frozen dataclass of ids and times.

    With a `key` each reaction happens once ever for that key, however often it is announced. An
    event's `workspace_id` is that of the reactions' jobs.
    """
    if not is_dataclass(event) or isinstance(event, type):
        raise TypeError("an event is an instance of a dataclass")
    facts = asdict(event)
    workspace_id = facts.get("workspace_id")
    data = {name: value if value is None else str(value) for name, value in facts.items()}
    for reaction in _reactions.get(type(event), []):
        enqueue(
            session,
            reaction.name,
            data,
            workspace_id=workspace_id if isinstance(workspace_id, UUID) else None,
            trigger=Trigger.EVENT,
            trigger_key=f"{key}:{reaction.name}" if key else None,
        )
