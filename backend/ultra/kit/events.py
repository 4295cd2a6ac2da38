"""Facts that a service announces and services above it react to.

    announce(session, VideoReady(video_id=…))        in the service below
    @on(VideoReady) def notify_owner(event): …       in `subscribers.py` of a service above

Each reaction becomes its own job in the announcer's transaction: it happens exactly if the fact
does, and one that fails hurts no other.
"""

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from ultra.kit.tasks.queue import enqueue
from ultra.kit.tasks.registry import Queue, Task, task

Event = TypeVar("Event")

_reactions: dict[type[Any], list[Task]] = {}


def on(
    kind: type[Event], *, queue: Queue = Queue.GENERAL
) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Make a function react to every event of this kind."""
    read = TypeAdapter(kind).validate_python

    def register(react: Callable[[Event], None]) -> Callable[[Event], None]:
        service = react.__module__.split(".")[1]
        run: Callable[[dict[str, Any]], None] = lambda data: react(read(data))  # noqa: E731
        made = task(f"{service}.{react.__name__}", queue=queue)(run)
        _reactions.setdefault(kind, []).append(made)
        return react

    return register


def announce(session: Session, event: Any) -> None:
    """Tell the services above; `event` is a frozen dataclass of ids and times."""
    if not is_dataclass(event) or isinstance(event, type):
        raise TypeError("an event is an instance of a dataclass")
    data = {name: str(value) for name, value in asdict(event).items()}
    for reaction in _reactions.get(type(event), []):
        enqueue(session, reaction.name, data)
