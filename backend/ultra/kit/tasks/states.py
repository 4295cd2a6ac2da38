"""The states of a job and the only ways between them."""

from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"
    """Not before a certain time, or until its workspace's turn has come."""
    QUEUED = "queued"
    """Handed to the broker; any worker may claim it."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """The task itself said that trying again is useless."""
    DEAD = "dead"
    """Given up: tried as often as allowed, or its worker died too often, or its deadline passed."""
    CANCELLED = "cancelled"
    """Called off, or a dead letter that somebody dropped."""
    PAUSED = "paused"
    """Held back by a person until they let it go on."""


WAYS: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset(
        {JobState.QUEUED, JobState.PAUSED, JobState.CANCELLED, JobState.DEAD}
    ),
    JobState.QUEUED: frozenset(
        {
            JobState.RUNNING,
            JobState.WAITING,
            JobState.PAUSED,
            JobState.CANCELLED,
            JobState.DEAD,
        }
    ),
    JobState.RUNNING: frozenset(
        {
            JobState.DONE,
            JobState.FAILED,
            JobState.DEAD,
            JobState.CANCELLED,
            JobState.WAITING,
        }
    ),
    JobState.PAUSED: frozenset({JobState.WAITING, JobState.CANCELLED}),
    JobState.FAILED: frozenset({JobState.WAITING, JobState.CANCELLED}),
    JobState.DEAD: frozenset({JobState.WAITING, JobState.CANCELLED}),
    JobState.DONE: frozenset(),
    JobState.CANCELLED: frozenset(),
}
"""From each state, where a job may go."""

OPEN_STATES = (JobState.WAITING, JobState.QUEUED, JobState.RUNNING, JobState.PAUSED)
GIVEN_UP = (JobState.FAILED, JobState.DEAD)
"""Dead letters: what a person should look at."""


def sources(target: JobState) -> tuple[JobState, ...]:
    """The states from which a job may go to `target`."""
    return tuple(state for state, targets in WAYS.items() if target in targets)
