"""The rules of schedules. People schedule offers; what the product itself repeats is code's."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.jobs.jobs import service as jobs
from ultra.jobs.jobs.presentation import title_of
from ultra.jobs.offers import service as offers
from ultra.jobs.schedules import repository
from ultra.jobs.schedules.errors import (
    ScheduleIsBuiltIn,
    ScheduleIsBusy,
    ScheduleNameTaken,
    ScheduleNotFound,
    ScheduleTaskUnknown,
    TimingUnclear,
    TooManySchedules,
)
from ultra.jobs.schedules.schemas import ScheduleCreate, ScheduleRead, ScheduleUpdate, Timing
from ultra.jobs.visibility import View, is_operator, wall
from ultra.kit.access import Actor
from ultra.kit.db import transaction
from ultra.kit.errors import AppError, Invalid, Language
from ultra.kit.paging import Cursor
from ultra.kit.tasks import Lease, Refused, Trigger, schedules
from ultra.kit.tasks.offers import find_offer
from ultra.kit.tasks.registry import find_task
from ultra.kit.tasks.schedules import Origin, Schedule

START_OFFER = "jobs.start_offer"
MOST = 100
SHOWN = 3
PREVIEWED = 5


def page(
    session: Session, actor: Actor, view: View, *, after: Cursor | None, limit: int
) -> Sequence[Schedule]:
    return repository.page(session, wall(actor, view), after=after, limit=limit)


def create(session: Session, actor: Actor, wanted: ScheduleCreate) -> Schedule:
    if repository.count(session, actor.workspace_id) >= MOST:
        raise TooManySchedules(most=MOST)
    schedule = Schedule(
        name=wanted.name,
        task=START_OFFER,
        args=_args(wanted.offer, actor.workspace_id, wanted.input),
        workspace_id=actor.workspace_id,
        catch_up=wanted.catch_up,
        origin=Origin.PERSON,
        created_by=actor.user_id,
    )
    _set_timing(session, schedule, wanted)
    session.add(schedule)
    _saved(session, schedule)
    _record(session, actor, "schedule.created", schedule, **_settings_of(schedule))
    return schedule


def update(session: Session, actor: Actor, schedule_id: UUID, change: ScheduleUpdate) -> Schedule:
    schedule = _lock(session, actor, schedule_id)
    before = _settings_of(schedule)
    given = change.model_dump(exclude_unset=True)
    if schedule.origin is Origin.CODE and set(given) - {"is_paused"}:
        raise ScheduleIsBuiltIn
    for name in ("name", "catch_up"):
        if given.get(name) is not None:
            setattr(schedule, name, given[name])
    if change.offer is not None or change.input is not None:
        offer, workspace_id, known = schedule.args
        schedule.args = _args(
            change.offer or offer,
            UUID(workspace_id),
            known if change.input is None else change.input,
        )
    if set(given) & set(Timing.model_fields):
        _set_timing(session, schedule, _changed_timing(schedule, change))
    if change.is_paused is not None:
        if schedule.is_paused and not change.is_paused:
            # What would have been due in the meantime was not wanted.
            schedule.next_at = _first(session, schedule)
        schedule.is_paused = change.is_paused
    _saved(session, schedule)
    if changes := auth.changes(before, _settings_of(schedule)):
        _record(session, actor, "schedule.changed", schedule, **changes)
    return schedule


def delete(session: Session, actor: Actor, schedule_id: UUID) -> None:
    schedule = _lock(session, actor, schedule_id)
    if schedule.origin is Origin.CODE:
        raise ScheduleIsBuiltIn
    _record(session, actor, "schedule.deleted", schedule)
    session.delete(schedule)


def run(session: Session, actor: Actor, schedule_id: UUID) -> Schedule:
    """Start its job now, out of turn."""
    schedule = _lock(session, actor, schedule_id)
    if find_task(schedule.task) is None:
        raise ScheduleTaskUnknown
    job_id = schedules.start_now(session, schedule)
    if job_id is None:
        raise ScheduleIsBusy
    schedule.last_job_id = job_id
    schedule.last_at = repository.clock(session)
    return _saved(session, schedule)


def preview(session: Session, timing: Timing) -> list[datetime]:
    """The next instants. Raises InvalidCron, UnknownZone."""
    return schedules.upcoming(
        timing.kind,
        every_seconds=timing.every_seconds,
        cron=timing.cron,
        zone=timing.zone,
        start=repository.clock(session),
        count=PREVIEWED,
    )


def start_offer(lease: Lease, name: str, workspace_id: UUID, given: dict[str, Any]) -> UUID | None:
    """Start what a person scheduled: once for this job, however often it is run."""
    key = f"offer:{lease.job_id}"
    with transaction() as session:
        lease.guard(session)
        started = jobs.started_by(session, Trigger.SCHEDULE, key)
        if started:
            return started
        try:
            offer = offers.get(name)
            wanted = offers.check(offer, given)
            return offer.start(session, workspace_id, wanted, Trigger.SCHEDULE, key)
        except AppError as error:
            if error.status >= 500:
                raise
            raise Refused(str(error), code=error.code) from error


def present(schedule: Schedule, language: Language) -> ScheduleRead:
    made = ("offer", "title", "input", "upcoming")
    plain = {
        name: getattr(schedule, name) for name in ScheduleRead.model_fields if name not in made
    }
    offer_name, title, given = None, title_of(schedule.task, language), {}
    if schedule.task == START_OFFER:
        offer_name, _, given = schedule.args
        offer = find_offer(offer_name)
        title = offer.title[language] if offer else offer_name
    upcoming: list[datetime] = []
    if not schedule.is_paused:
        upcoming = [schedule.next_at]
        # A zone that this machine lacks must not hide the list; at its instant it is paused.
        with suppress(Invalid):
            upcoming += schedules.upcoming_of(schedule, schedule.next_at, SHOWN - 1)
    return ScheduleRead.model_validate(
        {**plain, "offer": offer_name, "title": title, "input": given, "upcoming": upcoming}
    )


def _settings_of(schedule: Schedule) -> dict[str, Any]:
    """What people set, as the audit log holds it."""
    offer, given = None, {}
    if schedule.task == START_OFFER:
        offer, _, given = schedule.args
    plain = ("name", "kind", "every_seconds", "cron", "zone", "catch_up", "is_paused")
    return {**{name: getattr(schedule, name) for name in plain}, "offer": offer, "input": given}


def _record(session: Session, actor: Actor, action: str, schedule: Schedule, **facts: Any) -> None:
    auth.record(
        session,
        action,
        # What an operator does elsewhere, or to the product's own schedules, is the installation's.
        of_installation=schedule.workspace_id != actor.workspace_id,
        object_type="schedule",
        object_id=schedule.id,
        facts={"name": schedule.name, **facts},
    )


def _args(offer_name: str, workspace_id: UUID, given: dict[str, Any]) -> list[Any]:
    """The start's arguments. Raises OfferUnknown, OfferInputInvalid."""
    checked = offers.check(offers.get(offer_name), given)
    return [offer_name, str(workspace_id), checked.model_dump(mode="json", exclude_unset=True)]


def _set_timing(session: Session, schedule: Schedule, timing: Timing) -> None:
    schedule.kind, schedule.zone = timing.kind, timing.zone
    schedule.every_seconds, schedule.cron = timing.every_seconds, timing.cron
    schedule.next_at = _first(session, schedule)


def _changed_timing(schedule: Schedule, change: ScheduleUpdate) -> Timing:
    kind = change.kind or schedule.kind
    stays = kind is schedule.kind
    try:
        return Timing(
            kind=kind,
            every_seconds=change.every_seconds or (schedule.every_seconds if stays else None),
            cron=change.cron or (schedule.cron if stays else None),
            zone=change.zone or schedule.zone,
        )
    except ValidationError as error:
        raise TimingUnclear from error


def _first(session: Session, schedule: Schedule) -> datetime:
    [first] = schedules.upcoming_of(schedule, repository.clock(session), 1)
    return first


def _saved(session: Session, schedule: Schedule) -> Schedule:
    name = schedule.name
    try:
        session.flush()
    except IntegrityError as error:
        raise ScheduleNameTaken(name=name) from error
    session.refresh(schedule)
    return schedule


def _lock(session: Session, actor: Actor, schedule_id: UUID) -> Schedule:
    """Raises ScheduleNotFound, also for another workspace's unless an operator asks."""
    workspace_id = None if is_operator(actor) else actor.workspace_id
    schedule = repository.find(session, workspace_id, schedule_id)
    if schedule is None:
        raise ScheduleNotFound
    return schedule
