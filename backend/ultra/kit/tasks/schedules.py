"""Recurring work: rows that say what starts when, by interval or cron, in a time zone.

Code-made schedules (`@task(…, every=…)`) and those that people make are alike. A due instant starts
one job at most, ever: its `trigger_key` is the schedule and the instant. One that cannot be started
is paused, and a dead letter says why.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import ColumnElement, Index, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.errors import AppError, Invalid
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.kit.tasks.cron import find_zone, instants
from ultra.kit.tasks.journal import writable
from ultra.kit.tasks.models import Trigger
from ultra.kit.tasks.queue import enqueue
from ultra.kit.tasks.registry import Priority, Queue, Refused, all_tasks, find_task, task

log = get_logger()

BATCH = 100
PUNCTUAL = timedelta(seconds=60)
"""An instant that is older than this when a dispatcher comes to it was missed."""
MOST_MISSED = 500
"""Missed instants of one schedule that are looked at in one round."""
UNKNOWN_FOR = timedelta(days=1)
"""What was due for this long, and no dispatcher knew its task, belongs to no newer version."""
REPORT_PAUSE = "jobs.report_paused_schedule"


class ScheduleKind(StrEnum):
    INTERVAL = "interval"
    CRON = "cron"


class CatchUp(StrEnum):
    """What becomes of instants that were missed while nothing ran."""

    SKIP = "skip"
    ONCE = "once"
    """One job for all of them."""
    ALL = "all"
    """One job for each."""


class Origin(StrEnum):
    CODE = "code"
    PERSON = "person"


class Schedule(Base, HasId, HasTimes):
    __tablename__ = "schedules"
    __table_args__ = (
        Index("ix_schedules_due", "next_at", postgresql_where=text("not is_paused")),
        # A name is unique in its workspace; those of the product itself have none.
        Index(
            "uq_schedules_name",
            text("coalesce(workspace_id, '00000000-0000-0000-0000-000000000000')"),
            "name",
            unique=True,
        ),
    )

    name: Mapped[str]
    task: Mapped[str]
    args: Mapped[list[Any]]
    priority: Mapped[str] = mapped_column(server_default=Priority.MEDIUM)
    workspace_id: Mapped[UUID | None] = mapped_column(index=True)
    kind: Mapped[ScheduleKind]
    every_seconds: Mapped[int | None]
    cron: Mapped[str | None]
    zone: Mapped[str] = mapped_column(server_default="UTC")
    catch_up: Mapped[CatchUp] = mapped_column(server_default=CatchUp.ONCE)
    is_paused: Mapped[bool] = mapped_column(server_default=text("false"))
    next_at: Mapped[datetime]
    last_at: Mapped[datetime | None]
    last_job_id: Mapped[UUID | None]
    origin: Mapped[Origin]
    created_by: Mapped[UUID | None]


IsResting = Callable[[InstrumentedAttribute[UUID | None]], ColumnElement[bool]]
"""Takes the column of a query that holds a workspace: whether nothing is to start there now."""
_rests: list[IsResting] = []


def rest_where(is_resting: IsResting) -> None:
    """Have the service of workspaces, which stands above, say which of them rest."""
    _rests.append(is_resting)


def upcoming(
    kind: ScheduleKind,
    *,
    every_seconds: int | None,
    cron: str | None,
    zone: str,
    start: datetime,
    count: int,
) -> list[datetime]:
    """The next instants after `start`, in UTC; at least one. Raises InvalidCron, UnknownZone."""
    place = find_zone(zone)
    if kind is ScheduleKind.INTERVAL:
        return [start + timedelta(seconds=(every_seconds or 0) * n) for n in range(1, count + 1)]
    return instants(cron or "", place, start, count)


def upcoming_of(schedule: Schedule, start: datetime, count: int) -> list[datetime]:
    """The next instants of a stored schedule after `start`."""
    return upcoming(
        schedule.kind,
        every_seconds=schedule.every_seconds,
        cron=schedule.cron,
        zone=schedule.zone,
        start=start,
        count=count,
    )


def plant_code_schedules(session: Session) -> None:
    """Make the rows of the tasks that recur by themselves; drop those of tasks that are gone.

    A row that this version of the code does not know may be a newer one's: it is dropped only when
    it has been due for so long that nobody can have known it. A paused one is never due; it stays.
    """
    wanted = [each for each in all_tasks() if each.every]
    for each in wanted:
        seconds = int(each.every.total_seconds()) if each.every else 0
        row = insert(Schedule).values(
            id=new_id(),
            name=each.name,
            task=each.name,
            args=[],
            priority=Priority.LOW,
            kind=ScheduleKind.INTERVAL,
            every_seconds=seconds,
            next_at=func.now(),
            origin=Origin.CODE,
        )
        session.execute(
            row.on_conflict_do_update(
                index_elements=[
                    text("coalesce(workspace_id, '00000000-0000-0000-0000-000000000000')"),
                    Schedule.name,
                ],
                set_={"every_seconds": seconds, "task": each.name},
                where=Schedule.every_seconds != seconds,
            )
        )
    session.execute(
        delete(Schedule).where(
            Schedule.origin == Origin.CODE,
            Schedule.name.not_in([each.name for each in wanted]),
            Schedule.is_paused.is_(False),
            Schedule.next_at < func.now() - UNKNOWN_FOR,
        )
    )


def start_due(session: Session) -> int:
    """Start what is due and move each schedule on; the number of jobs started."""
    due = session.scalars(
        select(Schedule)
        .where(Schedule.next_at <= func.now(), Schedule.is_paused.is_(False))
        .where(*(~is_resting(Schedule.workspace_id) for is_resting in _rests))
        .order_by(Schedule.next_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return 0
    now = session.scalar(select(func.now()))
    return sum(_start_or_pause(session, schedule, now or datetime.now(UTC)) for schedule in due)


def skip_missed(session: Session, workspace_id: UUID) -> None:
    """Go on from now in a workspace that was closed: what was due meanwhile was not wanted."""
    missed = session.scalars(
        select(Schedule)
        .where(Schedule.workspace_id == workspace_id, Schedule.next_at <= func.now())
        .with_for_update()
    ).all()
    now = session.scalar(select(func.now())) or datetime.now(UTC)
    for schedule in missed:
        # One whose instants cannot be told is left to the dispatcher, which pauses it.
        with suppress(Invalid):
            schedule.next_at = _next(schedule, now)


def start_now(session: Session, schedule: Schedule) -> UUID | None:
    """Start a schedule's job out of turn; None when such a job is open already."""
    return _enqueue(session, schedule, f"{schedule.id}:by-hand:{new_id()}")


@task(
    REPORT_PAUSE,
    queue=Queue.GENERAL,
    title={
        "tr": "Başlatılamayan zamanlamayı bildir",
        "en": "Tell of a schedule that could not be started",
    },
)
def report_pause(name: str, code: str, reason: str) -> NoReturn:
    """Fail with the reason: as a dead letter it is seen, and told to the workspace."""
    raise Refused(f"{name}: {reason}", code)


def _start_or_pause(session: Session, schedule: Schedule, now: datetime) -> int:
    try:
        with session.begin_nested():
            return _start(session, schedule, now)
    except SQLAlchemyError:
        # The database's trouble, not the schedule's.
        raise
    except Exception as error:
        # Whatever is wrong with one, such as a zone that this machine lacks, stops no other.
        log.exception("schedule.paused", schedule_id=str(schedule.id))
        schedule.is_paused = True
        schedule.last_at = now
        schedule.last_job_id = enqueue(
            session,
            REPORT_PAUSE,
            schedule.name,
            error.code if isinstance(error, AppError) else type(error).__name__,
            writable(str(error)[:2000]),
            workspace_id=schedule.workspace_id,
            trigger=Trigger.SCHEDULE,
        )
        return 0


def _start(session: Session, schedule: Schedule, now: datetime) -> int:
    if find_task(schedule.task) is None:
        # Made by a newer version of the code; its dispatcher will start it.
        return 0
    due, schedule.next_at = _due_instants(schedule, now)
    started = 0
    for instant in due:
        job_id = _enqueue(session, schedule, f"{schedule.id}:{instant.isoformat()}")
        schedule.last_at = instant
        if job_id:
            schedule.last_job_id = job_id
            started += 1
    return started


def _due_instants(schedule: Schedule, now: datetime) -> tuple[Sequence[datetime], datetime]:
    """The instants to start jobs for, and the next one in the future (or not made good yet)."""
    missed = [schedule.next_at]
    if schedule.kind is ScheduleKind.INTERVAL and schedule.catch_up is not CatchUp.ALL:
        # In one step over a long pause, and still on the old beat.
        step = timedelta(seconds=schedule.every_seconds or 1)
        following = schedule.next_at + step * ((now - schedule.next_at) // step + 1)
        missed.append(following - step)
    else:
        following = _next(schedule, schedule.next_at)
        while following <= now and len(missed) < MOST_MISSED:
            missed.append(following)
            following = _next(schedule, following)
        if following <= now and schedule.catch_up is not CatchUp.ALL:
            # All the missed ones together are one job or none: the next round makes none good.
            following = _next(schedule, now)
    newest = missed[-1]
    if schedule.catch_up is CatchUp.ALL:
        return missed, following
    if schedule.catch_up is CatchUp.SKIP and now - newest > PUNCTUAL:
        return [], following
    return [newest], following


def _next(schedule: Schedule, after: datetime) -> datetime:
    return upcoming_of(schedule, after, 1)[0]


def _enqueue(session: Session, schedule: Schedule, trigger_key: str) -> UUID | None:
    is_own = schedule.origin is Origin.CODE
    return enqueue(
        session,
        schedule.task,
        *schedule.args,
        priority=Priority(schedule.priority),
        workspace_id=schedule.workspace_id,
        # The product's own chores need not run twice at the same time.
        dedupe_key=f"recurring:{schedule.task}" if is_own else None,
        trigger=Trigger.SCHEDULE,
        trigger_key=trigger_key,
    )
