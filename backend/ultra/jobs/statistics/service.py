"""Puts the numbers together that the Jobs page shows."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.jobs.statistics import repository
from ultra.jobs.statistics.schemas import (
    ChartPoint,
    Hours,
    JobsChart,
    JobsSummary,
    Lateness,
    QueueRead,
    StateCounts,
)
from ultra.kit.tasks import JobState, Priority

BUCKETS = {
    Hours.HOUR: timedelta(minutes=1),
    Hours.DAY: timedelta(minutes=15),
    Hours.WEEK: timedelta(hours=2),
}


def summarise(session: Session, workspace_id: UUID | None) -> JobsSummary:
    """Of one workspace, or of the whole installation when it is None."""
    open_jobs = repository.open_jobs(session, workspace_id)
    given_up = repository.given_up(session, workspace_id)
    lately = repository.ended_lately(session, workspace_id)
    counts = dict.fromkeys(JobState, 0) | given_up
    queues: dict[tuple[str, str], QueueRead] = {}
    for row in open_jobs:
        counts[row.state] += row.jobs
        queue = queues.setdefault(
            (row.queue, row.priority),
            QueueRead(
                queue=row.queue,
                priority=row.priority,
                waiting=0,
                queued=0,
                running=0,
                oldest_seconds=None,
            ),
        )
        if row.state is not JobState.PAUSED:
            setattr(queue, row.state.value, row.jobs)
        queue.oldest_seconds = _longer(queue.oldest_seconds, row.oldest_seconds)
    counts[JobState.DONE], counts[JobState.CANCELLED] = lately.done, lately.cancelled
    oldest: float | None = None
    for queue in queues.values():
        oldest = _longer(oldest, queue.oldest_seconds)
    return JobsSummary(
        states=StateCounts(**{state.value: counts[state] for state in JobState}),
        dead_letters=sum(given_up.values()),
        oldest_due_seconds=oldest,
        queues=sorted(queues.values(), key=lambda each: (each.queue, ORDER[each.priority])),
        lateness=_lateness(session, workspace_id),
        per_minute_now=lately.done_in_last_minute,
    )


ORDER = {priority.value: place for place, priority in enumerate(Priority)}


def chart(session: Session, workspace_id: UUID | None, hours: Hours) -> JobsChart:
    """Spans without gaps, so that a quiet hour is seen to be quiet."""
    width = BUCKETS[hours]
    count = int(timedelta(hours=hours) / width)
    start = repository.last_span(session, width) - width * (count - 1)
    rows = {row.at: row for row in repository.ends(session, workspace_id, start, width)}
    points = []
    for at in (start + width * number for number in range(count)):
        row = rows.get(at)
        half, most = (row.lateness if row and row.lateness else None) or (None, None)
        points.append(
            ChartPoint(
                at=at,
                done=row.done if row else 0,
                failed=row.failed if row else 0,
                dead=row.dead if row else 0,
                p50_lateness=_rounded(half),
                p95_lateness=_rounded(most),
            )
        )
    return JobsChart(bucket_seconds=int(width.total_seconds()), points=points)


def _lateness(session: Session, workspace_id: UUID | None) -> Lateness:
    found = repository.lateness(session, workspace_id, [0.5, 0.95, 0.99])
    p50, p95, p99 = found or (None, None, None)
    return Lateness(p50=_rounded(p50), p95=_rounded(p95), p99=_rounded(p99))


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(float(seconds), 3)


def _longer(one: float | None, other: float | None) -> float | None:
    known = [float(each) for each in (one, other) if each is not None]
    return round(max(known), 3) if known else None
